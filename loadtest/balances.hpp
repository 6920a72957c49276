// Reads what accounts hold, through GET /v1/persons: before and after a run, for the audit.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/money.hpp"
#include "loadtest/client/address.hpp"
#include "loadtest/exchange_all.hpp"
#include "loadtest/population.hpp"

namespace gongji::loadtest {

struct AccountBalance {
  std::uint32_t account = 0;  // Population::account_holder
  std::optional<Fen> amount;  // nothing: could not be read
};

// At most `accounts_max` of them, evenly spread; all when there are no more.
std::vector<std::uint32_t> accounts_to_watch(const Population& population,
                                             std::uint64_t accounts_max);

struct BalancesRead {
  std::vector<AccountBalance> balances;  // in the order asked
  std::string first_problem;             // "" = all could be read
};

Result<BalancesRead, std::string> read_balances(const Address& http, const std::string& token,
                                                const Population& population,
                                                const std::vector<std::uint32_t>& accounts);

// The Σ of both buckets in a GET /v1/persons answer.
std::optional<Fen> balance_in(std::string_view person_json);

}  // namespace gongji::loadtest
