"""A list of ten thousand rows: published, read and compared, in times told as ratios to a bare parse of its file."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest

from secretariat.core.load import Loading, rows_of
from secretariat.products.models import DeviceModel, ListVersion, ProductList
from secretariat.products.publishing.actions import between, content_of, differences, published
from secretariat.products.publishing.models import ListRow, PreparedVersion
from secretariat.products.publishing.reading import read
from tests.products.factories import LATER

ROWS = 10_000
CHANGED = 500
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def timed(what: Callable[[], Any]) -> tuple[float, Any]:
    """How long something takes, in seconds, and what it gives."""
    begun = time.perf_counter()
    given = what()
    return time.perf_counter() - begun, given


def entries() -> None:
    """Ten thousand entries on the Central list."""
    told = {"device_type": "ESME", "technical_specification": "SMETS2 v4.2", "manufacturer": "Larch Meters",
            "manufacturer_identifier": "10AF", "hardware_version": "01", "state": "current",
            "accepted_on": date(2020, 2, 3)}  # fmt: skip
    DeviceModel.objects.bulk_create(
        DeviceModel(entry_id=str(n), model=f"Model {n}", model_identifier=f"{n:04X}", firmware=f"{n:08X}", **told)
        for n in range(1, ROWS + 1)
    )


def publish(central: ProductList) -> ListVersion:
    return published(PreparedVersion(list=central), LATER, LATER)


def test_ten_thousand_rows_are_published_and_compared(record_testsuite_property: Callable[[str, object], None]) -> None:
    entries()
    central, deployed = ProductList.objects.get(code="CPL"), ProductList.objects.get(code="DPL")
    took, first = timed(lambda: publish(central))
    book = first.files.get(name="xlsx").file.read()
    parsed, sheet = timed(lambda: list(openpyxl.load_workbook(io.BytesIO(book), read_only=True).worksheets[0].values))
    assert len(sheet) == ROWS + 1
    DeviceModel.objects.filter(pk__in=DeviceModel.objects.values("pk")[:CHANGED]).update(firmware="FFFFFFFF")
    again, second = timed(lambda: publish(central))
    compared, found = timed(lambda: between(first, second))
    assert len(found.altered) == CHANGED
    assert ListRow.objects.filter(list=central).count() == ROWS + CHANGED
    assert differences(second) == []
    text = first.files.get(name="csv").file.read()
    bare, _ = timed(lambda: list(rows_of("list.csv", text)))
    ids = "entry_id\n" + "\n".join(content_of(second))
    reading, upload = timed(lambda: read(deployed, "list.csv", ids.encode(), Loading(None, LATER, LATER), {}))
    assert (len(upload.rows), upload.refused) == (ROWS, [])
    for name, ratio in (("published", took / parsed), ("published again", again / parsed),
                        ("compared", compared / bare), ("read", reading / bare)):  # fmt: skip
        record_testsuite_property(name, round(ratio, 1))
    assert took < 15 * parsed
    assert again < 15 * parsed
    assert compared < 60 * bare
    assert reading < 60 * bare
