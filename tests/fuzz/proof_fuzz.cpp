// Signature headers of strangers: whatever they bring, it proves nothing without the secret.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "gateway/auth/caller_proof.hpp"
#include "gateway/http/head_scan.hpp"
#include "gateway/http/request_head.hpp"

namespace {

using namespace gongji;

class StoppedClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override {
    return Instant{std::chrono::seconds{1'780'000'000}};
  }
};

Institution guarded_by(Proof proof) {
  Institution institution;
  institution.code = InstitutionCode{"P31010100001"};
  institution.proof = proof;
  institution.secret = "a secret that no corpus holds 7f3b";
  institution.certificate_sha256 = {std::string(64, 'a')};
  return institution;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const StoppedClock clock;
  static gateway::auth::CallerProof proof{clock};
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  gateway::HeadScan scan{{}};
  const auto verdict = scan.look(bytes);
  gateway::RequestHead head;
  head.request.caller = std::make_shared<gateway::Caller>();
  if (verdict.head_bytes == 0) return 0;
  if (!gateway::parse_request_head(bytes.substr(0, verdict.head_bytes), head).empty()) return 0;
  head.request.body = bytes.substr(verdict.head_bytes);
  for (const Proof kind : {Proof::kXtif, Proof::kHmac, Proof::kMutualTls})
    if (!proof.prove_request(guarded_by(kind), head.request)) std::abort();
  return 0;
}
