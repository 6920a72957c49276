// A folder for one test, gone with it, and the programs that look into the files one writes there.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace gongji::gateway::certificate::testing {

class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  [[nodiscard]] std::string path(std::string_view name) const { return folder_ / name; }
  std::string write(std::string_view name, std::string_view bytes) const;

 private:
  std::filesystem::path folder_;
};

// What the command prints. A command that fails or is not installed fails the test by its name.
std::string output_of(const std::string& command);

// The words of a PDF, as any viewer would copy them.
std::string text_of_pdf(std::string_view pdf);

}  // namespace gongji::gateway::certificate::testing
