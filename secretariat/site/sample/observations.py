"""What was found in two of the sample's assessments: every word invented, and of no User's systems.

One case has its report: observations answered, one late, one done and verified. In the other the assessor drafts.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from secretariat.assurance.models import Assessment, Kind
from secretariat.assurance.observations.evidence import hand_in
from secretariat.assurance.observations.exchange import take_in
from secretariat.assurance.observations.models import Observation, Purpose
from secretariat.assurance.observations.naming import name_reader
from secretariat.assurance.observations.procedure import OBSERVATION
from secretariat.core.people import Person, Role
from secretariat.site.sample.crew import Crew, SignIn, noon, told
from secretariat.site.sample.facts import table

CONTACT = "assessed.party"
HEADS = ("obligation", "severity", "found", "evidence")
REPORTED = (
    ("G3.5", "High", "Invented: sample finding on how access is taken away when people leave.", "Invented: a list."),
    ("G4.2", "Medium", "Invented: sample finding on the review of a supplier.", "Invented: minutes of a review."),
    ("G5.14", "Low", "Invented: sample finding on the register of risks.", "Invented: the register."),
)
DRAFTED = (("G3.9", "Medium", "Invented: sample finding that is still a draft.", "Invented: a note."),)
SHARED, ANSWERED, DONE, SEEN = date(2020, 1, 13), date(2020, 1, 24), date(2020, 2, 14), date(2020, 2, 21)
DUE = (date(2020, 2, 14), date(2020, 2, 28), date(2020, 4, 30))
"""The days that the party named: one was kept, one is late in March 2020, one is to come."""


def enter(crew: Crew) -> None:
    """Names the people of both cases, and takes in, answers and verifies what was found."""
    of_kind = Assessment.objects.filter(kind=Kind.VUSA, state="decided").order_by("pk")
    case, other = of_kind[0], Assessment.objects.filter(state="fieldwork").order_by("pk")[0]
    analyst = crew["security.analyst"]
    crew.add(SignIn(CONTACT, "Sample Contact, Assessed Party", Role.PARTY_CONTACT, party=case.party.key))
    contact = crew[CONTACT]
    name_reader(case, contact, **told(analyst, noon(SHARED)))
    name_reader(case, crew["ssc.member"], **told(analyst, noon(SHARED)))
    take_in(case, "observations.csv", table(HEADS, REPORTED), **told(analyst, noon(SHARED)))
    _report(case, analyst)
    for one, due in zip(_observations(case), DUE, strict=True):
        _answer(one, due, analyst, contact)
    _verify(_observations(case)[0], analyst, contact)
    name_reader(other, analyst, **told(analyst, noon(SEEN)))
    take_in(other, "observations.csv", table(HEADS, DRAFTED), **told(analyst, noon(SEEN)))


def _observations(case: Assessment) -> list[Observation]:
    return sorted(Observation.objects.filter(assessment=case), key=lambda one: one.obligation)


def _report(case: Assessment, analyst: Person) -> None:
    content = b"Invented for the sample administration: the report of an assessment.\n"
    hand_in(case, "report.txt", content, Purpose.REPORT, **told(analyst, noon(SHARED)))


def _answer(one: Observation, due: date, analyst: Person, contact: Person) -> None:
    OBSERVATION.take("share", one, **told(analyst, noon(SHARED)))
    answer: dict[str, Any] = {"action": "Invented: what the party will do.", "owner": contact.email, "due": due}
    OBSERVATION.take("respond", one, **answer, **told(contact, noon(ANSWERED)))


def _verify(one: Observation, analyst: Person, contact: Person) -> None:
    content = b"Invented for the sample administration: evidence that an action is done.\n"
    hand_in(one.assessment, "done.txt", content, Purpose.DONE, one, **told(contact, noon(DONE)))
    OBSERVATION.take("complete", one, what="Invented: what was done.", **told(contact, noon(DONE)))
    OBSERVATION.take("verify", one, how="Invented: how it was verified.", **told(analyst, noon(SEEN)))
