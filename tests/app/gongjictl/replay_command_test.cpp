#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "app/gongjictl/command_line.hpp"
#include "stores/rocksdb/rocks_store.hpp"
#include "tests/app/gongjictl/support/journal_builder.hpp"
#include "tests/test_places.hpp"

namespace gongji::ctl {
namespace {

namespace fs = std::filesystem;

// The year's story in a store on the disk, as a stopped gateway leaves it.
class ReplayCommandTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() /
              ("gongjictl-" + std::to_string(::getpid()) + "-" + test->name());
    fs::create_directories(folder_);
    write_store(year_story());
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write_store(const JournalBuilder& story) {
    stores::StoreOptions options;
    options.data_dir = data_dir();
    auto store = stores::open_rocks_store(options);
    ASSERT_TRUE(store.ok()) << store.error().message;
    const auto copied = story.journal().scan(Sequence{1}, [&](const RecordPtr& record) {
      auto copy = std::make_shared<JournalRecord>(*record);
      copy->epoch = (*store)->head().epoch;
      const RecordPtr group[] = {copy};
      return (*store)->append(copy->epoch, group).ok();
    });
    ASSERT_TRUE(copied.ok());
    ASSERT_EQ((*store)->head().durable, story.journal().head().durable);
  }

  [[nodiscard]] std::string data_dir() const { return (folder_ / "data").string(); }

  // A copy of a profile with one line changed.
  std::string changed_profile(const char* file, const std::string& from, const std::string& to) {
    std::ifstream in{std::string{GONGJI_SOURCE_DIR "/config/policies/"} + file};
    std::string text{std::istreambuf_iterator<char>{in}, {}};
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos);
    text.replace(at, from.size(), to);
    const std::string path = (folder_ / file).string();
    std::ofstream{path} << text;
    return path;
  }

  int run(std::vector<std::string> arguments) {
    std::vector<std::string> all{"gongjictl", "--data-dir", data_dir(), "--ops-url",
                                 "http://127.0.0.1:1"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& argument : all) pointers.push_back(argument.data());
    testing::internal::CaptureStdout();
    const int code = run_command_line(static_cast<int>(pointers.size()), pointers.data());
    printed_ = testing::internal::GetCapturedStdout();
    return code;
  }

  fs::path folder_;
  std::string printed_;
};

TEST_F(ReplayCommandTest, proves_every_decision_by_the_projects_own_profiles) {
  EXPECT_EQ(run({"replay"}), 0) << printed_;
  EXPECT_NE(printed_.find("25 decisions taken again up to record 25; All came out as recorded."),
            std::string::npos)
      << printed_;
  EXPECT_EQ(run({"audit"}), 0) << printed_;
}

TEST_F(ReplayCommandTest, shows_one_persons_decisions_and_his_household) {
  EXPECT_EQ(run({"replay", "--person", "B", "--to", "8"}), 0) << printed_;
  EXPECT_NE(printed_.find("settled 100.00"), std::string::npos) << printed_;
  EXPECT_NE(printed_.find("Household 1 after record 8"), std::string::npos) << printed_;
  EXPECT_EQ(printed_.find("debited"), std::string::npos) << printed_;
  EXPECT_EQ(run({"replay", "--person", "X"}), 1);
}

TEST_F(ReplayCommandTest, fails_when_the_profiles_are_not_those_that_decided) {
  const std::string other = changed_profile("SH-2025.toml", "relief = false", "relief = true");
  EXPECT_EQ(run({"replay", "--policies", fs::path{other}.parent_path().string()}), 1);
  EXPECT_NE(printed_.find("cannot be exact"), std::string::npos) << printed_;
  EXPECT_NE(printed_.find("COMES OUT DIFFERENTLY"), std::string::npos) << printed_;
}

TEST_F(ReplayCommandTest, shows_what_a_proposed_profile_would_change) {
  const std::string proposed = changed_profile("SH-2025.toml", "floor = { default = \"0.00\"",
                                               "floor = { default = \"950.00\"");
  EXPECT_EQ(run({"replay", "--profile", proposed}), 0) << printed_;
  EXPECT_NE(printed_.find("560.00 was paid, 50.00 would be"), std::string::npos) << printed_;
  EXPECT_NE(printed_.find("E_INSUFFICIENT_PREMIUM"), std::string::npos) << printed_;
  EXPECT_EQ(run({"replay", "--profile", proposed, "--list", "0"}), 0);
  EXPECT_EQ(printed_.find("would be: settled"), std::string::npos) << printed_;
}

TEST_F(ReplayCommandTest, says_which_line_of_a_profile_is_wrong) {
  const std::string wrong = changed_profile("SH-2025.toml", "relief = false", "relief = 3");
  testing::internal::CaptureStderr();
  EXPECT_EQ(run({"replay", "--profile", wrong}), 1);
  EXPECT_NE(testing::internal::GetCapturedStderr().find("counts.relief"), std::string::npos);
}

}  // namespace
}  // namespace gongji::ctl
