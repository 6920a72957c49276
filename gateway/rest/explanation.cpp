#include "gateway/rest/explanation.hpp"

#include <algorithm>
#include <vector>

#include "gateway/json/json_writer.hpp"
#include "gateway/rest/reason_rules.hpp"
#include "gateway/rest/record_ids.hpp"
#include "gateway/rest/settlement_view.hpp"

namespace gongji::gateway::rest {
namespace {

using Rules = std::vector<std::string_view>;

struct Step {
  std::string_view name;  // "own", "family", "cash"
  Fen amount;
  std::string text;
  Rules rules;
};

// Everything an explanation looks at.
struct Case {
  const JournalRecord& record;
  const Settled& settled;
  const Profile* profile;  // null when it is not loaded any more

  [[nodiscard]] bool shanxi() const { return record.profile.id.starts_with("SX"); }
  [[nodiscard]] bool employee() const { return settled.card.scheme == Scheme::kEmployee; }
  [[nodiscard]] Fen paid_by_accounts() const {
    return sum_of(settled.own) + sum_of(settled.family);
  }
};

std::string yuan(Fen amount) { return to_yuan_text(amount) + "元"; }

// The rules of the place that decided; all of them where it has none of its own.
Rules rules_here(const Case& it, Reason reason) {
  const auto all = rules_of(reason);
  const std::string_view family = std::string_view{it.record.profile.id}.substr(0, 2);
  Rules here;
  std::copy_if(all.begin(), all.end(), std::back_inserter(here), [&](std::string_view rule) {
    return rule.starts_with(family) || rule.starts_with("GX");
  });
  return here.empty() ? Rules{all.begin(), all.end()} : here;
}

Step own_step(const Case& it) {
  const Fen amount = sum_of(it.settled.own);
  if (!it.employee())
    return {
        "own", amount, "本人没有个人账户，直接使用家庭共济资金", {it.shanxi() ? "SX-22" : "SH-25"}};
  return {"own", amount, "先用本人个人账户支付" + yuan(amount), {it.shanxi() ? "SX-22" : "SH-24"}};
}

Step family_step(const Case& it) {
  const Fen amount = sum_of(it.settled.family);
  const Reason reason = it.settled.zero_reason;
  if (reason != Reason::kNone)
    return {"family", amount, "未使用家庭共济资金：" + std::string{info(reason).text},
            rules_here(it, reason)};
  if (amount.is_zero()) return {"family", amount, "本次不需要家庭共济资金", {"GX-01"}};
  const bool all = it.settled.cash.is_zero();
  std::string text = "家庭共济资金支付" + yuan(amount);
  text += all ? "，足额" : "，为当时可用的全部共济资金";
  return {"family", amount, text,
          it.shanxi() ? Rules{"SX-05", "SX-10"} : Rules{"SH-08", "SH-10", "SH-23"}};
}

// To one of several whose accounts paid: what his paid.
Step own_share_step(const Case& it, const PersonId& owner) {
  Fen amount;
  for (const Leg& leg : it.settled.family)
    if (leg.owner == owner) amount += leg.amount;
  return {"family", amount, "从您的个人账户共济支付" + yuan(amount),
          it.shanxi() ? Rules{"SX-05", "SX-10"} : Rules{"SH-08", "SH-10"}};
}

Step cash_step(const Case& it) {
  const Fen amount = it.settled.cash;
  const std::string text = amount.is_zero() ? std::string{"个人账户已付清，无需现金"}
                                            : "其余" + yuan(amount) + "由本人现金支付";
  return {"cash", amount, text, {"GX-01"}};
}

void write_step(json::JsonWriter& out, const Step& step) {
  out.begin_object();
  out.text("step", step.name);
  out.money_text("amount", step.amount);
  out.text("text", step.text);
  out.begin_array("rules");
  for (const std::string_view rule : step.rules) out.text(rule);
  out.end_array();
  out.end_object();
}

// What others may still draw of an account: the profile's buckets above its floor.
Fen shareable_after(const Case& it, const BalanceAfter& balance) {
  Fen held;
  for (const Bucket bucket : it.profile->fund_buckets)
    held += bucket == Bucket::kCurrentYear ? balance.current_year : balance.carryover;
  return max(held - it.profile->floor_in(civil_date(it.record.at)), Fen{});
}

bool draws_on(const Settled& settled, const PersonId& owner) {
  return std::any_of(settled.family.begin(), settled.family.end(),
                     [&](const Leg& leg) { return leg.owner == owner; });
}

// A balance is its holder's (SH-37); of the fund a member hears only when the profile says so.
bool may_see_balance(const Case& it, const Call& call, const PersonId& holder) {
  if (!call.by_app() || holder.text() == call.acting_person) return true;
  return it.profile != nullptr && it.profile->fund_balance_shown_to_member &&
         draws_on(it.settled, holder);
}

void write_remained(json::JsonWriter& out, const Case& it, const Call& call) {
  out.begin_array("remained");
  for (const BalanceAfter& balance : it.record.balances) {
    if (!may_see_balance(it, call, balance.person)) continue;
    const bool own = !call.by_app() || balance.person.text() == call.acting_person;
    out.begin_object();
    out.text("psn_no", balance.person.text());
    if (own) out.money_text("current_year", balance.current_year);
    if (own) out.money_text("carryover", balance.carryover);
    if (it.profile != nullptr && draws_on(it.settled, balance.person))
      out.money_text("shareable", shareable_after(it, balance));
    out.end_object();
  }
  out.end_array();
}

}  // namespace

std::string explanation_json(const JournalRecord& record, const ProfileBook& profiles,
                             const Call& call) {
  const Case it{record, *record.event<Settled>(), profiles.by_id(record.profile.id)};
  const bool whole = sight_of_settlement(call, record) == Sight::kWhole;
  std::string body;
  json::JsonWriter out{body};
  out.begin_object();
  out.text("setl_id", settlement_id(record));
  out.text("decided_at", rfc3339(record.at));
  out.text("profile", record.profile.id);
  out.text("profile_hash", record.profile.hash);
  if (whole) out.money_text("bill", it.settled.bill);
  out.begin_array("steps");
  if (whole) write_step(out, own_step(it));
  write_step(out, whole ? family_step(it) : own_share_step(it, PersonId{call.acting_person}));
  if (whole) write_step(out, cash_step(it));
  out.end_array();
  write_remained(out, it, call);
  if (whole) out.money_text("would_have_passed", it.paid_by_accounts());
  out.text("next_step", to_text(info(it.settled.zero_reason).next_step));
  out.end_object();
  return body;
}

}  // namespace gongji::gateway::rest
