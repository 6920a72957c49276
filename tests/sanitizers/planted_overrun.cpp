// The control of AddressSanitizer's runs: reads one byte behind what a message holds.
#include <cstdio>
#include <string>
#include <vector>

int main(int argc, char**) {
  const std::vector<char> message(static_cast<std::size_t>(argc) * 16, 'm');
  std::printf("%d\n", message.data()[message.size()]);
}
