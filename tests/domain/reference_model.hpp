// The split of a bill once more, as a clerk would work it out from docs/rules.md with a pencil:
// plain numbers in fen, the provinces' figures written out, nothing taken from domain/. Slow and
// literal on purpose; the product is compared with it on random cases.
#pragma once

#include <string>
#include <vector>

namespace gongji::reference {

using Amount = long long;  // fen

struct Fund {
  Amount current_year = 0;
  Amount carryover = 0;
  bool account_usable = true;
  int status = 1;            // of the organiser: 1 normal, 2 suspended, 4 ended
  std::string main_account;  // "" = no duplicate insurance, else none, right or wrong
  bool modes_confirmed = true;
  bool pay_mode = true;
  Amount quota_left = 0;  // Shanxi only
  int from_day = 0;       // Shanxi only; both days included
  int to_day = 0;
  bool place_changed = false;
};

struct Situation {
  std::string province;  // Shanghai, Shanxi, Beijing
  int today = 0;

  std::string scheme;  // employee, resident, help
  bool insured_here = true;
  int status = 1;
  std::string main_account;
  bool account_usable = true;
  Amount current_year = 0;
  Amount carryover = 0;
  bool organises = false;

  Amount patient_part = 0;  // of the whole bill, after pooled fund and hospital
  Amount own_pay = 0;       // outside the scope
  Amount listed = 0;        // of that, items on Shanghai's list
  Amount taken = 0;         // current-year money the core took already
  bool pharmacy = false;
  bool designated = true;
  bool place_inside = true;
  bool use_account = true;
  bool use_family = true;

  std::vector<Fund> funds;  // in the order of registration
};

struct Verdict {
  bool refused = false;
  std::string reason;  // of the refusal, or why no family money; "?" where the rules do not say
  Amount own = 0;
  std::vector<Amount> from_fund;  // one for each fund
  Amount cash = 0;                // of the bill
};

Verdict judge(const Situation& situation);

}  // namespace gongji::reference
