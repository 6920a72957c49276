#include "app/gongjid/checkpoints.hpp"

#include <unistd.h>

#include <filesystem>

#include "ports/log.hpp"

namespace gongji::app {
namespace {

std::string folder_in(const std::string& data_dir) {
  return (std::filesystem::absolute(data_dir) / "checkpoints").lexically_normal().string();
}

}  // namespace

Checkpoints::Checkpoints(const stores::RocksStore& store, const std::string& data_dir)
    : store_(store), folder_(folder_in(data_dir)) {
  std::error_code ignored;  // what stays behind takes room, no more
  std::filesystem::remove_all(folder_, ignored);
}

Result<CheckpointPlace, std::string> Checkpoints::make(const std::string& directory) {
  const std::string place =
      directory.empty() ? folder_ + "/" + std::to_string(::getpid()) + "-" + std::to_string(++made_)
                        : directory;
  const auto made = store_.checkpoint(place);
  if (!made) return made.error().message;
  log_event(LogLevel::kInfo, "checkpoint_made", "The journal was copied for a backup or an audit.",
            {{"dir", place}});
  return CheckpointPlace{place};
}

}  // namespace gongji::app
