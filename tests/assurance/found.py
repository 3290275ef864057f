"""A case in which something was found, for tests: who is named to it, and what it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.test import Client

from secretariat.assurance.models import Assessment, Kind, State
from secretariat.assurance.observations.evidence import hand_in
from secretariat.assurance.observations.models import Evidence, Observation, Purpose
from secretariat.assurance.observations.naming import name_reader
from secretariat.assurance.observations.procedure import OBSERVATION
from secretariat.core.journal import Event
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.plain.dates import LONDON
from tests.assurance.factories import party

AT = datetime(2020, 3, 5, 12, tzinfo=LONDON)
FOUND = "Every firewall lets everything in."
SEEN = "The rule table of host heron-7."
BYTES = b"rule,any,any\nheron-7,allow,all\n"


@dataclass
class Case:
    """A case, its people, and one draft with one file."""

    assessment: Assessment
    analyst: Person
    assessor: Person
    contact: Person
    member: Person
    draft: Observation
    file: Evidence


def person(role: str, team: str = "", **more: Any) -> Person:
    """A person with one capacity since 2013, who can be written to."""
    number = Person.objects.count() + 1
    made = Person.objects.create_user(f"{role.replace(' ', '.')}.{number}@example.org", f"{role.capitalize()} {number}")
    Capacity.objects.create(person=made, role=role, team=team, from_day=date(2013, 9, 23), recorded=AT, **more)
    return made


def told(by: Person | None, at: datetime = AT) -> dict[str, Any]:
    """Who does it, and when."""
    return {"by": by, "at": at, "recorded": max(at, AT)}


def assessment(of: str = "Alder Energy Limited", opened: str = "2019-11-04") -> Assessment:
    """A case, as its fields say."""
    day = date.fromisoformat(opened)
    return Assessment.objects.create(party=party(of), kind=Kind.VUSA, opened_on=day, state=State.REPORTED)


def draft(case: Assessment, by: Person, text: str = FOUND, **more: Any) -> Observation:
    """A draft of an observation."""
    made = Observation(assessment=case, **{"obligation": "G3.5", "severity": "high", "text": text, **more})
    OBSERVATION.take("record", made, **told(by))
    return made


def case() -> Case:
    """A case in which an analyst, an assessor and a contact are named, with a draft and a file of it."""
    one = assessment()
    analyst = person(Role.SECRETARIAT, Team.SECURITY)
    assessor = person(Role.ASSESSOR, audience="CIO")
    contact = person(Role.PARTY_CONTACT, organisation_id=one.party_id)
    member = person(Role.COMMITTEE_MEMBER, audience="SSC")
    for other in (assessor, contact):
        name_reader(one, other, **told(analyst))
    made = draft(one, assessor, seen=SEEN)
    file = hand_in(one, "heron-7.csv", BYTES, Purpose.FOUND, made, **told(assessor))
    return Case(one, analyst, assessor, contact, member, made, file)


def take(name: str, one: Observation, by: Person | None, at: datetime = AT, **facts: Any) -> Event:
    """One step."""
    return OBSERVATION.take(name, one, **told(by, at), **facts)


def answered(found: Case, due: str = "2020-03-20") -> Observation:
    """The draft, shared and answered by the contact."""
    take("share", found.draft, found.assessor)
    take("respond", found.draft, found.contact, action="Close them.", owner=found.contact.email, due=due)
    return found.draft


def completed(found: Case) -> Observation:
    """The draft, shared, answered, and said to be done with evidence."""
    one = answered(found)
    hand_in(found.assessment, "closed.csv", b"rule\nnone\n", Purpose.DONE, one, **told(found.contact))
    take("complete", one, found.contact, what="They are closed.")
    return one


def client(who: Person) -> Client:
    """A signed-in client."""
    made = Client()
    made.force_login(who, "django.contrib.auth.backends.ModelBackend")
    return made
