#include "stores/redis/redis_redirect.hpp"

#include <charconv>

#include "stores/redis/key_slot.hpp"

namespace gongji::stores {
namespace {

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

// "MOVED 3999 127.0.0.1:6381"
std::optional<RedisRedirect> redirect_in(std::string_view error, const RedisAddress& from) {
  RedisRedirect redirect;
  redirect.moved = error.starts_with("MOVED ");
  if (!redirect.moved && !error.starts_with("ASK ")) return std::nullopt;
  error.remove_prefix(error.find(' ') + 1);
  const std::size_t space = error.find(' ');
  const std::size_t colon = error.rfind(':');
  if (space == std::string_view::npos || colon == std::string_view::npos || colon < space)
    return std::nullopt;
  const std::string_view host = error.substr(space + 1, colon - space - 1);
  redirect.to.host = host.empty() || host == "?" ? from.host : std::string{host};
  const bool readable = read_number(error.substr(0, space), redirect.slot) &&
                        read_number(error.substr(colon + 1), redirect.to.port);
  if (!readable || redirect.slot >= kSlots) return std::nullopt;
  return redirect;
}

}  // namespace gongji::stores
