#include "loadtest/audit.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include "loadtest/answer.hpp"
#include "loadtest/premium.hpp"

namespace gongji::loadtest {
namespace {

constexpr std::size_t kProblemsShown = 20;
// A message still in flight has a final state within the gateway's deadline, five seconds by
// default.
constexpr unsigned kRoundsMax = 100;
constexpr std::chrono::milliseconds kRoundPause{100};

// A settlement or premium to ask for. `setl_id_hash` 0 = no answer came, so any final state will
// do.
struct Question {
  std::uint64_t number;
  PersonRef patient;
  std::uint64_t setl_id_hash;
};

class MessageQueries final : public Traffic {
 public:
  MessageQueries(const Sender& sender, std::vector<Question> questions, Ledger& ledger,
                 AuditReport& report)
      : envelopes_(sender), questions_(std::move(questions)), ledger_(ledger), report_(report) {}

  bool next(PendingCall& call, OutgoingMessage& message) override {
    if (next_ == questions_.size()) return false;
    call.kind = CallKind::kMessageQuery;
    call.number = next_++;
    const Question& question = questions_[call.number];
    envelopes_.append_message_query(message.body, question.number, question.number,
                                    question.patient);
    return true;
  }

  void answered(const PendingCall& call, const IncomingAnswer& answer, TimePoint) override {
    const Question& question = questions_[call.number];
    const std::string_view state = find_text(answer.body, "\"state\"");
    if (question.setl_id_hash == 0) {
      judge_open(question, state, answer);
    } else {
      ++report_.settlements_asked;
      judge_answered(question, state, answer);
    }
  }

  void lost(const PendingCall& call, TimePoint) override {
    const Question& question = questions_[call.number];
    ++(question.setl_id_hash == 0 ? report_.open_unsolved : report_.settlements_wrong);
    report_.problem("2602 for " + envelopes_.msgid(question.number) + ": no answer");
  }

  // Those that were still in flight.
  [[nodiscard]] std::vector<Question> take_undecided() { return std::exchange(undecided_, {}); }

 private:
  void judge_answered(const Question& question, std::string_view state,
                      const IncomingAnswer& answer) {
    const std::string_view setl_id = find_text(answer.body, "\"setl_id\"");
    if (state == "applied" && hash_of(setl_id) == question.setl_id_hash) {
      ++report_.settlements_right;
      return;
    }
    ++report_.settlements_wrong;
    report_.problem(envelopes_.msgid(question.number) + " was answered as settled; 2602 says '" +
                    described(state, answer) + "', setl_id '" + std::string{setl_id} + "'");
  }

  void judge_open(const Question& question, std::string_view state, const IncomingAnswer& answer) {
    if (state == "applied") {
      ++report_.open_applied;
      if (const auto paid = find_amount(answer.body, "\"acct_pay\""))
        return ledger_.paid(question.patient, *paid);
      report_.problem(envelopes_.msgid(question.number) +
                      ": 2602 says applied without an acct_pay");
    } else if (state == "in_flight") {
      undecided_.push_back(question);
    } else if (state != "unknown" && state != "refused") {
      ++report_.open_unsolved;
      report_.problem(envelopes_.msgid(question.number) + " had no answer; 2602 says '" +
                      described(state, answer) + "'");
    }
  }

  static std::string described(std::string_view state, const IncomingAnswer& answer) {
    return std::string{state.empty() ? answer.body.substr(0, 200) : state};
  }

  Envelopes envelopes_;
  std::vector<Question> questions_;
  std::vector<Question> undecided_;
  Ledger& ledger_;
  AuditReport& report_;
  std::size_t next_ = 0;
};

// Orders each premium again under its key: the gateway repeats its first answer. One that never
// came is decided now, and counts as what it then did.
class PremiumRepeats final : public Traffic {
 public:
  PremiumRepeats(const AuditTargets& targets, std::vector<Question> questions, Ledger& ledger,
                 AuditReport& report)
      : envelopes_(targets.sender),
        premiums_(targets.token, targets.premium_year),
        questions_(std::move(questions)),
        ledger_(ledger),
        report_(report) {}

  bool next(PendingCall& call, OutgoingMessage& message) override {
    if (next_ == questions_.size()) return false;
    call.kind = CallKind::kPremium;
    call.number = next_++;
    const Question& question = questions_[call.number];
    premiums_.write(message, envelopes_.msgid(question.number), question.patient);
    return true;
  }

  void answered(const PendingCall& call, const IncomingAnswer& answer, TimePoint) override {
    const Question& question = questions_[call.number];
    const AnswerFacts facts = read_premium_answer(answer);
    const auto paid =
        facts.answer == AnswerClass::kApplied ? premium_in(answer.body) : std::nullopt;
    if (facts.answer == AnswerClass::kBusy) {
      undecided_.push_back(question);
    } else if (question.setl_id_hash == 0) {
      judge_open(question, facts, paid);
    } else {
      ++report_.premiums_asked;
      if (paid && hash_of(paid->id) == question.setl_id_hash) return void(++report_.premiums_right);
      ++report_.premiums_wrong;
      complain(question, "was answered as paid; asked again it says '", answer);
    }
  }

  void lost(const PendingCall& call, TimePoint) override {
    const Question& question = questions_[call.number];
    ++(question.setl_id_hash == 0 ? report_.open_unsolved : report_.premiums_wrong);
    report_.problem("premium " + envelopes_.msgid(question.number) + ": no answer");
  }

