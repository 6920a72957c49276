// Numbers of the whole program that nobody counts: limits, room on the disk, dates that come near.
// Each is asked at every scrape; what is passed in must outlive the metrics' last scrape.
#pragma once

#include "config/policy_holder.hpp"
#include "config/settings.hpp"
#include "monitoring/health.hpp"
#include "monitoring/prometheus_metrics.hpp"
#include "stores/rocksdb/rocks_store.hpp"

namespace gongji::app {

void watch_settings(monitoring::PrometheusMetrics& metrics, const config::Settings& settings,
                    const monitoring::Health& health);
void watch_policy(monitoring::PrometheusMetrics& metrics, const config::PolicyHolder& policies);
void watch_store(monitoring::PrometheusMetrics& metrics, const stores::RocksStore& store);

// After every reload: the register as it is now.
void know_institutions(monitoring::PrometheusMetrics& metrics, const Policy& policy);

}  // namespace gongji::app
