"""Redis that syncs its log before it answers (appendfsync always), with the books of redis/settle.lua."""

import os

import households
import processes
import split_cases

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "redis")
SETTLE = os.path.join(HERE, "settle.lua")

# redis-benchmark can only count: the buyer is drawn from the message's number.
BUYER, BUYER_FROM_NUMBER = "ARGV[2]", "'bench-' .. (tonumber(ARGV[1]) %% %d + 1)"

AUDIT = """
local paid, left, wrong, cursor = 0, 0, 0, '0'
repeat
  local page = redis.call('SCAN', cursor, 'COUNT', 10000)
  cursor = page[1]
  for _, key in ipairs(page[2]) do
    if string.sub(key, 1, 8) == 'journal:' then
      local own, family, cash = string.match(redis.call('GET', key), '^(%d+) (%d+) (%d+) ')
      if own then paid = paid + own + family else wrong = wrong + 1 end
    else
      left = left + redis.call('HGET', key, 'balance')
    end
  end
until cursor == '0'
return string.format('%d %d %d', paid, left, wrong)
"""


class Redis:
    name = "Redis"

    def __init__(self, folder):
        self.folder = os.path.join(folder, "redis")
        self.process = None
        self.port = processes.free_port()

    def start(self, families_file, families):
        os.mkdir(self.folder)
        self.process = processes.start(["redis-server", os.path.join(HERE, "redis.conf"), "--port", str(self.port),
                                        "--bind", "127.0.0.1", "--dir", self.folder],
                                       os.path.dirname(self.folder), "redis")
        processes.until(lambda: processes.listens(self.port), "Redis")
        rows = list(households.accounts(families_file)) + list(split_cases.accounts())
        self.load(rows)
        self.persons = len(rows)
        self.balance_fen_at_start = sum(account.balance_fen for account in rows)
        with open(SETTLE) as file:
            self.bench_script = self.cli("SCRIPT", "LOAD", file.read().replace(BUYER, BUYER_FROM_NUMBER % families))

    def load(self, accounts):
        lines = "".join(
            f"HSET person:{a.psn_no} balance {a.balance_fen}{f' organiser {a.organiser}' if a.organiser else ''}\r\n"
            for a in accounts)
        said = processes.output_of(["redis-cli", "-p", str(self.port), "--pipe"], input=lines)
        if "errors: 0" not in said:
            raise RuntimeError("redis-cli --pipe: " + said)

    def cli(self, *words):
        return processes.output_of(["redis-cli", "-p", str(self.port), *words]).strip()

    def environment(self):
        return {"GONGJI_REDIS_PORT": str(self.port), "GONGJI_SETTLE_LUA": SETTLE}

    def journaled(self):
        return int(self.cli("DBSIZE")) - self.persons

    def audit(self):
        # Doubles hold every sum here exactly to 9e15 fen.
        paid, left, wrong = (int(word) for word in self.cli("EVAL", AUDIT, "0").split())
        missing = self.balance_fen_at_start - left - paid
        return "" if missing == 0 and wrong == 0 else f"{missing} fen are missing, {wrong} rows are unreadable"

    def stop(self):
        processes.stop(self.process)
