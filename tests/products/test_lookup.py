"""Looking devices up: words and hexadecimal, the list on a day, and which devices of a file are on it."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from secretariat.core.procedure import Refused
from secretariat.products.entries.known import Widths
from secretariat.products.lookup.answers import Answer, Entries, Entry, Verdict, answer, answers, counted
from secretariat.products.lookup.filters import compact
from secretariat.products.lookup.wanted import Wanted, read, understood
from secretariat.products.models import CURRENT, REMOVED, SUBMITTED, DeviceModel
from tests.products.factories import device, version

DAY = date(2020, 2, 28)
HEAD = "device_type,manufacturer_identifier,model_identifier,hardware_version,firmware"
PARTS = {
    "device_type": "ESME", "manufacturer_identifier": "10AF", "model_identifier": "0A1B", "hardware_version": "01",
    "firmware": "00010203",
}  # fmt: skip


def wanted(**typed: str) -> Wanted:
    return understood(2, typed, Widths())


def entry(entry_id: str = "9001", **more: Any) -> Entry:
    parts = PARTS | {name: more.pop(name) for name in PARTS if name in more}
    return Entry(entry_id, parts, "Larch Meters 0A1B", **{"added_on": date(2019, 3, 1), **more})


def asked(row: Wanted, *entries: Entry, day: date = DAY) -> Answer:
    return answer(row, Entries.of(entries), day)


@pytest.mark.parametrize("text", ["10AF", "0x10af", "10 AF", "10:af", "10-AF"])
def test_hexadecimal_is_read_as_it_is_written(text: str) -> None:
    assert wanted(**PARTS | {"manufacturer_identifier": text}).parts == PARTS


@pytest.mark.parametrize(
    ("column", "text", "says"),
    [
        ("firmware", "10203", "digits"),
        ("manufacturer_identifier", "1OAF", "nought"),
        ("device_type", "toaster", "not a device type"),
        ("firmware", "", "is empty"),
        ("model_identifier", "1E+10", "spreadsheet"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_column(column: str, text: str, says: str) -> None:
    (problem,) = wanted(**PARTS | {column: text}).problems
    assert (problem.column, says in problem.says) == (column, True)


def test_a_row_with_an_entry_id_needs_nothing_else() -> None:
    assert wanted(entry_id="9001").problems == ()


def test_a_file_is_read_by_its_heads_and_other_columns_are_passed_over() -> None:
    content = b"Asset,CPL Entry ID,Firmware version\nA1,9001,\n,,\nA2,,\nA3,9002,00 01 02 03\n"
    rows = read("mine.csv", content, Widths(), 10)
    assert [(row.row, row.entry_id, row.parts) for row in rows] == [
        (2, "9001", {}), (5, "9002", {"firmware": "00010203"}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("mine.csv", b"Asset,Firmware version\n1,00010203\n", "The first row must name"),
        ("mine.csv", b"entry_id\n1\n2\n3\n", "more than 2 rows"),
        ("mine.csv", b"entry_id\n\xff\n", "not UTF-8"),
        ("mine.xlsx", b"entry_id\n1\n", "cannot be opened"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(name: str, content: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read(name, content, Widths(), 2)


def test_a_workbook_that_unpacks_to_too_much_is_not_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/sharedStrings.xml", b"0" * (50 * 2**20 + 1))
    with pytest.raises(Refused, match="holds too much"):
        read("mine.xlsx", out.getvalue(), Widths(), 2)


@pytest.mark.parametrize(
    ("dates", "verdict", "says"),
    [
        ({}, Verdict.LISTED, "On the list since Fri 1 Mar 2019."),
        ({"added_on": DAY}, Verdict.LISTED, "since Fri 28 Feb 2020"),
        ({"added_on": date(2020, 2, 29)}, Verdict.LATER, "Added on Sat 29 Feb 2020."),
        ({"removed_on": DAY}, Verdict.REMOVED, "Removed on Fri 28 Feb 2020."),
        ({"removal_on": date(2020, 4, 8)}, Verdict.LISTED, "to be removed on Wed 8 Apr 2020"),
        ({"removal_on": DAY, "ground": "The entry is wrong"}, Verdict.REMOVED,
         "To be removed on Fri 28 Feb 2020: the entry is wrong."),
        ({"removed_on": date(2020, 2, 29)}, Verdict.LISTED, "On the list since"),
    ],
)  # fmt: skip
def test_the_answer_is_of_the_day_asked_about(dates: dict[str, Any], verdict: Verdict, says: str) -> None:
    for row in (wanted(**PARTS), wanted(entry_id="9001")):
        found = asked(row, entry(**dates))
        assert (found.verdict, says in found.says) == (verdict, True)


def test_of_several_entries_of_one_model_that_on_the_list_answers() -> None:
    gone, here = entry("9001", removed_on=date(2019, 6, 1)), entry("9002", added_on=date(2019, 7, 1))
    assert asked(wanted(**PARTS), gone, here).entry == here
    assert asked(wanted(**PARTS), gone, here, day=date(2019, 6, 15)).entry == gone
    other = entry("9003", hardware_version="02")
    loose = wanted(**{name: value for name, value in PARTS.items() if name != "hardware_version"})
    assert "2 entries agree" in asked(loose, here, other).says


def test_an_entry_that_is_another_model_is_told_apart() -> None:
    found = asked(wanted(entry_id="9001", firmware="00010204"), entry())
    assert (found.verdict, "Firmware version is 00010203" in found.says) == (Verdict.DIFFERS, True)
    assert asked(wanted(entry_id="9009"), entry()).verdict is Verdict.ABSENT


def test_a_model_not_on_the_list_is_answered_with_the_nearest() -> None:
    near, far = entry("9001", firmware="00010204"), entry("9002", firmware="FF000000")
    found = asked(wanted(**PARTS), far, near)
    assert (found.verdict, found.nearest) == (Verdict.ABSENT, near)
    assert found.says == "Nearest is entry 9001, with Firmware version 00010204."
    other_model = asked(wanted(**PARTS | {"model_identifier": "0A1C"}), far, entry("9003"))
    assert other_model.nearest is not None
    assert other_model.nearest.entry_id == "9003"
    stranger = asked(wanted(**PARTS | {"manufacturer_identifier": "FFFF"}), near)
    assert (stranger.nearest, stranger.says) == (None, "No entry has the manufacturer identifier FFFF.")


def test_every_row_is_answered_in_its_place() -> None:
    rows = [wanted(**PARTS), wanted(**PARTS | {"firmware": "1"}), wanted(**PARTS)]
    found = answers(rows, Entries.of([entry()]), DAY)
    assert [one.verdict for one in found] == [Verdict.LISTED, Verdict.UNREADABLE, Verdict.LISTED]
    assert all(one.wanted is row for one, row in zip(found, rows, strict=True))
    assert counted(found) == {Verdict.LISTED: 2, Verdict.UNREADABLE: 1}


def test_words_are_compared_as_the_list_keeps_hexadecimal() -> None:
    assert [compact(word) for word in ("0x10:af", "00-01.02_03", "Larch")] == ["10AF", "00010203", "LARCH"]


def listed(entry_id: str, **more: Any) -> DeviceModel:
    first = DeviceModel.objects.first()
    return device(entry_id, first.added_in if first else version("CPL", 1, "2019-03-01"), **{
        **PARTS, "state": CURRENT, "accepted_on": date(2019, 3, 1), **more})  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("text=larch+10:af", ["9001"]),
        ("text=0x00010204", ["9002"]),
        ("text=larch+beech", []),
        ("model=0a1b", ["9001"]),
        ("on=2019-12-31", ["9001", "9002"]),
        ("on=2020-01-01", ["9001"]),
        ("on=2019-02-28", []),
    ],
)
def test_anybody_finds_a_model_by_words_hexadecimal_and_day(query: str, found: list[str]) -> None:
    listed("9001")
    listed("9002", firmware="00010204", manufacturer="Beech Meters", model="BX", state=REMOVED,
           removed_on=date(2020, 1, 1))  # fmt: skip
    items = Client().get(f"/api/device-models?sort=entry_id&{query}").json()["items"]
    assert [one["entry_id"] for one in items] == found


def sent(content: bytes, name: str = "mine.csv", **more: str) -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content), "day": "2020-02-28", "answer": "csv", **more}


@pytest.mark.django_db
def test_anybody_sends_a_file_and_gets_an_answer_to_each_row(settings: Any) -> None:
    settings.API_RATES = {**settings.API_RATES, "devices": "100/m"}
    listed("9001")
    listed("9002", firmware="00010204", classification=2, state=SUBMITTED)
    line = ",".join(PARTS.values())
    content = f"{HEAD}\n{line}\n{line.replace('00010203', '00010204')}\n{line.replace('10AF', 'x')}\n".encode()
    rows = list(csv.DictReader(io.StringIO(Client().post("/device-check/", sent(content)).content.decode())))
    assert [(row["row"], row["answer"], row["listed_entry"], row["nearest_entry"]) for row in rows] == [
        ("2", "on the list", "9001", ""), ("3", "not on the list", "", "9001"), ("4", "cannot be read", "", ""),
    ]  # fmt: skip
    page = Client().post("/device-check/", sent(content, answer="page")).content.decode()
    assert "3 rows: 1 on the list, 1 not on the list, 1 cannot be read." in page
    assert Client().post("/device-check/", sent(b"asset\n1\n")).status_code == 422
    book = openpyxl.Workbook()
    for row in (["CPL Entry ID"], [9001]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    answered = Client().post("/device-check/", sent(out.getvalue(), "mine.xlsx")).content.decode()
    assert "2,9001,,,,,,on the list,9001" in answered


@pytest.mark.django_db
def test_a_program_asks_the_same(settings: Any) -> None:
    settings.API_RATES = {**settings.API_RATES, "devices": "100/m"}
    listed("9001")
    told = {"day": "2020-02-28", "devices": [{"entry_id": "9001"}, {"entry_id": "9002"}, PARTS]}
    answer_ = Client().post("/api/device-check", told, content_type="application/json").json()
    assert [one["answer"] for one in answer_["answers"]] == ["on the list", "not on the list", "on the list"]


@pytest.mark.django_db
def test_files_from_one_place_are_taken_at_a_rate(settings: Any) -> None:
    settings.API_RATES = {**settings.API_RATES, "devices": "1/h"}
    first, second = (Client(REMOTE_ADDR="203.0.113.7").post("/device-check/", sent(b"entry_id\n1\n")) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 429)
