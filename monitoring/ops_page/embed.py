#!/usr/bin/python3
"""Makes the ops page one piece and embeds it: page.html with its style, its script and Chart.js
inlined, and the Content-Security-Policy that allows exactly these three and nothing else.

usage: embed.py FOLDER CHART_JS OUTPUT.cpp"""

import base64
import hashlib
import sys
from pathlib import Path

CHUNK = 12_000  # characters of one literal; compilers set limits


def allowed(text):
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def policy(style, scripts):
    return (f"default-src 'none'; script-src {' '.join(map(allowed, scripts))}; style-src {allowed(style)}; "
            "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")


def literals(text):
    for at in range(0, len(text), CHUNK):
        yield f'R"embedded({text[at:at + CHUNK]})embedded"'


def main():
    folder, chart, output = map(Path, sys.argv[1:])
    read = {name: (folder / f"page.{name}").read_text(encoding="utf-8") for name in ("html", "css", "js")}
    library = chart.read_text(encoding="utf-8").replace("//# sourceMappingURL=", "// ")
    if "</script" in (library + read["js"]).lower():
        raise SystemExit("a script must not contain the end of a script")
    page = read["html"]
    for mark, text in (("/*CSS*/", read["css"]), ("/*CHART*/", library), ("/*JS*/", read["js"])):
        page = page.replace(mark, text, 1)
    csp = policy(read["css"], (library, read["js"]))
    output.write_text(
        "extern const char* const gongji_ops_page;\nextern const char* const gongji_ops_page_policy;\n"
        "const char* const gongji_ops_page =\n" + "\n".join(literals(page)) + ";\n"
        f"const char* const gongji_ops_page_policy = R\"embedded({csp})embedded\";\n", encoding="utf-8")


if __name__ == "__main__":
    main()
