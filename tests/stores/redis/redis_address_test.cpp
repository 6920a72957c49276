// What redis.url may say, and what is said of one that is wrong.
#include "stores/redis/redis_address.hpp"

#include <gtest/gtest.h>

namespace gongji::stores {
namespace {

struct Url {
  const char* text;
  RedisTarget target;
};

const Url kUrls[] = {
    {"redis://127.0.0.1", {RedisKind::kSingle, {{"127.0.0.1", 6379}}, "", "", 0, ""}},
    {"redis://hot.example:7000/3", {RedisKind::kSingle, {{"hot.example", 7000}}, "", "", 3, ""}},
    {"redis://:se%40c@h:1", {RedisKind::kSingle, {{"h", 1}}, "", "se@c", 0, ""}},
    {"redis://gw:p:w@h", {RedisKind::kSingle, {{"h", 6379}}, "gw", "p:w", 0, ""}},
    {"redis://[::1]:7000", {RedisKind::kSingle, {{"::1", 7000}}, "", "", 0, ""}},
    {"redis+sentinel://a,b:27000/hot/2",
     {RedisKind::kSentinel, {{"a", 26379}, {"b", 27000}}, "", "", 2, "hot"}},
    {"redis+cluster://gw:pw@a:1,b:2",
     {RedisKind::kCluster, {{"a", 1}, {"b", 2}}, "gw", "pw", 0, ""}},
};

TEST(RedisUrl, HasThreeForms) {
  for (const Url& url : kUrls) {
    const auto parsed = parse_redis_url(url.text);
    ASSERT_TRUE(parsed.ok()) << url.text << ": " << parsed.error();
    EXPECT_EQ(parsed->kind, url.target.kind) << url.text;
    EXPECT_EQ(parsed->hosts, url.target.hosts) << url.text;
    EXPECT_EQ(parsed->user, url.target.user) << url.text;
    EXPECT_EQ(parsed->password, url.target.password) << url.text;
    EXPECT_EQ(parsed->database, url.target.database) << url.text;
    EXPECT_EQ(parsed->master, url.target.master) << url.text;
  }
}

struct Wrong {
  const char* text;
  const char* says;
};

constexpr Wrong kWrong[] = {
    {"http://h", "must start with redis://"},
    {"rediss://h", "stunnel"},
    {"redis://", "a host is missing"},
    {"redis://h:0", "port"},
    {"redis://h:70000", "port"},
    {"redis://h:x", "port"},
    {"redis://h/x", "database"},
    {"redis://[::1],[::2]", "one server"},
    {"redis://"
     "topsecret@h",
     "colon"},
    {"redis://user:@h", "password before @ is empty"},
    {"redis://:topsecret%4@h", "hexadecimal"},
    {"redis://:topsecret@h:x", "port"},
    {"redis+sentinel://a,b", "name of the master"},
    {"redis+cluster://a/1", "database 0"},
};

TEST(RedisUrl, SaysWhatIsWrongAndNeverThePassword) {
  for (const Wrong& wrong : kWrong) {
    const auto parsed = parse_redis_url(wrong.text);
    ASSERT_FALSE(parsed.ok()) << wrong.text;
    EXPECT_NE(parsed.error().find(wrong.says), std::string::npos) << parsed.error();
    EXPECT_EQ(parsed.error().find("topsecret"), std::string::npos) << parsed.error();
  }
}

}  // namespace
}  // namespace gongji::stores
