#include "app/gongjictl/import_lines.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace gongji::ctl {
namespace {

struct Sent {
  std::uint64_t first_line;
  std::uint64_t lines;
};

ImportHooks no_hooks() {
  return {[](const RefusedLine&) {}, [](const ImportTotals&) {}};
}

std::uint64_t count_lines(const std::string& text) {
  return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST(ImportLines, sends_every_line_once_under_its_number_in_the_file) {
  std::string text;
  for (int i = 1; i <= 62'345; ++i) text += "line " + std::to_string(i) + "\n";
  text.pop_back();  // the last line lacks its newline
  std::istringstream file{text};
  std::vector<Sent> sent;
  const auto done = import_lines(
      file,
      [&](std::uint64_t first, const std::string& lines) -> Result<ChunkAnswer, std::string> {
        EXPECT_TRUE(lines.starts_with("line " + std::to_string(first) + "\n"));
        sent.push_back({first, count_lines(lines)});
        return ChunkAnswer{count_lines(lines), {}};
      },
      no_hooks());
  ASSERT_TRUE(done.ok());
  EXPECT_EQ(done->lines, 62'345u);
  EXPECT_EQ(done->accepted, 62'345u);
  ASSERT_EQ(sent.size(), 3u);
  EXPECT_EQ(sent[2].first_line, 50'001u);
  EXPECT_EQ(sent[2].lines, 12'345u);
}

TEST(ImportLines, hands_refused_lines_on_and_goes_on) {
  std::istringstream file{"a\nb\n"};
  std::vector<std::uint64_t> refused;
  const auto done = import_lines(
      file,
      [](std::uint64_t, const std::string&) -> Result<ChunkAnswer, std::string> {
        return ChunkAnswer{1, {{2, "E_SELF", "B"}}};
      },
      {[&](const RefusedLine& line) { refused.push_back(line.line); }, [](const ImportTotals&) {}});
  ASSERT_TRUE(done.ok());
  EXPECT_EQ(done->refused, 1u);
  EXPECT_EQ(refused, std::vector<std::uint64_t>{2});
}

TEST(ImportLines, says_from_which_line_on_nothing_is_known) {
  std::string text;
  for (int i = 0; i < 26'000; ++i) text += "x\n";
  std::istringstream file{text};
  int calls = 0;
  const auto done = import_lines(
      file,
      [&](std::uint64_t, const std::string& lines) -> Result<ChunkAnswer, std::string> {
        if (++calls == 2) return std::string{"connection lost"};
        return ChunkAnswer{count_lines(lines), {}};
      },
      no_hooks());
  ASSERT_FALSE(done.ok());
  EXPECT_NE(done.error().find("line 25001"), std::string::npos) << done.error();
}

TEST(ExamineFile, counts_and_hashes) {
  const auto path =
      std::filesystem::temp_directory_path() /
      ("gongji-import-" + std::to_string(testing::UnitTest::GetInstance()->random_seed()) +
       "-a b.ndjson");
  std::ofstream{path} << "abc";
  const auto facts = examine_file(path.string());
  std::filesystem::remove(path);
  ASSERT_TRUE(facts.ok());
  EXPECT_EQ(facts->lines, 1u);
  EXPECT_EQ(facts->sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_FALSE(examine_file("/nowhere/file").ok());
}

TEST(DefaultBatch, names_file_and_content) {
  const FileFacts facts{1, "ba7816bf8f01cfea"};
  EXPECT_EQ(default_batch("/data/demo.ndjson", facts), "demo-ba7816bf");
  EXPECT_EQ(default_batch("a very long name.ndjson", facts), "averylon-ba7816bf");
  EXPECT_LE(default_batch("0123456789.ndjson", facts).size() + 1 + 12, 30u);  // room for ":<line>"
}

TEST(ParseChunkAnswer, reads_counts_and_refusals) {
  const auto answer = parse_chunk_answer(
      200,
      R"({"batch":"b","accepted":3,"refused":[{"line":7,"code":"E_FIELD","detail":"psn_no"}]})");
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->accepted, 3u);
  ASSERT_EQ(answer->refused.size(), 1u);
  EXPECT_EQ(answer->refused[0].line, 7u);
  EXPECT_EQ(answer->refused[0].code, "E_FIELD");
}

TEST(ParseChunkAnswer, turns_an_error_answer_into_words) {
  const auto unauthorised =
      parse_chunk_answer(401, R"({"title":"Unauthorized","code":"E_UNAUTHENTICATED"})");
  ASSERT_FALSE(unauthorised.ok());
  EXPECT_NE(unauthorised.error().find("E_UNAUTHENTICATED"), std::string::npos);
  EXPECT_NE(unauthorised.error().find("--token-file"), std::string::npos);
  EXPECT_FALSE(parse_chunk_answer(200, "<html>").ok());
}

}  // namespace
}  // namespace gongji::ctl
