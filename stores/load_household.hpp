// A household's present state: its snapshot, if there is one, brought forward over its newer
// records. Shared by all stores. Pure apart from reading the journal; any thread.
#pragma once

#include <string_view>

#include "domain/record.hpp"
#include "domain/result.hpp"
#include "ports/journal_store.hpp"

namespace gongji::stores {

// `snapshot` = an encoded image or nothing; one that cannot be read is passed over, since the
// journal has everything. `newest` = the household's last record, none when it has no records.
// Walks back along `previous` and folds forward. An error: the journal contradicts itself.
Result<HouseholdImage, StoreError> load_household(const JournalStore& journal,
                                                  HouseholdId household, std::string_view snapshot,
                                                  Sequence newest);

// Is `image` to take the place of the encoded image `stored` (nothing = none yet)?
bool is_newer(const HouseholdImage& image, std::string_view stored);

}  // namespace gongji::stores
