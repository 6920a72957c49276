#include "app/gongjictl/backup.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "app/gongjictl/backup_check.hpp"
#include "app/gongjictl/file_copy.hpp"

namespace gongji::ctl {
namespace {

namespace fs = std::filesystem;

constexpr const char* kVersion = GONGJI_VERSION;
constexpr const char* kKeyFiles[] = {"quote.key", "certificate.key"};

// A folder under a name of its own until everything in it is good; removed when it does not come to
// that.
class UnfinishedFolder {
 public:
  explicit UnfinishedFolder(std::string wanted)
      : wanted_(std::move(wanted)), path_(wanted_ + ".unfinished") {}
  ~UnfinishedFolder() {
    std::error_code ignored;
    if (made_) fs::remove_all(path_, ignored);
  }
  UnfinishedFolder(const UnfinishedFolder&) = delete;
  UnfinishedFolder& operator=(const UnfinishedFolder&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

  Status<std::string> make() {
    std::error_code error;
    if (fs::exists(wanted_, error) && !fs::is_empty(wanted_, error))
      return wanted_ + " is there and not empty: nothing is written over it";
    if (fs::exists(path_, error))
      return path_ + " is left from a run that broke off: remove it first";
    made_ = fs::create_directories(path_, error);
    if (!made_) return path_ + ": cannot be made: " + error.message();
    return Done{};
  }

  // An empty folder of the wanted name gives way.
  Status<std::string> finish() {
    if (auto synced = sync_folder(path_); !synced) return synced;
    std::error_code error;
    fs::rename(path_, wanted_, error);
    if (error) return wanted_ + ": cannot be put in place: " + error.message();
    made_ = false;
    return sync_folder(wanted_);
  }

 private:
  const std::string wanted_;
  const std::string path_;
  bool made_ = false;
};

struct Source {
  std::string from;
  std::string path;  // in the copy
  std::uint64_t bytes = 0;
};

std::string without_slash(const std::string& path) {
  const fs::path plain = fs::absolute(path).lexically_normal();
  return (plain.has_filename() ? plain : plain.parent_path()).string();
}

std::vector<Source> files_of(const std::string& checkpoint_dir, const std::string& data_dir) {
  std::vector<Source> files;
  for (const auto& entry : fs::recursive_directory_iterator(checkpoint_dir))
    if (entry.is_regular_file())
      files.push_back({entry.path().string(), fs::relative(entry.path(), checkpoint_dir).string(),
                       entry.file_size()});
  for (const char* key : kKeyFiles)
    if (const std::string path = data_dir + "/" + key; fs::exists(path))
      files.push_back({path, key, fs::file_size(path)});
  std::sort(files.begin(), files.end(),
            [](const Source& left, const Source& right) { return left.path < right.path; });
  return files;
}

// Copies all files into `target`; their sizes and hashes as they were read.
Result<std::vector<BackupFile>, std::string> copy_all(const std::vector<Source>& sources,
                                                      const std::string& target,
                                                      const BackupHooks& hooks) {
  std::uint64_t total = 0;
  for (const Source& source : sources) total += source.bytes;
  hooks.on_step("bytes", "copying");
  std::uint64_t done = 0;
  std::vector<BackupFile> files;
  for (const Source& source : sources) {
    const fs::path to = fs::path{target} / source.path;
    std::error_code error;
    fs::create_directories(to.parent_path(), error);
    if (error) return to.string() + ": cannot be made: " + error.message();
    const auto copied = copy_file(source.from, to.string(), [&](std::uint64_t bytes) {
      hooks.on_progress(done += bytes, total);
    });
    if (!copied) return copied.error();
    files.push_back({source.path, copied->bytes, copied->sha256});
  }
  if (auto synced = sync_folder(target + "/journal"); !synced) return synced.error();
  return files;
}

std::string utc_now() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

Result<std::vector<Source>, std::string> files_in(const Manifest& manifest,
                                                  const std::string& backup_dir) {
  std::vector<Source> sources;
  for (const BackupFile& file : manifest.files) {
    const std::string path = backup_dir + "/" + file.path;
    std::error_code error;
    if (const auto bytes = fs::file_size(path, error); error || bytes != file.bytes)
      return path + (error ? ": is missing" : ": is not as long as the manifest says");
    sources.push_back({path, file.path, file.bytes});
  }
  return sources;
}

Status<std::string> as_the_manifest_says(const std::vector<BackupFile>& copied,
                                         const Manifest& manifest) {
  for (std::size_t i = 0; i < copied.size(); ++i)
    if (copied[i].sha256 != manifest.files[i].sha256)
      return copied[i].path + " is damaged: its SHA-256 is not the manifest's";
  return Done{};
}

bool same_head(const JournalHead& left, const JournalHead& right) {
  return left.durable == right.durable && left.epoch == right.epoch && left.chain == right.chain;
}

}  // namespace

std::string to_text(BackupCheck check) { return check == BackupCheck::kAudit ? "audit" : "chain"; }

Result<Manifest, std::string> make_backup(const std::string& checkpoint_dir,
                                          const std::string& data_dir,
                                          const std::string& backup_dir, BackupCheck check,
                                          const BackupHooks& hooks) {
  UnfinishedFolder folder{without_slash(backup_dir)};
  if (auto made = folder.make(); !made) return made.error();
  auto files = copy_all(files_of(checkpoint_dir, data_dir), folder.path(), hooks);
  if (!files) return files.error();
  auto head = check_copy(folder.path(), check, hooks);
  if (!head) return head.error();
  Manifest manifest{utc_now(), kVersion, *head, to_text(check), std::move(*files)};
  if (auto written = write_new_file(folder.path() + "/" + kManifestName, manifest_text(manifest));
      !written)
    return written.error();
  if (auto finished = folder.finish(); !finished) return finished.error();
  return manifest;
}

Result<Manifest, std::string> restore_backup(const std::string& backup_dir,
                                             const std::string& data_dir, BackupCheck check,
                                             const BackupHooks& hooks) {
  const auto manifest = read_manifest(backup_dir);
  if (!manifest) return manifest.error();
  const auto sources = files_in(*manifest, backup_dir);
  if (!sources) return sources.error();
  UnfinishedFolder folder{without_slash(data_dir)};
  if (auto made = folder.make(); !made) return made.error();
  const auto copied = copy_all(*sources, folder.path(), hooks);
  if (!copied) return copied.error();
  if (auto same = as_the_manifest_says(*copied, *manifest); !same) return same.error();
  const auto head = check_copy(folder.path(), check, hooks);
  if (!head) return head.error();
  if (!same_head(*head, manifest->head))
    return std::string{"the journal does not end where the manifest says"};
  if (auto claimed = claim(folder.path()); !claimed) return claimed.error();
  if (auto given = give_to_owner_of(without_slash(data_dir), folder.path()); !given)
    return given.error();
  if (auto finished = folder.finish(); !finished) return finished.error();
  return *manifest;
}

}  // namespace gongji::ctl
