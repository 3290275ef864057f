"""The proposals list and its JSON on PostgreSQL against the same on SQLite."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial

from benchmarks.measure import paired, show
from benchmarks.volume import PROPOSALS, fill
from benchmarks.web import PATHS, SITE, how, line, loaded
from tests.postgres import Unavailable, server

GOAL = "3/4"
FILL = "import django; django.setup(); from benchmarks.volume import fill; fill()"


def run(*, quick: bool) -> None:
    """Prints requests a second on both; says so where no PostgreSQL can be had."""
    fill()
    try:
        with server() as url:
            subprocess.run([sys.executable, "-c", FILL], check=True, env={**os.environ, "DATABASE_URL": url})
            compare(url, *((2, 2) if quick else (5, 5)))
    except Unavailable as reason:
        print(f"\nPostgreSQL: not measured, {reason}")


def compare(url: str, runs: int, seconds: int) -> None:
    """Measures page and JSON in turn on both and prints them."""
    with loaded(SITE) as sqlite, loaded(SITE, DATABASE_URL=url) as postgres:
        pairs = {
            name: paired(partial(sqlite, path, seconds), partial(postgres, path, seconds), runs)
            for name, path in PATHS.items()
        }
    heads = (f"list of proposals, {how()}", "SQLite", "PostgreSQL", "ratio", "goal")
    rows = ((*line(f"{name}, 50 of {PROPOSALS:,}", pair), GOAL) for name, pair in pairs.items())
    show("PostgreSQL against SQLite, requests a second", heads, rows)
