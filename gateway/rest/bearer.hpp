// Who calls /v1: the token after "Authorization: Bearer".
#pragma once

#include <vector>

#include "domain/ids.hpp"
#include "gateway/exchange.hpp"
#include "ports/access.hpp"

namespace gongji::gateway::rest {

class BearerTokens {
 public:
  explicit BearerTokens(AccessList access);

  // Null when there is no token or nobody has it. Every known token is compared, by its hash and
  // in constant time, so that neither length nor place of a difference can be measured.
  [[nodiscard]] const AccessToken* find(std::string_view token) const;

 private:
  AccessList access_;
  std::vector<Digest> hashes_;  // beside access_
};

// "" when the header is missing or names another scheme.
std::string_view bearer_token(const HttpRequest& request);

}  // namespace gongji::gateway::rest
