// Numbers of the whole program that nobody counts: limits, room on the disk, dates that come near.
// Each is asked at every scrape; what is passed in must outlive the metrics' last scrape.
#pragma once

#include <memory>

#include "config/policy_holder.hpp"
#include "config/settings.hpp"
#include "gateway/reconciliation/desk.hpp"
#include "gateway/tls/tls_context.hpp"
#include "monitoring/health.hpp"
#include "monitoring/prometheus_metrics.hpp"
#include "stores/rocksdb/rocks_store.hpp"

namespace gongji::app {

void watch_settings(monitoring::PrometheusMetrics& metrics, const config::Settings& settings,
                    const monitoring::Health& health);
void watch_policy(monitoring::PrometheusMetrics& metrics, const config::PolicyHolder& policies);
// Of the gateway itself; `tls` null: plain listeners.
void watch_certificate(monitoring::PrometheusMetrics& metrics,
                       std::shared_ptr<const gateway::tls::TlsSource> tls);
void watch_store(monitoring::PrometheusMetrics& metrics, const stores::RocksStore& store);
void watch_desk(monitoring::PrometheusMetrics& metrics, const gateway::reconciliation::Desk& desk,
                const FileShelf& files);

// After every reload: the register as it is now.
void know_institutions(monitoring::PrometheusMetrics& metrics, const Policy& policy);

}  // namespace gongji::app
