#include "app/gongjictl/person_text.hpp"

#include <gtest/gtest.h>

namespace gongji::ctl {
namespace {

TEST(PersonText, shows_status_and_balances) {
  const auto text = person_text(boost::json::parse(
      R"({"psn_no":"31","psn_name":"张三","insutype":"310","psn_insu_stas":"1","insuplc_admdvs":"310101",
          "role":"ORGANISER","balances":{"current_year":"800.00","carryover":"5000.00"}})"));
  for (const char* part : {"31", "张三", "310101", "ORGANISER", "800.00", "5000.00"})
    EXPECT_NE(text.find(part), std::string::npos) << part;
}

TEST(NetworkText, shows_members_with_quota_and_window) {
  const auto text = network_text(boost::json::parse(
      R"({"organizer":"14","profile":"SX","state":"ACTIVE","modes":["PAY","PREMIUM"],"members":[
          {"psn_no":"15","psn_name":"李四","relation":"CHILD","link_id":"1","quota":"300.00","quota_left":"120.00",
           "from":"2026-01-01","to":"2026-12-31"}]})"));
  for (const char* part :
       {"PAY, PREMIUM", "李四", "CHILD", "300.00", "120.00", "2026-01-01 … 2026-12-31"})
    EXPECT_NE(text.find(part), std::string::npos) << part;
}

TEST(NetworkText, says_that_there_are_no_members) {
  EXPECT_NE(network_text(boost::json::parse(R"({"organizer":"14"})")).find("no members"),
            std::string::npos);
}

}  // namespace
}  // namespace gongji::ctl
