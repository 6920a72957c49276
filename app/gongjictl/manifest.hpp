// What a backup holds: written last, so a folder without it is no backup. A JSON file that people
// can read too:
//
//   {"format":1, "made_at":"2026-11-29T20:31:15Z", "gongji":"0.1.0",
//    "head":{"sequence":15, "epoch":1, "chain":"<64 hex digits>"}, "checked":"audit",
//    "files":[{"path":"journal/000012.sst", "bytes":1234, "sha256":"<64 hex digits>"}, …]}
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/result.hpp"
#include "ports/journal_store.hpp"

namespace gongji::ctl {

struct BackupFile {
  std::string path;  // relative to the backup
  std::uint64_t bytes = 0;
  std::string sha256;  // lower-case hex
};

struct Manifest {
  std::string made_at;  // RFC 3339, UTC
  std::string version;  // of the gongjictl that made it
  JournalHead head;
  std::string checked;  // "audit", or "chain": only the chain of hashes
  std::vector<BackupFile> files;

  [[nodiscard]] std::uint64_t bytes() const;
};

constexpr const char* kManifestName = "manifest.json";

std::string manifest_text(const Manifest& manifest);
// The error says what is wrong with the text.
Result<Manifest, std::string> parse_manifest(const std::string& text);
Result<Manifest, std::string> read_manifest(const std::string& backup_dir);

std::string hex_text(const Digest& digest);

}  // namespace gongji::ctl
