"""Loading a file: shown first, then whole or not at all, and again without doubling."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from secretariat.core import journal
from secretariat.core.calendar import ProclaimedHoliday
from secretariat.core.columns import count, day, one_of, words
from secretariat.core.files import StoredFile
from secretariat.core.journal import Event
from secretariat.core.load import LOADS, Column, Line, Loading, LoadKind, Prepared, load, preview, takes
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.core.procedure import Refused

pytestmark = pytest.mark.django_db
AT = datetime(2020, 3, 5, 12, tzinfo=UTC)
LOADING = Loading(None, AT, AT)
FILE = "day,name,length\n2022-06-03,Jubilee,1\n2023-05-08,Coronation,\n"


def prepare(lines: list[Line], loading: Loading) -> Prepared:
    """New days are accepted, known ones of the same name are repeated, others refused."""
    prepared = Prepared()
    known = {row.day: row for row in ProclaimedHoliday.objects.all()}
    for line in lines:
        there = known.get(line["day"])
        if there is None:
            made = ProclaimedHoliday(day=line["day"], name=line["name"], source="File", recorded=loading.recorded)
            prepared.accepted.append(made)
            known[line["day"]] = made
        elif there.name == line["name"] and there.pk:
            prepared.repeated.append(line.row)
        else:
            prepared.refused.append(line.refuse("day", "is there already."))
    return prepared


def write(accepted: list[Any], loading: Loading) -> None:
    journal.enter_all(accepted, by=loading.by, at=loading.at, recorded=loading.recorded)


KIND = LoadKind(
    "trial-days",
    "Proclaimed days",
    (
        Column("day", day, "the day"),
        Column("name", words, "what it is called"),
        Column("length", count, "days", required=False, default=1),
    ),
    prepare,
    write,
)


@pytest.fixture(autouse=True)
def kind(settings: Any, tmp_path: Path) -> Iterator[LoadKind]:
    settings.FILES_ROOT = tmp_path
    settings.CLOCK = AT.isoformat()
    settings.MFA_REQUIRED_ROLES = []
    yield takes(KIND)
    del LOADS[KIND.name]


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def shown(text: str | bytes, name: str = "days.csv") -> Prepared:
    return preview(KIND, name, text if isinstance(text, bytes) else text.encode(), LOADING)


def test_a_preview_tells_what_the_file_would_do_and_writes_nothing() -> None:
    prepared = shown(FILE)
    assert prepared.sentence == "2 accepted, 0 already there, 0 refused."
    assert not ProclaimedHoliday.objects.exists()
    assert not StoredFile.objects.exists()
    assert not Event.objects.exists()


def test_a_file_is_loaded_whole_kept_and_journalled() -> None:
    load(KIND, "days.csv", FILE.encode(), LOADING)
    assert [row.name for row in ProclaimedHoliday.objects.all()] == ["Jubilee", "Coronation"]
    kept = StoredFile.objects.get()
    assert (kept.name, kept.read(), kept.get_classification_display()) == ("days.csv", FILE.encode(), "Amber")
    event = Event.objects.get(name="storedfile.load")
    assert event.facts == {"kind": "trial-days", "accepted": 2, "already_there": 0}
    assert Event.objects.filter(name="proclaimedholiday.load", imported=True).count() == 2


def test_loading_again_doubles_nothing_and_keeps_no_second_file() -> None:
    load(KIND, "days.csv", FILE.encode(), LOADING)
    again = load(KIND, "days.csv", FILE.encode(), LOADING)
    assert again.sentence == "0 accepted, 2 already there, 0 refused."
    assert ProclaimedHoliday.objects.count() == 2
    assert Event.objects.filter(name="storedfile.load").count() == 1


def test_one_refused_row_keeps_the_whole_file_out() -> None:
    with pytest.raises(Refused, match=r"row 4, day: “soon” is not a date"):
        load(KIND, "days.csv", (FILE + "soon,Later,1\n").encode(), LOADING)
    assert not ProclaimedHoliday.objects.exists()
    assert not StoredFile.objects.exists()
    assert not Event.objects.exists()


def test_a_write_that_breaks_down_keeps_the_whole_file_out() -> None:
    def break_down(accepted: list[Any], loading: Loading) -> None:
        write(accepted[:1], loading)
        raise ZeroDivisionError

    broken = LoadKind(KIND.name, KIND.title, KIND.columns, prepare, break_down)
    with pytest.raises(ZeroDivisionError):
        load(broken, "days.csv", FILE.encode(), LOADING)
    assert not ProclaimedHoliday.objects.exists()


def test_every_refusal_names_its_row_and_column_in_the_order_of_the_file() -> None:
    prepared = shown("day,name,length\n2022-06-03,A,1\n2022-06-03,B,1\n,C,1\n31/02/2022,D,-1\n2022-06-04,E,many\n")
    assert [str(refusal) for refusal in prepared.refused] == [
        "row 3, day: is there already.",
        "row 4, day: is empty; it holds the day.",
        "row 5, day: There is no 31 February 2022 in the calendar. "
        "Type it as 2020-02-17, 17/02/2020 or 17 February 2020.",
        "row 5, length: -1 is below nought.",
        "row 6, length: “many” is not a whole number.",
    ]


UNKNOWN = "The head has unknown columns: when, what. Known are day, length, name."


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("day\n2022-06-03\n", ["The head lacks name."]),
        (
            "day,name,colour\n",
            ["The head has unknown columns: colour. Known are day, length, name."],
        ),
        ("", ["The head lacks day, name."]),
        ("when,what\n", ["The head lacks day, name.", UNKNOWN]),
    ],
)  # fmt: skip
def test_a_wrong_head_is_told_with_what_is_expected(text: str, reasons: list[str]) -> None:
    with pytest.raises(Refused) as refusal:
        shown(text)
    assert refusal.value.messages == reasons


def test_a_head_twice_of_one_name_is_refused() -> None:
    with pytest.raises(Refused, match="The head names day twice"):
        shown("day,day,name\n2022-06-03,2022-06-04,A\n")


def test_the_head_may_stand_in_any_order_and_case_and_blank_rows_are_passed_over() -> None:
    prepared = shown("Name , DAY\n A   day ,2022-06-03\n\n,\nB,2022-06-04\n")
    assert [(row.name, row.day) for row in prepared.accepted] == [
        ("A day", date(2022, 6, 3)),
        ("B", date(2022, 6, 4)),
    ]


def test_a_csv_file_may_begin_with_a_byte_order_mark_and_hold_quoted_line_breaks() -> None:
    prepared = shown(b"\xef\xbb\xbf" + b'day,name\r\n2022-06-03,"A\nday"\r\n')
    assert [row.name for row in prepared.accepted] == ["A day"]


def test_a_workbook_gives_the_same_as_a_csv_file() -> None:
    content = workbook(("day", "name", "length"), (date(2022, 6, 3), "Jubilee", 1), ("2023-05-08", "Coronation", None))
    one, other = shown(FILE), shown(content, "days.xlsx")
    assert [(row.day, row.name) for row in one.accepted] == [(row.day, row.name) for row in other.accepted]
    assert one.sentence == other.sentence


def test_a_workbook_tells_the_same_refusals_as_a_csv_file() -> None:
    text = "day,name,length\nsoon,A,1\n2022-06-03,,-2\n"
    content = workbook(*(tuple(line.split(",")) for line in text.splitlines()))
    assert [str(one) for one in shown(text).refused] == [str(one) for one in shown(content, "days.XLSX").refused]


def test_whole_numbers_in_a_workbook_are_read_as_such() -> None:
    content = workbook(("day", "name", "length"), (datetime(2022, 6, 3), 1.0, 2.0))  # noqa: DTZ001
    assert shown(content, "days.xlsx").accepted[0].name == "1"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("days.csv", b"day,name\n2022-06-03,caf\xe9\n", r"not UTF-8 text \(byte 23\)"),
        ("days.xlsx", b"no workbook", "cannot be opened as a workbook"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        shown(content, name)


def test_a_word_is_one_of_those_known_whatever_its_case() -> None:
    parse = one_of({"Large Supplier": "large", "DCC": "dcc"})
    assert parse("large supplier") == "large"
    with pytest.raises(ValueError, match="“Huge” is not one of Large Supplier, DCC"):
        parse("Huge")


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("1,439", 1439), ("007", 7)])
def test_a_count_is_a_whole_number(text: str, number: int) -> None:
    assert count(text) == number


@pytest.mark.parametrize("text", ["1.5", "one", "--1", "1e3", "²"])
def test_what_is_no_count_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="is not a whole number"):
        count(text)


@pytest.fixture
def clerk(client: Client) -> Client:
    person = Person.objects.create_user("a@example.org", "A")
    begun = {"from_day": date(2020, 1, 1), "recorded": AT}
    Capacity.objects.create(person=person, role=Role.SECRETARIAT, team=Team.OPERATIONS, **begun)
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


def sent(client: Client, content: bytes, name: str = "days.csv") -> Any:
    return client.post("/load/trial-days/", {"file": SimpleUploadedFile(name, content)})


def test_the_page_previews_first_and_loads_what_was_previewed(clerk: Client) -> None:
    previewed = sent(clerk, FILE.encode())
    assert b"2 accepted, 0 already there, 0 refused." in previewed.content
    assert not ProclaimedHoliday.objects.exists()
    sha256 = previewed.content.decode().split('name="sha256" value="')[1][:64]
    loaded = clerk.post("/load/trial-days/", {"sha256": sha256, "name": "days.csv"})
    assert loaded.status_code == 200
    assert ProclaimedHoliday.objects.count() == 2
    assert Event.objects.get(name="storedfile.load").by is not None


def test_the_page_shows_every_refused_row_and_offers_no_loading(clerk: Client) -> None:
    answer = sent(clerk, b"day,name\nsoon,A\n")
    assert "“soon” is not a date".encode() in answer.content
    assert b'name="sha256"' not in answer.content


def test_the_page_takes_a_workbook(clerk: Client) -> None:
    content = workbook(("day", "name"), ("2022-06-03", "Jubilee"))
    assert b"1 accepted" in sent(clerk, content, "days.xlsx").content


def test_the_page_refuses_what_is_no_such_file(clerk: Client) -> None:
    assert sent(clerk, b"MZ", "days.exe").status_code == 422
    assert sent(clerk, b"when\n", "days.csv").status_code == 422
    assert clerk.post("/load/trial-days/", {"sha256": "../../etc/passwd", "name": "x.csv"}).status_code == 422
    assert clerk.post("/load/trial-days/", {"sha256": "0" * 64, "name": "x.csv"}).status_code == 422
    assert clerk.get("/load/none-such/").status_code == 404


def test_only_the_secretariat_loads_files(client: Client) -> None:
    assert client.get("/load/trial-days/").status_code == 302
    contact = Person.objects.create_user("c@example.org", "C")
    Capacity.objects.create(person=contact, role=Role.PARTY_CONTACT, from_day=date(2020, 1, 1), recorded=AT)
    client.force_login(contact, "django.contrib.auth.backends.ModelBackend")
    assert client.get("/load/").status_code == 403
    assert sent(client, FILE.encode()).status_code == 403
    assert not ProclaimedHoliday.objects.exists()


def test_files_of_what_has_no_list_are_for_the_operations_team(client: Client, kind: LoadKind) -> None:
    person = Person.objects.create_user("b@example.org", "B")
    begun = {"from_day": date(2020, 1, 1), "recorded": AT}
    Capacity.objects.create(person=person, role=Role.SECRETARIAT, team=Team.HELPDESK, **begun)
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    assert sent(client, b"day,number\n").status_code == 403
