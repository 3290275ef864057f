"""Applications to become a party that are under way in March 2020, and some that ended; all of them invented.

None of them became a party: the accessions of the sample are those that the published papers print.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from secretariat.core import journal
from secretariat.core.people import Person
from secretariat.plain.dates import LONDON
from secretariat.register.accession import actions
from secretariat.register.accession.models import Application
from secretariat.register.accession.procedure import APPLICATIONS
from secretariat.site.sample.crew import RECORDED, Crew, noon, told

KEPT_SINCE = date(2020, 2, 1)
SIGNED = b"%PDF-1.7\n% An invented page that stands for a signed agreement.\n%%EOF\n"
SUPPLY: dict[str, Any] = {"licences_held": ["gas-supply"], "category": "small-supplier", "premises": 0,
                          "wants_share": True}  # fmt: skip
WITHOUT: dict[str, Any] = {"category": "other-sec-party"}
WISHED: dict[str, Any] = {"licences_wished": ["electricity-supply"], "category": "small-supplier", "premises": 0}


@dataclass(frozen=True)
class Told:
    """One invented application: whose, what is special in its answers, and its steps, each with its day and facts."""

    name: str
    number: str
    answers: dict[str, Any]
    began: date
    steps: tuple[tuple[str, date, dict[str, Any]], ...] = ()


def _on(day: int, month: int = 2) -> date:
    return date(2020, month, day)


def _accepted(first: date, paid: date, invoice: str, due: int) -> tuple[tuple[str, date, dict[str, Any]], ...]:
    return (
        ("submit", first, {}), ("review", first, {}), ("accept", first, {"invoice": invoice}),
        ("pay", paid, {"amount": due}), ("issue", paid, {}),
    )  # fmt: skip


TOLD = (
    Told("Sample Applicant 1 Supply Limited", "90000001", SUPPLY, _on(3), (
        *_accepted(_on(4), _on(7), "SAMPLE-2001", 541), ("return_agreement", _on(14), {}),
        ("refer", _on(17), {"board_day": _on(13, 3)}))),
    Told("Sample Applicant 2 Metering Limited", "90000002", WITHOUT, _on(5), (
        *_accepted(_on(6), _on(12), "SAMPLE-2002", 540), ("return_agreement", _on(19), {}),
        ("refer", _on(20), {"board_day": _on(13, 3)}))),
    Told("Sample Applicant 3 Data Limited", "90000003", WITHOUT, _on(24), (
        *_accepted(_on(25), _on(28), "SAMPLE-2003", 540), ("return_agreement", _on(5, 3), {}))),
    Told("Sample Applicant 4 Supply Limited", "90000004", SUPPLY, _on(26), (
        ("submit", _on(27), {}), ("review", _on(28), {}), ("accept", _on(2, 3), {"invoice": "SAMPLE-2004"}))),
    Told("Sample Applicant 5 Energy Limited", "90000005", WISHED, _on(2, 3), (
        ("submit", _on(2, 3), {}), ("review", _on(3, 3), {}),
        ("query", _on(4, 3), {"question": "Have you applied for the licence yet, and on which day?"}))),
    Told("Sample Applicant 6 Consultants Limited", "90000006", WITHOUT, _on(4, 3), (("submit", _on(5, 3), {}),)),
    Told("Sample Applicant 7 Services Limited", "90000007", WITHOUT, _on(5, 3)),
    Told("Sample Applicant 8 Trading Limited", "90000008", WITHOUT, _on(4), (
        ("submit", _on(4), {}), ("review", _on(5), {}), ("accept", _on(6), {"invoice": "SAMPLE-2005"}),
        ("refuse", _on(28), {"ground": "incomplete", "note": "The fee was not paid after two reminders."}))),
    Told("Sample Applicant 9 Networks Limited", "90000009", WITHOUT, _on(10), (
        ("submit", _on(11), {}), ("withdraw", _on(18), {"reason": "It will apply after a reorganisation."}))),
)  # fmt: skip
"""The applications in the order of their numbers."""

OF_THE_APPLICANT = ("submit", "return_agreement", "withdraw")


def enter(crew: Crew) -> None:
    """Takes the steps of every application in the order of time; from then on applications are kept as records."""
    crew.load("keeping", "operations.lead", ("matter", "since"), [("applications", KEPT_SINCE)])
    adviser = crew["party.support"]
    made = {one.number: _begun(one) for one in TOLD}
    steps = [(day, place, one, step, facts)
             for one in TOLD for place, (step, day, facts) in enumerate(one.steps)]  # fmt: skip
    for day, place, one, step, facts in sorted(steps, key=lambda row: (row[0], row[2].number, row[1])):
        _take(made[one.number], step, facts, adviser, _moment(day, place))


def _moment(day: date, place: int) -> datetime:
    """The steps of one day come one after the other, from ten in the morning on."""
    return datetime.combine(day, time(10 + place), tzinfo=LONDON)


def _begun(one: Told) -> Application:
    address = f"applicant.{one.number[-1]}@example.org"
    application = Application(
        **one.answers, legal_name=one.name, company_number=one.number, address="1 Sample Street, Sampleton",
        contact_name=f"Sample Applicant {one.number[-1]}", contact_email=address, contact_phone="020 7946 0000",
        invented=True,
    )  # fmt: skip
    person = Person(email=address, name=application.contact_name, invented=True)
    person.set_unusable_password()
    journal.enter(person, by=None, at=RECORDED, recorded=RECORDED)
    return actions.start(application, **told(person, noon(one.began)))


def _take(application: Application, step: str, facts: dict[str, Any], adviser: Person, at: datetime) -> None:
    by = application.applicant if step in OF_THE_APPLICANT and application.applicant else adviser
    if step == "return_agreement":
        actions.return_agreement(application, "signed-agreement.pdf", SIGNED, undated=True, **told(by, at))
    else:
        APPLICATIONS.take(step, application, **facts, **told(by, at))
