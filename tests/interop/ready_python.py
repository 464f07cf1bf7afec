"""Runs scripts as processes of their own in which their packages are loaded already: that takes a second, most scripts less.

Each line of standard input asks for one: its path, arguments, working folder, and a folder with its standard input as
the file `input`, where `output` and `errors` are written. Each line of standard output is an exit code, in that order.
"""

import ast
import importlib
import json
import os
import runpy
import sys
import traceback
from pathlib import Path


def load_packages(script: Path) -> None:
    """Loads what the script imports, but for files beside it: those may keep something of a run."""
    for node in ast.parse(script.read_text("utf-8")).body:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module]
        for name in names:
            if not (script.parent / f"{name.split('.')[0]}.py").exists():
                importlib.import_module(name)


def run(script: Path, args: list, cwd: str, files: Path) -> int:
    """What the process does after the fork; gives the exit code."""
    for number, name in enumerate(("input", "output", "errors")):
        opened = os.open(files / name, os.O_RDWR | os.O_CREAT, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = open(0, encoding="utf-8")
    os.chdir(cwd)
    sys.argv = [str(script), *args]
    sys.path[0] = str(script.parent)
    try:
        runpy.run_path(str(script), run_name="__main__")
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or 0
        print(end.code, file=sys.stderr)
        return 1
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def main() -> None:
    for line in sys.stdin:
        request = json.loads(line)
        script = Path(request["script"])
        try:
            load_packages(script)
        except Exception:
            pass  # the script meets it too, and says so
        child = os.fork()
        if child == 0:
            code = run(script, request["args"], request["cwd"], Path(request["files"]))
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


main()
