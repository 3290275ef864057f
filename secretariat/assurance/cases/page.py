"""What the page of a case says: where it stands, who has the ball and since when, and all that belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from secretariat.assurance.cases.ball import Holder
from secretariat.assurance.cases.fees import fee_share
from secretariat.assurance.cases.standing import ball_of, due
from secretariat.assurance.cases.statuses import setter, statuses, values
from secretariat.assurance.cases.who import own_assessor, own_contact, status_setter
from secretariat.assurance.models import OUTCOMES, Assessment, State
from secretariat.core.pages import Crumb, Fact, Related
from secretariat.core.people import Person
from secretariat.core.rulebook import UnknownRule
from secretariat.plain.dates import day_words, local_day, long_date

Table = Callable[[Assessment, Person | None, datetime], Related | None]

TABLES: list[Table] = []
"""What other parts of the room say on a case's page, such as its booking; each tells what the person may read."""

ASSESSORS = {"CIO": "The User CIO", "IPA": "The Independent Privacy Auditor"}


def table(tell: Table) -> Table:
    """Makes a table known: a function of (assessment, person, instant); None where it has nothing to tell."""
    if tell not in TABLES:
        TABLES.append(tell)
    return tell


def name_of(holder: Holder, case: Assessment, at: datetime) -> str:
    """On whom the case waits, by name."""
    if holder is Holder.PARTY:
        return str(case.party)
    if holder is Holder.ASSESSOR:
        return ASSESSORS.get(case.assessor, case.assessor)
    return _setter(case, at) if holder is Holder.SETTER else holder.label


def _setter(case: Assessment, at: datetime) -> str:
    try:
        return setter(case.frame, at)
    except UnknownRule:
        return "Not known for this day"


def facts(case: Assessment, person: Person | None, at: datetime) -> list[Fact]:
    """Where it stands and on whom it waits, what is assessed, and which statuses can come of it, with the doubt."""
    return [*_waiting(case, person, at), *_what(case), *_dates(case, at), *_status(case, at)]


def _waiting(case: Assessment, person: Person | None, at: datetime) -> Iterator[Fact]:
    found, next_day = ball_of(case, at), due(case, at)
    if found.holder is Holder.NOBODY:
        return
    own = {Holder.PARTY: own_contact, Holder.ASSESSOR: own_assessor}.get(found.holder)
    you = " (you)" if own is not None and own(person, case, at) else ""
    days = found.days(local_day(at))
    note = f"Since {long_date(found.since)}: {days} days." if found.since else ""
    yield Fact("Waiting on", name_of(found.holder, case, at) + you, note=note)
    yield Fact("What for", found.does)
    if next_day:
        yield Fact("By", long_date(next_day[0]), note=next_day[1])


def _what(case: Assessment) -> Iterator[Fact]:
    yield Fact("Party", str(case.party), case.party.get_absolute_url())
    yield Fact("Kind", case.get_kind_display() + (", initial" if case.initial else ""))
    yield Fact("Assessed", case.get_frame_display(), note=case.scope)
    yield Fact("Assessed by", ASSESSORS.get(case.assessor, case.assessor))
    if case.follows:
        yield Fact("Follows", str(case.follows), case.follows.get_absolute_url())


def _dates(case: Assessment, at: datetime) -> Iterator[Fact]:
    yield Fact("Opened", long_date(case.opened_on))
    if case.fieldwork_due:
        free = fee_share(local_day(at), case.fieldwork_due)
        waits = case.state in (State.BOOKED, State.VALIDATED)
        yield Fact("Fieldwork booked for", long_date(case.fieldwork_due), note=free.working if waits else "")
    if case.second_phase_due:
        yield Fact("Second phase booked for", long_date(case.second_phase_due))
    if case.closed_on:
        yield Fact("Closed" if case.state == State.CLOSED else "Ended", long_date(case.closed_on))


def _status(case: Assessment, at: datetime) -> Iterator[Fact]:
    rule = statuses(case.outcome, case.opened_on)
    ends = "; ".join(values(case.outcome, case.opened_on)) or "Reviewed, without a status"
    set_to = case.milestones.filter(kind__in=OUTCOMES).first()
    if set_to is not None:
        withdrawn = f" Withdrawn on {long_date(case.status_withdrawn_on)}." if case.status_withdrawn_on else ""
        yield Fact("Status", set_to.detail or "Reviewed", note=f"{long_date(set_to.day)}.{withdrawn}")
    yield Fact("The review can end in", ends, note=rule.doubt if rule else "")
    yield Fact("Status set by", _setter(case, at))


def related(case: Assessment, person: Person | None, at: datetime) -> list[Related]:
    """The tables: milestones, conditions, papers, moved bookings, follow-ups, and those of the room's other parts."""
    told = (table(case, person, at) for table in TABLES)
    first = (_milestones(case), _conditions(case, person, at), _papers(case))
    return [one for one in (*first, *told, _stages(case), _bookings(case), _followed(case)) if one is not None]


def _milestones(case: Assessment) -> Related:
    rows: list[tuple[Any, ...]] = [
        (one.get_kind_display(), long_date(one.day), one.detail) for one in case.milestones.all()
    ]
    return Related("Milestones", ("Milestone", "Day", "Detail"), rows, "No milestone is reached yet.")


def _conditions(case: Assessment, person: Person | None, at: datetime) -> Related | None:
    rows: list[tuple[Any, ...]] = [
        (
            Crumb(f"Condition {one.number}", one.get_absolute_url()),
            *(one.text, day_words(one.due), one.get_state_display(), day_words(one.met_on)),
        )
        for one in case.conditions.all()
    ]
    if not rows and case.state not in (State.DECIDED, State.PLANNED, State.REMEDIATION):
        return None
    heads = ("Condition", "What is to be done", "By", "State", "Met")
    href = reverse("condition-new", args=[case.pk]) if status_setter(person, case, at) else ""
    empty = "None is set. A status that is subject to steps has them."
    return Related("Conditions of the status", heads, rows, empty, href)


def _papers(case: Assessment) -> Related:
    rows: list[tuple[Any, ...]] = [
        (str(one), one.reference, long_date(one.received_on), one.answer, one.reason) for one in case.casepapers.all()
    ]
    heads = ("Paper", "Reference", "Received", "Answer", "Why")
    return Related("Reports, responses and letters", heads, rows, "None has come in yet.")


def _stages(case: Assessment) -> Related:
    rows: list[tuple[Any, ...]] = [
        (one.get_standing_display(), long_date(one.from_day), day_words(one.to_day)) for one in case.stages.all()
    ]
    return Related("Where it stood", ("State", "From", "Until"), rows, "It is not kept when it came where it stands.")


def _bookings(case: Assessment) -> Related | None:
    rows: list[tuple[Any, ...]] = [
        (str(one), long_date(one.told_on), one.fee_percent, one.reason) for one in case.bookingchanges.all()
    ]
    heads = ("What changed", "Told on", "Share of the fee, per cent", "Why")
    return Related("Moved or cancelled fieldwork", heads, rows, "") if rows else None


def _followed(case: Assessment) -> Related | None:
    rows: list[tuple[Any, ...]] = [(one, one.get_state_display()) for one in case.followed_by.all()]
    return Related("Followed by", ("Assessment", "State"), rows, "") if rows else None
