"""A home folder and a database of its own, for programs that are run in processes of their own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
