"""Published baselines: kept as printed, totals and parts apart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from secretariat.core.classification import Class
from secretariat.core.published import Keeping, Printed, Publication, PublishedFigure, is_kept, kept_since
from secretariat.plain.months import Month

pytestmark = pytest.mark.django_db
JULY = Month(2017, 7)


def publication(slug: str = "report", day: date | None = date(2017, 8, 1), **told: Any) -> Publication:
    return Publication.objects.create(slug=slug, title=slug.capitalize(), day=day, **told)


def line(of: Publication, value: str, row: str = "", month: Month = JULY, *, total: bool = False) -> PublishedFigure:
    told = {"figure": "enquiries", "month": month.first, "row": row, "value": Decimal(value), "is_total": total}
    return PublishedFigure.objects.create(publication=of, **told)


def test_parts_and_totals_are_kept_apart_even_where_they_disagree() -> None:
    report = publication()
    total = line(report, "1439", total=True)
    line(report, "1000", "Calls")
    line(report, "459", "Post")
    printed = Printed("enquiries", [JULY])
    assert printed.totals == {JULY: total}
    assert printed.sum_of_parts(JULY) == Decimal(1459)
    assert printed.sum_of_parts(JULY.plus(1)) == 0


def test_of_two_documents_that_print_a_number_the_later_is_taken() -> None:
    line(publication("later", date(2018, 7, 6)), "12", "Calls")
    line(publication("earlier", date(2017, 8, 4)), "10", "Calls")
    assert Printed("enquiries", [JULY]).parts[("Calls", JULY)].value == Decimal(12)


def test_a_dated_document_is_taken_before_one_of_unknown_day_whatever_the_database() -> None:
    line(publication("undated", None), "10", "Calls")
    line(publication("dated", date(2017, 8, 4)), "12", "Calls")
    assert Printed("enquiries", [JULY]).parts[("Calls", JULY)].value == Decimal(12)


def test_only_the_months_and_the_figure_asked_for_are_read(django_assert_num_queries: Any) -> None:
    report = publication()
    line(report, "1", "Calls", JULY)
    line(report, "2", "Calls", JULY.plus(1))
    with django_assert_num_queries(1):
        printed = Printed("enquiries", [JULY])
    assert set(printed.parts) == {("Calls", JULY)}
    assert Printed("other", [JULY]).parts == {}


@pytest.mark.parametrize(
    ("since", "kept"), [(date(2017, 7, 1), True), (date(2017, 6, 30), True), (date(2017, 7, 2), False), (None, False)]
)
def test_a_month_is_kept_when_all_its_days_are(since: date | None, kept: bool) -> None:
    assert is_kept(since, JULY) is kept


def test_it_is_known_since_when_a_matter_is_kept() -> None:
    assert kept_since("enquiries") is None
    Keeping.objects.create(matter="enquiries", since=date(2020, 2, 1))
    assert kept_since("enquiries") == date(2020, 2, 1)


def test_a_printed_number_reads_as_it_was_printed() -> None:
    report = publication()
    assert str(line(report, "12.50", "Calls")) == "enquiries, Calls, July 2017: 12.5"
    assert str(line(report, "1000", total=True)) == "enquiries, July 2017: 1000"


def test_a_publication_has_a_page_for_those_who_may_read_it(client: Client) -> None:
    white, green = publication("white", classification=Class.WHITE), publication("green", classification=Class.GREEN)
    line(white, "1439", "Calls")
    assert b"1,439" in client.get(white.get_absolute_url()).content
    assert client.get(green.get_absolute_url()).status_code == 404
    listed = client.get("/publications/").content
    assert b"White" in listed
    assert green.get_absolute_url().encode() not in listed
