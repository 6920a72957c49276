// Reading answers of the gateway: what is absent reads as empty, so a newer or older gateway does
// not break the tool.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace gongji::ctl {

// The value under `name` as text: strings as they are, numbers written out, anything else "".
std::string text_at(const boost::json::value& object, std::string_view name);
std::int64_t number_at(const boost::json::value& object, std::string_view name);  // 0 when absent
const boost::json::value* value_at(const boost::json::value& object, std::string_view name);
const boost::json::array* array_at(const boost::json::value& object, std::string_view name);

// What an error answer says, for the terminal: code and detail of a problem document, else its
// text.
std::string problem_text(unsigned http_status, const std::string& body);

}  // namespace gongji::ctl
