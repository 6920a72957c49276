#include "config/knobs.hpp"

#include "config/knob_kinds.hpp"

namespace gongji::config {
namespace {

using actors::ActorOptions;
using actors::ProjectorOptions;
using counterparties::SimulationOptions;
using gateway::GatewayOptions;
using monitoring::OpsOptions;
using stores::RedisOptions;
using stores::StoreOptions;

constexpr auto kGateway = &Settings::gateway;
constexpr auto kActors = &Settings::actors;
constexpr auto kStore = &Settings::store;
constexpr auto kCounterparties = &Settings::counterparties;
constexpr auto kRedis = &Settings::redis;
constexpr auto kProjector = &Settings::projector;
constexpr auto kPaths = &Settings::paths;
constexpr auto kShelf = &Settings::shelf;

constexpr std::uint64_t kKiB = 1024;
constexpr std::uint64_t kMiB = 1024 * kKiB;
constexpr std::uint64_t kGiB = 1024 * kMiB;
constexpr std::uint64_t kMinute = 60'000;  // in milliseconds

std::vector<Knob> gateway_knobs() {
  return {
      endpoint("gateway.http", in(kGateway, &GatewayOptions::http),
               "Where hospitals, pharmacies, apps and agencies speak HTTP. Port 0 picks one."),
      endpoint("gateway.tcp", in(kGateway, &GatewayOptions::tcp),
               "Where the same messages travel in TCP frames. Port 0 picks one."),
      count("gateway.loop_threads", "threads", {1, 64}, in(kGateway, &GatewayOptions::loop_threads),
            "Threads that read and write sockets."),
      count("gateway.connections_max", "connections", {1, 1'000'000},
            in(kGateway, &GatewayOptions::connections_max),
            "Open connections of both transports together; further ones are closed at once."),
      count("gateway.head_bytes_max", "bytes", {1 * kKiB, 1 * kMiB},
            in(kGateway, &GatewayOptions::head_bytes_max), "Longest HTTP head."),
      count("gateway.head_fields_max", "fields", {8, 1024},
            in(kGateway, &GatewayOptions::head_fields_max),
            "Most header fields of one HTTP request."),
      count("gateway.frame_bytes_max", "bytes", {1 * kKiB, 64 * kMiB},
            in(kGateway, &GatewayOptions::frame_bytes_max),
            "Longest HTTP body or TCP payload of a business message; checked before memory is "
            "taken."),
      count("gateway.upload_bytes_max", "bytes", {1 * kKiB, 16 * kGiB},
            in(kGateway, &GatewayOptions::upload_bytes_max),
            "Longest HTTP body of an import or of a 9101 upload."),
      duration("gateway.handshake_timeout_ms", {100, kMinute},
               in(kGateway, &GatewayOptions::handshake_timeout_ms),
               "From the acceptance of a connection to the end of its TLS handshake."),
      duration("gateway.head_timeout_ms", {100, kMinute},
               in(kGateway, &GatewayOptions::head_timeout_ms),
               "From the first byte of an HTTP head to its last."),
      duration("gateway.body_timeout_ms", {100, 10 * kMinute},
               in(kGateway, &GatewayOptions::body_timeout_ms),
               "From the first byte of a body or frame to its last; for uploads, longest silence."),
      duration("gateway.write_timeout_ms", {100, 10 * kMinute},
               in(kGateway, &GatewayOptions::write_timeout_ms),
               "How long a peer may refuse to take an answer before it is cut off."),
      duration("gateway.idle_timeout_ms", {1'000, 60 * kMinute},
               in(kGateway, &GatewayOptions::idle_timeout_ms),
               "How long a connection may be silent between messages."),
      duration("gateway.deadline_ms", {100, 10 * kMinute},
               in(kGateway, &GatewayOptions::deadline_ms),
               "One message, from its first byte; refused before it is decided when it is over, "
               "never after."),
      duration("gateway.drain_grace_ms", {0, 5'000}, in(&Settings::drain_grace_ms),
               "After SIGTERM everything is served this much longer while /readyz is red, so that "
               "load balancers turn away in time."),
  };
}

std::vector<Knob> admission_and_actor_knobs() {
  return {
      count(
          "admission.inflight_max", "messages", {1, 1'000'000},
          in(kGateway, &GatewayOptions::inflight_max),
          "Messages being worked on in the whole process; more are refused at once (503, E_BUSY)."),
      count("admission.connection_inflight_max", "messages", {1, 100'000},
            in(kGateway, &GatewayOptions::connection_inflight_max),
            "The same for one connection, which is not read from meanwhile."),
      count("admission.institution_inflight_max", "messages", {1, 1'000'000},
            in(kGateway, &GatewayOptions::institution_inflight_max),
            "The same for one institution (429), so that none fills the house; an institution may "
            "be registered with a limit of its own."),
      count(
          "admission.institution_inflight_shared_max", "messages", {1, 1'000'000},
          in(kGateway, &GatewayOptions::institution_inflight_shared_max),
          "The same while another institution has sent something within the last second: what one "
          "queues, the others wait for. Who alone has filled it keeps to a part of it, at least an "
          "eighth, until none of his is turned away for a second. A limit of its own in the "
          "register wins."),
      count("admission.institution_rate_per_s", "messages/s", {0, 1'000'000},
            in(kGateway, &GatewayOptions::institution_rate_per_s),
            "How fast one institution may send (429); a second's worth may come at once. 0 = no "
            "limit. An institution may be registered with a rate of its own."),
      count("admission.household_inflight_max", "messages", {1, 100'000},
            in(kActors, &ActorOptions::household_inflight_max), "The same for one household."),
      duration("admission.wait_max_ms", {0, kMinute}, in(kGateway, &GatewayOptions::wait_max_ms),
               "When messages are turned away and those inside wait longer than this on average, "
               "fewer than inflight_max are let in; 0 = inflight_max alone bounds."),
      count("actors.active_max", "households", {1, 100'000'000},
            in(kActors, &ActorOptions::active_max),
            "Households kept in memory; idle ones beyond it leave."),
      count("actors.worker_threads", "threads", {1, 256},
            in(kActors, &ActorOptions::worker_threads), "Threads that decide."),
      count("actors.messages_per_turn", "messages", {1, 100'000},
            in(kActors, &ActorOptions::messages_per_turn),
            "Messages one household may work on before another gets its turn."),
      count(
          "actors.snapshot_every_records", "records", {1, 1'000'000},
          in(kActors, &ActorOptions::snapshot_every_records),
          "A household's snapshot is renewed after so many records, which bounds its activation."),
  };
}

std::vector<Knob> store_knobs() {
  return {
      path("store.data_dir", Emptiness::kRefused, Takes::kRestart,
           in(kStore, &StoreOptions::data_dir),
           "Folder of the journal. The default lies in the working directory; one process at a "
           "time."),
      count("store.free_bytes_min", "bytes", {0, 1024 * kGiB}, in(&Settings::store_free_bytes_min),
            "Below this much free disk new work is refused (E_BUSY), so that the journal never "
            "meets a full disk."),
      count("store.journal_write_buffer_bytes", "bytes", {1 * kMiB, 4 * kGiB},
            in(kStore, &StoreOptions::journal_write_buffer_bytes),
            "Memory of the journal's write buffer."),
      count("store.index_write_buffer_bytes", "bytes", {1 * kMiB, 4 * kGiB},
            in(kStore, &StoreOptions::index_write_buffer_bytes),
            "Memory of the write buffer of each of the two large index tables."),
      count("store.block_cache_bytes", "bytes", {1 * kMiB, 1024 * kGiB},
            in(kStore, &StoreOptions::block_cache_bytes),
            "Memory for what was read before; about 1.3 bytes for every message ever recorded keep "
            "look-ups of what is there off the disk."),
      count("store.known_keys_bytes_max", "bytes", {0, 1024 * kGiB},
            in(kStore, &StoreOptions::known_keys_bytes_max),
            "Memory for telling without a look-up that a message or person is new: a byte and a "
            "half for every message ever recorded. Beyond it every new message is looked up; 0 = "
            "always."),
      count("store.index_flush_records", "records", {1'000, 100'000'000},
            in(kStore, &StoreOptions::index_flush_records),
            "Records between two flushes of the index, which bounds what a restart after a crash "
            "indexes again."),
  };
}

std::vector<Knob> redis_knobs() {
  return {
      text("redis.url", "URL", "\"\" (none) or redis:// or redis+sentinel:// or redis+cluster://",
           is_redis_url, in(&Settings::redis_url),
           "Redis for hot balances; docs/formats/redis.md has the forms."),
      duration("redis.connect_timeout_ms", {10, kMinute},
               in(kRedis, &RedisOptions::connect_timeout_ms),
               "From opening a connection to Redis until it is logged in and ready."),
      duration("redis.command_timeout_ms", {10, kMinute},
               in(kRedis, &RedisOptions::command_timeout_ms),
               "How long a command may go unanswered before its connection is given up."),
      duration("redis.read_timeout_ms", {1, kMinute}, in(kRedis, &RedisOptions::read_timeout_ms),
               "How long a balance query waits for Redis before the household is asked."),
      duration("redis.flush_interval_ms", {0, kMinute},
               in(kProjector, &ProjectorOptions::flush_interval_ms),
               "How long changes are gathered before they are written; those of one household "
               "become one write."),
      count("redis.backlog_max", "households", {1, 100'000'000},
            in(kProjector, &ProjectorOptions::backlog_max),
            "Changed households kept in memory while Redis is away; beyond it they are read from "
            "the journal afterwards."),
      count("redis.rebuild_households_per_s", "households/s", {0, 100'000'000},
            in(kProjector, &ProjectorOptions::rebuild_households_per_s),
            "How fast Redis is filled; 0 = as fast as settlements leave it, which is quickest and "
            "hurts them least. A limit spares a Redis that others use."),
      count("redis.views_max", "households", {0, 100'000'000},
            in(kProjector, &ProjectorOptions::views_max),
            "Households whose view for readers is kept in memory, some 700 bytes each, so that an "
            "emptied Redis is filled quickly; the others are read from the store."),
  };
}

std::vector<Knob> reconciliation_knobs() {
  return {
      count("reconciliation.keep_days", "days", {1, 365}, in(kShelf, &ShelfLimits::keep_days),
            "How long an uploaded file and the result of a comparison can be downloaded."),
      count("reconciliation.institution_bytes_max", "bytes", {1 * kMiB, 1024 * kGiB},
            in(kShelf, &ShelfLimits::owner_bytes_max),
            "Room of one institution's reconciliation files; an upload beyond it is refused "
            "(E_BUSY)."),
      count("reconciliation.institution_files_max", "files", {2, 100'000},
            in(kShelf, &ShelfLimits::owner_files_max), "The same by their number."),
  };
}

std::vector<Knob> file_knobs() {
  return {
      path("institutions.file", Emptiness::kRefused, Takes::kReload,
           in(kPaths, &Paths::institutions_file),
           "Register of designated hospitals and pharmacies."),
      path("access.file", Emptiness::kAllowed, Takes::kRestart, in(kPaths, &Paths::access_file),
           "Bearer tokens of apps, agencies and auditors; without it /v1 refuses everyone."),
      path("policies.dir", Emptiness::kRefused, Takes::kReload, in(kPaths, &Paths::policies_dir),
           "Folder of policy profiles, one *.toml each."),
  };
}

std::vector<Knob> tls_knobs() {
  const auto file = [](std::string gateway::TlsFiles::*part) {
    return [part](auto& settings) -> auto& { return settings.gateway.tls.*part; };
  };
  return {
      path("tls.certificate", Emptiness::kAllowed, Takes::kReload,
           file(&gateway::TlsFiles::certificate),
           "PEM file of the certificate that both business listeners show, with what leads to its "
           "authority; \"\" = plain listeners."),
      path("tls.key", Emptiness::kAllowed, Takes::kReload, file(&gateway::TlsFiles::key),
           "PEM file of its private key."),
      path("tls.client_ca", Emptiness::kAllowed, Takes::kReload,
           file(&gateway::TlsFiles::client_ca),
           "PEM file of the authorities whose client certificates are taken; needed for "
           "institutions with auth = \"mtls\"."),
  };
}

std::vector<Knob> auth_knobs() {
  return {
      count(
          "auth.nonces_max", "nonces", {1'024, 1'000'000'000},
          in(kGateway, &GatewayOptions::nonces_max),
          "Nonces of xtif and hmac remembered at once, 64 bytes each at most; when full, messages "
          "are refused (429) rather than nonces forgotten. One institution may hold an eighth."),
      count("auth.signatures_waiting_max", "signatures", {1, 1'000'000},
            in(kGateway, &GatewayOptions::signatures_waiting_max),
            "SM2 signatures that wait to be verified; more are refused (429)."),
  };
}

std::vector<Knob> counterparty_knobs() {
  return {
      flag("counterparties.simulated", in(kCounterparties, &SimulationOptions::simulated),
           "Answer for the tax authority and the insurer inside the process. Only for "
           "demonstrations and tests; without it their requests stay open for the agency."),
      duration("counterparties.delay_ms", {0, 60 * kMinute},
               in(kCounterparties, &SimulationOptions::delay_ms),
               "How long a simulated party takes to answer."),
      count("counterparties.refused_per_mille", "requests", {0, 1000},
            in(kCounterparties, &SimulationOptions::refused_per_mille),
            "Share of requests a simulated party refuses."),
      count("counterparties.lost_per_mille", "requests", {0, 1000},
            in(kCounterparties, &SimulationOptions::lost_per_mille),
            "Share of requests a simulated party never answers; they are carried again."),
  };
}

std::vector<Knob> ops_knobs() {
  return {
      endpoint("ops.listen", in(&Settings::ops),
               "Where /metrics, /livez, /readyz, /ops and /admin are served. Beyond "
               "loopback ops.token_file is required."),
      path("ops.token_file", Emptiness::kAllowed, Takes::kRestart,
           in(&Settings::ops, &OpsOptions::token_file),
           "File with one line: the bearer token the ops listener asks for (probes excepted)."),
      text("log.level", "level", "trace, debug, info, warn, error, off", is_log_level,
           in(&Settings::log_level), "Least important log line that is written."),
      text("log.format", "form", "auto, json, text", is_log_format, in(&Settings::log_format),
           "Lines on stderr: JSON objects, or text for people; auto is text on a terminal."),
      duration("log.slow_ms", {0, kMinute}, in(kGateway, &GatewayOptions::slow_ms),
               "A message that takes longer is told in the log, with the time of each hop; 0 = "
               "none is. One whose outcome is unknown is always told."),
  };
}

std::vector<Knob> all_knobs() {
  std::vector<Knob> all;
  for (const auto& part : {gateway_knobs(), admission_and_actor_knobs(), store_knobs(),
                           counterparty_knobs(), reconciliation_knobs(), redis_knobs(),
                           file_knobs(), auth_knobs(), tls_knobs(), ops_knobs()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace

const std::vector<Knob>& knobs() {
  static const std::vector<Knob> all = all_knobs();
  return all;
}

const Knob* find_knob(std::string_view name) {
  for (const Knob& knob : knobs())
    if (knob.name == name) return &knob;
  return nullptr;
}

std::vector<std::string> knob_names() {
  std::vector<std::string> names;
  for (const Knob& knob : knobs()) names.push_back(knob.name);
  return names;
}

}  // namespace gongji::config
