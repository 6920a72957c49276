"""Redis servers of the tests' own, on free ports of 127.0.0.1: one, with sentinels, or a cluster."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile

from clients import get
from gateway import SOURCE, eventually

RECOMMENDED = os.path.join(SOURCE, "packaging", "redis-hot-balances.conf")


def free_port():
    """Free together with the one 10000 above it, where a cluster node listens as well."""
    for _ in range(1000):
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            port = listener.getsockname()[1] % 20000 + 12000
        try:
            for number in (port, port + 10000):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", number))
            return port
        except OSError:
            continue
    raise AssertionError("no free port")


class Redis:
    """One server with a folder of its own; stop() removes it. Large pages as the settings recommend, but not
    where it has a replica."""

    def __init__(self, *settings, sentinel=False, large_pages=True):
        if shutil.which("redis-server") is None:
            raise AssertionError("redis-server is not installed (package redis-server)")
        self.port = free_port()
        self.folder = tempfile.mkdtemp(prefix="gongji-redis-")
        self.sentinel = sentinel
        self.large_pages = large_pages and not sentinel
        self.process = None
        lines = ["bind 127.0.0.1", f"port {self.port}", f"dir {self.folder}", f"logfile {self.folder}/log"]
        lines += [] if sentinel else [f"include {RECOMMENDED}"]
        with open(f"{self.folder}/redis.conf", "w") as file:
            file.write("\n".join(lines + list(settings)) + "\n")

    def start(self):
        command = ["redis-server", f"{self.folder}/redis.conf"] + (["--sentinel"] if self.sentinel else [])
        pages = {"MALLOC_CONF": "thp:always"} if self.large_pages else {}
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=dict(os.environ, **pages))
        eventually(lambda: self.cli("PING") == "PONG", "redis-server answers", 30, 0.1)
        return self

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def pause(self):
        self.process.send_signal(signal.SIGSTOP)

    def resume(self):
        self.process.send_signal(signal.SIGCONT)

    def url(self):
        return f"redis://127.0.0.1:{self.port}"

    def cli(self, *command):
        done = subprocess.run(["redis-cli", "-p", str(self.port), *command], capture_output=True, text=True,
                              check=False)
        return done.stdout.strip()


class Sentinels:
    """A master, a replica, three sentinels."""

    def __init__(self):
        self.master = Redis(large_pages=False)
        self.replica = Redis(f"replicaof 127.0.0.1 {self.master.port}", large_pages=False)
        watched = f"sentinel monitor hot 127.0.0.1 {self.master.port} 2"
        self.sentinels = [Redis(watched, "sentinel down-after-milliseconds hot 1000",
                                "sentinel failover-timeout hot 3000", sentinel=True) for _ in range(3)]

    def start(self):
        self.master.start()
        self.replica.start()
        eventually(lambda: "state=online" in self.master.cli("INFO", "replication"), "the replica follows", 30)
        for sentinel in self.sentinels:
            sentinel.start()
        for sentinel in self.sentinels:
            eventually(lambda: "3 usable" in sentinel.cli("SENTINEL", "CKQUORUM", "hot") and
                       "slaves=1" in sentinel.cli("INFO", "sentinel"), "the sentinels know each other", 60)
        return self

    def stop(self):
        for each in self.sentinels + [self.replica, self.master]:
            each.stop()

    def url(self):
        return "redis+sentinel://" + ",".join(f"127.0.0.1:{each.port}" for each in self.sentinels) + "/hot"


class Cluster:
    """Three masters with a third of the slots each."""

    def __init__(self):
        self.nodes = [Redis("cluster-enabled yes", "cluster-node-timeout 2000") for _ in range(3)]

    def start(self):
        for index, node in enumerate(self.nodes):
            node.start()
            last = 16383 if index == 2 else (index + 1) * 5461 - 1
            node.cli("CLUSTER", "ADDSLOTSRANGE", str(index * 5461), str(last))
            node.cli("CLUSTER", "SET-CONFIG-EPOCH", str(index + 1))
        for node in self.nodes[1:]:
            self.nodes[0].cli("CLUSTER", "MEET", "127.0.0.1", str(node.port))
        for node in self.nodes:
            eventually(lambda: "cluster_state:ok" in node.cli("CLUSTER", "INFO"), "the cluster stands", 60)
        return self

    def stop(self):
        for node in self.nodes:
            node.stop()

    def url(self):
        return "redis+cluster://" + ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)


def metric(gateway, name):
    text = get(gateway.ops, "/metrics")[1].decode()
    return next(float(line.split()[-1]) for line in text.splitlines() if line.startswith(f"gongji_{name} "))


def caught_up(gateway):
    return metric(gateway, "hot_balance_up") == 1 and metric(gateway, "hot_balance_lag_records") == 0


def compare(gateway, url):
    """Every field of the copy against the journal; the exit code and what was said."""
    done = gateway.ctl("--data-dir", gateway.data, "--ops-url", "http://%s:%d" % gateway.ops, "audit",
                       "--redis", url)
    return done.returncode, done.stdout + done.stderr
