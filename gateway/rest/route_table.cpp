#include "gateway/rest/route_table.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "gateway/rest/account_handlers.hpp"
#include "gateway/rest/certificate_handlers.hpp"
#include "gateway/rest/contribution_handlers.hpp"
#include "gateway/rest/feed_handlers.hpp"
#include "gateway/rest/import_handler.hpp"
#include "gateway/rest/network_handlers.hpp"
#include "gateway/rest/openapi_document.hpp"
#include "gateway/rest/person_handlers.hpp"
#include "gateway/rest/settlement_handlers.hpp"

namespace gongji::gateway::rest {
namespace {

constexpr Roles kEverybody{true, true, true};
constexpr Roles kAppAndAgency{true, true, false};
constexpr Roles kAgency{false, true, false};
constexpr Roles kAgencyAndAuditor{false, true, true};

using enum Use;

constexpr std::array kRoutes{
    Route{"POST", "/v1/import", kAgency, kImport, import_lines},
    Route{"POST", "/v1/networks", kAppAndAgency, kWrite, form_network},
    Route{"GET", "/v1/networks/{organizer}", kEverybody, kRead, get_network},
    Route{"DELETE", "/v1/networks/{organizer}", kAppAndAgency, kWrite, disband_network},
    Route{"PUT", "/v1/networks/{organizer}/modes", kAppAndAgency, kWrite, put_modes},
    Route{"POST", "/v1/networks/{organizer}/members", kAppAndAgency, kWrite, bind_member},
    Route{"PATCH", "/v1/networks/{organizer}/members/{psn_no}", kAppAndAgency, kWrite,
          correct_relation},
    Route{"DELETE", "/v1/networks/{organizer}/members/{psn_no}", kAppAndAgency, kWrite,
          unbind_member},
    Route{"POST", "/v1/networks/{organizer}/members/{psn_no}/rebind", kAppAndAgency, kWrite,
          rebind_member},
    Route{"GET", "/v1/networks/{organizer}/payments", kEverybody, kRead, list_network_payments},
    Route{"GET", "/v1/networks/{organizer}/contributions", kEverybody, kRead,
          list_network_contributions},
    Route{"GET", "/v1/persons/{psn_no}", kEverybody, kRead, get_person},
    Route{"PATCH", "/v1/persons/{psn_no}", kAgency, kWrite, patch_person},
    Route{"POST", "/v1/persons/{psn_no}/leave", kAppAndAgency, kWrite, leave_networks},
    Route{"GET", "/v1/persons/{psn_no}/payments", kEverybody, kRead, list_person_payments},
    Route{"GET", "/v1/persons/{psn_no}/contributions", kEverybody, kRead,
          list_person_contributions},
    Route{"POST", "/v1/accounts/roll", kAgency, kWrite, roll_accounts},
    Route{"GET", "/v1/accounts/roll", kAgencyAndAuditor, kRead, get_roll},
    Route{"POST", "/v1/accounts/{psn_no}/credits", kAgency, kWrite, credit_account},
    Route{"POST", "/v1/accounts/{psn_no}/debits", kAgency, kWrite, debit_account},
    Route{"POST", "/v1/accounts/{psn_no}/transfer-out", kAgency, kWrite, transfer_out},
    Route{"POST", "/v1/contributions", kAppAndAgency, kWrite, order_contribution},
    Route{"GET", "/v1/contributions/{id}", kEverybody, kRead, get_contribution},
    Route{"POST", "/v1/contributions/{id}/tax-confirmation", kAgency, kWrite, confirm_tax},
    Route{"GET", "/v1/contributions/{id}/certificate", kEverybody, kRead, get_certificate},
    Route{"GET", "/v1/certificates/{code}", kEverybody, kRead, verify_certificate},
    Route{"GET", "/v1/suspense", kAgencyAndAuditor, kRead, get_suspense},
    Route{"GET", "/v1/settlements/{setl_id}", kEverybody, kRead, get_settlement},
    Route{"GET", "/v1/settlements/{setl_id}/explanation", kEverybody, kRead, get_explanation},
    Route{"POST", "/v1/settlements/{setl_id}/partial-refund", kAgency, kWrite, refund_partially},
    Route{"GET", "/v1/reviews", kAgencyAndAuditor, kRead, get_reviews},
    Route{"POST", "/v1/reviews", kAgency, kWrite, mark_review},
    Route{"GET", "/v1/events", kAgencyAndAuditor, kRead, get_events},
    Route{"GET", "/v1/openapi.json", kEverybody, kPublic, get_openapi},
};

// The segments of a path between its slashes.
std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    segments.push_back(segment);
    path.remove_prefix(segment.size());
  }
  return segments;
}

std::optional<std::vector<std::string>> ids_in(std::string_view path,
                                               const std::vector<std::string>& segments) {
  const auto slashes = static_cast<std::size_t>(std::count(path.begin(), path.end(), '/'));
  if (slashes != segments.size()) return std::nullopt;
  const std::vector<std::string_view> parts = split(path);
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].starts_with('{')) {
      ids.push_back(segments[i]);
    } else if (parts[i] != segments[i]) {
      return std::nullopt;
    }
  }
  return ids;
}

}  // namespace

bool Roles::allow(Role role) const {
  switch (role) {
    case Role::kApp: return app;
    case Role::kAgency: return agency;
    case Role::kAuditor: return auditor;
  }
  std::abort();
}

std::span<const Route> routes() { return kRoutes; }

RouteMatch match_route(std::string_view method, const std::vector<std::string>& segments) {
  RouteMatch match;
  for (const Route& route : kRoutes) {
    auto ids = ids_in(route.path, segments);
    if (!ids) continue;
    if (route.method == method) return {&route, *std::move(ids), {}};
    match.allowed += (match.allowed.empty() ? "" : ", ") + std::string{route.method};
  }
  return match;
}

}  // namespace gongji::gateway::rest
