// Line plots as SVG text: axes with round steps, a legend, and a tooltip for every position.
// Colours are CSS classes (line-0, line-1, …) that the page defines, for light and dark alike.
#pragma once

#include <string>
#include <vector>

namespace gongji::loadtest {

struct PlotPoint {
  double x = 0;
  double y = 0;
};

struct PlotLine {
  std::string name;
  unsigned colour = 0;            // line-<colour>
  std::vector<PlotPoint> points;  // all lines of a plot share their x values
};

struct PlotTick {
  double at = 0;
  std::string text;
};

struct Plot {
  std::string title;
  std::string x_name;
  std::string y_name;
  bool y_logarithmic = false;
  std::vector<PlotTick> x_ticks;  // empty = round steps
  std::vector<PlotLine> lines;
};

std::string svg_plot(const Plot& plot);

// Round numbers that cover [low, high] in about `wanted` steps.
std::vector<double> round_steps(double low, double high, unsigned wanted);
std::string escaped(const std::string& text);  // for HTML and SVG
std::string short_number(double number);       // "1.25M", "12.5k", "0.8"

}  // namespace gongji::loadtest
