"""Versions of a list as values: what differs, the hash of a content, and files that come out the same for ever."""

from __future__ import annotations

import csv
import io
import json
import time
import xml.etree.ElementTree as ET
import zipfile
from datetime import date

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from secretariat.products.publishing.comparing import changed_fields
from secretariat.products.publishing.content import applied, difference, digest, filled, in_order
from secretariat.products.publishing.files import FORMS, Told, files
from secretariat.products.publishing.page import difference_table

COLUMNS = ("entry_id", "device_type", "firmware", "note")
TOLD = Told("CPL", "Central Products List", 64, date(2020, 3, 3), "0" * 64, COLUMNS)
ROWS = {
    "9": {"entry_id": "9", "device_type": "ESME", "firmware": "00010203"},
    "10": {"entry_id": "10", "device_type": "GSME", "firmware": "00010204", "note": "a <b> & “c”"},
}
words = st.sampled_from(("a", "b <", "& é"))
contents = st.dictionaries(st.sampled_from("ABCD"), st.dictionaries(st.sampled_from(COLUMNS), words, min_size=1))


@given(old=contents, new=contents)
def test_a_difference_makes_one_version_of_the_other(
    old: dict[str, dict[str, str]], new: dict[str, dict[str, str]]
) -> None:
    assert applied(old, difference(old, new)) == new
    assert bool(difference(old, new)) is (old != new)


@given(old=contents, new=contents)
def test_the_way_back_adds_what_the_way_there_removed(
    old: dict[str, dict[str, str]], new: dict[str, dict[str, str]]
) -> None:
    there, back = difference(old, new), difference(new, old)
    assert (there.added, there.removed) == (back.removed, back.added)
    assert [one.key for one in there.altered] == [one.key for one in back.altered]


def test_a_difference_names_rows_and_fields_in_order() -> None:
    new = {"9": {**ROWS["9"], "firmware": "00010205", "note": "new"}, "11": {"entry_id": "11"}}
    found = difference(ROWS, new)
    assert (list(found.added), list(found.removed)) == (["11"], ["10"])
    assert found.altered[0].fields == {"firmware": ("00010203", "00010205"), "note": ("", "new")}
    assert found.sentence == "1 added, 1 removed, 1 changed."
    assert ("changed", "9", "note", "", "new") in set(changed_fields(found))
    assert difference_table("What", found, "").rows[2] == (
        "Changed", "9", "firmware: 00010203 → 00010205; note: empty → new",
    )  # fmt: skip


def test_a_hash_is_of_the_rows_and_not_of_their_order() -> None:
    turned = {key: dict(reversed(list(row.items()))) for key, row in reversed(list(ROWS.items()))}
    assert digest(turned) == digest(ROWS)
    assert digest({**ROWS, "9": {**ROWS["9"], "note": ""}}) == digest(ROWS)
    assert digest({**ROWS, "9": {**ROWS["9"], "note": "x"}}) != digest(ROWS)


def test_keys_are_ordered_as_people_count() -> None:
    assert in_order(["10", "9", "b", "a", "100"]) == ["9", "10", "100", "a", "b"]
    assert filled({"a": None, "b": "", "c": date(2020, 3, 3), "d": 0}) == {"c": "2020-03-03", "d": "0"}


def test_files_made_again_are_the_same_bytes_and_no_clock_leaves_a_mark() -> None:
    assert {name: make(TOLD, ROWS) for name, make in FORMS.items()} == {
        name: make(TOLD, dict(reversed(list(ROWS.items())))) for name, make in FORMS.items()
    }
    with zipfile.ZipFile(io.BytesIO(FORMS["xlsx"](TOLD, ROWS))) as book:
        assert {one.date_time for one in book.infolist()} == {(2020, 3, 3, 0, 0, 0)}
        assert book.read("docProps/core.xml").count(b"2020-03-03T00:00:00Z") == 2


def test_every_file_says_the_same_rows() -> None:
    wanted = [tuple(ROWS[key].get(name, "") for name in COLUMNS) for key in ("9", "10")]
    head, *rows = csv.reader(io.StringIO(FORMS["csv"](TOLD, ROWS).decode()))
    assert (tuple(head), [tuple(row) for row in rows]) == (COLUMNS, wanted)
    told = json.loads(FORMS["json"](TOLD, ROWS))
    assert [tuple(row.values()) for row in told["rows"]] == wanted
    assert (told["list"], told["version"], told["published_on"]) == ("CPL", 64, "2020-03-03")
    root = ET.fromstring(FORMS["xml"](TOLD, ROWS))
    assert [tuple(row.findtext(name, "") for name in COLUMNS) for row in root] == wanted
    sheet = openpyxl.load_workbook(io.BytesIO(FORMS["xlsx"](TOLD, ROWS))).active
    assert sheet is not None
    assert [tuple(value or "" for value in row) for row in sheet.iter_rows(min_row=2, values_only=True)] == wanted


def test_no_spreadsheet_runs_what_a_list_says() -> None:
    row = {"1": {"entry_id": "1", "note": "=1+1"}}
    assert b"'=1+1" in FORMS["csv"](TOLD, row)
    sheet = openpyxl.load_workbook(io.BytesIO(FORMS["xlsx"](TOLD, row))).active
    assert sheet is not None
    assert sheet["D2"].value == "'=1+1"


def test_each_file_has_a_signature_of_its_own() -> None:
    made = files(TOLD, ROWS)
    assert sorted(made) == ["csv", "csv.sig", "json", "json.sig", "xlsx", "xlsx.sig", "xml", "xml.sig"]
    signatures = {made[f"{name}.sig"] for name in FORMS}
    assert {len(one) for one in signatures} == {64}
    assert len(signatures) == 4


def test_ten_thousand_rows_are_compared_about_as_fast_as_they_are_read() -> None:
    old = {str(n): {"entry_id": str(n), "device_type": "ESME", "firmware": f"{n:08X}"} for n in range(10_000)}
    new = {key: {**row, "firmware": "00000000"} if int(key) % 10 == 0 else row for key, row in old.items()}
    text = FORMS["csv"](TOLD, old).decode()
    begun = time.perf_counter()
    assert len(list(csv.reader(io.StringIO(text)))) == 10_001
    parsed = time.perf_counter() - begun
    begun = time.perf_counter()
    found = difference(old, new)
    compared = time.perf_counter() - begun
    assert len(found.altered) == 999
    assert compared < 20 * parsed
