"""Prints one line per test of a folder, for CMake: MODULE.CLASS.METHOD. Imports nothing of it."""

import ast
import pathlib
import sys

for file in sorted(pathlib.Path(sys.argv[1]).glob("*_test.py")):
    for node in ast.parse(file.read_text()).body:
        if isinstance(node, ast.ClassDef):
            for method in node.body:
                if isinstance(method, ast.FunctionDef) and method.name.startswith("test_"):
                    print(f"{file.stem}.{node.name}.{method.name}")
