#include "config/access.hpp"

#include <gtest/gtest.h>

#include "tests/config/scratch_folder.hpp"

namespace gongji::config {
namespace {

TEST(Access, reads_tokens_with_roles_in_order) {
  const ScratchFolder folder;
  const auto list = load_access(
      folder.write("a.toml",
                   "[[token]]\ntoken = \"one\"\nrole = \"app\"\nname = \"citizen app\"\n"
                   "[[token]]\ntoken = \"two\"\nrole = \"agency\"\nname = \"counter 3\"\n"
                   "[[token]]\ntoken = \"three\"\nrole = \"auditor\"\nname = \"audit\"\n"));
  ASSERT_TRUE(list.ok()) << list.error().text();
  ASSERT_EQ(list->size(), 3U);
  EXPECT_EQ(list->at(0).role, Role::kApp);
  EXPECT_EQ(list->at(1).role, Role::kAgency);
  EXPECT_EQ(list->at(1).token, "two");
  EXPECT_EQ(list->at(1).name, "counter 3");
  EXPECT_EQ(list->at(2).role, Role::kAuditor);
}

TEST(Access, no_file_is_an_empty_list) {
  const auto list = load_access("");
  ASSERT_TRUE(list.ok());
  EXPECT_TRUE(list->empty());
  EXPECT_FALSE(load_access("/nowhere/a.toml").ok());
}

struct BadList {
  std::string text;
  std::string error;
};

class AccessErrors : public testing::TestWithParam<BadList> {};

TEST_P(AccessErrors, name_the_place_and_never_the_token) {
  const ScratchFolder folder;
  const auto list = load_access(folder.write("a.toml", GetParam().text));
  ASSERT_FALSE(list.ok());
  const std::string text = without_folder(list.error().text(), folder.path());
  EXPECT_EQ(text.substr(0, GetParam().error.size()), GetParam().error);
  EXPECT_EQ(text.find("hush"), std::string::npos) << "a token in an error text";
}

INSTANTIATE_TEST_SUITE_P(
    Files, AccessErrors,
    testing::Values(BadList{"[[token]]\ntoken = \"hush\"\nrole = \"agent\"\nname = \"x\"\n",
                            "a.toml:3: token.role: must be one of app, agency, auditor"},
                    BadList{"[[token]]\ntoken = \"hush hush\"\nrole = \"app\"\nname = \"x\"\n",
                            "a.toml:2: token.token: must be printable ASCII"},
                    BadList{"[[token]]\ntoken = \"\"\nrole = \"app\"\nname = \"x\"\n",
                            "a.toml:2: token.token: must not be empty"},
                    BadList{"[[token]]\ntoken = \"hush\"\nrole = \"app\"\n",
                            "a.toml:1: token.name: missing"},
                    BadList{"[[token]]\ntoken = \"hush\"\nrole = \"app\"\nname = \"x\"\n"
                            "[[token]]\ntoken = \"hush\"\nrole = \"app\"\nname = \"y\"\n",
                            "a.toml:6: token.token: is listed twice"}));

}  // namespace
}  // namespace gongji::config
