// Which series there are: the label values of every metric, and the small fixed tables that turn
// what the program says into them. Bounded by construction: a label never carries a person, a
// message id or free text.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "domain/profile.hpp"
#include "domain/reason.hpp"
#include "ports/metrics.hpp"

namespace gongji::monitoring {

// infno label; the last one stands for every number that is not listed.
constexpr std::array<std::string_view, 26> kInfnos{
    "1101", "2101", "2102", "2103", "2201", "2202", "2203", "2203A", "2204",
    "2205", "2206", "2207", "2208", "2303", "2304", "2305", "2601",  "2602",
    "3201", "3202", "5203", "9001", "9002", "9101", "9102", "other"};
std::size_t infno_index(std::string_view infno);

// HTTP status label; the last one stands for every status that is not listed.
constexpr std::array<int, 24> kStatuses{100, 200, 201, 202, 204, 304, 400, 401, 403, 404, 405, 406,
                                        408, 409, 411, 413, 415, 417, 422, 429, 431, 500, 501, 503};
constexpr std::size_t kStatusCount = kStatuses.size() + 1;
std::size_t status_index(int status);
std::string_view status_label(std::size_t index);

constexpr std::array<std::string_view, 4> kOutcomes{"applied", "refused", "replayed", "unknown"};
constexpr std::array<std::string_view, 5> kStages{"parse", "route", "decide", "commit", "reply"};
constexpr std::array<std::string_view, 3> kSources{"own", "family", "cash"};
constexpr std::array<std::string_view, 2> kChannels{"hospital", "pharmacy"};
constexpr std::array<std::string_view, 2> kTransports{"http", "tcp"};
constexpr std::array<std::string_view, 8> kShedCauses{"global",      "connection", "household",
                                                      "deadline",    "disk_full",  "draining",
                                                      "institution", "rate"};
constexpr std::size_t kReasonCount = kReasonLast + 1;

// Edges lie on the promises made about latency, so that a promise kept is a ratio of two counters.
constexpr std::array<double, 13> kSecondsEdges{.0005, .001, .0025, .005, .01, .025, .05,
                                               .1,    .25,  .5,    1,    2.5, 10};
// Records of one group commit.
constexpr std::array<double, 13> kRecordsEdges{1,   2,   4,   8,    16,   32,  64,
                                               128, 256, 512, 1024, 2048, 4096};

// One institution's answers: enough to see whether it is served as promised.
constexpr std::array<double, 3> kInstitutionEdges{.05, .25, 1};
// Institutions with series of their own; all others are "other".
constexpr std::size_t kInstitutionsShown = 50;
constexpr std::string_view kOtherInstitution = "other";
// How long a message can wait and still be told from a newer one; its deadline is seconds.
constexpr std::size_t kWaitingSeconds = 256;

template <class Enum>
constexpr std::size_t index_of(Enum value) {
  return static_cast<std::size_t>(value);
}

}  // namespace gongji::monitoring
