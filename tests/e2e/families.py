"""Families in which nothing happens twice: every person has ids, names and amounts nobody else has,
and a history of everything that can happen to a family. What each person may know of it is kept."""

import datetime
import itertools
import os
import shutil

from clients import Frames, import_lines, settle
from gateway import SOURCE, TOKEN, Gateway
from messages import a_person, cancel, changed, query, sale, sign_in
from probing import Caller

APP, AUDITOR = "app-token-of-the-tests-0123456789", "auditor-token-of-the-tests-0123456789"
OTHER_APP = "other-app-token-of-the-tests-0123456789"
CLERK, NOTE = "clerk-077-of-the-counter", "疑似代刷待核查壬午"
SURNAMES = "阚璩覃谯郗芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全"
GIVEN = "甲申乙酉丙戌丁亥戊寅己卯庚辰辛未壬子癸丑"
PHARMACY = {"SH": "P31010100001", "SX": "P14010700001", "BJ": "P11010100001"}
HOSPITAL = {"SH": "H31010100009", "SX": "H14010600009", "BJ": "P11010100001"}  # members only
AREA = {"SH": "310101", "SX": "140106", "BJ": "110101"}
INSTITUTION = '\n[[institution]]\ncode = "{}"\nname = "x"\nkind = "{}"\narea = "{}"\nauth = "none"\n'
PRICES = {  # every order has a price of its own: the year is the person's
    "SH-2025.toml": ('price = { 2025 = "365.00", 2026 = "380.00", 2027 = "400.00" }',
                     'price = {{ {} }}', 431.13),
    "SX-2025.toml": ('price = { 2026 = "400.00" }', 'price = {{ {} }}', 211.37),
}
YEARS = range(2026, 2036)
TODAY = datetime.date.today()
YEAR_ENDED = TODAY.year - (TODAY.month < 7)  # the last 30 June

_amounts = itertools.count(1)


def an_amount(yuan):
    """About so much, and never the same again: the fen count up, zeros left out."""
    number = next(_amounts)
    return f"{yuan + number // 81}.{number % 81 // 9 + 1}{number % 9 + 1}"


class Person:
    def __init__(self, number, family, insutype, carryover=0, current_year=0):
        self.family, self.insutype = family, insutype
        self.psn_no = f"{AREA[family]}00000000000077{number:02d}{31 * number + 1009}"
        self.name = SURNAMES[number - 1] + GIVEN[number % 10 * 2] + GIVEN[number * 3 % 20]
        self.certno = f"{AREA[family]}19{60 + number}0{1 + number % 9}1{number % 9}{7 * number + 113:03d}{number % 10}"
        self.card = f"CARD{number * 7919 + 100000}"
        employee = insutype == "310"
        self.carryover = an_amount(carryover) if employee and carryover else "0.00"
        self.current_year = an_amount(current_year) if employee and current_year else "0.00"
        self.organisers, self.members = set(), set()  # everybody he ever belonged with

    def line(self, **more):
        return a_person(self.psn_no, self.insutype, self.carryover, self.current_year,
                        psn_name=self.name, certno=self.certno, card_no=self.card,
                        insuplc_admdvs=AREA[self.family], **more)

    def masked(self):
        return {self.name[0] + "*", self.certno[:6] + "*" * 8 + self.certno[-4:],
                self.psn_no[:6] + "*" * (len(self.psn_no) - 10) + self.psn_no[-4:]}

    def __repr__(self):
        return self.name


def joined(organiser, *members):
    for member in members:
        organiser.members.add(member)
        member.organisers.add(organiser)


