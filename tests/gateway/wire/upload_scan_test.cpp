#include "gateway/wire/upload_scan.hpp"

#include <gtest/gtest.h>

#include "gateway/crypto/hash.hpp"
#include "gateway/wire/file_upload.hpp"

namespace gongji::gateway::wire {
namespace {

struct Scanned {
  std::string rest;
  std::string file;
  std::string sm3;
  bool whole = false;
  bool taken = true;
};

Scanned scan(std::string_view message, std::size_t piece_bytes, std::size_t rest_bytes_max = 1000) {
  UploadScan scan{rest_bytes_max};
  Scanned scanned;
  for (std::size_t at = 0; at < message.size() && scanned.taken; at += piece_bytes)
    scanned.taken = scan.take(message.substr(at, piece_bytes));
  scanned.rest = scan.rest();
  scanned.whole = scan.file_is_whole();
  StreamedFile file = scan.take_file();
  scanned.file = file.bytes.take();
  scanned.sm3 = file.sm3;
  return scanned;
}

TEST(UploadScan, TakesTheFileOutOfTheMessageHoweverItIsCut) {
  const std::string message =
      R"({"infno":"9101","input":{"fsUploadIn":{"in" : [ 80,75, 3,4 ,255,0, -1],"filename":"a[1].zip"}}})";
  for (std::size_t piece = 1; piece <= message.size(); ++piece) {
    const Scanned scanned = scan(message, piece);
    EXPECT_EQ(scanned.file, std::string("PK\x03\x04\xFF\0\xFF", 7)) << piece;
    EXPECT_EQ(scanned.sm3, crypto::to_hex(crypto::hash(crypto::HashKind::kSm3, scanned.file)));
    EXPECT_EQ(scanned.rest,
              R"({"infno":"9101","input":{"fsUploadIn":{"in" : [],"filename":"a[1].zip"}}})");
    EXPECT_TRUE(scanned.whole && scanned.taken);
  }
}

TEST(UploadScan, WorksInsideAJsonText) {
  const Scanned scanned = scan(R"({"input":"{\"fsUploadIn\":{\"in\":[80,75]}}"})", 7);
  EXPECT_EQ(scanned.file, "PK");
  EXPECT_EQ(scanned.rest, R"({"input":"{\"fsUploadIn\":{\"in\":[]}}"})");
  EXPECT_TRUE(scanned.whole);
}

TEST(UploadScan, OtherArraysStayWhereTheyAre) {
  const std::string message = R"({"lines":[1,2,3],"min":[4],"in":5,"text":"in: [6]"})";
  const Scanned scanned = scan(message, 5);
  EXPECT_EQ(scanned.rest, message);
  EXPECT_FALSE(scanned.whole);
}

TEST(UploadScan, WhatIsNoArrayOfBytesIsNoFile) {
  for (const char* array : {"256", "-129", "1.5", "1e2", "\"a\"", "1,,2", ",1", "1,", "1 2", "--1",
                            "-", "1-", "0x1", "1000000000000", "null", "[1]", "1],\"in\":[2"}) {
    const Scanned scanned = scan(std::string{"{\"in\":["} + array + "]}", 3);
    EXPECT_FALSE(scanned.whole) << array;
  }
  EXPECT_FALSE(scan("{\"in\":[1,2", 3).whole) << "without an end";
  EXPECT_TRUE(scan("{\"in\":[]}", 3).whole);
}

TEST(UploadScan, WhatIsNotTheFileIsBounded) {
  std::string bytes = "{\"in\":[1";
  for (int i = 0; i < 5'000; ++i) bytes += ",1";
  EXPECT_TRUE(scan(bytes + "]}", 100, 50).taken);
  EXPECT_FALSE(scan("{\"x\":\"" + std::string(100, ' ') + "\"}", 10, 50).taken);
}

// Whether a body is wanted, by its path and its beginning.
struct WantedCase {
  const char* path;
  std::string begins;
  bool begun;
  bool taken;
};

TEST(FileUpload, IsRecognisedByItsPathOrByItsFirstKilobyte) {
  const std::string spaces(1100, ' ');
  const WantedCase kRows[] = {
      {"/fsi/api/9101", "{", true, true},
      {"/fsi/api/fileupload/upload?x=1", spaces, true, true},
      {"/fsi/api/2102", "{", false, false},
      {"/fsi/api/fileupload/download", "{", false, false},
      {"/fsi/api", R"({"infno":"9101",)" + spaces, true, true},
      {"/fsi/api/", R"({ "infno" : "9101", "in":[)", true, true},
      {"/fsi/api", R"({"infno":9101,"in":[)", true, true},
      {"/fsi/api", R"({"infno":"2102",)" + spaces, true, false},
      {"/fsi/api", R"({"in":[)", true, false},
      {"/fsi/api", spaces + R"({"infno":"9101")", true, false},
      {"/fsi/api", "{", true, true},
  };
  for (const WantedCase& each : kRows) {
    const auto upload = FileUpload::begin(each.path, 64 * 1024, nullptr);
    ASSERT_EQ(upload != nullptr, each.begun) << each.path;
    if (upload == nullptr) continue;
    EXPECT_EQ(upload->take(each.begins), each.taken)
        << each.path << " " << each.begins.substr(0, 30);
  }
}

}  // namespace
}  // namespace gongji::gateway::wire
