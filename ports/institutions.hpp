// The register of designated hospitals and pharmacies, and how each of them may speak. A value:
// loaded by config/, swapped whole on reload, read by the gateway.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/command.hpp"

namespace gongji {

enum class Proof : std::uint8_t { kNone, kXtif, kHmac, kMutualTls };

struct Institution {
  InstitutionCode code;
  std::string name;
  Channel kind = Channel::kHospital;
  std::string area;
  bool designated = true;
  Proof proof = Proof::kNone;
  std::string secret;
  std::string paasid;  // "" = the code
  bool infcode_as_string = false;
  bool fund_pay_required = false;
  std::chrono::seconds duplicate_window{0};  // 2102: equal sales so soon are E_POSSIBLE_DUPLICATE
  unsigned refd_setl_flag_digits = 1;        // 5203: "1", or "001"
  std::vector<std::string> certificate_sha256;
  bool cancel_as_two_lines = false;  // how it counts cancelled settlements when it reconciles
  bool six_digit_results = false;    // stmt_rslt as 000000, 000101, 000102, 000103
  std::string sm2_public_key;  // 130 hexadecimal digits, 04…; "" = messages need no signature
  unsigned inflight_max = 0;   // messages inside at once; 0 = what the knob says
  unsigned rate_per_s = 0;     // messages a second; 0 = what the knob says
  // Another one after a reload means another secret or certificate: who signed in before must sign
  // in again. Filled in by the register.
  std::uint64_t proof_stamp = 0;

  [[nodiscard]] Place place() const { return {code, area, kind, designated}; }
};

class InstitutionRegister {
 public:
  InstitutionRegister() = default;
  explicit InstitutionRegister(std::vector<Institution> institutions) {
    for (Institution& each : institutions) {
      each.proof_stamp = proof_stamp_of(each);
      std::string code = each.code.text();
      by_code_.insert_or_assign(std::move(code), std::move(each));
    }
  }
  [[nodiscard]] const Institution* find(std::string_view code) const {
    const auto found = by_code_.find(std::string{code});
    return found == by_code_.end() ? nullptr : &found->second;
  }
  [[nodiscard]] const auto& all() const { return by_code_; }

 private:
  static std::uint64_t proof_stamp_of(const Institution& institution) {
    std::string all = std::to_string(static_cast<int>(institution.proof));
    for (const std::string& part :
         {institution.secret, institution.paasid, institution.sm2_public_key})
      all += '\n' + part;
    for (const std::string& each : institution.certificate_sha256) all += '\n' + each;
    return std::hash<std::string>{}(all);
  }

  std::unordered_map<std::string, Institution> by_code_;
};

// What may change while the program runs (SIGHUP). Readers take one shared_ptr per message, so a
// message sees one policy from start to end.
struct Policy {
  ProfileBook profiles;
  InstitutionRegister institutions;
};

class PolicySource {
 public:
  virtual ~PolicySource() = default;
  [[nodiscard]] virtual std::shared_ptr<const Policy> current() const = 0;  // any thread
};

}  // namespace gongji
