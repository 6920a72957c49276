// The whole rulebook of Shanghai and Shanxi once more, as a clerk would keep it in one ledger:
// plain numbers, the provinces' figures written out, no households, no journal, nothing taken from
// domain/. Slow and literal on purpose; the product is compared with it, operation by operation.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/domain/rules/model/operation.hpp"

namespace gongji::model {

// A rule read wrongly on purpose. Each must be found by the comparison.
enum class Twist {
  kNone,
  kFloorOneFenLower,
  kFloorBindsTheHolder,
  kCurrentYearMoneyShared,
  kOwnCurrentYearFirst,
  kNewestYearFirst,
  kQuotaNeverRunsDown,
  kQuotaNotRefilled,
  kWindowEndsADayEarly,
  kUnconfirmedModesPay,
  kLinkModesIgnored,
  kSuspendedAuthoriserPays,
  kFrozenFundPays,
  kMovedMemberPays,
  kDuplicatesForgotten,
  kUsableAnywhere,
  kSecondNetwork,
  kChainOfAuthorisers,
  kSecondAuthoriser,
  kQuotaAboveShareable,
  kRebindInPlace,
  kEmptyHandedOrganiser,
  kRollTakesTheNewYear,
  kRollTwice,
  kRefundToTheOldYear,
  kClosedAccountRefunded,
  kReversedTwice,
  kReapplyBelowTheFloor,
  kPremiumWithoutQuota,
  kPremiumInPart,
  kPremiumForEmployees,
  kPremiumTwice,
  kTaxSideForgotten,
  kMemberOrdersInShanxi,
  kNoOwnPurchase,
  kInsurersRefusalKept,
  kListForgotten,
  kDeductibleAtPharmacies,
};
constexpr int kTwists = static_cast<int>(Twist::kDeductibleAtPharmacies) + 1;

struct Human {
  std::string scheme;
  std::string area;
  int status = 1;  // 1 normal, 2 suspended, 4 ended
  std::string account = "usable";
  bool twice_insured = false;
  std::string main_account = "none";
  std::string group;
  Amount carryover = 0;
  std::map<int, Amount> current;  // by the year of its closing day; 1 = before all of them
  int rolled = 0;

  [[nodiscard]] Amount current_year() const;
};

struct Link {
  int number = 0;
  int organiser = 0;
  Tie said;
  Amount quota_left = 0;
  std::string organiser_area;
  std::string member_area;
};

struct Network {
  std::string family;
  bool confirmed = false;
  std::vector<std::string> modes;
};

// Money out of one bucket.
struct Piece {
  int owner = 0;
  int year = 0;  // 0 = carry-over
  Amount amount = 0;
  int link = 0;  // 0 = his own use
};

struct Posted {
  Operation asked;
  std::vector<Piece> own;
  std::vector<Piece> family;
  std::vector<Piece> taken;
  Amount bill = 0;
  Amount cash = 0;
  std::string state = "stands";  // cancelled, undone
};

struct Order {
  int person = 0;
  int payer = 0;
  std::string purpose;
  std::string product;
  int year = 0;
  std::string status;  // pending, confirmed, paid, refused, reversed
  bool insurer_asked = false;
  std::vector<Piece> pieces;
};

class LedgerModel {
 public:
  explicit LedgerModel(const Cast& cast, Twist twist = Twist::kNone);

  // The answer in one line, in the same words as the product's (product.hpp).
  std::string run(const Operation& operation);

  [[nodiscard]] const std::vector<Human>& humans() const { return humans_; }
  [[nodiscard]] const std::vector<Link>& links() const { return links_; }
  [[nodiscard]] const std::map<int, Network>& networks() const { return networks_; }
  [[nodiscard]] const std::vector<Posted>& settlements() const { return settlements_; }
  [[nodiscard]] const std::vector<Order>& orders() const { return orders_; }
  [[nodiscard]] Amount suspense_of(int human) const;
  [[nodiscard]] Split3 split_now(const Operation& operation);

