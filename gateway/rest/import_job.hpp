// One import under way: reads the NDJSON body and keeps a window of lines in flight. When half of
// them are answered the next are read, some in each turn of the loop, so that they go on together
// and the loop's other messages are not kept waiting. Lines are messages like any other, known by
// "<batch>:<line>", so an import sent again applies nothing twice. Lines about the same person keep
// their order (line_order.hpp). Lives on one loop thread; owned by the lines in flight.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "gateway/exchange.hpp"
#include "gateway/rest/import_line.hpp"
#include "gateway/rest/line_order.hpp"
#include "ports/bulk_service.hpp"
#include "ports/clock.hpp"
#include "ports/metrics.hpp"

namespace gongji::gateway::rest {

struct ImportOrder {
  std::string batch;
  std::uint64_t first_line = 1;  // number of the first line of this body within the batch
  std::string channel;           // who imports: journaled with every line
  std::string operator_id;
  std::string acting_person;
  unsigned window = 4096;                        // lines read and not yet answered
  std::chrono::milliseconds deadline_ms{5'000};  // of one line
};

class ImportJob final : public std::enable_shared_from_this<ImportJob> {
 public:
  ImportJob(BulkService& service, const Clock& clock, Metrics& metrics, ImportOrder order,
            std::string_view body, std::shared_ptr<AnswerSlot> slot);

  // One turn: submits lines the window has room for; answers when nothing is left. Loop thread.
  void turn();

 private:
  struct RefusedLine {
    std::uint64_t number;
    Reason reason;
    std::string detail;
  };

  [[nodiscard]] bool wants_lines() const;
  void read_lines();
  void next_line();
  void take_line(std::string_view text, std::uint64_t number);
  void ready(std::uint64_t number, ImportLine line);
  void submit();
  void ask_for_turn();
  void on_reply(std::uint64_t number, const std::string& canonical, const Reply& reply);
  void refuse(std::uint64_t number, const Refusal& refusal);
  void answer();

  BulkService& service_;
  const Clock& clock_;
  Metrics& metrics_;
  const ImportOrder order_;
  const std::string body_;  // the request's views end with its call; padded for the JSON reader
  std::string_view rest_;   // of body_, not yet read
  std::uint64_t next_number_;
  LineOrder order_of_lines_;
  std::unordered_map<std::uint64_t, ImportLine> waiting_;  // behind others about the same person
  std::vector<BulkMessage> ready_;
  bool filling_ = true;  // the window
  bool turn_asked_ = false;
  bool answered_ = false;
  std::uint64_t accepted_ = 0;
  bool all_replayed_ = true;
  std::vector<RefusedLine> refused_;
  std::shared_ptr<AnswerSlot> slot_;
};

}  // namespace gongji::gateway::rest
