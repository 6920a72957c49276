#include "tests/gateway/wire/wire_bench.hpp"

#include <gtest/gtest.h>

namespace gongji::gateway::testing {
namespace {

Institution institution(std::string_view code, Channel kind) {
  Institution made;
  made.code = InstitutionCode{code};
  made.name = "示例机构";
  made.kind = kind;
  made.area = "440100";
  return made;
}

InstitutionRegister all_institutions() {
  Institution string_infcode = institution(kStringInfcode, Channel::kHospital);
  string_infcode.infcode_as_string = true;
  string_infcode.refd_setl_flag_digits = 3;
  Institution fund_required = institution(kFundRequired, Channel::kHospital);
  fund_required.fund_pay_required = true;
  Institution watchful = institution(kWatchful, Channel::kPharmacy);
  watchful.duplicate_window = std::chrono::seconds{60};
  Institution hmac = institution(kHmac, Channel::kHospital);
  hmac.proof = Proof::kHmac;
  hmac.secret = kHmacSecret;
  return InstitutionRegister{{institution(kPharmacy, Channel::kPharmacy),
                              institution(kHospital, Channel::kHospital), string_infcode,
                              fund_required, watchful, hmac}};
}

ProfileBook all_profiles() {
  Profile included;
  included.id = "SH-2025";
  Profile excluded;
  excluded.id = "EX-2025";
  excluded.acct_pay_includes_mulaid = false;
  return ProfileBook{{included, excluded}};
}

std::shared_ptr<JournalRecord> record_of(const Request& request, std::uint64_t sequence,
                                         Instant at) {
  auto record = std::make_shared<JournalRecord>();
  record->sequence = Sequence{sequence};
  record->epoch = Epoch{1};
  record->household = HouseholdId{7};
  record->at = at;
  record->origin = request.origin;
  record->keys = {request.key_hash};
  record->profile = {"SH-2025", "00"};
  return record;
}

const json::JsonNode* find_field(const json::JsonNode& node, std::string_view name) {
  for (const json::JsonNode& child : json::children(node)) {
    if (child.key == name) return &child;
    if (child.size == 1) continue;
    if (const json::JsonNode* found = find_field(child, name)) return found;
  }
  return nullptr;
}

}  // namespace

Instant civil(int hour, int minute, int second, int millisecond) {
  using namespace std::chrono;
  return start_of(CivilDate{year{2026}, month{11}, day{22}}) + hours{hour} + minutes{minute} +
         seconds{second} + milliseconds{millisecond};
}

FixedPolicy::FixedPolicy()
    : policy_(std::make_shared<const Policy>(Policy{all_profiles(), all_institutions()})) {}

void FixedPolicy::change(std::string_view code, const std::function<void(Institution&)>& edit) {
  std::vector<Institution> all;
  for (const auto& [name, institution] : policy_->institutions.all()) {
    all.push_back(institution);
    if (name == code) edit(all.back());
  }
  policy_ = std::make_shared<const Policy>(
      Policy{policy_->profiles, InstitutionRegister{std::move(all)}});
}

wire::QuoteKey test_quote_key() {
  wire::QuoteKey key{};
  key.fill(0x42);
  return key;
}

WireBench::WireBench()
    : clock(civil(10, 15, 30, 512)), wire(service, policies, clock, metrics, test_quote_key(), {}) {
  connection->transport = Transport::kTcp;
}

void WireBench::post(std::string_view body, std::string_view target, std::string_view method) {
  const Padded padded{body};
  HttpRequest request;
  request.method = method;
  request.target = target;
  request.body = padded.view();
  request.headers = headers;
  request.first_byte_at = std::chrono::steady_clock::now() - age;
  request.caller = caller;
  wire.handle(request, std::make_unique<FakeSlot>(loop));
  loop.turn();
}

void WireBench::frame(std::string_view payload) {
  const Padded padded{payload};
  wire.handle(FrameRequest{padded.view(), std::chrono::steady_clock::now() - age, connection},
              std::make_unique<FakeSlot>(loop));
  loop.turn();
}

void WireBench::reply(Reply reply) {
  for (Submitted& each : service.submitted) {
    if (each.ticket == nullptr) continue;
    each.ticket->complete(std::move(reply));
    each.ticket.reset();
    return loop.turn();
  }
  FAIL() << "no open ticket";
}

const Answer& WireBench::answer() const {
  static const Answer kNone;
  EXPECT_FALSE(loop.answers.empty());
  return loop.answers.empty() ? kNone : loop.answers.back();
}

std::string WireBench::refused(std::string_view message_body) {
  const std::size_t before = service.submitted.size();
  post(message_body);
  EXPECT_EQ(service.submitted.size(), before) << message_body;
  EXPECT_EQ(field(body(), "infcode"), "-2") << body();
  return field(body(), "err_msg");
}

Request WireBench::submitted(std::string_view message_body) {
  const std::size_t before = service.submitted.size();
  post(message_body);
  EXPECT_EQ(service.submitted.size(), before + 1) << (loop.answers.empty() ? "" : body());
  return service.submitted.empty() ? Request{} : service.submitted.back().request;
}

std::string field(std::string_view json, std::string_view name) {
  json::JsonDocument document;
  const Padded padded{json};
  const json::JsonNode* root = document.read(padded.view());
  EXPECT_NE(root, nullptr) << json;
  const json::JsonNode* found = root == nullptr ? nullptr : find_field(*root, name);
  return found == nullptr ? "?" : std::string{found->text};
}

std::string message(std::string_view infno, std::string_view institution_code,
                    std::string_view input, std::string_view msgid) {
  std::string text = "{\"infno\":\"" + std::string{infno} + "\",\"msgid\":\"" + std::string{msgid};
  text += R"(","mdtrtarea_admvs":"440100","insuplc_admdvs":"440100","recer_sys_code":"GW01",)";
  text += R"("infver":"V1.0","opter_type":"1","opter":"0031","opter_name":"收银员甲",)";
  text += R"("inf_time":"2026-11-22 10:15:30","fixmedins_code":")" + std::string{institution_code};
  return text + R"(","sign_no":"","input":)" + std::string{input} + "}";
}

