// The product under the same operations as the reference model: turns each into a command, runs it
// in the books and tells the outcome in the words of the model.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/domain/rules/model/ledger_model.hpp"
#include "tests/domain/support/books.hpp"

namespace gongji::model {

// The command an operation stands for; `posted` and `ordered` say where its target lies.
struct Place {
  Sequence settled;
  Sequence cancelled;
  PersonId patient;
};
struct OrderPlace {
  Sequence ordered;
  PersonId payer;
};

PersonId person_named(int number);
Instant moment_of(int day, int tick);
Person person_of(const CastMember& member, int number);
Command command_of(const Operation& operation, const std::vector<Place>& settlements,
                   const std::vector<OrderPlace>& orders);
std::string outcome_of(const JournalRecord& record);

class Product {
 public:
  Product(const Cast& cast, const ProfileBook& profiles);

  std::string run(const Operation& operation);
  // "" when everybody of that neighbourhood has what the model says, else the first difference.
  [[nodiscard]] std::string differs_from(const LedgerModel& model,
                                         const std::vector<int>& whom) const;

 private:
  void remember(const Operation& operation, const JournalRecord& record);

  test::Books books_;
  std::vector<Place> settlements_;
  std::vector<OrderPlace> orders_;
  int tick_ = 0;
};

}  // namespace gongji::model
