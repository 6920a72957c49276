// One line of an import: a person, a network or a link becomes a command, or a refusal that names
// the wrong field (docs/rest.md).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/command.hpp"
#include "domain/event.hpp"
#include "domain/ids.hpp"
#include "domain/result.hpp"

namespace gongji::gateway::rest {

struct ImportLine {
  Command command;
  std::string canonical;         // what was sent, for the digest
  std::vector<KeyHash> aliases;  // persons: under which certno and card they are found
  std::vector<PersonId>
      persons;  // whom it names, each once: lines about one person keep their order
};

// `line` must be readable for kReadablePadding bytes beyond its end.
Result<ImportLine, Refusal> read_import_line(std::string_view line);

}  // namespace gongji::gateway::rest
