#include "gateway/rest/certificate_handlers.hpp"

#include <array>

#include "gateway/certificate/certificate.hpp"
#include "gateway/certificate/certificate_json.hpp"
#include "gateway/json/json_writer.hpp"
#include "gateway/rest/accept.hpp"
#include "gateway/rest/answers.hpp"
#include "gateway/rest/contribution_lookup.hpp"
#include "gateway/rest/loop_then.hpp"
#include "gateway/rest/record_ids.hpp"

namespace gongji::gateway::rest {
namespace {

using certificate::CertificateData;
using certificate::CertificateForm;
using certificate::CertificateStatus;

constexpr std::array<std::string_view, 4> kTypes{"application/json", "image/svg+xml", "image/png",
                                                 "application/pdf"};
constexpr std::array<CertificateForm, 4> kForms{CertificateForm::kJson, CertificateForm::kSvg,
                                                CertificateForm::kPng, CertificateForm::kPdf};

// From the record of the order alone, so that the code of an old sheet still verifies.
CertificateData certificate_of(const Backend& backend, const OrderFound& found) {
  const JournalRecord& record = *found.record;
  const ContributionOrdered& event = *record.event<ContributionOrdered>();
  CertificateData data;
  data.contribution_id = contribution_id(record);
  data.status = found.status == ContributionStatus::kReversed ? CertificateStatus::kReversed
                                                              : CertificateStatus::kPaid;
  data.psn_no = event.order.person;
  data.psn_name = event.person_name;
  data.certno = event.certno;
  data.payer_name = event.payer_name;
  data.purpose = event.order.purpose;
  data.product = event.order.product;
  data.year = event.order.year;
  data.amount = event.order.amount;
  data.paid_at = record.at;
  data.area = event.area;
  data.profile_id = record.profile.id;
  data.issued_at = backend.ports.clock.now();
  data.check_code = certificate::make_check_code(backend.options.certificate_key, record.sequence,
                                                 certificate::canonical_text(data));
  return data;
}

bool was_paid(ContributionStatus status) {
  return status == ContributionStatus::kPaid || status == ContributionStatus::kReversed;
}

Answer drawn(const Backend& backend, const CertificateData& data, CertificateForm form) {
  auto bytes = certificate::render(data, form);
  if (!bytes) return refused(backend, {Reason::kUnknownOutcome, bytes.error().sentence, {}, {}});
  Answer answer = json_answer(std::move(bytes).value());
  answer.content_type = certificate::media_type(form);
  return answer;
}

// A sheet takes longer to draw than a loop may be kept.
void draw_aside(Backend& backend, const CallPtr& call, CertificateData data, CertificateForm form) {
  const bool taken = backend.drawing.post([&backend, call, data = std::move(data), form] {
    auto answer = std::make_shared<Answer>(drawn(backend, data, form));
    call->slot->run_on_loop(
        std::make_unique<LoopStep>([call, answer] { call->answer(std::move(*answer)); }));
  });
  if (!taken) call->answer(refused(backend, Reason::kBusy));
}

void answer_certificate(Backend& backend, const CallPtr& call, const OrderFound& found,
                        CertificateForm form) {
  const Contribution& order = found.record->event<ContributionOrdered>()->order;
  if (!may_see_payer(*call, order)) return call->answer(refused(backend, Reason::kForbiddenView));
  if (!was_paid(found.status)) {
    const bool pending = found.status == ContributionStatus::kPending;
    return call->answer(refused(backend, pending ? Reason::kTaxPending : Reason::kNotFound));
  }
  CertificateData data = certificate_of(backend, found);
  if (form == CertificateForm::kJson) return call->answer(drawn(backend, data, form));
  draw_aside(backend, call, std::move(data), form);
}

// Whoever holds the sheet learns that it is genuine and whether it still stands; what it says is
// on it. Those whom it concerns get it in full.
Answer verified(const Backend& backend, const Call& call, const OrderFound& found) {
  const Contribution& order = found.record->event<ContributionOrdered>()->order;
  const CertificateData data = certificate_of(backend, found);
  std::string body;
  json::JsonWriter out{body};
  out.begin_object();
  out.key("valid");
  out.boolean(true);
  out.text("check_code", data.check_code);
  out.text("status", certificate::to_text(data.status));
  if (may_see(call, order) && may_see_payer(call, order))
    out.raw("certificate", certificate::certificate_json(data));
  out.end_object();
  return json_answer(std::move(body));
}

}  // namespace

void get_certificate(Backend& backend, CallPtr call) {
  const auto wanted = best_accepted(call->accept, kTypes);
  if (!wanted)
    return call->answer(
        not_acceptable("application/json, image/svg+xml, image/png, application/pdf"));
  with_order(backend, call, call->ids[0],
             [&backend, call, form = kForms[*wanted]](const OrderFound& found) {
               answer_certificate(backend, call, found, form);
             });
}

void verify_certificate(Backend& backend, CallPtr call) {
  const auto code = certificate::parse_check_code(call->ids[0]);
  const auto unknown = [&backend, call] { call->answer(refused(backend, Reason::kNotFound)); };
  if (!code) return unknown();
  backend.ports.records.find(
      code->sequence,
      then_on_loop<RecordPtr>(
          backend, call, [&backend, call, code, unknown](const RecordPtr& record) {
            if (record == nullptr || record->event<ContributionOrdered>() == nullptr)
              return unknown();
            with_status(backend, call, record,
                        [&backend, call, code, unknown](const OrderFound& found) {
                          const std::string text =
                              certificate::canonical_text(certificate_of(backend, found));
                          const bool genuine =
                              was_paid(found.status) &&
                              certificate::verifies(backend.options.certificate_key, *code, text);
                          genuine ? call->answer(verified(backend, *call, found)) : unknown();
                        });
          }));
}

}  // namespace gongji::gateway::rest