 private:
  struct Objection {
    int rank = 0;
    std::string code;
  };
  struct Verdict {
    std::string refusal;
    Posted posted;
    std::string zero_reason;
  };
  struct Price {
    std::string refusal;
    Amount amount = 0;
    bool own_purchase = false;
    bool insurer = false;
    bool special = false;
  };

  [[nodiscard]] bool twisted(Twist twist) const { return twist_ == twist; }
  [[nodiscard]] bool live(const Link& link) const;
  [[nodiscard]] std::string family_of(int human) const;  // whose rules he lives by today
  [[nodiscard]] std::string family_of_area(int human) const;
  [[nodiscard]] bool in_area(int human, const std::string& family) const;
  [[nodiscard]] Amount shareable(int organiser, const std::string& family) const;
  [[nodiscard]] Objection objection(const Link& link, int patient, const std::string& mode) const;
  [[nodiscard]] Objection objection_to_bill(const Link& link, const BillOf& bill,
                                            int patient) const;
  [[nodiscard]] std::vector<Piece> draw(int human, const std::vector<bool>& current_first,
                                        Amount amount, int link) const;
  [[nodiscard]] std::vector<Piece> draw_fund(const Link& link, Amount amount) const;
  [[nodiscard]] bool organises(int human) const;
  [[nodiscard]] Link* link_of(int number);

  // model_bills.cpp
  std::string settle(const Operation& operation);
  [[nodiscard]] Verdict judge(int patient, const BillOf& bill);
  [[nodiscard]] std::string flags(const Posted& posted, int patient) const;
  [[nodiscard]] std::string told(const Verdict& verdict, int patient) const;
  std::string reverse(const Operation& operation);
  std::string reapply(const Operation& operation);
  [[nodiscard]] std::string payable(const Piece& piece);
  std::string refund(const Operation& operation);
  void take(const std::vector<Piece>& pieces);
  Amount give_back(const std::vector<Piece>& pieces);  // what went to suspense

  // model_binding.cpp
  std::string form(const Operation& operation);
  std::string bind(const Operation& operation);
  std::string rebind(const Operation& operation);
  std::string correct(const Operation& operation);
  std::string set_modes(const Operation& operation);
  std::string unbind(const Operation& operation);
  std::string disband(int organiser);
  [[nodiscard]] std::string may_bind(int organiser, const std::string& family, const Tie& tie,
                                     bool forming, bool taken) const;
  [[nodiscard]] std::string may_organise_alone(int organiser, const std::string& family) const;
  [[nodiscard]] std::string status_of(const std::vector<int>& humans,
                                      const std::string& family) const;
  [[nodiscard]] bool has_role(int human, const std::string& family) const;
  void tie(int organiser, const Tie& said);
  bool untie(int organiser, int member);

  // model_accounts.cpp
  std::string report(const Operation& operation);
  std::string credit(const Operation& operation);
  std::string debit(const Operation& operation);
  std::string roll(const Operation& operation);
  std::string transfer_out(int human);

  // model_orders.cpp
  std::string contribute(const Operation& operation);
  [[nodiscard]] Price price_of(const Operation& asked, const std::string& family) const;
  std::string by_network(const Operation& asked);
  std::string by_holder(const Operation& asked);
  std::string judge_order(const Operation& asked, const std::string& family, int payer,
                          const Link* link);
  [[nodiscard]] const Order* standing(const Operation& asked, const std::string& status) const;
  void place(const Operation& asked, int payer, const std::string& status, const Price& price,
             std::vector<Piece> pieces);
  std::string hear_tax(const Operation& operation);
  std::string hear_insurer(const Operation& operation);

  const Twist twist_;
  int today_ = 0;
  std::vector<Human> humans_;
  std::vector<Link> links_;  // in the order of registration
  std::map<int, Network> networks_;
  std::vector<Posted> settlements_;
  std::vector<Order> orders_;
  std::map<int, Amount> suspense_;
  int links_made_ = 0;
};

std::string yuan_text(Amount amount);
// The insurance year a day belongs to in Shanghai (SH-35), and the civil year.
int insurance_year(int day);
int civil_year(int day);

}  // namespace gongji::model
