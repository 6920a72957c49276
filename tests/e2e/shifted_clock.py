"""A gateway on another day: its calendar clock starts where a test wants it and goes on from there."""

import datetime
import os
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))


def at(folder, day_and_time):
    """What to set in the gateway's environment so that it is "YYYY-MM-DD HH:MM:SS" (UTC) there now."""
    library = os.path.join(folder, "shifted_clock.so")
    if not os.path.exists(library):
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, os.path.join(HERE, "shifted_clock.c")],
                       check=True)
    wanted = datetime.datetime.fromisoformat(day_and_time).replace(tzinfo=datetime.timezone.utc)
    return {"LD_PRELOAD": library, "GONGJI_CLOCK_SHIFT_S": str(round(wanted.timestamp() - time.time())), "TZ": "UTC"}
