#!/usr/bin/env bash
# The runs behind README.md beside this file. For each pair: the older gongjid, then the newer one, each
# started on a fresh copy of a store with 10,000 families prepared (--prepare), then each kind in turn.
load=build/release/bin/gongji-load
common=(--families 10000 --warmup_s 2 --duration_s 5 --server_pid "$1")
$load --http 127.0.0.1:18080 --tcp 127.0.0.1:18090 --connections 8 --depth 64 "${common[@]}"
$load --http 127.0.0.1:18080 --connections 64 "${common[@]}"
$load --http 127.0.0.1:18080 --tcp 127.0.0.1:18090 --connections 8 --depth 64 --profile one-hot-family "${common[@]}"
# Context switches: voluntary_ctxt_switches of all threads in /proc/$1/task/*/status, before and after.
