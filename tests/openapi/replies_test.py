"""Every status the OpenAPI document promises is produced by a real gongjid, and every reply is what
the document says: media type, headers, schema."""

import json
import os
import subprocess
import tempfile
import unittest

from clients import get
from contract import METHODS, Contract
from gateway import eventually
from hanging_disk import hanging_disk
from probing import Caller, Reply
from samples import CREDIT, made_for_samples, samples, unknown
from scene import (CHILD, COUSIN, FATHER, HOUSEWIFE, LEAVER, LINK, MOTHER, NEPHEW, POOR_SON, SON,
                   STRANGER, TOKENS, UNCLE, YEAR_ENDED, Scene, a_key)

HERE = os.path.dirname(os.path.abspath(__file__))
SHEETS = ("application/json", "image/svg+xml", "image/png", "application/pdf")
PUBLIC = "/v1/openapi.json"
PROBLEM = {"$ref": "#/components/schemas/Problem"}
# Promised, and not to be produced from outside. At most two, each with its reason.
ALLOWED = {}


class Replies(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def scene(self, contract, *settings):
        scene = Scene(contract, self.folder, settings)
        self.addCleanup(lambda: scene.gateway.process.poll() is None and scene.gateway.kill())
        return scene

    def test_every_documented_status_is_produced_and_every_reply_is_as_documented(self):
        contract = Contract()
        scene = self.scene(contract)
        self.nothing_rolled_yet(scene)
        scene.populate()
        self.what_succeeds(scene)
        table = samples(*made_for_samples(scene))
        self.assertEqual(set(table), set(contract.operations()), "one sample for every operation")
        self.what_the_caller_did_wrong(scene, table)
        keys = self.keys_used_wrongly(scene, table)
        self.nothing_found(scene, table)
        self.a_full_disk(scene, table)
        self.a_bad_disk(scene, table, keys)
        self.a_busy_household(scene)
        self.a_busy_process(scene, table)
        print(f"{sum(map(len, contract.produced.values()))} replies, "
              f"{len(contract.produced)} of {len(contract.documented())} documented statuses")
        missing = contract.documented() - set(contract.produced) - set(ALLOWED)
        self.assertEqual(contract.faults, [], f"{len(contract.faults)} faults")
        self.assertEqual(sorted(missing), [], f"{len(missing)} documented and not produced")
        self.assertEqual(self.media_types_missing(contract), [])

    def media_types_missing(self, contract):
        return sorted((key, kind) for key in contract.documented() if key in contract.produced
                      for kind in contract.media_types(*key) if kind not in contract.produced[key])

    # ---- 2xx ----

    def nothing_rolled_yet(self, scene):
        self.assertEqual(scene.ask("GET", "/v1/accounts/roll").status, 404)

    def expect(self, reply, *statuses):
        self.assertIn(reply.status, statuses, reply)
        return reply

    def what_succeeds(self, scene):
        self.import_and_reading(scene)
        self.networks(scene)
        self.accounts(scene)
        self.settlements(scene)
        self.contributions(scene)
        self.supervision(scene)

    def import_and_reading(self, scene):
        person = b'{"type":"person","psn_no":"310x","insutype":"390","insuplc_admdvs":"310101"}\n{"type":"nothing"}'
        for _ in range(2):
            self.expect(scene.ask("POST", "/v1/import", body=person, query="?batch=two"), 200)
        served = self.expect(scene.ask("GET", PUBLIC, role="nobody"), 200).json
        self.assertEqual(served, scene.contract.document)
        for role, acting in (("agency", None), ("auditor", None), ("app", FATHER)):
            self.expect(scene.ask("GET", "/v1/persons/{psn_no}", FATHER, role=role, acting=acting), 200)
        self.expect(scene.ask("GET", "/v1/persons/{psn_no}", CHILD), 200)

    def networks(self, scene):
        path, member = "/v1/networks/{organizer}", "/v1/networks/{organizer}/members/{psn_no}"
        key = a_key()
        for replayed in (None, "true"):
            formed = scene.ask("POST", "/v1/networks", key=key, body={
                "organizer": STRANGER, "profile": "SH",
                "members": [{"psn_no": COUSIN, "relation": "CHILD"}]})
            self.assertEqual(self.expect(formed, 201).headers.get("idempotent-replayed"), replayed)
        self.expect(scene.ask("PUT", path + "/modes", STRANGER, body={"modes": ["PAY"]}), 200)
        self.expect(scene.ask("POST", path + "/members", STRANGER,
                              body={"psn_no": HOUSEWIFE, "relation": "SPOUSE"}), 201)
        nephew = {"psn_no": NEPHEW, "relation": "CHILD", **LINK}
        self.expect(scene.ask("POST", path + "/members", UNCLE, body=nephew), 400)  # of which profile?
        self.expect(scene.ask("POST", path + "/members", UNCLE, role="app", acting=UNCLE,
                              body=dict(nephew, profile="SX")), 201)
        self.expect(scene.ask("PATCH", member, STRANGER, COUSIN, body={"relation": "SIBLING"}), 200)
        self.expect(scene.ask("POST", member + "/rebind", UNCLE, NEPHEW,
                              body=dict(LINK, relation="CHILD", quota="500.00")), 200)
        for organizer, acting in ((STRANGER, STRANGER), (STRANGER, COUSIN), (MOTHER, SON), (UNCLE, UNCLE)):
            self.expect(scene.ask("GET", path, organizer, role="app", acting=acting), 200)
        self.expect(scene.ask("DELETE", member, STRANGER, HOUSEWIFE), 200)
        self.expect(scene.ask("POST", "/v1/persons/{psn_no}/leave", COUSIN, role="app", acting=COUSIN), 200)
        self.expect(scene.ask("DELETE", path, STRANGER), 200)

    def accounts(self, scene):
        path = "/v1/accounts/{psn_no}"
        self.expect(scene.ask("PATCH", "/v1/persons/{psn_no}", STRANGER, body={
            "insuplc_admdvs": "310115", "duplicate_insurance": False, "main_account": "right",
            "dup_attempts_exceeded": False, "account_state": "usable", "special_group": "DIBAO",
            "psn_insu_stas": "1"}), 200)
        for bucket in ("current_year", "carryover"):
            self.expect(scene.ask("POST", path + "/credits", STRANGER,
                                  body={"bucket": bucket, "amount": "12.30", "reason": "MONTHLY"}), 200)
            self.expect(scene.ask("POST", path + "/debits", STRANGER,
                                  body={"bucket": bucket, "amount": "2.30", "reason": "CORE_USE"}), 200)
        for body in ({"year": str(YEAR_ENDED), "psn_no": FATHER, "interest": "3.20"},
                     {"year": YEAR_ENDED, "psn_no": FATHER}, {"year": YEAR_ENDED, "psn_no": CHILD}):
            self.expect(scene.ask("POST", "/v1/accounts/roll", body=body), 200)
        self.expect(scene.ask("POST", "/v1/accounts/roll", body={"year": YEAR_ENDED - 2}), 202)
        eventually(lambda: not self.expect(scene.ask("GET", "/v1/accounts/roll"), 200).json["running"], "rolled")

    def settlements(self, scene):
        path = "/v1/settlements/{setl_id}"
        first, second, third = scene.buy(), scene.buy(), scene.buy(SON)
        cancelled = scene.cancel(first)
        self.expect(scene.ask("POST", path + "/partial-refund", second, body={"medfee_sumamt": "20.00"}), 200)
        for setl_id, person in ((first, CHILD), (cancelled, CHILD), (second, CHILD), (cancelled, FATHER),
                                (first, FATHER), (third, SON), (third, MOTHER)):
            self.expect(scene.ask("GET", path, setl_id), 200)
            self.expect(scene.ask("GET", path, setl_id, role="app", acting=person), 200)
            if setl_id != cancelled:
                self.expect(scene.ask("GET", path + "/explanation", setl_id), 200)
                self.expect(scene.ask("GET", path + "/explanation", setl_id, role="app", acting=person), 200)
        empty = scene.buy(COUSIN)  # of no network: all cash, with a reason
        for end in ("", "/explanation"):
            self.expect(scene.ask("GET", path + end, empty), 200)
        for person in (CHILD, COUSIN, SON):
            self.expect(scene.ask("GET", "/v1/persons/{psn_no}/payments", person), 200)
        for organizer, acting in ((FATHER, FATHER), (FATHER, CHILD), (MOTHER, MOTHER)):
            for what in ("/payments", "/contributions"):
                self.expect(scene.ask("GET", "/v1/networks/{organizer}" + what, organizer, role="app",
                                      acting=acting, query="?limit=1"), 200)

    def contributions(self, scene):
        path = "/v1/contributions/{id}"

        def order(body, acting):
            return self.expect(scene.ask("POST", "/v1/contributions", role="app", acting=acting, body=body), 201)

        paid = order({"psn_no": CHILD, "purpose": "RESIDENT_PREMIUM", "year": "2027"}, CHILD).json["id"]
        own = order({"psn_no": STRANGER, "purpose": "COMMERCIAL", "product": "HUHUIBAO", "year": 2026},
                    STRANGER).json["id"]
        premium = {"psn_no": POOR_SON, "purpose": "RESIDENT_PREMIUM", "year": 2026}
        pending = order(premium, MOTHER).json
        self.assertEqual(pending["status"], "pending")
        self.expect(scene.ask("GET", path, pending["id"]), 200)
        refused = scene.ask("GET", path + "/certificate", pending["id"])
        self.assertEqual(self.expect(refused, 422).json["code"], "E_TAX_PENDING")
        confirm = {"accepted": True, "detail": "已撤销"}
        self.expect(scene.ask("POST", path + "/tax-confirmation", pending["id"], body=confirm), 200)
        self.expect(scene.ask("GET", path, pending["id"], role="app", acting=MOTHER), 200)
        order(premium, MOTHER)
        for one, acting in ((paid, CHILD), (paid, FATHER), (own, STRANGER)):
            self.expect(scene.ask("GET", path, one, role="app", acting=acting), 200)
            for accept in SHEETS:
                self.expect(scene.ask("GET", path + "/certificate", one, Accept=accept), 200)
            code = scene.ask("GET", path + "/certificate", one).json["check_code"]
            for person in (acting, LEAVER):
                self.expect(scene.ask("GET", "/v1/certificates/{code}", code, role="app", acting=person), 200)
        for person in (CHILD, STRANGER, POOR_SON):
            self.expect(scene.ask("GET", "/v1/persons/{psn_no}/contributions", person), 200)

    def supervision(self, scene):
        setl_id = scene.buy(NEPHEW)
        link, = scene.ask("GET", "/v1/networks/{organizer}", FATHER, role="app", acting=CHILD).json["members"]
        for body in ({"setl_id": setl_id, "note": "疑似"}, {"setl_id": setl_id, "under_review": False},
                     {"link_id": link["link_id"], "psn_no": CHILD}):
            self.expect(scene.ask("POST", "/v1/reviews", body=body), 201)
        for query in ("", "?limit=1", f"?psn_no={FATHER}"):
            self.expect(scene.ask("GET", "/v1/reviews", role="auditor", query=query), 200)
        self.expect(scene.ask("POST", "/v1/accounts/{psn_no}/transfer-out", UNCLE), 200)
        scene.cancel(setl_id, NEPHEW)
        owed = self.expect(scene.ask("GET", "/v1/suspense", role="auditor"), 200).json["items"]
        self.assertEqual([line["psn_no"] for line in owed], [UNCLE])
        for accept in ("application/json", "text/event-stream"):
            self.expect(scene.ask("GET", "/v1/events", query="?after=0&limit=1000", Accept=accept), 200)
        self.expect(scene.ask("GET", "/v1/events", query="?after=999999"), 200)

    # ---- 4xx ----

    def what_the_caller_did_wrong(self, scene, table):
        documented = scene.contract.documented()
        for (method, path), sample in table.items():
            send = dict(body=sample.body, query=sample.query)
            if path == PUBLIC:
                broken = b"Transfer-Encoding: chunked\r\n\r\nnonsense\r\n"
                self.expect(scene.raw(method, path, broken), 400)
                continue
            self.expect(scene.ask(method, path, *sample.ids, role="nobody", **send), 401)
            wrong = Caller(scene.gateway.http, "no-such-token")
            reply = scene.judged(method, path, wrong.ask(method, path, None, {}))
            self.assertIn("invalid_token", self.expect(reply, 401).headers["www-authenticate"])
            if (method, path, 403) in documented:
                role = "auditor" if method != "GET" else "app"
                self.expect(scene.ask(method, path, *sample.ids, role=role, acting=HOUSEWIFE, **send), 403)
            if path == "/v1/import":
                self.expect(scene.ask(method, path, body=b"{}", Idempotency_Key=None), 400)
                self.expect(scene.raw(method, path, b"Content-Length: 999999999\r\n\r\n"), 413)
                continue
            self.expect(scene.ask(method, path, *sample.ids, acting="two words", **send), 400)
            if method != "GET":
                self.expect(scene.ask(method, path, *sample.ids, **send, Idempotency_Key=None), 400)
                self.expect(scene.raw(method, path, b"Content-Length: 70000\r\n\r\n", *sample.ids), 413)
            if sample.body:
                self.expect(scene.ask(method, path, *sample.ids, body=b"{"), 400)
                self.expect(scene.ask(method, path, *sample.ids, body={name: {} for name in sample.body}), 400)
        order = table["GET", "/v1/contributions/{id}"].ids[0]
        self.expect(scene.ask("GET", "/v1/contributions/{id}/certificate", order, Accept="text/plain"), 406)
        for query in ("?limit=0", "?limit=1001", "?cursor=x"):
            self.expect(scene.ask("GET", "/v1/suspense", query=query), 400)

    def keys_used_wrongly(self, scene, table):
        """409 while the first runs, 422 with another request; the keys of decided writes."""
        keys = {}
        for (method, path), sample in table.items():
            if method == "GET" or path == "/v1/import":
                continue
            first, second = scene.twice_at_once(method, path, *sample.ids, body=sample.body)
            self.assertEqual(second.status, 409, (first, second))
            if path == "/v1/accounts/roll":
                sample.body = dict(sample.body, year=YEAR_ENDED)  # the year before is rolled now
            keys[method, path] = key = a_key()
            scene.ask(method, path, *sample.ids, body=sample.body, key=key)
            again = scene.ask(method, path, *sample.ids, body=sample.body, key=key)
            self.assertEqual(again.headers.get("idempotent-replayed"), "true", again)
            other = scene.ask(method, path, *sample.ids, body=sample.body, key=key, acting=STRANGER)
            self.assertEqual(self.expect(other, 422).json["code"], "E_IDEMPOTENCY")
        return keys

    def nothing_found(self, scene, table):
        rolled = ("GET", "/v1/accounts/roll")  # was asked for before anything was rolled
        for method, path in set(table) - {rolled}:
            if (method, path, 404) in scene.contract.documented():
                sample = unknown(method, path, table[method, path])
                self.expect(scene.ask(method, path, *sample.ids, body=sample.body, query=sample.query), 404)

    # ---- not decided, and nobody knows ----

    def a_full_disk(self, scene, table):
        """What needs a record is refused, an agency's look at somebody's account too; other questions
        are answered."""
        scene.again(["store.free_bytes_min=1099511627776"])
        credit = ("POST", "/v1/accounts/{psn_no}/credits")
        eventually(lambda: scene.ask(*credit, *table[credit].ids, body=table[credit].body).status == 429,
                   "it is looked at")
        for (method, path), sample in table.items():
            scene.ask(method, path, *sample.ids, body=sample.body, query=sample.query)
        for what in ("/payments", "/contributions"):
            self.expect(scene.ask("GET", "/v1/networks/{organizer}" + what, FATHER, role="app", acting=CHILD), 200)

    def a_busy_household(self, scene):
        """One message of it waits for a disk that does not answer, and it may have one inside."""
        environment, switch = hanging_disk(self.folder)
        scene.again(["admission.household_inflight_max=1"], environment)
        with open(switch, "w"):
            pass
        holder = Caller(scene.gateway.http, TOKENS["agency"])
        holder.connect()
        holder.socket.sendall(holder.request_bytes(
            "POST", f"/v1/accounts/{FATHER}/credits", CREDIT,
            {"Idempotency-Key": a_key()}))
        eventually(lambda: scene.ask("GET", "/v1/persons/{psn_no}", FATHER).status == 429, "it is inside")
        self.expect(scene.ask("GET", "/v1/networks/{organizer}", FATHER), 429)
        for what in ("/payments", "/contributions"):  # a member must first be known as one
            self.expect(scene.ask("GET", "/v1/networks/{organizer}" + what, FATHER, role="app", acting=CHILD), 429)
        os.remove(switch)
        scene.gateway.kill()

    def a_busy_process(self, scene, table):
        scene.again(["admission.inflight_max=1"])
        holder = Caller(scene.gateway.http, TOKENS["agency"])
        holder.connect()
        holder.socket.sendall(holder.request_bytes("GET", "/v1/events?after=999999&wait=30"))
        eventually(lambda: get(scene.gateway.http, PUBLIC)[0] == 503, "the first is inside")
        for (method, path), sample in table.items():
            busy = scene.ask(method, path, *sample.ids, body=sample.body, query=sample.query)
            self.assertEqual(self.expect(busy, 503).headers["retry-after"], "1")
        scene.gateway.kill()

    def a_bad_disk(self, scene, table, keys):
        """What cannot be looked up: lists and records are refused for now; of a message whose key
        may be known nobody can say what became of it. Twice: what was read before is remembered."""
        library, flag = (os.path.join(self.folder, name) for name in ("bad_disk.so", "bad"))
        subprocess.run(["cc", "-shared", "-fPIC", "-o", library, os.path.join(HERE, "bad_disk.c"), "-ldl"],
                       check=True)
        for read_before in ((), ("/v1/settlements/{setl_id}/explanation", "/v1/contributions/{id}")):
            scene.again(environment={"LD_PRELOAD": library, "GONGJI_BAD_DISK": flag})
            for path in read_before:
                self.expect(scene.ask("GET", path, *table["GET", path].ids), 200)
            with open(flag, "w"):
                pass
            for (method, path), sample in table.items():
                scene.ask(method, path, *sample.ids, body=sample.body, query=sample.query,
                          key=keys.get((method, path)))
            for what in ("/payments", "/contributions"):
                scene.ask("GET", "/v1/networks/{organizer}" + what, FATHER, role="app", acting=CHILD)
            os.remove(flag)

    # ---- beside the operations ----

    def test_a_method_that_a_path_does_not_have_is_405_and_says_which_it_has(self):
        scene = self.scene(Contract())
        for path, methods in scene.contract.document["paths"].items():
            here = {method.upper() for method in methods if method in METHODS}
            for method in {"GET", "PUT", "POST", "DELETE", "PATCH"} - here:
                caller = Caller(scene.gateway.http, TOKENS["agency"])
                reply = caller.ask(method, path.format(organizer="1", psn_no="1", id="1", setl_id="1", code="1"))
                self.assertEqual(reply.status, 405, reply)
                self.assertLessEqual(here, set(reply.headers["allow"].split(", ")), reply)
                faults = scene.contract.body_faults(PROBLEM, "application/problem+json", reply)
                self.assertEqual(list(faults), [], reply)

    def test_the_judge_finds_what_is_wrong(self):
        contract, path = Contract(), "/v1/networks/{organizer}"
        right = contract.responses("GET", path)["200"]["content"]["application/json"]["example"]

        def reply(body=right, status=200, kind="application/json", more=""):
            head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n{more}\r\n"
            return Reply("planted", head.encode() + json.dumps(body).encode())

        self.assertEqual(list(contract.faults_of("GET", path, reply())), [])
        member = dict(right["members"][0], quota=300.0)
        wrong = {
            "a field is missing": reply({name: right[name] for name in right if name != "state"}),
            "a word nobody knows": reply(dict(right, state="asleep")),
            "a field nobody documented": reply(dict(right, fund_left="4880.00")),
            "money as a number": reply(dict(right, members=[member])),
            "no such day": reply(dict(right, members=[dict(member, quota=None, to="2026-02-30")])),
            "another media type": reply(kind="text/plain"),
            "a status nobody documented": reply(status=418),
            "no problem document": reply(status=404, kind="application/problem+json"),
        }
        for what, planted in wrong.items():
            self.assertNotEqual(list(contract.faults_of("GET", path, planted)), [], what)

    def test_a_status_that_is_only_promised_is_missed(self):
        contract = Contract()
        operation = contract.document["paths"]["/v1/suspense"]["get"]
        operation["responses"]["418"] = {"$ref": "#/components/responses/NotFound"}
        self.assertIn(("GET", "/v1/suspense", 418), contract.documented() - set(contract.produced))


if __name__ == "__main__":
    unittest.main()
