"""Lets the database itself refuse to change or delete what the journal holds."""

from django.db import migrations

from secretariat.core.journal import POSTGRESQL_GUARD, SQLITE_GUARD


def seal(apps, schema_editor):
    """Adds the triggers of this database."""
    guard = POSTGRESQL_GUARD if schema_editor.connection.vendor == "postgresql" else SQLITE_GUARD
    for statement in guard:
        schema_editor.execute(statement)


def unseal(apps, schema_editor):
    """Takes the triggers away again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER journal_no_change ON core_event")
        schema_editor.execute("DROP FUNCTION journal_is_sealed()")
        return
    schema_editor.execute("DROP TRIGGER journal_no_update")
    schema_editor.execute("DROP TRIGGER journal_no_delete")


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(seal, unseal)]
