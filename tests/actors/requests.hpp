// Requests as the gateway would make them, in few words. Everybody lives in Shanghai and pays with
// carry-over money; messages come from pharmacy P001 unless said otherwise.
#pragma once

#include <string>
#include <vector>

#include "ports/settlement_service.hpp"

namespace gongji::actors::test {

inline constexpr const char* kPharmacy = "P001";

KeyHash key_hash(const std::string& text);
KeyHash message_hash(const MessageKey& key);

Person employee(const std::string& id, std::int64_t carryover_fen);
Person resident(const std::string& id);

// A request of that name and message id, without anything asked yet; its digest comes from `input`.
Request message(const std::string& infno, const std::string& msgid, const std::string& input,
                const std::string& institution = kPharmacy);

Request enrol(const Person& person);  // message id = the person's
Request settle(const std::string& patient, std::int64_t fen, const std::string& msgid,
               const std::string& institution = kPharmacy);
// 2207: the same batch number names the same business fact.
Request settle_batch(const std::string& patient, std::int64_t fen, const std::string& msgid,
                     const std::string& batch);
// A 2102 whose goods are `goods`; equal ones within `window_s` are one sale sent twice.
Request settle_goods(const std::string& patient, std::int64_t fen, const std::string& msgid,
                     const std::string& goods, int window_s = 60);
// 2201 of the visit the institution calls `number`, and 2202 of it.
Request register_visit(const std::string& patient, const std::string& msgid,
                       const std::string& number);
Request withdraw_visit(const std::string& patient, const std::string& msgid,
                       const std::string& number);
// 5203.
Request settlement_query(const std::string& patient, Sequence settlement,
                         const std::string& institution = kPharmacy);
Request cancel(const std::string& patient, Sequence settlement, const std::string& msgid,
               const std::string& institution = kPharmacy);
Request undo(const Request& original, const std::string& msgid,
             const std::string& institution = kPharmacy);
Request query(const Request& original, const std::string& institution = kPharmacy);  // 2602
Request quote(const std::string& patient, std::int64_t fen);
Request person(const std::string& id);
Request form(const std::string& organiser, const std::vector<std::string>& members,
             const std::string& msgid);
Request bind_member(const std::string& organiser, const std::string& member,
                    const std::string& msgid);
Request unbind(const std::string& organiser, const std::string& member, const std::string& msgid);
// `ordered_by` "" = the core system orders. Both premiums are of 2026.
Request contribute(const std::string& person, const std::string& ordered_by,
                   const std::string& msgid, const std::string& purpose = "RESIDENT_PREMIUM");
// Any other administrative command.
Request administer(const std::string& msgid, Command command);
Request disband(const std::string& organiser, const std::string& msgid);

}  // namespace gongji::actors::test
