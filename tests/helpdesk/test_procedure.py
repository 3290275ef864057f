"""What becomes of an enquiry."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from secretariat.core import journal
from secretariat.core.kinds import find
from secretariat.core.people import Person, Role
from secretariat.core.procedure import Refused
from secretariat.helpdesk.actions import receive
from secretariat.helpdesk.models import Enquiry
from secretariat.helpdesk.procedure import ENQUIRY
from secretariat.register.models import Party
from tests.helpdesk.factories import NOON, enquiry, heading, london, person, two_schemes

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> Person:
    return person(Role.SECRETARIAT, "helpdesk")


def fresh(received: str = "2020-02-03 10:00", **more: Any) -> Enquiry:
    _, new = two_schemes()
    return Enquiry(channel="email", category=heading(new, "Modifications"), received=london(received), **more)


def take(name: str, made: Enquiry, by: Person | None, at: Any = NOON) -> None:
    ENQUIRY.take(name, made, by=by, at=at, recorded=NOON)


def test_an_enquiry_is_received_under_the_next_number_and_leaves_an_event(clerk: Person) -> None:
    made = fresh()
    enquiry(made.category, "2020-02-01 10:00", number=41)
    event = receive(made, by=clerk, at=NOON, recorded=NOON)
    assert (made.number, made.state, event.name) == ("ENQ-000042", "open", "enquiry.receive")
    assert find("enq-000042") == [made]


def test_the_first_enquiry_has_the_first_number(clerk: Person) -> None:
    made = fresh()
    receive(made, by=clerk, at=NOON, recorded=NOON)
    assert made.number == "ENQ-000001"


def test_an_enquiry_is_not_received_in_the_future(clerk: Person) -> None:
    with pytest.raises(Refused, match="not received in the future"):
        receive(fresh("2020-03-05 12:01"), by=clerk, at=NOON, recorded=NOON)
    assert not Enquiry.objects.exists()


def test_answering_writes_the_instant_and_closes(clerk: Person) -> None:
    made = fresh()
    receive(made, by=clerk, at=NOON, recorded=NOON)
    take("answer", made, clerk, london("2020-02-04 09:00"))
    made.refresh_from_db()
    assert (made.state, made.answered) == ("answered", london("2020-02-04 09:00"))


def test_an_enquiry_is_not_answered_before_it_is_received(clerk: Person) -> None:
    made = fresh()
    receive(made, by=clerk, at=NOON, recorded=NOON)
    with pytest.raises(Refused, match="not answered before it is received"):
        take("answer", made, clerk, made.received - timedelta(seconds=1))
    made.refresh_from_db()
    assert made.state == "open"


def test_an_answered_enquiry_stays_answered_until_somebody_reopens_it(clerk: Person) -> None:
    made = fresh()
    receive(made, by=clerk, at=NOON, recorded=NOON)
    take("answer", made, clerk)
    with pytest.raises(Refused, match="not possible here"):
        take("answer", made, clerk)
    assert [one.step.name for one in ENQUIRY.open_steps(made, clerk, NOON)] == ["reopen"]


def test_an_enquiry_follows_only_an_answered_one(clerk: Person) -> None:
    reply = fresh("2020-02-10 10:00")
    answered = enquiry(reply.category, "2020-02-03 10:00", 1, answered="2020-02-04 10:00")
    unanswered = enquiry(reply.category, "2020-02-03 10:00", 2)
    late = enquiry(reply.category, "2020-02-03 10:00", 3, answered="2020-02-10 10:01")
    for earlier in (unanswered, late):
        reply.follows = earlier
        with pytest.raises(Refused, match="follows only one that was answered"):
            receive(reply, by=clerk, at=NOON, recorded=NOON)
    reply.follows = answered
    receive(reply, by=clerk, at=NOON, recorded=NOON)
    assert list(answered.followed_by.all()) == [reply]


@pytest.mark.parametrize(("role", "team"), [(Role.PARTY_CONTACT, ""), (Role.SECRETARIAT, "change")])
def test_only_the_helpdesk_team_receives_and_answers(role: Role, team: str) -> None:
    made = fresh()
    with pytest.raises(Refused, match="for others"):
        receive(made, by=person(role, team), at=NOON, recorded=NOON)
    kept = enquiry(made.category, "2020-02-03 10:00")
    with pytest.raises(Refused, match="for others"):
        take("answer", kept, Person.objects.get())


def test_another_category_is_an_amendment_with_old_and_new(clerk: Person) -> None:
    made = fresh()
    receive(made, by=clerk, at=NOON, recorded=NOON)
    other = heading(made.category.scheme, "Accessions")
    event = journal.amend(made, {"category": other}, by=clerk, at=NOON, recorded=NOON)
    assert event is not None
    assert event.facts["category"]["old"]["label"] == "Modifications"
    assert event.facts["category"]["new"]["label"] == "Accessions"


def test_a_category_must_be_in_force_on_the_london_day_of_receipt() -> None:
    old, new = two_schemes()
    told = {"number": "ENQ-000001", "channel": "email", "received": london("2019-01-31 23:59")}
    Enquiry(category=heading(old, "Applications"), **told).full_clean()
    with pytest.raises(ValidationError, match="not in force on Thu 31 Jan 2019"):
        Enquiry(category=heading(new, "Accessions"), **told).full_clean()


def test_an_enquiry_is_read_by_the_secretariat_and_by_the_party_that_asked() -> None:
    _, new = two_schemes()
    party = Party.objects.create(key="example-energy", name="Example Energy", acceded_on=date(2018, 1, 1))
    enquiry(heading(new, "Modifications"), "2020-02-03 10:00")
    own = enquiry(heading(new, "Modifications"), "2020-02-03 10:00", party=party)
    contact = person(Role.PARTY_CONTACT, organisation_id=party.pk)
    assert Enquiry.objects.visible_to(person(Role.SECRETARIAT), NOON).count() == 2
    assert list(Enquiry.objects.visible_to(contact, NOON)) == [own]
    assert not Enquiry.objects.visible_to(None, NOON).exists()
