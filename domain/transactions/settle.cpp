#include "domain/transactions/settle.hpp"

#include "domain/transactions/family_funds.hpp"

namespace gongji {
namespace {

// SH-31, SX-22, SX-39: the one case in which even a medical settlement is refused.
bool own_card(const Certificate& certificate, const PersonCard& card) {
  if (certificate.type == "02") return certificate.number == card.certno;
  if (certificate.type == "03") return card.card_no.empty() || certificate.number == card.card_no;
  return true;  // 01: a token verified elsewhere
}

// As the patient stands after the core's own step, which comes first.
Person without(Person patient, Fen current_year_taken) {
  patient.take_current_year({0, current_year_taken});
  return patient;
}

// SH-24, SX-22: own money first, bucket by bucket; residents have none (SH-25).
std::vector<Leg> draw_own(const Person& patient, const Profile& profile, Fen wanted,
                          Fen current_year_taken) {
  std::vector<Leg> legs;
  if (!patient.has_account() || patient.account_state != AccountState::kUsable) return legs;
  for (const Bucket bucket : profile.own_buckets) {
    const Fen taken = bucket == Bucket::kCurrentYear ? current_year_taken : Fen{};
    const Fen part = min(wanted, patient.balance(bucket) - taken);
    if (!part.is_positive()) continue;
    draw_bucket(legs, taken.is_zero() ? patient : without(patient, taken), bucket, part, LinkId{});
    wanted -= part;
  }
  return legs;
}

Refusal contradiction(const BillParts& parts, Fen bill) {
  return {Reason::kIdentity,
          "个人账户可支付额 = medfee_sumamt " + to_yuan_text(parts.medfee_sum) +
              " − fund_pay_sumamt " + to_yuan_text(parts.fund_pay_sum) + " − hosp_part_amt " +
              to_yuan_text(parts.hospital_part) + " − fulamt_ownpay_amt " +
              to_yuan_text(parts.full_own_pay) + " − cur_acct_pay " +
              to_yuan_text(parts.current_year_taken) + " = " + to_yuan_text(bill) + " < 0.00",
          {},
          {}};
}

Refusal current_year_short(const Person& patient, Fen wanted) {
  return {Reason::kField,
          "cur_acct_pay " + to_yuan_text(wanted) + " 超过当年账户余额 " +
              to_yuan_text(patient.current_year),
          {},
          {}};
}

void set_flags(Settled& settled, const Profile& profile, Channel channel) {
  if (settled.family.empty()) return;
  settled.counts_relief = profile.counts_relief;                   // SH-27
  settled.counts_deductible = profile.counts_deductible(channel);  // SH-29
}

// Own money first; then, unless declined (GX-10) or the patient is the organiser himself (SH-40),
// the family's.
void divide(Settled& settled, const Household& household, const Person& patient,
            const SettleCommand& command, const Profile& profile, const Context& context) {
  Fen rest = settled.bill;
  if (command.use_account) {
    settled.own = draw_own(patient, profile, rest, settled.current_year_taken);
    rest -= sum_of(settled.own);
  }
  const bool family_asked = command.use_account && command.use_family && rest.is_positive();
  if (family_asked) {
    FamilyShare share = draw_family_share(household, patient, command.place, rest, context);
    settled.family = std::move(share.legs);
    const bool own_fund =
        share.reason == Reason::kNoNetwork && is_organiser(household, patient.id, context);
    settled.zero_reason = own_fund ? Reason::kNone : share.reason;
    rest -= sum_of(settled.family);
  }
  settled.cash = rest;
}

}  // namespace

Fen payable_by_accounts(const BillParts& parts, const Profile& profile, Channel channel,
                        CivilDate day) {
  Fen payable = parts.person_part() - parts.current_year_taken;
  if (profile.account_pays == AccountPays::kAllPersonal) return payable;
  payable -= parts.full_own_pay;
  Fen allowed;  // SH-30: dated list of items, pharmacies only
  for (const OwnPayLine& line : parts.own_pay_lines)
    if (channel == Channel::kPharmacy && profile.item_allowed(line.med_list_codg, day))
      allowed += line.amount;
  return payable + min(allowed, parts.full_own_pay);
}

Result<Settled, Refusal> would_settle(const Household& household, const SettleCommand& command,
                                      const Context& context) {
  const Person* patient = household.find(command.patient);
  if (patient == nullptr) return Refusal{Reason::kNoPerson, command.patient.text(), {}, {}};
  if (!own_card(command.certificate, patient->card))
    return Refusal{Reason::kNotOwnCard, "mdtrt_cert_no", {}, {}};
  const Profile& profile = governing_profile(household, patient->id, context);
  const Fen bill =
      payable_by_accounts(command.parts, profile, command.place.channel, civil_date(context.at));
  if (bill.is_negative()) return contradiction(command.parts, bill);
  if (command.parts.current_year_taken > patient->current_year)
    return current_year_short(*patient, command.parts.current_year_taken);

  Settled settled;
  settled.patient = patient->id;
  settled.card = patient->card;
  settled.bill = bill;
  settled.current_year_taken = command.parts.current_year_taken;
  settled.taken_by_year = patient->current_year_for(settled.current_year_taken);
  divide(settled, household, *patient, command, profile, context);
  set_flags(settled, profile, command.place.channel);
  if (settled.split().sum() != bill) std::abort();  // GX-01
  return settled;
}

Decision decide_settle(const Household& household, const SettleCommand& command,
                       const Context& context) {
  Result<Settled, Refusal> settled = would_settle(household, command, context);
  if (!settled) return settled.error();
  if (!command.quoted || *command.quoted == settled->split())
    return Events{std::move(settled).value()};
  const Profile& profile = governing_profile(household, command.patient, context);
  if (profile.on_quote_change == OnQuoteChange::kStale)  // GX-03
    return Refusal{Reason::kQuoteStale, "", settled->split(), {}};
  return Events{std::move(settled).value()};
}

}  // namespace gongji
