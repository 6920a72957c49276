#include "loadtest/svg_plot.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace gongji::loadtest {
namespace {

constexpr double kWidth = 860, kHeight = 280;
constexpr double kLeft = 62, kRight = 16, kTop = 34, kBottom = 42;

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

struct Range {
  double low = 0, high = 1;
};

// From data to pixels.
class Frame {
 public:
  explicit Frame(const Plot& plot) : logarithmic_(plot.y_logarithmic) {
    bool first = true;
    double y_low = 0, y_high = 0;
    for (const PlotLine& line : plot.lines)
      for (const PlotPoint& point : line.points) {
        if (logarithmic_ && point.y <= 0) continue;
        x_ = first ? Range{point.x, point.x}
                   : Range{std::min(x_.low, point.x), std::max(x_.high, point.x)};
        y_low = first ? point.y : std::min(y_low, point.y);
        y_high = first ? point.y : std::max(y_high, point.y);
        first = false;
      }
    if (x_.high <= x_.low) x_.high = x_.low + 1;
    y_ = logarithmic_ ? log_range(first ? 1 : y_low, first ? 10 : y_high)
                      : Range{0, y_high > 0 ? y_high * 1.06 : 1};
  }

  [[nodiscard]] double x(double value) const {
    return kLeft + (value - x_.low) / (x_.high - x_.low) * (kWidth - kLeft - kRight);
  }
  [[nodiscard]] double y(double value) const {
    const double scaled = logarithmic_ ? std::log10(std::max(value, std::pow(10, y_.low))) : value;
    return kHeight - kBottom - (scaled - y_.low) / (y_.high - y_.low) * (kHeight - kTop - kBottom);
  }
  [[nodiscard]] Range x_range() const { return x_; }

  [[nodiscard]] std::vector<double> y_ticks() const {
    if (!logarithmic_) return round_steps(y_.low, y_.high, 5);
    return logarithmic_steps(std::pow(10, y_.low), std::pow(10, y_.high));
  }

 private:
  static Range log_range(double low, double high) {
    const std::vector<double> steps = logarithmic_steps(low, high);
    return {std::log10(steps.front()), std::log10(steps.back())};
  }

  bool logarithmic_;
  Range x_, y_;
};

std::string text_at(double x, double y, const char* anchor, const std::string& text,
                    const char* css_class = "tick") {
  return "<text class=\"" + std::string{css_class} + "\" x=\"" + number(x) + "\" y=\"" + number(y) +
         "\" text-anchor=\"" + anchor + "\">" + escaped(text) + "</text>\n";
}

std::string grid_line(double x1, double y1, double x2, double y2) {
  return "<line class=\"grid\" x1=\"" + number(x1) + "\" y1=\"" + number(y1) + "\" x2=\"" +
         number(x2) + "\" y2=\"" + number(y2) + "\"/>\n";
}

std::string axes(const Plot& plot, const Frame& frame) {
  std::string svg;
  for (const double tick : frame.y_ticks()) {
    svg += grid_line(kLeft, frame.y(tick), kWidth - kRight, frame.y(tick));
    svg += text_at(kLeft - 8, frame.y(tick) + 4, "end", short_number(tick));
  }
  std::vector<PlotTick> ticks = plot.x_ticks;
  if (ticks.empty())
    for (const double tick : round_steps(frame.x_range().low, frame.x_range().high, 10))
      ticks.push_back({tick, short_number(tick)});
  for (const PlotTick& tick : ticks) {
    if (tick.at < frame.x_range().low - 1e-9 || tick.at > frame.x_range().high + 1e-9) continue;
    svg += grid_line(frame.x(tick.at), kTop, frame.x(tick.at), kHeight - kBottom);
    svg += text_at(frame.x(tick.at), kHeight - kBottom + 16, "middle", tick.text);
  }
  svg += text_at(kWidth - kRight, kHeight - 6, "end", plot.x_name);
  svg += text_at(kLeft - 8, kTop - 12, "end", plot.y_name);
  return svg;
}

std::string legend(const Plot& plot) {
  std::string svg;
  double x = kLeft + 8;
  for (const PlotLine& line : plot.lines) {
    const std::string colour = std::to_string(line.colour);
    svg += "<rect class=\"swatch fill-" + colour + "\" x=\"" + number(x) + "\" y=\"" +
           number(kTop - 21) + "\" width=\"12\" height=\"4\"/>\n";
    svg += text_at(x + 17, kTop - 14, "start", line.name, "legend");
    x += 34 + 7.2 * static_cast<double>(line.name.size());
  }
  return svg;
}

std::string polyline(const PlotLine& line, const Frame& frame, bool logarithmic) {
  std::string points;
  for (const PlotPoint& point : line.points) {
    if (logarithmic && point.y <= 0) continue;
    points += number(frame.x(point.x)) + "," + number(frame.y(point.y)) + " ";
  }
  return "<polyline class=\"line line-" + std::to_string(line.colour) + "\" points=\"" + points +
         "\"/>\n";
}

// An invisible column over each x, whose tooltip names all values there.
std::string tooltips(const Plot& plot, const Frame& frame) {
  std::string svg;
  if (plot.lines.empty()) return svg;
  const auto& leading = plot.lines.front().points;
  for (std::size_t i = 0; i < leading.size(); ++i) {
    const double here = frame.x(leading[i].x);
    const double left = i == 0 ? here - 3 : (frame.x(leading[i - 1].x) + here) / 2;
    const double right =
        i + 1 == leading.size() ? here + 3 : (frame.x(leading[i + 1].x) + here) / 2;
    std::string text = plot.x_text != nullptr ? plot.x_text(leading[i].x)
                                              : short_number(leading[i].x) + " " + plot.x_name;
    for (const PlotLine& line : plot.lines)
      if (i < line.points.size()) text += "\n" + line.name + ": " + short_number(line.points[i].y);
    svg += "<rect class=\"hit\" x=\"" + number(left) + "\" y=\"" + number(kTop) + "\" width=\"" +
           number(std::max(right - left, 0.5)) + "\" height=\"" + number(kHeight - kTop - kBottom) +
           "\"><title>" + escaped(text) + "</title></rect>\n";
  }
  return svg;
}

}  // namespace

