#include "gateway/rest/import_line.hpp"

#include <algorithm>
#include <array>

#include "gateway/json/canonical_text.hpp"
#include "gateway/json/fields.hpp"
#include "gateway/rest/import_person.hpp"

namespace gongji::gateway::rest {
namespace {

using json::FieldKind;
using json::FieldSpec;
using json::kRequired;

constexpr std::array<FieldSpec, 1> kType{{{"type", FieldKind::kId, 10, kRequired}}};
constexpr std::array<FieldSpec, 2> kNetwork{{
    {"organizer", FieldKind::kId, 30, kRequired},
    {"profile", FieldKind::kId, 20, kRequired},
}};
constexpr std::array<FieldSpec, 5> kMember{{
    {"psn_no", FieldKind::kId, 30, kRequired},
    {"relation", FieldKind::kId, 20, kRequired},
    {"quota", FieldKind::kMoney},
    {"from", FieldKind::kId, 10},
    {"to", FieldKind::kId, 10},
}};

Result<DateWindow, Refusal> read_window(const json::FieldValues& values, std::string_view path) {
  DateWindow window{parse_date(values.text("from")), parse_date(values.text("to"))};
  if (values.has("from") && !window.from) return json::wrong_field(path, "from", "应为日期");
  if (values.has("to") && !window.to) return json::wrong_field(path, "to", "应为日期");
  if (window.from && window.to && *window.to < *window.from)
    return json::wrong_field(path, "to", "不能早于from");
  return window;
}

Result<NewMember, Refusal> read_member(const json::FieldValues& values, std::string_view path) {
  const auto relation = relation_from_text(values.text("relation"));
  if (!relation) return json::wrong_field(path, "relation", "不是已知的亲属关系");
  const auto window = read_window(values, path);
  if (!window) return window.error();
  return NewMember{PersonId{values.text("psn_no")}, *relation, values.money("quota"), *window};
}

// The list `modes` of an object, if it has one; `path` names the object.
std::optional<Refusal> read_modes(const json::JsonNode& object, std::string_view path,
                                  std::vector<Mode>& modes, std::string& canonical) {
  const auto list = json::read_child(object, path, "modes");
  if (!list) return list.error();
  if (*list == nullptr) return std::nullopt;
  if (!(*list)->is_array()) return json::wrong_field(path, "modes", "应为数组");
  canonical += "modes=";
  for (const json::JsonNode& node : json::children(**list)) {
    const auto mode = mode_from_text(node.text);
    if (node.kind != json::NodeKind::kString || !mode)
      return json::wrong_field(path, json::indexed("modes", modes.size()), "应为PAY或PREMIUM");
    modes.push_back(*mode);
    canonical += to_text(*mode);
    canonical += ',';
  }
  canonical += '\n';
  if (modes.empty()) return Refusal{Reason::kModeEmpty, "modes", {}, {}};
  return std::nullopt;
}

std::optional<Refusal> read_members(const json::JsonNode& line, FormNetworkCommand& command,
                                    std::string& canonical) {
  const auto list = json::read_child(line, "", "members");
  if (!list) return list.error();
  if (*list == nullptr) return std::nullopt;
  if (!(*list)->is_array()) return json::wrong_field("", "members", "应为数组");
  for (const json::JsonNode& node : json::children(**list)) {
    const std::string path = json::indexed("members", command.members.size());
    if (!node.is_object()) return json::wrong_field("", path, "应为对象");
    json::FieldValues values{kMember};
    if (auto fault = json::read_fields(node, path, values)) return fault;
    auto member = read_member(values, path);
    if (!member) return member.error();
    json::append_section(canonical, path, values);
    if (auto fault = read_modes(node, path, member->modes, canonical)) return fault;
    command.members.push_back(std::move(member).value());
  }
  return std::nullopt;
}

void name(ImportLine& line, const PersonId& person) {
  if (std::find(line.persons.begin(), line.persons.end(), person) == line.persons.end())
    line.persons.push_back(person);
}

Result<ImportLine, Refusal> read_network(const json::JsonNode& line) {
  json::FieldValues values{kNetwork};
  if (auto fault = json::read_fields(line, "", values)) return *std::move(fault);
  FormNetworkCommand command;
  command.organiser = PersonId{values.text("organizer")};
  command.family = values.text("profile");
  ImportLine read;
  json::append_section(read.canonical, "network", values);
  if (auto fault = read_modes(line, "", command.modes, read.canonical)) return *std::move(fault);
  if (auto fault = read_members(line, command, read.canonical)) return *std::move(fault);
  name(read, command.organiser);
  for (const NewMember& new_member : command.members) name(read, new_member.id);
  read.command = std::move(command);
  return read;
}

Result<ImportLine, Refusal> read_link(const json::JsonNode& line) {
  json::FieldValues network{kNetwork};
  json::FieldValues values{kMember};
  if (auto fault = json::read_fields(line, "", network)) return *std::move(fault);
  if (auto fault = json::read_fields(line, "", values)) return *std::move(fault);
  auto member = read_member(values, "");
  if (!member) return member.error();
  ImportLine read;
  json::append_section(read.canonical, "link", network);
  json::append_section(read.canonical, "member", values);
  if (auto fault = read_modes(line, "", member->modes, read.canonical)) return *std::move(fault);
  const PersonId organiser{network.text("organizer")};
  name(read, organiser);
  name(read, member->id);
  read.command =
      BindCommand{organiser, std::string{network.text("profile")}, std::move(member).value()};
  return read;
}

Result<ImportLine, Refusal> read_person_line(const json::JsonNode& line) {
  auto person = read_imported_person(line);
  if (!person) return person.error();
  const PersonId named = person->person.id;
  return ImportLine{EnrolCommand{std::move(person->person)},
                    std::move(person->canonical),
                    std::move(person->aliases),
                    {named}};
}

}  // namespace

Result<ImportLine, Refusal> read_import_line(std::string_view line) {
  thread_local json::JsonDocument document;
  const json::JsonNode* root = document.read(line);
  if (root == nullptr) return Refusal{Reason::kField, "不是一个完整的JSON对象", {}, {}};
  json::FieldValues type{kType};
  if (auto fault = json::read_fields(*root, "", type)) return *std::move(fault);
  const std::string_view kind = type.text("type");
  if (kind == "person") return read_person_line(*root);
  if (kind == "network") return read_network(*root);
  if (kind == "link") return read_link(*root);
  return json::wrong_field("", "type", "应为person、network或link");
}

}  // namespace gongji::gateway::rest
