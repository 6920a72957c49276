// The global flags of gongjictl and its list of commands.
#pragma once

namespace gongji::ctl {

// Runs the command the arguments name. Exit codes: 0 done, 1 failed or something does not hold, 2
// unusable arguments.
int run_command_line(int argc, char** argv);

}  // namespace gongji::ctl
