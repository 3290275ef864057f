"""How items come on an agenda and leave it, and how what somebody asked for is answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Max

from secretariat.core.capacities import secretariat, speaks_for
from secretariat.core.classification import Class
from secretariat.core.facts import a_line
from secretariat.core.people import Person, Role
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.meetings.agenda.models import ACCEPTED, ASKED, DECLINED, LISTED, WITHDRAWN, AgendaItem, Request
from secretariat.meetings.models import PLANNED
from secretariat.meetings.procedure import committees_team
from secretariat.plain.dates import local_day

Facts = Mapping[str, Any]
ENTITLED = (Role.SECRETARIAT, Role.PARTY_CONTACT, Role.COMMITTEE_MEMBER, Role.DCC, Role.AUTHORITY)
STEP_OF_POSITION = 10
"""Between two items there is room for others."""


@rule("House rule: an agenda is of a meeting to come")
def the_meeting_is_to_come(item: AgendaItem, at: datetime) -> bool:
    """The meeting was held or cancelled, so its agenda stays as it was."""
    return item.meeting.state == PLANNED


@rule("INF-3")
def its_papers_are_not_lower(item: AgendaItem, at: datetime, facts: Facts) -> bool:
    """A paper of the item has a lower class; change the paper's class first."""
    return not item.papers.filter(issue_class__lt=int(facts["classification"])).exists()


@rule("House rule: what has papers stays")
def no_paper_is_issued(item: AgendaItem, at: datetime) -> bool:
    """A paper of the item is issued; withdraw it first."""
    return not item.papers.filter(state="issued").exists()


def number_for(item: AgendaItem, classification: int) -> int:
    """The next number among the items of a class; those of other classes do not count."""
    known = AgendaItem.objects.filter(meeting=item.meeting, classification=classification)
    return int(known.aggregate(last=Max("number"))["last"] or 0) + 1


def place_for(item: AgendaItem) -> int:
    """The place after the last item that everybody who reads this one may read."""
    known = AgendaItem.objects.filter(meeting=item.meeting, classification__lte=item.classification)
    return int(known.aggregate(last=Max("position"))["last"] or 0) + STEP_OF_POSITION


def _reclassify(item: AgendaItem, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    told = int(facts["classification"])
    if told != item.classification:
        item.number, item.classification = number_for(item, told), told


def _move(item: AgendaItem, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    item.position = facts["position"]


def _take_off(item: AgendaItem, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    item.withdrawn_why = facts["why"]


def _classes() -> forms.Field:
    """Red is not among them: a Red item is entered as one, since its readers are named."""
    return forms.TypedChoiceField(choices=Class.choices[: Class.RED], coerce=int, label="Class")


AGENDA_ITEMS = Procedure(
    "agenda_item",
    AgendaItem,
    Step("put", NEW, LISTED, committees_team, (the_meeting_is_to_come,), says="Put on the agenda"),
    Step("move", LISTED, None, committees_team, facts={"position": lambda: forms.IntegerField(min_value=0)},
         change=_move, says="Move to another place"),
    Step("reclassify", LISTED, None, committees_team, (its_papers_are_not_lower,), {"classification": _classes},
         _reclassify, "Change its class"),
    Step("take_off", LISTED, WITHDRAWN, committees_team, (the_meeting_is_to_come, no_paper_is_issued),
         {"why": a_line()}, _take_off, "Take off the agenda"),
    Step("put_back", WITHDRAWN, LISTED, committees_team, (the_meeting_is_to_come,), says="Put back on the agenda"),
)  # fmt: skip


def entitled(person: Person | None, record: Any, at: datetime) -> bool:
    """A member of a body, a party's contact, the DCC, the Authority, or the secretariat."""
    if person is None:
        return False
    return any(row.role in ENTITLED for row in person.capacities_on(local_day(at)))


def asker(person: Person | None, request: Request | None, at: datetime) -> bool:
    """Who asked, another contact of the party that asked, or the secretariat."""
    if person is None or request is None:
        return False
    if secretariat(person, request, at) or request.asked_by_id == person.pk:
        return True
    return request.organisation_id is not None and request.organisation_id in speaks_for(person, at)


def _answer(request: Request, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    request.answer = facts["reason"]


AGENDA_REQUESTS = Procedure(
    "agenda_request",
    Request,
    Step("ask", NEW, ASKED, entitled),
    Step("accept", ASKED, ACCEPTED, committees_team, (), {"reason": a_line(500)}, _answer,
         primary=True),
    Step("decline", ASKED, DECLINED, committees_team, (), {"reason": a_line(500)}, _answer),
    Step("take_back", ASKED, "taken back", asker),
)  # fmt: skip
