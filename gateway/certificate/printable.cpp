#include "gateway/certificate/printable.hpp"

#include <glib.h>

namespace gongji::gateway::certificate {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";  // U+FFFD
constexpr std::string_view kEllipsis = "\xe2\x80\xa6";     // …

// Unassigned and private characters stay: rare names have them, and a font without them draws a box
// with the number.
bool is_visible(gunichar character) {
  switch (static_cast<int>(g_unichar_type(character))) {  // five of thirty kinds
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR: return false;
  }
  return true;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++characters) {
    if (characters == kPrintableCharactersMax) return out += kEllipsis;
    const char* here = text.data() + i;
    const gunichar character =
        g_utf8_get_char_validated(here, static_cast<gssize>(text.size() - i));
    const bool valid = character < 0x110000;
    const std::size_t length =
        valid ? static_cast<std::size_t>(g_utf8_skip[static_cast<unsigned char>(*here)]) : 1;
    out += valid && is_visible(character) ? text.substr(i, length) : kReplacement;
    i += length;
  }
  return out;
}

}  // namespace gongji::gateway::certificate
