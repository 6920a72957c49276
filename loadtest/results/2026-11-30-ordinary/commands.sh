#!/usr/bin/env bash
# The run behind README.md beside this file.
loadtest/compare/run --rounds 5 --seconds 3 --out DIR
