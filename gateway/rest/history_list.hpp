// Lists made from a person's history, newest first, and who may read those of a network.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "gateway/rest/backend.hpp"
#include "gateway/rest/call.hpp"
#include "gateway/rest/record_names.hpp"

namespace gongji::gateway::rest {

// One line of the list, or nothing when the record is none of the caller's business.
using ToItem = std::function<std::optional<std::string>(const JournalRecord& record)>;
using ToNamedItem = std::function<std::optional<std::string>(const JournalRecord& record,
                                                             const RecordNames& names)>;

// Answers with one page. `list` marks the cursors as this list's own.
void list_history(Backend& backend, const CallPtr& call, const PersonId& person, char list,
                  ToItem to_item);
// The same for lines that name the earlier records they speak of.
void list_named_history(Backend& backend, const CallPtr& call, const PersonId& person, char list,
                        ToNamedItem to_item);

// Whoever may read about the network of call->ids[0]: `only` is none for those who see all of it,
// else the member who sees what concerns himself. Others are answered 403.
void with_network_reader(Backend& backend, const CallPtr& call,
                         std::function<void(const PersonId& only)> proceed);

}  // namespace gongji::gateway::rest
