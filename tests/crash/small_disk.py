"""A small ext4 on a loop mount. Needs root."""

import os
import subprocess
import time


def run(*command, tries=1):
    """Mounting and unmounting are tried again: loop devices are shared and let go of late."""
    for attempt in range(tries):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode == 0:
            return
        time.sleep(0.1)
    raise AssertionError(f"{' '.join(command)}: {done.stderr.strip()} (a disk of one's own needs root)")


class SmallDisk:
    """The image lies in `folder`, and so does the mount point."""

    def __init__(self, folder, megabytes):
        self.image = os.path.join(folder, "disk.img")
        self.mount_point = os.path.join(folder, "disk")
        os.mkdir(self.mount_point)
        run("truncate", "-s", f"{megabytes}M", self.image)
        run("mkfs.ext4", "-q", "-m", "0", self.image)

    def mount(self):
        run("mount", "-o", "loop", self.image, self.mount_point, tries=50)

    def unmount(self):
        run("umount", self.mount_point, tries=50)

    def free_bytes(self):
        space = os.statvfs(self.mount_point)
        return space.f_bavail * space.f_frsize

    def fill_up_to(self, free_bytes):
        """Somebody else's file takes all but so much; gives it back with free()."""
        with open(self.other_file(), "wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(self.free_bytes() - free_bytes, 1))

    def write_more(self, count):
        with open(self.other_file(), "ab") as file:
            os.posix_fallocate(file.fileno(), file.tell(), count)

    def free(self):
        os.remove(self.other_file())

    def other_file(self):
        return os.path.join(self.mount_point, "something-else")
