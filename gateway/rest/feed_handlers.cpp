#include "gateway/rest/feed_handlers.hpp"

#include <array>
#include <charconv>
#include <limits>

#include "gateway/rest/answers.hpp"
#include "gateway/rest/event_view.hpp"
#include "gateway/rest/history_list.hpp"
#include "gateway/rest/loop_then.hpp"
#include "gateway/rest/paging.hpp"
#include "gateway/rest/record_ids.hpp"
#include "gateway/rest/sight.hpp"
#include "gateway/rest/write.hpp"

namespace gongji::gateway::rest {
namespace {

using Records = std::vector<RecordPtr>;

constexpr std::uint64_t kStreamSeconds = 15;  // how long a stream waits for its first event
constexpr std::string_view kStreamType = "text/event-stream;charset=utf-8";

bool wants_stream(const Call& call) {
  return call.accept.find("text/event-stream") != std::string::npos;
}

// A browser that reconnects says the last event it saw in a header; that one is newer.
Result<Sequence, Answer> read_after(const Call& call) {
  const bool resumed = wants_stream(call) && !call.last_event_id.empty();
  if (!resumed) {
    const auto after = read_number(call, "after", 0, std::numeric_limits<std::uint64_t>::max());
    if (!after) return after.error();
    return Sequence{*after};
  }
  std::uint64_t number = 0;
  const std::string& text = call.last_event_id;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || stop != text.data() + text.size())
    return parameter_problem("Last-Event-ID", "应为事件序号");
  return Sequence{number};
}

std::string number_of(Sequence sequence) { return std::to_string(sequence.number()); }

// The cursor is there on every page: the feed has no end, only a place to go on from.
Answer json_page(const Records& records, const RecordNames& names, Sequence after) {
  std::vector<std::string> items;
  for (const RecordPtr& record : records) items.push_back(event_json(*record, names));
  const Sequence last = records.empty() ? after : records.back()->sequence;
  return json_answer(list_json(items, number_of(last)));
}

Answer stream_page(const Records& records, const RecordNames& names) {
  Answer answer;
  answer.content_type = kStreamType;
  answer.headers.emplace_back("Cache-Control", "no-store");
  answer.body = "retry: 1000\n\n";
  for (const RecordPtr& record : records) {
    answer.body += "id: " + number_of(record->sequence) + "\nevent: ";
    answer.body += type_of(*record);
    answer.body += "\ndata: " + event_json(*record, names) + "\n\n";
  }
  if (records.empty()) answer.body += ": nothing new\n\n";
  return answer;
}

using ToLines = std::vector<std::string> (*)(const JournalRecord& record, const RecordNames& names);

Answer marked_page(const Records& records, std::size_t limit, char list, const RecordNames& names,
                   ToLines lines) {
  std::vector<std::string> items;
  for (const RecordPtr& record : records)
    for (std::string& line : lines(*record, names)) items.push_back(std::move(line));
  std::optional<std::string> next;
  if (records.size() == limit) next = make_cursor(list, records.back()->sequence);
  return json_answer(list_json(items, next));
}

// Records that carry a mark, oldest first; `limit` counts records.
void list_marked(Backend& backend, const CallPtr& call, MarkKind kind, char list, ToLines lines) {
  const auto page = read_page(*call, list);
  if (!page) return call->answer(page.error());
  const auto answer = [&backend, call, limit = page->limit, list, lines](const Records& records) {
    with_names(backend, call, records, [call, limit, list, lines, records](const auto& names) {
      call->answer(marked_page(records, limit, list, names, lines));
    });
  };
  backend.ports.records.marked(kind, page->cursor, page->limit,
                               then_on_loop<Records>(backend, call, answer));
}

std::vector<std::string> review_lines(const JournalRecord& record, const RecordNames&) {
  if (record.event<ReviewMarked>() == nullptr) return {};
  return {review_json(record)};
}

LinkId read_link_id(BodyReader& body, const json::FieldValues& values) {
  if (!values.has("link_id")) return {};
  std::uint64_t number = 0;
  const std::string_view text = values.text("link_id");
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || stop != text.data() + text.size() || number == 0)
    body.fault("", "link_id", "不是授权编号");
  return LinkId{number};
}

