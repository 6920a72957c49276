// A person as the core system describes him, with his account in whole fen per bucket. Lives in
// exactly one household; plain values, no behaviour beyond reading himself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/ids.hpp"
#include "domain/money.hpp"
#include "domain/profile.hpp"
#include "domain/time.hpp"

namespace gongji {

enum class InsuredStatus : std::uint8_t { kNormal = 1, kSuspended = 2, kEnded = 4 };
enum class AccountState : std::uint8_t { kUsable, kFrozen, kClosed };
// Which of several insurance relations was chosen as the main one (SX-19, SX-20).
enum class MainAccount : std::uint8_t { kNone, kRight, kWrong };

// What the answers show of a person; journaled with every settlement so that a replayed answer is
// the first one even after the person's data changed.
struct PersonCard {
  std::string psn_name;
  std::string psn_cert_type = "01";
  std::string certno;
  std::string card_no;  // social-security card; "" = none on file
  std::string psn_type;
  std::string gender;      // "" = derive from certno
  std::string birth_date;  // "1990-01-01" or ""
  Scheme scheme = Scheme::kResident;
  std::string area;  // insuplc_admdvs, where he is insured
  bool operator==(const PersonCard&) const = default;
};

// Current-year money by the insurance year it was credited in, named by the year of its closing day
// (SH-35: 2027 = 1 July 2026 to 30 June 2027).
struct YearMoney {
  int year = 0;
  Fen amount;
  bool operator==(const YearMoney&) const = default;
};

struct Person {
  PersonId id;
  PersonCard card;
  InsuredStatus status = InsuredStatus::kNormal;
  AccountState account_state = AccountState::kUsable;
  bool duplicate_insurance = false;
  MainAccount main_account = MainAccount::kNone;
  bool duplicate_attempts_exceeded = false;  // SX-21: the agency must help
  std::string special_group;                 // SX-32, "" = none
  Fen current_year;
  Fen carryover;
  // The part of `current_year` whose year is known, oldest first; the rest is older than all of it
  // and goes with the next roll whatever its year.
  std::vector<YearMoney> year_money;
  int rolled_year = 0;  // the last year-end roll posted (SH-36); 0 = none yet

  // Residents and help-plan people have no account of their own (SH-25, SH-07).
  [[nodiscard]] bool has_account() const { return card.scheme == Scheme::kEmployee; }
  [[nodiscard]] Fen balance(Bucket bucket) const {
    return bucket == Bucket::kCurrentYear ? current_year : carryover;
  }
  [[nodiscard]] Fen& balance(Bucket bucket) {
    return bucket == Bucket::kCurrentYear ? current_year : carryover;
  }
  [[nodiscard]] Fen total() const { return current_year + carryover; }

  // Current-year money as it would be taken, oldest first. Year n of undated money = the next
  // roll's.
  [[nodiscard]] std::vector<YearMoney> current_year_for(Fen amount) const;
  // Of one year; undated money is the next roll's.
  [[nodiscard]] Fen current_year_of(int year) const;
  // What a roll of `year` moves: everything not credited after that year (SH-36).
  [[nodiscard]] Fen rolls_in(int year) const;
  void add_current_year(YearMoney money);
  void take_current_year(YearMoney money);  // year 0: oldest first
  void roll(int year);
  bool operator==(const Person&) const = default;
};

}  // namespace gongji
