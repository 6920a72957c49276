// The subcommands, one source file each. Every one registers its flags, help and example, and does
// its work when it was called; what it learns about success goes to Settings::exit_code.
#pragma once

#include "app/gongjictl/settings.hpp"

namespace CLI {
class App;
}

namespace gongji::ctl {

void add_import_command(CLI::App& app, Settings& settings);   // import_command.cpp
void add_person_command(CLI::App& app, Settings& settings);   // show_commands.cpp
void add_network_command(CLI::App& app, Settings& settings);  // show_commands.cpp
void add_journal_command(CLI::App& app, Settings& settings);  // journal_command.cpp
void add_audit_command(CLI::App& app, Settings& settings);    // audit_command.cpp
void add_replay_command(CLI::App& app, Settings& settings);   // replay_command.cpp
void add_roll_command(CLI::App& app, Settings& settings);     // roll_command.cpp
void add_drain_command(CLI::App& app, Settings& settings);    // drain_command.cpp
void add_backup_command(CLI::App& app, Settings& settings);   // backup_command.cpp
void add_restore_command(CLI::App& app, Settings& settings);  // backup_command.cpp
void add_profile_command(CLI::App& app, Settings& settings);  // profile_command.cpp
void add_top_command(CLI::App& app, Settings& settings);      // top_command.cpp

}  // namespace gongji::ctl