Write review_write(Review review, bool under_review, const BodyReader& body) {
  return {ReviewCommand{std::move(review), under_review}, body.canonical(),
          [](const JournalRecord& record) { return json_answer(review_json(record), kCreated); }};
}

void mark_settlement(Backend& backend, const CallPtr& call, const std::string& setl_id,
                     Write write) {
  if (!take_key(backend, *call)) return;
  with_settlement(backend, call, setl_id,
                  [&backend, call, write = std::move(write)](const RecordPtr& record) mutable {
                    Review& review = std::get<ReviewCommand>(write.command).review;
                    review.settlement = record->sequence;
                    review.person = patient_of(*record);
                    submit_keyed_write(backend, call, write);
                  });
}

}  // namespace

void get_events(Backend& backend, CallPtr call) {
  const bool stream = wants_stream(*call);
  const auto after = read_after(*call);
  if (!after) return call->answer(after.error());
  const auto limit = read_limit(*call);
  if (!limit) return call->answer(limit.error());
  const auto wait_max =
      std::chrono::duration_cast<std::chrono::seconds>(backend.options.feed_wait_ms_max);
  const auto wait = read_number(*call, "wait", stream ? kStreamSeconds : 0,
                                static_cast<std::uint64_t>(wait_max.count()));
  if (!wait) return call->answer(wait.error());
  call->waits = *wait > 0;
  const auto answer = [&backend, call, stream, after = *after](const Records& records) {
    with_names(backend, call, records, [call, stream, after, records](const RecordNames& names) {
      call->answer(stream ? stream_page(records, names) : json_page(records, names, after));
    });
  };
  backend.ports.records.feed(*after, *limit, std::chrono::seconds{*wait},
                             then_on_loop<Records>(backend, call, answer));
}

void get_suspense(Backend& backend, CallPtr call) {
  list_marked(backend, call, MarkKind::kSuspense, 'S', suspense_json);
}

void get_reviews(Backend& backend, CallPtr call) {
  const std::string_view person = call->target.parameter("psn_no");
  if (person.empty()) return list_marked(backend, call, MarkKind::kReview, 'R', review_lines);
  list_named_history(backend, call, PersonId{person}, 'A',
                     [](const JournalRecord& record, const RecordNames& names) {
                       return std::optional{event_json(record, names)};
                     });
}

// A settlement is known by its setl_id; a link by its id and the member it binds.
void mark_review(Backend& backend, CallPtr call) {
  static constexpr std::array<json::FieldSpec, 5> kFields{{
      {"setl_id", json::FieldKind::kId, 30},
      {"link_id", json::FieldKind::kId, 20},
      {"psn_no", json::FieldKind::kId, 30},
      {"under_review", json::FieldKind::kFlag},
      {"note", json::FieldKind::kText, 500},
  }};
  BodyReader body{call->body};
  const json::FieldValues values = body.fields(kFields);
  const bool of_link = values.has("link_id");
  if (body.ok() && of_link == values.has("setl_id"))
    body.fault("", "setl_id", "setl_id与link_id须给出其一");
  if (of_link && !values.has("psn_no")) body.fault("", "psn_no", "随link_id须给出成员编号");
  const auto link = read_link_id(body, values);
  if (answer_faults(body, *call)) return;
  Review review{{}, link, PersonId{values.text("psn_no")}, std::string{values.text("note")}};
  Write write = review_write(std::move(review), values.flag("under_review", true), body);
  if (of_link) return submit_write(backend, call, std::move(write));
  mark_settlement(backend, call, std::string{values.text("setl_id")}, std::move(write));
}

}  // namespace gongji::gateway::rest
