"""Everything that an installation keeps, as text: every row of every table, the journal's too, and every file."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import connection


def rows() -> list[str]:
    """Each row of the database with its table's name before it."""
    with connection.cursor() as cursor:
        found = []
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{name}"')
            found += [f"{name} {row}" for row in cursor.fetchall()]
    return found


def everything() -> str:
    """The rows, and the files with the paths under which they lie."""
    kept = "\n".join(rows())
    for path in Path(settings.FILES_ROOT).rglob("*"):
        kept += f"\n{path} {path.read_bytes().decode('latin-1') if path.is_file() else ''}"
    return kept
