#include "app/gongjictl/backup_check.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "app/gongjictl/audit.hpp"
#include "stores/rocksdb/rocks_store.hpp"

namespace gongji::ctl {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kProgressEvery = 1024;

Status<std::string> check_chain(const JournalStore& journal, const BackupHooks& hooks) {
  const std::uint64_t all = journal.head().durable.number();
  const auto scanned = journal.scan(Sequence{1}, [&](const RecordPtr& record) {
    const std::uint64_t done = record->sequence.number();
    if (done % kProgressEvery == 0) hooks.on_progress(done, all);
    return true;
  });
  if (!scanned) return scanned.error().message;
  return Done{};
}

Status<std::string> check_books(const JournalStore& journal, const BackupHooks& hooks) {
  const Audit audit = audit_journal(journal, hooks.on_progress);
  if (audit.holds()) return Done{};
  return "the audit finds " + std::to_string(audit.problems.count) +
         " problems in the copy, the first: " + audit.problems.first.front();
}

}  // namespace

Result<JournalHead, std::string> check_copy(const std::string& dir, BackupCheck check,
                                            const BackupHooks& hooks) {
  const auto journal = stores::open_rocks_store_read_only(dir);
  if (!journal) return journal.error().message;
  hooks.on_step("records", check == BackupCheck::kAudit ? "auditing" : "checking");
  const auto checked =
      check == BackupCheck::kAudit ? check_books(**journal, hooks) : check_chain(**journal, hooks);
  if (!checked) return checked.error();
  return (*journal)->head();
}

Status<std::string> claim(const std::string& dir) {
  if (auto claimed = stores::claim_restored(dir); !claimed) return claimed.error().message;
  return Done{};
}

Status<std::string> give_to_owner_of(const std::string& place, const std::string& dir) {
  if (::geteuid() != 0) return Done{};
  struct stat facts {};
  if (::stat(place.c_str(), &facts) != 0 &&
      ::stat(fs::path{place}.parent_path().c_str(), &facts) != 0)
    return place + ": " + std::strerror(errno);
  const auto give = [&facts](const std::string& path) {
    return ::lchown(path.c_str(), facts.st_uid, facts.st_gid) == 0;
  };
  bool given = give(dir);
  for (const auto& entry : fs::recursive_directory_iterator(dir))
    given = give(entry.path().string()) && given;
  if (!given) return dir + ": cannot be given to its owner: " + std::strerror(errno);
  return Done{};
}

}  // namespace gongji::ctl
