#include "stores/load_household.hpp"

#include <vector>

#include "stores/codec/household_codec.hpp"

namespace gongji::stores {
namespace {

StoreError contradiction(HouseholdId household, Sequence at, const std::string& what) {
  return {"journal, record " + std::to_string(at.number()) + " of household " +
          std::to_string(household.number()) + ": " + what};
}

HouseholdImage starting_image(HouseholdId household, std::string_view snapshot) {
  if (!snapshot.empty())
    if (auto image = decode_image(snapshot); image && image->state.id == household)
      return std::move(image).value();
  HouseholdImage nothing;
  nothing.state.id = household;
  return nothing;
}

// Newest first, down to the one after `until`.
Result<std::vector<RecordPtr>, StoreError> records_back(const JournalStore& journal,
                                                        HouseholdId household, Sequence newest,
                                                        Sequence until) {
  std::vector<RecordPtr> records;
  for (Sequence at = newest; at > until;) {
    auto record = journal.read(at);
    if (!record) return std::move(record).error();
    if ((*record)->household != household)
      return contradiction(household, at, "belongs to another household");
    if ((*record)->previous >= at) return contradiction(household, at, "follows a later record");
    at = (*record)->previous;
    records.push_back(std::move(record).value());
  }
  return records;
}

}  // namespace

Result<HouseholdImage, StoreError> load_household(const JournalStore& journal,
                                                  HouseholdId household, std::string_view snapshot,
                                                  Sequence newest) {
  HouseholdImage image = starting_image(household, snapshot);
  if (image.last_sequence > journal.head().durable)
    return contradiction(household, image.last_sequence, "is in a snapshot but not in the journal");
  auto records = records_back(journal, household, newest, image.last_sequence);
  if (!records) return std::move(records).error();
  for (auto each = records->rbegin(); each != records->rend(); ++each) {
    auto folded = fold(std::move(image), **each);
    if (!folded) return contradiction(household, (*each)->sequence, folded.error());
    image = std::move(folded).value();
  }
  return image;
}

bool is_newer(const HouseholdImage& image, std::string_view stored) {
  if (stored.empty()) return true;
  const auto sequence = peek_image_sequence(stored);
  return !sequence || *sequence < image.last_sequence;
}

}  // namespace gongji::stores
