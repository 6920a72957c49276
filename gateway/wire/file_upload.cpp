#include "gateway/wire/file_upload.hpp"

#include <algorithm>
#include <array>

namespace gongji::gateway::wire {
namespace {

constexpr std::size_t kInfnoWithin = 1024;
constexpr std::array<std::string_view, 2> kUploadPaths{"/fsi/api/9101",
                                                       "/fsi/api/fileupload/upload"};

// The one path of all transactions, with or without a slash at its end.
bool names_nothing(std::string_view path) { return path == "/fsi/api" || path == "/fsi/api/"; }

// "infno" : "9101" stands in it.
bool says_upload(std::string_view message) {
  constexpr std::string_view kName = "\"infno\"";
  const std::size_t at = message.find(kName);
  if (at == std::string_view::npos) return false;
  message.remove_prefix(at + kName.size());
  message.remove_prefix(std::min(message.find_first_not_of(" \t\r\n:\""), message.size()));
  return message.starts_with("9101");
}

}  // namespace

std::unique_ptr<BodySink> FileUpload::begin(std::string_view target, std::size_t rest_bytes_max,
                                            Finish finish, crypto::HashKind body_hash) {
  const std::string_view path = target.substr(0, target.find('?'));
  const bool by_path =
      std::find(kUploadPaths.begin(), kUploadPaths.end(), path) != kUploadPaths.end();
  if (!by_path && !names_nothing(path)) return nullptr;
  return std::unique_ptr<BodySink>{
      new FileUpload{by_path, rest_bytes_max, std::move(finish), body_hash}};
}

bool FileUpload::take(std::string_view piece) {
  body_hash_.add(piece);
  if (!scan_.take(piece)) return false;
  const bool must_say = scan_.file_begun() || scan_.rest().size() > kInfnoWithin;
  if (!wanted_ && must_say) {
    if (!says_upload(std::string_view{scan_.rest()}.substr(0, kInfnoWithin))) return false;
    wanted_ = true;
  }
  return true;
}

}  // namespace gongji::gateway::wire