class Town:
    """A gateway with the families in it."""

    def __init__(self, folder):
        self.gateway = Gateway(folder, self.files(folder))
        with open(self.gateway.access, "a") as file:
            for token, role in ((APP, "app"), (OTHER_APP, "app"), (AUDITOR, "auditor")):
                file.write(f'[[token]]\ntoken = "{token}"\nrole = "{role}"\nname = "{token[:9]}"\n')
        self.gateway.start()
        self.agency = Caller(self.gateway.http, TOKEN)
        self.settlements, self.contributions, self.clinical = {}, {}, []
        self.own_money_only = []  # settlements the organiser knows nothing of (GX-10)
        self.keys = []            # (person, method, path, body, key) of writes that were done
        self.people()

    @staticmethod
    def files(folder):
        """Policies with a price for every year, institutions for members alone, and Beijing's."""
        policies = os.path.join(folder, "policies")
        shutil.copytree(os.path.join(SOURCE, "config", "policies"), policies)
        for name, (old, new, first) in PRICES.items():
            path = os.path.join(policies, name)
            with open(path) as file:
                text = file.read()
            assert old in text, name
            prices = ", ".join(f'{year} = "{first + 17.11 * (year - 2026):.2f}"' for year in YEARS)
            with open(path, "w") as file:
                file.write(text.replace(old, new.format(prices)))
        institutions = os.path.join(folder, "institutions.toml")
        shutil.copy(os.path.join(SOURCE, "config", "institutions.toml"), institutions)
        with open(institutions, "a") as file:
            for family in ("SH", "SX"):
                file.write(INSTITUTION.format(HOSPITAL[family], "hospital", AREA[family]))
            file.write(INSTITUTION.format(PHARMACY["BJ"], "pharmacy", AREA["BJ"]))
        return [f"policies.dir={policies}", f"institutions.file={institutions}"]

    def people(self):
        number = itertools.count(1)

        def family(kind, fund, *members):
            head = Person(next(number), kind, "310", fund, 300)
            kin = [Person(next(number), kind, insutype, own, 200 if own and kind == "SH" else 0)
                   for insutype, own in members]
            joined(head, *kin)
            return head, kin
        trio = (("310", 55), ("390", 0), ("390", 0))
        self.a, (self.a1, self.a2, self.a3) = family("SH", 7000, *trio)
        self.b, (self.b1, self.b2, self.b3) = family("SH", 5200, *trio)
        self.c, (self.c1, self.c2, self.c3) = family("SH", 4300, *trio)   # will be disbanded
        self.d, (self.d1, self.d2, self.d3) = family("SX", 6100, *trio)
        self.e, (self.e1, self.e2, self.e3) = family("SX", 3500, *trio)
        self.f, (self.f1, self.f2) = family("BJ", 31, ("390", 0), ("390", 0))
        self.g, (self.g2,) = family("BJ", 2600, ("390", 0))
        self.f.members.add(self.f1), joined(self.g, self.f1)              # two authorisers
        self.stranger = Person(next(number), "SH", "310", 800, 100)
        self.heads = [self.a, self.b, self.c, self.d, self.e, self.f, self.g]
        self.everybody = self.heads + [person for name, person in sorted(vars(self).items())
                                       if isinstance(person, Person) and name[1:].isdigit()]
        self.everybody.append(self.stranger)

    # ---- what happens ----

    def settle_in(self):
        """Enrolled, joined, and spending of every kind."""
        lines = [person.line(special_group="DIBAO" if person is self.d3 else "")
                 for person in self.everybody]
        for head in (self.a, self.b, self.c):
            lines.append({"type": "network", "organizer": head.psn_no, "profile": "SH",
                          "modes": ["PAY", "PREMIUM"], "members": self.members_of(head)})
        for head in (self.d, self.e):
            lines += [self.link(head, kin) for kin in ordered(head.members)]
        for head, kin in ((self.f, self.f1), (self.f, self.f2), (self.g, self.f1), (self.g, self.g2)):
            lines.append({"type": "link", "organizer": head.psn_no, "profile": "BJ",
                          "psn_no": kin.psn_no, "relation": "CHILD"})
        refused = import_lines(self.gateway, lines, "town")["refused"]
        assert refused == [], refused
        for person in self.everybody:
            self.buy(person, 40)
            self.buy(person, 60, tcp=True)
        for kin in (self.a2, self.b1, self.c3, self.d1, self.e2):
            self.buy(kin, 30, use_family="0")
            self.buy(kin, 70, place=HOSPITAL[kin.family])
            self.buy(kin, 25, infno="2101")
        self.buy(self.f1, 90)  # more than the first authoriser has left: both pay
        self.order(self.a, self.a2, 2026), self.order(self.b3, self.b3, 2027)
        self.order(self.d, self.d2, 2028), self.order(self.e, self.e3, 2029)
        self.order(self.d, self.d3, 2033)  # pending: the tax side has not answered
        self.order(self.a1, self.a1, 2030, "COMMERCIAL", "HUHUIBAO", expected=(422,))
        self.order(self.c, self.c2, 2031), self.order(self.a, self.a3, 2032)

    def members_of(self, head):
        return [{"psn_no": kin.psn_no, "relation": "CHILD"} for kin in ordered(head.members)]

    @staticmethod
    def link(head, kin):
        return {"type": "link", "organizer": head.psn_no, "profile": "SX", "psn_no": kin.psn_no,
                "relation": "CHILD", "quota": an_amount(700), "from": "2024-01-01", "to": "2099-12-31"}

    def move_on(self):
        """Refunds, leaving, disbanding, moving over, the roll, credits, closed accounts."""
        last = {kin: [sold for sold, who in self.settlements.items() if who is kin] for kin in self.everybody}
        self.cancel(self.a2, last[self.a2][0]), self.cancel(self.d1, last[self.d1][1])
        self.refund(self.a3, last[self.a3][0]), self.refund(self.e1, last[self.e1][0])
        self.act(self.b1, "POST", f"/v1/persons/{self.b1.psn_no}/leave")
        self.cancel(self.b1, last[self.b1][2])                    # paid by a family he has left
        self.act(self.b, "DELETE", f"/v1/networks/{self.b.psn_no}/members/{self.b2.psn_no}")
        self.act(self.a, "POST", f"/v1/networks/{self.a.psn_no}/members",
                 {"psn_no": self.b2.psn_no, "relation": "OTHER"}, expected=(422,))
        self.act(self.a, "POST", f"/v1/networks/{self.a.psn_no}/members",
                 {"psn_no": self.b2.psn_no, "relation": "SIBLING"})
        joined(self.a, self.b2)
        self.buy(self.b2, 55)
        self.act(self.d, "POST", f"/v1/networks/{self.d.psn_no}/members/{self.d3.psn_no}/rebind",
                 {"relation": "CHILD", "quota": an_amount(800), "from": "2024-01-01", "to": "2098-12-31"})
        self.buy(self.d3, 45)
        self.act(self.c, "DELETE", f"/v1/networks/{self.c.psn_no}")
        self.buy(self.c1, 35)
        for person in (self.a, self.a1, self.d):
            self.clerk("POST", f"/v1/accounts/{person.psn_no}/credits",
                       {"bucket": "carryover", "amount": an_amount(150), "reason": "MONTHLY"})
        self.clerk("POST", f"/v1/accounts/{self.b.psn_no}/debits",
                   {"bucket": "carryover", "amount": an_amount(20), "reason": "CORE_USE"})
        self.clerk("POST", "/v1/accounts/roll",
                   {"year": YEAR_ENDED, "psn_no": self.a.psn_no, "interest": an_amount(5)})
        self.clerk("POST", "/v1/reviews", {"setl_id": last[self.a3][1], "note": NOTE})
        self.clerk("PATCH", f"/v1/persons/{self.e1.psn_no}", {"psn_insu_stas": "2"})
        self.buy(self.e1, 33)
        self.clerk("POST", f"/v1/accounts/{self.e.psn_no}/transfer-out", {"reason": "INHERITANCE"})
        self.cancel(self.e2, last[self.e2][0])                    # to the suspense account
        self.clerk("POST", "/v1/accounts/roll", {"year": YEAR_ENDED - 1}, expected=(202,))

    # ---- how it is done ----

    def buy(self, person, yuan, tcp=False, place=None, infno="2102", **druginfo):
        place = place or PHARMACY[person.family]
        token = f"XK{len(self.clinical):03d}Z"
        self.clinical += [f"{token}-drug", f"{token}-illness"]
        bill = sale(person.psn_no, an_amount(yuan), place, infno=infno, insutype=person.insutype,
                    dise_codg=f"{token}-illness", dise_name=f"{token}-illness", **druginfo)
        bill = changed(bill, "input.drugdetail", [dict(bill["input"]["drugdetail"][0],
                                                       med_list_codg=f"{token}-drug")])
        answer = self.over_tcp(place, bill) if tcp else settle(self.gateway, bill)
        assert answer["infcode"] == 0, answer
        if infno != "2102":
            return
        info = answer["output"]["setlinfo"]
        self.settlements[info["setl_id"]] = person
        if "use_family" in druginfo:
            self.own_money_only.append(info["setl_id"])
        settle(self.gateway, query(bill["msgid"], psn_no=person.psn_no, institution=place))

    def over_tcp(self, place, bill):
        frames = Frames(self.gateway.tcp, place, sign_in(place))
        answer = frames.ask(bill)
        frames.close()
        return answer

    def cancel(self, person, setl_id):
        for place in (PHARMACY[person.family], HOSPITAL[person.family]):
            answer = settle(self.gateway, cancel(setl_id, "M" + setl_id[1:], person.psn_no, place))
            if answer["infcode"] == 0:
                self.settlements[answer["output"]["setlinfo"]["setl_id"]] = person
                return
        raise AssertionError(f"{person} {setl_id}: {answer}")

    def refund(self, person, setl_id):
        reply = self.clerk("POST", f"/v1/settlements/{setl_id}/partial-refund",
                           {"medfee_sumamt": an_amount(12)})
        self.settlements[reply.json["setl_id"]] = person

    def order(self, by, person, year, purpose="RESIDENT_PREMIUM", product=None, expected=(201,)):
        body = {"psn_no": person.psn_no, "purpose": purpose, "year": year}
        body.update({"product": product} if product else {})
        reply = self.act(by, "POST", "/v1/contributions", body, expected)
        if reply.status == 201:
            self.contributions[reply.json["id"]] = person

    def act(self, person, method, path, body=None, expected=(200, 201)):
        key = f"{person.psn_no[-4:]}-{len(self.keys)}"
        reply = Caller(self.gateway.http, APP, person.psn_no).write(method, path, body, key)
        assert reply.status in expected, reply
        self.keys.append((person, method, path, body, key))
        return reply

    def clerk(self, method, path, body=None, expected=(200, 201)):
        reply = self.agency.write(method, path, body, X_Operator=CLERK)
        assert reply.status in expected, reply
        return reply


def ordered(people):
    return sorted(people, key=lambda person: person.psn_no)
