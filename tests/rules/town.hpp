// A town with one gateway: the real directory, households, journal writer and memory store, and /v1
// before them, without sockets. Citizens, clerks and auditors ask; whatever lies in the journal is
// offered to whoever reads, so that only the gateway decides what is seen.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "gateway/rest/rest_api.hpp"
#include "tests/actors/actors_harness.hpp"
#include "tests/gateway/rest/fake_ports.hpp"

namespace gongji::test {

struct HttpReply {
  unsigned status = 0;
  std::string body;
  [[nodiscard]] bool says(std::string_view text) const {
    return body.find(text) != std::string::npos;
  }
};

// Who asks: "agency", "auditor", or an app for the person named.
struct Caller {
  std::string role;
  std::string acting = {};
  std::string channel = {};
  std::string operator_id = {};
};
inline Caller app_of(std::string person) { return {"app", std::move(person)}; }
inline const Caller kClerk{"agency"};
inline const Caller kAuditor{"auditor"};

class Town {
 public:
  Town();

  void settle_in(const std::vector<Person>& persons) { actors_.enrol_all(persons); }
  // Waits for the answer; throws when none comes for half a minute.
  HttpReply ask(const Caller& caller, std::string_view method, const std::string& target,
                std::string_view body = "");
  HttpReply get(const Caller& caller, const std::string& target) {
    return ask(caller, "GET", target);
  }
  HttpReply post(const Caller& caller, const std::string& target, std::string_view body) {
    return ask(caller, "POST", target, body);
  }
  // A bill at a pharmacy of that area; its record.
  RecordPtr buy(const std::string& patient, std::int64_t fen, const std::string& area);

  [[nodiscard]] std::vector<RecordPtr> journal() const;
  actors::test::ActorsHarness& actors() { return actors_; }

 private:
  class Slot;
  struct Desk {  // where an answer and the work of the loop wait for the asker's thread
    std::mutex mutex;
    std::condition_variable came;
    std::vector<std::unique_ptr<gateway::LoopTask>> tasks;
    std::vector<gateway::Answer> answers;
  };

  mutable actors::test::ActorsHarness actors_;
  gateway::testing::FakeRecords records_;
  gateway::testing::FakeRolls rolls_;
  gateway::testing::FakePolicies policies_;
  SystemClock clock_;
  NoMetrics metrics_;
  gateway::rest::RestApi api_;
  unsigned asked_ = 0;
};

// In Shanghai 310101, in Shanxi 140107.
Person holder(const std::string& id, std::int64_t carryover_fen, const std::string& area);
Person dependant(const std::string& id, const std::string& area);
// The value of a text field of a JSON answer, or "".
std::string field_in(const HttpReply& reply, std::string_view name);

}  // namespace gongji::test
