// The words of a certificate: how codes, dates and places read to a citizen. A code without a
// wording is shown as it is, so that a new province's product needs no change here.
#pragma once

#include <string>
#include <string_view>

#include "domain/time.hpp"
#include "gateway/certificate/certificate.hpp"

namespace gongji::gateway::certificate {

// Stands on every form: what the sheet is not.
inline constexpr std::string_view kIssuerNote =
    "本证明由家庭共济结算网关提供数据与校验码；版式及印章以医疗保障经办机构、税务机关或承保机构出具"
    "的为准。";

std::string_view purpose_text(std::string_view purpose);  // 城乡居民基本医疗保险费
std::string product_text(std::string_view product);       // 沪惠保（HUHUIBAO）; "" reads —
std::string area_text(std::string_view area);             // 山西省（140105）
std::string_view status_text(CertificateStatus status);   // 已缴费

std::string date_text(Instant at);  // 2026年11月22日, in UTC+8

}  // namespace gongji::gateway::certificate
