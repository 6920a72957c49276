#include "gateway/rest/bearer.hpp"

#include "gateway/wire/digest.hpp"

namespace gongji::gateway::rest {
namespace {

std::string_view bytes_of(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

BearerTokens::BearerTokens(AccessList access) : access_(std::move(access)) {
  for (const AccessToken& each : access_) hashes_.push_back(wire::sha256(each.token));
}

const AccessToken* BearerTokens::find(std::string_view token) const {
  if (token.empty()) return nullptr;
  const Digest given = wire::sha256(token);
  const AccessToken* found = nullptr;
  for (std::size_t i = 0; i < access_.size(); ++i)
    if (wire::equal_in_constant_time(bytes_of(given), bytes_of(hashes_[i]))) found = &access_[i];
  return found;
}

std::string_view bearer_token(const HttpRequest& request) {
  constexpr std::string_view kScheme = "bearer ";
  std::string_view header = request.header("Authorization");
  if (header.size() <= kScheme.size()) return {};
  for (std::size_t i = 0; i < kScheme.size(); ++i)
    if (lower(header[i]) != kScheme[i]) return {};
  header.remove_prefix(kScheme.size());
  return header;
}

}  // namespace gongji::gateway::rest
