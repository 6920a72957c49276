// An auditor who keeps his own sums: sees every record with the household before and after it and
// notes each law it breaks. He reads events and balances only, none of the code that decides or
// evolves, so that a fault there shows here.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/record.hpp"

namespace gongji::test {

enum class Law {
  kBillDivides,       // own + family + cash = bill, no part below zero (GX-01)
  kMoneyStays,        // buckets change by what was paid, returned or enrolled, and by nothing else
  kFloorHolds,        // no family debit takes an organiser below the floor (SX-05)
  kQuotaHolds,        // a cumulative quota never pays more than was authorised (SX-10)
  kExactReturn,       // a reversal returns the very legs, once (GX-05, GX-08, GX-09)
  kWholeOrNothing,    // a contribution is paid whole, from one account, or not at all (SX-29)
  kOneRole,           // one network at a time (SH-12), one role in overlapping windows (SX-12…16)
  kRefusedIsNothing,  // a refused command changes nothing
};

struct Complaint {
  Law law;
  std::string text;
};

class Auditor {
 public:
  // `profiles` are the true ones, whatever the books under audit decide by; they must outlive him.
  explicit Auditor(const ProfileBook& profiles) : profiles_(profiles) {}

  void see(const Household& before, const JournalRecord& record, const Household& after);
  [[nodiscard]] const std::vector<Complaint>& complaints() const { return complaints_; }
  // The first complaint about `law`, or "".
  [[nodiscard]] std::string about(Law law) const;

 private:
  struct Standing {
    std::vector<Leg> legs;  // all that the settlement took
    bool reversed = false;
  };
  struct Quota {
    Fen authorised;
    Fen drawn;
  };

  void see_event(const Event& event, const JournalRecord& record, const Household& before,
                 const Household& after);
  void settled(const Settled& event, const JournalRecord& record, const Household& after);
  void reversed(const SettlementReversed& event, const JournalRecord& record,
                const Household& before);
  void reapplied(const SettlementReapplied& event, const JournalRecord& record);
  void ordered(const ContributionOrdered& event, const JournalRecord& record,
               const Household& after);
  void refunded(const ContributionReversed& event, const JournalRecord& record,
                const Household& before);
  // "" when exactly `taken` came back: rolled money as carry-over, a closed account's to suspense.
  [[nodiscard]] std::string differs(const std::vector<Leg>& taken, const std::vector<Leg>& returned,
                                    const std::vector<Leg>& suspense,
                                    const Household& before) const;
  void bound(const MemberBound& event);
  void draw(const std::vector<Leg>& legs, bool back);
  void check_floor(const std::vector<Leg>& family, const JournalRecord& record,
                   const Household& after);
  void check_quotas(const JournalRecord& record, const Household& after);
  void check_roles(const JournalRecord& record, const Household& after);
  void complain(Law law, const JournalRecord& record, std::string text);

  const ProfileBook& profiles_;
  std::map<Sequence, Standing> settlements_;
  std::map<LinkId, Quota> quotas_;
  std::map<OrderId, std::vector<Leg>> paid_orders_;
  std::map<PersonId, int> rolled_years_;
  std::vector<Complaint> complaints_;
};

}  // namespace gongji::test
