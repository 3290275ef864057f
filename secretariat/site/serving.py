"""The web server. It loads the site itself, so the command that starts it loads nothing of it."""

from __future__ import annotations

import argparse
import os
import sys
from typing import NoReturn


def serve(asked: argparse.Namespace) -> NoReturn:
    """Runs the web server until it is stopped."""
    sys.stdout.write(f"Serving http://{asked.host}:{asked.port}/ (Ctrl-C stops)\n")
    program = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", asked.host, "--port", str(asked.port)]
    program += ["--workers", os.environ.get("SECRETARIAT_WORKERS", "2"), "--no-ws", "secretariat.site.wsgi:application"]
    sys.stdout.flush()
    os.execv(program[0], program)  # noqa: S606 - our own interpreter with our own words
