// gongjictl reconcile: a day of each institution, counted from the journal.
#pragma once

#include "app/gongjictl/settings.hpp"

namespace CLI {
class App;
}

namespace gongji::ctl {

void add_reconcile_command(CLI::App& app, Settings& settings);

}  // namespace gongji::ctl
