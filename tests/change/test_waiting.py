"""What of change waits on each role, on its first page and among a party's duties."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from secretariat.change.assessments.models import RECEIVED, REQUESTED, Assessment, Idea
from secretariat.change.judging.models import Interest
from secretariat.change.models import Path, Proposal
from secretariat.change.standing.models import Adoption
from secretariat.core.duties import Weight, duties_of
from secretariat.core.people import Person, Role, Team
from tests.change.factories import LATER, change_person, converted, in_decision, london, party, person, raised

pytestmark = pytest.mark.django_db
DUE = date(2031, 9, 1)


def home(someone: Person) -> str:
    client = Client()
    client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
    return client.get("/").content.decode()


def somebody(role: str, more: dict[str, str]) -> Person:
    """A person with one capacity, named apart from those that the facts need."""
    return change_person() if more.get("team") == Team.CHANGE else person(role, **more)


def rows(first: int, last: int, **more: Any) -> None:
    """Some of what waits on somebody, of each kind."""
    for number in range(first, last):
        in_decision("2020-01-02", number=number, path=Path.AUTHORITY)
        draft = raised("2020-02-03", number=number + 100, **more)
        Assessment.objects.create(proposal=draft, kind="impact", state=REQUESTED, requested_on=DUE, due_on=DUE)
        Idea.objects.create(title=f"Idea {number}", text="It", from_name="A", state=RECEIVED, reply_due_on=DUE)
        Interest.objects.create(proposal=draft, body="SSC", asked_on=date(2020, 2, 3), recorded=LATER)


ROLES = (
    (Role.AUTHORITY, {}, "Proposals that await the Authority", "MP001"),
    (Role.DCC, {}, "Assessments that the DCC is asked for", "DP101"),
    (Role.SECRETARIAT, {"team": Team.CHANGE}, "Problems told to us, to reply to", "Idea 1"),
    (Role.COMMITTEE_MEMBER, {"audience": "CSC"}, "Draft Proposals before the Change Sub-Committee", "DP101"),
    (Role.COMMITTEE_MEMBER, {"audience": "SECCB"}, "Proposals that await the Change Board&#39;s vote", "MP001"),
    (Role.COMMITTEE_MEMBER, {"audience": "SSC"}, "Proposals of which SSC is kept informed", "DP101"),
)


@pytest.mark.parametrize(("role", "more", "title", "label"), ROLES, ids=lambda one: str(one)[:24])
def test_each_role_sees_on_its_first_page_what_waits_on_it(
    role: str, more: dict[str, str], title: str, label: str
) -> None:
    rows(1, 3)
    page = home(somebody(role, more))
    assert title in page
    assert label in page


def test_a_proposers_contact_sees_the_partys_open_proposals_and_no_other() -> None:
    alder = party()
    raised("2020-02-03", number=90, proposer=alder)
    gone = raised("2020-02-03", number=91, proposer=alder)
    Proposal.objects.filter(pk=gone.pk).update(state="rejected")
    raised("2020-02-03", number=92)
    page = home(person(Role.PARTY_CONTACT, organisation_id=alder.pk)).split("Proposals of your party")[1]
    assert "DP090" in page.split("</section>")[0]
    assert "DP091" not in page.split("</section>")[0]
    assert "DP092" not in page.split("</section>")[0]


@pytest.mark.parametrize(("role", "more"), [(role, more) for role, more, _, _ in ROLES], ids=lambda one: str(one)[:24])
def test_the_first_page_asks_no_query_for_each_row(role: str, more: dict[str, str]) -> None:
    client = Client()
    client.force_login(somebody(role, more), backend="django.contrib.auth.backends.ModelBackend")
    rows(1, 4)
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    rows(4, 14)
    with CaptureQueriesContext(connection) as many:
        client.get("/")
    assert len(many) <= len(few)


def test_any_party_may_adopt_what_was_withdrawn_until_17_00_of_the_last_day() -> None:
    made, alder = converted("2020-01-02", number=79), party()
    Adoption.objects.create(
        proposal=made, stage="refinement", withdrawn_on=date(2020, 2, 3), recorded=LATER, closes_on=date(2020, 2, 17)
    )
    [found] = [duty for duty in duties_of(alder.pk, None, london("2020-02-17 16:59")) if duty.name == "adopt"]
    assert (found.weight, found.due) == (Weight.MAY, london("2020-02-17 17:00"))
    after = duties_of(alder.pk, None, london("2020-02-17 17:01"))
    assert not [duty for duty in after if duty.name == "adopt"]
