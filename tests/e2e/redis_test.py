"""Hot balances in a real Redis, read with redis-cli by the documented layout only."""

import tempfile
import unittest

from clients import get, import_lines, settle
from gateway import Gateway, eventually
from messages import CHILD, FATHER, sale, shanghai_family
from redis_servers import Redis, caught_up, compare, metric


class HotBalances(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.redis = Redis()
        self.redis.start()
        self.addCleanup(self.redis.stop)
        self.gateway = Gateway(self.folder.name, [f"redis.url={self.redis.url()}"]).start()
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())
        import_lines(self.gateway, shanghai_family())

    def balance(self):
        return self.redis.cli("HGET", f"gongji:psn:{{{FATHER}}}", "carryover")

    def test_a_reader_sees_the_balances_a_moment_after_the_answer(self):
        settle(self.gateway, sale(CHILD, "120.00"))
        eventually(lambda: self.balance() == "488000", "the fund in whole fen")
        household = self.redis.cli("HGET", f"gongji:psn:{{{CHILD}}}", "household")
        key = f"gongji:hh:{{{household}}}"
        self.assertEqual(self.redis.cli("HGET", key, f"{FATHER}:carryover"), "488000")
        self.assertEqual(self.redis.cli("HGET", key, f"{CHILD}:family"), "488000")

    def test_an_emptied_redis_is_filled_again(self):
        eventually(lambda: self.balance() == "500000", "projected")
        eventually(lambda: caught_up(self.gateway), "complete")
        self.redis.cli("FLUSHALL")
        eventually(lambda: self.balance() == "500000", "projected again after FLUSHALL")
        eventually(lambda: caught_up(self.gateway), "complete again")
        self.assertEqual(metric(self.gateway, "hot_balance_rebuilds_total"), 2)
        self.compare()

    def compare(self):
        code, said = compare(self.gateway, self.redis.url())
        self.assertEqual(code, 0, said)
        self.assertIn("every field agrees", said)

    def test_the_comparison_finds_a_single_wrong_field(self):
        eventually(lambda: caught_up(self.gateway), "complete")
        self.compare()
        self.redis.cli("HSET", f"gongji:psn:{{{FATHER}}}", "carryover", "1")
        code, said = compare(self.gateway, self.redis.url())
        self.assertEqual(code, 1)
        self.assertIn("carryover of his entry differs", said)

    def test_a_restart_writes_only_what_changed_since(self):
        eventually(lambda: caught_up(self.gateway), "complete")
        self.assertEqual(self.gateway.stop(), 0)
        marker = self.redis.cli("HGET", "gongji:meta", "seq")
        self.gateway.start()
        eventually(lambda: caught_up(self.gateway), "complete after the restart")
        self.assertEqual(metric(self.gateway, "hot_balance_rebuilds_total"), 0)
        self.assertEqual(self.redis.cli("HGET", "gongji:meta", "seq"), marker)
        settle(self.gateway, sale(CHILD, "20.00"))
        eventually(lambda: self.balance() == "498000", "projected by the new owner")
        self.compare()

    def test_an_older_copy_that_comes_back_is_seen(self):
        eventually(lambda: caught_up(self.gateway), "complete")
        old = {key: self.redis.cli("HGETALL", key).split("\n") for key in self.redis.cli("KEYS", "gongji:*").split()}
        settle(self.gateway, sale(CHILD, "120.00"))
        eventually(lambda: self.balance() == "488000", "projected")
        for key, fields in old.items():
            self.redis.cli("HSET", key, *fields)
        eventually(lambda: self.balance() == "488000", "what it lacked was written again")
        eventually(lambda: caught_up(self.gateway), "complete")
        self.assertEqual(metric(self.gateway, "hot_balance_rebuilds_total"), 1)
        self.compare()

    def test_without_redis_settlements_go_on_and_it_is_healed_afterwards(self):
        eventually(lambda: self.balance() == "500000", "projected")
        self.redis.kill()
        self.assertEqual(settle(self.gateway, sale(CHILD, "10.00"))["infcode"], 0)
        self.assertEqual(get(self.gateway.ops, "/readyz")[0], 200)
        eventually(lambda: b"gongji_hot_balance_up 0" in get(self.gateway.ops, "/metrics")[1], "seen as down")
        self.redis.start()
        eventually(lambda: self.balance() == "499000", "healed")
        eventually(lambda: b"gongji_hot_balance_lag_records 0" in get(self.gateway.ops, "/metrics")[1], "caught up")


if __name__ == "__main__":
    unittest.main()
