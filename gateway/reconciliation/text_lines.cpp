#include "gateway/reconciliation/text_lines.hpp"

namespace gongji::gateway::reconciliation {

bool TextLines::take(std::string_view piece) {
  for (std::size_t end = piece.find('\n'); end != std::string_view::npos; end = piece.find('\n')) {
    const std::string_view rest = piece.substr(0, end);
    piece.remove_prefix(end + 1);
    if (begun_.empty()) {
      if (!line(rest)) return false;
      continue;
    }
    begun_ += rest;
    const bool more = line(begun_);
    begun_.clear();
    if (!more) return false;
  }
  begun_ += piece;
  if (begun_.size() <= kLineBytesMax) return true;
  (void)line(begun_);
  return false;
}

bool TextLines::end() { return begun_.empty() || line(begun_); }

bool TextLines::line(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (++number_ == 1 && text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (text.ends_with('\r')) text.remove_suffix(1);
  return visit_(text.substr(0, kLineBytesMax), number_);
}

}  // namespace gongji::gateway::reconciliation
