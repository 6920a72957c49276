#include "gateway/certificate/sheet.hpp"

#include <array>
#include <string>
#include <vector>

#include "gateway/certificate/chinese_amount.hpp"
#include "gateway/certificate/masking.hpp"
#include "gateway/certificate/qr_code.hpp"
#include "gateway/certificate/wording.hpp"

namespace gongji::gateway::certificate {
namespace {

constexpr Ink kBlack{0.08, 0.08, 0.10};
constexpr Ink kGrey{0.38, 0.38, 0.42};
constexpr Ink kRed{0.62, 0.11, 0.13};
constexpr Ink kVoidRed{0.80, 0.10, 0.12, 0.28};
constexpr Ink kShade{0.955, 0.95, 0.94};

constexpr double kMargin = 40;
constexpr double kInnerWidth = kSheetWidthPt - 2 * kMargin;
constexpr double kTableTop = 96;
constexpr double kRowHeight = 26;
constexpr double kAmountRowHeight = 32;
constexpr double kLabelWidth = 76;
constexpr double kRule = 0.5;
constexpr double kPadding = 7;
constexpr double kFooterTop = 298;
constexpr double kQrSize = 82;
constexpr double kSealSize = 84;

constexpr TextStyle kTitleStyle{Face::kSerif, true, 23, Align::kCentre, kRed, 5};
constexpr TextStyle kLabelStyle{Face::kSans, false, 9.5, Align::kCentre, kGrey};
constexpr TextStyle kValueStyle{Face::kSerif, false, 11, Align::kLeft, kBlack};
constexpr TextStyle kAmountStyle{Face::kSerif, true, 13, Align::kLeft, kBlack};
constexpr TextStyle kSmallStyle{Face::kSans, false, 8.5, Align::kLeft, kGrey};
constexpr TextStyle kNoteStyle{Face::kSans, false, 7.5, Align::kLeft, kGrey};
constexpr TextStyle kCodeStyle{Face::kSans, false, 13.5, Align::kLeft, kBlack, 0.8};
constexpr TextStyle kSealStyle{Face::kSans, false, 8.5, Align::kCentre, kGrey};
constexpr TextStyle kVoidStyle{Face::kSerif, true, 64, Align::kCentre, kVoidRed, 8};

struct Field {
  std::string label;
  std::string value;
};
using Row = std::array<Field, 2>;

std::vector<Row> person_rows(const CertificateData& data) {
  return {
      {{{"参保人姓名", data.psn_name}, {"证件号码", mask_number(data.certno)}}},
      {{{"个人编号", mask_number(data.psn_no.text())}, {"参保地", area_text(data.area)}}},
      {{{"缴费项目", std::string{purpose_text(data.purpose)}},
        {"所属年度", std::to_string(data.year) + "年度"}}},
      {{{"产品名称", product_text(data.product)}, {"共济缴费人", mask_name(data.payer_name)}}},
  };
}

std::vector<Row> payment_rows(const CertificateData& data) {
  return {
      {{{"缴费时间", to_civil_text(data.paid_at)},
        {"缴费状态", std::string{status_text(data.status)}}}},
      {{{"资金来源", "职工基本医疗保险个人账户"}, {"执行政策", data.profile_id}}},
  };
}

// The label of a cell on its shade; gives the place for the value.
Box draw_cell(Canvas& canvas, const Box& cell, std::string_view label) {
  const Box left{cell.left, cell.top, kLabelWidth, cell.height};
  canvas.fill({left}, kShade);
  canvas.frame(cell, kRule, kGrey);
  canvas.line(left.right(), cell.top, left.right(), cell.bottom(), kRule, kGrey);
  canvas.write(left, kLabelStyle, label);
  return {left.right() + kPadding, cell.top + 1, cell.width - kLabelWidth - 2 * kPadding,
          cell.height - 2};
}

double draw_rows(Canvas& canvas, double top, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    Box cell{kMargin, top, kInnerWidth / 2, kRowHeight};
    for (const Field& field : row) {
      canvas.write(draw_cell(canvas, cell, field.label), kValueStyle, field.value);
      cell.left = cell.right();
    }
    top = cell.bottom();
  }
  return top;
}

// Over the whole width: in capitals, which cannot be altered by a stroke of the pen, and in digits.
double draw_amount(Canvas& canvas, double top, Fen amount) {
  const Box cell{kMargin, top, kInnerWidth, kAmountRowHeight};
  Box capitals = draw_cell(canvas, cell, "缴费金额");
  Box digits = capitals;
  digits.left += kInnerWidth / 2;  // below the values of the right column
  digits.width -= kInnerWidth / 2;
  capitals.width -= digits.width + kPadding;
  canvas.write(capitals, kAmountStyle, "（大写）" + to_chinese_capitals(amount));
  canvas.write(digits, kAmountStyle, "（小写）¥" + to_yuan_text(amount));
  return cell.bottom();
}

void draw_table(Canvas& canvas, const CertificateData& data) {
  double bottom = draw_rows(canvas, kTableTop, person_rows(data));
  bottom = draw_amount(canvas, bottom, data.amount);
  bottom = draw_rows(canvas, bottom, payment_rows(data));
  canvas.frame({kMargin, kTableTop, kInnerWidth, bottom - kTableTop}, 1.1, kBlack);
}

void draw_border(Canvas& canvas) {
  const auto inset = [](double by) {
    return Box{by, by, kSheetWidthPt - 2 * by, kSheetHeightPt - 2 * by};
  };
  canvas.frame(inset(18), 1.6, kRed);
  canvas.frame(inset(21.5), 0.5, kRed);
}

void draw_heading(Canvas& canvas, const CertificateData& data) {
  canvas.write({kMargin, 32, kInnerWidth, 40}, kTitleStyle, kSheetTitle);
  const Box left{kMargin, 75, kInnerWidth * 0.7, 16};
  const Box right{left.right(), left.top, kInnerWidth - left.width, left.height};
  TextStyle flush_right = kSmallStyle;
  flush_right.align = Align::kRight;
  canvas.write(left, kSmallStyle, "证明编号：" + data.contribution_id);
  canvas.write(right, flush_right, "出具日期：" + date_text(data.issued_at));
}

// Neighbours in a row are one box; the shape is filled as a whole.
std::vector<Box> modules_of(const QrCode& code, const Box& place) {
  const double side = place.width / static_cast<double>(code.width);
  std::vector<Box> boxes;
  for (std::size_t row = 0; row < code.width; ++row) {
    for (std::size_t column = 0; column < code.width; ++column) {
      if (!code.dark_at(column, row)) continue;
      const std::size_t from = column;
      while (column + 1 < code.width && code.dark_at(column + 1, row)) ++column;
      boxes.push_back({place.left + static_cast<double>(from) * side,
                       place.top + static_cast<double>(row) * side,
                       static_cast<double>(column + 1 - from) * side, side});
    }
  }
  return boxes;
}

void draw_verification(Canvas& canvas, const CertificateData& data) {
  const std::string path = verification_path(data.check_code);
  const Box place{kMargin, kFooterTop, kQrSize, kQrSize};
  if (const auto code = make_qr_code(path)) canvas.fill(modules_of(*code, place), kBlack);
  const double left = place.right() + 14;
  const double width = kMargin + kInnerWidth - kSealSize - 16 - left;
  canvas.write({left, kFooterTop - 2, width, 13}, kSmallStyle,
               "校验码（扫描左侧二维码或输入下列字符核验）");
  canvas.write({left, kFooterTop + 11, width, 20}, kCodeStyle, data.check_code);
  canvas.write({left, kFooterTop + 31, width, 12}, kNoteStyle, "核验 " + path);
  canvas.write({left, kFooterTop + 48, width, 34}, kNoteStyle, kIssuerNote);
}

void draw_seal_place(Canvas& canvas) {
  const Box seal{kMargin + kInnerWidth - kSealSize, kFooterTop - 1, kSealSize, kSealSize};
  canvas.dashed_circle(seal, 0.7, kGrey);
  canvas.write({seal.left, seal.top + 26, seal.width, 15}, kSealStyle, "出具单位");
  canvas.write({seal.left, seal.top + 42, seal.width, 15}, kSealStyle, "（盖章处）");
}

}  // namespace

void draw_sheet(Canvas& canvas, const CertificateData& data) {
  draw_border(canvas);
  draw_heading(canvas, data);
  draw_table(canvas, data);
  if (data.status == CertificateStatus::kReversed)
    canvas.write_tilted({50, 135, kSheetWidthPt - 100, 120}, kVoidStyle, -14, "已冲正·作废");
  draw_verification(canvas, data);
  draw_seal_place(canvas);
}

}  // namespace gongji::gateway::certificate
