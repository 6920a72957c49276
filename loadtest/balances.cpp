#include "loadtest/balances.hpp"

#include <algorithm>

#include "loadtest/answer.hpp"

namespace gongji::loadtest {
namespace {

class BalanceTraffic final : public Traffic {
 public:
  BalanceTraffic(std::string token, const Population& population,
                 const std::vector<std::uint32_t>& accounts)
      : headers_("Authorization: Bearer " + token + "\r\nAccept: application/json\r\n"),
        population_(population) {
    for (const std::uint32_t account : accounts) read_.balances.push_back({account, std::nullopt});
  }

  bool next(PendingCall& call, OutgoingMessage& message) override {
    if (next_ == read_.balances.size()) return false;
    call.kind = CallKind::kBalance;
    call.number = next_++;
    // Lives until the next call; the message is written out before that.
    target_ = "/v1/persons/" +
              person_number(population_.account_holder(read_.balances[call.number].account));
    message.method = "GET";
    message.target = target_;
    message.headers = headers_;
    return true;
  }

  void answered(const PendingCall& call, const IncomingAnswer& answer, TimePoint) override {
    AccountBalance& balance = read_.balances[call.number];
    if (answer.http_status == 200) balance.amount = balance_in(answer.body);
    if (!balance.amount)
      complain(call, "HTTP " + std::to_string(answer.http_status) + " " +
                         std::string{answer.body.substr(0, 200)});
  }
  void lost(const PendingCall& call, TimePoint) override { complain(call, "no answer"); }

  BalancesRead take() { return std::move(read_); }

 private:
  void complain(const PendingCall& call, const std::string& what) {
    if (!read_.first_problem.empty()) return;
    const PersonRef holder = population_.account_holder(read_.balances[call.number].account);
    read_.first_problem = "GET /v1/persons/" + person_number(holder) + ": " + what;
  }

  std::string headers_;
  std::string target_;
  Population population_;
  BalancesRead read_;
  std::size_t next_ = 0;
};

}  // namespace

std::vector<std::uint32_t> accounts_to_watch(const Population& population,
                                             std::uint64_t accounts_max) {
  std::vector<std::uint32_t> with_account;
  const std::uint64_t all = population.accounts();
  const std::uint64_t stride = std::max<std::uint64_t>(
      1, (all + accounts_max - 1) / std::max<std::uint64_t>(accounts_max, 1));
  for (std::uint64_t account = 0; account < all; account += stride) {
    const auto number = static_cast<std::uint32_t>(account);
    if (has_account(population.account_holder(number))) with_account.push_back(number);
  }
  return with_account;
}

std::optional<Fen> balance_in(std::string_view person_json) {
  const auto current_year = find_amount(person_json, "\"current_year\"");
  const auto carryover = find_amount(person_json, "\"carryover\"");
  if (!current_year || !carryover) return std::nullopt;
  return *current_year + *carryover;
}

Result<BalancesRead, std::string> read_balances(const Address& http, const std::string& token,
                                                const Population& population,
                                                const std::vector<std::uint32_t>& accounts) {
  BalanceTraffic traffic{token, population, accounts};
  if (auto done = exchange_all({.address = http}, traffic); !done) return done.error();
  return traffic.take();
}

}  // namespace gongji::loadtest
