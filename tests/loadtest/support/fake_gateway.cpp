#include "tests/loadtest/support/fake_gateway.hpp"

#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/json.hpp>
#include <sstream>

#include "loadtest/answer.hpp"
#include "loadtest/client/frame.hpp"

namespace gongji::loadtest {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

// The child pays from the organiser's account: 3192… -> 3191…
std::string payer_of(std::string person) {
  if (person[3] == '2') person[3] = '1';
  return person;
}

std::string envelope(int infcode, const std::string& message, const std::string& output) {
  return R"({"infcode":)" + std::to_string(infcode) + R"(,"err_msg":")" + message +
         R"(","output":)" + output + "}";
}

const boost::json::object& first_node(const boost::json::value& json) {
  const auto& input = json.at("input").as_object();
  return (input.contains("druginfo") ? input.at("druginfo") : input.begin()->value()).as_object();
}

}  // namespace

// Reads requests as they come and writes the answers of each read in one go.
struct FakeGateway::Session : std::enable_shared_from_this<Session> {
  Session(FakeGateway& owner, tcp::socket socket) : gateway(owner), stream(std::move(socket)) {}

  void read() {
    stream.async_read_some(asio::buffer(room), [self = shared_from_this()](error_code error,
                                                                           std::size_t count) {
      if (error) return;
      self->unread.append(self->room, count);
      if (self->gateway.speaks_ == Speaks::kFrames ? self->take_frames() : self->take_requests())
        self->write();
    });
  }

  bool take_frames() {
    std::string_view rest = unread;
    std::vector<std::string> answers;
    while (true) {
      const auto cut = cut_frame(rest);
      if (!cut || !cut->has_value()) break;
      const FakeReply reply = gateway.answer({"POST", "", std::string{(*cut)->payload}});
      if (reply.close) return false;
      append_frame(answers.emplace_back(), (*cut)->correlation, reply.body);
    }
    unread.erase(0, unread.size() - rest.size());
    if (gateway.reverse_) std::reverse(answers.begin(), answers.end());
    for (const std::string& answer : answers) out += answer;
    return true;
  }

  bool take_requests() {
    while (true) {
      http::request_parser<http::string_body> parser;
      parser.eager(true);
      parser.body_limit(16u << 20);
      error_code error;
      const std::size_t used = parser.put(asio::buffer(unread), error);
      if (!parser.is_done()) return true;
      unread.erase(0, used);
      const auto& request = parser.get();
      const FakeReply reply =
          gateway.answer({std::string{request.method_string()}, std::string{request.target()},
                          request.body(), std::string{request["Idempotency-Key"]}});
      if (reply.close) return false;
      out += "HTTP/1.1 " + std::to_string(reply.status) +
             " Said\r\ncontent-type: application/json\r\ncontent-length: " +
             std::to_string(reply.body.size()) + "\r\n\r\n" + reply.body;
    }
  }

  void write() {
    asio::async_write(stream, asio::buffer(out),
                      [self = shared_from_this()](error_code error, std::size_t) {
                        self->out.clear();
                        if (!error) self->read();
                      });
  }

  FakeGateway& gateway;
  tcp::socket stream;
  char room[64 * 1024];
  std::string unread;
  std::string out;
};

FakeGateway::FakeGateway(Speaks speaks, Fault fault)
    : speaks_(speaks), fault_(fault), acceptor_(loop_, {asio::ip::address_v4::loopback(), 0}) {
  accept();
  thread_ = std::thread{[this] { loop_.run(); }};
}

FakeGateway::~FakeGateway() {
  loop_.stop();
  thread_.join();
}

Address FakeGateway::address() const { return {"127.0.0.1", acceptor_.local_endpoint().port()}; }

std::vector<std::string> FakeGateway::imported_lines() const {
  const std::lock_guard lock{mutex_};
  return imported_;
}

void FakeGateway::accept() {
  acceptor_.async_accept([this](error_code error, tcp::socket socket) {
    if (error) return;
    std::make_shared<Session>(*this, std::move(socket))->read();
    accept();
  });
}

FakeReply FakeGateway::answer(const FakeRequest& request) {
  const std::lock_guard lock{mutex_};
  const std::string& target = request.target;
  if (target.starts_with("/v1/persons/")) return {balance_of(target.substr(12))};
  if (target.starts_with("/v1/contributions")) return premium(request);
  if (target.starts_with("/v1/accounts/roll")) return roll(request);
  if (target.starts_with("/v1/import")) {
    std::istringstream lines{request.body};
    std::uint64_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) imported_.push_back(line);
    return {R"({"batch":"b","accepted":)" + std::to_string(count) + R"(,"refused":[]})"};
  }
  if (request.method != "POST") return {"{}"};
  const boost::json::value json = boost::json::parse(request.body);
  const std::string infno{json.at("infno").as_string()};
  const boost::json::object& node = first_node(json);
  if (infno == "2602") return {message_query(std::string{node.at("omsgid").as_string()})};
  if (infno != "2102" && infno != "2207") return {envelope(0, "", "{}")};
  const auto amount = parse_yuan(boost::json::serialize(node.at("medfee_sumamt")));
  FakeReply reply;
  reply.body =
      settle(std::string{json.at("msgid").as_string()}, std::string{node.at("psn_no").as_string()},
             amount.value_or(*find_amount(request.body, "\"medfee_sumamt\"")), reply.close);
  return reply;
}

