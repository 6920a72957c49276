#!/usr/bin/python3
"""Negative controls: each check stays silent on a good tree and speaks up on a planted bad one."""

import contextlib
import io
import json
import os
import re
import tempfile
import unittest
from pathlib import Path

from text import functions
from tidy import CHECKS
from tree import Tree

HERE = Path(__file__).resolve().parent

README = """# A folder

**What it is for.** One job, told in one paragraph.

**What it may include.** Only inward.

**Where to start reading.** Here.

**How to add one more.** Like this.
"""
STORY = "docs/life_of_a_settlement.md"
STORY_TEXT = "".join(f"[hop](../domain/hop{n}.hpp)\n" for n in range(1, 9))
SCRIPT = "#!/usr/bin/env bash\nexec ./test\n"


ALERT = """      - alert: Money
        labels: {severity: page}
        annotations:
          summary: Money
          description: Gone.
          runbook_url: docs/operating.md#money
"""


def dashboard(changes):
    """Two panels side by side; the second one may be changed."""
    source = {"type": "prometheus", "uid": "${datasource}"}
    first = {"id": 1, "title": "first", "gridPos": {"x": 0, "y": 0, "w": 8, "h": 8}, "datasource": source}
    second = {"id": 2, "title": "second", "gridPos": {"x": 8, "y": 0, "w": 8, "h": 8}, "datasource": source}
    return json.dumps({"uid": "one", "panels": [first, second | changes],
                       "templating": {"list": [{"type": "datasource"}]}})


def hop(n):
    onwards = f"// Next hop:\n// domain/hop{n + 1}.hpp.\n" if n < 8 else ""
    return f"// Hop {n} of 8.\n{onwards}#pragma once\n"


def good_tree():
    files = {f"domain/hop{n}.hpp": hop(n) for n in range(1, 9)}
    uses = "".join(f'#include "domain/hop{n}.hpp"\n' for n in range(1, 9))
    return files | {
        ".clang-format": "BasedOnStyle: Google\n",
        ".ci/run": SCRIPT,
        "run": SCRIPT,
        "test": SCRIPT,
        "README.md": "# Top\n\n[below](#the-map) and [the story](docs/life_of_a_settlement.md)\n\n## The map\n",
        STORY: STORY_TEXT,
        "domain/README.md": README,
        "domain/money.hpp": "// Money in fen.\n#pragma once\n",
        "domain/money.cpp": '#include "domain/money.hpp"\n\n' + uses,
        "domain/split.cpp": '// How a bill is split.\n#include "domain/money.hpp"\n',
        "tests/README.md": README,
        "tests/CMakeLists.txt": "gongji_test_program(domain LABEL unit)\n",
        "tests/labels.txt": "unit ci one folder\n",
        "docs/operating.md": "# Operating\n\n## Money\n",
        "monitoring/rules/money.yml": ALERT,
        "monitoring/rules/tests/money.yml": "  - name: Money fires\n  - name: Money is silent\n",
        "monitoring/grafana/one.json": dashboard({}),
        "tests/domain/money_test.cpp": '#include "domain/money.hpp"\n',
    }


def long_function(lines):
    return "// Money.\nint money() {\n" + "  f();\n" * (lines - 2) + "}\n"


