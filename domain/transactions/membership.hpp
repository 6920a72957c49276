// Forming networks and binding members: who may share with whom (SH-01…07, 11…16, SX-01…20).
#pragma once

#include "domain/decide.hpp"

namespace gongji {

// All or nothing: one member refused refuses the network. Modes given count as confirmed.
Decision decide_form_network(const Household& household, const FormNetworkCommand& command,
                             const Context& context);
// Forms the authoriser's network first when there is none.
Decision decide_bind(const Household& household, const BindCommand& command,
                     const Context& context);
Decision decide_unbind(const Household& household, const UnbindCommand& command,
                       const Context& context);
// Both or neither: when the new link would be refused the old one stands.
Decision decide_rebind(const Household& household, const RebindCommand& command,
                       const Context& context);
Decision decide_correct_relation(const Household& household, const CorrectRelationCommand& command,
                                 const Context& context);
Decision decide_disband(const Household& household, const DisbandCommand& command);
Decision decide_confirm_modes(const Household& household, const ConfirmModesCommand& command,
                              const Context& context);

}  // namespace gongji
