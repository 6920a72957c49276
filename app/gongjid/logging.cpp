#include "app/gongjid/logging.hpp"

#include <spdlog/formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "monitoring/log_lines.hpp"
#include "ports/log.hpp"

namespace gongji::app {
namespace {

using Shape = std::string (*)(monitoring::LogTime, const LogEvent&);

spdlog::level::level_enum spdlog_level(LogLevel level) {
  return static_cast<spdlog::level::level_enum>(level);
}
static_assert(static_cast<int>(LogLevel::kTrace) == SPDLOG_LEVEL_TRACE);
static_assert(static_cast<int>(LogLevel::kCritical) == SPDLOG_LEVEL_CRITICAL);

// What comes through ports/log.hpp is a whole line already.
class LineAsItIs final : public spdlog::formatter {
 public:
  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) override {
    out.append(message.payload.data(), message.payload.data() + message.payload.size());
    out.push_back('\n');
  }
  [[nodiscard]] std::unique_ptr<formatter> clone() const override {
    return std::make_unique<LineAsItIs>();
  }
};

class StderrSink final : public LogSink {
 public:
  StderrSink(const std::string& level, Shape shape)
      : logger_(spdlog::stderr_logger_mt("gongjid")), shape_(shape) {
    logger_->set_formatter(std::make_unique<LineAsItIs>());
    logger_->set_level(spdlog::level::from_str(level));
    logger_->flush_on(spdlog::level::info);
  }
  [[nodiscard]] bool wants(LogLevel level) const noexcept override {
    return logger_->should_log(spdlog_level(level));
  }
  void write(const LogEvent& event) noexcept override {
    try {
      logger_->log(spdlog_level(event.level),
                   spdlog::string_view_t{shape_(std::chrono::system_clock::now(), event)});
    } catch (...) {  // no memory for a log line is no reason to end
    }
  }
  void flush() { logger_->flush(); }

 private:
  const std::shared_ptr<spdlog::logger> logger_;
  const Shape shape_;
};

StderrSink* the_sink = nullptr;

Shape shape_of(const std::string& format) {
  const bool text = format == "text" || (format == "auto" && ::isatty(STDERR_FILENO) == 1);
  return text ? monitoring::text_log_line : monitoring::json_log_line;
}

}  // namespace

void set_up_logging(const std::string& level, const std::string& format) {
  static StderrSink sink{level, shape_of(format)};
  the_sink = &sink;
  set_log_sink(&sink);
}

void flush_log() {
  if (the_sink != nullptr) the_sink->flush();
}

}  // namespace gongji::app
