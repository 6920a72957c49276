#include "config/institutions.hpp"

#include <gtest/gtest.h>

#include "tests/config/scratch_folder.hpp"
#include "tests/test_places.hpp"

namespace gongji::config {
namespace {

constexpr const char* kShop = R"([[institution]]
code = "P44010600123"
name = "示例大药房一店"
kind = "pharmacy"
area = "440100"
)";

Result<InstitutionRegister, ConfigError> load(const ScratchFolder& folder, const std::string& text,
                                              Reach reach = Reach::kLoopbackOnly) {
  return load_institutions(folder.write("i.toml", text), reach);
}

TEST(Institutions, the_demonstration_register_has_all_three_places) {
  const auto loaded = load_institutions(
      std::filesystem::path{GONGJI_SOURCE_DIR} / "config/institutions.toml", Reach::kLoopbackOnly);
  ASSERT_TRUE(loaded.ok()) << loaded.error().text();
  for (const char* code : {"P31010100001", "H31010100001", "P14010500001", "H14010600001",
                           "P44010600123", "H44010600456"})
    ASSERT_NE(loaded->find(code), nullptr) << code;
  EXPECT_EQ(loaded->find("P14010500001")->area, "140105");
  EXPECT_EQ(loaded->find("H44010600456")->kind, Channel::kHospital);
  for (const auto& [code, each] : loaded->all()) EXPECT_EQ(each.proof, Proof::kNone) << code;
}

TEST(Institutions, every_key_is_read) {
  const ScratchFolder folder;
  const std::string fingerprint(64, 'a');
  const auto loaded = load(folder, std::string{kShop} + "designated = false\nauth = \"hmac\"\n" +
                                       "secret = \"s\"\npaasid = \"chain\"\n" +
                                       "infcode_as_string = true\nfund_pay_required = true\n"
                                       "cancel_as_two_lines = true\nsix_digit_results = true\n" +
                                       "duplicate_window_s = 90\nrefd_setl_flag = \"001\"\n" +
                                       "certificate_sha256 = [\"" + fingerprint + "\"]\n");
  ASSERT_TRUE(loaded.ok()) << loaded.error().text();
  const Institution& shop = *loaded->find("P44010600123");
  EXPECT_EQ(shop.name, "示例大药房一店");
  EXPECT_EQ(shop.kind, Channel::kPharmacy);
  EXPECT_FALSE(shop.designated);
  EXPECT_EQ(shop.proof, Proof::kHmac);
  EXPECT_EQ(shop.secret, "s");
  EXPECT_EQ(shop.paasid, "chain");
  EXPECT_TRUE(shop.infcode_as_string && shop.fund_pay_required);
  EXPECT_TRUE(shop.cancel_as_two_lines && shop.six_digit_results);
  EXPECT_EQ(shop.duplicate_window, std::chrono::seconds{90});
  EXPECT_EQ(shop.refd_setl_flag_digits, 3U);
  EXPECT_EQ(shop.certificate_sha256, std::vector{fingerprint});
}

TEST(Institutions, an_institution_is_designated_and_unproven_unless_it_says_otherwise) {
  const ScratchFolder folder;
  const auto loaded = load(folder, kShop);
  ASSERT_TRUE(loaded.ok()) << loaded.error().text();
  EXPECT_TRUE(loaded->find("P44010600123")->designated);
  EXPECT_EQ(loaded->find("P44010600123")->proof, Proof::kNone);
  EXPECT_EQ(loaded->find("P44010600123")->duplicate_window, std::chrono::seconds{0});
  EXPECT_EQ(loaded->find("P44010600123")->refd_setl_flag_digits, 1U);
  EXPECT_EQ(loaded->find("H44010600456"), nullptr);
}

TEST(Institutions, without_proof_only_this_machine_may_speak) {
  const ScratchFolder folder;
  const auto open = load(folder, kShop, Reach::kNetwork);
  ASSERT_FALSE(open.ok());
  EXPECT_NE(open.error().text().find("127.0.0.1 only; P44010600123 needs"), std::string::npos)
      << open.error().text();
  EXPECT_TRUE(
      load(folder, std::string{kShop} + "auth = \"xtif\"\nsecret = \"s\"\n", Reach::kNetwork).ok());
}

struct BadRegister {
  std::string added;
  std::string error;
};

class InstitutionErrors : public testing::TestWithParam<BadRegister> {};

TEST_P(InstitutionErrors, name_file_line_and_key) {
  const ScratchFolder folder;
  const auto result = load(folder, kShop + GetParam().added);
  ASSERT_FALSE(result.ok());
  const std::string text = without_folder(result.error().text(), folder.path());
  EXPECT_EQ(text.substr(0, GetParam().error.size()), GetParam().error);
  EXPECT_EQ(text.find("hush"), std::string::npos) << "a secret in an error text";
}

INSTANTIATE_TEST_SUITE_P(
    Files, InstitutionErrors,
    testing::Values(
        BadRegister{"secrte = \"hush\"\n",
                    "i.toml:6: institution.secrte: unknown key; did you mean secret?"},
        BadRegister{"auth = \"hmac\"\n", "i.toml:6: institution.auth: needs a secret"},
        BadRegister{"auth = \"mtls\"\n", "i.toml:6: institution.auth: needs certificate_sha256"},
        BadRegister{"auth = \"basic\"\nsecret = \"hush\"\n",
                    "i.toml:6: institution.auth: must be one of none, xtif, hmac, mtls"},
        BadRegister{"duplicate_window_s = -1\n", "i.toml:6: institution.duplicate_window_s"},
        BadRegister{"duplicate_window_s = 86401\n", "i.toml:6: institution.duplicate_window_s"},
        BadRegister{"refd_setl_flag = \"01\"\n",
                    "i.toml:6: institution.refd_setl_flag: must be one of 1, 001"},
        BadRegister{"certificate_sha256 = [\"AB\"]\n", "i.toml:6: institution.certificate_sha256"},
        BadRegister{kShop, "i.toml:7: institution.code: P44010600123 is listed twice"},
        BadRegister{"[[institution]]\ncode = \"H1\"\nkind = \"hospital\"\n",
                    "i.toml:6: institution.area: missing"},
        BadRegister{"[[institution]]\ncode = \"H 1\"\nkind = \"hospital\"\narea = \"310101\"\n",
                    "i.toml:7: institution.code: must be 1 to 30 printable"},
        BadRegister{"[[institution]]\ncode = \"H1\"\nkind = \"hospital\"\narea = \"31\"\n",
                    "i.toml:9: institution.area: must be six digits"},
        BadRegister{"[[institutions]]\ncode = \"H1\"\n",
                    "i.toml:6: institutions: unknown key; did you mean institution?"}));

}  // namespace
}  // namespace gongji::config
