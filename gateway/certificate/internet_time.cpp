#include "gateway/certificate/internet_time.hpp"

namespace gongji::gateway::certificate {

std::string internet_time(Instant at) {
  std::string text = to_civil_text(at);
  text[text.find(' ')] = 'T';
  return text + "+08:00";
}

}  // namespace gongji::gateway::certificate
