"""Who may know what of the families: built from what the agency sees, person by person."""

from families import CLERK, NOTE
from leaks import Banned

MONEY_OF_THE_PATIENT = ("medfee_sumamt", "fund_pay_sumamt", "hosp_part_amt", "psn_part_amt",
                        "cur_acct_pay", "bill", "psn_cash_pay", "own", "family", "cash")
SAYS_NOTHING = {"0.00"}


class Knowledge:
    """Texts and amounts with the persons who may know them; what nobody of them may know too."""

    def __init__(self, town):
        self.town = town
        self.texts, self.amounts, self.codes = {}, {}, {}
        self.by_id = {person.psn_no: person for person in town.everybody}
        self.learn()

    def text(self, value, *persons):
        self.texts.setdefault(value, set()).update(persons)

    def amount(self, value, *persons):
        self.amounts.setdefault(value.lstrip("-"), set()).update(persons)

    def banned_for(self, person):
        return Banned({text for text, who in self.texts.items() if person not in who},
                      {amount for amount, who in self.amounts.items()
                       if person not in who and amount not in SAYS_NOTHING})

    # ---- learning ----

    def learn(self):
        for value in [NOTE, CLERK] + self.town.clinical:
            self.text(value)
        for person in self.town.everybody:
            self.of_person(person)
            self.of_network(person)
            self.of_spending(person)
            self.of_contributions(person)
        for setl_id in self.town.settlements:
            self.of_settlement(self.read(f"/v1/settlements/{setl_id}"))
        for event in self.read("/v1/events?after=0&limit=1000")["items"]:
            self.of_event(event)

    def read(self, path):
        reply = self.town.agency.get(path)
        return reply.json if reply.status == 200 else {}

    def of_person(self, person):
        kin = person.organisers | person.members
        self.text(person.psn_no, person, *kin)
        self.text(person.name, person, *kin)
        self.text(person.certno, person)
        self.text(person.card, person)
        for masked in person.masked():
            self.text(masked, person, *kin)
        for amount in (person.carryover, person.current_year):
            self.amount(amount, person)
        for amount in self.read(f"/v1/persons/{person.psn_no}").get("balances", {}).values():
            self.balance(person, amount)

    # In Shanxi the family may draw what is above the floor: that is the balance again.
    def balance(self, person, amount):
        self.amount(amount, person)
        if person.family == "SX" and float(amount) > 1000:
            self.amount(f"{float(amount) - 1000:.2f}", person)

    def of_network(self, head):
        for member in self.read(f"/v1/networks/{head.psn_no}").get("members", []):
            kin = self.by_id[member["psn_no"]]
            self.text(member["link_id"], head, kin)
            for name in ("quota", "quota_left"):
                if member[name]:
                    self.amount(member[name], head, kin)

    def of_spending(self, person):
        for line in self.read(f"/v1/persons/{person.psn_no}/payments?limit=1000").get("items", []):
            self.of_bill(person, line)
        path = f"/v1/networks/{person.psn_no}/payments?limit=1000"
        for line in self.read(path).get("items", []):
            self.amount(line["amount"], person, self.by_id[line["psn_no"]])

    def of_bill(self, patient, bill):
        payers = [self.by_id[payer["psn_no"]] for payer in bill["payers"]]
        self.text(bill["setl_id"], patient, *payers)
        for name in MONEY_OF_THE_PATIENT:
            if name in bill:
                self.amount(bill[name], patient)
        for payer in bill["payers"]:
            self.amount(payer["amount"], patient, *[self.by_id[payer["psn_no"]]])
        if bill.get("institution", "").endswith("9"):  # a hospital only members went to
            self.text(bill["institution"], patient)

    def of_settlement(self, bill):
        self.of_bill(self.by_id[bill["psn_no"]], bill)

    def of_contributions(self, person):
        path = f"/v1/persons/{person.psn_no}/contributions?limit=1000"
        for order in self.read(path).get("items", []):
            both = {self.by_id[order["psn_no"]], self.by_id[order["payer"]]}
            self.text(order["id"], *both)
            self.amount(order["amount"], *both)
            code = self.read(f"/v1/contributions/{order['id']}/certificate").get("check_code")
            if code:
                self.codes[order["id"]] = code
                self.text(code, *both)

    def of_event(self, event):
        for move in event.get("movements", []):
            about = [self.by_id[number] for number in {move["psn_no"]}]
            patient = self.by_id.get(event["psn_no"])
            together = patient and (patient in about[0].members or patient is about[0])
            self.amount(move["amount"], *about, *([patient] if together else []))
            if "link_id" in move:
                self.text(move["link_id"], *about, *([patient] if together else []))
        for balance in event["balances"]:
            for name in ("current_year", "carryover"):
                self.balance(self.by_id[balance["psn_no"]], balance[name])
        if event["infno"] != "v1" and len(event["msgid"]) > 10:
            self.text(event["msgid"])
