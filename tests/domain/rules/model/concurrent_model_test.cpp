// Two clients at once: a random history is cut in two and sent from two threads through the real
// directory, households and journal. Whatever order comes of it, the reference model, told the same
// requests in the order of the journal, gives the same answers and ends with the same balances.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <thread>

#include "tests/actors/actors_harness.hpp"
#include "tests/domain/rules/model/author.hpp"
#include "tests/domain/rules/model/product.hpp"

namespace gongji::model {
namespace {

using actors::test::ActorsHarness;

constexpr int kOperations = 5'000;
constexpr std::uint64_t kHistories = 5;  // of each part
constexpr std::uint64_t kParts = 4;      // 100 000 operations together
constexpr std::size_t kClients = 2;
constexpr const char* kHospital = "H1";  // of every bill

struct Line {
  Operation op;
  int about = -1;   // the line that posted or ordered what this one speaks of
  int cancel = -1;  // kReapply: the line that cancelled it
  std::size_t client = 0;
};

// Written against the ledger as it would be with one client.
class Script {
 public:
  explicit Script(std::uint64_t seed) : author_(seed), ledger_(without_groups(author_.cast())) {
    while (lines_.size() < kOperations) add(author_.next(ledger_));
  }
  [[nodiscard]] const std::vector<Line>& lines() const { return lines_; }
  [[nodiscard]] Cast cast() const { return without_groups(author_.cast()); }

 private:
  // The tax side's pending orders are asked of the payer's household, the model has but one.
  static Cast without_groups(Cast cast) {
    for (CastMember& member : cast) member.group.clear();
    return cast;
  }

  void add(const Operation& op) {
    if (op.kind == Kind::kReport && op.what == "group") return;
    const int number = static_cast<int>(lines_.size());
    Line line{op, -1, -1, static_cast<std::size_t>(number) % kClients};
    const bool order = op.kind == Kind::kTax || op.kind == Kind::kInsurer;
    if (op.target >= 0)
      line.about = (order ? ordered_ : posted_)[static_cast<std::size_t>(op.target)];
    if (op.kind == Kind::kReapply) {
      const auto cancelled = cancelled_.find(op.target);
      if (cancelled == cancelled_.end()) return;
      line.cancel = cancelled->second;
    }
    if (line.about >= 0) line.client = lines_[static_cast<std::size_t>(line.about)].client;
    (void)ledger_.run(op);
    if (ledger_.settlements().size() > posted_.size()) posted_.push_back(number);
    if (ledger_.orders().size() > ordered_.size()) ordered_.push_back(number);
    if (op.kind == Kind::kCancel) cancelled_[op.target] = number;
    lines_.push_back(std::move(line));
  }

  Author author_;
  LedgerModel ledger_;
  std::vector<Line> lines_;
  std::vector<int> posted_;
  std::vector<int> ordered_;
  std::map<int, int> cancelled_;
};

std::string id_of(int line) { return "line-" + std::to_string(line); }
MessageKey key_of(int line) { return {InstitutionCode{kHospital}, "model", id_of(line)}; }

// One client: its own lines in their order, each after the answer to the one before.
class Client {
 public:
  Client(ActorsHarness& gateway, const Script& script, std::size_t number)
      : gateway_(gateway), script_(script), number_(number) {}

  void play() {
    for (std::size_t i = 0; i < script_.lines().size() && fault_.empty(); ++i)
      if (script_.lines()[i].client == number_) send(static_cast<int>(i), script_.lines()[i]);
  }
  [[nodiscard]] const std::string& fault() const { return fault_; }

 private:
  void send(int number, const Line& line) {
    const JournalRecord* about = line.about < 0 ? nullptr : known(line.about);
    if (line.about >= 0 && about == nullptr) return;  // it was refused this time
    if (line.cancel >= 0 && known(line.cancel) == nullptr) return;
    Request request = actors::test::message("model", id_of(number), text_of(line.op), kHospital);
    request.origin.received_at = moment_of(line.op.day, number);
    request.ask = ask_of(line, about);
    if (line.op.kind == Kind::kContribute)
      request.business_hash =
          actors::test::key_hash("premium|" + std::to_string(line.op.who) + line.op.purpose +
                                 line.op.product + std::to_string(line.op.year));
    const Reply reply = gateway_.ask(std::move(request));
    const auto* recorded = std::get_if<Recorded>(&reply);
    if (recorded == nullptr) return miss(line.op, reply);
    if (recorded->record->applied()) records_[number] = recorded->record;
  }

