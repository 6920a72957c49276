#include "config/policy_holder.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/config/scratch_folder.hpp"
#include "tests/test_places.hpp"

namespace gongji::config {
namespace {

const std::filesystem::path kConfig = std::filesystem::path{GONGJI_SOURCE_DIR} / "config";

constexpr const char* kTwoShops =
    "[[institution]]\ncode = \"P1\"\nkind = \"pharmacy\"\narea = \"310101\"\n"
    "[[institution]]\ncode = \"P2\"\nkind = \"pharmacy\"\narea = \"310101\"\n";
constexpr const char* kOneShop =
    "[[institution]]\ncode = \"P1\"\nkind = \"pharmacy\"\narea = \"310101\"\n";

class PolicyHolderTest : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::copy(kConfig / "policies", folder_.path() / "policies");
    places_.institutions_file = folder_.write("i.toml", kOneShop);
    places_.policies_dir = (folder_.path() / "policies").string();
  }
  Policy load() {
    auto policy = load_policy(places_);
    EXPECT_TRUE(policy.ok()) << (policy.ok() ? "" : policy.error().text());
    return policy.ok() ? std::move(*policy) : Policy{};
  }
  ScratchFolder folder_;
  PolicyPlaces places_;
};

TEST_F(PolicyHolderTest, a_reload_brings_new_institutions_and_profiles) {
  PolicyHolder holder{load()};
  const auto before = holder.current();
  EXPECT_EQ(before->institutions.find("P2"), nullptr);
  folder_.write("i.toml", kTwoShops);
  std::filesystem::remove(folder_.path() / "policies/JS-2025.toml");
  ASSERT_TRUE(holder.reload(places_).ok());
  EXPECT_NE(holder.current()->institutions.find("P2"), nullptr);
  EXPECT_FALSE(holder.current()->profiles.knows_family("JS"));
  EXPECT_EQ(before->institutions.find("P2"), nullptr) << "who holds the old one keeps it";
}

TEST_F(PolicyHolderTest, a_bad_profile_keeps_the_old_institutions_too) {
  PolicyHolder holder{load()};
  const auto before = holder.current();
  folder_.write("i.toml", kTwoShops);
  folder_.write("policies/ZZ.toml", "id = \n");
  const auto status = holder.reload(places_);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(without_folder(status.error().text(), folder_.path()).substr(0, 18),
            "policies/ZZ.toml:1");
  EXPECT_EQ(holder.current(), before);
}

TEST_F(PolicyHolderTest, bad_institutions_keep_the_old_profiles_too) {
  PolicyHolder holder{load()};
  const auto before = holder.current();
  folder_.write("i.toml", "[[institution]]\n");
  std::filesystem::remove(folder_.path() / "policies/JS-2025.toml");
  EXPECT_FALSE(holder.reload(places_).ok());
  EXPECT_EQ(holder.current(), before);
}

TEST_F(PolicyHolderTest, readers_on_other_threads_see_one_whole_policy) {
  PolicyHolder holder{load()};
  std::atomic<bool> stop{false};
  std::atomic<int> torn{0};
  std::thread reader([&] {
    while (!stop) {
      const auto policy = holder.current();
      const bool has_shop = policy->institutions.find("P2") != nullptr;
      if (has_shop == policy->profiles.knows_family("JS")) ++torn;
    }
  });
  for (int i = 0; i < 10;
       ++i) {  // the second shop comes when Jiangsu goes, and the other way round
    folder_.write("i.toml", kTwoShops);
    std::filesystem::remove(folder_.path() / "policies/JS-2025.toml");
    EXPECT_TRUE(holder.reload(places_).ok());
    folder_.write("i.toml", kOneShop);
    std::filesystem::copy(kConfig / "policies/JS-2025.toml", folder_.path() / "policies");
    EXPECT_TRUE(holder.reload(places_).ok());
  }
  stop = true;
  reader.join();
  EXPECT_EQ(torn, 0);
}

TEST(PolicyPlaces, come_from_the_settings) {
  Settings settings;
  settings.paths.institutions_file = "/i.toml";
  EXPECT_EQ(policy_places(settings).institutions_file, "/i.toml");
  EXPECT_EQ(policy_places(settings).reach, Reach::kLoopbackOnly);
  settings.gateway.http.address = "0.0.0.0";
  EXPECT_EQ(policy_places(settings).reach, Reach::kNetwork);
}

}  // namespace
}  // namespace gongji::config
