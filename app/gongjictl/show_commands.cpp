#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/gongjictl/commands.hpp"
#include "app/gongjictl/json_view.hpp"
#include "app/gongjictl/person_text.hpp"

namespace gongji::ctl {
namespace {

struct ShowArguments {
  std::string id;
  bool json = false;
};
using Render = std::string (*)(const boost::json::value&);

void show(const std::string& target, const ShowArguments& arguments, Render render,
          Settings& settings) {
  const auto http = gateway_client(settings);
  if (!http) return fail(settings, http.error());
  const auto reply = (*http)->get(target + url_escaped(arguments.id));
  if (!reply) return fail(settings, reply.error());
  if (reply->status != 200) return fail(settings, problem_text(reply->status, reply->body));
  boost::system::error_code error;
  const boost::json::value json = boost::json::parse(reply->body, error);
  if (error)
    return fail(settings, "the gateway's answer is not JSON: " + reply->body.substr(0, 200));
  std::printf("%s", (arguments.json ? reply->body + "\n" : render(json)).c_str());
}

void add_show(CLI::App& app, Settings& settings, const char* name, const char* description,
              const char* example, const std::string& target, Render render) {
  auto* command = app.add_subcommand(name, description);
  auto arguments = std::make_shared<ShowArguments>();
  command->add_option("ID", arguments->id, "person number (psn_no)")->required();
  command->add_flag("--json", arguments->json, "the gateway's JSON as it is");
  command->footer(std::string{"Needs the token of an agency or auditor.\n\nExample:\n  "} +
                  example);
  command->callback([=, &settings] { show(target, *arguments, render, settings); });
}

}  // namespace

void add_person_command(CLI::App& app, Settings& settings) {
  add_show(app, settings, "person", "Show a person: status, role and balances",
           "gongjictl --token-file agency.token person 31010100000000000000000001", "/v1/persons/",
           person_text);
}

void add_network_command(CLI::App& app, Settings& settings) {
  add_show(app, settings, "network", "Show the network of an organiser with its members",
           "gongjictl --token-file agency.token network 31010100000000000000000001",
           "/v1/networks/", network_text);
}

}  // namespace gongji::ctl
