#include "gateway/certificate/wording.hpp"

#include <cstdlib>
#include <span>

namespace gongji::gateway::certificate {
namespace {

struct Wording {
  std::string_view code;
  std::string_view text;
};

constexpr Wording kPurposes[] = {
    {"RESIDENT_PREMIUM", "城乡居民基本医疗保险费"},
    {"COMMERCIAL", "商业补充医疗保险费"},
};
constexpr Wording kProducts[] = {{"HUHUIBAO", "沪惠保"}};
// By the first two digits of an area code (GB/T 2260).
constexpr Wording kProvinces[] = {
    {"11", "北京市"},           {"12", "天津市"},           {"13", "河北省"},
    {"14", "山西省"},           {"15", "内蒙古自治区"},     {"21", "辽宁省"},
    {"22", "吉林省"},           {"23", "黑龙江省"},         {"31", "上海市"},
    {"32", "江苏省"},           {"33", "浙江省"},           {"34", "安徽省"},
    {"35", "福建省"},           {"36", "江西省"},           {"37", "山东省"},
    {"41", "河南省"},           {"42", "湖北省"},           {"43", "湖南省"},
    {"44", "广东省"},           {"45", "广西壮族自治区"},   {"46", "海南省"},
    {"50", "重庆市"},           {"51", "四川省"},           {"52", "贵州省"},
    {"53", "云南省"},           {"54", "西藏自治区"},       {"61", "陕西省"},
    {"62", "甘肃省"},           {"63", "青海省"},           {"64", "宁夏回族自治区"},
    {"65", "新疆维吾尔自治区"}, {"66", "新疆生产建设兵团"}, {"71", "台湾省"},
    {"81", "香港特别行政区"},   {"82", "澳门特别行政区"},
};

std::string_view find(std::span<const Wording> table, std::string_view code) {
  for (const Wording& row : table)
    if (row.code == code) return row.text;
  return "";
}

// "text（code）", the code alone without a text, a dash without either.
std::string with_code(std::string_view text, std::string_view code) {
  if (code.empty()) return "—";
  if (text.empty()) return std::string{code};
  return std::string{text} + "（" + std::string{code} + "）";
}

}  // namespace

std::string_view purpose_text(std::string_view purpose) {
  const std::string_view text = find(kPurposes, purpose);
  return text.empty() ? purpose : text;
}

std::string product_text(std::string_view product) {
  return with_code(find(kProducts, product), product);
}

std::string area_text(std::string_view area) {
  return with_code(find(kProvinces, area.substr(0, 2)), area);
}

std::string_view status_text(CertificateStatus status) {
  switch (status) {
    case CertificateStatus::kPaid: return "已缴费";
    case CertificateStatus::kReversed: return "已冲正，款项已退回";
  }
  std::abort();
}

std::string date_text(Instant at) {
  const CivilDate day = civil_date(at);
  return std::to_string(static_cast<int>(day.year())) + "年" +
         std::to_string(static_cast<unsigned>(day.month())) + "月" +
         std::to_string(static_cast<unsigned>(day.day())) + "日";
}

}  // namespace gongji::gateway::certificate
