"""An ordinary Node service over HTTP in front of PostgreSQL or Redis: node/server.js, a process a core."""

import os

import processes

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "node")
MODULES = os.path.join(os.environ["GONGJI_SOURCE_DIR"], "build", "compare", "node", "node_modules")


class Node:
    def __init__(self, folder, books, kind):
        """`books`: the running database; `kind`: postgres or redis."""
        self.name = "Node + " + books.name
        self.folder, self.books, self.kind = folder, books, kind
        self.port = processes.free_port()
        self.process = None

    def start(self, families_file, families):
        environment = self.books.environment
        if callable(environment):
            environment = environment()
        # Node looks for modules beside the program that asks; they are installed beside the build.
        command = ["node", os.path.join(HERE, "server.js"), self.kind, str(self.port), str(os.cpu_count())]
        self.process = processes.start(command, self.folder, "node-" + self.kind,
                                       dict(environment, NODE_PATH=MODULES, NODE_ENV="production"))
        processes.until(lambda: processes.listens(self.port), self.name)

    def journaled(self):
        return self.books.journaled()

    def audit(self):
        return ""  # the books are audited once, for themselves

    def stop(self):
        processes.stop(self.process)
