"""A new province is one file: added to a running gateway, it decides at once; a broken one changes nothing."""

import datetime
import os
import re
import shutil
import signal
import tempfile
import unittest

from clients import Frames, import_lines, settle
from gateway import SOURCE, Gateway, eventually
from messages import a_person, new_msgid, sale, sign_in
from rest import Desk

SICHUAN = """# A made-up province: near kin, 200.00 stay untouched, an amount for each payment.
id = "SC-2025"
family = "SC"
area = "51"
relations = ["SPOUSE", "PARENT", "CHILD", "SIBLING", "GRANDPARENT", "GRANDCHILD"]

[valid]
from = 2025-01-01

[organiser]
schemes = ["EMPLOYEE"]
status = "NORMAL"

[member]
schemes = ["EMPLOYEE", "RESIDENT"]
status = "NORMAL"
area = "PROVINCE"

[fund]
model = "LIVE_DRAW"
buckets = ["TOTAL"]
floor = { default = "200.00" }

[quota]
kind = "PER_SETTLEMENT"
required = true

[pay]
own_first = ["TOTAL"]
area_of_use = "PROVINCE"

[[premium]]
purpose = "RESIDENT_PREMIUM"
schemes = ["RESIDENT"]
price = { 2026 = "100.00" }
"""

INSTITUTION = """
[[institution]]
code = "{code}"
name = "示例大药房"
kind = "pharmacy"
area = "{area}"
auth = "none"
"""

MOTHER, SON, AUNT = "51010000000000000000009001", "51010000000000000000009002", "51010000000000000000009003"
CHENGDU = "P51010700001"
THIS_YEAR = datetime.date.today().year


