"""The tree under inspection: which files belong to it, and what a finding is."""

import os
from dataclasses import dataclass
from pathlib import Path

# Made by building and running, never part of the repository.
LEFT_OUT_AT_TOP = {"build", "data"}
LEFT_OUT_ANYWHERE = {".git", ".cache", "__pycache__", "node_modules"}
BINARY_SUFFIXES = {".png", ".jpg", ".gz", ".zip", ".bin", ".pyc", ".woff2"}


@dataclass(frozen=True)
class Finding:
    path: str  # relative to the root, with slashes
    line: int  # 0 = the file as a whole
    text: str

    def __str__(self):
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.text}"


class Tree:
    """All files below a root, read once. Paths are relative, with slashes, sorted."""

    def __init__(self, root):
        self.root = Path(root).resolve()
        self.paths = sorted(self._walk())
        self._texts = {}

    def _walk(self):
        for folder, folders, files in os.walk(self.root):
            inside = Path(folder).relative_to(self.root)
            at_top = inside == Path(".")
            folders[:] = [
                name for name in folders
                if name not in LEFT_OUT_ANYWHERE and not (at_top and name in LEFT_OUT_AT_TOP)
            ]
            yield from ((inside / name).as_posix() for name in files)

    def text(self, path):
        if path not in self._texts:
            self._texts[path] = (self.root / path).read_text(encoding="utf-8", errors="replace")
        return self._texts[path]

    def lines(self, path):
        """Pairs of line number and line, from 1."""
        return enumerate(self.text(path).splitlines(), start=1)

    def has(self, path):
        return (self.root / path).exists()

    def ending(self, *suffixes):
        return [path for path in self.paths if path.endswith(suffixes)]

    def cpp(self):
        return self.ending(".hpp", ".cpp")

    def readable(self):
        return [path for path in self.paths if Path(path).suffix not in BINARY_SUFFIXES]


# Folders that hold sources of their own; each has one job and one README.
SOURCE_FOLDERS = ("domain", "ports", "gateway", "actors", "stores", "config", "monitoring", "app",
                  "loadtest")


def top_folder(path):
    return path.split("/", 1)[0] if "/" in path else ""