PersonCard patient_card() {
  PersonCard card;
  card.psn_name = "张三";
  card.certno = "440100199001010010";
  card.psn_type = "11";
  card.scheme = Scheme::kEmployee;
  card.area = "440100";
  return card;
}

std::shared_ptr<JournalRecord> settlement_record(const Request& request, std::uint64_t sequence,
                                                 Instant at, const Decided& decided) {
  auto record = record_of(request, sequence, at);
  const auto& asked = std::get<SettleCommand>(request.ask);
  record->command = asked;
  record->profile.id = decided.profile;
  Settled settled;
  settled.patient = asked.patient;
  settled.card = patient_card();
  settled.bill = decided.split.sum();
  if (decided.split.own.is_positive())
    settled.own.push_back({asked.patient, Bucket::kCarryover, decided.split.own, {}});
  if (decided.split.family.is_positive())
    settled.family.push_back(
        {PersonId{"spouse"}, Bucket::kCarryover, decided.split.family, LinkId{3}});
  settled.cash = decided.split.cash;
  settled.current_year_taken = asked.parts.current_year_taken;
  settled.zero_reason = decided.zero_reason;
  settled.counts_relief = decided.counts_relief;
  settled.counts_deductible = decided.counts_deductible;
  record->outcome = Events{settled};
  record->balances = {{PersonId{"spouse"}, Fen{99}, Fen{99}},
                      {asked.patient, Fen{0}, decided.balance}};
  return record;
}

std::shared_ptr<JournalRecord> refusal_record(const Request& request, std::uint64_t sequence,
                                              Instant at, Refusal refusal) {
  auto record = record_of(request, sequence, at);
  if (const auto* settle = std::get_if<SettleCommand>(&request.ask)) record->command = *settle;
  record->outcome = std::move(refusal);
  return record;
}

std::shared_ptr<JournalRecord> cancel_record(const Request& request, const JournalRecord& original,
                                             std::uint64_t sequence, Instant at, Fen balance) {
  auto record = record_of(request, sequence, at);
  const Settled& settled = *original.event<Settled>();
  record->command = ReverseCommand{settled.patient, original.sequence, ReversalKind::kCancel};
  record->outcome = Events{SettlementReversed{original.sequence, ReversalKind::kCancel,
                                              settled.patient, settled.own, settled.cash}};
  record->balances = {{settled.patient, Fen{0}, balance}};
  return record;
}

}  // namespace gongji::gateway::testing
