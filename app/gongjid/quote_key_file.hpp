// The key that signs quote_id lives beside the journal, so that a quote given before a restart is
// still good after it.
#pragma once

#include <string>

#include "domain/result.hpp"
#include "gateway/wire/quote_id.hpp"

namespace gongji::app {

// Reads <data_dir>/quote.key, or makes it (readable by the owner only). The error is a sentence.
Result<gateway::wire::QuoteKey, std::string> load_quote_key(const std::string& data_dir);

}  // namespace gongji::app