  // A roll that finds nothing to do leaves no record; the model need not hear of it either.
  void miss(const Operation& op, const Reply& reply) {
    const auto* refused = std::get_if<NotDecided>(&reply);
    const Reason reason = refused == nullptr ? Reason::kUnknownOutcome : refused->refusal.reason;
    if (op.kind == Kind::kRoll && reason == Reason::kNone) return;
    fault_ = text_of(op) + " was not decided: " + std::string{code(reason)};
  }

  [[nodiscard]] const JournalRecord* known(int line) const {
    const auto found = records_.find(line);
    if (found == records_.end()) return nullptr;
    const JournalRecord& record = *found->second;
    const bool tells = record.event<Settled>() != nullptr ||
                       record.event<ContributionOrdered>() != nullptr ||
                       record.event<SettlementReversed>() != nullptr;
    return tells ? &record : nullptr;
  }

  static Ask ask_of(const Line& line, const JournalRecord* about) {
    const PersonId who = person_named(line.op.who);
    const Kind kind = line.op.kind;
    if (kind == Kind::kCancel) return CancelRequest{who, about->sequence};
    if (kind == Kind::kUndo) return UndoRequest{key_of(line.about), hash_of(line.about)};
    if (kind == Kind::kReapply) return UndoRequest{key_of(line.cancel), hash_of(line.cancel)};
    Operation op = line.op;
    if (op.target >= 0) op.target = 0;
    std::vector<Place> settlements;
    std::vector<OrderPlace> orders;
    if (about != nullptr) settlements.push_back({about->sequence, {}, who});
    if (about != nullptr && about->event<ContributionOrdered>() != nullptr)
      orders.push_back({about->sequence, about->event<ContributionOrdered>()->order.payer});
    const Command command = command_of(op, settlements, orders);
    if (const auto* settle = std::get_if<SettleCommand>(&command)) return *settle;
    return AdminRequest{command};
  }
  static KeyHash hash_of(int line) { return actors::test::message_hash(key_of(line)); }

  ActorsHarness& gateway_;
  const Script& script_;
  const std::size_t number_;
  std::map<int, RecordPtr> records_;
  std::string fault_;
};

// Told record by record what the clients asked, in the order of the journal.
class Reader {
 public:
  Reader(const Script& script, Twist twist) : script_(script), model_(script.cast(), twist) {}

  // "" when the model agrees.
  std::string read(const JournalRecord& record) {
    const std::optional<Operation> op = asked_in(record);
    if (!op) return {};
    const std::string expected = model_.run(*op);
    remember(line_number(record));
    const std::string found = outcome_of(record);
    if (alike(*op, expected, found)) return {};
    return "record " + std::to_string(record.sequence.number()) + ": " + text_of(*op) + " -> " +
           found + ", the model answers " + expected;
  }
  // Whether the model as it stands now would answer so; nothing is posted.
  [[nodiscard]] bool would_answer(const JournalRecord& record) const {
    const std::optional<Operation> op = asked_in(record);
    LedgerModel asked = model_;
    return op && asked.run(*op) == outcome_of(record);
  }
  [[nodiscard]] const LedgerModel& model() const { return model_; }

 private:
  static int line_number(const JournalRecord& record) {
    return std::stoi(record.origin.key.msgid.substr(5));
  }
  // What a client asked with this record; nothing for moves and other housekeeping.
  [[nodiscard]] std::optional<Operation> asked_in(const JournalRecord& record) const {
    const bool decided = !std::holds_alternative<TombstoneCommand>(record.command) &&
                         !std::holds_alternative<DepartCommand>(record.command) &&
                         !std::holds_alternative<ArriveCommand>(record.command);
    if (!decided || record.origin.key.msgid.rfind("line-", 0) != 0) return {};
    const Line& line = script_.lines().at(static_cast<std::size_t>(line_number(record)));
    Operation op = line.op;
    op.day = static_cast<int>((record.at - moment_of(0, 0)) / std::chrono::hours{24});
    const bool order = op.kind == Kind::kTax || op.kind == Kind::kInsurer;
    if (line.about >= 0) op.target = (order ? orders_ : settlements_).at(line.about);
    return op;
  }
  void remember(int line) {
    if (model_.settlements().size() > settlements_.size())
      settlements_[line] = static_cast<int>(model_.settlements().size()) - 1;
    if (model_.orders().size() > orders_.size())
      orders_[line] = static_cast<int>(model_.orders().size()) - 1;
  }

