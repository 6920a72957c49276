// What the operating system knows of this process (Linux, /proc/self). Any thread, some hundred
// microseconds; a figure that cannot be read is 0.
#pragma once

namespace gongji::monitoring {

struct ProcessFigures {
  double cpu_seconds = 0;
  double resident_bytes = 0;
  double open_fds = 0;
  double max_fds = 0;
  double threads = 0;
  double start_time_seconds = 0;  // Unix time
};

ProcessFigures process_figures();

}  // namespace gongji::monitoring
