#include "monitoring/ledger_accounts.hpp"

#include <string_view>

namespace gongji::monitoring {
namespace {

Fen distance(Fen left, Fen right) { return left < right ? right - left : left - right; }

std::uint64_t fnv1a(std::string_view text) {
  std::uint64_t hash = 14'695'981'039'346'656'037ULL;
  for (const char letter : text) {
    hash ^= static_cast<unsigned char>(letter);
    hash *= 1'099'511'628'211ULL;
  }
  return hash;
}

}  // namespace

// Posts the events of one record and adds up what cannot be.
class LedgerPosting {
 public:
  explicit LedgerPosting(LedgerAccounts& accounts) : accounts_(accounts) {}

  void operator()(const Settled& e) {
    off_ += distance(e.bill, e.split().sum());
    take(e.own);
    take(e.family);
    take({e.patient, Bucket::kCurrentYear, e.current_year_taken, {}});
  }
  void operator()(const SettlementReversed& e) { give_back(e.returned, e.suspense); }
  void operator()(const SettlementReapplied& e) { take(e.taken); }
  void operator()(const PersonEnrolled& e) {
    auto* account = accounts_.find(e.person.id);
    if (account == nullptr) return;
    account->current_year += e.person.current_year;
    account->carryover += e.person.carryover;
  }
  void operator()(const PersonDetailsChanged&) {}
  void operator()(const NetworkFormed&) {}
  void operator()(const ModesConfirmed&) {}
  void operator()(const MemberBound&) {}
  void operator()(const MemberUnbound&) {}
  void operator()(const NetworkDisbanded&) {}
  void operator()(const HouseholdDeparted& e) { carried(e.contents); }
  void operator()(const ContentsArrived& e) { carried(e.contents); }
  void operator()(const RelationCorrected&) {}
  void operator()(const AccountCredited& e) { give({e.person, e.bucket, e.amount, {}}); }
  void operator()(const AccountDebited& e) { take({e.person, e.bucket, e.amount, {}}); }
  void operator()(const YearRolled& e) {
    take({e.person, Bucket::kCurrentYear, e.moved, {}});
    give({e.person, Bucket::kCarryover, e.moved + e.interest, {}});
  }
  void operator()(const AccountTransferredOut& e) {
    take({e.person, Bucket::kCurrentYear, e.current_year, {}});
    take({e.person, Bucket::kCarryover, e.carryover, {}});
  }
  void operator()(const ContributionOrdered& e) { take(e.order.legs); }
  void operator()(const ContributionAnswered&) {}
  void operator()(const ContributionInsured&) {}
  void operator()(const ContributionReversed& e) { give_back(e.returned, e.suspense); }
  void operator()(const ReviewMarked&) {}

  void compare(const PersonId& person, Fen current_year, Fen carryover) {
    auto* account = accounts_.find(person);
    if (account == nullptr) return;
    off_ += distance(account->current_year, current_year);
    off_ += distance(account->carryover, carryover);
    account->current_year = current_year;
    account->carryover = carryover;
  }
  [[nodiscard]] Fen off() const { return off_; }

 private:
  void give(const Leg& leg) {
    auto* account = accounts_.find(leg.owner);
    if (account == nullptr) return;
    (leg.bucket == Bucket::kCurrentYear ? account->current_year : account->carryover) += leg.amount;
  }
  void take(const Leg& leg) { give({leg.owner, leg.bucket, -leg.amount, {}}); }
  void take(const std::vector<Leg>& legs) {
    for (const Leg& leg : legs) take(leg);
  }
  void give_back(const std::vector<Leg>& returned, const std::vector<Leg>& suspense) {
    for (const Leg& leg : returned) give(leg);
    for (const Leg& leg : suspense)
      if (auto* account = accounts_.find(leg.owner)) account->suspense += leg.amount;
  }
  // Who travels takes along what his account holds, no more and no less.
  void carried(const Household& contents) {
    for (const Person& person : contents.persons) {
      compare(person.id, person.current_year, person.carryover);
      Fen waiting;
      for (const SuspenseEntry& entry : contents.suspense)
        if (entry.owner == person.id) waiting += entry.amount;
      if (auto* account = accounts_.find(person.id)) {
        off_ += distance(account->suspense, waiting);
        account->suspense = waiting;
      }
    }
  }

  LedgerAccounts& accounts_;
  Fen off_;
};

LedgerAccounts::Key LedgerAccounts::key_of(const PersonId& person) {
  return {fnv1a(person.text()), std::hash<std::string>{}(person.text())};
}

LedgerAccounts::Account* LedgerAccounts::find(const PersonId& person) {
  const Key key = key_of(person);
  if (key.high % part_.parts != part_.part) return nullptr;
  return &accounts_[key];
}

Fen LedgerAccounts::post(const JournalRecord& record) {
  const auto* events = std::get_if<Events>(&record.outcome);
  if (events == nullptr) return {};
  LedgerPosting posting{*this};
  for (const Event& event : *events) std::visit(posting, event);
  for (const BalanceAfter& claimed : record.balances)
    posting.compare(claimed.person, claimed.current_year, claimed.carryover);
  return posting.off();
}

}  // namespace gongji::monitoring