  // Of an order that is refused, the reason may be the one of the orderer's own household; an order
  // that another household replaced is nothing there.
  static bool alike(const Operation& op, const std::string& expected, const std::string& found) {
    if (expected == found) return true;
    const bool both_refuse = expected.substr(0, 2) == "E_" && found.substr(0, 2) == "E_";
    if (op.kind == Kind::kContribute) return both_refuse;
    const bool nothing = (expected == "nothing" || expected == "E_NOT_FOUND") &&
                         (found == "nothing" || found == "E_NOT_FOUND");
    return (op.kind == Kind::kTax || op.kind == Kind::kInsurer) && nothing;
  }

  const Script& script_;
  LedgerModel model_;
  std::map<int, int> settlements_;  // by line
  std::map<int, int> orders_;
};

void enrol_cast(ActorsHarness& gateway, const Cast& cast) {
  std::vector<actors::test::Answer> answers;
  for (std::size_t i = 0; i < cast.size(); ++i) {
    Request request = actors::test::enrol(person_of(cast[i], static_cast<int>(i)));
    request.origin.received_at = moment_of(0, 0);
    answers.push_back(gateway.submit(std::move(request)));
  }
  for (const auto& answer : answers) (void)answer.applied();
}

void play_at_once(ActorsHarness& gateway, const Script& script) {
  std::vector<std::unique_ptr<Client>> clients;
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < kClients; ++i)
    clients.push_back(std::make_unique<Client>(gateway, script, i));
  for (const auto& client : clients) threads.emplace_back([&client] { client->play(); });
  for (std::thread& thread : threads) thread.join();
  for (const auto& client : clients) EXPECT_EQ(client->fault(), "");
  gateway.catch_up();
}

std::string moved(const std::vector<Person>& persons) {
  std::string text;
  for (const Person& person : persons) text += " " + person.id.text();
  return text;
}

// One line of the journal, moves included.
std::string line_of(const JournalRecord& record, const Script& script) {
  std::string text = std::to_string(record.sequence.number()) + " in household " +
                     std::to_string(record.household.number()) + ": ";
  if (const auto* departed = record.event<HouseholdDeparted>())
    return text + "to " + std::to_string(departed->to.number()) + moved(departed->contents.persons);
  if (const auto* arrived = record.event<ContentsArrived>())
    return text + "arrived" + moved(arrived->contents.persons);
  const std::string& msgid = record.origin.key.msgid;
  if (msgid.rfind("line-", 0) != 0) return text + msgid;
  const Line& line = script.lines().at(static_cast<std::size_t>(std::stoi(msgid.substr(5))));
  return text + text_of(line.op) + " -> " + outcome_of(record);
}

// What led to a record: the lines before it that speak of the same persons.
std::string history_of(ActorsHarness& gateway, const Script& script, std::uint64_t number) {
  const std::string msgid = (*gateway.store().read(Sequence{number}))->origin.key.msgid;
  const Operation& op = script.lines().at(static_cast<std::size_t>(std::stoi(msgid.substr(5)))).op;
  std::vector<int> persons{op.who, op.other};
  for (const Tie& tie : op.ties) persons.push_back(tie.member);
  std::vector<std::string> lines;
  for (std::uint64_t at = number; at > 0 && lines.size() < 25; --at) {
    const std::string line = line_of(**gateway.store().read(Sequence{at}), script) + " ";
    for (const int person : persons)
      if (person >= 0 && line.find(person_named(person).text() + " ") != std::string::npos) {
        lines.push_back(line);
        break;
      }
  }
  std::string text;
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) text += "\n  " + *line;
  return text;
}

std::string different_account(ActorsHarness& gateway, const LedgerModel& model) {
  for (std::size_t i = 0; i < model.humans().size(); ++i) {
    const Person person = gateway.look_up(person_named(static_cast<int>(i)).text()).person;
    const Human& human = model.humans()[i];
    if (person.carryover.count() != human.carryover ||
        person.current_year.count() != human.current_year())
      return person.id.text() + " ends with " + to_yuan_text(person.total());
  }
  return {};
}

