// A person as the core system describes him, with his account in whole fen per bucket. Lives in
// exactly one household; plain values, no behaviour beyond reading himself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

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

  // Residents and help-plan people have no account of their own (SH-25, SH-07).
  [[nodiscard]] bool has_account() const { return card.scheme == Scheme::kEmployee; }
  [[nodiscard]] Fen balance(Bucket bucket) const {
    return bucket == Bucket::kCurrentYear ? current_year : carryover;
  }
  [[nodiscard]] Fen& balance(Bucket bucket) {
    return bucket == Bucket::kCurrentYear ? current_year : carryover;
  }
  [[nodiscard]] Fen total() const { return current_year + carryover; }
  bool operator==(const Person&) const = default;
};

}  // namespace gongji
