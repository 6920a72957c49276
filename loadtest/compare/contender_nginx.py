"""nginx that answers the same POST with as many bytes and does no work: what HTTP itself costs."""

import json
import os

import processes

TEMPLATE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "nginx", "nginx.conf")
ANSWER_BYTES = 1100  # of gongji to a purchase of one item


class Nginx:
    name = "nginx, no work"

    def __init__(self, folder):
        self.folder = os.path.join(folder, "nginx")
        self.port = processes.free_port()
        self.process = None

    def start(self, families_file, families):
        os.mkdir(self.folder)
        answer = json.dumps({"infcode": 0, "output": "x" * (ANSWER_BYTES - 30)})
        with open(TEMPLATE) as file:
            text = file.read()
        for name, value in (("folder", self.folder), ("port", self.port), ("answer", answer)):
            text = text.replace(f"@{name}@", str(value))
        config = os.path.join(self.folder, "nginx.conf")
        with open(config, "w") as file:
            file.write(text)
        self.process = processes.start(["nginx", "-c", config, "-p", self.folder, "-e", "error.log"],
                                       os.path.dirname(self.folder), "nginx")
        processes.until(lambda: processes.listens(self.port), "nginx")

    def journaled(self):
        return None  # has no books

    def audit(self):
        return ""

    def stop(self):
        processes.stop(self.process)
