// The kinds of knobs: how each kind is spelt, checked and shown. An accessor says which field of
// Settings a knob is.
#pragma once

#include <charconv>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "config/knobs.hpp"

namespace gongji::config {

// Accessors: in(&Settings::redis_url), in(&Settings::gateway, &GatewayOptions::http).
template <class Field>
auto in(Field Settings::*field) {
  return [field](auto& settings) -> auto& { return settings.*field; };
}
template <class Part, class Field>
auto in(Part Settings::*part, Field Part::*field) {
  return [ part, field ](auto& settings) -> auto& { return settings.*part.*field; };
}

struct Range {
  std::uint64_t min = 0;
  std::uint64_t max = 0;
};

struct HostPort {
  std::string address;
  std::uint16_t port = 0;
};

// "127.0.0.1:8080", "[::1]:0"; numeric addresses only, "localhost" stands for 127.0.0.1.
std::optional<HostPort> parse_host_port(std::string_view text);
std::string to_host_port(std::string_view address, std::uint16_t port);
std::string to_toml(std::string_view text);  // as a TOML string

// Each gives the value, or a complaint in `error`.
std::uint64_t parse_count(const KnobValue& value, Range range, Complaint& error);
std::string parse_text(const KnobValue& value, Complaint& error);
bool parse_flag(const KnobValue& value, Complaint& error);

bool is_redis_url(std::string_view text);
bool is_log_level(std::string_view text);
bool is_log_format(std::string_view text);

enum class Emptiness { kAllowed, kRefused };
std::string parse_path(const KnobValue& value, Emptiness empty, Complaint& error);
std::string to_range_text(Range range);

template <class Access>
Knob count(std::string name, std::string unit, Range range, Access field, std::string meaning) {
  Knob knob{std::move(name),
            std::move(unit),
            to_range_text(range),
            Takes::kRestart,
            std::move(meaning),
            {},
            {}};
  knob.show = [field](const Settings& settings) { return std::to_string(field(settings)); };
  knob.set = [field, range](Settings& settings, const KnobValue& value) {
    Complaint error;
    const std::uint64_t number = parse_count(value, range, error);
    using Number = std::remove_reference_t<decltype(field(settings))>;
    if (!error) field(settings) = static_cast<Number>(number);
    return error;
  };
  return knob;
}

template <class Access>
Knob flag(std::string name, Access field, std::string meaning) {
  Knob knob{
      std::move(name), "switch", "true or false", Takes::kRestart, std::move(meaning), {}, {}};
  knob.show = [field](const Settings& settings) {
    return std::string{field(settings) ? "true" : "false"};
  };
  knob.set = [field](Settings& settings, const KnobValue& value) {
    Complaint error;
    const bool on = parse_flag(value, error);
    if (!error) field(settings) = on;
    return error;
  };
  return knob;
}

template <class Access>
Knob duration(std::string name, Range range, Access field, std::string meaning) {
  Knob knob{
      std::move(name), "ms", to_range_text(range), Takes::kRestart, std::move(meaning), {}, {}};
  knob.show = [field](const Settings& settings) { return std::to_string(field(settings).count()); };
  knob.set = [field, range](Settings& settings, const KnobValue& value) {
    Complaint error;
    const std::uint64_t number = parse_count(value, range, error);
    if (!error) field(settings) = std::chrono::milliseconds{number};
    return error;
  };
  return knob;
}

// `Access` leads to something with an address and a port.
template <class Access>
Knob endpoint(std::string name, Access field, std::string meaning) {
  Knob knob{std::move(name),
            "address:port",
            "numeric address, port 0 … 65535",
            Takes::kRestart,
            std::move(meaning),
            {},
            {}};
  knob.show = [field](const Settings& settings) {
    return to_toml(to_host_port(field(settings).address, field(settings).port));
  };
  knob.set = [field](Settings& settings, const KnobValue& value) {
    Complaint error;
    const auto parsed = parse_host_port(parse_text(value, error));
    if (!error && !parsed) error = "must be ADDRESS:PORT with a numeric address";
    if (error) return error;
    field(settings).address = parsed->address;
    field(settings).port = parsed->port;
    return error;
  };
  return knob;
}

template <class Access>
Knob path(std::string name, Emptiness empty, Takes takes, Access field, std::string meaning) {
  Knob knob{std::move(name),
            "path",
            empty == Emptiness::kAllowed ? "a path, or \"\" for none" : "a path",
            takes,
            std::move(meaning),
            {},
            {}};
  knob.show = [field](const Settings& settings) { return to_toml(field(settings)); };
  knob.set = [field, empty](Settings& settings, const KnobValue& value) {
    Complaint error;
    std::string found = parse_path(value, empty, error);
    if (!error) field(settings) = std::move(found);
    return error;
  };
  return knob;
}

template <class Access>
Knob text(std::string name, std::string unit, std::string range, bool (*accepts)(std::string_view),
          Access field, std::string meaning) {
  Knob knob{std::move(name), std::move(unit), range, Takes::kRestart, std::move(meaning), {}, {}};
  knob.show = [field](const Settings& settings) { return to_toml(field(settings)); };
  knob.set = [field, accepts, range](Settings& settings, const KnobValue& value) {
    Complaint error;
    std::string found = parse_text(value, error);
    if (!error && !accepts(found)) error = "must be one of " + range;
    if (!error) field(settings) = std::move(found);
    return error;
  };
  return knob;
}

}  // namespace gongji::config
