"""Receiving an inventory of devices: into measurement data and into the register, or into neither."""

from __future__ import annotations

from typing import Final, Unpack

from django.db import transaction

from secretariat.core import journal
from secretariat.core.files import StoredFile, keep
from secretariat.core.journal import Told
from secretariat.core.load import rows_of
from secretariat.core.procedure import Refused
from secretariat.oversight.alerts.inventory import HEAD, read
from secretariat.oversight.alerts.models import DeviceInventory
from secretariat.oversight.alerts.names import entry_numbers
from secretariat.oversight.readings.ingest import NotTaken, take_inventory
from secretariat.oversight.readings.place import embedded, opened_store

MOST_TOLD: Final = 100
"""How many faults of a file are told at once."""


def receive_inventory(record: DeviceInventory, name: str, content: bytes, **told: Unpack[Told]) -> DeviceInventory:
    """Takes a file of devices in place of the inventory before, keeps it and enters it.

    Raises Refused with a sentence for each fault: then nothing was kept.
    """
    head, *rows = rows_of(name, content)
    if missing := [column for column in HEAD if column not in head]:
        raise Refused(f"The head lacks {', '.join(missing)}.")
    table, faults = read([dict(zip(head, row, strict=False)) for row in rows if any(row)], entry_numbers())
    if faults:
        more = [f"And {len(faults) - MOST_TOLD:,} more."] if len(faults) > MOST_TOLD else []
        raise Refused(*map(str, faults[:MOST_TOLD]), *more)
    store = opened_store()
    with transaction.atomic():
        record.file = StoredFile.objects.create(
            name=name, sha256=keep(name, content), size=len(content), recorded=told["recorded"],
            classification=record.classification, audience=record.audience,
        )  # fmt: skip
        record.rows, record.recorded = table.num_rows, told["recorded"]
        journal.enter(record, verb="receive", **told)
        try:
            take_inventory(store, table, embedded(store))
        except NotTaken as refused:
            raise Refused(*map(str, refused.findings)) from refused
    return record
