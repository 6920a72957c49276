// The sheet as paper: drawn by another program, its pixels looked at.
#include "gateway/certificate/sheet.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

#include "gateway/certificate/qr_code.hpp"
#include "tests/gateway/certificate/support/sample.hpp"
#include "tests/gateway/certificate/support/scratch.hpp"

namespace gongji::gateway::certificate {
namespace {

constexpr double kDotsPerInch = 300;

// A page as poppler draws it: grey, one byte a pixel.
class Page {
 public:
  explicit Page(std::string_view pdf) {
    const testing::Scratch scratch;
    const std::string file = scratch.write("sheet.pdf", pdf);
    std::istringstream pgm{testing::output_of("pdftoppm -r 300 -gray " + file)};
    std::string magic;
    int brightest = 0;
    pgm >> magic >> width_ >> height_ >> brightest;
    EXPECT_EQ(magic, "P5");
    pgm.get();
    pixels_.assign(std::istreambuf_iterator<char>{pgm}, {});
    EXPECT_EQ(pixels_.size(), width_ * height_);
  }

  [[nodiscard]] bool dark_at(double x_pt, double y_pt) const {
    const auto column = static_cast<std::size_t>(x_pt * kDotsPerInch / 72);
    const auto row = static_cast<std::size_t>(y_pt * kDotsPerInch / 72);
    return static_cast<unsigned char>(pixels_.at(row * width_ + column)) < 128;
  }
  [[nodiscard]] std::size_t dark_in(const Box& box) const {
    std::size_t found = 0;
    for (double y = box.top; y < box.bottom(); y += 72 / kDotsPerInch)
      for (double x = box.left; x < box.right(); x += 72 / kDotsPerInch)
        found += dark_at(x, y) ? 1 : 0;
    return found;
  }

 private:
  std::size_t width_ = 0;
  std::size_t height_ = 0;
  std::string pixels_;
};

Page page_of(const CertificateData& data) {
  const auto pdf = render(data, CertificateForm::kPdf);
  EXPECT_TRUE(pdf) << pdf.error().sentence;
  return Page{pdf ? *pdf : ""};
}

// The first dark point from the left, then from the top, of the lower left quarter inside the
// border.
Box qr_place(const Page& page, double side_pt) {
  for (double y = 285; y < 340; y += 0.1)
    if (page.dark_at(44, y)) return {40, y, side_pt, side_pt};
  ADD_FAILURE() << "no QR code";
  return {};
}

TEST(Sheet, TheQrCodeCarriesTheVerificationPath) {
  const CertificateData data = testing::sample();
  const Page page = page_of(data);
  const auto wanted = make_qr_code(verification_path(data.check_code));
  ASSERT_TRUE(wanted);
  const Box place = qr_place(page, 82);
  const double side = place.width / static_cast<double>(wanted->width);
  for (std::size_t row = 0; row < wanted->width; ++row)
    for (std::size_t column = 0; column < wanted->width; ++column)
      ASSERT_EQ(page.dark_at(place.left + (static_cast<double>(column) + 0.5) * side,
                             place.top + (static_cast<double>(row) + 0.5) * side),
                wanted->dark_at(column, row))
          << column << "," << row;
}

TEST(Sheet, NamesStayInTheirCells) {
  CertificateData data = testing::sample();
  data.psn_name = std::string(500, 'W');
  data.profile_id = std::string(500, 'W');
  data.contribution_id = std::string(400, 'C');
  const Page page = page_of(data);
  EXPECT_EQ(page.dark_in({0, 0, kSheetWidthPt, 15}), 0u);
  EXPECT_EQ(page.dark_in({0, kSheetHeightPt - 15, kSheetWidthPt, 14}), 0u);
  EXPECT_EQ(page.dark_in({25, 25, 13, kSheetHeightPt - 50}), 0u) << "between border and table";
  EXPECT_EQ(page.dark_in({kSheetWidthPt - 38, 25, 13, kSheetHeightPt - 50}), 0u);
  EXPECT_GT(page.dark_in({40, 96, 515, 190}), 1'000u) << "the table itself";
}

TEST(Canvas, TextIsCutAtTheEdgeOfItsBox) {
  Canvas canvas{CanvasForm::kPdf, {}};
  const TextStyle tall{Face::kSans, true, 60};
  canvas.write({100, 100, 80, 10}, tall, "张");
  const auto pdf = std::move(canvas).finish();
  ASSERT_TRUE(pdf) << pdf.error().sentence;
  const Page page{*pdf};
  EXPECT_GT(page.dark_in({100, 100, 80, 10}), 100u);
  EXPECT_EQ(page.dark_in({90, 50, 100, 49}), 0u) << "above";
  EXPECT_EQ(page.dark_in({90, 111, 100, 60}), 0u) << "below";
}

TEST(Canvas, SaysWhichTextsItsFontsCannotShow) {
  Canvas canvas{CanvasForm::kSvg, {}};
  EXPECT_TRUE(canvas.can_write(kSheetTitle));
  EXPECT_FALSE(canvas.can_write("张\xf4\x8f\xbf\xbd"));  // U+10FFFD, private
}

TEST(Canvas, AnEmptySheetIsASheet) {
  for (const CanvasForm form : {CanvasForm::kSvg, CanvasForm::kPng, CanvasForm::kPdf}) {
    Canvas canvas{form, {}};
    canvas.write({10, 10, 100, 20}, {}, "");
    const auto bytes = std::move(canvas).finish();
    ASSERT_TRUE(bytes) << bytes.error().sentence;
    EXPECT_GT(bytes->size(), 200u);
  }
}

}  // namespace
}  // namespace gongji::gateway::certificate