# Check: what is planted in the good tree (None = the file is taken away), what must be said.
BAD = {
    "includes": [
        ({"domain/money.cpp": '#include "gateway/x.hpp"\n', "gateway/x.hpp": ""},
         "domain/ may not include gateway/"),
        ({"actors/a.cpp": '#include "gateway/x.hpp"\n', "gateway/x.hpp": ""},
         "actors/ may not include gateway/"),
        ({"config/settings.cpp": '#include "gateway/x.hpp"\n', "gateway/x.hpp": ""},
         "config/ may not include gateway/"),
        ({"app/a.cpp": '#include "tests/x.hpp"\n', "tests/x.hpp": ""}, "only tests may include"),
        ({"domain/money.cpp": "#include <boost/json.hpp>\n"}, "Boost.JSON belongs in"),
        ({"ports/clock.cpp": "#include <caf/actor.hpp>\n"}, "CAF belongs in"),
        ({"domain/money.cpp": "#include <unistd.h>\n"}, "system headers do not belong"),
        ({"app/a.cpp": "#include <rocksdb/db.h>\n"}, "RocksDB belongs in"),
        ({"app/a.cpp": "#include <curl/curl.h>\n"}, "no library this project uses"),
        ({"domain/money.cpp": '#include "money.hpp"\n'}, "not a path from the root"),
    ],
    "readmes": [
        ({"domain/README.md": None}, "has no README.md"),
        ({"domain/README.md": "# Domain\n\nWhat it is for: money.\n"}, "how to add one more"),
        ({"domain/README.md": "# Domain\n\nStart reading here.\n"}, "what it is for"),
    ],
    "names": [
        ({"domain/MoneyParts.hpp": "// Money.\n#pragma once\n"}, "snake_case"),
        ({"domain/quarrel.hpp": "// Money.\n#pragma once\nstruct Fen {};\n"}, "never mentions: quarrel"),
    ],
    "orphans": [
        ({"domain/unused.hpp": "// Unused.\n#pragma once\n"}, "included by nothing"),
        ({"domain/unused.hpp": "// Unused.\n#pragma once\n",
          "domain/unused.cpp": '#include "domain/unused.hpp"\n',
          "tests/domain/unused_test.cpp": '#include "domain/unused.hpp"\n'}, "included by nothing"),
    ],
    "mirror": [
        ({"tests/domain/gone/money_test.cpp": "// gone\n"}, "no sources in domain/gone/"),
        ({"domain/prices/price.cpp": "// A price.\n"}, "tests/domain/prices/ holds no"),
        ({"stores/memory/memory.cpp": "// Memory.\n"}, "tests/contract/ holds no"),
        ({"tests/domain/money_test.cpp": None}, "has no tests"),
    ],
    "sizes": [
        ({"domain/money.hpp": "// Money.\n" * 501}, "longer than 500 lines"),
        ({"domain/split.cpp": long_function(61)}, "money has 61 lines"),
    ],
    "words": [
        ({"domain/money.hpp": "// TO" "DO: money\n"}, "unfinished"),
        ({"run": SCRIPT + "cd /wo" "rk/main\n"}, "one machine's paths"),
        ({"README.md": "See .." "/shared/notes.\n"}, "one machine's paths"),
        ({"README.md": "Fetch https:" "//packages.elsewhere.org/x\n"}, "names an outside address"),
    ],
    "headers": [
        ({"domain/money.hpp": "// Money.\n"}, "no #pragma once"),
        ({"domain/money.hpp": "#pragma once\n"}, "opens without a comment"),
    ],
    "links": [
        ({"README.md": "[gone](docs/gone.md)\n"}, "which does not exist"),
        ({"README.md": "[gone](#no-such-part)\n"}, "no such heading"),
        ({"domain/money.hpp": "// See docs/gone.md.\n#pragma once\n"}, "speaks of docs/gone.md"),
    ],
    "hops": [
        ({"domain/hop3.hpp": "// Nothing.\n#pragma once\n"}, "opens with 'Hop 3 of 8', found: none"),
        ({"domain/money.hpp": hop(3)}, "opens with 'Hop 3 of 8', found: domain/hop3.hpp"),
        ({"domain/money.hpp": hop(9)}, "there is no hop 9"),
        ({"domain/hop2.hpp": "// Hop 2 of 8.\n#pragma once\n"}, "does not say 'Next hop"),
        ({"domain/hop2.hpp": hop(2).replace("hop3", "hop5")}, "the next hop; it is domain/hop3.hpp"),
        ({STORY: STORY_TEXT.replace("hop4", "money")}, "does not link domain/hop4.hpp"),
        ({STORY: "[hop](../domain/hop8.hpp)\n" + STORY_TEXT}, "in another order"),
        ({STORY: None}, "is missing"),
    ],
    "labels": [
        ({"tests/CMakeLists.txt": "gongji_test_program(domain LABEL e3e)\n"}, "label e3e"),
        ({"tests/labels.txt": "unit sometimes one folder\n"}, "reads: label, ci or asked"),
        ({"tests/labels.txt": None}, "is missing"),
    ],
    "events": [
        ({"actors/a.cpp": 'log_event(LogLevel::kWarn,\n          "disk_full", "Full.");\n'},
         "the event disk_full is not explained"),
        ({"actors/a.cpp": 'log_event(LogLevel::kWarn, "Disk full", "Full.");\n'}, "in lower case"),
        ({"docs/operating.md": "| `disk_full`, `disk_gone` | warn, error | make room |\n",
          "actors/a.cpp": 'log_event(LogLevel::kWarn, "disk_gone", "Gone.");\n'}, "nothing says the event disk_full"),
    ],
    "format": [
        ({"domain/split.cpp": "// A split.\nint   split( ) ;\n"}, "clang-format would lay it out"),
    ],
    "alerts": [
        ({"monitoring/rules/money.yml": ALERT.replace("page", "loud")}, "severity other than page or ticket"),
        ({"monitoring/rules/money.yml": ALERT.replace("summary: Money", "note: Money")}, "has no summary"),
        ({"monitoring/rules/money.yml": ALERT.replace("#money", "#nothing")}, "docs/operating.md#nothing"),
        ({"monitoring/rules/tests/money.yml": "  - name: Money fires\n"}, "no test 'Money is silent'"),
    ],
    "dashboards": [
        ({"monitoring/grafana/one.json": dashboard({"id": 1})}, "two panels with one id"),
        ({"monitoring/grafana/one.json": dashboard({"gridPos": {"x": 7, "y": 0, "w": 8, "h": 8}})}, "overlap"),
        ({"monitoring/grafana/one.json": dashboard({"gridPos": {"x": 17, "y": 0, "w": 8, "h": 8}})}, "beyond the edge"),
        ({"monitoring/grafana/one.json": dashboard({"datasource": {"uid": "mine"}})}, "the chosen data source"),
        ({"monitoring/grafana/two.json": dashboard({})}, "has the uid of"),
    ],
    "generated": [
        ({"monitoring/generator/generate.py": "print('rules/money.yml: differs')\n"}, "money.yml: differs"),
    ],
    "scripts": [
        ({"run": None}, "is missing"),
        ({".ci/run": "#!/usr/bin/env bash\nexec ctest\n"}, "does not call ./test"),
        ({"run": "#!/usr/bin/env bash\nif true; then\n"}, "syntax error"),
    ],
}


