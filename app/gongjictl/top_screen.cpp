#include "app/gongjictl/top_screen.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <ctime>

#include "app/gongjictl/table.hpp"
#include "loadtest/client/progress_line.hpp"

namespace gongji::ctl {
namespace {

namespace json = boost::json;
using Lines = std::vector<std::string>;

constexpr std::size_t kFindingsMax = 4;
constexpr std::size_t kListRowsMax = 6;
constexpr std::size_t kNameColumns = 16;
constexpr std::size_t kValueColumns = 12;

double number_at(const json::value& node, const char* name) {
  return node.at(name).to_number<double>();
}
std::string text_of(const json::value& node, const char* name) {
  return std::string{node.at(name).as_string()};
}

std::string shown(double value) {
  if (value >= 100) return loadtest::with_thousands(static_cast<std::uint64_t>(value + 0.5));
  char text[32];
  const bool whole = value == std::floor(value);
  std::snprintf(text, sizeof text, whole ? "%.0f" : value < 1 ? "%.2f" : "%.1f", value);
  return text;
}

std::string padded(std::string text, std::size_t columns) {
  const std::size_t width = display_width(text);
  return width < columns ? text.append(columns - width, ' ') : text;
}

std::string right(const std::string& text, std::size_t columns) {
  const std::size_t width = display_width(text);
  return width < columns ? std::string(columns - width, ' ') + text : text;
}

// Cut to the columns there are, never within a character.
std::string cut(const std::string& text, std::size_t columns) {
  std::string kept;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t next = at + 1;
    while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0U) == 0x80U) ++next;
    const std::string with = kept + text.substr(at, next - at);
    if (display_width(with) > columns) break;
    kept = with;
    at = next;
  }
  return kept;
}

std::string clock_text(double unix_s) {
  const auto seconds = static_cast<std::time_t>(unix_s);
  std::tm local{};
  localtime_r(&seconds, &local);
  char text[16];
  std::strftime(text, sizeof text, "%H:%M:%S", &local);
  return text;
}

const char* colour_of(const std::string& grade) {
  return grade == "bad" ? "\033[1;31m" : grade == "warning" ? "\033[33m" : "\033[32m";
}

// One screen in the making.
class Screen {
 public:
  Screen(const json::value& root, const TopLayout& layout) : root_(root), layout_(layout) {}

  void add(const std::string& line, const std::string& grade = "") {
    std::string text = cut(line, layout_.columns);
    text.erase(text.find_last_not_of(' ') + 1);
    if (layout_.colours && !grade.empty()) text = colour_of(grade) + text + "\033[0m";
    lines_.push_back(std::move(text));
  }
  void head(const std::string& address);
  void answers();
  void history();
  void lists();
  Lines take() {
    if (lines_.size() > layout_.rows) lines_.resize(layout_.rows);
    return std::move(lines_);
  }

 private:
  void answer(const char* question, const char* name, const char* good, const char* bad);
  void row(const char* name, const char* unit, const std::vector<const char*>& keys, double scale);

  const json::value& root_;
  const TopLayout layout_;
  Lines lines_;
};

void Screen::head(const std::string& address) {
  const json::value& now = root_.at("now");
  const double now_s = number_at(root_, "now_ms") / 1000;
  const std::string left = "gongji " + address + "  " + text_of(now, "version") + "  up " +
                           loadtest::short_duration(now_s - number_at(now, "started_s"));
  add(padded(left, layout_.columns - 8) + clock_text(now_s));
}

void Screen::answer(const char* question, const char* name, const char* good, const char* bad) {
  const json::value& verdict = root_.at("verdict").at(name);
  const std::string grade = text_of(verdict, "grade");
  const std::string word = grade == "good" ? good : grade == "bad" ? bad : "maybe";
  add(padded(question, kNameColumns) + padded(word, 6) + text_of(verdict, "text"), grade);
}

