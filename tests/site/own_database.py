"""A home folder and a database of its own, for programs that are run in processes of their own."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parents[2]
SERVER = os.environ.get("DATABASE_URL", "")


@contextmanager
def own_database(home: Path, name: str) -> Iterator[dict[str, str]]:
    """The environment of such a process: on PostgreSQL with an empty database that goes away afterwards."""
    known = os.environ | {"SECRETARIAT_HOME": str(home), "DJANGO_SETTINGS_MODULE": "secretariat.site.settings"}
    known |= {"SECRETARIAT_SMTP_PORT": "1", "PYTHONPATH": str(ROOT)}
    if not SERVER:
        yield known
        return
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield known | {"DATABASE_URL": f"{SERVER.rpartition('/')[0]}/{name}"}
    finally:
        with psycopg.connect(SERVER, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def asked(environment: dict[str, str], query: str) -> list[Any]:
    """The first column of a query's rows, as another process sees them."""
    if SERVER:
        with psycopg.connect(environment["DATABASE_URL"]) as server:
            return [row[0] for row in server.execute(query.encode()).fetchall()]
    connection = sqlite3.connect(Path(environment["SECRETARIAT_HOME"]) / "secretariat.sqlite3")
    try:
        return [row[0] for row in connection.execute(query).fetchall()]
    finally:
        connection.close()
