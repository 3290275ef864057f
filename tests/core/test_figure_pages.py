"""Pages of figures: the grid, its files, and what stands behind one number, as far as a person may see it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from secretariat.core.calendar import ProclaimedHoliday
from secretariat.core.classification import Class
from secretariat.core.figures import (
    FIGURES,
    Cell,
    Grid,
    Head,
    Listing,
    Printed,
    Records,
    Row,
    Span,
    Sum,
    Unknown,
    figure,
)
from secretariat.core.people import Capacity, Person, Role
from secretariat.core.published import Publication, PublishedFigure

pytestmark = pytest.mark.django_db
AT = datetime(2020, 3, 5, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def trial() -> Iterator[None]:
    known = dict(FIGURES)

    @figure("trial", title="A trial", unit="days")
    def counted(span: Span) -> Grid:
        """Days proclaimed. Third row: nothing is known."""
        line = PublishedFigure.objects.first()
        assert line is not None
        cells = {
            ("kept", "now"): Cell(ProclaimedHoliday.objects.count(), Records(ProclaimedHoliday)),
            ("printed", "now"): Cell(Decimal("7.50"), Printed(line), "It disagrees."),
            ("unknown", "now"): Cell(None, Unknown()),
            ("total", "now"): Cell(Decimal("9.50"), Sum((("kept", "now"), ("printed", "now")))),
        }
        rows = tuple(Head(key, key.capitalize()) for key in ("kept", "printed", "unknown", "total"))
        return Grid(rows, (Head("now", "Now"),), cells, ("total",), ("A remark.",))

    @figure("trial_list", title="A trial list", unit="days")
    def told(span: Span) -> Listing:
        """Days proclaimed, one by one."""
        rows = tuple(Row(row, (row.name,)) for row in ProclaimedHoliday.objects.all())
        return Listing(("Name",), rows, Records(ProclaimedHoliday))

    yield
    FIGURES.clear()
    FIGURES.update(known)


@pytest.fixture
def clerk(client: Client, settings: Any) -> Client:
    settings.CLOCK, settings.MFA_REQUIRED_ROLES = AT.isoformat(), []
    person = Person.objects.create_user("a@example.org", "A")
    Capacity.objects.create(person=person, role=Role.SECRETARIAT, from_day=date(2020, 1, 1), recorded=AT)
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    for number, klass in ((1, Class.GREEN), (2, Class.RED)):
        ProclaimedHoliday.objects.create(
            day=date(2022, 6, number), name=f"Day {number}", source="S", recorded=AT, classification=klass
        )
    report = Publication.objects.create(slug="report", title="The Report", day=date(2017, 8, 1))
    told = {"figure": "trial", "month": date(2017, 7, 1), "row": "printed", "value": Decimal("7.5")}
    PublishedFigure.objects.create(publication=report, **told)
    return client


def cell(client: Client, row: str) -> str:
    return client.get(f"/figures/trial/2020-02/cell/?row={row}&column=now").content.decode()


def test_a_figure_is_shown_with_its_rule_its_remarks_and_a_link_at_every_number(clerk: Client) -> None:
    page = clerk.get("/figures/trial/2020-02/").content.decode()
    assert "Days proclaimed." in page
    assert "A remark." in page
    assert "row=kept" in page


def test_behind_a_count_are_the_records_that_the_person_may_read_and_how_many_others(clerk: Client) -> None:
    page = cell(clerk, "kept")
    assert "Day 1" in page
    assert "Day 2" not in page
    assert "1" in page


def test_behind_a_printed_number_is_its_document(clerk: Client) -> None:
    assert "The Report" in cell(clerk, "printed")


def test_behind_a_sum_are_its_parts(clerk: Client) -> None:
    page = cell(clerk, "total")
    assert "Kept, Now" in page
    assert "Printed, Now" in page


def test_where_nothing_is_known_it_is_said(clerk: Client) -> None:
    assert "no document prints it" in cell(clerk, "unknown")


def test_a_figure_as_a_file_holds_the_same_numbers(clerk: Client) -> None:
    rows = list(csv.reader(io.StringIO(clerk.get("/figures/trial/2020-02/figure.csv").content.decode())))
    assert rows == [["", "Now"], ["Kept", "2"], ["Printed", "7.50"], ["Unknown", ""], ["Total", "9.50"]]


def test_a_figure_as_json_says_where_each_value_comes_from(clerk: Client) -> None:
    told = clerk.get("/figures/trial/2020-02/figure.json").json()
    by_row = {one["row"]: one for one in told["cells"]}
    assert by_row["kept"]["from"] == "records"
    assert by_row["kept"]["ids"] == sorted(ProclaimedHoliday.objects.values_list("pk", flat=True))
    assert (by_row["printed"]["from"], by_row["printed"]["value"]) == ("printed", "7.50")
    assert by_row["total"]["of"] == [["kept", "now"], ["printed", "now"]]
    assert (by_row["unknown"]["from"], by_row["unknown"]["value"]) == ("nothing", None)


def test_a_listing_has_a_page_files_and_what_it_counted(clerk: Client) -> None:
    assert "Day 1" in clerk.get("/figures/trial_list/2020-02/").content.decode()
    assert clerk.get("/figures/trial_list/2020-02/figure.csv").content == b"Name\r\nDay 1\r\nDay 2\r\n"
    assert "Day 1" in clerk.get("/figures/trial_list/2020-02/cell/").content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/figures/none_such/2020-02/",
        "/figures/trial/2020-13/",
        "/figures/trial/2020-03-06..2020-02-01/",
        "/figures/trial/2020-02/cell/?row=none&column=now",
        "/figures/trial/2020-02/figure.exe",
    ],
)
def test_what_is_no_figure_span_or_number_is_not_found(clerk: Client, path: str) -> None:
    assert clerk.get(path).status_code == 404


def test_figures_are_for_the_secretariat(client: Client) -> None:
    for path in ("/figures/", "/figures/trial/2020-02/", "/figures/trial/2020-02/cell/"):
        assert client.get(path).status_code == 302


def test_every_figure_is_listed(clerk: Client) -> None:
    page = clerk.get("/figures/").content.decode()
    assert all(one.title in page for one in FIGURES.values() if "'" not in one.title and "&" not in one.title)
