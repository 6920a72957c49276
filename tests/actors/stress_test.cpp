// Four threads, fifty persons, twenty thousand random operations with failures in between; then the
// whole journal is read again and must agree with everything that was answered and with everything
// that is in memory. The seed is printed; GONGJI_SEED repeats a run (up to the threads' timing).
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <random>
#include <stdexcept>
#include <thread>

#include "tests/actors/actors_harness.hpp"
#include "tests/actors/journal_audit.hpp"

namespace gongji::actors::test {
namespace {

constexpr unsigned kThreads = 4;
constexpr unsigned kPersons = 50;
constexpr unsigned kOperations = 20000;
constexpr std::size_t kWindow = 64;  // a thread's requests in flight

unsigned seed() {
  if (const char* given = std::getenv("GONGJI_SEED"))
    return static_cast<unsigned>(std::strtoul(given, nullptr, 10));
  return std::random_device{}();
}

struct Sent {
  Request request;
  Answer answer;
};

// One caller with its own chance and its own messages.
class Caller {
 public:
  Caller(ActorsHarness& actors, unsigned seed, unsigned number)
      : actors_(actors), random_(seed + number), name_(std::to_string(number) + '-') {}

  void run(unsigned operations) {
    for (unsigned i = 0; i < operations; ++i) {
      Request request = next(i);
      Answer answer = actors_.submit(request);
      sent_.push_back({std::move(request), std::move(answer)});
      if (sent_.size() > kWindow) (void)sent_[sent_.size() - kWindow].answer.wait();
    }
  }
  [[nodiscard]] const std::vector<Sent>& sent() const { return sent_; }

 private:
  unsigned roll(unsigned below) { return static_cast<unsigned>(random_() % below); }
  std::string somebody() { return "p" + std::to_string(roll(kPersons)); }
  const Request& earlier() { return sent_[roll(static_cast<unsigned>(sent_.size()))].request; }

  Request next(unsigned i) {
    const bool bad = roll(400) == 0;  // see before_decide below
    const std::string msgid = (bad ? "bad" : "") + name_ + std::to_string(i);
    const unsigned kind = sent_.size() < 10 ? 0 : roll(100);
    if (kind < 45) return settle(somebody(), 1 + roll(300), msgid);
    if (kind < 55) return settle_batch(somebody(), 1 + roll(300), msgid, std::to_string(roll(200)));
    if (kind < 65) return earlier();
    if (kind < 73) return undo(earlier(), msgid);
    if (kind < 81) return cancel_one(msgid);
    if (kind < 85) return query(earlier());
    if (kind < 88) return quote(somebody(), 1 + roll(300));
    if (kind < 91) return person(somebody());
    if (kind < 94) return form(somebody(), {somebody()}, msgid);
    if (kind < 96) return bind_member(somebody(), somebody(), msgid);
    if (kind < 98) return unbind(somebody(), somebody(), msgid);
    return disband(somebody(), msgid);
  }

  // An old settlement of ours, or nonsense when there is none at hand.
  Request cancel_one(const std::string& msgid) {
    for (int tries = 0; tries < 20; ++tries) {
      const Sent& old = sent_[roll(static_cast<unsigned>(sent_.size()))];
      if (!old.answer.arrived()) continue;
      const Reply reply = old.answer.wait();
      const auto* recorded = std::get_if<Recorded>(&reply);
      if (recorded == nullptr) continue;
      if (const auto* settled = recorded->record->event<Settled>())
        return cancel(settled->patient.text(), recorded->record->sequence, msgid);
    }
    return cancel(somebody(), Sequence{1 + roll(1000)}, msgid);
  }

  ActorsHarness& actors_;
  std::mt19937 random_;
  const std::string name_;
  std::vector<Sent> sent_;
};

// What was answered is what the journal says.
void check_answers(const std::vector<Sent>& sent, const JournalAudit& books) {
  for (const Sent& each : sent) {
    EXPECT_EQ(each.answer.times(), 1u);
    const Reply reply = each.answer.wait();
    const auto* recorded = std::get_if<Recorded>(&reply);
    if (recorded == nullptr) continue;
    const auto first = books.first.find(recorded->record->origin.key);
    ASSERT_NE(first, books.first.end());
    EXPECT_EQ(*first->second, *recorded->record);
  }
}

void expect_same(ActorsHarness& actors, const JournalAudit& books) {
  for (unsigned i = 0; i < kPersons; ++i) {
    const std::string id = "p" + std::to_string(i);
    EXPECT_EQ(actors.look_up(id).person, books.persons.at(PersonId{id}));
  }
}

TEST(Stress, TheJournalAgreesWithEverythingThatWasAnswered) {
  const unsigned start = seed();
  std::cout << "seed " << start << '\n';
  SCOPED_TRACE("GONGJI_SEED=" + std::to_string(start));
  HarnessSetup setup;
  setup.actors.active_max = 20;
  setup.actors.snapshot_every_records = 16;
  setup.before_decide = [](const Envelope& mail) {
    if (mail.request.origin.key.msgid.starts_with("bad")) throw std::runtime_error{"planted"};
  };
  const Disk disk = std::make_shared<stores::MemoryDisk>();
  JournalAudit books;
  {
    ActorsHarness actors{setup, disk};
    for (unsigned i = 0; i < kPersons; ++i)
      (void)actors.submit(enrol(employee("p" + std::to_string(i), 20000))).applied();
    std::vector<Caller> callers;
    for (unsigned i = 0; i < kThreads; ++i) callers.emplace_back(actors, start, i);
    std::vector<std::thread> threads;
    for (Caller& caller : callers)
      threads.emplace_back([&caller] { caller.run(kOperations / kThreads); });
    for (std::thread& thread : threads) thread.join();
    for (const Caller& caller : callers)
      for (const Sent& each : caller.sent()) (void)each.answer.wait();

    books = audit(actors.store());
    EXPECT_EQ(text_of(books.complaints), "");
    expect_same(actors, books);
    for (const Caller& caller : callers) check_answers(caller.sent(), books);
    EXPECT_GT(actors.records(), kOperations / 2);
  }
  ActorsHarness restarted{{}, disk};  // snapshots and tails give the same as the whole journal
  EXPECT_TRUE(restarted.recover());
  expect_same(restarted, books);
}

// Negative control: the auditor sees a journal that lies.
TEST(Stress, TheAuditorSeesALie) {
  const Disk disk = std::make_shared<stores::MemoryDisk>();
  ActorsHarness actors{{}, disk};
  actors.enrol_all({employee("an", 100)});
  const RecordPtr honest = actors.submit(settle("an", 10, "m1")).applied();
  actors.stop();
  ASSERT_EQ(text_of(audit(actors.store()).complaints), "");
  auto forged = std::make_shared<JournalRecord>(*honest);
  forged->sequence = honest->sequence.next();
  const RecordPtr lie = forged;
  ASSERT_TRUE(actors.store().append(honest->epoch, {&lie, 1}));
  EXPECT_GE(audit(actors.store()).complaints.size(), 2u);  // decided twice, broken chain
}

}  // namespace
}  // namespace gongji::actors::test
