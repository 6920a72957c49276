"""Servers of the comparison: started, waited for, ended; and the machine's rest between two measurements."""

import os
import pwd
import signal
import socket
import subprocess
import time

READY_SECONDS_MAX = 60
STOP_SECONDS_MAX = 60
IDLE_SHARE = 0.92  # of the processors, measured over one look
LOOK_SECONDS = 0.25
REST_SECONDS_MAX = 8


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(condition, what):
    deadline = time.monotonic() + READY_SECONDS_MAX
    while not condition():
        if time.monotonic() > deadline:
            raise RuntimeError(f"not ready within {READY_SECONDS_MAX} s: {what}")
        time.sleep(0.05)


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def start(command, folder, name, environment=None):
    """A process whose words go to <folder>/<name>.log; ends with us at the latest."""
    with open(os.path.join(folder, name + ".log"), "ab") as log:
        return subprocess.Popen(["setpriv", "--pdeathsig", "TERM", *command], stdin=subprocess.DEVNULL,
                                stdout=log, stderr=log, env=dict(os.environ, **(environment or {})))


def stop(process, with_signal=signal.SIGTERM):
    if process is None or process.poll() is not None:
        return
    process.send_signal(with_signal)
    try:
        process.wait(STOP_SECONDS_MAX)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def output_of(command, **more):
    done = subprocess.run(command, capture_output=True, text=True, check=False, **more)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {(done.stderr or done.stdout)[-600:]}")
    return done.stdout


def unprivileged():
    """What to put before a command that refuses to run as root (PostgreSQL)."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("postgres")
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _idle_and_all():
    with open("/proc/stat") as file:
        ticks = [int(word) for word in file.readline().split()[1:]]
    return ticks[3] + ticks[4], sum(ticks)


def rest():
    """Until what the last one left behind (compaction, checkpoints, vacuum) is done, so that the next one
    does not pay for it."""
    deadline = time.monotonic() + REST_SECONDS_MAX
    while time.monotonic() < deadline:
        idle, all_ticks = _idle_and_all()
        time.sleep(LOOK_SECONDS)
        idle_later, all_later = _idle_and_all()
        if idle_later - idle >= IDLE_SHARE * (all_later - all_ticks):
            return
