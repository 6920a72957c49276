// Paging of lists: {items, next_cursor}, `limit` items at most, and opaque cursors. A cursor is a
// place in the journal in base64url, marked with the list it belongs to so that one list's cursor
// is no other's.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/ids.hpp"
#include "domain/result.hpp"
#include "gateway/json/json_writer.hpp"
#include "gateway/rest/call.hpp"

namespace gongji::gateway::rest {

constexpr std::size_t kLimitDefault = 100;
constexpr std::size_t kLimitMax = 1000;

struct Page {
  std::size_t limit = kLimitDefault;
  Sequence cursor;  // none = from the start
};
// The query parameters `limit` and `cursor`; the error is the answer to the caller. `list` is one
// letter.
Result<Page, Answer> read_page(const Call& call, char list);

// The query parameter `limit` alone.
Result<std::size_t, Answer> read_limit(const Call& call);

std::string make_cursor(char list, Sequence place);
std::optional<Sequence> read_cursor(char list, std::string_view cursor);

// A query parameter that is a number from 0 to `max`; absent = `otherwise`.
Result<std::uint64_t, Answer> read_number(const Call& call, std::string_view name,
                                          std::uint64_t otherwise, std::uint64_t max);

// "<items> in brackets" and the cursor, which is null on the last page.
std::string list_json(const std::vector<std::string>& items,
                      const std::optional<std::string>& next_cursor);

}  // namespace gongji::gateway::rest
