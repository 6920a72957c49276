"""Plays systemd for one gongjid: listens on NOTIFY_SOCKET, and when the watchdog is not fed in time does
what systemd does to a unit with WatchdogSec and Restart=always: SIGABRT, SIGCONT, after a while SIGKILL,
and a new process."""

import os
import signal
import socket
import threading
import time


class Supervisor:
    def __init__(self, gateway, watchdog_s):
        self.gateway, self.watchdog_s = gateway, watchdog_s
        self.path = os.path.join(gateway.folder, "notify")
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.socket.settimeout(0.1)
        gateway.environment.update(NOTIFY_SOCKET=self.path, WATCHDOG_USEC=str(int(watchdog_s * 1e6)))
        self.told = []  # every assignment it was told, in order
        self.restarts = 0
        self.fed_at = None  # None: nothing is expected (not ready yet, or stopping)
        self.watching = True
        self.thread = threading.Thread(target=self.watch)
        self.thread.start()

    def stop(self):
        self.watching = False
        self.thread.join()
        self.socket.close()

    def watch(self):
        while self.watching:
            try:
                self.take(self.socket.recv(4096).decode())
            except TimeoutError:
                pass
            if self.fed_at is not None and time.monotonic() - self.fed_at > self.watchdog_s:
                self.restart()

    def take(self, message):
        for line in message.splitlines():
            self.told.append(line)
            if line in ("READY=1", "WATCHDOG=1") and "STOPPING=1" not in self.told:
                self.fed_at = time.monotonic()
            if line == "STOPPING=1":
                self.fed_at = None

    def restart(self):
        self.fed_at = None
        for number in (signal.SIGABRT, signal.SIGCONT):
            self.gateway.process.send_signal(number)
        try:
            self.gateway.process.wait(5)
        except Exception:  # it does not go by itself
            self.gateway.process.kill()
        self.gateway.process.wait()
        self.gateway.process.stdout.close()
        self.gateway.start()
        self.restarts += 1

    def count(self, line):
        return sum(told == line for told in self.told)