// 400.00 for everybody, once a key.
FakeReply FakeGateway::premium(const FakeRequest& request) {
  if (const auto known = premiums_.find(request.key); known != premiums_.end())
    return known->second;
  const bool third = ++premiums_asked_ == 3;
  const std::string person{boost::json::parse(request.body).at("psn_no").as_string()};
  const FakeReply reply{R"({"id":"C20261130)" + std::to_string(premiums_asked_) +
                            R"(","status":"paid","amount":"400.00"})",
                        201};
  const bool forgets = third && fault_ == Fault::kForgetsPremium;
  if (!forgets) premiums_[request.key] = reply;
  taken_[payer_of(person)] += Fen{forgets                                         ? 0
                                  : third && fault_ == Fault::kOverchargesPremium ? 40'001
                                                                                  : 40'000};
  if (third && fault_ == Fault::kClosesOnPremium) return {"", 0, true};
  return reply;
}

// A hundred accounts, fifty more whenever somebody asks.
FakeReply FakeGateway::roll(const FakeRequest& request) {
  constexpr std::uint64_t kAccounts = 100;
  if (request.method == "GET") accounts_rolled_ += 50;
  const bool ended = accounts_rolled_ == kAccounts;
  const bool refused = ended && fault_ == Fault::kRollRefusesOne;
  const bool forgot = ended && fault_ == Fault::kRollForgetsOne;
  const auto rolled = accounts_rolled_ - (refused || forgot ? 1 : 0);
  return {R"({"year":2026,"accounts_total":100,"accounts_done":)" +
              std::to_string(accounts_rolled_) + R"(,"accounts_rolled":)" + std::to_string(rolled) +
              R"(,"accounts_skipped":0,"accounts_refused":)" + (refused ? "1" : "0") +
              R"(,"running":)" + (ended ? "false" : "true") + R"(,"complete":)" +
              (ended && fault_ != Fault::kRollStops ? "true" : "false") + "}",
          request.method == "POST" ? 202u : 200u};
}

std::string FakeGateway::settle(const std::string& msgid, const std::string& person, Fen amount,
                                bool& close) {
  const bool third = ++settlements_ == 3;
  if (third && fault_ == Fault::kBusyOnce)
    return envelope(-2, "E_BUSY \u7cfb\u7edf\u7e41\u5fd9", "{}");
  std::string setl_id = "S20261122" + std::to_string(1000 + settlements_);
  if (third && fault_ == Fault::kSameSetlIdTwice) setl_id = last_setl_id_;
  last_setl_id_ = setl_id;
  if (!(third && fault_ == Fault::kForgetsOne)) {
    by_msgid_[msgid] = {third && fault_ == Fault::kOtherSetlId ? "S1" : setl_id, amount};
    taken_[payer_of(person)] += amount + Fen{third && fault_ == Fault::kTakesTooMuch ? 1 : 0};
  }
  close = third && (fault_ == Fault::kClosesOnce || fault_ == Fault::kDecidesLate);
  if (third && fault_ == Fault::kDecidesLate) late_msgid_ = msgid;
  return envelope(
      0, "",
      R"({"setlinfo":{"setl_id":")" + setl_id + R"(","acct_pay":)" + to_yuan_text(amount) + "}}");
}

std::string FakeGateway::message_query(const std::string& original) {
  if (original == late_msgid_ && late_answers_ > 0) {
    --late_answers_;
    return envelope(0, "", R"({"state":"in_flight"})");
  }
  const auto found = by_msgid_.find(original);
  if (found == by_msgid_.end()) return envelope(0, "", R"({"state":"unknown"})");
  return envelope(0, "",
                  R"({"state":"applied","result":{"setlinfo":{"setl_id":")" +
                      found->second.setl_id + R"(","acct_pay":)" +
                      to_yuan_text(found->second.account_pay) + "}}}");
}

std::string FakeGateway::balance_of(const std::string& person) const {
  const auto taken = taken_.find(person);
  const Fen left = Fen{1'000'000'00} - (taken == taken_.end() ? Fen{0} : taken->second);
  return R"({"psn_no":")" + person + R"(","balances":{"current_year":"0.00","carryover":")" +
         to_yuan_text(left) + "\"}}";
}

}  // namespace gongji::loadtest
