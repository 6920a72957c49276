#include "gateway/auth/caller_proof.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "gateway/crypto/hash.hpp"

namespace gongji::gateway::auth {
namespace {

using crypto::HashKind;

constexpr std::size_t kNonceLengthMax = 64;
constexpr std::size_t kHmacNonceLengthMin = 8;

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

std::optional<HashKind> hash_kind(std::string_view name) {
  if (name == "sha256") return HashKind::kSha256;
  if (name == "sm3") return HashKind::kSm3;
  return std::nullopt;
}

// Digits without leading zeros only, so that what is signed can be cut into its parts in one way.
std::optional<std::chrono::seconds> seconds_of(std::string_view text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  if (text.empty() || text[0] < '1' || text[0] > '9') return std::nullopt;
  const auto [stopped, failure] = std::from_chars(text.data(), end, number);
  if (failure != std::errc{} || stopped != end) return std::nullopt;
  return std::chrono::seconds{number};
}

bool is_nonce(std::string_view text, std::size_t length_min) {
  return text.size() >= length_min && text.size() <= kNonceLengthMax &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string_view key_of(const Institution& institution) {
  const bool chain = institution.proof == Proof::kXtif && !institution.paasid.empty();
  return chain ? std::string_view{institution.paasid} : institution.code.text();
}

std::string xtif_signature(const Institution& institution, const Evidence& evidence) {
  crypto::RunningHash hash{HashKind::kSha256};
  for (const std::string_view part : {evidence.timestamp, std::string_view{institution.secret},
                                      evidence.nonce, evidence.timestamp})
    hash.add(part);
  return crypto::to_hex(hash.finish());
}

}  // namespace

// What is claimed, and over what.
struct CallerProof::Claim {
  Evidence evidence;
  const HttpRequest* request = nullptr;  // null: the sign-in of a TCP connection
  std::string_view body_digest{};

  [[nodiscard]] std::string signed_text(HashKind kind) const {
    const std::string last = std::string{evidence.timestamp} + '\n' + std::string{evidence.nonce};
    if (request == nullptr) return "9001\n" + last;
    return std::string{request->method} + '\n' + std::string{request->target} + '\n' + last + '\n' +
           (body_digest.empty() ? crypto::to_hex(crypto::hash(kind, request->body))
                                : std::string{body_digest});
  }
};

CallerProof::CallerProof(const Clock& clock, ReplayLimits limits)
    : clock_(clock), skew_(limits.skew), window_(limits) {}

std::optional<Refusal> CallerProof::prove_request(const Institution& institution,
                                                  const HttpRequest& request,
                                                  std::string_view body_digest) {
  Claim claim{{}, &request, body_digest};
  if (institution.proof == Proof::kXtif) claim.evidence = xtif_headers(request);
  if (institution.proof == Proof::kHmac) claim.evidence = hmac_headers(request);
  return prove(institution, *request.caller, claim);
}

std::optional<Refusal> CallerProof::prove_sign_in(const Institution& institution,
                                                  const Caller& caller, const Evidence& evidence) {
  Claim claim{evidence};
  if (claim.evidence.digest.empty()) claim.evidence.digest = "sha256";
  return prove(institution, caller, claim);
}

std::optional<Refusal> CallerProof::prove(const Institution& institution, const Caller& caller,
                                          const Claim& claim) {
  switch (institution.proof) {
    case Proof::kNone:
      if (caller.loopback) return std::nullopt;
      return unproven(institution.code.text() + " 未配置验证方式，只能从本机连接");
    case Proof::kXtif:
    case Proof::kHmac: return prove_signature(institution, claim);
    case Proof::kMutualTls: {
      const auto& theirs = institution.certificate_sha256;
      if (!caller.certificate_sha256.empty() &&
          std::find(theirs.begin(), theirs.end(), caller.certificate_sha256) != theirs.end())
        return std::nullopt;
      return unproven("连接未出示 " + institution.code.text() + " 的客户端证书");
    }
  }
  std::abort();
}

// The signature is checked before the nonce is used up: who has no key cannot fill the window, nor
// spoil a nonce for its owner.
std::optional<Refusal> CallerProof::prove_signature(const Institution& institution,
                                                    const Claim& claim) {
  const Evidence& evidence = claim.evidence;
  const bool xtif = institution.proof == Proof::kXtif;
  if (evidence.ambiguous) return unproven("同一验证信息出现两次");
  if (evidence.key != key_of(institution)) return unproven("验证信息缺失或不是该机构的");
  if (!is_nonce(evidence.nonce, xtif ? 1 : kHmacNonceLengthMin))
    return unproven("随机串的长度或字符不符");
  if (!in_time(evidence.timestamp)) return unproven("时间戳不是Unix秒，或与网关相差五分钟以上");
  const auto kind = xtif ? HashKind::kSha256 : hash_kind(evidence.digest);
  if (!kind) return unproven("摘要算法应为 sha256 或 sm3");
  const std::string expected =
      xtif ? xtif_signature(institution, evidence)
           : crypto::to_hex(
                 crypto::hmac(*kind, bytes_of(institution.secret), claim.signed_text(*kind)));
  if (!crypto::equal_in_constant_time(expected, evidence.signature)) return unproven("签名不符");
  return use_up_nonce(institution, evidence);
}

std::optional<Refusal> CallerProof::use_up_nonce(const Institution& institution,
                                                 const Evidence& evidence) {
  switch (window_.admit(institution.code.text(), evidence.nonce, *seconds_of(evidence.timestamp),
                        now())) {
    case ReplayWindow::Verdict::kFresh: return std::nullopt;
    case ReplayWindow::Verdict::kSeen: return unproven("随机串已用过");
    case ReplayWindow::Verdict::kFull: return Refusal{Reason::kBusy, "随机串过多", {}, {}};
  }
  std::abort();
}

bool CallerProof::in_time(std::string_view timestamp) const {
  const auto sent = seconds_of(timestamp);
  return sent && *sent >= now() - skew_ && *sent <= now() + skew_;
}

std::chrono::seconds CallerProof::now() const {
  return std::chrono::floor<std::chrono::seconds>(clock_.now().time_since_epoch());
}

HashKind body_hash_kind(const HttpRequest& head) {
  return hash_kind(head.header("X-Gongji-Digest")).value_or(HashKind::kSha256);
}

std::string challenge(Proof proof) { return "gongji-" + std::string{name_of(proof)}; }

}  // namespace gongji::gateway::auth
