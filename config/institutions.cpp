#include "config/institutions.hpp"

#include <algorithm>
#include <set>

#include "config/table_reader.hpp"

namespace gongji::config {
namespace {

const Names<Channel> kKinds{{"hospital", Channel::kHospital}, {"pharmacy", Channel::kPharmacy}};
const Names<Proof> kProofs{{"none", Proof::kNone},
                           {"xtif", Proof::kXtif},
                           {"hmac", Proof::kHmac},
                           {"mtls", Proof::kMutualTls}};

const Names<unsigned> kFlagDigits{{"1", 1}, {"001", 3}};
constexpr std::int64_t kDayS = 86'400;

bool is_area(std::string_view text) {
  return text.size() == 6 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_code(std::string_view text) {
  constexpr std::size_t kCodeLengthMax = 30;
  return text.size() <= kCodeLengthMax &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

bool is_sha256(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// An uncompressed point, as tools print it; that it lies on the curve is seen when it is used.
bool is_sm2_point(std::string_view text) {
  return text.size() == 130 && text.starts_with("04") &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// What the listeners are like.
struct Door {
  Reach reach;
  bool client_certificates;
};

void check_proof(TableReader& table, const Institution& institution, Door door) {
  const Proof proof = institution.proof;
  const bool keyed = proof == Proof::kXtif || proof == Proof::kHmac;
  if (keyed && institution.secret.empty()) table.wrong("auth", "needs a secret");
  if (proof == Proof::kMutualTls && institution.certificate_sha256.empty())
    table.wrong("auth", "needs certificate_sha256");
  if (proof == Proof::kMutualTls && !door.client_certificates)
    table.wrong("auth", "\"mtls\" needs tls.certificate, tls.key and tls.client_ca");
  if (!institution.sm2_public_key.empty() && !is_sm2_point(institution.sm2_public_key))
    table.wrong("sm2_public_key", "must be 04 and 128 lower-case hexadecimal digits");
  for (const std::string& fingerprint : institution.certificate_sha256)
    if (!is_sha256(fingerprint))
      table.wrong("certificate_sha256", "must be 64 lower-case hexadecimal digits each");
  if (proof == Proof::kNone && door.reach == Reach::kNetwork)
    table.wrong("auth", "\"none\" is for listeners on 127.0.0.1 only; " + institution.code.text() +
                            " needs xtif, hmac or mtls");
}

unsigned limit_of(TableReader& table, std::string_view key) {
  constexpr std::int64_t kLimitMax = 1'000'000;
  return static_cast<unsigned>(table.number_or_none(key, 1, kLimitMax).value_or(0));
}

Institution read_institution(TableReader& table, Door door) {
  Institution found;
  found.code = InstitutionCode{table.text("code")};
  found.name = table.text_or("name", "");
  found.kind = table.choice("kind", kKinds);
  found.area = table.text("area");
  found.designated = table.flag_or("designated", true);
  found.proof = table.choice_or("auth", kProofs, Proof::kNone);
  found.secret = table.text_or("secret", "");
  found.paasid = table.text_or("paasid", "");
  found.infcode_as_string = table.flag_or("infcode_as_string", false);
  found.fund_pay_required = table.flag_or("fund_pay_required", false);
  found.duplicate_window =
      std::chrono::seconds{table.number_or_none("duplicate_window_s", 0, kDayS).value_or(0)};
  found.refd_setl_flag_digits = table.choice_or("refd_setl_flag", kFlagDigits, 1U);
  found.certificate_sha256 = table.texts_or_none("certificate_sha256");
  found.cancel_as_two_lines = table.flag_or("cancel_as_two_lines", false);
  found.six_digit_results = table.flag_or("six_digit_results", false);
  found.sm2_public_key = table.text_or("sm2_public_key", "");
  found.inflight_max = limit_of(table, "inflight_max");
  found.rate_per_s = limit_of(table, "rate_per_s");
  if (!is_code(found.code.text())) table.wrong("code", "must be 1 to 30 printable characters");
  if (!found.area.empty() && !is_area(found.area)) table.wrong("area", "must be six digits");
  check_proof(table, found, door);
  return found;
}

}  // namespace

Result<InstitutionRegister, ConfigError> load_institutions(const std::filesystem::path& file,
                                                           Reach reach, bool client_certificates) {
  const auto document = read_toml(file);
  if (!document) return document.error();
  Findings findings;
  std::vector<Institution> institutions;
  {
    std::set<InstitutionCode> codes;
    TableReader reader{*document, findings};
    reader.each_table("institution", [&](TableReader& table) {
      institutions.push_back(read_institution(table, {reach, client_certificates}));
      const InstitutionCode& code = institutions.back().code;
      if (!codes.insert(code).second) table.wrong("code", code.text() + " is listed twice");
    });
  }
  if (findings.first()) return *findings.first();
  return InstitutionRegister{std::move(institutions)};
}

}  // namespace gongji::config
