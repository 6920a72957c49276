// Reads one person from his household, answers the call with what `render` makes of him.
#pragma once

#include <functional>

#include "gateway/rest/backend.hpp"
#include "gateway/rest/call.hpp"

namespace gongji::gateway::rest {

// On the loop thread of the call. A person nobody knows is the caller's own fault (404) unless an
// app asks for somebody else: then his being unknown is not its business either (403).
void ask_person(Backend& backend, const CallPtr& call, const PersonId& person,
                std::function<Answer(const PersonFound& found)> render);
// The same for handlers that have more to do before they answer.
void with_person(Backend& backend, const CallPtr& call, const PersonId& person,
                 std::function<void(const PersonFound& found)> proceed);

// Journals that the caller looks at the person's account, then goes on (SH-37).
void note_view(Backend& backend, const CallPtr& call, const PersonId& person,
               std::function<void()> proceed);

}  // namespace gongji::gateway::rest
