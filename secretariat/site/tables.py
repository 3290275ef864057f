"""The tables of the record: made at once where there are none, and upgraded where there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython

Code = Callable[..., None]


def make_or_upgrade() -> None:
    """Brings the database to what this program needs.

    To an empty one, every migration would be taken one after the other, which takes a minute. It gets the tables as
    the models say, what our migrations do besides tables, and the note that all migrations were taken.
    """
    if connection.introspection.table_names():
        call_command("migrate", verbosity=0, interactive=False)
        return
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
    do(written_by_us())
    call_command("migrate", verbosity=0, interactive=False, fake=True)


def written_by_us() -> list[Code]:
    """The Python of our own migrations, in the order in which they run."""
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
