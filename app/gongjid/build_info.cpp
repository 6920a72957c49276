#include "app/gongjid/build_info.hpp"

namespace gongji::app {

std::string build_commit() { return GONGJI_COMMIT; }

}  // namespace gongji::app
