"""The OpenAPI document of /v1 through two linters, Redocly and Spectral: not one complaint.

The linters are pinned by package-lock.json and installed into the build folder; without npm or the
registry the test fails by name."""

import json
import os
import pathlib
import shutil
import subprocess
import unittest

HERE = pathlib.Path(__file__).resolve().parent
DOCUMENT = pathlib.Path(os.environ["GONGJI_SOURCE_DIR"]) / "gateway" / "rest" / "openapi.json"
PLACE = pathlib.Path(os.environ["GONGJI_BIN_DIR"]).parent / "openapi"
INSTALL_SECONDS_MAX = 240
LINT_SECONDS_MAX = 120


def run(command, seconds):
    """Exit code and everything it said."""
    quiet = dict(os.environ, NO_COLOR="1", REDOCLY_TELEMETRY="off", REDOCLY_SUPPRESS_UPDATE_NOTICE="true")
    done = subprocess.run(command, cwd=PLACE, env=quiet, timeout=seconds, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return done.returncode, done.stdout


def redocly(document):
    # What is left of warnings is an error, too.
    code, said = run(["node_modules/.bin/redocly", "lint", "--config", "redocly.yaml", "--format",
                      "json", str(document)], LINT_SECONDS_MAX)
    found = json.loads(said[said.index("{"):said.rindex("}") + 1])["totals"] if "{" in said else {}
    clean = code == 0 and found.get("errors") == 0 and found.get("warnings") == 0
    return clean, said


def spectral(document):
    code, said = run(["node_modules/.bin/spectral", "lint", "--ruleset", "spectral.yaml",
                      "--fail-severity", "hint", str(document)], LINT_SECONDS_MAX)
    return code == 0, said


LINTERS = {"redocly": redocly, "spectral": spectral}


class LintTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        npm = shutil.which("npm")
        if npm is None:
            raise AssertionError("npm is missing: install the packages of section [node]")
        PLACE.mkdir(parents=True, exist_ok=True)
        installed = PLACE / "installed-lock.json"  # written last: what is there is whole
        for name in ("package.json", "package-lock.json", "redocly.yaml", "spectral.yaml"):
            shutil.copy(HERE / name, PLACE / name)
        lock = (HERE / "package-lock.json").read_text()
        if installed.exists() and installed.read_text() == lock:
            return
        installed.unlink(missing_ok=True)
        code, said = run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund",
                          "--prefer-offline"], INSTALL_SECONDS_MAX)
        if code != 0:
            raise AssertionError("npm ci failed:\n" + said)
        installed.write_text(lock)

    def test_two_linters_have_nothing_to_say_and_reject_broken_copies(self):
        for name, lint in LINTERS.items():
            clean, said = lint(DOCUMENT)
            self.assertTrue(clean, f"{name}:\n{said}")
        for fault, document in broken_copies():
            path = PLACE / f"broken_{fault}.json"
            path.write_text(json.dumps(document))
            for name, lint in LINTERS.items():
                clean, _ = lint(path)
                self.assertFalse(clean, f"{name} lets a document pass with {fault}")


def broken_copies():
    """The document with one fault each, which both linters must see."""
    def copy():
        return json.loads(DOCUMENT.read_text())

    document = copy()
    document["paths"]["/v1/events"]["get"]["responses"]["200"]["content"]["application/json"][
        "schema"]["$ref"] = "#/components/schemas/Nothing"
    yield "a_reference_to_nothing", document
    document = copy()
    document["paths"]["/v1/events"]["get"]["operationId"] = "getPerson"
    yield "an_operation_id_twice", document
    document = copy()
    del document["paths"]["/v1/persons/{psn_no}"]["get"]["parameters"][0]
    yield "a_path_parameter_missing", document


if __name__ == "__main__":
    unittest.main()
