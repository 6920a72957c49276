"""What a settlement costs: measured on a real gongjid, printed, and warned of when over the budget."""

import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.environ["GONGJI_SOURCE_DIR"], "loadtest", "cost"))
import cost_of_a_settlement as cost  # noqa: E402

# ./test prints this file at its end.
TABLE = os.path.join(os.path.dirname(os.environ["GONGJI_BIN_DIR"]), "cost_of_a_settlement.txt")
SETTLEMENTS = 20_000
FAMILIES = 200


class Cost(unittest.TestCase):
    def test_it_is_measured_printed_and_held_against_the_budget(self):
        budget = cost.read_budget()
        with tempfile.TemporaryDirectory() as folder:
            found = cost.measure(folder, SETTLEMENTS, FAMILIES)
        text = cost.report(found, budget)
        with open(TABLE, "w") as file:
            file.write(text)
        print(text)
        for transport, figures in found.items():
            for name in cost.FIGURES:
                # Nothing at all would be a counter that does not count.
                self.assertGreater(figures[name], 0.5, f"{transport} {name}")
            self.assertGreater(figures["bytes"], figures["allocations"], transport)

    def test_what_is_over_the_budget_is_named(self):
        budget = {"tcp": {"processor_us": 40, "allocations": 10, "bytes": 1000},
                  "http": {"processor_us": 70, "allocations": 10, "bytes": 1000}}
        within = {transport: dict(figures) for transport, figures in budget.items()}
        self.assertEqual(cost.over_budget(within, budget), [])
        self.assertNotIn("WARNING", cost.report(within, budget))
        within["http"]["allocations"] = 10.6
        self.assertEqual(cost.over_budget(within, budget),
                         ["http: 10.6 allocations a settlement, the budget is 10"])
        self.assertIn("WARNING: over budget: http", cost.report(within, budget))


if __name__ == "__main__":
    unittest.main()
