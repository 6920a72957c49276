"""Nothing a member can fetch says anything of another member (SH-17, SH-18, SX-34…36): as an app that
acts for each of them, every path of the OpenAPI document is asked for with every id there is, and
every byte of the replies is searched."""

import json
import re
import tempfile
import unittest
import urllib.parse

from families import APP, NOTE, OTHER_APP, Town
from knowledge import Knowledge
from leaks import Banned, in_capitals
from probing import Caller, Reply
from sheets import differing_blocks, grey_of_pdf, grey_of_png

SHEETS = ("application/json", "image/svg+xml", "image/png", "application/pdf")
READ_OF = {"organizer": "persons", "psn_no": "persons", "setl_id": "settlements", "id": "contributions",
           "code": "codes"}


class Visibility(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.town = Town(folder.name)
        self.addCleanup(lambda: self.town.gateway.process.poll() is None and self.town.gateway.kill())
        self.town.settle_in()
        self.replies = self.bytes = self.shown = 0
        self.leaks, self.scanned = [], {}

    def tearDown(self):
        ended = self.town.gateway.process.poll()
        self.assertIsNone(ended, f"gongjid ended with {ended}: {self.town.gateway.log_tail()}")

    # ---- asking for everything ----

    def callers(self):
        return [(person, Caller(self.town.gateway.http, APP, person.psn_no))
                for person in self.town.everybody]

    def look(self, person, banned, reply, named=()):
        self.replies += 1
        self.bytes += len(reply.raw)
        self.shown += reply.status < 300
        if (banned, reply.raw) not in self.scanned:  # most refusals are the same bytes again
            self.scanned[banned, reply.raw] = banned.found_in(reply.raw)
        found = self.scanned[banned, reply.raw] - set(named)
        if found:
            self.leaks.append(f"{person} reads {sorted(found)} in {reply!r}")
        return reply

    def sweep(self, known):
        described = Caller(self.town.gateway.http, None).get("/v1/openapi.json")
        document = described.json
        ids = {"persons": [person.psn_no for person in self.town.everybody] + ["31999999999999999"],
               "settlements": list(self.town.settlements) + ["S20261122999999999999"],
               "contributions": list(self.town.contributions), "codes": list(known.codes.values())}
        cursors = self.cursors_of_others()
        for person, caller in self.callers():
            banned = known.banned_for(person)
            for path, methods in document["paths"].items():
                if path == "/v1/openapi.json":  # says the same to everybody, and to nobody
                    self.assertEqual(caller.get(path).body, described.body)
                elif "get" in methods:
                    self.read_all(person, banned, caller, path, ids, cursors)
            self.write_all(person, banned, caller, document, known)
            self.replay_others(person, banned, caller)
            self.try_with_others(person, banned, caller)
            caller.close()

    def read_all(self, person, banned, caller, path, ids, cursors):
        hole = re.search(r"{(\w+)}", path)
        for number in ids[READ_OF[hole[1]]] if hole else [""]:
            asked = path.replace(hole[0], number) if hole else path
            named = [number] if path.startswith("/v1/certificates/") else ()  # he holds the sheet
            for accept in SHEETS if path.endswith("/certificate") else (None, "text/event-stream"):
                if accept and "event" in accept and path != "/v1/events":
                    continue
                reply = self.look(person, banned, caller.get(asked, Accept=accept), named)
                if reply.status == 200 and reply.body.startswith(b'{"items"'):
                    self.page_through(person, banned, caller, asked, cursors)

    def page_through(self, person, banned, caller, path, cursors):
        for cursor in cursors:
            self.look(person, banned, caller.get(f"{path}?limit=3&cursor={cursor}"))
        cursor = ""
        while cursor is not None:
            reply = self.look(person, banned, caller.get(f"{path}?limit=2" + cursor))
            cursor = reply.json["next_cursor"] and "&cursor=" + reply.json["next_cursor"]

    # Where the lists of an organiser go on may not open the lists of a member.
    def cursors_of_others(self):
        found = set()
        for person, caller in self.callers()[:4]:
            for kind in ("networks", "persons"):
                for what in ("payments", "contributions"):
                    reply = caller.get(f"/v1/{kind}/{person.psn_no}/{what}?limit=1")
                    if reply.status == 200 and reply.json["next_cursor"]:
                        found.add(reply.json["next_cursor"])
            caller.close()
        return sorted(found)

    # Every writing operation on everybody who is not his own to write for.
    def write_all(self, person, banned, caller, document, known):
        bodies = {"psn_no": None, "relation": "CHILD", "quota": "1.01", "from": "2026-01-01", "to": "2027-01-01",
                  "modes": ["PAY"], "profile": person.family, "bucket": "carryover", "amount": "1.01",
                  "reason": "CORE_USE", "year": 2026, "purpose": "RESIDENT_PREMIUM", "medfee_sumamt": "1.01"}
        others = [other for other in self.town.everybody if other is not person]
        for path, methods in document["paths"].items():
            for method in set(methods) - {"get", "parameters"}:
                for other in others:
                    body = dict(bodies, psn_no=other.psn_no, organizer=other.psn_no)
                    setl_id = next((sold for sold, who in self.town.settlements.items() if who is other), "S1")
                    order = next((one for one, who in self.town.contributions.items() if who is other), "C1")
                    asked = path.format(organizer=other.psn_no, psn_no=other.psn_no, setl_id=setl_id,
                                        id=order, code="0")
                    if path == "/v1/contributions" and other in person.members | person.organisers:
                        continue  # that order is his to give
                    reply = caller.write(method.upper(), asked, body)
                    self.assertGreaterEqual(reply.status, 400, reply)
                    self.look(person, banned, reply)

    # The key of a write that somebody else did, by the same app and by another.
    def replay_others(self, person, banned, caller):
        for actor, method, path, body, key in self.town.keys:
            if actor is person:
                continue
            self.look(person, banned, caller.write(method, path, body, key))
            other_app = Caller(caller.address, OTHER_APP, person.psn_no)
            if not path.endswith("/contributions"):
                self.look(person, banned, other_app.write(method, path, body, key))
            other_app.close()

    # Commands that are his to give and are refused because of somebody else. Whom he named himself
    # may be named in the answer; nothing more.
    def try_with_others(self, person, banned, caller):
        town = self.town
        if person.insutype != "390" and person not in (town.a, town.b, town.d):
            return
        for other in (town.a2, town.a3, town.b3, town.d1, town.d2, town.e2, town.f1):
            if other is person or other in person.members:
                continue
            link = {"psn_no": other.psn_no, "relation": "CHILD"}
            bind = caller.write("POST", f"/v1/networks/{person.psn_no}/members", link)
            form = caller.write("POST", "/v1/networks", {"organizer": person.psn_no, "members": [link],
                                                         "profile": person.family})
            for reply in (bind, form):
                self.assertGreaterEqual(reply.status, 400, reply)
                self.look(person, banned, reply, (other.psn_no,))

    def report(self, what):
        print(f"{what}: {self.replies} replies, {self.shown} of them with content, {self.bytes} bytes scanned")
        self.assertGreater(self.shown, 500)  # not everything was refused
        self.assertEqual(self.leaks, [], f"{len(self.leaks)} leaks, first {self.leaks[:8]}")

    # ---- the tests ----

    def test_members_read_nothing_of_each_other(self):
        self.sweep(Knowledge(self.town))
        self.report("while the families stand")

    def test_nor_after_refunds_leaving_disbanding_and_the_roll(self):
        self.town.move_on()
        self.sweep(Knowledge(self.town))
        self.report("after everything has changed")

    def test_the_organiser_sees_members_and_their_spending_and_nothing_of_a_visit(self):
        known, town = Knowledge(self.town), self.town
        for head in (town.a, town.b, town.c, town.d, town.e):
            caller = Caller(town.gateway.http, APP, head.psn_no)
            members = caller.get(f"/v1/networks/{head.psn_no}").json["members"]
            self.assertEqual({(line["psn_no"], line["psn_name"]) for line in members},
                             {(kin.psn_no, kin.name) for kin in head.members})
            paid = caller.get(f"/v1/networks/{head.psn_no}/payments?limit=1000").json["items"]
            self.assertEqual({line["psn_no"] for line in paid}, {kin.psn_no for kin in head.members})
            for line in paid:
                self.assertEqual(set(line), {"type", "setl_id", "psn_no", "amount", "setl_time", "purpose"})
                bill = caller.get(f"/v1/settlements/{line['setl_id']}").json
                self.assertEqual(set(bill), {"setl_id", "status", "psn_no", "setl_time", "purpose", "payers"})
                self.assertEqual(bill["payers"], [{"source": "family", "psn_no": head.psn_no,
                                                   "amount": line["amount"]}])
            for setl_id in town.own_money_only:
                expected = 200 if town.settlements[setl_id] is head else 403
                self.assertEqual(caller.get(f"/v1/settlements/{setl_id}").status, expected)
                self.assertNotIn(setl_id, [line["setl_id"] for line in paid])
            for token in town.clinical:
                self.assertNotIn(head, known.texts[token])  # so the sweeps search for it in his replies too

    def test_a_member_sees_himself_his_organiser_and_no_live_balance(self):
        for kin in (self.town.a1, self.town.a2, self.town.d1, self.town.e2):
            caller = Caller(self.town.gateway.http, APP, kin.psn_no)
            head, = kin.organisers
            network = caller.get(f"/v1/networks/{head.psn_no}").json
            self.assertEqual(network["organizer"], head.psn_no)
            self.assertEqual([line["psn_no"] for line in network["members"]], [kin.psn_no])
            self.assertEqual(caller.get(f"/v1/persons/{kin.psn_no}").json["psn_name"], kin.name)
            refused = caller.get(f"/v1/persons/{head.psn_no}")
            self.assertEqual((refused.status, refused.json["code"]), (403, "E_FORBIDDEN_VIEW"))
            paid = caller.get(f"/v1/persons/{kin.psn_no}/payments").json["items"]
            self.assertTrue(any(float(line["family"]) > 0 for line in paid), paid)
            for line in paid:
                why = caller.get(f"/v1/settlements/{line['setl_id']}/explanation").json
                self.assertEqual({left["psn_no"] for left in why["remained"]} - {kin.psn_no}, set())

    def test_the_search_finds_what_is_there(self):
        town, known = self.town, Knowledge(self.town)
        banned = known.banned_for(town.a1)
        order = next(one for one, who in town.contributions.items() if who is town.a2)
        shown = {  # to the organiser or the agency: must be found in what they read
            f"/v1/networks/{town.a.psn_no}": {town.a2.psn_no, town.a3.name},
            f"/v1/networks/{town.a.psn_no}/payments": {town.a2.psn_no, "some amount"},
            f"/v1/networks/{town.a.psn_no}/contributions": {town.a2.psn_no, order},
            f"/v1/persons/{town.a.psn_no}": {"some amount"},
        }
        for path, expected in shown.items():
            reply = Caller(town.gateway.http, APP, town.a.psn_no).get(path)
            self.must_find(expected, banned, reply)
            self.must_find(expected, banned, town.agency.get(path))
        for accept in ("application/json", "application/pdf"):
            sheet = Caller(town.gateway.http, APP, town.a.psn_no).get(
                f"/v1/contributions/{order}/certificate", Accept=accept)
            self.must_find({town.a2.name, known.codes[order], "some amount"}, banned, sheet)
        self.must_find({NOTE}, Banned({NOTE}, []), Reply("", b"HTTP/1.1 200 OK\r\n\r\n" + NOTE.encode()))

    def must_find(self, expected, banned, reply):
        found = banned.found_in(reply.raw)
        if any(re.fullmatch(r"\d+\.\d\d", one) for one in found):
            found.add("some amount")
        self.assertEqual(expected - found, set(), f"{reply!r} {found}")

    # What a PNG says cannot be searched; that it is the sheet of the PDF can be seen.
    def test_the_picture_of_a_certificate_shows_what_its_pdf_says(self):
        sheets = {}
        for person in (self.town.a2, self.town.a3):
            order = next(one for one, who in self.town.contributions.items() if who is person)
            caller = Caller(self.town.gateway.http, APP, person.psn_no)
            sheets[person] = [caller.get(f"/v1/contributions/{order}/certificate", Accept=kind).body
                              for kind in ("image/png", "application/pdf")]
        own, other = sheets.values()
        picture = grey_of_png(own[0])
        self.assertEqual(differing_blocks(picture, grey_of_pdf(own[1], picture[0])), 0)
        self.assertGreater(differing_blocks(picture, grey_of_pdf(other[1], picture[0])), 100)

    def test_the_search_finds_a_planted_leak(self):
        town = self.town
        banned = Knowledge(town).banned_for(town.a1)
        reply = Caller(town.gateway.http, APP, town.a1.psn_no).get(f"/v1/persons/{town.a1.psn_no}")
        self.assertEqual(banned.found_in(reply.raw), set())
        paid = town.agency.get(f"/v1/persons/{town.a2.psn_no}/payments").json["items"]
        amount = next(line["family"] for line in paid if line["family"] > "1")
        plants = {  # as it stands, escaped, percent-encoded, in fen, grouped by commas, in capitals
            town.a2.psn_no: town.a2.psn_no, town.a2.name: json.dumps(town.a2.name)[1:-1],
            town.a3.certno: town.a3.certno, town.a3.name: urllib.parse.quote(town.a3.name),
            amount: in_capitals(amount), town.a.carryover: f"{float(town.a.carryover):,.2f}",
            town.b.carryover: town.b.carryover.replace(".", ""),
        }
        for plain, form in plants.items():
            planted = reply.raw.replace(b'"role":"', b'"role":"' + form.encode() + b' ')
            self.assertNotEqual(planted, reply.raw)
            self.assertEqual(banned.found_in(planted), {plain}, form)
        in_head = reply.raw.replace(b"HTTP/1.1 200 OK", f"HTTP/1.1 200 {town.a2.psn_no}".encode())
        self.assertEqual(banned.found_in(in_head), {town.a2.psn_no})


if __name__ == "__main__":
    unittest.main()
