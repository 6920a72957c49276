#include "app/gongjictl/backup.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "stores/rocksdb/rocks_store.hpp"

namespace gongji::ctl {
namespace {

namespace fs = std::filesystem;

class BackupTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ =
        fs::temp_directory_path() / ("backup-" + std::to_string(::getpid()) + "-" + test->name());
    fs::create_directories(folder_);
    auto store = open(data_dir());
    for (std::uint64_t number = 1; number <= 3; ++number) append(*store, number);
    std::ofstream{data_dir() + "/quote.key"} << std::string(32, 'k');
    ASSERT_TRUE(store->checkpoint(checkpoint_dir()).ok());
    append(*store, 4);  // after the checkpoint: not in the backup
  }
  void TearDown() override { fs::remove_all(folder_); }

  static std::unique_ptr<stores::RocksStore> open(const std::string& dir) {
    stores::StoreOptions options;
    options.data_dir = dir;
    auto store = stores::open_rocks_store(options);
    if (!store) throw std::runtime_error{store.error().message};
    return std::move(*store);
  }
  static void append(stores::RocksStore& store, std::uint64_t number) {
    auto record = std::make_shared<JournalRecord>();
    record->sequence = Sequence{number};
    record->epoch = store.head().epoch;
    record->command = TombstoneCommand{};
    record->outcome = Events{};
    const RecordPtr group[] = {record};
    ASSERT_TRUE(store.append(record->epoch, group).ok());
  }

  Result<Manifest, std::string> make() {
    return make_backup(checkpoint_dir(), data_dir(), backup_dir(), BackupCheck::kAudit, quiet());
  }
  Result<Manifest, std::string> restore(const std::string& to) {
    return restore_backup(backup_dir(), to, BackupCheck::kAudit, quiet());
  }
  static BackupHooks quiet() {
    return {[](const std::string&, const std::string&) {}, [](std::uint64_t, std::uint64_t) {}};
  }

  std::string data_dir() const { return (folder_ / "data").string(); }
  std::string checkpoint_dir() const { return (folder_ / "checkpoint").string(); }
  std::string backup_dir() const { return (folder_ / "backup").string(); }
  std::string new_dir() const { return (folder_ / "new").string(); }

  fs::path folder_;
};

TEST_F(BackupTest, a_backup_names_every_file_it_holds_and_where_its_journal_ends) {
  const auto made = make();
  ASSERT_TRUE(made.ok()) << made.error();
  EXPECT_EQ(made->head.durable, Sequence{3});
  EXPECT_EQ(made->checked, "audit");
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(backup_dir()))
    files += entry.is_regular_file();
  EXPECT_EQ(files, made->files.size() + 1) << "all but the manifest itself";
  EXPECT_EQ(made->files.back().path, "quote.key");
  const auto read = read_manifest(backup_dir());
  ASSERT_TRUE(read.ok()) << read.error();
  EXPECT_EQ(manifest_text(*read), manifest_text(*made));
}

TEST_F(BackupTest, what_is_restored_is_what_was_backed_up_under_a_newer_owner) {
  ASSERT_TRUE(make().ok());
  const auto restored = restore(new_dir());
  ASSERT_TRUE(restored.ok()) << restored.error();
  EXPECT_EQ(fs::file_size(new_dir() + "/quote.key"), 32u);
  const Epoch of_original = open(data_dir())->head().epoch;  // it ran on meanwhile
  const auto store = open(new_dir());
  EXPECT_EQ(store->head().durable, Sequence{3});
  EXPECT_GT(store->head().epoch, of_original);
  append(*store, 4);
}

TEST_F(BackupTest, nothing_is_written_over) {
  ASSERT_TRUE(make().ok());
  const auto again = make();
  ASSERT_FALSE(again.ok());
  EXPECT_NE(again.error().find("not empty"), std::string::npos);
  const auto over_the_store = restore(data_dir());
  ASSERT_FALSE(over_the_store.ok());
  EXPECT_NE(over_the_store.error().find("not empty"), std::string::npos);
  EXPECT_EQ(open(data_dir())->head().durable, Sequence{4});
  fs::create_directories(new_dir());
  EXPECT_TRUE(restore(new_dir()).ok()) << "an empty folder is no store";
}

