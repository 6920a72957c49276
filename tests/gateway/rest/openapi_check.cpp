#include "tests/gateway/rest/openapi_check.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <regex>

#include "gateway/rest/openapi_document.hpp"

namespace gongji::gateway::testing {
namespace {

namespace bj = boost::json;

const bj::value& document() {
  static const bj::value kDocument = bj::parse(rest::openapi_document());
  return kDocument;
}

// Follows "#/components/…".
const bj::object& resolved(const bj::value& value) {
  const bj::object& object = value.as_object();
  const bj::value* reference = object.if_contains("$ref");
  if (reference == nullptr) return object;
  return resolved(document().at_pointer(reference->as_string().subview(1)));
}

bool is_a(std::string_view type, const bj::value& value) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_bool();
  if (type == "null") return value.is_null();
  if (type == "integer") return value.is_int64() || value.is_uint64();
  return false;
}

bool type_fits(const bj::value& type, const bj::value& value) {
  if (type.is_string()) return is_a(type.as_string(), value);
  return std::any_of(type.as_array().begin(), type.as_array().end(),
                     [&](const bj::value& each) { return is_a(each.as_string(), value); });
}

std::string fault_in(const bj::value& schema, const bj::value& value, const std::string& path);

std::string object_fault(const bj::object& schema, const bj::object& value,
                         const std::string& path) {
  if (const bj::value* required = schema.if_contains("required"))
    for (const bj::value& name : required->as_array())
      if (!value.contains(name.as_string()))
        return path + " lacks " + std::string{name.as_string()};
  const bj::value* properties = schema.if_contains("properties");
  const bool open = properties == nullptr || schema.contains("additionalProperties");
  for (const auto& [name, each] : value) {
    const bj::value* property =
        properties == nullptr ? nullptr : properties->as_object().if_contains(name);
    if (property == nullptr && open) continue;
    const std::string place = path + '/' + std::string{name};
    if (property == nullptr) return place + " is not documented";
    if (std::string fault = fault_in(*property, each, place); !fault.empty()) return fault;
  }
  return "";
}

std::string choice_fault(const bj::array& choices, const bj::value& value,
                         const std::string& path) {
  std::string all;
  for (const bj::value& choice : choices) {
    std::string fault = fault_in(choice, value, path);
    if (fault.empty()) return "";
    all += " | " + fault;
  }
  return path + " fits no choice" + all;
}

std::string text_fault(const bj::object& schema, const bj::value& value, const std::string& path) {
  if (!value.is_string()) return "";
  const std::string text{value.as_string()};
  const bj::value* pattern = schema.if_contains("pattern");
  if (pattern == nullptr) return "";
  const bool fits = std::regex_search(text, std::regex{std::string{pattern->as_string()}});
  return fits ? "" : path + " does not match: " + text;
}

std::string fault_in(const bj::value& given, const bj::value& value, const std::string& path) {
  const bj::object& schema = resolved(given);
  for (const char* choice : {"oneOf", "anyOf"})
    if (const bj::value* choices = schema.if_contains(choice))
      return choice_fault(choices->as_array(), value, path);
  if (const bj::value* type = schema.if_contains("type"))
    if (!type_fits(*type, value)) return path + " has another type";
  if (const bj::value* words = schema.if_contains("enum"))
    if (std::find(words->as_array().begin(), words->as_array().end(), value) ==
        words->as_array().end())
      return path + " is none of the documented words: " + bj::serialize(value);
  if (std::string fault = text_fault(schema, value, path); !fault.empty()) return fault;
  if (value.is_object()) return object_fault(schema, value.as_object(), path);
  const bj::value* items = schema.if_contains("items");
  if (!value.is_array() || items == nullptr) return "";
  for (const bj::value& each : value.as_array())
    if (std::string fault = fault_in(*items, each, path + "[]"); !fault.empty()) return fault;
  return "";
}

const bj::object* operation_object(const std::string& operation) {
  const std::size_t space = operation.find(' ');
  std::string method = operation.substr(0, space);
  std::transform(method.begin(), method.end(), method.begin(),
                 [](char c) { return static_cast<char>(c - 'A' + 'a'); });
  const bj::value* path =
      document().at("paths").as_object().if_contains(operation.substr(space + 1));
  const bj::value* found = path == nullptr ? nullptr : path->as_object().if_contains(method);
  return found == nullptr ? nullptr : &found->as_object();
}

}  // namespace

std::string openapi_fault(const std::string& operation, const Answer& answer) {
  const bj::object* documented = operation_object(operation);
  if (documented == nullptr) return "the operation is not documented";
  const bj::value* response =
      documented->at("responses").as_object().if_contains(std::to_string(answer.http_status));
  if (response == nullptr) return "the status is not documented";
  const bj::object& content = resolved(*response).at("content").as_object();
  const std::string type{answer.content_type.substr(0, answer.content_type.find(';'))};
  const bj::value* media = content.if_contains(type);
  if (media == nullptr) return "the type " + type + " is not documented";
  if (type != "application/json" && type != "application/problem+json") return "";
  boost::system::error_code error;
  const bj::value body = bj::parse(answer.body, error);
  if (error) return "the body is no JSON";
  return fault_in(media->at("schema"), body, "");
}

std::set<std::pair<std::string, unsigned>> documented_statuses() {
  std::set<std::pair<std::string, unsigned>> all;
  for (const auto& [path, methods] : document().at("paths").as_object())
    for (const auto& [method, operation] : methods.as_object())
      for (const auto& [status, response] : operation.at("responses").as_object()) {
        std::string name{method};
        std::transform(name.begin(), name.end(), name.begin(),
                       [](char c) { return static_cast<char>(c - 'a' + 'A'); });
        all.emplace(name + ' ' + std::string{path},
                    static_cast<unsigned>(std::stoul(std::string{status})));
      }
  return all;
}

}  // namespace gongji::gateway::testing
