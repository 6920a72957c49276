// The secret that check codes are made with, kept in a file of 32 bytes that only its owner may
// read. Losing it makes every code given out so far unverifiable, so it belongs into the backup.
#pragma once

#include <string>

#include "domain/result.hpp"
#include "gateway/certificate/check_code.hpp"

namespace gongji::gateway::certificate {

// Reads the key, or makes it when there is no file: mode 0600, from the system's random source,
// durable before it is used, and never half there after a crash. A file of another size or one that
// others may read is refused. The error is a sentence that says what to do. Blocks on the disk.
Result<CertificateKey, std::string> load_or_create_key(const std::string& path);

}  // namespace gongji::gateway::certificate
