"""What was asked on a proposal and what came, on the proposal's page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from secretariat.change.assessments.duties import closing
from secretariat.change.assessments.models import ASKED, REQUESTED, RETURNED, Assessment, Idea, InformationRequest
from secretariat.change.coming import Coming, Need
from secretariat.change.models import Proposal
from secretariat.core.pages import Crumb, Fact, Related
from secretariat.core.people import Person
from secretariat.plain.dates import day_words, local_day, long_date

DCC = "The DCC"


def _assessments(proposal: Proposal, person: Person | None, at: datetime) -> Any:
    found: Any = Assessment.objects.filter(proposal=proposal)
    return found.visible_to(person, at).select_related("document").order_by("requested_on", "pk")


def _questions(proposal: Proposal, person: Person | None, at: datetime) -> Any:
    found: Any = InformationRequest.objects.filter(proposal=proposal)
    return found.visible_to(person, at).order_by("asked_on", "pk")


def facts(proposal: Proposal, person: Person | None, at: datetime) -> list[Fact]:
    """The cost and lead time of the newest assessment returned, and the idea that led to the proposal."""
    facts = []
    newest = _assessments(proposal, person, at).filter(state=RETURNED).order_by("-returned_on", "-pk").first()
    if newest is not None:
        told = newest.get_kind_display()
        facts.append(Fact(f"DCC cost ({told})", newest.cost, newest.get_absolute_url(), newest.cost_note))
        if newest.lead_time_months is not None:
            facts.append(Fact("DCC lead time", f"{newest.lead_time_months} months", note=told))
    ideas: Any = Idea.objects.filter(proposal=proposal)
    return [*facts, *(Fact("Began as", one.title, one.get_absolute_url()) for one in ideas.visible_to(person, at))]


def related(proposal: Proposal, person: Person | None, at: datetime) -> list[Related]:
    """The DCC's assessments, and the requests for information that the reader may read."""
    today = local_day(at)
    rows: list[tuple[Any, ...]] = [
        (
            Crumb(one.get_kind_display(), one.get_absolute_url()),
            day_words(one.requested_on),
            day_words(one.due_on),
            long_date(one.returned_on) if one.returned_on else one.state,
            f"{one.days_late(today)} Working Days late" if one.is_late(today) else "",
            one.cost if one.returned_on else "",
        )
        for one in _assessments(proposal, person, at)
    ]
    heads = ("Assessment", "Requested", "Due", "Returned", "", "Cost")
    href = f"{reverse('change assessments')}?proposal={proposal.reference}"
    tables = [Related("Assessments by the DCC", heads, rows, "The DCC has not been asked to assess it.", href)]
    asked: list[tuple[Any, ...]] = [
        (Crumb(one.asked_of, one.get_absolute_url()), one.state, day_words(one.due_on))
        for one in _questions(proposal, person, at)
    ]
    if asked:
        tables.append(Related("Requests for information", ("Asked of", "State", "Due"), asked, "Nobody was asked."))
    return tables


def needs(proposal: Proposal, person: Person | None, at: datetime) -> list[Need]:
    """The assessments and answers that are still out."""
    found = [
        Need(f"The {one.get_kind_display()}", DCC, "NEW-6", one.get_absolute_url())
        for one in _assessments(proposal, person, at).filter(state=REQUESTED)
    ]
    return found + [
        Need("An answer to a request for information", one.asked_of, "NEW-2", one.get_absolute_url())
        for one in _questions(proposal, person, at).filter(state=ASKED)
    ]


def coming(proposal: Proposal, person: Person | None, at: datetime) -> list[Coming]:
    """When assessments and answers that are still out are due."""
    found = []
    for one in _assessments(proposal, person, at).filter(state=REQUESTED, due_on__isnull=False):
        working = one.working() if one.due_on == one.first_due_on else None
        told = working.sentence() if working else "As agreed."
        found.append(Coming(f"{one.get_kind_display()} due", closing(one.due_on), DCC, told, "NEW-6",
                            one.get_absolute_url()))  # fmt: skip
    return found + [
        Coming("Answer to a request for information due", one.due_on, one.asked_of, "As asked.", "NEW-2",
               one.get_absolute_url())
        for one in _questions(proposal, person, at).filter(state=ASKED, due_on__isnull=False)
    ]  # fmt: skip
