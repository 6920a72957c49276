"""What one institution can do to another: nothing, and it does not even learn of it."""

import re
import signal
import subprocess
import tempfile
import unittest

import cast
from cast import HMAC, HMAC_OTHER, SECRETS, sale
from clients import get, import_lines, post, settle
from frame_forgeries import FrameSigner, sign_in
from gateway import Gateway, eventually
from http_forgeries import Signer, honest
from messages import CHILD, cancel, envelope, query, shanghai_family, undo
from speakers import FrameSpeaker, HttpSpeaker

MINE, THEIRS = "P31010100041", "P31010100042"
UNKNOWN_SETL_ID = "S20261122000099999999"


class Isolation(unittest.TestCase):
    def open(self, institutions, settings=()):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        gateway = cast.open_gateway(folder.name, institutions, settings)
        self.addCleanup(lambda: gateway.process.poll() is None and gateway.kill())
        import_lines(gateway, shanghai_family())
        return gateway

    def test_the_settlement_of_another_is_answered_like_one_that_does_not_exist(self):
        gateway = self.open(cast.entry(MINE, "none") + cast.entry(THEIRS, "none"))
        bill = sale(THEIRS)
        theirs = settle(gateway, bill)["output"]["setlinfo"]

        def kinds(setl_id, mdtrt_id, msgid):
            by_id = {"setl_id": setl_id, "mdtrt_id": mdtrt_id, "psn_no": CHILD}
            yield from (dict(cancel(setl_id, mdtrt_id, institution=MINE), infno=infno)
                        for infno in ("2103", "2208", "2305"))
            yield query(msgid, institution=MINE)
            yield envelope("5203", {"data": by_id}, MINE)
            yield undo(msgid, institution=MINE)

        def told(answer, setl_id):
            """What the caller learns, without the id he sent himself and without times and numbers."""
            return answer["infcode"], answer["err_msg"].replace(setl_id, "ID"), answer["output"]

        foreign = [told(settle(gateway, each), theirs["setl_id"])
                   for each in kinds(theirs["setl_id"], theirs["mdtrt_id"], bill["msgid"])]
        unknown = [told(settle(gateway, each), UNKNOWN_SETL_ID)
                   for each in kinds(UNKNOWN_SETL_ID, "M20261122000099999999", "nobody-sent-this")]
        self.assertEqual(foreign, unknown)
        # The negative control: its owner is told, and it still stands.
        self.assertEqual(settle(gateway, query(bill["msgid"], institution=THEIRS))["output"]["state"], "applied")
        undone = settle(gateway, cancel(theirs["setl_id"], theirs["mdtrt_id"], institution=THEIRS))
        self.assertEqual(undone["infcode"], 0, undone)

    def test_a_flood_of_one_is_refused_and_the_others_are_served(self):
        register = cast.entry(MINE, "none", rate_per_s=5) + cast.entry(THEIRS, "none")
        gateway = self.open(register, ["admission.institution_rate_per_s=100000"])
        flood = [settle(gateway, sale(MINE)) for _ in range(200)]
        refused = [each for each in flood if each["infcode"] != 0]
        self.assertGreater(len(refused), 50)
        for each in refused:
            self.assertEqual((each["http_status"], each["output"]["retry_after"]), (429, 1), each)
            self.assertTrue(each["err_msg"].startswith("E_BUSY"), each["err_msg"])
        self.assertTrue(all(settle(gateway, sale(THEIRS))["infcode"] == 0 for _ in range(20)))
        frames = FrameSpeaker(gateway.tcp)
        self.assertTrue(any(frames.say(sign_in(MINE, {})).answer["infcode"] == -2 for _ in range(50)))
        shed = re.search(rb'gongji_admission_shed_total\{reason="rate"\} (\d+)', get(gateway.ops, "/metrics")[1])
        self.assertGreaterEqual(int(shed[1]), len(refused))

    def test_no_proof_is_accepted_on_loopback_only_at_start_and_on_reload(self):
        gateway = Gateway(tempfile.mkdtemp(dir=self.an_own_folder()), [])
        path = f"{gateway.folder}/register.toml"
        with open(path, "w") as file:
            file.write(cast.register() + cast.entry(MINE, "none"))
        line = 1 + open(path).read().split(MINE)[0].count("\n") + 3
        for flag in ("gateway.http=0.0.0.0:0", "gateway.tcp=0.0.0.0:0"):
            command = [*gateway.command(), "--set", f"institutions.file={path}", "--set", flag, "--check-config"]
            command = without_flag(command, "--http" if "http" in flag else "--tcp")
            done = subprocess.run(command, capture_output=True, text=True, timeout=60)
            self.assertEqual(done.returncode, 2, done.stdout)
            self.assertIn(f"register.toml:{line}: institution.auth: \"none\" is for listeners on 127.0.0.1 only; "
                          f"{MINE} needs", done.stderr)
        gateway.settings = [f"institutions.file={path}"]
        with open(path, "w") as file:
            file.write(cast.register())
        gateway.command = lambda plain=gateway.command: without_flag(plain(), "--tcp") + ["--tcp", "0.0.0.0:0"]
        with gateway:
            with open(path, "a") as file:
                file.write(cast.entry(MINE, "none"))
            gateway.process.send_signal(signal.SIGHUP)
            eventually(lambda: "reload_refused" in gateway.log_tail(), "the new register is refused")
            answer = settle(gateway, sale(MINE))
            self.assertTrue(answer["err_msg"].startswith("E_FORBIDDEN"), answer)

    def an_own_folder(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        return folder.name

    def test_nonces_are_remembered_across_a_kill(self):
        gateway = self.open(cast.register())
        signer = Signer(HMAC, "hmac")
        captured = honest(signer)
        say = lambda each: HttpSpeaker(gateway.http).say(each.method, each.target, each.headers, each.body)
        self.assertTrue(say(captured).accepted)
        gateway.kill()
        gateway.start()
        self.assertEqual(say(captured).status, 401)
        self.assertTrue(say(honest(signer)).accepted)

    def test_a_changed_secret_ends_what_was_signed_in_with_the_old_one(self):
        gateway = self.open(cast.register())
        frames = FrameSpeaker(gateway.tcp)
        self.assertTrue(frames.say(sign_in(HMAC, FrameSigner(HMAC, "hmac").proof())).accepted)
        self.assertTrue(frames.say(sale(HMAC)).accepted)
        with open(f"{self.folder}/institutions.toml", "w") as file:
            file.write(cast.register().replace(SECRETS[HMAC], "the-new-secret"))
        gateway.process.send_signal(signal.SIGHUP)
        eventually(lambda: '"reloaded"' in gateway.log_tail(), "the register is read again")
        self.assertIsNone(frames.say(sale(HMAC)).answer)

    def test_secrets_stand_in_no_log_no_metric_and_no_answer(self):
        gateway = self.open(cast.register(), ["log.level=trace"])
        speaker = HttpSpeaker(gateway.http)
        said = []
        for code in (HMAC, HMAC_OTHER):
            for key in (SECRETS[code], "wrong"):
                forged = honest(Signer(code, "hmac"))
                forged.headers[-1] = (forged.headers[-1][0], key)
                reply = speaker.say(forged.method, forged.target, forged.headers, forged.body)
                self.assertEqual(reply.status, 401)
                said.append(str(reply.answer))
        speaker.close()
        said.append(get(gateway.ops, "/metrics")[1].decode())
        said.append(str(post(gateway.http, "/fsi/api", SECRETS[HMAC])))
        with open(f"{self.folder}/institutions.toml", "a") as file:
            file.write("nonsense = 1\n")
        gateway.process.send_signal(signal.SIGHUP)
        eventually(lambda: "reload_refused" in gateway.log_tail(), "the broken register is refused")
        gateway.stop()
        with open(f"{self.folder}/gongjid.log") as log:
            said.append(log.read())
        for secret in SECRETS.values():
            for text in said[:-2] + said[-1:]:
                self.assertNotIn(secret, text)


def without_flag(command, flag):
    place = command.index(flag)
    return command[:place] + command[place + 2:]


if __name__ == "__main__":
    unittest.main()
