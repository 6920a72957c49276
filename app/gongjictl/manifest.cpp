#include "app/gongjictl/manifest.hpp"

#include <boost/json.hpp>
#include <fstream>
#include <iterator>
#include <optional>

#include "app/gongjictl/json_view.hpp"

namespace gongji::ctl {
namespace {

constexpr std::int64_t kFormat = 1;

std::uint64_t count_at(const boost::json::value& object, std::string_view name) {
  const std::int64_t number = number_at(object, name);
  return number < 0 ? 0 : static_cast<std::uint64_t>(number);
}

std::optional<Digest> digest_in(const std::string& text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  Digest digest{};
  if (text.size() != 2 * digest.size()) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t value = kHex.find(text[i]);
    if (value == std::string_view::npos) return std::nullopt;
    digest[i / 2] = static_cast<std::uint8_t>(digest[i / 2] << 4 | value);
  }
  return digest;
}

// Inside the backup, whatever the manifest says.
bool stays_inside(const std::string& path) {
  return !path.empty() && path.front() != '/' && path.find("..") == std::string::npos;
}

Result<BackupFile, std::string> file_in(const boost::json::value& entry) {
  BackupFile file{text_at(entry, "path"), count_at(entry, "bytes"), text_at(entry, "sha256")};
  if (!stays_inside(file.path)) return "names a file outside the backup: \"" + file.path + "\"";
  if (!digest_in(file.sha256)) return "has no SHA-256 for " + file.path;
  return file;
}

}  // namespace

std::uint64_t Manifest::bytes() const {
  std::uint64_t sum = 0;
  for (const BackupFile& file : files) sum += file.bytes;
  return sum;
}

std::string hex_text(const Digest& digest) {
  std::string text;
  for (const std::uint8_t byte : digest) {
    text.push_back("0123456789abcdef"[byte >> 4]);
    text.push_back("0123456789abcdef"[byte & 15]);
  }
  return text;
}

std::string manifest_text(const Manifest& manifest) {
  boost::json::array files;
  for (const BackupFile& file : manifest.files)
    files.push_back({{"path", file.path}, {"bytes", file.bytes}, {"sha256", file.sha256}});
  const boost::json::object text{{"format", kFormat},
                                 {"made_at", manifest.made_at},
                                 {"gongji", manifest.version},
                                 {"head",
                                  {{"sequence", manifest.head.durable.number()},
                                   {"epoch", manifest.head.epoch.number()},
                                   {"chain", hex_text(manifest.head.chain)}}},
                                 {"checked", manifest.checked},
                                 {"files", std::move(files)}};
  return boost::json::serialize(text) + "\n";
}

Result<Manifest, std::string> parse_manifest(const std::string& text) {
  boost::system::error_code error;
  const boost::json::value json = boost::json::parse(text, error);
  if (error || !json.is_object()) return std::string{"is not one JSON object"};
  if (number_at(json, "format") != kFormat)
    return "is of format " + text_at(json, "format") + ", which this gongjictl does not know";
  const boost::json::value* head = value_at(json, "head");
  const boost::json::array* files = array_at(json, "files");
  const auto chain = head == nullptr ? std::nullopt : digest_in(text_at(*head, "chain"));
  if (!chain || files == nullptr) return std::string{"lacks its head or its files"};
  Manifest manifest;
  manifest.made_at = text_at(json, "made_at");
  manifest.version = text_at(json, "gongji");
  manifest.checked = text_at(json, "checked");
  manifest.head = {Sequence{count_at(*head, "sequence")}, Epoch{count_at(*head, "epoch")}, *chain};
  for (const boost::json::value& entry : *files) {
    auto file = file_in(entry);
    if (!file) return file.error();
    manifest.files.push_back(std::move(*file));
  }
  return manifest;
}

Result<Manifest, std::string> read_manifest(const std::string& backup_dir) {
  const std::string path = backup_dir + "/" + kManifestName;
  std::ifstream file{path, std::ios::binary};
  if (!file) return backup_dir + " is no backup: it has no " + kManifestName;
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  auto manifest = parse_manifest(text);
  if (!manifest) return path + " " + manifest.error();
  return manifest;
}

}  // namespace gongji::ctl
