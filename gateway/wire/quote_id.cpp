#include "gateway/wire/quote_id.hpp"

#include <charconv>

#include "gateway/wire/digest.hpp"

namespace gongji::gateway::wire {
namespace {

constexpr std::string_view kVersion = "Q1";
constexpr std::size_t kMacBytes = 16;

std::string hex(const std::uint8_t* bytes, std::size_t count) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < count; ++i) {
    out += kDigits[bytes[i] >> 4];
    out += kDigits[bytes[i] & 15];
  }
  return out;
}

std::string visible_part(const Split& split) {
  std::string out{kVersion};
  for (const Fen part : {split.own, split.family, split.cash}) {
    out += '.';
    out += std::to_string(part.count());
  }
  return out;
}

std::string mac_of(const QuoteKey& key, const QuoteBinding& binding, std::string_view visible) {
  const std::string total = std::to_string(binding.total.count());
  std::string text;
  for (const std::string_view part :
       {std::string_view{binding.institution.text()}, std::string_view{binding.patient.text()},
        std::string_view{total}, visible}) {
    text += std::to_string(part.size());
    text += ':';
    text += part;
  }
  return hex(hmac_sha256(key, text).data(), kMacBytes);
}

// Takes the next ".<fen>" off the front.
std::optional<Fen> take_part(std::string_view& text) {
  if (!text.starts_with('.')) return std::nullopt;
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), count);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return Fen{count};
}

}  // namespace

std::string make_quote_id(const QuoteKey& key, const QuoteBinding& binding, const Split& split) {
  const std::string visible = visible_part(split);
  return visible + '.' + mac_of(key, binding, visible);
}

std::optional<Split> read_quote_id(const QuoteKey& key, const QuoteBinding& binding,
                                   std::string_view text) {
  if (!text.starts_with(kVersion)) return std::nullopt;
  std::string_view rest = text.substr(kVersion.size());
  const auto own = take_part(rest);
  const auto family = own ? take_part(rest) : std::nullopt;
  const auto cash = family ? take_part(rest) : std::nullopt;
  if (!cash || !rest.starts_with('.')) return std::nullopt;
  const Split split{*own, *family, *cash};
  // Made anew and compared whole: the text has one spelling.
  if (!equal_in_constant_time(make_quote_id(key, binding, split), text)) return std::nullopt;
  return split;
}

}  // namespace gongji::gateway::wire
