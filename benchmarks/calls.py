"""`python -m benchmarks.calls MODULE:NAME PATH SECONDS` calls a WSGI application and prints requests a second."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
WARM_UP = 20


def ask(application: Application, path: str) -> None:
    """One request. Raises RuntimeError for anything but a success."""
    told: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "localhost",
        "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
    }  # fmt: skip
    answer = application(environ, lambda status, headers, *_: told.append(status))
    b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    if not told[0].startswith("200"):
        raise RuntimeError(f"{path} answered {told[0]}")


def requests_a_second(application: Application, path: str, seconds: float) -> float:
    """How many requests a second the application answers, one after the other."""
    for _ in range(WARM_UP):
        ask(application, path)
    begun, number = time.perf_counter(), 0
    while time.perf_counter() - begun < seconds:
        ask(application, path)
        number += 1
    return number / (time.perf_counter() - begun)


if __name__ == "__main__":
    module, _, name = sys.argv[1].partition(":")
    print(requests_a_second(getattr(import_module(module), name), sys.argv[2], float(sys.argv[3])))
