"""The life of the process: readiness, drain, exit codes, a held data directory, reload."""

import json
import os
import shutil
import subprocess
import tempfile
import unittest

from clients import Frames, get, import_lines, post, settle
from gateway import SOURCE, Gateway, eventually
from messages import CHILD, a_person, sale, shanghai_family, sign_in


class Process(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def gateway(self, *settings):
        gateway = Gateway(self.folder.name, settings)
        self.addCleanup(lambda: gateway.process and gateway.process.poll() is None and gateway.kill())
        return gateway

    def test_probes_and_metrics_answer(self):
        with self.gateway() as gateway:
            for path in ("/livez", "/readyz", "/healthz", "/metrics"):
                self.assertEqual(get(gateway.ops, path)[0], 200, path)
            checked = subprocess.run(["promtool", "check", "metrics"], input=get(gateway.ops, "/metrics")[1],
                                     capture_output=True)
            self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def test_sigterm_answers_what_is_in_flight_and_exits_0(self):
        gateway = self.gateway().start()
        import_lines(gateway, shanghai_family())
        frames = Frames(gateway.tcp, "P31010100001", sign_in())
        for number in range(50):
            frames.send(number, sale(CHILD, "1.00"))
        first = frames.receive()
        self.assertEqual(gateway.stop(), 0)
        answers = [first] if first else []
        while (frame := frames.receive()) is not None:
            answers.append(frame)
        frames.close()
        applied = sum(1 for _, answer in answers if answer["infcode"] == 0)
        gateway.start()
        balance = 5000 - applied
        shown = json.loads(get(gateway.http, f"/v1/persons/{shanghai_family()[0]['psn_no']}",
                               {"Authorization": "Bearer agency-token-of-the-tests-0123456789"})[1])
        self.assertEqual(shown["balances"]["carryover"], f"{balance}.00")
        self.assertEqual(gateway.stop(), 0)
        code, said = gateway.audit()
        self.assertEqual(code, 0, said)

    def test_threads_have_names_and_what_can_wait_steps_back(self):
        with self.gateway() as gateway:
            import_lines(gateway, shanghai_family())
            niceness = {}
            for number in os.listdir(f"/proc/{gateway.process.pid}/task"):
                with open(f"/proc/{gateway.process.pid}/task/{number}/comm") as file:
                    niceness.setdefault(file.read().strip(), set()).add(os.getpriority(os.PRIO_PROCESS, int(number)))
        usual = os.getpriority(os.PRIO_PROCESS, 0)
        for name in ("io-0", "journal", "librarian", "signals"):
            self.assertEqual(niceness.get(name), {usual}, f"{name} of {niceness}")
        for name in ("ledger-watch", "figures"):
            self.assertEqual(niceness.get(name), {max(usual, 10)}, f"{name} of {niceness}")

    def test_a_second_process_on_one_data_directory_ends_with_1(self):
        with self.gateway() as gateway:
            second = subprocess.run(gateway.command(), capture_output=True, text=True, timeout=60)
            self.assertEqual(second.returncode, 1)
            self.assertNotIn("listening", second.stdout)
            self.assertEqual(get(gateway.ops, "/readyz")[0], 200)

    def test_bad_arguments_end_with_2_and_name_the_key(self):
        for setting, named in (("gateway.htp=127.0.0.1:1", "gateway.http"), ("gateway.http=nowhere", "gateway.http"),
                               ("admission.inflight_max=0", "admission.inflight_max")):
            done = subprocess.run(self.gateway(setting).command(), capture_output=True, text=True, timeout=60)
            self.assertEqual(done.returncode, 2, setting)
            self.assertIn(named, done.stderr)

    def test_hup_takes_a_new_province_without_a_restart_and_refuses_a_broken_one(self):
        policies = os.path.join(self.folder.name, "policies")
        shutil.copytree(os.path.join(SOURCE, "config", "policies"), policies)
        gateway = self.gateway(f"policies.dir={policies}").start()
        employee = "99010100000000000000000001"
        import_lines(gateway, [a_person(employee, "310", "100.00", insuplc_admdvs="990101")])
        bill = sale(employee, "10.00")
        self.assertEqual(settle(gateway, bill)["output"]["setlinfo"]["profile"], "NONE")
        with open(os.path.join(policies, "SX-2025.toml")) as file:
            template = file.read()
        for old, new in (('"SX-2025"', '"ZZ-2025"'), ('"SX"', '"ZZ"'), ('"14"', '"99"')):
            self.assertIn(old, template)
            template = template.replace(old, new)
        with open(os.path.join(policies, "ZZ-2025.toml"), "w") as file:
            file.write(template)
        gateway.process.send_signal(1)
        eventually(lambda: settle(gateway, sale(employee, "1.00"))["output"]["setlinfo"]["profile"] == "ZZ-2025",
                   "the new province decides")
        with open(os.path.join(policies, "ZZ-2025.toml"), "a") as file:
            file.write("\nnonsense = 1\n")
        gateway.process.send_signal(1)
        eventually(lambda: "reload_refused" in gateway.log_tail(), "the broken file is refused")
        self.assertEqual(settle(gateway, sale(employee, "1.00"))["output"]["setlinfo"]["profile"], "ZZ-2025")

    def test_import_is_idempotent_and_names_refused_lines(self):
        gateway = self.gateway().start()
        path = os.path.join(self.folder.name, "people.ndjson")
        lines = shanghai_family() + [{"type": "network", "organizer": "310nobody", "profile": "SH", "members": []}]
        with open(path, "w") as file:
            file.write("\n".join(json.dumps(line) for line in lines) + "\n")
        url = "http://%s:%d" % gateway.http
        for _ in range(2):
            done = gateway.ctl("import", path, "--url", url, "--token-file", gateway.token_file)
            self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
            self.assertIn("E_NO_PERSON", done.stderr)
        shown = gateway.ctl("person", shanghai_family()[0]["psn_no"], "--url", url, "--token-file", gateway.token_file)
        self.assertIn("5000.00", shown.stdout, shown.stderr)

    def test_audit_of_a_running_gateway_goes_through_a_checkpoint(self):
        with self.gateway() as gateway:
            import_lines(gateway, shanghai_family())
            settle(gateway, sale(CHILD, "10.00"))
            copy = os.path.join(self.folder.name, "copy")
            status, body = post(gateway.ops, f"/admin/checkpoint?dir={copy}", "")
            self.assertEqual(status, 200, body)
            done = gateway.ctl("audit", "--data-dir", copy)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
