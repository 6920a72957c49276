"""A real Prometheus on a free port, with the project's rules, asked over its HTTP interface."""

import json
import os
import shutil
import socket
import subprocess
import sys
import urllib.parse
import urllib.request

from gateway import SOURCE, eventually

GENERATOR = os.path.join(SOURCE, "monitoring", "generator")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Prometheus:
    """Scrapes every second; `faster` divides every window and pause of the rules."""

    def __init__(self, folder, targets, faster):
        for program in ("prometheus", "promtool"):
            if shutil.which(program) is None:
                raise AssertionError(f"{program} is not installed (package prometheus)")
        self.folder = os.path.join(folder, "prometheus")
        os.makedirs(self.folder)
        subprocess.run([sys.executable, "-B", os.path.join(GENERATOR, "generate.py"), "--faster", str(faster),
                        self.folder], check=True)
        self.port = free_port()
        with open(os.path.join(self.folder, "prometheus.yml"), "w") as file:
            file.write(configuration(targets))
        self.log = open(os.path.join(self.folder, "log"), "w")
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            ["prometheus", f"--config.file={self.folder}/prometheus.yml", f"--storage.tsdb.path={self.folder}/data",
             f"--web.listen-address=127.0.0.1:{self.port}", "--log.level=warn"],
            stdout=self.log, stderr=subprocess.STDOUT)
        eventually(self.ready, "Prometheus answers", 60)
        return self

    def ready(self):
        if self.process.poll() is not None:
            raise AssertionError("Prometheus ended: " + open(self.log.name).read()[-2000:])
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/-/ready", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def stop(self):
        self.process.terminate()
        self.process.wait(30)
        self.log.close()

    def ask(self, path, **parameters):
        query = "?" + urllib.parse.urlencode(parameters) if parameters else ""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/v1/{path}{query}", timeout=30) as answer:
            return json.load(answer)["data"]

    def query(self, expression):
        """The samples of an expression now."""
        return self.ask("query", query=expression)["result"]

    def names(self):
        return set(self.ask("label/__name__/values"))

    def firing(self):
        """Pairs of alert and instance that fire now."""
        return {(each["labels"]["alertname"], each["labels"].get("instance"))
                for each in self.ask("alerts")["alerts"] if each["state"] == "firing"}

    def rules(self):
        return [rule for group in self.ask("rules")["groups"] for rule in group["rules"]]


def configuration(targets):
    """`targets`: pairs of name and address; the name is the instance."""
    lines = ["global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}",
             "rule_files: [rules/*.yml]", "scrape_configs:", "  - job_name: gongji", "    static_configs:"]
    for name, (host, port) in targets.items():
        lines += [f'      - targets: ["{host}:{port}"]', f"        labels: {{instance: {name}}}"]
    return "\n".join(lines) + "\n"
