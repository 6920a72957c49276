#!/usr/bin/env bash
# The runs behind README.md beside this file. Beside a gongjid with an empty store on these ports.
load=build/release/bin/gongji-load
$load --http 127.0.0.1:18080 --prepare --families 10000 --token-file token
for run in 1 2; do
  $load --tcp 127.0.0.1:18090 --connections 8 --depth 64 --families 10000 --duration_s 8 --json tcp.json
  $load --http 127.0.0.1:18080 --connections 64 --families 10000 --duration_s 8 --json http.json
done
$load --tcp 127.0.0.1:18090 --connections 8 --depth 64 --profile one-hot-family --families 10000 --duration_s 6
