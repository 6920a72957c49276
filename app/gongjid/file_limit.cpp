#include "app/gongjid/file_limit.hpp"

#include <sys/resource.h>

#include <algorithm>

#include "ports/log.hpp"

namespace gongji::app {
namespace {

// A large store keeps some 1,500 files open; who allows few in all cannot have a large store.
constexpr std::size_t kStoreFilesMax = 2'048;

std::size_t raised_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return kStoreFilesMax;
  rlimit raised = limit;
  raised.rlim_cur = limit.rlim_max;
  return ::setrlimit(RLIMIT_NOFILE, &raised) == 0 ? raised.rlim_cur : limit.rlim_cur;
}

}  // namespace

std::size_t connections_that_fit(std::size_t wanted) {
  const std::size_t files_max = raised_limit();
  const std::size_t fit = files_max - std::min(files_max / 2, kStoreFilesMax);
  if (wanted <= fit) return wanted;
  log_event(LogLevel::kWarn, "connections_limited",
            "Fewer connections than configured are let in, so that the store always finds a file "
            "descriptor: raise the limit of open files (LimitNOFILE).",
            {{"connections_max", std::uint64_t{fit}},
             {"configured", std::uint64_t{wanted}},
             {"open_files_max", std::uint64_t{files_max}}});
  return fit;
}

}  // namespace gongji::app
