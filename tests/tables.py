"""Tables as the models say, without migrating, which takes half a minute; and what our migrations do besides tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython
from django.test import override_settings

Code = Callable[..., None]
SEALS: Final = "secretariat.core.migrations.0002_seal_the_journal"
"""What our migrations do that stays when tables are emptied."""


def made() -> None:
    """Makes the tables of an empty database, and does what our migrations do besides."""
    with override_settings(MIGRATION_MODULES={one.label: None for one in apps.get_app_configs()}):
        call_command("migrate", run_syncdb=True, verbosity=0)
    do(written_by_us())


def written_by_us() -> list[Code]:
    """The Python of our own migrations, in the order in which they run."""
    with override_settings(MIGRATION_MODULES={}):
        return list(_written(MigrationLoader(None)))


def _written(loader: MigrationLoader) -> Iterator[Code]:
    plan = dict.fromkeys(key for leaf in loader.graph.leaf_nodes() for key in loader.graph.forwards_plan(leaf))
    for app, name in plan:
        if apps.get_app_config(app).name.startswith("secretariat."):
            for operation in loader.graph.nodes[app, name].operations:
                if isinstance(operation, RunPython):
                    yield operation.code


def do(codes: Iterable[Code]) -> None:
    """Runs code of migrations on the tables as they are."""
    with connection.schema_editor() as editor:
        for code in codes:
            code(apps, editor)
