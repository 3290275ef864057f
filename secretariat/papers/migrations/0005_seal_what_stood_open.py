"""Seals what stood open of papers: the words of paragraphs and of accepted findings, and the files of Red appendices.

The journal is never changed: what it said of a rewritten paragraph before, it still says.
"""

import json

from django.db import migrations, models
from django.db.models.functions import Cast

from secretariat.core.files import place
from secretariat.core.sealed import keep_sealed

RED = 3
TEXTS = (("Passage", ("text",)), ("AcceptedFinding", ("words", "message")))


def seal(apps, schema_editor):
    """Reads each text as it lies and writes it back, sealed."""
    for name, fields in TEXTS:
        rows = apps.get_model("papers", name)._base_manager
        for field in fields:
            for pk, text in rows.values_list("pk", Cast(field, models.TextField())):
                rows.filter(pk=pk).update(**{field: text})
    passages = apps.get_model("papers", "Passage")._base_manager
    for pk, seen in passages.values_list("pk", Cast("seen", models.TextField())):
        passages.filter(pk=pk).update(seen=json.loads(seen or "{}"))
    seal_files(apps)


def seal_files(apps):
    """Seals the file of each Red appendix and takes away the open bytes, unless another file is the same."""
    attachments = apps.get_model("papers", "Attachment")._base_manager
    files = apps.get_model("core", "StoredFile")._base_manager
    red = attachments.filter(classification=RED).exclude(file=None).values("file")
    for file in files.filter(pk__in=red, sealed=""):
        where = place(file.sha256)
        if not where.exists():
            continue
        alike = files.filter(sha256=file.sha256).exclude(pk=file.pk).exists()
        file.sealed, file.sha256 = keep_sealed(where.read_bytes()), ""
        file.save(update_fields=["sealed", "sha256"])
        if not alike:
            where.unlink()


class Migration(migrations.Migration):
    """After the columns are those of sealed texts."""

    dependencies = [("papers", "0004_sealed_words"), ("core", "0005_sealed_files")]

    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]
