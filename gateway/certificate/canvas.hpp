// One sheet of paper, A5 across, drawn as SVG, PNG or PDF into memory by the same calls. Knows
// nothing of certificates. All lengths are points (1/72 inch) from the top left corner.
//
// A canvas belongs to one thread; any number of threads may have one each. Text is taken as it is:
// never markup; control and direction characters, and bytes that are no UTF-8, become U+FFFD.
// Failures are kept until finish(), which gives the bytes or the error. Reads no clock.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "domain/result.hpp"
#include "domain/time.hpp"

namespace gongji::gateway::certificate {

inline constexpr double kSheetWidthPt = 595.276;   // 210 mm
inline constexpr double kSheetHeightPt = 419.528;  // 148 mm
inline constexpr double kPngDotsPerInch = 200;

enum class CanvasForm { kSvg, kPng, kPdf };

struct Box {
  double left = 0;
  double top = 0;
  double width = 0;
  double height = 0;

  [[nodiscard]] double right() const { return left + width; }
  [[nodiscard]] double bottom() const { return top + height; }
};

struct Ink {
  double red = 0;
  double green = 0;
  double blue = 0;
  double opacity = 1;
};

enum class Face { kSerif, kSans };
enum class Align { kLeft, kCentre, kRight };

struct TextStyle {
  Face face = Face::kSerif;
  bool bold = false;
  double size_pt = 10;
  Align align = Align::kLeft;
  Ink ink{};
  double spacing_pt = 0;  // between characters
};

// What a PDF says about itself.
struct SheetInfo {
  std::string title;
  std::string subject;
  std::string keywords;
  Instant made_at;
};

struct DrawError {
  std::string sentence;
};

class Canvas {
 public:
  Canvas(CanvasForm form, const SheetInfo& info);
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  // Whether the installed fonts have every character of the text.
  [[nodiscard]] bool can_write(std::string_view text);

  // Centred vertically in the box and broken into lines; shrinks to 70 % before it ends in "…".
  // Nothing is drawn outside the box, whatever marks the text piles up.
  void write(const Box& box, const TextStyle& style, std::string_view text);
  // The same, turned around the centre of the box.
  void write_tilted(const Box& box, const TextStyle& style, double degrees, std::string_view text);
  void line(double from_x, double from_y, double to_x, double to_y, double width_pt, Ink ink);
  void frame(const Box& box, double width_pt, Ink ink);
  void dashed_circle(const Box& box, double width_pt, Ink ink);
  void fill(const std::vector<Box>& boxes, Ink ink);  // as one shape: no seams between neighbours

  // Call once, last.
  Result<std::string, DrawError> finish() &&;

 private:
  struct Surface;
  std::unique_ptr<Surface> surface_;
};

}  // namespace gongji::gateway::certificate
