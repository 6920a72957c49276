// The layout of the contribution certificate: title, table of fields, check code with QR code,
// place for the issuer's seal. Drawn once for all forms; a reversed payment is marked across the
// sheet.
#pragma once

#include <string_view>

#include "gateway/certificate/canvas.hpp"
#include "gateway/certificate/certificate.hpp"

namespace gongji::gateway::certificate {

inline constexpr std::string_view kSheetTitle = "家庭共济缴费证明";

void draw_sheet(Canvas& canvas, const CertificateData& data);

}  // namespace gongji::gateway::certificate
