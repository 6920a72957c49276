"""Durations in expressions: `<5m>` is a window, `<15m>s` the same time as a number of seconds.

A run of the rules on a time scale of its own (tests of real faults) divides both; dates and other
absolute times are written as plain numbers and stay."""

import re

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
SHORTEST_WINDOW_SECONDS = 5  # a rate needs some scrapes
TOKEN = re.compile(r"<(\d+)([smhd])>(s\b)?")


def seconds(text):
    number, unit = re.fullmatch(r"(\d+)([smhd])", text).groups()
    return int(number) * UNITS[unit]


def window(text, faster=1):
    """"1h" stays "1h"; sixty times faster it is "60s"."""
    if faster == 1:
        return text
    return f"{max(round(seconds(text) / faster), SHORTEST_WINDOW_SECONDS)}s"


def pause(text, faster=1):
    """How long an alert waits before it fires."""
    return text if faster == 1 else f"{round(seconds(text) / faster)}s"


def expression(text, faster=1):
    def replaced(found):
        duration = found[1] + found[2]
        if found[3]:
            return str(seconds(duration) if faster == 1 else
                       max(round(seconds(duration) / faster), SHORTEST_WINDOW_SECONDS))
        return window(duration, faster)

    return TOKEN.sub(replaced, text)
