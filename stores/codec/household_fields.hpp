// How persons, networks and households lie on disk (see codec/fields.hpp for the words used).
#pragma once

#include "domain/household.hpp"
#include "stores/codec/fields.hpp"

namespace gongji::stores {

void describe(auto& fields, Is<DateWindow> auto& window) {
  auto& [from, to] = window;
  fields.bits(from, to);
  fields.if_present(from);
  fields.if_present(to);
}

void describe(auto& fields, Is<PersonCard> auto& card) {
  auto& [psn_name, psn_cert_type, certno, card_no, psn_type, gender, birth_date, scheme, area] =
      card;
  fields(psn_name, psn_cert_type, certno, card_no, psn_type, gender, birth_date, scheme, area);
}

void describe(auto& fields, Is<YearMoney> auto& money) {
  auto& [year, amount] = money;
  fields(year, amount);
}

void describe(auto& fields, Is<Person> auto& person) {
  auto& [id, card, status, account_state, duplicate_insurance, main_account,
         duplicate_attempts_exceeded, special_group, current_year, carryover, year_money,
         rolled_year] = person;
  fields.bits(duplicate_insurance, duplicate_attempts_exceeded);
  fields(id, card, status, account_state, main_account, special_group, current_year, carryover,
         year_money, rolled_year);
}

void describe(auto& fields, Is<Link> auto& link) {
  auto& [id, member, relation, quota, quota_left, window, bound_at, organiser_area, member_area,
         modes] = link;
  fields.bits(quota);
  fields(id, member, relation);
  fields.if_present(quota);
  fields(quota_left, window, bound_at, organiser_area, member_area, modes);
}

void describe(auto& fields, Is<Network> auto& network) {
  auto& [organiser, family, modes_confirmed, modes, links] = network;
  fields.bits(modes_confirmed);
  fields(organiser, family, modes, links);
}

void describe(auto& fields, Is<ReversalMark> auto& mark) {
  auto& [original, kind, patient] = mark;
  fields(original, kind, patient);
}

void describe(auto& fields, Is<Leg> auto& leg) {
  auto& [owner, bucket, amount, link, year] = leg;
  fields(owner, bucket, amount, link, year);
}

void describe(auto& fields, Is<Contribution> auto& order) {
  auto& [id, person, payer, purpose, product, year, amount, status, own_purchase, awaits_insurer,
         legs] = order;
  fields.bits(own_purchase, awaits_insurer);
  fields(id, person, payer, purpose, product, year, amount, status, legs);
}

void describe(auto& fields, Is<SuspenseEntry> auto& entry) {
  auto& [owner, amount, original, order] = entry;
  fields(owner, amount, original, order);
}

void describe(auto& fields, Is<Review> auto& review) {
  auto& [settlement, link, person, note] = review;
  fields(settlement, link, person, note);
}

void describe(auto& fields, Is<Household> auto& household) {
  auto& [id, persons, networks, reversals, links_made, moved_to, contributions, orders_made,
         suspense, reviews] = household;
  fields(id, persons, networks, reversals, links_made, moved_to, contributions, orders_made,
         suspense, reviews);
}

}  // namespace gongji::stores
