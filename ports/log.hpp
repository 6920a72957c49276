// What the program says about itself while it runs: one event a line, with a stable name
// (docs/operating.md lists them all) and its facts as fields. A log may be read by many, so no
// field and no sentence ever carries a person's id, name, certificate or card number, a token or a
// signature.
//
// Nothing is written until a sink was set: tests and tools are silent. app/ sets the one of the
// daemon.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace gongji {

enum class LogLevel : std::uint8_t { kTrace, kDebug, kInfo, kWarn, kError, kCritical };

// A fact. Text is a view: it lives as long as the call. Durations are in milliseconds and their
// field's name says so.
class LogValue {
 public:
  using Held = std::variant<std::string_view, std::uint64_t, std::int64_t, double, bool>;

  template <std::convertible_to<std::string_view> Text>
  LogValue(const Text& text) : held_(std::string_view{text}) {}
  LogValue(bool flag) : held_(flag) {}
  LogValue(std::unsigned_integral auto number) : held_(std::uint64_t{number}) {}
  LogValue(std::signed_integral auto number) : held_(std::int64_t{number}) {}
  LogValue(double number) : held_(number) {}

  [[nodiscard]] const Held& held() const { return held_; }

 private:
  Held held_;
};

struct LogField {
  std::string_view name;
  LogValue value;
};

struct LogEvent {
  LogLevel level = LogLevel::kInfo;
  std::string_view name;      // "disk_low": lower case, words joined by '_', never renamed
  std::string_view sentence;  // for people; may change
  std::span<const LogField> fields;
};

// Any thread, several at once. May wait for whoever reads the log, so nothing that holds a lock
// others need should log.
class LogSink {
 public:
  virtual ~LogSink() = default;
  [[nodiscard]] virtual bool wants(LogLevel level) const noexcept = 0;
  virtual void write(const LogEvent& event) noexcept = 0;
};

// `sink` must outlive every call below; null = silence. Before other threads start.
void set_log_sink(LogSink* sink) noexcept;

void log_event(LogLevel level, std::string_view name, std::string_view sentence,
               std::initializer_list<LogField> fields = {}) noexcept;
void log_event(LogLevel level, std::string_view name, std::string_view sentence,
               std::span<const LogField> fields) noexcept;

std::string_view to_text(LogLevel level);  // "warn"

}  // namespace gongji
