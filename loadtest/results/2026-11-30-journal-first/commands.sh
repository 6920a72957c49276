#!/usr/bin/env bash
# The runs behind README.md beside this file.
loadtest/compare/run --rounds 3 --seconds 3 --out DIR
loadtest/compare/run --rounds 2 --seconds 3 --out DIR   # adds to the rounds of DIR
loadtest/steady/run --share 0.5 --duration_s 15
ctest --test-dir build/release -R cost: -V
