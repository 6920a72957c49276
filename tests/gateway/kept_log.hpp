// Keeps what is logged while it lives, fields as text.
#pragma once

#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "ports/log.hpp"

namespace gongji::gateway::testing {

struct KeptLine {
  LogLevel level = LogLevel::kInfo;
  std::string event;
  std::map<std::string, std::string> fields;

  [[nodiscard]] bool has(const std::string& name) const { return fields.contains(name); }
  [[nodiscard]] std::string text(const std::string& name) const {
    const auto found = fields.find(name);
    return found == fields.end() ? "" : found->second;
  }
  [[nodiscard]] double number(const std::string& name) const { return std::stod(text(name)); }
};

class KeptLog final : public LogSink {
 public:
  KeptLog() { set_log_sink(this); }
  ~KeptLog() override { set_log_sink(nullptr); }
  KeptLog(const KeptLog&) = delete;
  KeptLog& operator=(const KeptLog&) = delete;

  [[nodiscard]] bool wants(LogLevel) const noexcept override { return true; }
  void write(const LogEvent& event) noexcept override {
    KeptLine line{event.level, std::string{event.name}, {}};
    for (const LogField& field : event.fields)
      line.fields[std::string{field.name}] = text_of(field.value);
    lines.push_back(std::move(line));
  }

  std::vector<KeptLine> lines;

 private:
  static std::string text_of(const LogValue& value) {
    std::ostringstream out;
    std::visit([&out](const auto& held) { out << held; }, value.held());
    return out.str();
  }
};

}  // namespace gongji::gateway::testing
