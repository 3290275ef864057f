"""Makes the tables of the record one way or the other and prints what was made; test_tables.py compares the two."""

from __future__ import annotations

import json
import sys
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django first
from django.db import connection  # noqa: E402

from secretariat.site.tables import make_or_upgrade  # noqa: E402

MIGRATIONS = "django_migrations"
POSTGRESQL = (
    "SELECT conrelid::regclass::text, contype::text, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid <> 0",
    "SELECT tgrelid::regclass::text, tgname::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT tablename::text, indexname::text, indexdef FROM pg_indexes WHERE schemaname = 'public'",
)
SQLITE = (
    "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'",
    "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
)


def structure() -> dict[str, Any]:
    """Every table's columns, constraints and indexes, the triggers, and the rows that are there from the start."""
    with connection.cursor() as cursor:
        names = sorted(table.name for table in connection.introspection.get_table_list(cursor))
        made: dict[str, Any] = {name: _table(cursor, name) for name in names}
        for query in POSTGRESQL if connection.vendor == "postgresql" else SQLITE:
            cursor.execute(query)
            made[query] = sorted(map(str, cursor.fetchall()))
        made["rows"] = {name: _rows(cursor, name) for name in names}
    return made


def _table(cursor: Any, name: str) -> dict[str, Any]:
    columns = connection.introspection.get_table_description(cursor, name)
    constraints = connection.introspection.get_constraints(cursor, name)
    return {
        "columns": sorted(str((c.name, *_kind(c), c.null_ok, c.default)) for c in columns),
        "constraints": sorted(str(sorted(found.items(), key=str)) for found in constraints.values()),
    }


def _kind(column: Any) -> tuple[Any, ...]:
    """Its type and size. An id may be counted in 4 bytes or in 8: of other packages' join tables Django says both."""
    return ("id",) if column.name == "id" else (column.type_code, column.internal_size)


def _rows(cursor: Any, name: str) -> Any:
    """How many; of the migrations which were taken, for their days differ."""
    cursor.execute(f'SELECT app, name FROM "{name}"' if name == MIGRATIONS else f'SELECT count(*) FROM "{name}"')
    return sorted(map(str, cursor.fetchall()))


WAYS = {"at once": make_or_upgrade, "by history": lambda: call_command("migrate", verbosity=0, interactive=False)}

if __name__ == "__main__":
    WAYS[sys.argv[1]]()
    sys.stdout.write(json.dumps(structure()))
