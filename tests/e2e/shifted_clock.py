"""A gateway on another day: its calendar clock starts where a test wants it and goes on from there."""

import datetime
import os
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))


def library_in(folder):
    library = os.path.join(folder, "shifted_clock.so")
    if not os.path.exists(library):
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, os.path.join(HERE, "shifted_clock.c")],
                       check=True)
    return library


def at(folder, day_and_time):
    """What to set in the gateway's environment so that it is "YYYY-MM-DD HH:MM:SS" (UTC) there now."""
    wanted = datetime.datetime.fromisoformat(day_and_time).replace(tzinfo=datetime.timezone.utc)
    shift_s = round(wanted.timestamp() - time.time())
    return {"LD_PRELOAD": library_in(folder), "GONGJI_CLOCK_SHIFT_S": str(shift_s), "TZ": "UTC"}


class JumpingClock:
    """A calendar clock that jumps while the gateway runs."""

    def __init__(self, folder):
        self.path = os.path.join(folder, "clock-shift")
        self.jump(0)
        self.environment = {"LD_PRELOAD": library_in(folder), "GONGJI_CLOCK_SHIFT_FILE": self.path}

    def jump(self, seconds):
        """From now on it is so many seconds later (or earlier) than it is."""
        with open(self.path + ".new", "w") as file:
            file.write(str(seconds))
        os.replace(self.path + ".new", self.path)