@contextlib.contextmanager
def planted(changes):
    with tempfile.TemporaryDirectory() as root:
        for path, text in (good_tree() | changes).items():
            if text is not None:
                file = Path(root, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
                file.chmod(0o755 if text.startswith("#!") else 0o644)
        yield Tree(root)


def findings_of(name, tree):
    return [str(finding) for finding in CHECKS[name](tree)]


class NegativeControls(unittest.TestCase):
    def test_a_good_tree_passes_every_check(self):
        with planted({}) as tree:
            for name in CHECKS:
                self.assertEqual(findings_of(name, tree), [], name)

    def test_every_check_has_a_control(self):
        self.assertEqual(set(BAD), set(CHECKS))

    def test_each_planted_fault_is_found(self):
        for name, cases in BAD.items():
            for changes, expected in cases:
                with self.subTest(check=name, fault=expected), planted(changes) as tree:
                    said = "\n".join(findings_of(name, tree))
                    self.assertIn(expected, said)

    def test_a_script_that_is_not_executable_is_found(self):
        with planted({}) as tree:
            os.chmod(tree.root / "run", 0o644)
            self.assertIn("run: is not executable", findings_of("scripts", tree))

    def test_config_may_include_option_structs(self):
        changes = {"config/settings.cpp": '#include "gateway/options.hpp"\n', "gateway/options.hpp": ""}
        with planted(changes) as tree:
            self.assertEqual(findings_of("includes", tree), [])

    def test_a_long_file_is_warned_of_before_it_fails(self):
        said = io.StringIO()
        with planted({"domain/money.hpp": "// Money.\n" * 450}) as tree, contextlib.redirect_stdout(said):
            self.assertEqual(findings_of("sizes", tree), [])
        self.assertIn("warning: domain/money.hpp: 450 lines", said.getvalue())

    def test_the_build_folder_is_no_part_of_the_tree(self):
        with planted({"build/x.hpp": "", "data/x.hpp": "", "config/data/x.hpp": ""}) as tree:
            self.assertEqual(tree.ending("x.hpp"), ["config/data/x.hpp"])


class Functions(unittest.TestCase):
    def test_bodies_are_found_with_their_names_and_lengths(self):
        text = ('namespace a {\nstruct B {\n  int f() const { return 1; }\n  int x = 3;\n};\n'
                'constexpr int kTable[]{1, 2};\nvoid g(int a,\n       int b) {\n  if (a) {\n'
                '    log("}");  // }\n  }\n}\n}  // namespace a\n')
        self.assertEqual([(name, length) for _, name, length in functions(text)], [("f", 1), ("g", 6)])


class Registration(unittest.TestCase):
    def test_ctest_runs_every_check(self):
        cmake = (HERE / "CMakeLists.txt").read_text(encoding="utf-8")
        listed = re.search(r"foreach\(check (.*?)\)", cmake, re.DOTALL)[1].split()
        self.assertEqual(sorted(listed), sorted(CHECKS))


if __name__ == "__main__":
    unittest.main()
