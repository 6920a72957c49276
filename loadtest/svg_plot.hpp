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
  std::string (*x_text)(double x) = nullptr;  // in tooltips; nullptr = number and x_name
};

std::string svg_plot(const Plot& plot);

// Round numbers that cover [low, high] in about `wanted` steps.
std::vector<double> round_steps(double low, double high, unsigned wanted);
// 1, 2 and 5 times the powers of ten, from the last at or below `low` to the first at or above
// `high`; the powers alone when they span more than three. Both positive.
std::vector<double> logarithmic_steps(double low, double high);
std::string escaped(const std::string& text);  // for HTML and SVG
std::string short_number(double number);       // "1.25M", "12.5k", "0.8"

}  // namespace gongji::loadtest
