// Thresholds that the alerts, the dashboards and the ops page share. Written by
// monitoring/generator/generate.py; change monitoring/generator/thresholds.py.
#pragma once

namespace gongji::monitoring {

constexpr double kAvailabilityObjective = 0.999;
constexpr double kLatencyObjective = 0.99;
constexpr double kLatencySeconds = 0.25;
constexpr double kLowTrafficPerSecond = 0.05;
constexpr double kInflightRatio = 0.8;
constexpr double kMailboxRatio = 0.8;
constexpr double kConnectionsRatio = 0.9;
constexpr double kDescriptorsRatio = 0.8;
constexpr double kOldestMessageSeconds = 10;
constexpr double kJournalP99Seconds = 0.1;
constexpr double kJournalP99PageSeconds = 0.5;
constexpr double kDiskNearLimitFactor = 1.2;
constexpr double kHotBalanceLagRecords = 10000;
constexpr double kRebuildsPerHour = 3;
constexpr double kCertificateTicketDays = 21;
constexpr double kCertificatePageDays = 2;
constexpr double kPolicyTicketDays = 30;
constexpr double kPolicyPageDays = 2;
constexpr double kHammeredPerSecond = 50;
constexpr double kHammeredShare = 0.5;
constexpr double kRefusedRatio = 0.5;
constexpr double kRefusedPerSecond = 1;
constexpr double kTalkingPerSecond = 0.02;
constexpr double kOthersStillRatio = 0.5;
constexpr double kBatchRecordsUsual = 256;

}  // namespace gongji::monitoring
