"""How long the disk takes for one sync, asked of it directly, with nothing else in its way."""

import os
import time

BYTES = 4096
FILE_BYTES = 16 << 20


def sync_times_s(folder, count=400):
    """Of `count` writes with fdatasync into a preallocated file, sorted."""
    path = os.path.join(folder, "sync-probe")
    page, times = os.urandom(BYTES), []
    with open(path, "wb") as file:
        file.write(bytes(FILE_BYTES))  # written, not only allocated: no size or extent changes later
        file.flush()
        os.fsync(file.fileno())
        for number in range(count):
            began = time.monotonic()
            os.pwrite(file.fileno(), page, number * BYTES % FILE_BYTES)
            os.fdatasync(file.fileno())
            times.append(time.monotonic() - began)
    os.remove(path)
    return sorted(times)


def share_of(ordered, share):
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]
