#include "tests/actors/requests.hpp"

#include <algorithm>

#include "stores/sha256.hpp"

namespace gongji::actors::test {
namespace {

using namespace std::chrono_literals;

constexpr Instant kMorning{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + 2h};

NewMember child(const std::string& id) { return {PersonId{id}, Relation::kChild, {}, {}}; }

Request admin(const std::string& name, const std::string& msgid, Command command) {
  Request request = message(name, msgid, name + msgid, "");
  request.ask = AdminRequest{std::move(command)};
  return request;
}

// Questions are not remembered: no key.
Request question(Ask ask, const std::string& institution = kPharmacy) {
  Request request = message("query", "", "", institution);
  request.key_hash = {};
  request.ask = std::move(ask);
  return request;
}

Request visit(const std::string& infno, const std::string& patient, const std::string& msgid,
              const std::string& number, VisitStep step) {
  Request request = message(infno, msgid, patient + '|' + number);
  request.business_hash = key_hash("visit|" + patient + '|' + number);
  request.ask = RecordVisitCommand{step, PersonId{patient}, "", "310101"};
  return request;
}

SettleCommand bill(const std::string& patient, std::int64_t fen) {
  SettleCommand command;
  command.patient = PersonId{patient};
  command.certificate.type = "01";
  command.place = {InstitutionCode{kPharmacy}, "310101", Channel::kPharmacy, true};
  command.med_type = "41";
  command.parts.medfee_sum = Fen{fen};
  return command;
}

}  // namespace

KeyHash key_hash(const std::string& text) {
  const Digest digest = stores::sha256(text);
  KeyHash key;
  std::copy_n(digest.begin(), key.size(), key.begin());
  return key;
}

KeyHash message_hash(const MessageKey& key) {
  return key_hash(key.institution.text() + '|' + key.infno + '|' + key.msgid);
}

Person employee(const std::string& id, std::int64_t carryover_fen) {
  Person person;
  person.id = PersonId{id};
  person.card.psn_name = id;
  person.card.certno = "ID-" + id;
  person.card.scheme = Scheme::kEmployee;
  person.card.area = "310101";
  person.carryover = Fen{carryover_fen};
  return person;
}

Person resident(const std::string& id) {
  Person person = employee(id, 0);
  person.card.scheme = Scheme::kResident;
  return person;
}

Request message(const std::string& infno, const std::string& msgid, const std::string& input,
                const std::string& institution) {
  Request request;
  request.origin.key = {InstitutionCode{institution}, infno, msgid};
  request.origin.business_input = input;
  request.origin.digest = stores::sha256(input);
  request.origin.received_at = kMorning;
  request.key_hash = message_hash(request.origin.key);
  request.deadline = std::chrono::steady_clock::now() + 60s;
  return request;
}

Request enrol(const Person& person) {
  Request request = admin("import", person.id.text(), EnrolCommand{person});
  request.aliases = {key_hash("certno|" + person.card.certno)};
  return request;
}

Request settle(const std::string& patient, std::int64_t fen, const std::string& msgid,
               const std::string& institution) {
  Request request = message("2102", msgid, patient + '|' + std::to_string(fen), institution);
  request.ask = bill(patient, fen);
  return request;
}

Request settle_batch(const std::string& patient, std::int64_t fen, const std::string& msgid,
                     const std::string& batch) {
  Request request = message("2207", msgid, patient + '|' + std::to_string(fen) + '|' + batch);
  request.business_hash = key_hash(std::string{"2207|"} + kPharmacy + '|' + batch);
  request.ask = bill(patient, fen);
  return request;
}

Request settle_goods(const std::string& patient, std::int64_t fen, const std::string& msgid,
                     const std::string& goods, int window_s) {
  Request request = settle(patient, fen, msgid);
  request.business_hash = key_hash("sale|" + patient + '|' + goods);
  request.duplicate_window = std::chrono::seconds{window_s};
  return request;
}

Request register_visit(const std::string& patient, const std::string& msgid,
                       const std::string& number) {
  return visit("2201", patient, msgid, number, VisitStep::kRegister);
}

Request withdraw_visit(const std::string& patient, const std::string& msgid,
                       const std::string& number) {
  return visit("2202", patient, msgid, number, VisitStep::kWithdraw);
}

Request settlement_query(const std::string& patient, Sequence settlement,
                         const std::string& institution) {
  return question(SettlementQuery{PersonId{patient}, settlement}, institution);
}

Request cancel(const std::string& patient, Sequence settlement, const std::string& msgid,
               const std::string& institution) {
  const std::string named = std::to_string(settlement.number());
  Request request = message("2208", msgid, patient + '|' + named, institution);
  request.business_hash = key_hash("cancel|" + institution + '|' + named);
  request.ask = CancelRequest{PersonId{patient}, settlement};
  return request;
}

Request undo(const Request& original, const std::string& msgid, const std::string& institution) {
  MessageKey key = original.origin.key;
  key.institution = InstitutionCode{institution};  // one can only name one's own messages
  Request request = message("2601", msgid, key.infno + '|' + key.msgid, institution);
  const KeyHash hash = message_hash(key);
  request.ask = UndoRequest{std::move(key), hash};
  return request;
}

Request query(const Request& original, const std::string& institution) {
  MessageKey key = original.origin.key;
  key.institution = InstitutionCode{institution};
  const KeyHash hash = message_hash(key);
  return question(MessageQuery{std::move(key), hash}, institution);
}

Request quote(const std::string& patient, std::int64_t fen) {
  return question(QuoteQuery{bill(patient, fen)});
}
Request person(const std::string& id) { return question(PersonQuery{PersonId{id}, {}}); }

Request form(const std::string& organiser, const std::vector<std::string>& members,
             const std::string& msgid) {
  FormNetworkCommand command{PersonId{organiser}, "SH", {Mode::kPay}, {}};
  for (const std::string& member : members) command.members.push_back(child(member));
  return admin("form", msgid, std::move(command));
}
Request bind_member(const std::string& organiser, const std::string& member,
                    const std::string& msgid) {
  return admin("bind", msgid, BindCommand{PersonId{organiser}, "SH", child(member)});
}
Request unbind(const std::string& organiser, const std::string& member, const std::string& msgid) {
  return admin("unbind", msgid, UnbindCommand{PersonId{organiser}, PersonId{member}, false});
}
Request contribute(const std::string& person, const std::string& ordered_by,
                   const std::string& msgid, const std::string& purpose) {
  const std::string product = purpose == "COMMERCIAL" ? "HUHUIBAO" : "";
  Request request =
      admin("contribute", msgid,
            ContributeCommand{PersonId{person}, PersonId{ordered_by}, purpose, product, 2026});
  request.business_hash = key_hash("contribution|" + person + '|' + purpose + '|' + product);
  return request;
}
Request administer(const std::string& msgid, Command command) {
  return admin("admin", msgid, std::move(command));
}
Request disband(const std::string& organiser, const std::string& msgid) {
  return admin("disband", msgid, DisbandCommand{PersonId{organiser}});
}

}  // namespace gongji::actors::test
