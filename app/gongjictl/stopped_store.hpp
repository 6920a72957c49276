// Opens a store for reading: a stopped one as it lies, a running one through a checkpoint that its
// gateway makes and that is removed again afterwards.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "app/gongjictl/settings.hpp"
#include "ports/journal_store.hpp"

namespace gongji::ctl {

class StoppedStore {
 public:
  // The error says what to do.
  static Result<StoppedStore, std::string> open(const Settings& settings);

  StoppedStore(StoppedStore&& other) noexcept
      : journal_(std::move(other.journal_)),
        checkpoint_dir_(std::exchange(other.checkpoint_dir_, {})) {}
  StoppedStore& operator=(StoppedStore&&) = delete;
  ~StoppedStore();

  [[nodiscard]] const JournalStore& journal() const { return *journal_; }
  [[nodiscard]] bool is_checkpoint() const { return !checkpoint_dir_.empty(); }

 private:
  StoppedStore(std::unique_ptr<JournalStore> journal, std::string checkpoint_dir)
      : journal_(std::move(journal)), checkpoint_dir_(std::move(checkpoint_dir)) {}

  std::unique_ptr<JournalStore> journal_;
  std::string checkpoint_dir_;  // ours to remove; "" = a store as it lay
};

}  // namespace gongji::ctl
