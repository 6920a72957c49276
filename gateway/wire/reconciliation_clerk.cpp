#include "gateway/wire/reconciliation_clerk.hpp"

#include "gateway/wire/reconciliation_writer.hpp"

namespace gongji::gateway::wire {
namespace {

namespace recon = reconciliation;
using Rendered = Result<ReconciliationAnswer, Refusal>;

template <class Write>
Rendered answer_with(Write write) {
  ReconciliationAnswer answer;
  json::JsonWriter out{answer.output};
  write(out);
  return answer;
}

}  // namespace

// Dropped unanswered, its slot says "unknown" by itself.
struct ReconciliationClerk::Asked {
  MessageContext message;
  std::unique_ptr<AnswerSlot> slot;
};

// Renders on the desk's thread, answers on the loop's.
template <class T, class Render>
recon::Desk::Then<T> ReconciliationClerk::then(std::shared_ptr<Asked> asked, Render render) const {
  class Step final : public LoopTask {
   public:
    Step(const Answer& answer, std::shared_ptr<Asked> asked, Rendered rendered)
        : answer_(answer), asked_(std::move(asked)), rendered_(std::move(rendered)) {}
    void run() override { answer_(asked_->message, rendered_, *asked_->slot); }

   private:
    const Answer& answer_;
    std::shared_ptr<Asked> asked_;
    Rendered rendered_;
  };
  return [this, asked = std::move(asked), render](Result<T, Refusal> result) {
    Rendered rendered = result ? render(std::move(result).value()) : Rendered{result.error()};
    AnswerSlot& slot = *asked->slot;
    slot.run_on_loop(std::make_unique<Step>(answer_, asked, std::move(rendered)));
  };
}

void ReconciliationClerk::take(recon::Order order, MessageContext message,
                               std::unique_ptr<AnswerSlot> slot) const {
  const bool tcp = message.transport == Transport::kTcp;
  const auto asked = std::make_shared<Asked>(Asked{std::move(message), std::move(slot)});
  struct Visitor {
    const ReconciliationClerk& self;
    const std::shared_ptr<Asked>& asked;
    const bool tcp;

    void operator()(recon::TotalsOrder& order) const {
      self.desk_.totals(
          order.query, self.then<recon::Totals>(asked, [order](const recon::Totals& centre) {
            return answer_with([&](json::JsonWriter& out) { write_statement(out, order, centre); });
          }));
    }
    void operator()(recon::CompareOrder& order) const {
      self.desk_.compare(
          std::move(order), self.then<ShelvedFile>(asked, [](const ShelvedFile& file) {
            return answer_with([&](json::JsonWriter& out) { write_compared(out, file); });
          }));
    }
    void operator()(recon::UploadOrder& order) const {
      self.desk_.upload(
          std::move(order), self.then<ShelvedFile>(asked, [](const ShelvedFile& file) {
            return answer_with([&](json::JsonWriter& out) { write_uploaded(out, file); });
          }));
    }
    void operator()(recon::DownloadOrder& order) const {
      self.desk_.download(
          std::move(order),
          self.then<FileContents>(
              asked,
              [tcp = tcp,
               frame_bytes_max = self.frame_bytes_max_](FileContents contents) -> Rendered {
                if (!tcp)
                  return ReconciliationAnswer{
                      "", std::make_shared<const FileContents>(std::move(contents))};
                Rendered rendered =
                    answer_with([&](json::JsonWriter& out) { write_downloaded(out, contents); });
                if (rendered->output.size() <= frame_bytes_max) return rendered;
                return Refusal{Reason::kField, "文件大于一帧，请经HTTP下载", {}, {}};
              }));
    }
  };
  std::visit(Visitor{*this, asked, tcp}, order);
}

}  // namespace gongji::gateway::wire
