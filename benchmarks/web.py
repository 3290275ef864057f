"""Serving an application and loading it: granian with two workers and wrk, or, without wrk, calls in process."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.measure import Pair
from tests.postgres import free_port

SITE, FLOOR = "secretariat.site.wsgi:application", "benchmarks.floor:application"
PATHS = {"page": "/proposals/", "JSON": "/api/proposals"}
SECONDS_TO_START = 60
WARM_UP_SECONDS = 2
Load = Callable[[str, float], float]
"""Path and seconds, to requests a second."""


def how() -> str:
    """How the load is made, in words."""
    return "granian, 2 workers; wrk, 8 connections" if shutil.which("wrk") else "in process, one at a time (no wrk)"


def fetch(url: str) -> bytes:
    """What an address answers. Raises HTTPError for what is no success."""
    with urlopen(url, timeout=20) as answer:
        content: bytes = answer.read()
        return content


@contextmanager
def served(application: str, **environment: str) -> Iterator[str]:
    """Serves an application on a free port while the block runs, and gives its address."""
    port = free_port()
    program = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    program += ["--workers", "2", "--no-ws", "--log-level", "error", application]
    process = subprocess.Popen(program, env={**os.environ, **environment})
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(address + PATHS["page"], process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Returns once the address answers. Raises RuntimeError when the server ends or takes too long."""
    deadline = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < deadline:
        try:
            fetch(url)
        except URLError as error:
            if not isinstance(error.reason, ConnectionRefusedError):
                raise
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{url} does not answer")


@contextmanager
def loaded(application: str, **environment: str) -> Iterator[Load]:
    """An application ready to be loaded while the block runs, its workers warm."""
    if shutil.which("wrk"):
        with served(application, **environment) as address:
            for path in PATHS.values():
                by_wrk(address + path, WARM_UP_SECONDS)
            yield lambda path, seconds: by_wrk(address + path, seconds)
    else:
        yield lambda path, seconds: in_process(application, path, seconds, environment)


def by_wrk(url: str, seconds: float) -> float:
    """Requests a second from one thread over eight connections. Raises RuntimeError when any fails."""
    program = ["wrk", "--threads", "1", "--connections", "8", "--duration", f"{round(seconds)}s", "--timeout", "20s"]
    told = subprocess.run([*program, url], check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(told)
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    if not found:
        raise RuntimeError(told)
    return float(found[1])


def in_process(application: str, path: str, seconds: float, environment: Mapping[str, str]) -> float:
    """Requests a second in a process of its own, one after the other."""
    program = [sys.executable, "-m", "benchmarks.calls", application, path, str(seconds)]
    env = {**os.environ, **environment}
    return float(subprocess.run(program, check=True, capture_output=True, text=True, env=env).stdout)


def line(name: str, pair: Pair) -> tuple[str, ...]:
    """A row of a table of requests a second."""
    return name, f"{pair.floor:,.0f}/s", f"{pair.ours:,.0f}/s", f"1/{1 / pair.ratio:.1f} ({pair.ratio:.2f})"
