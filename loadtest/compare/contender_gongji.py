"""gongjid as it is installed: the embedded store, durable before every answer, no knob turned."""

import http.client
import json
import os
import re
import subprocess

import split_cases
from gateway import BIN, Gateway


class Gongji:
    name = "gongji"

    def __init__(self, folder):
        self.folder = folder
        self.gateway = Gateway(folder)

    def start(self, families_file, families):
        self.gateway.start()
        self.port = self.gateway.http[1]
        self.pid = self.gateway.process.pid
        load = [os.path.join(BIN, "gongji-load"), "--http", self.http_address(), "--prepare", "--families",
                str(families), "--token-file", self.gateway.token_file]
        subprocess.run(load, check=True, stdout=subprocess.DEVNULL)
        lines = os.path.join(self.folder, "split.ndjson")
        with open(lines, "w") as file:
            file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in split_cases.import_lines())
        done = self.gateway.ctl("import", lines, "--url", "http://" + self.http_address(), "--token-file",
                                self.gateway.token_file)
        if done.returncode != 0:
            raise RuntimeError("import of the split cases: " + done.stdout + done.stderr)

    def http_address(self):
        return "{}:{}".format(*self.gateway.http)

    def tcp_address(self):
        return "{}:{}".format(*self.gateway.tcp)

    def journaled(self):
        """Records on stable storage."""
        connection = http.client.HTTPConnection(*self.gateway.ops, timeout=30)
        connection.request("GET", "/metrics")
        text = connection.getresponse().read().decode()
        return int(float(re.search(r"^gongji_journal_sequence (\S+)$", text, re.MULTILINE)[1]))

    def audit(self):
        """Folds the whole journal again; what is wrong with the books, or ""."""
        self.gateway.stop(timeout_s=60)
        code, said = self.gateway.audit()
        return "" if code == 0 else said

    def stop(self):
        if self.gateway.process is not None and self.gateway.process.poll() is None:
            self.gateway.kill()
