"""What a gongjid says of itself between two moments: its syncs, its processor time."""

import re
from dataclasses import dataclass

from clients import get

SAMPLE = re.compile(r'^(gongji_[a-z_]+|process_[a-z_]+)(?:\{([^}]*)\})? (\S+)$', re.MULTILINE)


@dataclass
class Scrape:
    samples: dict  # (name, labels) → value

    def value(self, name, labels=""):
        return self.samples.get((name, labels), 0.0)

    def buckets(self, name):
        """Upper edge → how many at most that, cumulative."""
        return {float(labels[4:-1].replace("+Inf", "inf")): value for (each, labels), value in self.samples.items()
                if each == name + "_bucket" and labels.startswith("le=")}


def scrape(address):
    _, body = get(address, "/metrics")
    return Scrape({(name, labels): float(value) for name, labels, value in SAMPLE.findall(body.decode())})


class Window:
    """Between two scrapes."""

    def __init__(self, before, after):
        self.before, self.after = before, after

    def rise(self, name, labels=""):
        return self.after.value(name, labels) - self.before.value(name, labels)

    def mean(self, histogram):
        return self.rise(histogram + "_sum") / max(self.rise(histogram + "_count"), 1)

    def histogram(self, name):
        """(upper edge, how many between the edge before and this one)."""
        earlier, later, rows, below = self.before.buckets(name), self.after.buckets(name), [], 0.0
        for edge in sorted(later):
            cumulative = later[edge] - earlier.get(edge, 0.0)
            rows.append((edge, int(cumulative - below)))
            below = cumulative
        return rows
