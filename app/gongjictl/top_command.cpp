#include <sys/ioctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <ctime>

#include "app/gongjictl/commands.hpp"
#include "app/gongjictl/interrupt.hpp"
#include "app/gongjictl/json_view.hpp"
#include "app/gongjictl/top_screen.hpp"

namespace gongji::ctl {
namespace {

constexpr std::chrono::milliseconds kAskTimeout{4000};

struct TopArguments {
  bool once = false;
  double interval_s = 2;
};

using Lines = std::vector<std::string>;

TopLayout layout_of_terminal() {
  TopLayout layout;
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0) {
    layout.columns = size.ws_col;
    layout.rows = size.ws_row - 1U;  // the cursor needs a line
    layout.colours = true;
  }
  return layout;
}

Result<Lines, std::string> ask(const Settings& settings, loadtest::BlockingHttp& http,
                               const TopLayout& layout) {
  const auto reply = http.get("/ops/figures.json");
  if (!reply) return reply.error();
  if (reply->status / 100 != 2) return problem_text(reply->status, reply->body);
  std::string address = settings.ops_url;
  if (address.starts_with("http://")) address.erase(0, 7);
  return top_screen(reply->body, address, layout);
}

void print(const Lines& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  std::fputs(text.c_str(), stdout);
  std::fflush(stdout);
}

// A screen of its own, so that the terminal looks afterwards as it did before.
class FullScreen {
 public:
  FullScreen() { std::fputs("\033[?1049h\033[?25l", stdout); }
  ~FullScreen() {
    std::fputs("\033[?25h\033[?1049l", stdout);
    std::fflush(stdout);
  }
  FullScreen(const FullScreen&) = delete;
  FullScreen& operator=(const FullScreen&) = delete;

  static void show(const Lines& lines) {
    std::fputs("\033[H", stdout);
    for (const std::string& line : lines) std::printf("%s\033[K\n", line.c_str());
    std::fputs("\033[J", stdout);
    std::fflush(stdout);
  }
};

std::string time_now() {
  const std::time_t now = std::time(nullptr);
  char text[16];
  std::tm local{};
  std::strftime(text, sizeof text, "%H:%M:%S", localtime_r(&now, &local));
  return text;
}

Lines gone_screen(const std::string& since, const std::string& why, const Lines& last) {
  Lines lines{"NO ANSWER since " + since + ": " + why,
              "Nothing that was answered is lost. What to do: docs/operating.md, GongjiDown."};
  if (!last.empty()) lines.emplace_back("What was last known:");
  lines.insert(lines.end(), last.begin(), last.end());
  return lines;
}

void watch(const Settings& settings, loadtest::BlockingHttp& http,
           std::chrono::milliseconds pause) {
  const Interrupt interrupt;
  const FullScreen screen;
  Lines last;
  std::string silent_since;
  do {
    const TopLayout layout = layout_of_terminal();
    const auto lines = ask(settings, http, layout);
    if (lines) {
      silent_since.clear();
      FullScreen::show(last = *lines);
      continue;
    }
    if (silent_since.empty()) silent_since = time_now();
    Lines gone = gone_screen(silent_since, lines.error(), last);
    if (gone.size() > layout.rows) gone.resize(layout.rows);
    FullScreen::show(gone);
  } while (interrupt.sleep(pause));
}

void run_top(const TopArguments& arguments, Settings& settings) {
  const auto http = ops_client(settings, kAskTimeout);
  if (!http) return fail(settings, http.error());
  const bool terminal = isatty(STDOUT_FILENO) == 1;
  if (!arguments.once && terminal)
    return watch(settings, **http,
                 std::chrono::milliseconds{static_cast<int>(arguments.interval_s * 1000)});
  const auto lines = ask(settings, **http, terminal ? layout_of_terminal() : TopLayout{});
  if (!lines) return fail(settings, "no answer: " + lines.error());
  print(*lines);
}

}  // namespace

void add_top_command(CLI::App& app, Settings& settings) {
  auto* command = app.add_subcommand(
      "top", "Watch a gateway: is money at risk, is it serving, what is wrong, and how it runs");
  auto arguments = std::make_shared<TopArguments>();
  command->add_flag("--once", arguments->once, "print one screen and end, for scripts");
  command->add_option("--interval_s", arguments->interval_s, "seconds between two looks")
      ->capture_default_str()
      ->check(CLI::Range(0.2, 3600.0));
  command->footer(
      "Shows what the page /ops of the ops listener shows (--ops-url), with the last minute as "
      "numbers and the last\nquarter of an hour as lines. Ctrl-C ends it. Where the output is no "
      "terminal it prints one screen and ends.\nExit code 1 when the gateway did not answer.\n\n"
      "Example:\n  gongjictl --ops-url http://127.0.0.1:9464 top");
  command->callback([arguments, &settings] { run_top(*arguments, settings); });
}

}  // namespace gongji::ctl
