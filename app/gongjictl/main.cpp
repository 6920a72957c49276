// gongjictl: what an operator does with a gateway and its store.
#include "app/gongjictl/command_line.hpp"

int main(int argc, char** argv) { return gongji::ctl::run_command_line(argc, argv); }
