// Premiums and products. Part of ledger_model.hpp.
#include <algorithm>

#include "tests/domain/rules/model/ledger_model.hpp"

namespace gongji::model {
namespace {

constexpr const char* kSpecialGroups[] = {"TEKUN", "DIBAO", "MONITORED", "DIBAO_EDGE",
                                          "OUT_OF_POVERTY"};

bool same(const Order& order, const Operation& asked) {
  return order.person == asked.who && order.purpose == asked.purpose &&
         order.product == asked.product && order.year == asked.year && order.status != "gone";
}

std::string paid_text(const Order& order, Amount price, bool own) {
  return order.status + " " + yuan_text(price) + " by p" + std::to_string(order.payer) +
         (own ? " own=yes" : " own=no") + (order.insurer_asked ? " insurer=asked" : "");
}

bool short_of_money(const std::string& answer) {
  return answer == "E_INSUFFICIENT_PREMIUM" || answer == "E_QUOTA";
}

}  // namespace

// SH-26, SX-27, SX-28, GX-15; the figures as in the files of the two provinces.
LedgerModel::Price LedgerModel::price_of(const Operation& asked, const std::string& family) const {
  const Human& human = humans_[static_cast<std::size_t>(asked.who)];
  const bool resident_premium = asked.purpose == "RESIDENT_PREMIUM" && asked.product.empty();
  const bool product = asked.purpose == "COMMERCIAL" && asked.product == "HUHUIBAO";
  if (family == "SH" && product) {
    if (asked.year < 2025 || asked.year > 2027) return {"E_PURPOSE", 0, true, true, false};
    return {"", 129'00, true, true, false};
  }
  if (!resident_premium) return {"E_PURPOSE", 0, false, false, false};
  const bool fits = human.scheme == "resident" || (human.scheme == "help" && family == "SH") ||
                    twisted(Twist::kPremiumForEmployees);
  std::map<int, Amount> prices{{2026, 400'00}};
  if (family == "SH") prices = {{2025, 365'00}, {2026, 380'00}, {2027, 400'00}};
  if (!fits || prices.count(asked.year) == 0) return {"E_PURPOSE", 0, false, false, false};
  const bool special =
      family == "SX" && std::find(std::begin(kSpecialGroups), std::end(kSpecialGroups),
                                  human.group) != std::end(kSpecialGroups);
  return {"", prices[asked.year], false, false, special};
}

const Order* LedgerModel::standing(const Operation& asked, const std::string& status) const {
  for (const Order& order : orders_)
    if (same(order, asked) && order.status == status) return &order;
  return nullptr;
}

// A new order takes the place of the unpaid one for the same thing.
void LedgerModel::place(const Operation& asked, int payer, const std::string& status,
                        const Price& price, std::vector<Piece> pieces) {
  for (Order& order : orders_)
    if (same(order, asked) && order.status != "paid") order.status = "gone";
  take(pieces);
  orders_.push_back({asked.who, payer, asked.purpose, asked.product, asked.year, status,
                     status == "paid" && price.insurer, std::move(pieces)});
}

std::string LedgerModel::contribute(const Operation& asked) {
  const bool bound = std::any_of(links_.begin(), links_.end(),
                                 [&](const Link& link) { return link.said.member == asked.who; });
  if (!bound) return by_holder(asked);
  const std::string answer = by_network(asked);
  const bool refused = answer.substr(0, 2) == "E_";
  if (!refused || short_of_money(answer)) return answer;
  const std::string bought = by_holder(asked);  // SH-44: beside family aid
  return bought.substr(0, 2) == "E_" ? answer : bought;
}

// The first of his funds that can; else why the first one cannot.
std::string LedgerModel::by_network(const Operation& asked) {
  std::string first;
  std::vector<Link> his;
  for (const Link& link : links_)
    if (link.said.member == asked.who) his.push_back(link);
  for (const Link& link : his) {
    const bool authoriser_of_others =
        networks_.count(asked.other) != 0 && link.organiser != asked.other;
    if (authoriser_of_others && his.size() > 1) continue;
    std::string answer = objection(link, asked.who, "PREMIUM").code;
    if (answer.empty())
      answer = judge_order(asked, networks_.at(link.organiser).family, link.organiser, &link);
    if (answer.substr(0, 2) != "E_") return answer;
    if (first.empty()) first = answer;
  }
  return first.empty() ? "E_FORBIDDEN" : first;
}

// SH-44: no network and no mode is asked.
std::string LedgerModel::by_holder(const Operation& asked) {
  const int holder = asked.other < 0 ? asked.who : asked.other;
  const std::string family = family_of(holder);
  const bool product = family == "SH" && asked.purpose == "COMMERCIAL" &&
                       asked.product == "HUHUIBAO" && !twisted(Twist::kNoOwnPurchase);
  const bool resident_premium = asked.purpose == "RESIDENT_PREMIUM" && asked.product.empty();
  if (!product && !resident_premium && !family.empty()) return "E_PURPOSE";
  if (!product) return holder == asked.who ? "E_NO_NETWORK" : "E_FORBIDDEN";
  if (humans_[static_cast<std::size_t>(holder)].account != "usable") return "E_ACCOUNT_UNUSABLE";
  return judge_order(asked, family, holder, nullptr);
}

std::string LedgerModel::judge_order(const Operation& asked, const std::string& family, int payer,
                                     const Link* link) {
  const Price price = price_of(asked, family);
  if (!price.refusal.empty()) return price.refusal;
  const bool member_may = family == "SH" || twisted(Twist::kMemberOrdersInShanxi);
  const bool may_order =
      asked.other < 0 || asked.other == payer || (asked.other == asked.who && member_may);
  if (!may_order) return "E_FORBIDDEN";
  if (standing(asked, "paid") != nullptr && !twisted(Twist::kPremiumTwice)) return "E_ALREADY_PAID";
  if (standing(asked, "pending") != nullptr) return "E_TAX_PENDING";
  const bool asks_tax = price.special && !twisted(Twist::kTaxSideForgotten);
  if (asks_tax && standing(asked, "confirmed") == nullptr) {
    place(asked, payer, "pending", price, {});
    return paid_text(orders_.back(), price.amount, link == nullptr);
  }
  const Human& holder = humans_[static_cast<std::size_t>(payer)];
  const Amount own = holder.scheme == "employee" ? holder.carryover : 0;
  const Amount available = link == nullptr ? own : shareable(payer, family);
  if (available < price.amount && !twisted(Twist::kPremiumInPart)) return "E_INSUFFICIENT_PREMIUM";
  const bool counted = link != nullptr && family == "SX" && !twisted(Twist::kPremiumWithoutQuota);
  if (counted && link->quota_left < price.amount) return "E_QUOTA";
  const Amount paid = std::min(available, price.amount);
  place(asked, payer, "paid", price,
        link == nullptr ? draw(payer, {false}, paid, 0) : draw_fund(*link, paid));
  return paid_text(orders_.back(), price.amount, link == nullptr);
}

std::string LedgerModel::hear_tax(const Operation& op) {
  Order& order = orders_.at(static_cast<std::size_t>(op.target));
  if (order.status == "gone") return "E_NOT_FOUND";
  if (order.status != "pending") return "nothing";
  order.status = op.accepted ? "confirmed" : "refused";
  return "ok";
}

std::string LedgerModel::hear_insurer(const Operation& op) {
  Order& order = orders_.at(static_cast<std::size_t>(op.target));
  if (order.status == "gone") return "E_NOT_FOUND";
  if (order.status != "paid" || !order.insurer_asked) return "nothing";
  order.insurer_asked = false;
  if (op.accepted) return "ok";
  order.status = "reversed";
  Amount all = 0;
  for (const Piece& piece : order.pieces) all += piece.amount;
  if (twisted(Twist::kInsurersRefusalKept)) return "back " + yuan_text(all) + " suspense 0.00";
  const Amount kept = give_back(order.pieces);
  return "back " + yuan_text(all - kept) + " suspense " + yuan_text(kept);
}

}  // namespace gongji::model
