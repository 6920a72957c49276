"""Balance queries of households that are asleep: answered from Redis, waking nobody, and from the household
as soon as Redis cannot be sure."""

import tempfile
import unittest

from clients import import_lines, settle
from gateway import Gateway, eventually
from messages import a_person, envelope, sale
from redis_servers import Redis, caught_up, metric

PERSONS = [str(31010100000000000000700000 + i) for i in range(200)]
CERTNO = "310101198503129018"
LATE = [str(31010100000000000000800000 + i) for i in range(50)]
FEW = 8  # households in memory


def balance(gateway, number, kind="01"):
    answer = settle(gateway, envelope("1101", {"data": {"mdtrt_cert_type": kind, "mdtrt_cert_no": number}}))
    if answer["infcode"] != 0:
        raise AssertionError(answer)
    return answer["output"]["insuinfo"][0]["balc"], answer["output"]


class RedisReads(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.redis = Redis().start()
        self.addCleanup(self.redis.stop)
        self.gateway = Gateway(folder.name, [f"redis.url={self.redis.url()}", f"actors.active_max={FEW}",
                                             "redis.read_timeout_ms=5000"]).start()
        self.addCleanup(lambda: self.gateway.process.poll() is None and self.gateway.kill())
        people = [a_person(person, "310", f"{100 + i}.00") for i, person in enumerate(PERSONS)]
        people[0]["certno"] = CERTNO
        import_lines(self.gateway, people)
        # Who comes sends a few of the oldest to sleep; in the burst above everybody was busy.
        for late in LATE:
            import_lines(self.gateway, [a_person(late, "310", "1.00")], batch=late)
        eventually(lambda: caught_up(self.gateway), "the copy is complete", 30)

    def count(self, name):
        return metric(self.gateway, name)

    def test_sleeping_households_stay_asleep(self):
        woken = self.count("actor_activations_total")
        for i, person in enumerate(PERSONS[:-FEW]):
            shown, output = balance(self.gateway, person)
            self.assertEqual(shown, 100 + i)
            self.assertGreater(output["durable_seq"], 0)
            self.assertEqual(output["baseinfo"]["psn_name"], "测试")
        self.assertEqual(self.count("actor_activations_total"), woken)
        self.assertGreater(self.count("hot_balance_read_hits_total"), len(PERSONS) - 4 * FEW)

    def test_a_person_is_found_by_his_certificate_too(self):
        woken = self.count("actor_activations_total")
        self.assertEqual(balance(self.gateway, CERTNO, "02")[0], 100)
        self.assertEqual(self.count("actor_activations_total"), woken)

    def test_it_is_redis_that_answers(self):
        self.redis.cli("HSET", f"gongji:psn:{{{PERSONS[3]}}}", "carryover", "7700")
        self.assertEqual(balance(self.gateway, PERSONS[3])[0], 77)

    def test_the_answer_is_never_older_than_what_was_answered_before(self):
        for i, person in enumerate(PERSONS[:60]):
            self.assertEqual(settle(self.gateway, sale(person, "1.00", insutype="310"))["infcode"], 0)
            self.assertEqual(balance(self.gateway, person)[0], 99 + i)
            other = (i - FEW - 2) if i >= FEW + 2 else i  # asleep again, or just served
            self.assertEqual(balance(self.gateway, PERSONS[other])[0], 99 + other)

    def test_without_redis_the_household_answers(self):
        self.redis.kill()
        eventually(lambda: self.count("hot_balance_up") == 0, "seen")
        woken = self.count("actor_activations_total")
        self.assertEqual(balance(self.gateway, PERSONS[5])[0], 105)
        self.assertEqual(self.count("actor_activations_total"), woken + 1)

    def test_a_copy_that_was_set_back_is_not_believed(self):
        keys = [f"gongji:psn:{{{PERSONS[4]}}}", "gongji:meta"]
        old = {key: self.redis.cli("HGETALL", key).split("\n") for key in keys}
        self.assertEqual(settle(self.gateway, sale(PERSONS[4], "4.00", insutype="310"))["infcode"], 0)
        for person in PERSONS[20:20 + FEW]:  # so that the buyer falls asleep
            settle(self.gateway, sale(person, "1.00", insutype="310"))
        eventually(lambda: caught_up(self.gateway), "written")
        for key, fields in old.items():
            self.redis.cli("HSET", key, *fields)
        self.assertEqual(balance(self.gateway, PERSONS[4])[0], 100)


if __name__ == "__main__":
    unittest.main()
