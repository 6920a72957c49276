# The demonstration of ./run: its secrets, its families, its purchases, its Redis. Sourced by run;
# needs $root, $data, $scratch, and once the daemon listens $http and $ops.

random_hex() { od -An -N "$1" -tx1 /dev/urandom | tr -d ' \n'; }

# The agency's token, as the daemon reads it (access.toml) and as gongjictl does (agency.token).
make_access_file() {
  [ -f "$data/access.toml" ] && [ -f "$data/agency.token" ] && return
  (
    umask 077
    token=$(random_hex 32)
    printf '[[token]]\ntoken = "%s"\nrole = "agency"\nname = "demo"\n' "$token" >"$data/access.toml"
    printf '%s\n' "$token" >"$data/agency.token"
  )
}

# The value of one field of the daemon's "listening" line.
address_in() { printf '%s\n' "$1" | sed -n "s/.*\"$2\":\"\([^\"]*\)\".*/\1/p"; }

# Whether /metrics has such a line; `grep -c` reads to the end, so that curl is never cut off.
metric_is() { curl -sS --max-time 5 "http://$ops/metrics" | grep -c "^$1\$" >/dev/null; }

journal_is_empty() { metric_is 'gongji_journal_sequence 0'; }

load_demo_when_empty() {
  journal_is_empty || return 0
  say "The store is empty: loading the demo families of Shanghai and Taiyuan."
  "$root/build/release/bin/gongjictl" import "$root/config/demo.ndjson" \
    --url "http://$http" --token-file "$data/agency.token" >&2 ||
    say "Not every line of config/demo.ndjson was accepted; the purchases below may show other parts."
}

# print_purchase TITLE PHARMACY NAME AREA CHILD CHILD_AREA CERTNO AMOUNT
# What is printed gets a fresh message id each time it is pasted.
print_purchase() {
  cat <<TEXT

# $1
curl -sS http://$http/fsi/api/2102 -H 'Content-Type: application/json' -w '\\n' -d @- <<MESSAGE
{"infno":"2102","msgid":"$2\$(date +%Y%m%d%H%M%S%4N)","mdtrtarea_admvs":"$4","insuplc_admdvs":"$6",
 "recer_sys_code":"GW01","infver":"V1.0","opter_type":"1","opter":"0031","opter_name":"收银员甲",
 "inf_time":"\$(date '+%F %T')","fixmedins_code":"$2","fixmedins_name":"$3","sign_no":"",
 "input":{
  "druginfo":{"psn_no":"$5","mdtrt_cert_type":"02","mdtrt_cert_no":"$7",
   "begntime":"\$(date '+%F %T')","medfee_sumamt":$8,"insutype":"390","acct_used_flag":"1","med_type":"41"},
  "drugdetail":[{"feedetl_sn":"1","rx_circ_flag":"0","fee_ocur_time":"\$(date '+%F %T')",
   "med_list_codg":"XA01ABD075A002010100483","medins_list_codg":"D000123",
   "det_item_fee_sumamt":$8,"cnt":1,"pric":$8}]}}
MESSAGE
TEXT
}

print_purchases() {
  printf '\ngongji listens: HTTP http://%s  ·  TCP %s  ·  operations http://%s\n' \
    "$http" "$tcp" "$ops"
  printf 'Store and access file: %s  ·  Ctrl-C drains and ends.\n' "$data"
  printf 'A pharmacy sale, ready to paste into another terminal:\n'
  print_purchase "Shanghai: a child's medicine for 120.00, paid from the father's carry-over account" \
    P31010100001 示例大药房人民广场店 310101 31010100000000000000000002 310101 310101201607200267 120.00
  print_purchase "Taiyuan: a child's medicine for 86.50, within the 300.00 the father authorised" \
    P14010700001 示例大药房杏花岭店 140107 14010600000000000000000002 140107 140106201809080291 86.50
  printf '\n'
}

# Starts Redis on a free loopback port, without files; sets redis and redis_port.
start_redis() {
  for redis_port in $(seq 16379 16399); do
    (exec 4<>"/dev/tcp/127.0.0.1/$redis_port") 2>/dev/null && continue
    MALLOC_CONF=thp:always detached redis-server "$root/packaging/redis-hot-balances.conf" \
      --bind 127.0.0.1 --port "$redis_port" --dir "$scratch" --logfile "$scratch/redis.log" &
    redis=$!
    for _ in $(seq 50); do
      [ "$(redis-cli -h 127.0.0.1 -p "$redis_port" ping 2>/dev/null)" = PONG ] && return
      kill -0 "$redis" 2>/dev/null || break
      sleep 0.1
    done
  done
  die "No Redis could be started on the ports 16379 to 16399 of 127.0.0.1."
}

report_redis() {
  for _ in $(seq 30); do
    metric_is 'gongji_hot_balance_up 1' &&
      say "Hot balances are in Redis on 127.0.0.1:$redis_port." && return
    sleep 0.1
  done
  say "Redis listens on 127.0.0.1:$redis_port, but gongjid keeps no hot balances in it; its log says why."
}
