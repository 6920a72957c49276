#include "loadtest/exchange_all.hpp"

namespace gongji::loadtest {

Status<std::string> exchange_all(const ExchangeOptions& options, Traffic& traffic) {
  const auto schedule = make_schedule({});  // closed loop without end: the traffic ends it
  WorkerOptions worker_options;
  worker_options.address = options.address;
  worker_options.transport = options.transport;
  worker_options.connections = options.connections;
  worker_options.depth = options.depth;
  worker_options.sign_in = options.sign_in;
  worker_options.timeout_ms = options.timeout_ms;
  Worker worker{worker_options, traffic, *schedule};
  if (auto connected = worker.connect(); !connected) return connected;
  worker.run(SteadyClock::now());
  return Done{};
}

}  // namespace gongji::loadtest
