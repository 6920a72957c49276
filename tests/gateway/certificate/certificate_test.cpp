#include "gateway/certificate/certificate.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <limits>
#include <set>
#include <thread>
#include <vector>

#include "tests/gateway/certificate/support/sample.hpp"
#include "tests/gateway/certificate/support/scratch.hpp"

namespace gongji::gateway::certificate {
namespace {

using testing::sample;
using testing::Scratch;

constexpr CertificateForm kForms[] = {CertificateForm::kJson, CertificateForm::kSvg,
                                      CertificateForm::kPng, CertificateForm::kPdf};
constexpr std::string_view kMostHostile =
    "<script>&\"'</td>{\"a\":1}%s\xe2\x80\xae\n\\x\x01</svg><!--]]>";

std::string rendered(const CertificateData& data, CertificateForm form) {
  auto bytes = render(data, form);
  EXPECT_TRUE(bytes) << bytes.error().sentence;
  return bytes ? *bytes : std::string{};
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::uint32_t big_endian_at(std::string_view bytes, std::size_t place) {
  std::uint32_t number = 0;
  for (std::size_t i = place; i < place + 4; ++i)
    number = number << 8 | static_cast<unsigned char>(bytes.at(i));
  return number;
}

// Fails with the parser's words when the text is not XML from beginning to end.
void expect_xml(const std::string& svg) {
  const Scratch scratch;
  testing::output_of(
      "/usr/bin/python3 -c 'import sys, xml.etree.ElementTree as tree; "
      "print(tree.parse(sys.argv[1]).getroot().tag)' " +
      scratch.write("sheet.svg", svg) + " 2>&1");
}

using Change = std::function<void(CertificateData&)>;
const std::vector<std::pair<const char*, Change>> kSignedChanges{
    {"id", [](auto& data) { data.contribution_id += "1"; }},
    {"psn_no", [](auto& data) { data.psn_no = PersonId{"1"}; }},
    {"psn_name", [](auto& data) { data.psn_name = "李大明"; }},
    {"certno", [](auto& data) { data.certno.back() = '5'; }},
    {"payer_name", [](auto& data) { data.payer_name = "王建军"; }},
    {"purpose", [](auto& data) { data.purpose = "COMMERCIAL"; }},
    {"product", [](auto& data) { data.product = "HUHUIBAO"; }},
    {"year", [](auto& data) { data.year = 2027; }},
    {"amount", [](auto& data) { data.amount += Fen{1}; }},
    {"paid_at", [](auto& data) { data.paid_at += std::chrono::milliseconds{1}; }},
    {"area", [](auto& data) { data.area = "140106"; }},
    {"profile", [](auto& data) { data.profile_id = "SX-2026"; }},
};

TEST(Certificate, TheCheckCodeSignsEveryFieldOfThePayment) {
  const auto code = parse_check_code(sample().check_code);
  ASSERT_TRUE(code);
  EXPECT_TRUE(verifies(testing::kSampleKey, *code, canonical_text(sample())));
  for (const auto& [name, change] : kSignedChanges) {
    CertificateData altered = sample();
    change(altered);
    EXPECT_FALSE(verifies(testing::kSampleKey, *code, canonical_text(altered))) << name;
  }
}

TEST(Certificate, StatusAndTimeOfIssueLeaveTheCheckCodeAsItIs) {
  CertificateData later = sample();
  later.status = CertificateStatus::kReversed;
  later.issued_at += std::chrono::hours{1};
  later.check_code.clear();
  EXPECT_EQ(canonical_text(later), canonical_text(sample()));
}

TEST(Certificate, AFieldCannotPoseAsTheNext) {
  CertificateData data = sample();
  data.psn_name = "a\ncertno=:b";
  data.certno = "c";
  CertificateData other = sample();
  other.psn_name = "a";
  other.certno = "b\ncertno=:c";
  EXPECT_NE(canonical_text(data), canonical_text(other));
}

TEST(Certificate, JsonHasTheDocumentedFields) {
  EXPECT_EQ(rendered(sample(), CertificateForm::kJson),
            R"({"id":"C20261122000000000042","status":"paid","psn_no":"14000000000000000101",)"
            R"("psn_name":"李小明","certno":"140105********1234","payer_name":"王*",)"
            R"("purpose":"RESIDENT_PREMIUM","product":"","year":2026,"amount":"400.00",)"
            R"("amount_in_words":"人民币肆佰元整","insuplc_admdvs":"140105","profile":"SX-2025",)"
            R"("paid_at":"2026-11-22T10:15:30+08:00","issued_at":"2026-11-23T10:15:30+08:00",)"
            R"("check_code":")" +
                sample().check_code + R"(","verify":"/v1/certificates/)" + sample().check_code +
                R"(","note":"本证明由家庭共济结算网关提供数据与校验码；)"
                R"(版式及印章以医疗保障经办机构、税务机关或承保机构出具的为准。"})");
}

TEST(Certificate, PngIsA200DpiPictureOfAnA5Sheet) {
  const std::string png = rendered(sample(), CertificateForm::kPng);
  ASSERT_GT(png.size(), 10'000u);
  EXPECT_EQ(png.substr(0, 8), "\x89PNG\r\n\x1a\n");
  EXPECT_EQ(png.substr(12, 4), "IHDR");
  EXPECT_EQ(big_endian_at(png, 16), 1654u);  // 210 mm
  EXPECT_EQ(big_endian_at(png, 20), 1165u);  // 148 mm
  EXPECT_EQ(png.substr(png.size() - 8, 4), "IEND");
}

TEST(Certificate, SvgIsWellFormedAndHoldsNoFreeText) {
  const std::string svg = rendered(sample(), CertificateForm::kSvg);
  EXPECT_TRUE(svg.starts_with("<?xml"));
  EXPECT_TRUE(contains(svg, "width=\"595.276pt\" height=\"419.528pt\""));
  EXPECT_FALSE(contains(svg, "<text")) << "glyphs are outlines, so no font is needed to show it";
  expect_xml(svg);
}

TEST(Certificate, PdfSaysItInWordsOneCanCopy) {
  const std::string pdf = rendered(sample(), CertificateForm::kPdf);
  ASSERT_TRUE(pdf.starts_with("%PDF-"));
  const std::string text = testing::text_of_pdf(pdf);
  for (const std::string_view part :
       {"家庭共济缴费证明", "C20261122000000000042", "2026年11月23日", "李小明",
        "140105********1234", "140000**********0101", "山西省（140105）", "城乡居民基本医疗保险费",
        "2026年度", "王*", "人民币肆佰元整", "¥400.00", "2026-11-22 10:15:30", "已缴费", "SX-2025",
        "盖章处"})
    EXPECT_TRUE(contains(text, part)) << part << " in:\n" << text;
  EXPECT_TRUE(contains(text, sample().check_code)) << text;
  EXPECT_TRUE(contains(text, verification_path(sample().check_code))) << text;
  EXPECT_TRUE(contains(text, "印章以")) << text;
  EXPECT_FALSE(contains(text, "作废")) << text;
}

TEST(Certificate, PdfDatesItselfByTheDataNotByTheClock) {
  const Scratch scratch;
  const std::string file = scratch.write("a.pdf", rendered(sample(), CertificateForm::kPdf));
  const std::string about = testing::output_of("pdfinfo -rawdates " + file);
  for (const std::string_view part :
       {"20261123101530+08'00", "家庭共济缴费证明", "595.276 x 419.528"})
    EXPECT_TRUE(contains(about, part)) << part << " in:\n" << about;
  EXPECT_FALSE(contains(about, "ModDate")) << about;
}

// A sheet is passed on; what it shows of the others is the surname.
TEST(Certificate, NoFormShowsWhatIsMasked) {
  for (const CertificateForm form : {CertificateForm::kJson, CertificateForm::kPdf}) {
    const std::string bytes = rendered(sample(), form);
    const std::string text = form == CertificateForm::kPdf ? testing::text_of_pdf(bytes) : bytes;
    for (const std::string_view hidden : {"王建国", "建国", "140105201501011234", "20150101"})
      EXPECT_FALSE(contains(text, hidden)) << hidden << " in:\n" << text;
  }
}

TEST(Certificate, AReversedPaymentIsMarkedInEveryForm) {
  CertificateData data = sample();
  data.status = CertificateStatus::kReversed;
  EXPECT_TRUE(contains(rendered(data, CertificateForm::kJson), R"("status":"reversed")"));
  EXPECT_TRUE(
      contains(testing::text_of_pdf(rendered(data, CertificateForm::kPdf)), "已冲正，款项已退回"));
  for (const CertificateForm form : {CertificateForm::kSvg, CertificateForm::kPng})
    EXPECT_GT(rendered(data, form).size(), rendered(sample(), form).size() + 5'000)
        << "the mark across the sheet";
}

TEST(Certificate, HostileTextsDoNotBreakAnyForm) {
  CertificateData data = sample();
  data.psn_name = data.payer_name = data.purpose = data.product = kMostHostile;
  data.area = data.profile_id = data.contribution_id = kMostHostile;
  data.certno = std::string{kMostHostile};
  data.psn_no = PersonId{std::string{kMostHostile}};
  EXPECT_TRUE(contains(rendered(data, CertificateForm::kJson),
                       R"("psn_name":"<script>&\"'</td>{\"a\":1}%s)"));
  EXPECT_TRUE(rendered(data, CertificateForm::kPng).starts_with("\x89PNG"));
  expect_xml(rendered(data, CertificateForm::kSvg));
  const std::string text = testing::text_of_pdf(rendered(data, CertificateForm::kPdf));
  EXPECT_TRUE(contains(text, "<script>&\"'</td>")) << "shown as it is, not as markup:\n" << text;
}

TEST(Certificate, LongTextsStayInTheirPlace) {
  CertificateData data = sample();
  data.psn_name.clear();
  for (int i = 0; i < 100'000; ++i) data.psn_name += "阿卜杜";
  data.profile_id = std::string(1'000'000, 'W');
  data.amount = Fen{std::numeric_limits<std::int64_t>::max()};
  const std::string text = testing::text_of_pdf(rendered(data, CertificateForm::kPdf));
  for (const std::string_view part : {"家庭共济缴费证明", "阿卜杜阿卜杜", "…", "玖亿贰仟贰佰",
                                      "92233720368547758.07", "山西省（140105）", "盖章处"})
    EXPECT_TRUE(contains(text, part)) << part << " in:\n" << text;
  EXPECT_LT(text.size(), 10'000u) << text;
  EXPECT_LT(rendered(data, CertificateForm::kSvg).size(), 2'000'000u);
}

TEST(Certificate, BytesThatAreNoUtf8AreDrawnAsSuch) {
  CertificateData data = sample();
  data.psn_name = "李\xff\xfe明";
  EXPECT_TRUE(contains(testing::text_of_pdf(rendered(data, CertificateForm::kPdf)), "李��明"));
}

TEST(Certificate, TheSameDataGivesTheSameBytesOnAnyThread) {
  std::vector<std::string> first;
  for (const CertificateForm form : kForms) first.push_back(rendered(sample(), form));
  std::vector<std::vector<std::string>> again(4);
  std::vector<std::thread> threads;
  for (auto& forms : again)
    threads.emplace_back([&forms] {
      for (const CertificateForm form : kForms) forms.push_back(rendered(sample(), form));
    });
  for (std::thread& thread : threads) thread.join();
  for (const auto& forms : again) EXPECT_TRUE(forms == first);
}

TEST(Certificate, OtherDataGivesOtherBytes) {
  CertificateData other = sample();
  other.issued_at += std::chrono::days{1};
  for (const CertificateForm form : kForms)
    EXPECT_NE(rendered(other, form), rendered(sample(), form)) << media_type(form);
}

TEST(Certificate, EveryFormHasItsMediaType) {
  std::set<std::string_view> types;
  for (const CertificateForm form : kForms) types.insert(media_type(form));
  EXPECT_EQ(types, (std::set<std::string_view>{"application/json", "image/svg+xml", "image/png",
                                               "application/pdf"}));
}

// In a process of its own: fonts are looked up once.
TEST(CertificateDeathTest, WithoutAChineseFontThereIsNoSheet) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const Scratch scratch;
  const std::string no_fonts = scratch.write("fonts.conf", "<fontconfig></fontconfig>");
  const auto render_without_fonts = [&no_fonts] {
    ::setenv("FONTCONFIG_FILE", no_fonts.c_str(), 1);
    const auto bytes = render(sample(), CertificateForm::kPdf);
    std::fputs(bytes ? "drawn" : bytes.error().sentence.c_str(), stderr);
    std::_Exit(0);
  };
  EXPECT_EXIT(render_without_fonts(), ::testing::ExitedWithCode(0), "install.*fonts-noto-cjk");
}

}  // namespace
}  // namespace gongji::gateway::certificate
