#include "app/gongjictl/stopped_store.hpp"

#include <unistd.h>

#include <filesystem>

#include "app/gongjictl/json_view.hpp"
#include "stores/rocksdb/rocks_store.hpp"

namespace gongji::ctl {
namespace {

// Beside the data directory, so that the copy is made of hard links.
std::string checkpoint_place(const std::string& data_dir) {
  std::filesystem::path path = std::filesystem::absolute(data_dir).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  return path.string() + ".checkpoint-" + std::to_string(::getpid());
}

struct Place {
  std::string dir;
};

// Asks the running gateway to copy its journal; the answer says where it did.
Result<Place, std::string> make_checkpoint(const Settings& settings) {
  const auto http = ops_client(settings);
  if (!http) return http.error();
  const std::string wanted = checkpoint_place(settings.data_dir);
  const auto reply = (*http)->post("/admin/checkpoint?dir=" + url_escaped(wanted), "");
  if (!reply) return reply.error();
  boost::system::error_code error;
  const boost::json::value json = boost::json::parse(reply->body, error);
  if (reply->status != 200 || error) return problem_text(reply->status, reply->body);
  const std::string made = text_at(json, "dir");
  return Place{made.empty() ? wanted : made};
}

}  // namespace

Result<StoppedStore, std::string> StoppedStore::open(const Settings& settings) {
  if (settings.data_dir.empty()) return std::string{"which store? Give its --data-dir DIR"};
  if (!std::filesystem::is_directory(settings.data_dir))
    return "there is no directory " + settings.data_dir;
  auto as_it_lies = stores::open_rocks_store_read_only(settings.data_dir);
  if (as_it_lies) return StoppedStore{std::move(*as_it_lies), ""};
  // A gateway that runs on the directory keeps others out: it must make the copy itself.
  const auto checkpoint = make_checkpoint(settings);
  if (!checkpoint)
    return as_it_lies.error().message + "; and no checkpoint from " + settings.ops_url + ": " +
           checkpoint.error();
  auto copy = stores::open_rocks_store_read_only(checkpoint->dir);
  if (!copy) return "the checkpoint in " + checkpoint->dir + ": " + copy.error().message;
  return StoppedStore{std::move(*copy), checkpoint->dir};
}

StoppedStore::~StoppedStore() {
  journal_.reset();
  std::error_code ignored;
  if (!checkpoint_dir_.empty()) std::filesystem::remove_all(checkpoint_dir_, ignored);
}

}  // namespace gongji::ctl
