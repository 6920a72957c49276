#!/usr/bin/env python3
"""Writes every golden answer anew, from a gateway that is built:

    tests/conformance/regenerate.py [build/release]

Then look at `git diff tests/conformance/cases`: every line of it is a change clients will see."""

import os
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parent.parent


def main():
    build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else SOURCE / "build" / "release").resolve()
    os.environ.update(GONGJI_BIN_DIR=str(build / "bin"), GONGJI_SOURCE_DIR=str(SOURCE))
    sys.path[:0] = [str(HERE), str(SOURCE / "tests" / "e2e")]
    import play
    import styles
    from conversations import all_conversations
    faults = []
    with tempfile.TemporaryDirectory() as folder, play.gateway_in(folder) as gateway:
        for conversation in all_conversations():
            played = play.play(conversation, gateway, styles.one_url)
            faults += played.faults
            for step, normal in played.normal.items():
                step.write_golden(normal)
    print("\n".join(faults) if faults else "written; no answer breaks a rule. Now: git diff tests/conformance/cases")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
