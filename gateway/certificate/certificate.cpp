#include "gateway/certificate/certificate.hpp"

#include <cstdlib>

#include "gateway/certificate/canvas.hpp"
#include "gateway/certificate/certificate_json.hpp"
#include "gateway/certificate/sheet.hpp"

namespace gongji::gateway::certificate {
namespace {

// The length in front of the value keeps a value that contains "\n" from posing as another field.
void append_field(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += '=';
  out += std::to_string(value.size());
  out += ':';
  out += value;
  out += '\n';
}

SheetInfo sheet_info(const CertificateData& data) {
  return {std::string{kSheetTitle}, data.contribution_id, data.check_code, data.issued_at};
}

Result<std::string, RenderError> render_sheet(const CertificateData& data, CanvasForm form) {
  Canvas canvas{form, sheet_info(data)};
  if (!canvas.can_write(kSheetTitle))
    return RenderError{"no font with Chinese characters; install the package fonts-noto-cjk"};
  draw_sheet(canvas, data);
  auto bytes = std::move(canvas).finish();
  if (!bytes) return RenderError{"certificate not drawn: " + bytes.error().sentence};
  return std::move(bytes).value();
}

}  // namespace

// Signed: a change of a name, of the order or of a format invalidates every code given out so far.
std::string canonical_text(const CertificateData& data) {
  std::string out = "gongji-certificate-1\n";
  append_field(out, "id", data.contribution_id);
  append_field(out, "psn_no", data.psn_no.text());
  append_field(out, "psn_name", data.psn_name);
  append_field(out, "certno", data.certno);
  append_field(out, "payer_name", data.payer_name);
  append_field(out, "purpose", data.purpose);
  append_field(out, "product", data.product);
  append_field(out, "year", std::to_string(data.year));
  append_field(out, "amount_fen", std::to_string(data.amount.count()));
  append_field(out, "paid_at_ms", std::to_string(data.paid_at.time_since_epoch().count()));
  append_field(out, "area", data.area);
  append_field(out, "profile", data.profile_id);
  return out;
}

Result<std::string, RenderError> render(const CertificateData& data, CertificateForm form) {
  switch (form) {
    case CertificateForm::kJson: return certificate_json(data);
    case CertificateForm::kSvg: return render_sheet(data, CanvasForm::kSvg);
    case CertificateForm::kPng: return render_sheet(data, CanvasForm::kPng);
    case CertificateForm::kPdf: return render_sheet(data, CanvasForm::kPdf);
  }
  std::abort();
}

std::string_view media_type(CertificateForm form) {
  switch (form) {
    case CertificateForm::kJson: return "application/json";
    case CertificateForm::kSvg: return "image/svg+xml";
    case CertificateForm::kPng: return "image/png";
    case CertificateForm::kPdf: return "application/pdf";
  }
  std::abort();
}

std::string verification_path(std::string_view check_code) {
  return "/v1/certificates/" + std::string{check_code};
}

}  // namespace gongji::gateway::certificate
