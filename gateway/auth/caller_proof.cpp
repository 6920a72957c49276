#include "gateway/auth/caller_proof.hpp"

#include <cstdlib>

namespace gongji::gateway::auth {
namespace {

Refusal unproven(std::string sentence) {
  return {Reason::kUnauthenticated, std::move(sentence), {}, {}};
}

std::string_view name_of(Proof proof) {
  switch (proof) {
    case Proof::kNone: return "none";
    case Proof::kXtif: return "xtif";
    case Proof::kHmac: return "hmac";
    case Proof::kMutualTls: return "mtls";
  }
  std::abort();
}

}  // namespace

std::optional<Refusal> prove_caller(const Institution& institution, const Caller& caller) {
  switch (institution.proof) {
    case Proof::kNone:
      if (caller.loopback) return std::nullopt;
      return unproven(institution.code.text() + " 未配置验证方式，只能从本机连接");
    case Proof::kXtif:
    case Proof::kHmac:
    case Proof::kMutualTls:
      return unproven(institution.code.text() + " 登记的验证方式 " +
                      std::string{name_of(institution.proof)} + " 本网关尚不能验证");
  }
  std::abort();
}

std::string challenge(Proof proof) { return "gongji-" + std::string{name_of(proof)}; }

}  // namespace gongji::gateway::auth
