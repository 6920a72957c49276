#include "gateway/http/answer_queue.hpp"

#include <utility>

#include "gateway/http/response_writer.hpp"

namespace gongji::gateway {
namespace {

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

std::uint64_t AnswerQueue::push(Place place) {
  entries_.emplace_back().place = place;
  return first_ + entries_.size() - 1;
}

void AnswerQueue::push_interim() {
  Entry& entry = entries_.emplace_back();
  entry.interim = true;
  entry.answer.emplace();
}

const AnswerQueue::Place* AnswerQueue::find(std::uint64_t number) const {
  if (number < first_ || number - first_ >= entries_.size()) return nullptr;
  return &entries_[number - first_].place;
}

void AnswerQueue::fulfil(std::uint64_t number, Answer answer, AdmissionToken token) {
  if (find(number) == nullptr) return;
  Entry& entry = entries_[number - first_];
  entry.answer = std::move(answer);
  entry.token = std::move(token);
}

AnswerQueue::PutOut AnswerQueue::put_out(std::string& output, bool last_closes) {
  PutOut done;
  while (!done.ended && !entries_.empty() && entries_.front().answer) {
    Entry& entry = entries_.front();
    done.ended = append(entry, output, last_closes && entries_.size() == 1);
    done.tokens.absorb(std::move(entry.token));
    ++done.messages;
    ++first_;
    entries_.pop_front();
  }
  if (done.ended) {
    done.dropped = static_cast<unsigned>(entries_.size());
    first_ += entries_.size();
    entries_.clear();
  }
  return done;
}

// True: the connection ends with this answer.
bool AnswerQueue::append(Entry& entry, std::string& output, bool last_closes) {
  if (entry.interim) {
    output.append(kContinue);
    return false;
  }
  const bool close = entry.place.close || entry.answer->close || last_closes;
  append_response(output, *entry.answer, {close, entry.place.head_only});
  metrics_.http_request(static_cast<int>(entry.answer->http_status));
  return close;
}

}  // namespace gongji::gateway
