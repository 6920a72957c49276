#include "stores/redis/redis_link.hpp"

#include <hiredis/async.h>
#include <hiredis/hiredis.h>

#include <boost/asio/post.hpp>
#include <utility>
#include <vector>

#include "stores/redis/ready_hash.hpp"

namespace gongji::stores {
namespace {

using Kind = RedisValue::Kind;

RedisValue value_of(const redisReply& reply) {
  RedisValue value;
  switch (reply.type) {
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS:
      value.kind = Kind::kText;
      value.text.assign(reply.str, static_cast<std::size_t>(reply.len));
      break;
    case REDIS_REPLY_ERROR:
      value.kind = Kind::kError;
      value.text.assign(reply.str, static_cast<std::size_t>(reply.len));
      break;
    case REDIS_REPLY_INTEGER:
      value.kind = Kind::kInteger;
      value.integer = reply.integer;
      break;
    case REDIS_REPLY_ARRAY:
      value.kind = Kind::kList;
      for (std::size_t i = 0; i < reply.elements; ++i)
        value.list.push_back(value_of(*reply.element[i]));
      break;
    default: break;  // nil
  }
  return value;
}

// Functions cannot be used here: an older server, or an access list without FUNCTION.
bool has_no_functions(const RedisValue& reply) {
  return reply.is(Kind::kError) && (reply.text.find("unknown command") != std::string::npos ||
                                    reply.text.starts_with("NOPERM"));
}

// The server forgot what it was given (SCRIPT FLUSH, FUNCTION FLUSH): a new connection gives it
// again.
bool has_forgotten(const RedisValue& reply) {
  return reply.is(Kind::kError) && (reply.text.starts_with("NOSCRIPT") ||
                                    reply.text.find("Function not found") != std::string::npos);
}

RedisLink* link_of(const redisAsyncContext* context) {
  return static_cast<RedisLink*>(context->data);
}

}  // namespace

std::shared_ptr<RedisLink> RedisLink::open(boost::asio::io_context& loop, RedisAddress address,
                                           RedisLogin login, RedisTimeouts timeouts,
                                           Events events) {
  std::shared_ptr<RedisLink> link{
      new RedisLink{loop, std::move(address), std::move(login), timeouts, std::move(events)}};
  link->connect();
  return link;
}

RedisLink::RedisLink(boost::asio::io_context& loop, RedisAddress address, RedisLogin login,
                     RedisTimeouts timeouts, Events events)
    : loop_(loop),
      address_(std::move(address)),
      login_(std::move(login)),
      timeouts_(timeouts),
      events_(std::move(events)),
      timer_(loop) {}

RedisLink::~RedisLink() {
  events_ = {};
  close("dropped");
}

// ---- connecting ----

void RedisLink::connect() {
  context_ = redisAsyncConnect(address_.host.c_str(), address_.port);
  if (context_ == nullptr || context_->err != 0) {
    const std::string why = context_ == nullptr ? "out of memory" : context_->errstr;
    return close(why);
  }
  context_->data = this;
  watch_ = std::make_unique<HiredisWatch>(loop_, context_);
  redisAsyncSetConnectCallback(context_, [](const redisAsyncContext* context, int status) {
    RedisLink* link = link_of(context);
    if (link != nullptr && status != REDIS_OK) link->on_gone(context->errstr);
  });
  redisAsyncSetDisconnectCallback(context_, [](const redisAsyncContext* context, int status) {
    RedisLink* link = link_of(context);
    if (link != nullptr) link->on_gone(status == REDIS_OK ? "closed" : context->errstr);
  });
  log_in();
  watch_time();
}

// All in one pipeline; the first step that fails ends the connection.
void RedisLink::log_in() {
  if (!login_.password.empty()) {
    RedisWords words{"AUTH", login_.password};
    if (!login_.user.empty()) words.insert(words.begin() + 1, login_.user);
    ask(std::move(words), [this](const RedisValue& reply) {
      if (reply.failed() && !login_.password_optional) close("log-in refused: " + reply.text);
    });
  }
  if (login_.database != 0) must({"SELECT", std::to_string(login_.database)});
  if (login_.must_be_master)
    ask({"ROLE"}, [this](const RedisValue& reply) {
      const bool master =
          reply.is(Kind::kList) && !reply.list.empty() && reply.list.front().text == "master";
      if (!master) close(reply.failed() ? "ROLE: " + reply.text : "is not the master");
    });
  if (login_.functions) {
    ask(ask_for_ready_hashes(),
        [this](const RedisValue& reply) { takes_ready_hashes_ = !reply.failed(); });
    return load_functions();
  }
  ask({"PING"}, [this](const RedisValue& reply) {
    if (reply.failed()) return close(reply.text);
    become_ready();
  });
}

void RedisLink::load_functions() {
  ask({"FUNCTION", "LOAD", "REPLACE", library_text()}, [this](const RedisValue& reply) {
    if (!reply.failed()) return become_ready();
    if (!has_no_functions(reply)) return close("FUNCTION LOAD: " + reply.text);
    with_functions_ = false;
    load_scripts();
  });
}

void RedisLink::load_scripts() {
  for (const RedisFunction* function : kFunctions)
    ask({"SCRIPT", "LOAD", std::string{function->body}}, [this, function](const RedisValue& reply) {
      if (reply.failed()) return close("SCRIPT LOAD: " + reply.text);
      digests_[function] = reply.text;
      if (digests_.size() == kFunctions.size()) become_ready();
    });
}

void RedisLink::must(RedisWords words) {
  const std::string name = words.front();
  ask(std::move(words), [this, name](const RedisValue& reply) {
    if (reply.failed()) close(name + ": " + reply.text);
  });
}

// A step of logging in: nothing is done with what arrives after the connection was given up.
void RedisLink::ask(RedisWords words, std::function<void(const RedisValue&)> then) {
  put(words, [this, then = std::move(then)](const RedisValue& reply) {
    if (!lost_) then(reply);
  });
}

void RedisLink::become_ready() {
  ready_ = true;
  boost::asio::post(loop_, [self = shared_from_this()] {
    if (self->ready_ && self->events_.ready) self->events_.ready();
  });
}

// ---- commands ----

void RedisLink::send(const RedisRequest& request, Handler handler) {
  if (request.function == nullptr) return put(request.words, std::move(handler));
  RedisWords words;
  words.reserve(request.words.size() + 3);
  words.emplace_back(with_functions_ ? "FCALL" : "EVALSHA");
  words.push_back(with_functions_ ? std::string{request.function->name}
                                  : digests_[request.function]);
  words.emplace_back("1");
  words.insert(words.end(), request.words.begin(), request.words.end());
  put(words, std::move(handler));
}

void RedisLink::send(const RespLines& commands, Handler last) {
  for (std::size_t i = 0; i + 1 < commands.size(); ++i)
    put_line(commands[i], [](const RedisValue&) {});
  put_line(commands[commands.size() - 1], std::move(last));
}

void RedisLink::put(const RedisWords& words, Handler handler) {
  line_.clear();
  line_.add(words);
  put_line(line_.text(), std::move(handler));
}

void RedisLink::put_line(std::string_view command, Handler handler) {
  const auto on_reply = [](redisAsyncContext* context, void* reply, void*) {
    RedisLink* link = link_of(context);
    if (link == nullptr || reply == nullptr) return;  // close() tells those who wait
    link->on_reply(value_of(*static_cast<const redisReply*>(reply)));
  };
  const bool sent =
      context_ != nullptr && redisAsyncFormattedCommand(context_, on_reply, nullptr, command.data(),
                                                        command.size()) == REDIS_OK;
  if (!sent) return handler(RedisValue::lost("not connected"));
  waiting_.push_back({std::move(handler), Clock::now()});
  watch_time();
}

void RedisLink::on_reply(const RedisValue& reply) {
  if (waiting_.empty()) return;
  const auto self = shared_from_this();  // the handler may let go of it
  const Handler handler = std::move(waiting_.front().handler);
  waiting_.pop_front();
  handler(reply);
  if (has_forgotten(reply)) close("it has forgotten our functions");
}

// ---- ending ----

// hiredis is freeing the context and tells us: it must not be freed again.
void RedisLink::on_gone(const std::string& why) {
  context_->data = nullptr;
  context_ = nullptr;
  close(why);
}

void RedisLink::close(const std::string& why) {
  if (lost_) return;
  lost_ = true;
  ready_ = false;
  watch_.reset();
  if (redisAsyncContext* context = std::exchange(context_, nullptr)) {
    context->data = nullptr;
    redisAsyncFree(context);  // inside one of its callbacks: as soon as that returns
  }
  timer_.cancel();
  const RedisValue gone = RedisValue::lost(address_.text() + ": " + why);
  for (Waiting& each : std::exchange(waiting_, {})) each.handler(gone);
  if (events_.lost) boost::asio::post(loop_, [lost = std::move(events_.lost), why] { lost(why); });
  events_ = {};
}

void RedisLink::watch_time() {
  if (timing_ || lost_) return;
  if (ready_ && waiting_.empty()) return;
  timing_ = true;
  const auto due =
      ready_ ? waiting_.front().since + timeouts_.command : opened_ + timeouts_.connect;
  timer_.expires_at(due);
  timer_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
    const auto self = weak.lock();
    if (self == nullptr) return;
    self->timing_ = false;
    if (!error) self->check_time();
  });
}

void RedisLink::check_time() {
  const auto now = Clock::now();
  if (!ready_ && now >= opened_ + timeouts_.connect)
    return close("not ready within " + std::to_string(timeouts_.connect.count()) + " ms");
  if (ready_ && !waiting_.empty() && now >= waiting_.front().since + timeouts_.command)
    return close("no answer within " + std::to_string(timeouts_.command.count()) + " ms");
  watch_time();
}

}  // namespace gongji::stores
