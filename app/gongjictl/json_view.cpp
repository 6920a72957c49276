#include "app/gongjictl/json_view.hpp"

namespace gongji::ctl {

const boost::json::value* value_at(const boost::json::value& object, std::string_view name) {
  const auto* fields = object.if_object();
  return fields == nullptr ? nullptr : fields->if_contains(name);
}

std::string text_at(const boost::json::value& object, std::string_view name) {
  const auto* value = value_at(object, name);
  if (value == nullptr) return {};
  if (const auto* text = value->if_string()) return {text->data(), text->size()};
  return value->is_number() ? boost::json::serialize(*value) : std::string{};
}

std::int64_t number_at(const boost::json::value& object, std::string_view name) {
  const auto* value = value_at(object, name);
  boost::system::error_code error;
  const auto number = value == nullptr ? 0 : value->to_number<std::int64_t>(error);
  return error ? 0 : number;
}

const boost::json::array* array_at(const boost::json::value& object, std::string_view name) {
  const auto* value = value_at(object, name);
  return value == nullptr ? nullptr : value->if_array();
}

std::string problem_text(unsigned http_status, const std::string& body) {
  boost::system::error_code error;
  const boost::json::value json = boost::json::parse(body, error);
  std::string text = "the gateway answered HTTP " + std::to_string(http_status);
  if (error || !json.is_object()) return text + (body.empty() ? "" : ": " + body.substr(0, 300));
  for (const char* name : {"code", "title", "detail", "err_msg"})
    if (const std::string part = text_at(json, name); !part.empty()) text += " · " + part;
  if (http_status == 401) text += "; give the token of an agency or auditor with --token-file";
  return text;
}

}  // namespace gongji::ctl
