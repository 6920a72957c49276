#include "gateway/auth/caller_proof.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace gongji::gateway::auth {
namespace {

using std::chrono::seconds;

// The signatures below were made by Python's hashlib and hmac.
constexpr std::string_view kSecret = "s3cr3t-of-the-tests";
constexpr std::string_view kTime = "1795313730";
constexpr std::string_view kNonce = "nonce-0001";
constexpr std::string_view kXtifSignature =
    "abd791cd3b725213ecf8e1da39a63f907794bf8333c30099195cb186fd78cc91";
constexpr std::string_view kSha256Signature =
    "d368c757d4724ababae8aadd8c1783da9b1d1c5a784c62ffc8732ffd85f7c9c4";
constexpr std::string_view kSm3Signature =
    "3e745010b1cb3dc701fcc667bbcad679b8f01696674904d98303a1c672fd620a";
constexpr std::string_view kSha256SignIn =
    "cb20591b87a879e34a0f96fce2180eda9817b43bd954c8a530fb76749321a94d";
constexpr std::string_view kSm3SignIn =
    "aec7b1d4cd953490988d2ab44fe512f553b57f16c48a20c63b11f294e98ec197";

struct ClockAt final : Clock {
  [[nodiscard]] Instant now() const override { return at; }
  Instant at{std::chrono::seconds{1'795'313'730}};
};

Institution registered(Proof proof) {
  Institution institution;
  institution.code = InstitutionCode{"P1"};
  institution.proof = proof;
  institution.secret = kSecret;
  institution.certificate_sha256 = {std::string(64, 'a'), std::string(64, 'b')};
  return institution;
}

// One HTTP message and what it brings; each test changes one thing of it.
struct Message {
  std::string method = "POST";
  std::string target = "/fsi/api/2102?x=1";
  std::string body = R"({"a":1})";
  std::vector<std::pair<std::string, std::string>> headers;

  void set(std::string_view name, std::string_view value) {
    for (auto& [field, old] : headers)
      if (field == name) old = value;
  }
  [[nodiscard]] HttpRequest request() const {
    HttpRequest made;
    made.method = method;
    made.target = target;
    made.body = body;
    for (const auto& [name, value] : headers) made.headers.emplace_back(name, value);
    made.caller = std::make_shared<Caller>();
    return made;
  }
};

Message xtif_message() {
  return {.headers = {{"Host", "gongji"},
                      {"x-tif-paasid", "P1"},
                      {"x-tif-timestamp", std::string{kTime}},
                      {"x-tif-nonce", std::string{kNonce}},
                      {"x-tif-signature", std::string{kXtifSignature}}}};
}

Message hmac_message(bool sm3 = false) {
  return {.headers = {{"Host", "gongji"},
                      {"X-Gongji-Key", "P1"},
                      {"X-Gongji-Timestamp", std::string{kTime}},
                      {"X-Gongji-Nonce", std::string{kNonce}},
                      {"X-Gongji-Digest", sm3 ? "sm3" : "sha256"},
                      {"X-Gongji-Signature", std::string{sm3 ? kSm3Signature : kSha256Signature}}}};
}

class CallerProofs : public testing::Test {
 protected:
  std::optional<Reason> refused(Proof kind, const Message& message) {
    const auto refusal = proof.prove_request(registered(kind), message.request());
    if (!refusal) return std::nullopt;
    EXPECT_EQ(refusal->detail.find(kSecret), std::string::npos) << "a secret in an answer";
    return refusal->reason;
  }
  std::optional<Reason> refused(Proof kind, const Evidence& evidence) {
    const auto refusal = proof.prove_sign_in(registered(kind), Caller{}, evidence);
    return refusal ? std::optional{refusal->reason} : std::nullopt;
  }

  ClockAt clock;
  CallerProof proof{clock};
};

constexpr std::optional<Reason> kAccepted;
constexpr std::optional kRefused{Reason::kUnauthenticated};

TEST_F(CallerProofs, NoneIsForCallersOnThisMachine) {
  EXPECT_EQ(refused(Proof::kNone, Message{}), kAccepted);
  const Message message;
  HttpRequest request = message.request();
  request.caller->loopback = false;
  EXPECT_EQ(proof.prove_request(registered(Proof::kNone), request)->reason,
            Reason::kUnauthenticated);
}

TEST_F(CallerProofs, KnownSignaturesAreAcceptedOnce) {
  EXPECT_EQ(refused(Proof::kXtif, xtif_message()), kAccepted);
  EXPECT_EQ(refused(Proof::kXtif, xtif_message()), kRefused);
  for (const bool sm3 : {false, true}) {
    CallerProof fresh{clock};
    const Message message = hmac_message(sm3);
    const HttpRequest request = message.request();
    EXPECT_FALSE(fresh.prove_request(registered(Proof::kHmac), request)) << sm3;
    EXPECT_TRUE(fresh.prove_request(registered(Proof::kHmac), request)) << sm3;
  }
}

TEST_F(CallerProofs, AFailedProofDoesNotSpoilTheNonceOfItsOwner) {
  Message forged = hmac_message();
  forged.body += " ";
  EXPECT_EQ(refused(Proof::kHmac, forged), kRefused);
  EXPECT_EQ(refused(Proof::kHmac, hmac_message()), kAccepted);
}

TEST_F(CallerProofs, HmacCoversMethodTargetQueryBodyTimeNonceAndDigest) {
  std::vector<Message> forged(7, hmac_message());
  forged[0].method = "PUT";
  forged[1].target = "/fsi/api/2103?x=1";
  forged[2].target = "/fsi/api/2102?x=2";
  forged[3].body = R"({"a":2})";
  forged[4].set("X-Gongji-Timestamp", "1795313731");
  forged[5].set("X-Gongji-Nonce", "nonce-0002");
  forged[6].set("X-Gongji-Digest", "sm3");
  for (std::size_t i = 0; i < forged.size(); ++i)
    EXPECT_EQ(refused(Proof::kHmac, forged[i]), kRefused) << i;
}

TEST_F(CallerProofs, EachPartMustBeThereOnceAndInItsForm) {
  for (const bool xtif : {true, false}) {
    const Proof kind = xtif ? Proof::kXtif : Proof::kHmac;
    const Message good = xtif ? xtif_message() : hmac_message();
    for (std::size_t i = 1; i < good.headers.size(); ++i) {
      Message without = good;
      without.headers.erase(without.headers.begin() + static_cast<std::ptrdiff_t>(i));
      EXPECT_EQ(refused(kind, without), kRefused) << good.headers[i].first << " missing";
      Message twice = good;
      twice.headers.push_back(good.headers[i]);
      EXPECT_EQ(refused(kind, twice), kRefused) << good.headers[i].first << " twice";
      Message empty = good;
      empty.headers[i].second.clear();
      EXPECT_EQ(refused(kind, empty), kRefused) << good.headers[i].first << " empty";
    }
    CallerProof fresh{clock};
    EXPECT_FALSE(fresh.prove_request(registered(kind), good.request())) << "the negative control";
  }
}

struct Off {
  int seconds;
  bool accepted;
};

TEST_F(CallerProofs, ATimestampMayBeFiveMinutesOff) {
  for (const Off& off : {Off{-301, false}, Off{-300, true}, Off{300, true}, Off{301, false}}) {
    CallerProof fresh{clock};
    clock.at = Instant{seconds{1'795'313'730 + off.seconds}};
    EXPECT_EQ(!fresh.prove_request(registered(Proof::kXtif), xtif_message().request()),
              off.accepted)
        << off.seconds;
  }
}

TEST_F(CallerProofs, ATimestampIsWrittenInOneWayOnly) {
  for (const char* written :
       {"01795313730", "+1795313730", "1795313730.0", " 1795313730", "1795313730 ", "0x6b02dc02",
        "-1795313730", "1795313730000", "99999999999999999999", "now"}) {
    Message message = xtif_message();
    message.set("x-tif-timestamp", written);
    EXPECT_EQ(refused(Proof::kXtif, message), kRefused) << written;
  }
}

TEST_F(CallerProofs, ASignatureIsLowerCaseHexOfFullLength) {
  std::string upper{kXtifSignature};
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  const std::string cut{kXtifSignature.substr(0, 63)};
  const std::string longer = std::string{kXtifSignature} + "0";
  for (const std::string& signature : {upper, cut, longer, std::string(64, '0')}) {
    Message message = xtif_message();
    message.set("x-tif-signature", signature);
    EXPECT_EQ(refused(Proof::kXtif, message), kRefused) << signature;
  }
}

TEST_F(CallerProofs, AChainMaySignUnderOneId) {
  Institution branch = registered(Proof::kXtif);
  branch.paasid = "chain";
  EXPECT_TRUE(proof.prove_request(branch, xtif_message().request())) << "its own code is not it";
  Message message = xtif_message();
  message.set("x-tif-paasid", "chain");
  EXPECT_FALSE(proof.prove_request(branch, message.request()));
}

TEST_F(CallerProofs, SignInBringsTheSameProof) {
  const Evidence hmac{"P1", kTime, kNonce, "", kSha256SignIn};
  const Evidence sm3{"P1", kTime, "nonce-0001", "sm3", kSm3SignIn};
  EXPECT_EQ(refused(Proof::kHmac, {"P1", kTime, kNonce, "sm3", kSha256SignIn}), kRefused);
  EXPECT_EQ(refused(Proof::kHmac, {"P2", kTime, kNonce, "", kSha256SignIn}), kRefused);
  EXPECT_EQ(refused(Proof::kHmac, Evidence{}), kRefused);
  EXPECT_EQ(refused(Proof::kHmac, hmac), kAccepted);
  EXPECT_EQ(refused(Proof::kHmac, sm3), kRefused) << "the nonce was used";
  EXPECT_FALSE(CallerProof{clock}.prove_sign_in(registered(Proof::kHmac), {}, sm3));
  EXPECT_FALSE(CallerProof{clock}.prove_sign_in(registered(Proof::kXtif), {},
                                                {"P1", kTime, kNonce, "", kXtifSignature}));
}

TEST_F(CallerProofs, MutualTlsKnowsItsCertificates) {
  for (const auto& [fingerprint, accepted] :
       {std::pair<std::string, bool>{std::string(64, 'b'), true},
        {std::string(64, 'c'), false},
        {"", false}}) {
    const Message message;
    HttpRequest request = message.request();
    request.caller->certificate_sha256 = fingerprint;
    EXPECT_EQ(!proof.prove_request(registered(Proof::kMutualTls), request), accepted);
  }
}

TEST_F(CallerProofs, WhenNoMoreNoncesCanBeKeptTheCallerIsBusyNotForgotten) {
  CallerProof small{clock, {.nonces_max = 1}};
  EXPECT_FALSE(small.prove_request(registered(Proof::kXtif), xtif_message().request()));
  const auto refusal = small.prove_request(registered(Proof::kHmac), hmac_message().request());
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->reason, Reason::kUnauthenticated) << "the same nonce: seen";
  Institution second = registered(Proof::kXtif);
  second.code = InstitutionCode{"P2"};
  second.paasid = "P1";
  EXPECT_EQ(small.prove_request(second, xtif_message().request())->reason, Reason::kBusy);
}

TEST_F(CallerProofs, TheChallengeNamesTheProof) {
  EXPECT_EQ(challenge(Proof::kHmac), "gongji-hmac");
  EXPECT_EQ(challenge(Proof::kMutualTls), "gongji-mtls");
}

}  // namespace
}  // namespace gongji::gateway::auth
