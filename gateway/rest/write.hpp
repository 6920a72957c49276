// A write of /v1 on its way: the command, known by its idempotency key, goes to the service; the
// answer is rendered from the durable record alone, so that the same key gets the same bytes again
// (docs/rest.md, "The same key again").
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "domain/command.hpp"
#include "domain/record.hpp"
#include "gateway/rest/backend.hpp"
#include "gateway/rest/body_reader.hpp"
#include "gateway/rest/call.hpp"

namespace gongji::gateway::rest {

// Makes the answer to an applied command; it may look at the record and at nothing that changes.
using RecordRenderer = std::function<Answer(const JournalRecord& record)>;

struct Write {
  Command command;
  std::string canonical;  // of the body
  RecordRenderer render;
  std::optional<KeyHash> business_hash = {};   // the fact that may be applied only once
  std::function<Answer()> nothing_to_do = {};  // for commands that may leave no record
};

// Whether the key is free, which is then the call's until its answer; when it is not, the call was
// answered (409).
[[nodiscard]] bool take_key(Backend& backend, Call& call);

// Takes the key and submits. Answers the call exactly once.
void submit_write(Backend& backend, const CallPtr& call, Write write);
// The same for who holds the key already, because he had to look something up first.
void submit_keyed_write(Backend& backend, const CallPtr& call, Write write);

// 400 with every fault of the body; false when there is none.
[[nodiscard]] bool answer_faults(const BodyReader& body, Call& call);

}  // namespace gongji::gateway::rest
