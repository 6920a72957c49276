#include "stores/redis/redis_client.hpp"

#include <algorithm>
#include <future>
#include <utility>

#include "ports/background_thread.hpp"

namespace gongji::stores {
namespace {

using namespace std::chrono_literals;
using Kind = RedisValue::Kind;

constexpr auto kPauseMin = 50ms;
constexpr auto kPauseMax = 250ms;
constexpr auto kLookInterval = 1'000ms;  // who is master, while all is well
constexpr int kRedirectsMax = 5;

// For each master the tag of his first slot.
std::vector<std::string> tags_in(const RedisTopology& topology) {
  std::vector<std::string> tags(topology.masters.size());
  for (unsigned slot = topology.master_of_slot.empty() ? 0 : kSlots; slot-- > 0;)
    if (const auto master = topology.master_of_slot[slot]; master != RedisTopology::kNobody)
      tags[master] = tag_of(slot);
  return tags;
}

}  // namespace

RedisClient::RedisClient(RedisTarget target, RedisTimeouts timeouts, Notice notice)
    : target_(std::move(target)),
      timeouts_(timeouts),
      notice_(std::move(notice)),
      working_(loop_.get_executor()),
      discovery_(make_discovery(loop_, target_, timeouts_)),
      next_look_(loop_),
      pause_(kPauseMin) {
  post([this] { look(); });
  thread_ = std::thread{[this] {
    name_thread("redis");
    loop_.run();
  }};
}

RedisClient::~RedisClient() {
  post([this] { close_all(); });
  thread_.join();
}

void RedisClient::close_all() {
  stopping_ = true;
  next_look_.cancel();
  discovery_.reset();
  for (const LinkPtr& link : std::exchange(links_, {}))
    if (link) link->close("the gateway stops");
  working_.reset();
}

// ---- who is there ----

void RedisClient::look() {
  if (stopping_ || std::exchange(looking_, true)) return;
  discovery_->find([this](Result<RedisTopology, StoreError> found) {
    looking_ = false;
    if (found)
      adopt(std::move(*found));
    else
      note_trouble(found.error().message);
    look_in(healthy() ? kLookInterval : pause_);
  });
}

void RedisClient::adopt(RedisTopology topology) {
  std::vector<LinkPtr> links(topology.masters.size());
  for (std::size_t i = 0; i < links.size(); ++i) links[i] = link_to(topology.masters[i]);
  for (const LinkPtr& old : std::exchange(links_, links))
    if (old && std::find(links.begin(), links.end(), old) == links.end())
      old->close("is not a master any more");
  if (topology != topology_) tags_ = tags_in(topology);
  topology_ = std::move(topology);
  open_missing();
}

void RedisClient::open_missing() {
  for (std::size_t i = 0; i < links_.size(); ++i)
    if (links_[i] == nullptr || links_[i]->lost()) links_[i] = open(topology_.masters[i]);
}

RedisClient::LinkPtr RedisClient::open(const RedisAddress& address) {
  RedisLogin login{
      .user = target_.user, .password = target_.password, .database = target_.database};
  login.must_be_master = target_.kind == RedisKind::kSentinel;
  return RedisLink::open(loop_, address, std::move(login), timeouts_,
                         {[this, address] { on_ready(address); },
                          [this, address](const std::string& why) { on_lost(address, why); }});
}

void RedisClient::on_ready(const RedisAddress& address) {
  if (notice_) notice_("connected to " + address.text());
  if (!healthy()) return;
  trouble_.clear();
  pause_ = kPauseMin;
  takes_ready_hashes_ = std::all_of(links_.begin(), links_.end(),
                                    [](const LinkPtr& link) { return link->takes_ready_hashes(); });
}

void RedisClient::on_lost(const RedisAddress& address, const std::string& why) {
  if (stopping_) return;
  note_trouble("redis " + address.text() + ": " + why);
  look_in(pause_);
}

// Told once for each kind of trouble, not at every attempt.
void RedisClient::note_trouble(const std::string& what) {
  if (notice_ && what != trouble_) notice_(what);
  trouble_ = what;
}

void RedisClient::look_in(std::chrono::milliseconds pause) {
  if (stopping_) return;
  if (!healthy()) pause_ = std::min<std::chrono::milliseconds>(pause_ * 2, kPauseMax);
  if (healthy() && !discovery_->may_change()) return;
  const auto part = std::uniform_int_distribution<std::int64_t>{0, pause.count() / 2}(jitter_);
  next_look_.expires_after(pause - std::chrono::milliseconds{part});
  next_look_.async_wait([this](boost::system::error_code error) {
    if (!error) look();
  });
}

bool RedisClient::healthy() const {
  const auto& slots = topology_.master_of_slot;
  return !links_.empty() &&
         std::find(slots.begin(), slots.end(), RedisTopology::kNobody) == slots.end() &&
         std::all_of(links_.begin(), links_.end(),
                     [](const LinkPtr& link) { return link && link->ready(); });
}

std::optional<std::vector<std::string>> RedisClient::tags_of_masters() const {
  if (!healthy()) return std::nullopt;
  return tags_;
}

const std::string& RedisClient::tag_of_master(unsigned slot) const {
  if (topology_.master_of_slot.empty()) return tags_.front();
  const std::uint16_t master = topology_.master_of_slot[slot];
  return tags_[master == RedisTopology::kNobody ? 0 : master];
}

// ---- commands ----

RedisClient::LinkPtr RedisClient::link_of(unsigned slot) const {
  if (links_.empty()) return nullptr;
  if (topology_.master_of_slot.empty()) return links_.front();
  const std::uint16_t master = topology_.master_of_slot[slot];
  return master == RedisTopology::kNobody ? nullptr : links_[master];
}

RedisClient::LinkPtr RedisClient::link_to(const RedisAddress& address) const {
  for (std::size_t i = 0; i < links_.size(); ++i)
    if (topology_.masters[i] == address) return links_[i];
  return nullptr;
}

void RedisClient::send(unsigned slot, RedisRequest request, Handler handler) {
  const LinkPtr link = link_of(slot);
  if (link == nullptr || !link->ready())
    return handler(RedisValue::lost(trouble_.empty() ? "redis: not connected" : trouble_));
  if (target_.kind != RedisKind::kCluster) return link->send(request, std::move(handler));
  dispatch(link, std::make_shared<const RedisRequest>(std::move(request)), std::move(handler),
           kRedirectsMax);
}

void RedisClient::send(const RespLines& commands, Handler last) {
  const LinkPtr link = links_.empty() ? nullptr : links_.front();
  if (link != nullptr && link->ready()) return link->send(commands, std::move(last));
  last(RedisValue::lost(trouble_.empty() ? "redis: not connected" : trouble_));
}

void RedisClient::dispatch(const LinkPtr& link, const RequestPtr& request, Handler handler,
                           int redirects) {
  link->send(*request, [this, request, redirects, from = link->address(),
                        handler = std::move(handler)](const RedisValue& reply) {
    if (reply.is(Kind::kError) && redirects > 0 && !stopping_)
      if (const auto redirect = redirect_in(reply.text, from))
        return follow(*redirect, request, handler, redirects - 1);
    handler(reply);
  });
}

// A master we do not know yet is looked for; the command fails and is written again by its sender.
void RedisClient::follow(const RedisRedirect& redirect, const RequestPtr& request, Handler handler,
                         int redirects) {
  const LinkPtr link = link_to(redirect.to);
  if (redirect.moved) {
    const auto known = std::find(topology_.masters.begin(), topology_.masters.end(), redirect.to);
    if (known != topology_.masters.end())
      topology_.master_of_slot[redirect.slot] =
          static_cast<std::uint16_t>(known - topology_.masters.begin());
    look_in(kPauseMin);
  }
  if (link == nullptr || !link->ready())
    return handler(RedisValue::lost("redis " + redirect.to.text() + ": not connected yet"));
  if (!redirect.moved) link->send({{"ASKING"}, nullptr}, [](const RedisValue&) {});
  dispatch(link, request, std::move(handler), redirects);
}

}  // namespace gongji::stores
