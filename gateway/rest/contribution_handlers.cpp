#include "gateway/rest/contribution_handlers.hpp"

#include <array>

#include "gateway/rest/answers.hpp"
#include "gateway/rest/contribution_lookup.hpp"
#include "gateway/rest/contribution_view.hpp"
#include "gateway/rest/history_list.hpp"
#include "gateway/rest/history_scan.hpp"
#include "gateway/rest/paging.hpp"
#include "gateway/rest/record_ids.hpp"
#include "gateway/rest/write.hpp"
#include "gateway/rest/year_field.hpp"
#include "gateway/wire/digest.hpp"

namespace gongji::gateway::rest {
namespace {

constexpr char kNetworkList = 'n';
constexpr char kPersonList = 'p';

using Shows = std::function<bool(const Contribution& order)>;

// Orders older than the cursor; their status needs everything newer, so each page reads from the
// newest record again.
void answer_page(const CallPtr& call, char list, const Page& page, const ContributionFold& fold,
                 const Shows& shows) {
  std::vector<std::string> items;
  std::optional<std::string> next;
  Sequence last;
  for (const OrderFound& order : fold.orders()) {
    const bool older = page.cursor.is_none() || order.record->sequence < page.cursor;
    if (!older || !shows(order.record->event<ContributionOrdered>()->order)) continue;
    if (items.size() == page.limit) {
      next = make_cursor(list, last);
      break;
    }
    items.push_back(contribution_json(*order.record, order.status, *call));
    last = order.record->sequence;
  }
  call->answer(json_answer(list_json(items, next)));
}

void list_orders(Backend& backend, const CallPtr& call, char list, Shows shows) {
  const auto page = read_page(*call, list);
  if (!page) return call->answer(page.error());
  auto fold = std::make_shared<ContributionFold>();
  HistoryScan scan;
  scan.person = call->person(0);
  scan.visit = [fold](const JournalRecord& record) {
    fold->add(record);
    return true;
  };
  scan.finish = [call, list, page = *page, fold, shows = std::move(shows)] {
    answer_page(call, list, page, *fold, shows);
  };
  scan_history(backend, call, std::move(scan));
}

// One person's premium or product of one year is paid once, whoever pays it.
KeyHash premium_hash(const ContributeCommand& command) {
  return wire::key_hash({"contribution", command.person.text(), command.purpose, command.product,
                         std::to_string(command.year)});
}

// What became of an order the tax side had answered before stays so, whatever is said again.
ContributionStatus answered_status(const JournalRecord& record, const OrderFound& before) {
  const auto* answered = record.event<ContributionAnswered>();
  if (answered == nullptr) return before.status;
  return answered->accepted ? ContributionStatus::kConfirmed : ContributionStatus::kRefused;
}

void submit_confirmation(Backend& backend, const CallPtr& call, const OrderFound& order,
                         bool accepted, std::string detail, std::string canonical) {
  const Contribution& asked = order.record->event<ContributionOrdered>()->order;
  AnswerTaxCommand command{asked.payer, order.record->sequence, accepted, std::move(detail)};
  submit_keyed_write(
      backend, call,
      {std::move(command), std::move(canonical), [call, order](const JournalRecord& record) {
         return json_answer(
             contribution_json(*order.record, answered_status(record, order), *call));
       }});
}

}  // namespace

// Who orders is the acting person; a clerk who names nobody orders for the person himself.
void order_contribution(Backend& backend, CallPtr call) {
  static constexpr std::array<json::FieldSpec, 4> kFields{{
      {"psn_no", json::FieldKind::kId, 30, json::kRequired},
      {"purpose", json::FieldKind::kId, 40, json::kRequired},
      {"year", json::FieldKind::kId, 4, json::kRequired},
      {"product", json::FieldKind::kId, 40},
  }};
  BodyReader body{call->body};
  const json::FieldValues values = body.fields(kFields);
  ContributeCommand command;
  command.person = PersonId{values.text("psn_no")};
  command.ordered_by = PersonId{call->acting_person};
  command.purpose = values.text("purpose");
  command.product = values.text("product");
  command.year = read_year(body, values);
  if (answer_faults(body, *call)) return;
  Write write{std::move(command), body.canonical(), [call](const JournalRecord& record) {
                const ContributionStatus status = record.event<ContributionOrdered>()->order.status;
                return json_answer(contribution_json(record, status, *call), kCreated);
              }};
  write.business_hash = premium_hash(std::get<ContributeCommand>(write.command));
  submit_write(backend, call, std::move(write));
}

void get_contribution(Backend& backend, CallPtr call) {
  with_order(backend, call, call->ids[0], [call](const OrderFound& order) {
    call->answer(json_answer(contribution_json(*order.record, order.status, *call)));
  });
}

void confirm_tax(Backend& backend, CallPtr call) {
  static constexpr std::array<json::FieldSpec, 2> kFields{{
      {"accepted", json::FieldKind::kFlag},
      {"detail", json::FieldKind::kText, 200},
  }};
  BodyReader body{call->body};
  const json::FieldValues values = body.fields(kFields);
  if (answer_faults(body, *call)) return;
  if (!take_key(backend, *call)) return;
  with_order(backend, call, call->ids[0],
             [&backend, call, accepted = values.flag("accepted", true),
              detail = std::string{values.text("detail")},
              canonical = body.canonical()](const OrderFound& order) {
               submit_confirmation(backend, call, order, accepted, detail, canonical);
             });
}

// Paid from the network's money; his own purchases are the organiser's own business (SX-34).
void list_network_contributions(Backend& backend, CallPtr call) {
  with_network_reader(backend, call, [&backend, call](const PersonId& only) {
    list_orders(backend, call, kNetworkList, [owner = call->person(0), only](const auto& order) {
      const bool wanted = only.empty() || order.person == only;
      return order.payer == owner && !order.own_purchase && wanted;
    });
  });
}

// For him, or bought by him from his own account.
void list_person_contributions(Backend& backend, CallPtr call) {
  if (!call->may_act_for(call->ids[0]))
    return call->answer(refused(backend, Reason::kForbiddenView));
  list_orders(backend, call, kPersonList, [person = call->person(0)](const auto& order) {
    return order.person == person || (order.payer == person && order.own_purchase);
  });
}

}  // namespace gongji::gateway::rest
