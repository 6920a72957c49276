#include "app/gongjid/ops_handler.hpp"

#include <openssl/crypto.h>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <filesystem>
#include <string_view>
#include <utility>

namespace gongji::app {
namespace {

using gateway::Answer;

Answer json_answer(unsigned status, boost::json::object object) {
  Answer answer;
  answer.http_status = status;
  answer.body = boost::json::serialize(object) + "\n";
  return answer;
}

Answer text_answer(unsigned status, std::string body) {
  Answer answer;
  answer.http_status = status;
  answer.content_type = "text/plain; charset=utf-8";
  answer.body = std::move(body);
  return answer;
}

std::pair<std::string_view, std::string_view> split_target(std::string_view target) {
  const std::size_t mark = target.find('?');
  if (mark == std::string_view::npos) return {target, {}};
  return {target.substr(0, mark), target.substr(mark + 1)};
}

// "dir=/x/y"; %2F and the like are undone.
std::string query_value(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const std::size_t end = query.find('&');
    const std::string_view pair = query.substr(0, end);
    query = end == std::string_view::npos ? std::string_view{} : query.substr(end + 1);
    if (!pair.starts_with(name) || pair.size() <= name.size() || pair[name.size()] != '=') continue;
    std::string value;
    const std::string_view raw = pair.substr(name.size() + 1);
    for (std::size_t i = 0; i < raw.size(); ++i) {
      if (raw[i] == '%' && i + 2 < raw.size()) {
        value += static_cast<char>(std::stoi(std::string{raw.substr(i + 1, 2)}, nullptr, 16));
        i += 2;
      } else {
        value += raw[i];
      }
    }
    return value;
  }
  return {};
}

std::string_view known_content_type(const std::string& type) {
  if (type.starts_with("text/html")) return "text/html; charset=utf-8";
  if (type.starts_with("application/json")) return "application/json";
  if (type.find("version=0.0.4") != std::string::npos)
    return "text/plain; version=0.0.4; charset=utf-8";
  return "text/plain; charset=utf-8";
}

}  // namespace

void OpsHandler::set_checkpoint(Checkpoint checkpoint, std::string data_dir) {
  const std::lock_guard lock{mutex_};
  checkpoint_ = std::move(checkpoint);
  data_dir_ = std::move(data_dir);
}

bool OpsHandler::authorised(std::string_view authorization) const {
  if (bearer_token_.empty()) return true;
  const std::string wanted = "Bearer " + bearer_token_;
  return authorization.size() == wanted.size() &&
         CRYPTO_memcmp(authorization.data(), wanted.data(), wanted.size()) == 0;
}

void OpsHandler::handle(const gateway::HttpRequest& request,
                        std::unique_ptr<gateway::AnswerSlot> slot) {
  const auto [path, query] = split_target(request.target);
  const std::string_view authorization = request.header("Authorization");
  if (path == "/admin/checkpoint") return slot->answer(checkpoint(query, authorization));
  monitoring::OpsResponse page = pages_.handle(request.method, path, query, authorization);
  Answer answer;
  answer.http_status = page.status;
  answer.content_type = known_content_type(page.content_type);
  answer.body = std::move(page.body);
  answer.headers = std::move(page.headers);
  slot->answer(std::move(answer));
}

Answer OpsHandler::checkpoint(std::string_view query, std::string_view authorization) {
  if (!authorised(authorization)) {
    Answer refused = text_answer(401, "a bearer token is needed here\n");
    refused.headers.emplace_back("WWW-Authenticate", "Bearer");
    return refused;
  }
  const std::filesystem::path directory = query_value(query, "dir");
  if (!directory.empty() && !directory.is_absolute())
    return text_answer(400, "dir=DIRECTORY must be an absolute path that does not exist yet\n");
  const std::lock_guard lock{mutex_};
  if (!checkpoint_) return text_answer(503, "the store is not open yet; ask again\n");
  const auto made = checkpoint_(directory.string());
  if (!made) return json_answer(500, {{"error", made.error()}});
  return json_answer(200, {{"dir", made->dir}, {"data_dir", data_dir_}});
}

}  // namespace gongji::app
