// gongji-load: asks a running gongjid for settlements as fast, or as regularly, as told, and says
// how it went. Exit codes: 0 done, 1 the run or its audit failed, 2 unusable arguments.
#include <cstdio>
#include <fstream>

#include "loadtest/command_line.hpp"
#include "loadtest/population.hpp"
#include "loadtest/report_html.hpp"
#include "loadtest/report_json.hpp"
#include "loadtest/report_text.hpp"
#include "loadtest/run.hpp"

namespace gongji::loadtest {
namespace {

int failed(const std::string& sentence) {
  std::fprintf(stderr, "gongji-load: %s\n", sentence.c_str());
  return 1;
}

bool write_file(const std::string& path, const std::string& text) {
  if (path.empty()) return true;
  std::ofstream file{path, std::ios::binary};
  file << text;
  file.close();
  if (!file) failed("cannot write " + path);
  return static_cast<bool>(file);
}

int list_families(std::uint32_t families) {
  std::string rows;
  for (std::uint32_t family = 0; family < families; ++family) append_family_row(rows, family);
  return std::fwrite(rows.data(), 1, rows.size(), stdout) == rows.size() ? 0 : 1;
}

int run(const LoadOptions& options) {
  if (options.list_families) return list_families(options.families);
  if (options.prepare) {
    const auto prepared = run_prepare(options);
    if (!prepared) return failed(prepared.error());
    std::printf("%s\n", prepared->text.c_str());
    if (options.prepare_only()) return 0;
  }
  const auto result = run_load(options);
  if (!result) return failed(result.error());
  std::printf("%s", text_report(*result).c_str());
  const bool written = write_file(options.json_file, json_report(*result)) &&
                       write_file(options.html_file, html_report(*result));
  return written && result->passed() ? 0 : 1;
}

}  // namespace
}  // namespace gongji::loadtest

int main(int argc, char** argv) {
  using namespace gongji::loadtest;
  LoadOptions options;
  if (const auto code = parse_command_line(argc, argv, options)) return *code;
  return run(options);
}
