"""The Transitional Governance Update of the sample: its groups met on the published days; the public reads none."""

from __future__ import annotations

from datetime import date

import pytest

from secretariat.core.classification import Class
from secretariat.core.people import Person
from secretariat.papers import document as doc
from secretariat.papers.issuing import frozen_document
from secretariat.papers.models import Paper
from secretariat.plain.dates import plain_date
from secretariat.site.sample.build import CLOCK
from secretariat.site.sample.facts import facts
from tests.golden.tables import rows, tables, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
AMBER_WORDS = "environment was down for two days"


@pytest.fixture
def paper() -> Paper:
    return Paper.objects.get(key="transitional-2020-02")


@pytest.fixture
def document(paper: Paper) -> doc.Document:
    return frozen_document(paper.issue)


def test_each_group_met_on_its_published_day_under_whoever_holds_it(document: doc.Document) -> None:
    published = {
        row["body"]: plain_date(date.fromisoformat(row["date"]))
        for row in facts("meetings")
        if row["date"].startswith("2020-02") and row["note"] == "transitional group"
    }
    table = rows(tables(document)["The transitional groups"])
    assert {name: met for name, _, met, _ in table} == published
    assert [whose for _, whose, _, _ in table] == ["The department", "The department", "The department", "The DCC"]


def test_a_group_whose_next_day_is_not_known_says_so(document: doc.Document) -> None:
    coming = {name: day for name, _, _, day in rows(tables(document)["The transitional groups"])}
    assert coming.pop("Smart Metering Delivery Group") == "12 March 2020"
    assert set(coming.values()) == {"Not known yet"}


def test_parties_read_it_and_the_public_does_not(paper: Paper) -> None:
    contact = Person.objects.get(email="small.supplier@example.org")
    assert paper.issue.classification == Class.GREEN
    assert Paper.objects.visible_to(contact, CLOCK).filter(pk=paper.pk).exists()
    assert not Paper.objects.visible_to(None, CLOCK).filter(pk=paper.pk).exists()


def test_what_stays_with_the_panel_is_in_the_amber_edition_only(paper: Paper, document: doc.Document) -> None:
    amber = frozen_document(paper.issue.editions.get(classification=Class.AMBER))
    assert AMBER_WORDS not in " ".join(words(document, "tdeg"))
    assert AMBER_WORDS in " ".join(words(amber, "tdeg"))


def test_its_figures_are_those_of_the_month(document: doc.Document) -> None:
    assert "had been migrated" in " ".join(words(document, "enrolment"))
    assert "68,400" in " ".join(words(document, "enrolment"))
