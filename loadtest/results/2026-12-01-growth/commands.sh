#!/usr/bin/env bash
set -euo pipefail
loadtest/growth/run --settlements 4000000 --pairs 3 --count 500000
