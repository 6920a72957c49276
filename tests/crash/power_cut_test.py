"""Power cuts: the file system below the journal is shut down without writing its caches back."""

import fcntl
import os
import random
import struct
import tempfile
import unittest

from clients import import_lines
from gateway import Gateway
from messages import shanghai_family
from small_disk import SmallDisk, run
from till import Till

CYCLES = int(os.environ.get("GONGJI_POWER_CYCLES", "10"))
FUND_FEN = 100_000_000
EXT4_IOC_SHUTDOWN = 0x8004587D
WITHOUT_LOG_FLUSH = 2


class Disk(SmallDisk):
    """One that can lose its power."""

    def __init__(self, folder):
        super().__init__(folder, 600)

    def cut(self):
        descriptor = os.open(self.mount_point, os.O_RDONLY)
        fcntl.ioctl(descriptor, EXT4_IOC_SHUTDOWN, struct.pack("I", WITHOUT_LOG_FLUSH))
        os.close(descriptor)


class PowerCut(unittest.TestCase):
    def losses(self, cycles, environment):
        """What the till finds wrong over so many power cuts, and how much it was told."""
        seed = int(os.environ.get("GONGJI_SEED", random.SystemRandom().randrange(1 << 32)))
        chance = random.Random(seed)
        print(f"seed {seed}, {cycles} power cuts")
        wrong, acknowledged = [], 0
        for _ in range(cycles):
            with tempfile.TemporaryDirectory() as folder:
                found, told = self.one_cut(folder, chance, environment)
                wrong += found
                acknowledged += told
        return wrong, acknowledged

    def one_cut(self, folder, chance, environment):
        disk = Disk(folder)
        disk.mount()
        gateway = Gateway(folder, environment=environment)
        gateway.data = os.path.join(disk.mount_point, "data")
        till = Till()
        try:
            gateway.start()
            import_lines(gateway, shanghai_family("1000000.00"))

            # The process goes first: with the power its processor goes too. A sync that is running
            # while ext4 is shut down may return success for data the shutdown drops, and on a machine
            # without power nobody would have lived to answer by it. What the caches hold is dropped
            # all the same: nothing writes them back in the moment between.
            def cut():
                gateway.kill()
                disk.cut()

            till.run_until_cut(gateway, cut, chance.randrange(1, 2000))
            disk.unmount()
            disk.mount()
            return self.after_restart(gateway, till), len(till.told)
        finally:
            if gateway.process.poll() is None:
                gateway.kill()
            disk.unmount()

    def after_restart(self, gateway, till):
        try:
            gateway.start()
            wrong = till.differences(gateway, FUND_FEN)
        except (AssertionError, KeyError, OSError) as error:  # not even the family survived
            return [f"after the cut: {error}"]
        gateway.kill()
        code, said = gateway.audit()
        return wrong + ([] if code == 0 else [said])

    def test_nothing_acknowledged_is_lost(self):
        wrong, acknowledged = self.losses(CYCLES, {})
        self.assertEqual(wrong, [])
        print(f"{acknowledged} acknowledged, 0 lost in {CYCLES} power cuts")

    def test_control_a_sync_that_lies_is_found_out(self):
        with tempfile.TemporaryDirectory() as folder:
            library = os.path.join(folder, "lying_sync.so")
            source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lying_sync.c")
            run("cc", "-shared", "-fPIC", "-o", library, source)
            wrong, acknowledged = self.losses(2, {"LD_PRELOAD": library})
        self.assertNotEqual(wrong, [], f"{acknowledged} acknowledged and no loss seen: the test is blind")


if __name__ == "__main__":
    unittest.main()
