#include "ports/log.hpp"

#include <atomic>
#include <cstdlib>

namespace gongji {
namespace {

std::atomic<LogSink*> current_sink{nullptr};

}  // namespace

void set_log_sink(LogSink* sink) noexcept { current_sink = sink; }

void log_event(LogLevel level, std::string_view name, std::string_view sentence,
               std::initializer_list<LogField> fields) noexcept {
  log_event(level, name, sentence, std::span<const LogField>{fields.begin(), fields.size()});
}

void log_event(LogLevel level, std::string_view name, std::string_view sentence,
               std::span<const LogField> fields) noexcept {
  LogSink* sink = current_sink.load(std::memory_order_acquire);
  if (sink != nullptr && sink->wants(level)) sink->write({level, name, sentence, fields});
}

std::string_view to_text(LogLevel level) {
  switch (level) {
    case LogLevel::kTrace: return "trace";
    case LogLevel::kDebug: return "debug";
    case LogLevel::kInfo: return "info";
    case LogLevel::kWarn: return "warn";
    case LogLevel::kError: return "error";
    case LogLevel::kCritical: return "critical";
  }
  std::abort();
}

}  // namespace gongji
