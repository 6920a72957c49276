// The certificate as JSON, field names as in docs/rest.md. The payer's name and the certificate
// number are masked here as on the sheet: whoever may fetch a certificate may also pass it on.
#pragma once

#include <string>

#include "gateway/certificate/certificate.hpp"

namespace gongji::gateway::certificate {

std::string certificate_json(const CertificateData& data);

// "paid" or "reversed", as /v1 calls the status of a contribution.
std::string_view to_text(CertificateStatus status);

}  // namespace gongji::gateway::certificate
