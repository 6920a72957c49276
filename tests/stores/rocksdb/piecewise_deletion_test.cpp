// A log that is needed no more is made shorter before it is deleted; seen through inotify, which
// tells of every change of a file.
#include "stores/rocksdb/piecewise_deletion.hpp"

#include <gtest/gtest.h>
#include <poll.h>
#include <rocksdb/db.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "stores/rocksdb/open_journal.hpp"
#include "stores/rocksdb/tuning.hpp"
#include "tests/stores/support/scratch_directory.hpp"

namespace gongji::stores {
namespace {

class Watch {
 public:
  explicit Watch(const std::string& directory) : descriptor_(::inotify_init1(IN_CLOEXEC)) {
    watching_ = ::inotify_add_watch(descriptor_, directory.c_str(), IN_MODIFY | IN_DELETE) >= 0;
  }
  ~Watch() { ::close(descriptor_); }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  // How often what waits to be deleted was made shorter, until it is gone; -1: not gone in time.
  [[nodiscard]] int cuts_until_gone() const {
    int cuts = 0;
    for (;;) {
      pollfd ready{descriptor_, POLLIN, 0};
      if (!watching_ || ::poll(&ready, 1, 10'000) != 1) return -1;
      if (count_cuts(cuts)) return cuts;
    }
  }

 private:
  // Whether one is gone.
  bool count_cuts(int& cuts) const {
    alignas(inotify_event) std::array<std::byte, 4096> bytes{};
    const auto length = ::read(descriptor_, bytes.data(), bytes.size());
    for (std::ptrdiff_t at = 0; at < length;) {
      const auto* event = reinterpret_cast<const inotify_event*>(bytes.data() + at);
      const std::string_view name = event->len == 0 ? "" : event->name;
      at += static_cast<std::ptrdiff_t>(sizeof(inotify_event) + event->len);
      if (name.size() < 6 || name.substr(name.size() - 6) != ".trash") continue;
      if ((event->mask & IN_DELETE) != 0) return true;
      ++cuts;
    }
    return false;
  }

  int descriptor_;
  bool watching_ = false;
};

TEST(PiecewiseDeletion, CutsALogOfTheJournalBackBeforeItGoes) {
  const testing::ScratchDirectory scratch;
  auto opened = open_journal_database(scratch.path(), journal_tuning({}, nullptr), nullptr);
  ASSERT_TRUE(opened.ok()) << opened.error().message;
  const Watch watch{scratch.path()};
  const std::string megabyte(std::size_t{1} << 20, 'g');
  for (const char* key : {"1", "2", "3", "4", "5"})
    ASSERT_TRUE((*opened)->Put({}, key, megabyte).ok());
  ASSERT_TRUE((*opened)->Flush({}).ok());
  EXPECT_GE(watch.cuts_until_gone(), 1) << "of 5 MB, 2 MB at once";
}

}  // namespace
}  // namespace gongji::stores
