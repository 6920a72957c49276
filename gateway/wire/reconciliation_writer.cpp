#include "gateway/wire/reconciliation_writer.hpp"

#include <openssl/evp.h>

namespace gongji::gateway::wire {
namespace {

std::string described(std::uint64_t count, Fen total) {
  return std::to_string(count) + " 笔 " + to_yuan_text(total);
}

std::string sums(const reconciliation::Totals& totals) {
  return described(totals.count, totals.total) + "/" + to_yuan_text(totals.pooled) + "/" +
         to_yuan_text(totals.account);
}

// "中心多: 214 笔 15832.40, 机构 213 笔 15820.40"; where only sums differ, all three of them.
std::string description(reconciliation::Verdict verdict, const reconciliation::Totals& centre,
                        const reconciliation::Totals& institution) {
  using reconciliation::Verdict;
  const std::string words{reconciliation::to_words(verdict)};
  if (verdict == Verdict::kBalanced) return words + ": " + described(centre.count, centre.total);
  if (verdict == Verdict::kDiffers)
    return words + ": 中心 " + sums(centre) + ", 机构 " + sums(institution);
  const std::string ours = described(centre.count, centre.total);
  const std::string theirs = described(institution.count, institution.total);
  return verdict == Verdict::kCentreMore ? words + ": " + ours + ", 机构 " + theirs
                                         : words + ": " + theirs + ", 中心 " + ours;
}

void write_file(json::JsonWriter& out, const ShelvedFile& file) {
  out.text("file_qury_no", file.number);
  out.text("filename", file.name);
  out.text("dld_endtime", to_civil_text(file.kept_until));
}

std::string base64(std::string_view bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                   reinterpret_cast<const unsigned char*>(bytes.data()),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

}  // namespace

void write_statement(json::JsonWriter& out, const reconciliation::TotalsOrder& order,
                     const reconciliation::Totals& centre) {
  const reconciliation::Verdict verdict = reconciliation::compare(centre, order.stated);
  out.begin_object();
  out.begin_object("stmtinfo");
  out.text("setl_optins", order.query.selection.setl_optins);
  out.text("stmt_rslt", reconciliation::to_stmt_rslt(verdict, order.six_digits));
  out.text("stmt_rslt_dscr", description(verdict, centre, order.stated));
  out.end_object();
  out.end_object();
}

void write_uploaded(json::JsonWriter& out, const ShelvedFile& file) {
  out.begin_object();
  write_file(out, file);
  out.text("fixmedins_code", file.owner.text());
  out.end_object();
}

void write_compared(json::JsonWriter& out, const ShelvedFile& file) {
  out.begin_object();
  out.begin_object("fileinfo");
  write_file(out, file);
  out.end_object();
  out.end_object();
}

void write_downloaded(json::JsonWriter& out, const FileContents& contents) {
  out.begin_object();
  out.begin_object("fsDownloadOut");
  write_file(out, contents.file);
  out.text("out", base64(contents.bytes));
  out.end_object();
  out.end_object();
}

std::string content_disposition(std::string_view filename) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string text = "attachment; filename*=UTF-8''";
  for (const char c : filename) {
    const auto byte = static_cast<unsigned char>(c);
    if (kPlain.find(c) != std::string_view::npos) {
      text += c;
    } else {
      text += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return text;
}

}  // namespace gongji::gateway::wire
