"""Programs that die in the middle of what they do, each in a process of its own.

Loading everything takes seconds, so one process loads it and forks a child for each program: what a child is killed
in is as much a process as any other.
"""

from __future__ import annotations

import os
import subprocess
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from django.conf import settings

from tests.site.own_database import ROOT


class Programs:
    """The functions of one module, each to be run in a process of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def start(self, name: str) -> int:
        """Starts one and returns its process's number."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{name}\n")
        self.process.stdin.flush()
        return self._told()

    def ended(self) -> int:
        """The exit status of the one that was started, once it has ended; a signal's number is negative."""
        return self._told()

    def run(self, name: str) -> int:
        """Starts one, waits, and returns its exit status."""
        self.start(name)
        return self.ended()

    def _told(self) -> int:
        assert self.process.stdout is not None
        return int(self.process.stdout.readline())


@contextmanager
def programs(module: str, environment: Mapping[str, str]) -> Iterator[Programs]:
    """The functions of a module that begins with `django.setup()`, in an environment of their own."""
    command = [sys.executable, "-m", "tests.killing", module]
    pipe: Any = subprocess.PIPE
    with subprocess.Popen(command, env=environment, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        yield Programs(process)


def _do(module: Any, name: str) -> None:
    """Runs one program to the end of this process."""
    try:
        getattr(module, name)()
    except BaseException:  # noqa: BLE001 - whatever it is, this is where the process ends
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _tell(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def main(module: Any) -> None:
    """Forks a child for each line of the input; tells its number and, when it has ended, how."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _do(module, line.strip())
        _tell(child)
        _tell(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


if __name__ == "__main__":
    named = import_module(sys.argv[1])
    import_module(settings.ROOT_URLCONF)
    main(named)