// Each file of a backup, damaged in one byte or gone: refused by its name, and nothing is left.
TEST_F(BackupTest, a_damaged_backup_is_refused_by_name_and_leaves_nothing) {
  const auto made = make();
  ASSERT_TRUE(made.ok());
  for (const BackupFile& file : made->files) {
    if (file.bytes == 0) continue;
    const fs::path path = fs::path{backup_dir()} / file.path;
    const fs::path kept = folder_ / "kept";
    fs::copy_file(path, kept, fs::copy_options::overwrite_existing);
    {
      std::fstream bytes{path, std::ios::in | std::ios::out | std::ios::binary};
      bytes.seekg(static_cast<std::streamoff>(file.bytes / 2));
      const int old = bytes.get();
      bytes.seekp(static_cast<std::streamoff>(file.bytes / 2));
      bytes.put(static_cast<char>(old ^ 1));
    }
    const auto damaged = restore(new_dir());
    ASSERT_FALSE(damaged.ok()) << file.path;
    EXPECT_NE(damaged.error().find(file.path), std::string::npos) << damaged.error();
    fs::remove(path);
    EXPECT_FALSE(restore(new_dir()).ok()) << file.path;
    fs::copy_file(kept, path);
  }
  EXPECT_FALSE(fs::exists(new_dir()));
  EXPECT_FALSE(fs::exists(new_dir() + ".unfinished"));
  EXPECT_TRUE(restore(new_dir()).ok()) << "and whole again it is taken";
}

TEST_F(BackupTest, a_manifest_of_another_journal_is_refused) {
  const auto made = make();
  ASSERT_TRUE(made.ok());
  Manifest other = *made;
  other.head.chain[0] ^= 1;
  std::ofstream{backup_dir() + "/" + kManifestName} << manifest_text(other);
  const auto restored = restore(new_dir());
  ASSERT_FALSE(restored.ok());
  EXPECT_NE(restored.error().find("manifest"), std::string::npos) << restored.error();
}

TEST_F(BackupTest, a_folder_without_a_manifest_is_no_backup) {
  ASSERT_TRUE(make().ok());
  fs::remove(backup_dir() + "/" + kManifestName);
  EXPECT_FALSE(restore(new_dir()).ok());
}

TEST_F(BackupTest, a_copy_that_fails_leaves_nothing_behind) {
  fs::remove_all(checkpoint_dir() + "/journal");
  EXPECT_FALSE(make().ok());
  EXPECT_FALSE(fs::exists(backup_dir()));
  EXPECT_FALSE(fs::exists(backup_dir() + ".unfinished"));
}

TEST(Manifest, wrong_texts_are_refused) {
  const std::string chain(64, 'a');
  const std::string head = R"("head":{"sequence":1,"epoch":1,"chain":")" + chain + "\"}";
  const auto with_file = [&](const std::string& path, const std::string& hash) {
    return R"({"format":1,)" + head + R"(,"files":[{"path":")" + path +
           R"(","bytes":1,"sha256":")" + hash + "\"}]}";
  };
  EXPECT_TRUE(parse_manifest(with_file("journal/1", chain)).ok());
  for (const std::string& wrong :
       {std::string{"no json"}, std::string{"[]"}, R"({"format":2,)" + head + R"(,"files":[]})",
        std::string{R"({"format":1,"files":[]})"}, with_file("../outside", chain),
        with_file("/etc/passwd", chain), with_file("", chain), with_file("journal/1", "short")})
    EXPECT_FALSE(parse_manifest(wrong).ok()) << wrong;
}

}  // namespace
}  // namespace gongji::ctl
