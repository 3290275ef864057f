"""Obligations and checks on pages: listed by role, reviewed one by one, kept; and the report of the checks."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client

from secretariat.core.classification import Class
from secretariat.core.journal import Event
from secretariat.core.people import Team
from secretariat.legaltext.models import Document
from secretariat.legaltext.reading.duty_views import found_in
from secretariat.legaltext.reading.models import CONFIRMED, SET_ASIDE, Obligation
from secretariat.legaltext.reading.world import World
from secretariat.legaltext.text import Edit
from tests.legaltext.code_read import CLOCK, ITEM, LATER, TELL, TODAY, code, draft, made, put
from tests.legaltext.factories import NOON, analyst, version
from tests.legaltext.test_reading import page, words
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
LIST = "/code/section-h/obligations/"


@pytest.fixture(autouse=True)
def _stands_still(settings: Any) -> None:
    settings.CLOCK = CLOCK


def review(found: str, client: Client | None = None, number: str = "H3.1", **more: str) -> Any:
    """Posts what was found of the obligation of a clause."""
    duty = next(one for one in found_in(World(TODAY, analyst(), NOON)) if one.duty.number == number)
    told = {"uid": duty.duty.uid, "key": duty.key, "found": found, **more}
    return (client or signed_in(analyst())).post(f"{LIST}review/", told)


def test_the_obligations_of_a_day_are_listed_by_whom_they_bind() -> None:
    code()
    assert "2 obligations" in words(LIST)
    assert "User must keep a log" in words("/code/obligations/")
    one = words(f"{LIST}?role=DCC&timed=1")
    assert "1 obligation binding the DCC" in one
    assert "within 10 Working Days after the Outage" in one
    assert "within 8 Working Days after the Outage" in words(f"{LIST}?on={LATER.isoformat()}")
    assert "The patterns find no such obligation" in words(f"{LIST}?on=2017-01-01")


def test_the_obligations_are_given_as_csv() -> None:
    code()
    rows = list(csv.DictReader(io.StringIO(Client().get("/code/obligations.csv?role=User").content.decode())))
    assert [(row["number"], row["who"], row["must"], row["what"]) for row in rows] == [
        ("H3.2(a)", "User", "must", "keep a log")
    ]


def test_a_confirmed_obligation_is_kept_with_its_words_and_its_event() -> None:
    code()
    assert review("one", note="It is one.")["Location"].startswith(f"{LIST}?on={TODAY.isoformat()}")
    kept = Obligation.objects.get()
    assert (kept.state, kept.role, kept.limit, kept.note) == (
        CONFIRMED, "DCC", "within 10 Working Days after the Outage", "It is one.",
    )  # fmt: skip
    assert Event.objects.filter(name="obligation.confirm", subject_id=kept.pk).exists()
    assert "Confirmed" in words(LIST)
    assert "1 obligation" in words(f"{LIST}?state=confirmed")
    assert "The code says so today yes" in words(kept.get_absolute_url())


def test_what_is_no_obligation_is_set_aside_and_can_be_confirmed_after_all() -> None:
    code()
    client = signed_in(analyst())
    review("none", client)
    assert Obligation.objects.get().state == SET_ASIDE
    assert "Not an obligation is not possible here" in words(review("none", client)["Location"], client)
    review("one")
    assert [one.state for one in Obligation.objects.all()] == [CONFIRMED]


def test_a_clause_that_says_something_else_is_reviewed_anew() -> None:
    services = code()
    review("one")
    kept = Obligation.objects.get()
    changed = Edit(TELL, made("tell", "c", "The DCC shall do nothing.", number="H3.1", parent="h3"))
    version(services, "2.5", date(2020, 1, 1), [changed])
    assert "The code says so today no" in words(kept.get_absolute_url())
    assert "2 obligations" in words(f"{LIST}?state=open")


def test_the_change_team_alone_reviews() -> None:
    code()
    assert review("one", Client()).status_code == 302
    assert review("one", signed_in(analyst(Team.SECURITY))).status_code == 403
    assert not Obligation.objects.exists()
    assert "Not an obligation" not in words(LIST)
    assert "Not an obligation" in words(LIST, signed_in(analyst()))


def test_what_the_text_of_the_day_does_not_say_is_not_reviewed() -> None:
    code()
    assert signed_in(analyst()).post(f"{LIST}review/", {"uid": "tell", "key": "0"}).status_code == 404


def test_an_obligation_is_of_the_class_of_its_document() -> None:
    services = code()
    Document.objects.filter(pk=services.pk).update(classification=Class.AMBER, audience="SSC")
    review("one")
    kept = Obligation.objects.get()
    assert (kept.classification, kept.audience) == (Class.AMBER, "SSC")
    page(kept.get_absolute_url(), status=404)
    assert "DCC" not in words("/obligations/").partition("Filters")[2] or "No obligations" in words("/obligations/")


def test_the_checks_of_a_document_are_reported_with_where_each_stands() -> None:
    services = code()
    assert "The checks find nothing" in words("/code/checks/")
    version(services, "2.5", date(2020, 1, 1), put(made("x", "z", "See Section H9.9.", number="H4")))
    told = page("/code/section-h/checks/")
    assert "There is no Section H9.9." in told
    assert f'href="/code/section-h/{TODAY.isoformat()}/x/"' in told
    assert "The checks find nothing" in words("/code/section-a/checks/")


def test_the_checks_with_a_draft_tell_first_what_the_draft_brings_in() -> None:
    pending = draft(code(), Edit(ITEM, None), title="No log")
    told = words(f"/code/section-h/checks/?with={pending.pk}")
    new = told.partition("What the draft brings in")[2].partition("All that is found")[0]
    assert "There is no Section H3.2(a)." in new
    harmless = draft(pending.document, title="More time")
    assert "“More time” brings in nothing" in words(f"/code/section-h/checks/?with={harmless.pk}")
