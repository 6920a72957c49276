#!/usr/bin/env bash
# The runs behind README.md beside this file.
loadtest/scale/run --families 15000 --singles 15000 --steps import,restart
loadtest/compare/run --rounds 2 --seconds 3
loadtest/steady/run --share 0.5 --duration_s 12
ctest --test-dir build/release -R cost: -V
