// Who lives in the simulated town, and the messages that tills, apps and agencies send about them:
// a few families of Shanghai (no quotas, years that roll) and of Shanxi (quotas, premiums).
#pragma once

#include <string>
#include <vector>

#include "ports/settlement_service.hpp"
#include "tests/simulation/scheduler/random.hpp"

namespace gongji::simulation {

class Town {
 public:
  explicit Town(Random& chance);

  [[nodiscard]] const std::vector<Person>& persons() const { return persons_; }

  // Requests as the gateway makes them, about somebody and something drawn by chance; `msgid` names
  // the message.
  Request settle(const std::string& msgid);
  Request settle_batch(const std::string& msgid);
  Request sell_goods(const std::string& msgid);
  Request register_visit(const std::string& msgid);
  Request credit(const std::string& msgid);
  Request debit(const std::string& msgid);
  Request change_family(const std::string& msgid);
  Request contribute(const std::string& msgid);
  Request roll(const std::string& msgid);
  Request refund_part(const std::string& msgid, const JournalRecord& settlement);
  Request ask_person();
  Request ask_quote();

 private:
  struct Family {
    std::string province;                // "SH"
    std::vector<std::string> employees;  // may organise
    std::vector<std::string> all;
  };
  void settle_in(const std::string& province, unsigned employees, unsigned residents);
  NewMember member(const Family& family, const std::string& id);
  Request in_place(Request request, const std::string& patient);
  const std::string& somebody();
  std::int64_t amount(std::int64_t most);

  Random& chance_;
  std::vector<Family> families_;
  std::vector<Person> persons_;
};

}  // namespace gongji::simulation
