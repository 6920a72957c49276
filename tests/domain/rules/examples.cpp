#include "tests/domain/rules/examples.hpp"

#include <fstream>
#include <sstream>

#include "tests/test_places.hpp"

namespace gongji::test {

std::vector<Example> examples_in(std::string_view table) {
  const std::string path =
      std::string{GONGJI_SOURCE_DIR} + "/tests/domain/rules/" + std::string{table};
  std::ifstream file{path};
  std::ostringstream text;
  text << file.rdbuf();
  std::vector<Example> examples = read_examples(text.str());
  if (!examples.front().steps.empty()) throw BadStep{path + ": steps before the first heading"};
  examples.erase(examples.begin());
  if (examples.empty()) throw BadStep{path + ": no examples can be read"};
  return examples;
}

}  // namespace gongji::test