class Province(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.policies = os.path.join(self.folder.name, "policies")
        self.institutions = os.path.join(self.folder.name, "institutions.toml")
        shutil.copytree(os.path.join(SOURCE, "config", "policies"), self.policies)
        shutil.copy(os.path.join(SOURCE, "config", "institutions.toml"), self.institutions)
        self.gateway = Gateway(self.folder.name, [f"policies.dir={self.policies}",
                                                  f"institutions.file={self.institutions}"])
        self.addCleanup(lambda: self.gateway.process and self.gateway.process.poll() is None
                        and self.gateway.kill())
        self.desk = Desk(self.gateway)

    def write_profile(self, name, text):
        path = os.path.join(self.policies, name)
        with open(path, "w") as file:
            file.write(text)
        return path

    def add_institution(self, code, area):
        with open(self.institutions, "a") as file:
            file.write(INSTITUTION.format(code=code, area=area))

    def hang_up(self, said):
        """SIGHUP, and the line of the log it leads to."""
        lines = len(self.log())
        self.gateway.process.send_signal(signal.SIGHUP)
        eventually(lambda: any(said in line for line in self.log()[lines:]), f"the log says {said}")
        return next(line for line in self.log()[lines:] if said in line)

    def log(self):
        with open(os.path.join(self.folder.name, "gongjid.log"), errors="replace") as file:
            return file.readlines()

    def people(self, *lines):
        imported = import_lines(self.gateway, lines, batch=new_msgid("people"))
        self.assertEqual(imported["refused"], [])

    def form(self, organizer, profile, *members):
        return self.desk.post("/v1/networks", {"organizer": organizer, "profile": profile, "members": members})

    def split(self, answer):
        """own / family / cash of a settlement, why the family paid nothing, and the profile."""
        self.assertEqual(answer["infcode"], 0, answer)
        info = answer["output"]["setlinfo"]
        shown = self.desk.get(f"/v1/settlements/{info['setl_id']}")
        self.assertEqual(shown.status, 200, shown)
        self.assertEqual(float(shown["family"]), info["acct_mulaid_pay"])
        self.assertEqual(float(shown["cash"]), info["psn_cash_pay"])
        return shown["own"], shown["family"], shown["cash"], info["zero_reason"], info["profile"]

    def paid(self, psn_no, amount, institution, **more):
        return self.split(settle(self.gateway, sale(psn_no, amount, institution, **more)))

    def balance(self, psn_no):
        return self.desk.get(f"/v1/persons/{psn_no}")["balances"]["carryover"]

    def stop_clean(self):
        self.assertEqual(self.gateway.stop(), 0)
        code, said = self.gateway.audit()
        self.assertEqual(code, 0, said)


class NewProvince(Province):
    def test_one_file_and_a_signal_bring_a_province_and_its_rules(self):
        self.gateway.start()
        process = self.gateway.process.pid
        people = [a_person(MOTHER, "310", "1000.00", insuplc_admdvs="510107"),
                  a_person(SON, "390", insuplc_admdvs="510107"),
                  a_person(AUNT, "310", "35.00", insuplc_admdvs="510104")]
        self.people(*people)
        unknown = self.form(MOTHER, "SC", {"psn_no": SON, "relation": "CHILD", "quota": "300.00"})
        self.assertIn(unknown.status, (400, 404, 422), unknown)
        stranger = settle(self.gateway, sale(SON, "1.00", CHENGDU))
        self.assertEqual(stranger["infcode"], -2)

        self.write_profile("SC-2025.toml", SICHUAN)
        self.add_institution(CHENGDU, "510107")
        self.hang_up("reload")
        son = {"psn_no": SON, "relation": "CHILD", "quota": "300.00"}
        far = self.form(MOTHER, "SC", dict(son, relation="PARENT_IN_LAW"))
        self.assertEqual((far.status, far["code"]), (422, "E_REL_NOT_ALLOWED"))
        formed = self.form(MOTHER, "SC", son, {"psn_no": AUNT, "relation": "SIBLING", "quota": "500.00"})
        self.assertEqual((formed.status, formed["state"]), (201, "active"), formed)

        rows = [  # who, bill, own / family / cash, why the family paid nothing, what the mother has left
            (SON, "120.00", "0.00", "120.00", "0.00", "", "880.00"),
            (SON, "450.00", "0.00", "300.00", "150.00", "", "580.00"),    # 300.00 for each payment,
            (SON, "300.00", "0.00", "300.00", "0.00", "", "280.00"),      # not for all together
            (AUNT, "100.00", "35.00", "65.00", "0.00", "", "215.00"),     # her own account first
            (AUNT, "100.00", "0.00", "15.00", "85.00", "", "200.00"),     # down to the floor
            (SON, "10.00", "0.00", "0.00", "10.00", "E_FLOOR", "200.00"),
        ]
        for who, bill, own, family, cash, reason, left in rows:
            with self.subTest(who=who, bill=bill):
                self.assertEqual(self.paid(who, bill, CHENGDU), (own, family, cash, reason, "SC-2025"))
                self.assertEqual(self.balance(MOTHER), left)
        elsewhere = self.paid(SON, "10.00", "P31010100001")
        self.assertEqual(elsewhere, ("0.00", "0.00", "10.00", "E_OUT_OF_PROVINCE", "SC-2025"))
        self.assertEqual(self.gateway.process.pid, process)
        self.assertIsNone(self.gateway.process.poll())
        self.stop_clean()

    def test_a_broken_file_leaves_every_old_rule_in_force_and_is_named(self):
        self.write_profile("SC-2025.toml", SICHUAN)
        self.add_institution(CHENGDU, "510107")
        self.gateway.start()
        self.people(a_person(MOTHER, "310", "5000.00", insuplc_admdvs="510107"),
                    a_person(SON, "390", insuplc_admdvs="510107"))
        formed = self.form(MOTHER, "SC", {"psn_no": SON, "relation": "CHILD", "quota": "300.00"})
        self.assertEqual(formed.status, 201, formed)
        line_of = {text: 1 + SICHUAN[:SICHUAN.index(text)].count("\n") for text in
                   ('kind = "PER_SETTLEMENT"', "required = true", "floor = {", "relations = ")}
        rows = [  # what is broken, into what, the line, the key
            ('kind = "PER_SETTLEMENT"', 'kind = "PER_MOON"', line_of['kind = "PER_SETTLEMENT"'], "quota.kind"),
            ('default = "200.00"', 'default = "200.005"', line_of["floor = {"], "fund.floor.default"),
            ('"GRANDCHILD"', '"NEIGHBOUR"', line_of["relations = "], "relations"),
            ("required = true", "requird = true", line_of["required = true"], "quota.requird"),
        ]
        self.write_profile("SH-2025.toml", self.shanghai_with_a_floor())  # right, but beside a broken one
        self.shanghai_family()
        for old, new, line, key in rows:
            with self.subTest(key=key):
                self.assertIn(old, SICHUAN)
                path = self.write_profile("SC-2025.toml", SICHUAN.replace(old, new))
                said = self.hang_up("reload_refused")
                self.assertIn(f"{path}:{line}: {key}", said)
                checked = self.gateway.ctl("profile", "check", path)
                self.assertEqual(checked.returncode, 1, checked)
                self.assertIn(f"{path}:{line}: {key}", checked.stdout + checked.stderr)
                self.assertEqual(self.paid(SON, "450.00", CHENGDU), ("0.00", "300.00", "150.00", "", "SC-2025"))
                self.assertEqual(self.paid("31010100000000000000009002", "1.00", "P31010100001")[1], "1.00")
        good = self.write_profile("SC-2025.toml", SICHUAN)
        self.assertEqual(self.gateway.ctl("profile", "check", good).returncode, 0)
        self.stop_clean()

    def shanghai_with_a_floor(self):
        with open(os.path.join(SOURCE, "config", "policies", "SH-2025.toml")) as file:
            text = file.read()
        self.assertIn('floor = { default = "0.00"', text)
        return text.replace('floor = { default = "0.00"', 'floor = { default = "90000.00"')

    def shanghai_family(self):
        father, child = "31010100000000000000009001", "31010100000000000000009002"
        self.people(a_person(father, "310", "100.00"), a_person(child, "390"),
                    {"type": "network", "organizer": father, "profile": "SH", "modes": ["PAY"],
                     "members": [{"psn_no": child, "relation": "CHILD"}]})

    def test_a_register_with_a_mistake_leaves_the_old_one_and_the_old_rules(self):
        self.gateway.start()
        self.write_profile("SC-2025.toml", SICHUAN)
        with open(self.institutions, "a") as file:
            file.write(INSTITUTION.format(code=CHENGDU, area="51x107"))
        self.assertIn("institutions.toml", self.hang_up("reload_refused"))
        self.people(a_person(AUNT, "310", "35.00", insuplc_admdvs="510104"))
        # All or nothing: the profile was in order, and yet it does not decide.
        self.assertEqual(self.paid(AUNT, "1.00", "P31010100001")[4], "NONE")
        self.stop_clean()


class Sketches(Province):
    """What differs in Jiangsu, Beijing, Shenzhen and Fujian, one family each, over the wire."""

    def start_in(self, institution, area, *people):
        self.add_institution(institution, area)
        self.gateway.start()
        self.people(*people)

    def test_jiangsu_asks_for_a_normal_status_on_both_sides_and_no_amount(self):
        where = "P32010600001"
        self.start_in(where, "320106", a_person("JS1", "310", "900.00", insuplc_admdvs="320106"),
                      a_person("JS2", "310", "100.00", insuplc_admdvs="320211"))
        self.assertEqual(self.form("JS1", "JS", {"psn_no": "JS2", "relation": "SPOUSE"}).status, 201)
        self.assertEqual(self.paid("JS2", "600.00", where), ("100.00", "500.00", "0.00", "", "JS-2025"))
        self.assertEqual((self.balance("JS1"), self.balance("JS2")), ("400.00", "0.00"))
        changed = self.desk.write("PATCH", "/v1/persons/JS1", {"psn_insu_stas": "2"})
        self.assertEqual(changed.status, 200, changed)
        self.assertEqual(self.paid("JS2", "50.00", where), ("0.00", "0.00", "50.00", "E_SUSPENDED", "JS-2025"))
        self.stop_clean()

    def test_beijing_walks_two_authorisers_in_the_order_of_registration(self):
        where = "P11010100001"
        self.start_in(where, "110101", a_person("BJ1", "310", "500.00", insuplc_admdvs="110101"),
                      a_person("BJ2", "310", "50.00", insuplc_admdvs="110105"),
                      a_person("BJ3", "310", "20.00", insuplc_admdvs="110101"),
                      a_person("BJ4", "390", insuplc_admdvs="110101"))
        for organizer in ("BJ2", "BJ1"):  # the second in number registers first
            formed = self.form(organizer, "BJ", {"psn_no": "BJ3", "relation": "CHILD"})
            self.assertEqual(formed.status, 201, formed)
        frames = Frames(self.gateway.tcp, where, sign_in(where))
        answer = frames.ask(sale("BJ3", "100.00", where, insutype="310"))
        frames.close()
        self.assertEqual(self.split(answer), ("20.00", "80.00", "0.00", "", "BJ-2025"))
        self.assertEqual(self.payers(answer), {("own", "BJ3", "20.00"), ("family", "BJ2", "50.00"),
                                               ("family", "BJ1", "30.00")})
        self.assertEqual((self.balance("BJ1"), self.balance("BJ2")), ("470.00", "0.00"))
        chain = self.form("BJ3", "BJ", {"psn_no": "BJ4", "relation": "CHILD"})
        self.assertEqual(chain.status, 201, chain)  # who uses others' accounts may share his own
        care = self.desk.post("/v1/contributions", {"psn_no": "BJ3", "purpose": "LONG_TERM_CARE", "year": 2026})
        self.assertEqual((care.status, care["payer"], care["amount"]), (201, "BJ1", "60.00"))
        self.assertEqual(self.balance("BJ1"), "410.00")
        self.stop_clean()

    def payers(self, answer):
        shown = self.desk.get(f"/v1/settlements/{answer['output']['setlinfo']['setl_id']}")
        return {(payer["source"], payer["psn_no"], payer["amount"]) for payer in shown["payers"]}

    def shenzhen(self, floor, bill_family):
        where = "P44030400001"
        self.start_in(where, "440304", a_person("SZ1", "310", "6000.00", insuplc_admdvs="440304"),
                      a_person("SZ2", "390", insuplc_admdvs="440305"))
        self.assertEqual(self.form("SZ1", "SZ", {"psn_no": "SZ2", "relation": "CHILD"}).status, 201)
        own, family, _, reason, profile = self.paid("SZ2", "1000.00", where)
        self.assertEqual((own, family, reason, profile), ("0.00", bill_family, "", "SZ-2025"))
        self.assertEqual(self.balance("SZ1"), floor)
        self.assertEqual(self.paid("SZ2", "1.00", where)[3], "E_FLOOR")
        self.stop_clean()

    def test_shenzhen_keeps_what_its_table_says(self):
        self.shenzhen("5585.40", "414.60")

    def test_shenzhen_keeps_what_this_years_line_says(self):
        path = os.path.join(self.policies, "SZ-2025.toml")
        with open(path) as file:
            text, count = re.subn(r"by_year = {.*}", f'by_year = {{ {THIS_YEAR - 1} = "5000.00", '
                                  f'{THIS_YEAR} = "5700.01", {THIS_YEAR + 1} = "5000.00" }}', file.read())
        self.assertEqual(count, 1)
        self.write_profile("SZ-2025.toml", text)
        self.shenzhen("5700.01", "299.99")

    def test_fujian_keeps_2000_and_a_temporary_member_gets_premiums_only(self):
        where = "P35010200001"
        self.start_in(where, "350102", a_person("FJ1", "310", "2500.00", insuplc_admdvs="350102"),
                      a_person("FJ2", "390", insuplc_admdvs="350102"),
                      a_person("FJ3", "390", insuplc_admdvs="350203"))
        formed = self.form("FJ1", "FJ", {"psn_no": "FJ2", "relation": "CHILD", "modes": ["PREMIUM"]},
                           {"psn_no": "FJ3", "relation": "PARENT"})
        self.assertEqual(formed.status, 201, formed)
        temporary = self.desk.get("/v1/networks/FJ1")["members"][0]
        self.assertEqual((temporary["psn_no"], temporary.get("modes")), ("FJ2", ["PREMIUM"]))
        self.assertEqual(self.paid("FJ2", "30.00", where), ("0.00", "0.00", "30.00", "E_MODE_OFF", "FJ-2025"))
        premium = {"psn_no": "FJ2", "purpose": "RESIDENT_PREMIUM", "year": 2026}
        paid = self.desk.post("/v1/contributions", premium)
        self.assertEqual((paid.status, paid["status"], paid["amount"]), (201, "paid", "400.00"))
        self.assertEqual(self.paid("FJ3", "130.00", where), ("0.00", "100.00", "30.00", "", "FJ-2025"))
        self.assertEqual(self.balance("FJ1"), "2000.00")
        self.stop_clean()


if __name__ == "__main__":
    unittest.main()
