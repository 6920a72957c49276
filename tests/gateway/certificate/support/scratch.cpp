#include "tests/gateway/certificate/support/scratch.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>

namespace gongji::gateway::certificate::testing {

Scratch::Scratch() {
  std::string pattern = ::testing::TempDir() + "gongji_certificate_XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) ADD_FAILURE() << "no scratch folder " << pattern;
  folder_ = pattern;
}

Scratch::~Scratch() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string Scratch::write(std::string_view name, std::string_view bytes) const {
  const std::string file = path(name);
  std::ofstream{file, std::ios::binary} << bytes;
  return file;
}

std::string output_of(const std::string& command) {
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) {
    ADD_FAILURE() << "cannot run " << command;
    return {};
  }
  std::string output;
  std::array<char, 4096> buffer;
  for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    output.append(buffer.data(), got);
  const int status = ::pclose(pipe);
  EXPECT_EQ(status, 0) << command << (status == 127 << 8 ? ": not installed" : "");
  return output;
}

std::string text_of_pdf(std::string_view pdf) {
  const Scratch scratch;
  return output_of("pdftotext -layout " + scratch.write("sheet.pdf", pdf) + " -");
}

}  // namespace gongji::gateway::certificate::testing
