"""Real faults raise their alerts in a real Prometheus, and a gateway beside them that nothing happens to
raises none. The shipped rules, sixty times faster: an hour's window is a minute."""

import os
import shutil
import subprocess
import tempfile
import threading
import unittest

from gateway import BIN, SOURCE, Gateway, eventually
from load import Load, populate
from messages import PHARMACY, TAIYUAN
from prometheus import Prometheus
from redis_server import Redis

FASTER = 60
ALERT_SECONDS_MAX = 240
SMALL_DISK_MB = 256
# What a machine that does much else raises by itself: its disk is really slow then.
OF_THE_MACHINE = {"GongjiJournalVerySlow"}
# Instance, and the alerts its fault must raise.
EXPECTED = {
    "redis": {"GongjiHotBalancesDown"},
    "disk": {"GongjiDiskFillsSoon", "GongjiDiskLow"},
    "slow": {"GongjiJournalVerySlow"},
    "overload": {"GongjiShedding", "GongjiAvailabilityBurnFast"},
    "imbalance": {"GongjiLedgerImbalance"},
    "silent": {"GongjiInstitutionSilent"},
    "stopped": {"GongjiDown"},
}


class Faults(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="gongji-faults-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.gateways = {}
        self.loads = {}

    def gateway(self, name, settings=(), environment=None, data=None):
        place = os.path.join(self.folder, name)
        os.makedirs(place, exist_ok=True)
        gateway = Gateway(place, settings, environment)
        gateway.data = data or gateway.data
        gateway.start()
        self.addCleanup(lambda: gateway.process.poll() is None and gateway.kill())
        self.gateways[name] = gateway
        return gateway

    def load(self, name, **more):
        load = Load(self.gateways[name], **more).start()
        self.addCleanup(load.stop)
        self.loads[name] = load
        return load

    def loaded(self, name, settings=(), environment=None, data=None, **more):
        gateway = self.gateway(name, settings, environment, data)
        populate(gateway)
        self.load(name, **{"per_second": 10, "varied": False, **more})
        return gateway

    # ---- the scene: one gateway for each fault, and one that stays calm ----

    def calm(self):
        redis = Redis()
        redis.start()
        self.addCleanup(redis.kill)
        self.loaded("calm", [f"redis.url=redis://127.0.0.1:{redis.port}"], institutions=[PHARMACY, TAIYUAN])

    def redis(self):
        redis = Redis()
        redis.start()
        self.addCleanup(lambda: redis.process.poll() is None and redis.kill())
        self.loaded("redis", [f"redis.url=redis://127.0.0.1:{redis.port}"])
        return redis.kill

    def disk(self):
        mount = os.path.join(self.folder, "small-disk")
        os.makedirs(mount)
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK_MB}m", "tmpfs", mount],
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(f"a small disk cannot be mounted (root is needed): {done.stderr}")
        self.addCleanup(subprocess.run, ["umount", "-l", mount], check=False)
        self.loaded("disk", [f"store.free_bytes_min={SMALL_DISK_MB * 2 ** 20 // 4}"], data=os.path.join(mount, "data"))
        return lambda: self.fill(os.path.join(mount, "something-else"))

    def fill(self, path):
        ended = threading.Event()
        self.addCleanup(ended.set)

        def fill():
            with open(path, "wb") as file:
                while not ended.wait(0.5):
                    try:
                        file.write(bytes(2 ** 20))
                        file.flush()
                    except OSError:
                        return  # full

        thread = threading.Thread(target=fill, daemon=True)
        thread.start()
        self.addCleanup(thread.join, 30)

    def slow(self):
        library = os.path.join(self.folder, "slow_sync.so")
        subprocess.run(["cc", "-shared", "-fPIC", "-o", library, os.path.join(SOURCE, "tests", "watch", "slow_sync.c")],
                       check=True)
        flag = os.path.join(self.folder, "syncs-are-slow")
        self.loaded("slow", environment={"LD_PRELOAD": library, "GONGJI_SLOW_SYNC": flag})
        return lambda: open(flag, "w").close()

    def overload(self):
        self.loaded("overload", ["admission.inflight_max=2"], per_second=4)
        return lambda: self.load("overload", per_second=60, threads=12, varied=False)

    def imbalance(self):
        original = self.gateway("original")
        populate(original)
        load = self.load("original", per_second=100, varied=False)
        eventually(lambda: load.answered >= 20, "something was settled", 60)
        load.stop()
        self.assertEqual(original.stop(), 0)
        del self.gateways["original"]
        copy = os.path.join(self.folder, "copy")
        shutil.copytree(original.data, copy)
        subprocess.run([os.path.join(BIN, "plant_imbalance"), copy], check=True, stdout=subprocess.DEVNULL)
        return lambda: None, copy

    def silent(self):
        self.loaded("silent", institutions=[PHARMACY, TAIYUAN])
        return lambda: self.loads["silent"].institutions.remove(TAIYUAN)

    def stopped(self):
        self.loaded("stopped")
        return lambda: self.assertEqual(self.gateways["stopped"].stop(), 0)

    def test_each_fault_raises_its_alerts_and_a_calm_gateway_none(self):
        self.calm()
        faults = [self.redis(), self.disk(), self.slow(), self.overload(), self.silent(), self.stopped()]
        _, copy = self.imbalance()
        self.gateway("imbalance", data=copy)
        prometheus = Prometheus(self.folder, {name: each.ops for name, each in self.gateways.items()}, FASTER).start()
        self.addCleanup(prometheus.stop)
        before = self.before_the_faults(prometheus)
        for fault in faults:
            fault()
        expected = {(alert, name) for name, alerts in EXPECTED.items() for alert in alerts}
        seen = set()
        calm = set()

        def all_fired():
            firing = prometheus.firing()
            seen.update(firing)
            calm.update(alert for alert, name in firing if name == "calm")
            return expected <= seen

        try:
            eventually(all_fired, "every fault's alerts", ALERT_SECONDS_MAX)
        except AssertionError:
            self.fail(f"did not fire: {sorted(expected - seen)}; fired: {sorted(seen)}")
        of_faults = {alert for alerts in EXPECTED.values() for alert in alerts} - OF_THE_MACHINE
        self.assertEqual(calm & of_faults, set(), "nothing happened to this one")
        self.assertEqual(before, set(), "they fired before anything happened")
        print(f"{len(EXPECTED)} faults, {len(expected)} alerts fired")

    def before_the_faults(self, prometheus):
        """What fires while everything is well: nothing of what the faults must raise, but the imbalance
        that lies in the copy from the start."""
        def everybody_talked():
            talking = prometheus.query("gongji:transactions_all:rate1h > 0")
            return len(talking) >= len(self.gateways) - 1  # nobody asks the copy
        eventually(everybody_talked, "all gateways are seen talking", 120)
        expected = {(alert, name) for name, alerts in EXPECTED.items() for alert in alerts - OF_THE_MACHINE
                    if name != "imbalance"}
        return prometheus.firing() & expected


if __name__ == "__main__":
    unittest.main()
