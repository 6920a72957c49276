#include "domain/event.hpp"

namespace gongji {

Split Settled::split() const { return {sum_of(own), sum_of(family), cash}; }

}  // namespace gongji
