// The register of designated hospitals and pharmacies from [[institution]] tables (keys:
// docs/configuration.md). Secrets never appear in an error text.
#pragma once

#include <filesystem>

#include "config/config_error.hpp"
#include "domain/result.hpp"
#include "ports/institutions.hpp"

namespace gongji::config {

// Who can reach the business listeners. An institution with auth = "none" is nobody's proof of
// anything, so it is refused unless only this machine can connect.
enum class Reach { kLoopbackOnly, kNetwork };

// `client_certificates`: the listeners ask for them, so that an institution can have auth = "mtls".
Result<InstitutionRegister, ConfigError> load_institutions(const std::filesystem::path& file,
                                                           Reach reach,
                                                           bool client_certificates = true);

}  // namespace gongji::config
