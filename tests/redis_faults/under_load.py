"""Load on a gateway from gongji-load, and a customer who checks every balance."""

import json
import os
import subprocess
import threading
import time

from clients import Frames, import_lines
from gateway import BIN
from messages import PHARMACY, a_person, envelope, sale, sign_in
from redis_servers import metric

FAMILIES = int(os.environ.get("GONGJI_REDIS_FAMILIES", "500"))
SECONDS = int(os.environ.get("GONGJI_REDIS_SECONDS", "8"))
STRICT = os.environ.get("GONGJI_REDIS_STRICT", "") == "1"
RATE = os.environ.get("GONGJI_REDIS_RATE", "200")  # settlements a second; strict runs measure 70 %


def load_command(gateway, *arguments):
    http, tcp = ("%s:%d" % address for address in (gateway.http, gateway.tcp))
    return [os.path.join(BIN, "gongji-load"), "--http", http, "--families", str(FAMILIES),
            "--token-file", gateway.token_file] + (["--tcp", tcp] if arguments else []) + list(arguments)


def prepare(gateway):
    done = subprocess.run(load_command(gateway) + ["--prepare"], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(f"gongji-load --prepare: {done.stdout}{done.stderr}")


def closed_loop(gateway, seconds):
    subprocess.run(load_command(gateway, "--connections", "8", "--depth", "32", "--duration_s", str(seconds)),
                   capture_output=True, check=True)


def wake_everybody(gateway):
    """Who was only imported sleeps, and the first settlement of a household costs several later ones."""
    for _ in range(12):
        woken = metric(gateway, "actor_activations_total")
        closed_loop(gateway, 5)
        if metric(gateway, "actor_activations_total") - woken < FAMILIES * 0.02:
            return


def capacity(gateway, seconds=10):
    """Settlements a second in a closed loop, everybody awake."""
    wake_everybody(gateway)
    before, began = metric(gateway, "journal_sequence"), time.monotonic()
    closed_loop(gateway, seconds)
    return (metric(gateway, "journal_sequence") - before) / (time.monotonic() - began)


class Load:
    """gongji-load at a fixed rate in the background; stop() returns its results."""

    def __init__(self, gateway, rate, seconds):
        self.results = os.path.join(gateway.folder, "load.json")
        self.process = subprocess.Popen(
            load_command(gateway, "--rate", str(rate), "--duration_s", str(seconds), "--connections", "8",
                         "--depth", "64", "--seed", str(time.time_ns() % 10**9), "--json", self.results),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def stop(self):
        said = self.process.communicate()[0]
        if self.process.returncode != 0:
            raise AssertionError(f"gongji-load: {said}")
        with open(self.results) as file:
            return json.load(file)

    @staticmethod
    def settled_by_second(results):
        """As its clients counted the answers; the first and the last second are not whole."""
        return [second["settled"] for second in results["per_second"]]


class Customer:
    """Owns accounts nobody else touches, buys from them, and asks what is left after each purchase, from him
    and from one who slept meanwhile: every answer is compared with what the answers before it add up to."""

    ACCOUNTS = 300
    ROUNDS_PER_S = 50  # in Python a round costs as much as dozens of settlements: he must not be the load

    def __init__(self, gateway, first=31010100000000000000800000):
        self.gateway, self.wrong, self.asked = gateway, [], 0
        self.persons = [str(first + i) for i in range(self.ACCOUNTS)]
        self.fen = {person: 100_000_000 for person in self.persons}
        import_lines(gateway, [a_person(person, "310", "1000000.00") for person in self.persons], "customer")
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        frames = Frames(self.gateway.tcp, PHARMACY, sign_in())
        turn = 0
        while not self.over.wait(1 / self.ROUNDS_PER_S):
            turn += 1
            buyer = self.persons[turn % self.ACCOUNTS]
            answer = frames.ask(sale(buyer, "1.00", insutype="310"))
            if answer["infcode"] == 0:
                self.fen[buyer] -= round(float(answer["output"]["setlinfo"]["acct_pay"]) * 100)
            self.look(frames, buyer)
            self.look(frames, self.persons[(turn * 7 + 150) % self.ACCOUNTS])
        frames.close()

    def look(self, frames, person):
        question = envelope("1101", {"data": {"mdtrt_cert_type": "01", "mdtrt_cert_no": person}})
        answer = frames.ask(question)
        self.asked += 1
        if answer["infcode"] != 0:
            return self.wrong.append(answer)
        told = round(float(answer["output"]["insuinfo"][0]["balc"]) * 100)
        if told != self.fen[person]:
            self.wrong.append((person, told, self.fen[person]))

    def stop(self):
        self.over.set()
        self.thread.join()
