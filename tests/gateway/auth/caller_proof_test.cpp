#include "gateway/auth/caller_proof.hpp"

#include <gtest/gtest.h>

namespace gongji::gateway::auth {
namespace {

TEST(CallerProof, NoneIsForCallersOnThisMachine) {
  Institution institution;
  institution.code = InstitutionCode{"P1"};
  Caller caller;
  EXPECT_FALSE(prove_caller(institution, caller));
  caller.loopback = false;
  const auto refusal = prove_caller(institution, caller);
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->reason, Reason::kUnauthenticated);
}

TEST(CallerProof, AProofThisBuildCannotCheckIsRefusedByName) {
  for (const Proof proof : {Proof::kXtif, Proof::kHmac, Proof::kMutualTls}) {
    Institution institution;
    institution.code = InstitutionCode{"P1"};
    institution.proof = proof;
    const auto refusal = prove_caller(institution, Caller{});
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->reason, Reason::kUnauthenticated);
    EXPECT_NE(challenge(proof), challenge(Proof::kNone));
  }
}

}  // namespace
}  // namespace gongji::gateway::auth
