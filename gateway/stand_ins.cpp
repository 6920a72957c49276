#include "gateway/stand_ins.hpp"

namespace gongji::gateway {

StandIns plain_stand_ins() {
  StandIns texts;
  texts.busy = [](ShedCause cause, int retry_after_s) {
    return (cause == ShedCause::kDraining ? "shutting down" : "too busy") +
           std::string("; retry after ") + std::to_string(retry_after_s) + " s\n";
  };
  texts.unknown = [] { return std::string("outcome unknown\n"); };
  texts.rejected = [](unsigned, std::string_view sentence) { return std::string(sentence) + "\n"; };
  return texts;
}

}  // namespace gongji::gateway
