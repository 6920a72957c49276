// A certificate as the tests know it: a Shanxi resident premium of 400 yuan, a made-up family, and
// a key of zeros.
#pragma once

#include <string>

#include "gateway/certificate/certificate.hpp"
#include "gateway/certificate/check_code.hpp"

namespace gongji::gateway::certificate::testing {

inline constexpr CertificateKey kSampleKey{};
inline constexpr Sequence kSampleSequence{42};

inline CertificateData signed_with_sample_key(CertificateData data) {
  data.check_code = make_check_code(kSampleKey, kSampleSequence, canonical_text(data));
  return data;
}

inline CertificateData sample() {
  CertificateData data;
  data.contribution_id = "C20261122000000000042";
  data.psn_no = PersonId{"14000000000000000101"};
  data.psn_name = "李小明";
  data.certno = "140105201501011234";
  data.payer_name = "王建国";
  data.purpose = "RESIDENT_PREMIUM";
  data.year = 2026;
  data.amount = Fen{40'000};
  data.paid_at = Instant{std::chrono::milliseconds{1'795'313'730'512}};  // 2026-11-22 10:15:30
  data.area = "140105";
  data.profile_id = "SX-2025";
  data.issued_at = data.paid_at + std::chrono::hours{24};
  return signed_with_sample_key(data);
}

}  // namespace gongji::gateway::certificate::testing
