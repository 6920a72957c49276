// The answers of one connection, put out in the order of its requests however they come in. Knows
// no socket. Loop thread only.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "gateway/admission.hpp"
#include "gateway/exchange.hpp"
#include "gateway/stand_ins.hpp"

namespace gongji::gateway {

class AnswerQueue {
 public:
  explicit AnswerQueue(Metrics& metrics) : metrics_(metrics) {}

  struct Place {
    const StandIns* stand_ins = nullptr;  // who speaks when nobody answers
    bool close = false;                   // the connection ends after this answer
    bool head_only = false;               // a HEAD request
  };
  // The next request; gives its number.
  std::uint64_t push(Place place);
  // "100 Continue" in its place between the answers.
  void push_interim();

  // The place with that number; null when nothing may be said there any more.
  [[nodiscard]] const Place* find(std::uint64_t number) const;
  // No effect when the place is gone.
  void fulfil(std::uint64_t number, Answer answer, AdmissionToken token);

  struct PutOut {
    unsigned messages = 0;  // that have left the queue, tokens of those answered included
    unsigned dropped = 0;   // that will never be answered, because the connection ends before them
    AdmissionToken tokens;
    bool ended = false;  // "Connection: close" was said; nothing may follow
  };
  // Appends every answer whose turn has come. `last_closes`: the last one in the queue says
  // "Connection: close".
  [[nodiscard]] PutOut put_out(std::string& output, bool last_closes);

 private:
  struct Entry {
    Place place;
    std::optional<Answer> answer;
    AdmissionToken token;
    bool interim = false;
  };
  [[nodiscard]] bool append(Entry& entry, std::string& output, bool last_closes);

  Metrics& metrics_;
  std::deque<Entry> entries_;
  std::uint64_t first_ = 0;  // the number of entries_.front()
};

}  // namespace gongji::gateway