using Journal = std::vector<RecordPtr>;

Journal journal_of(ActorsHarness& gateway) {
  Journal journal;
  const std::uint64_t last = gateway.store().head().durable.number();
  for (std::uint64_t number = 1; number <= last; ++number)
    journal.push_back(*gateway.store().read(Sequence{number}));
  return journal;
}

// A binding that would be refused moves nobody: the directory looks at the households where they
// are and journals the refusal with the organiser's. What happens between the look and the record
// stands before it in the journal, so the refusal may be the one of a moment before.
bool refused_on_an_earlier_look(const Journal& journal, std::size_t at, const Script& script,
                                Twist twist, const std::set<std::size_t>& excused) {
  constexpr std::size_t kLooksBack = 200;
  const Command& command = journal[at]->command;
  const bool gathers = std::holds_alternative<BindCommand>(command) ||
                       std::holds_alternative<RebindCommand>(command) ||
                       std::holds_alternative<FormNetworkCommand>(command);
  if (!gathers || journal[at]->applied()) return false;
  Reader earlier{script, twist};
  for (std::size_t i = 0; i < at; ++i) {
    if (i + kLooksBack >= at && earlier.would_answer(*journal[at])) return true;
    if (excused.count(i) == 0) (void)earlier.read(*journal[i]);
  }
  return false;
}

// Tells the model everything but the excused; the first record it disagrees with, or the end.
std::size_t first_difference(const Journal& journal, Reader& reader,
                             const std::set<std::size_t>& excused, std::string& difference) {
  for (std::size_t i = 0; i < journal.size(); ++i) {
    if (excused.count(i) != 0) continue;
    difference = reader.read(*journal[i]);
    if (!difference.empty()) return i;
  }
  return journal.size();
}

// The first difference between the journal and the model that hears of it, or between the accounts
// at the end.
std::string difference(ActorsHarness& gateway, const Script& script, Twist twist) {
  const Journal journal = journal_of(gateway);
  std::set<std::size_t> excused;
  for (;;) {
    Reader reader{script, twist};
    std::string found;
    const std::size_t at = first_difference(journal, reader, excused, found);
    if (at == journal.size()) return different_account(gateway, reader.model());
    if (!refused_on_an_earlier_look(journal, at, script, twist, excused))
      return found + history_of(gateway, script, at + 1);
    excused.insert(at);
  }
}

std::uint64_t seed_of_this_run() {
  const char* given = std::getenv("GONGJI_SEED");
  return given == nullptr ? std::random_device{}() : std::strtoull(given, nullptr, 10);
}

class ConcurrentModel : public testing::TestWithParam<std::uint64_t> {};

TEST_P(ConcurrentModel, two_clients_at_once_end_where_the_journal_s_order_says) {
  const std::uint64_t seed = seed_of_this_run();
  std::cout << "GONGJI_SEED=" << seed << "\n";
  for (std::uint64_t number = 0; number < kHistories; ++number) {
    const Script script{seed + GetParam() * kHistories + number};
    ActorsHarness gateway;
    enrol_cast(gateway, script.cast());
    play_at_once(gateway, script);
    ASSERT_EQ(difference(gateway, script, Twist::kNone), "") << "history " << number;
    std::cout << script.lines().size() << " operations of two clients at once, "
              << gateway.store().head().durable.number() << " records\n";
  }
}

INSTANTIATE_TEST_SUITE_P(Parts, ConcurrentModel, testing::Range(std::uint64_t{0}, kParts));

TEST(ConcurrentModelControl, a_model_that_reads_a_rule_wrongly_is_found) {
  const Script script{1};
  ActorsHarness gateway;
  enrol_cast(gateway, script.cast());
  play_at_once(gateway, script);
  for (const Twist twist :
       {Twist::kCurrentYearMoneyShared, Twist::kOwnCurrentYearFirst, Twist::kSecondNetwork,
        Twist::kUnconfirmedModesPay, Twist::kPremiumForEmployees})
    EXPECT_NE(difference(gateway, script, twist), "") << static_cast<int>(twist);
}

}  // namespace
}  // namespace gongji::model
