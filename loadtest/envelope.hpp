// The messages themselves: national envelopes with a few holes, filled by copying pieces. A message
// costs well under a microsecond, so that the load comes from the gateway and not from us.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/money.hpp"
#include "loadtest/population.hpp"

namespace gongji::loadtest {

// A text with holes written as $name$, cut into pieces once.
class EnvelopeTemplate {
 public:
  enum Hole : std::uint8_t {
    kMsgid,
    kTime,
    kPerson,
    kCertificate,
    kInsurance,
    kArea,
    kAmount,
    kFund,
    kInScope,
    kVisit,
    kOriginalMsgid,
    kOriginalInfno,
    kHoles
  };
  using Values = std::array<std::string_view, kHoles>;

  explicit EnvelopeTemplate(std::string_view text);  // an unknown name ends the program
  void append(std::string& out, const Values& values) const;

 private:
  struct Piece {
    std::string text;
    Hole hole;
  };
  std::vector<Piece> pieces_;
  std::string tail_;
};

struct Sender {
  std::string institution;  // fixmedins_code
  std::string area;         // where care is given
  std::string run_tag;      // 8 characters that no other run has: keeps message ids unique for good
};

// What a settlement or quote is about.
struct Purchase {
  PersonRef patient;
  Fen amount;
  Fen pooled;  // fund_pay_sumamt; hospital visits only
};

// The infno a settlement of this institution travels under: 2207 for hospitals (H…), else 2102.
class Envelopes {
 public:
  explicit Envelopes(Sender sender);

  void append_sign_in(std::string& out) const;  // 9001, first on every TCP connection
  void append_settlement(std::string& out, std::uint64_t number, const Purchase& purchase) const;
  void append_quote(std::string& out, std::uint64_t number, const Purchase& purchase) const;
  void append_person_query(std::string& out, std::uint64_t number, PersonRef person) const;  // 1101
  // 2602: what became of settlement `original`?
  void append_message_query(std::string& out, std::uint64_t number, std::uint64_t original,
                            PersonRef patient) const;

  [[nodiscard]] std::string msgid(std::uint64_t number) const;  // always 30 characters
  [[nodiscard]] std::string_view settlement_infno() const { return is_hospital_ ? "2207" : "2102"; }
  [[nodiscard]] std::string_view quote_infno() const { return is_hospital_ ? "2206" : "2101"; }
  void set_time(std::string civil_time) { time_ = std::move(civil_time); }  // "2026-11-22 10:15:30"

 private:
  void append_purchase(const EnvelopeTemplate& form, std::string& out, std::uint64_t number,
                       const Purchase& purchase) const;

  Sender sender_;
  bool is_hospital_;
  std::string msgid_front_;
  std::string time_;
  EnvelopeTemplate settlement_, quote_, person_query_, message_query_;
};

// Eight characters from a clock reading in milliseconds.
std::string make_run_tag(std::uint64_t milliseconds);

}  // namespace gongji::loadtest
