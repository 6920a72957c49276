"""From start to stop: what the supervisor is told, the watchdog, and SIGTERM in the worst of states."""

import http.client
import json
import os
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest

from clients import Frames, agency, get, import_lines, post, settle
from gateway import Gateway, eventually
from hanging_disk import hanging_disk
from messages import CHILD, PHARMACY, a_person, sale, shanghai_family, sign_in
from redis_test import Redis
from supervisor import Supervisor

STOP_LIMIT_S = 10


class Life(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def gateway(self, *settings, environment=None):
        gateway = Gateway(self.folder.name, settings, environment)
        self.addCleanup(lambda: gateway.process and gateway.process.poll() is None and gateway.kill())
        return gateway

    def supervised(self, gateway, watchdog_s):
        supervisor = Supervisor(gateway, watchdog_s)
        self.addCleanup(supervisor.stop)
        return supervisor

    def assert_stops(self, gateway, code=0):
        begun = time.monotonic()
        self.assertEqual(gateway.stop(timeout_s=60), code)
        self.assertLessEqual(time.monotonic() - begun, STOP_LIMIT_S)

    def assert_whole(self, gateway):
        code, said = gateway.audit()
        self.assertEqual(code, 0, said)

    # ---- the supervisor ----

    def test_the_supervisor_hears_of_ready_of_the_pulse_and_of_stopping(self):
        gateway = self.gateway()
        supervisor = self.supervised(gateway, 60)
        gateway.start()
        eventually(lambda: supervisor.count("WATCHDOG=1") >= 2, "the watchdog is fed", 30)
        self.assertLess(supervisor.told.index("READY=1"), len(supervisor.told))
        self.assertEqual(gateway.stop(), 0)
        eventually(lambda: supervisor.count("STOPPING=1") == 1, "told that it stops")
        self.assertEqual(supervisor.restarts, 0)

    def test_a_process_that_stands_still_is_restarted_by_the_watchdog(self):
        gateway = self.gateway()
        supervisor = self.supervised(gateway, 3)
        gateway.start()
        import_lines(gateway, shanghai_family())
        self.assertEqual(settle(gateway, sale(CHILD, "1.00"))["infcode"], 0)
        time.sleep(6)  # the control: as long as it moves nobody touches it
        self.assertEqual(supervisor.restarts, 0)
        gateway.process.send_signal(signal.SIGSTOP)
        eventually(lambda: supervisor.restarts == 1, "restarted", 60)
        self.assertEqual(settle(gateway, sale(CHILD, "1.00"))["infcode"], 0)
        self.assertEqual(gateway.stop(), 0)
        self.assert_whole(gateway)

    def test_a_disk_that_hangs_makes_it_unready_and_starves_the_watchdog(self):
        environment, switch = hanging_disk(self.folder.name)
        gateway = self.gateway(environment=environment)
        supervisor = self.supervised(gateway, 3600)
        gateway.start()
        import_lines(gateway, shanghai_family())
        self.hang(gateway, switch)
        eventually(lambda: get(gateway.ops, "/readyz")[0] == 503, "not ready", 30)
        self.assertIn(b"journal stalled", get(gateway.ops, "/readyz")[1])
        self.assertEqual(get(gateway.ops, "/livez")[0], 200)
        fed = supervisor.count("WATCHDOG=1")
        time.sleep(3)
        self.assertEqual(supervisor.count("WATCHDOG=1"), fed, "the watchdog starves")
        os.remove(switch)
        eventually(lambda: get(gateway.ops, "/readyz")[0] == 200, "ready again", 30)
        eventually(lambda: supervisor.count("WATCHDOG=1") > fed, "fed again", 30)

    def hang(self, gateway, switch):
        """From now on no sync returns, and one is waited for."""
        open(switch, "w").close()
        frames = Frames(gateway.tcp, PHARMACY, sign_in())
        self.addCleanup(frames.close)
        frames.send(1, sale(CHILD, "1.00"))

    # ---- stopping, whatever the state ----

    def test_during_the_grace_everything_is_served_while_readyz_is_red(self):
        gateway = self.gateway("gateway.drain_grace_ms=5000").start()
        import_lines(gateway, shanghai_family())
        kept = http.client.HTTPConnection(*gateway.http, timeout=30)
        self.addCleanup(kept.close)
        self.assertEqual(self.buy_over(kept), (0, None), "the control: a connection is kept")
        gateway.process.send_signal(signal.SIGTERM)
        eventually(lambda: get(gateway.ops, "/readyz")[0] == 503, "not ready")
        self.assertIn(b"draining", get(gateway.ops, "/readyz")[1])
        self.assertEqual(self.buy_over(kept), (0, "close"), "served, and told to go elsewhere")
        self.assertEqual(settle(gateway, sale(CHILD, "1.00"))["infcode"], 0)
        self.assertEqual(gateway.process.wait(STOP_LIMIT_S + 5), 0)

    @staticmethod
    def buy_over(connection):
        """A purchase over that connection: infcode, and what the answer says of the connection."""
        connection.request("POST", "/fsi/api", json.dumps(sale(CHILD, "1.00")))
        answer = connection.getresponse()
        return json.loads(answer.read())["infcode"], answer.getheader("Connection")

    def test_it_stops_in_time_with_a_client_that_sends_half_and_one_that_reads_nothing(self):
        gateway = self.gateway().start()
        import_lines(gateway, shanghai_family())
        half = socket.create_connection(gateway.http)
        half.sendall(b"POST /fsi/api HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{")
        deaf = Frames(gateway.tcp, PHARMACY, sign_in())
        deaf.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        for number in range(64):
            deaf.send(number, sale(CHILD, "0.01"))
        self.assert_stops(gateway)
        half.close()
        deaf.close()
        self.assert_whole(gateway)

    def test_it_stops_in_time_with_a_redis_that_stands_still(self):
        redis = Redis()
        redis.start()
        self.addCleanup(redis.kill)
        gateway = self.gateway(f"redis.url=redis://127.0.0.1:{redis.port}").start()
        import_lines(gateway, shanghai_family())
        redis.process.send_signal(signal.SIGSTOP)
        for _ in range(20):
            self.assertEqual(settle(gateway, sale(CHILD, "0.01"))["infcode"], 0)
        self.assert_stops(gateway)
        redis.process.send_signal(signal.SIGCONT)
        self.assert_whole(gateway)

    def test_it_stops_in_time_in_the_middle_of_an_import_and_of_the_year_roll(self):
        gateway = self.gateway().start()
        people = [a_person(f"3101010000000000000001{number:04d}", "310", "10.00", "20.00") for number in range(2000)]
        import_lines(gateway, people)
        status, _ = post(gateway.http, "/v1/accounts/roll", json.dumps({"year": "2026"}),
                         agency({"Idempotency-Key": "roll-1"}))
        self.assertIn(status, (200, 202))
        more = [a_person(f"3101010000000000000002{number:04d}", "310", "10.00") for number in range(3000)]
        importing = threading.Thread(target=self.import_until_cut, args=(gateway, more))
        importing.start()
        time.sleep(0.05)
        self.assert_stops(gateway)
        importing.join()
        self.assert_whole(gateway)
        gateway.start()  # and the same lines again: each is taken once
        self.assertEqual(import_lines(gateway, more, "more")["refused"], [])
        self.assertEqual(gateway.stop(), 0)
        self.assert_whole(gateway)

    @staticmethod
    def import_until_cut(gateway, lines):
        try:
            import_lines(gateway, lines, "more")
        except (AssertionError, OSError, http.client.HTTPException):
            pass  # cut off; what was in is in

    def test_it_stops_in_time_with_a_disk_that_hangs_and_keeps_what_it_acknowledged(self):
        environment, switch = hanging_disk(self.folder.name)
        gateway = self.gateway(environment=environment).start()
        import_lines(gateway, shanghai_family())
        answered = settle(gateway, sale(CHILD, "1.00"))
        self.hang(gateway, switch)
        self.assert_stops(gateway)
        self.assertIn("drain_forced", gateway.log_tail())
        os.remove(switch)
        self.assert_whole(gateway)
        gateway.start()
        again = settle(gateway, sale(CHILD, "1.00", msgid=answered["output"]["setlinfo"]["medins_setl_id"]))
        self.assertEqual(again["output"]["setlinfo"]["setl_id"], answered["output"]["setlinfo"]["setl_id"])

    def test_a_second_sigterm_ends_it_at_once(self):
        gateway = self.gateway("gateway.drain_grace_ms=5000").start()
        gateway.process.send_signal(signal.SIGTERM)
        eventually(lambda: "drain_began" in gateway.log_tail(), "it drains")
        begun = time.monotonic()
        self.assertEqual(gateway.stop(), 1)
        self.assertLess(time.monotonic() - begun, 5)
        self.assertIn("stopped_at_once", gateway.log_tail())

    def test_sigterm_while_it_starts_ends_it_with_0(self):
        environment, switch = hanging_disk(self.folder.name)
        gateway = self.gateway(environment=environment)
        gateway.start()
        self.assertEqual(gateway.stop(), 0)
        open(switch, "w").close()
        with open(os.path.join(self.folder.name, "gongjid.log"), "ab") as log:
            gateway.process = subprocess.Popen(gateway.command(), stdout=subprocess.PIPE, stderr=log,
                                               env=gateway.environment)
        time.sleep(2)  # it hangs in the sync that takes its epoch
        self.assertIsNone(gateway.process.poll())
        self.assert_stops(gateway)
        self.assertIn("stopped_while_starting", gateway.log_tail())
        os.remove(switch)
        gateway.start()
        self.assertEqual(gateway.stop(), 0)

    # ---- starting ----

    def test_a_taken_port_ends_it_with_1_and_the_log_says_what_to_do(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            done = subprocess.run(self.gateway(f"gateway.http=127.0.0.1:{port}").command()[:3] +
                                  ["--http", f"127.0.0.1:{port}", "--tcp", "127.0.0.1:0", "--ops", "127.0.0.1:0"],
                                  capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 1)
        failed = [line for line in map(json.loads, done.stderr.splitlines()) if line["event"] == "start_failed"]
        self.assertEqual(len(failed), 1, done.stderr)
        for words in (str(port), "another port", "ss -ltnp"):
            self.assertIn(words, failed[0]["msg"])

    def test_check_config_says_what_it_read_and_starts_nothing(self):
        gateway = self.gateway()
        done = subprocess.run(gateway.command() + ["--check-config"], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"^configuration is good: \d+ institutions, \d+ profiles, 1 tokens\n$")
        self.assertFalse(os.path.exists(gateway.data))


if __name__ == "__main__":
    unittest.main()