void Screen::answers() {
  answer("Money at risk?", "money", "no", "YES");
  answer("Serving?", "serving", "yes", "NO");
  const json::array& wrong = root_.at("verdict").at("wrong").as_array();
  if (wrong.empty()) return add(padded("Wrong?", kNameColumns) + "nothing", "good");
  add(padded("Wrong?", kNameColumns) + std::to_string(wrong.size()) +
          (wrong.size() == 1 ? " finding" : " findings"),
      text_of(wrong.front(), "grade"));
  for (std::size_t i = 0; i < std::min(wrong.size(), kFindingsMax); ++i) {
    const std::string grade = text_of(wrong[i], "grade");
    add(std::string{grade == "bad" ? "  NOW   " : "  look  "} + text_of(wrong[i], "text") + "  [" +
            text_of(wrong[i], "alert") + "]",
        grade);
  }
}

// The last minute as a number, the last quarter of an hour as a line.
void Screen::row(const char* name, const char* unit, const std::vector<const char*>& keys,
                 double scale) {
  const auto value = [&](const json::value& point) {
    double sum = 0;
    for (const char* key : keys) sum += number_at(point, key);
    return sum * scale;
  };
  std::vector<double> values;
  for (const json::value& point : root_.at("points").as_array()) values.push_back(value(point));
  const std::string figure = shown(value(root_.at("minute"))) + " " + unit;
  const std::size_t used = kNameColumns + kValueColumns + 2;
  const std::size_t left = layout_.columns > used ? layout_.columns - used : 0;
  add(padded(name, kNameColumns) + right(figure, kValueColumns) + "  " + sparkline(values, left));
}

void Screen::history() {
  add("");
  row("messages", "/s", {"applied_per_s", "refused_per_s", "replayed_per_s", "unknown_per_s"}, 1);
  row("refused", "/s", {"refused_per_s"}, 1);
  row("turned away", "/s", {"turned_away_per_s"}, 1);
  row("99 of 100 in", "ms", {"p99_s"}, 1000);
  row("family money", "CNY/s", {"family_fen_per_s"}, 0.01);
  row("sync, 99 of 100", "ms", {"sync_p99_s"}, 1000);
  row("records a sync", "", {"records_per_sync"}, 1);
  row("in flight", "", {"inflight"}, 1);
  if (root_.at("now").at("redis_wanted").as_bool())
    row("Redis behind", "", {"redis_lag_records"}, 1);
}

void Screen::lists() {
  const std::size_t column = layout_.columns / 3;
  const auto cell = [&](const char* list, const char* name, const char* value, std::size_t at) {
    const json::array& rows = root_.at(list).as_array();
    if (at >= rows.size()) return padded("", column);
    const std::string left = text_of(rows[at], name);
    const std::string figure = shown(number_at(rows[at], value));
    return padded(
        cut(padded(left, column - 2 - figure.size()), column - 2 - figure.size()) + figure, column);
  };
  add("");
  add(padded("Refused, 5 min", column) + padded("No family money", column) +
      "Hottest households/s");
  std::size_t longest = 0;
  for (const char* list : {"refusals_5min", "no_family_money_5min", "hottest_households"})
    longest = std::max(longest, root_.at(list).as_array().size());
  for (std::size_t at = 0; at < std::min(longest, kListRowsMax); ++at)
    add(cell("refusals_5min", "reason", "count", at) +
        cell("no_family_money_5min", "reason", "count", at) +
        cell("hottest_households", "household", "per_s", at));
}

}  // namespace

std::string sparkline(const std::vector<double>& values, std::size_t columns) {
  static const char* const kHeights[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const std::size_t shown_count = std::min(values.size(), columns);
  const auto begin = values.end() - static_cast<std::ptrdiff_t>(shown_count);
  const double most = shown_count == 0 ? 0 : *std::max_element(begin, values.end());
  std::string line;
  for (auto value = begin; value != values.end(); ++value) {
    const double part = most > 0 ? std::clamp(*value / most, 0.0, 1.0) : 0;
    line += kHeights[static_cast<std::size_t>(std::lround(part * 7))];
  }
  return line;
}

Result<std::vector<std::string>, std::string> top_screen(const std::string& answer,
                                                         const std::string& address,
                                                         const TopLayout& layout) {
  try {
    const json::value root = json::parse(answer);
    Screen screen{root, layout};
    screen.head(address);
    screen.answers();
    screen.history();
    screen.lists();
    return screen.take();
  } catch (const std::exception&) {
    return std::string{
        "the figures have another form than this gongjictl knows: use the gateway's version"};
  }
}

}  // namespace gongji::ctl