  [[nodiscard]] std::vector<Question> take_undecided() { return std::exchange(undecided_, {}); }

 private:
  void judge_open(const Question& question, const AnswerFacts& facts,
                  const std::optional<PremiumPaid>& paid) {
    if (paid) {
      ++report_.open_applied;
      ledger_.paid(question.patient, paid->amount);
    } else if (facts.answer != AnswerClass::kRefused) {
      ++report_.open_unsolved;
      report_.problem("premium " + envelopes_.msgid(question.number) +
                      " had no answer and has none when asked again");
    }
  }

  void complain(const Question& question, const char* what, const IncomingAnswer& answer) {
    report_.problem("premium " + envelopes_.msgid(question.number) + ' ' + what +
                    std::string{answer.body.substr(0, 200)} + "'");
  }

  Envelopes envelopes_;
  PremiumOrders premiums_;
  std::vector<Question> questions_;
  std::vector<Question> undecided_;
  Ledger& ledger_;
  AuditReport& report_;
  std::size_t next_ = 0;
};

std::vector<Question> questions_about(const Ledger& ledger, CallKind kind) {
  std::vector<Question> questions;
  for (const OpenSettlement& open : ledger.open())
    if (open.kind == kind) questions.push_back({open.number, open.patient, 0});
  for (const AnsweredSettlement& settlement : ledger.sample())
    if (settlement.kind == kind)
      questions.push_back({settlement.number, settlement.patient, settlement.setl_id_hash});
  return questions;
}

// Asks in rounds until everything has a final state.
template <class MakeQueries>
void ask_all(const ExchangeOptions& exchange, std::vector<Question> questions, AuditReport& report,
             const MakeQueries& make) {
  for (unsigned round = 0; round < kRoundsMax && !questions.empty(); ++round) {
    if (round > 0) std::this_thread::sleep_for(kRoundPause);
    auto queries = make(std::move(questions));
    if (auto done = exchange_all(exchange, queries); !done)
      return report.problem("asking again: " + done.error());
    questions = queries.take_undecided();
  }
  report.open_unsolved += questions.size();
  if (!questions.empty()) report.problem("messages are 'in_flight' long past their deadline");
}

// One setl_id for two messages: two answers speak of one settlement.
void find_twins(const Ledger& ledger, AuditReport& report) {
  std::vector<std::uint64_t> hashes;
  hashes.reserve(ledger.sample().size());
  for (const AnsweredSettlement& settlement : ledger.sample())
    hashes.push_back(settlement.setl_id_hash);
  std::sort(hashes.begin(), hashes.end());
  for (auto at = hashes.begin(); (at = std::adjacent_find(at, hashes.end())) != hashes.end();
       ++at) {
    ++report.settlements_wrong;
    report.problem("two messages were answered with the same setl_id");
  }
}

}  // namespace

void AuditReport::problem(std::string text) {
  if (problems.size() < kProblemsShown) problems.push_back(std::move(text));
}

AuditReport audit_run(const AuditTargets& targets, Ledger& ledger,
                      const std::vector<AccountBalance>& before) {
  AuditReport report;
  audit_messages(targets, ledger, report);
  std::vector<std::uint32_t> accounts;
  accounts.reserve(before.size());
  for (const AccountBalance& balance : before) accounts.push_back(balance.account);
  const auto after = read_balances(targets.http, targets.token, ledger.population(), accounts);
  if (!after) {
    report.problem("balances after the run: " + after.error());
    return report;
  }
  if (!after->first_problem.empty()) report.problem(after->first_problem);
  compare_balances(ledger, before, after->balances, report);
  return report;
}

void audit_messages(const AuditTargets& targets, Ledger& ledger, AuditReport& report) {
  report.settlements_answered = ledger.answered_count();
  report.open_asked = ledger.open().size();
  find_twins(ledger, report);
  ExchangeOptions exchange{.address = targets.wire, .transport = targets.transport};
  if (targets.transport == Transport::kTcp)
    Envelopes{targets.sender}.append_sign_in(exchange.sign_in);
  ask_all(exchange, questions_about(ledger, CallKind::kSettle), report, [&](auto questions) {
    return MessageQueries{targets.sender, std::move(questions), ledger, report};
  });
  ask_all({.address = targets.http}, questions_about(ledger, CallKind::kPremium), report,
          [&](auto questions) {
            return PremiumRepeats{targets, std::move(questions), ledger, report};
          });
}

void compare_balances(const Ledger& ledger, const std::vector<AccountBalance>& before,
                      const std::vector<AccountBalance>& after, AuditReport& report) {
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (!before[i].amount || !after[i].amount) {
      ++report.accounts_wrong;
      continue;
    }
    const Fen drop = *before[i].amount - *after[i].amount;
    const Fen paid = ledger.paid_by_account()[before[i].account];
    ++report.accounts_compared;
    report.paid_answered += paid;
    report.balance_drop += drop;
    if (drop == paid) continue;
    ++report.accounts_wrong;
    const PersonRef holder = ledger.population().account_holder(before[i].account);
    report.problem(person_number(holder) + ": answers say " + to_yuan_text(paid) +
                   " paid, the balance fell by " + to_yuan_text(drop));
  }
}

}  // namespace gongji::loadtest