std::string svg_plot(const Plot& plot) {
  const Frame frame{plot};
  std::string svg = "<svg role=\"img\" aria-label=\"" + escaped(plot.title) + "\" viewBox=\"0 0 " +
                    number(kWidth) + " " + number(kHeight) + "\">\n";
  svg += axes(plot, frame) + legend(plot);
  for (const PlotLine& line : plot.lines) svg += polyline(line, frame, plot.y_logarithmic);
  return svg + tooltips(plot, frame) + "</svg>\n";
}

std::vector<double> round_steps(double low, double high, unsigned wanted) {
  const double raw = (high - low) / std::max(wanted, 1u);
  if (!(raw > 0)) return {low};
  const double power = std::pow(10, std::floor(std::log10(raw)));
  const double lead = raw / power;
  const double step = power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
  std::vector<double> steps;
  for (double at = std::ceil(low / step - 1e-9) * step; at <= high + step * 1e-9; at += step)
    steps.push_back(std::abs(at) < step * 1e-9 ? 0 : at);
  return steps;
}

std::vector<double> logarithmic_steps(double low, double high) {
  constexpr double kLeads[] = {1, 2, 5};
  constexpr double kNearly = 1e-9;  // 0.1 * 10 is not quite 1
  std::vector<double> fine, powers;
  for (double power = std::floor(std::log10(low) + kNearly);; ++power) {
    for (const double lead : kLeads) {
      const double step = lead * std::pow(10, power);
      if (!fine.empty() && step <= low * (1 + kNearly)) fine.clear();
      fine.push_back(step);
      if (step >= high * (1 - kNearly) && fine.size() > 1) break;
    }
    powers.push_back(std::pow(10, power));
    if (fine.back() >= high * (1 - kNearly) && fine.size() > 1) break;
  }
  if (powers.size() <= 3) return fine;
  powers.push_back(powers.back() * 10);
  return powers;
}

std::string escaped(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    if (c == '&')
      safe += "&amp;";
    else if (c == '<')
      safe += "&lt;";
    else if (c == '>')
      safe += "&gt;";
    else if (c == '"')
      safe += "&quot;";
    else
      safe += c;
  }
  return safe;
}

std::string short_number(double value) {
  char text[32];
  const double size = std::abs(value);
  if (size >= 1e6)
    std::snprintf(text, sizeof text, "%.4gM", value / 1e6);
  else if (size >= 1e4)
    std::snprintf(text, sizeof text, "%.4gk", value / 1e3);
  else
    std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

}  // namespace gongji::loadtest
