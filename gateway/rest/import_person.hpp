// The person record of an import.
#pragma once

#include <string>
#include <vector>

#include "domain/event.hpp"
#include "domain/result.hpp"
#include "gateway/json/json_document.hpp"

namespace gongji::gateway::rest {

struct ImportedPerson {
  Person person;
  std::string canonical;
  std::vector<KeyHash> aliases;
};

Result<ImportedPerson, Refusal> read_imported_person(const json::JsonNode& line);

}  // namespace gongji::gateway::rest
