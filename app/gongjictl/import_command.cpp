#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>

#include "app/gongjictl/commands.hpp"
#include "app/gongjictl/import_lines.hpp"
#include "app/gongjictl/progress.hpp"

namespace gongji::ctl {
namespace {

struct ImportArguments {
  std::string file;
  std::string batch;
};

SendChunk sender(loadtest::BlockingHttp& http, const std::string& batch) {
  return
      [&http, target = "/v1/import?batch=" + url_escaped(batch) + "&first_line="](
          std::uint64_t first_line, const std::string& lines) -> Result<ChunkAnswer, std::string> {
        const auto reply =
            http.post(target + std::to_string(first_line), lines, "application/x-ndjson");
        if (!reply) return reply.error();
        return parse_chunk_answer(reply->status, reply->body);
      };
}

void print_refused(const RefusedLine& refused) {
  std::fprintf(stderr, "line %llu: %s %s\n", static_cast<unsigned long long>(refused.line),
               refused.code.c_str(), refused.detail.c_str());
}

void run_import(const ImportArguments& arguments, Settings& settings) {
  const auto facts = examine_file(arguments.file);
  if (!facts) return fail(settings, facts.error());
  const auto http = gateway_client(settings);
  if (!http) return fail(settings, http.error());
  const std::string batch =
      arguments.batch.empty() ? default_batch(arguments.file, *facts) : arguments.batch;
  std::ifstream file{arguments.file, std::ios::binary};
  Progress progress{"lines"};
  const ImportHooks hooks{
      [&](const RefusedLine& refused) {
        progress.interrupt();
        print_refused(refused);
      },
      [&](const ImportTotals& totals) { progress.show(totals.lines, facts->lines); }};
  const auto done = import_lines(file, sender(**http, batch), hooks);
  progress.interrupt();
  if (!done)
    return fail(settings, done.error() + "; importing the file again goes on where this stopped");
  std::printf("batch %s: %s lines, %s accepted, %s refused, %s\n", batch.c_str(),
              loadtest::with_thousands(done->lines).c_str(),
              loadtest::with_thousands(done->accepted).c_str(),
              loadtest::with_thousands(done->refused).c_str(),
              loadtest::short_duration(progress.elapsed().count()).c_str());
  if (done->refused > 0) settings.exit_code = 1;
}

}  // namespace

void add_import_command(CLI::App& app, Settings& settings) {
  auto* command =
      app.add_subcommand("import", "Bring persons, networks and links in from an NDJSON file");
  auto arguments = std::make_shared<ImportArguments>();
  command->add_option("FILE", arguments->file, "one JSON record a line")->required();
  command->add_option("--batch", arguments->batch,
                      "name under which lines are remembered [file name and start of its SHA-256]");
  command->footer(
      "Each line is taken once: importing the same file again changes nothing. Refused lines are "
      "named\n"
      "on stderr, and the exit code is then 1.\n\n"
      "Example:\n  gongjictl --token-file agency.token import families.ndjson");
  command->callback([arguments, &settings] { run_import(*arguments, settings); });
}

}  // namespace gongji::ctl
