// All connections to Redis, on one thread of their own: a pipelined link to every master, found
// again and reconnected with a growing, jittered pause when one is lost; commands go to the master
// of their key's slot, redirected where a cluster says so. While a master is not there its commands
// fail at once; nothing is queued here.
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "stores/redis/redis_link.hpp"
#include "stores/redis/redis_redirect.hpp"
#include "stores/redis/redis_topology.hpp"

namespace gongji::stores {

class RedisClient {
 public:
  using Handler = RedisLink::Handler;
  using Notice = std::function<void(const std::string& sentence)>;

  // `notice` is called on the loop's thread when a server came or went.
  RedisClient(RedisTarget target, RedisTimeouts timeouts, Notice notice = {});
  ~RedisClient();  // whatever waits is told that the connection is lost
  RedisClient(const RedisClient&) = delete;
  RedisClient& operator=(const RedisClient&) = delete;

  [[nodiscard]] boost::asio::io_context& loop() { return loop_; }
  // Any thread. The job runs on the loop's thread, where alone the methods below may be called.
  template <class Job>
  void post(Job job) {
    boost::asio::post(loop_, std::move(job));
  }

  // To the master of the key's slot; `handler` as in RedisLink::send.
  void send(unsigned slot, RedisRequest request, Handler handler);
  // To the only master (not for a cluster): commands that are ready to be sent, nothing else in
  // between; `last` as in RedisLink::send.
  void send(const RespLines& commands, Handler last);
  // One key tag for each master, whose slot is his: "" where there is only one. Nothing while not
  // every slot has a connected master.
  [[nodiscard]] std::optional<std::vector<std::string>> tags_of_masters() const;
  // The same for the master of one slot.
  [[nodiscard]] const std::string& tag_of_master(unsigned slot) const;
  [[nodiscard]] const std::string& trouble() const { return trouble_; }
  // Of every master when last connected. Any thread.
  [[nodiscard]] bool takes_ready_hashes() const { return takes_ready_hashes_; }

 private:
  using LinkPtr = std::shared_ptr<RedisLink>;
  using RequestPtr = std::shared_ptr<const RedisRequest>;

  void look();
  void adopt(RedisTopology topology);
  [[nodiscard]] LinkPtr open(const RedisAddress& address);
  void open_missing();
  void on_ready(const RedisAddress& address);
  void on_lost(const RedisAddress& address, const std::string& why);
  void look_in(std::chrono::milliseconds pause);
  void note_trouble(const std::string& what);
  [[nodiscard]] bool healthy() const;
  [[nodiscard]] LinkPtr link_of(unsigned slot) const;
  [[nodiscard]] LinkPtr link_to(const RedisAddress& address) const;
  void dispatch(const LinkPtr& link, const RequestPtr& request, Handler handler, int redirects);
  void follow(const RedisRedirect& redirect, const RequestPtr& request, Handler handler,
              int redirects);
  void close_all();

  const RedisTarget target_;
  const RedisTimeouts timeouts_;
  const Notice notice_;
  boost::asio::io_context loop_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> working_;
  std::unique_ptr<RedisDiscovery> discovery_;
  boost::asio::steady_timer next_look_;
  RedisTopology topology_;
  std::vector<LinkPtr> links_;         // one for each of topology_.masters
  std::vector<std::string> tags_{""};  // likewise
  std::chrono::milliseconds pause_;
  std::minstd_rand jitter_{std::random_device{}()};
  std::string trouble_ = "redis: not connected yet";  // "" while all is well
  std::atomic<bool> takes_ready_hashes_ = false;
  bool looking_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace gongji::stores
