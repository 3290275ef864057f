"""Assessments by the DCC (NEW-6), critical-friend replies (NEW-3), requests for information (NEW-2), as tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms

from secretariat.change.assessments.days import counted_from, reply_day, standard_day
from secretariat.change.assessments.models import (
    ANSWERED,
    ASKED,
    DROPPED,
    RAISED,
    RECEIVED,
    REPLIED,
    REQUESTED,
    RETURNED,
    WITHDRAWN,
    Assessment,
    AssessmentKind,
    Idea,
    InformationRequest,
    Reply,
    Revision,
)
from secretariat.change.documents.models import Document
from secretariat.change.models import OPEN_STAGES, Proposal
from secretariat.core.capacities import speaks_for, team
from secretariat.core.facts import a_day, a_line, a_text
from secretariat.core.people import Person, Role, Team
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.plain.dates import local_day

Facts = Mapping[str, Any]
change_team = team(Team.CHANGE)


def the_dcc(person: Person | None, record: Any, at: datetime) -> bool:
    """A representative of the DCC."""
    return person is not None and person.acts_as(Role.DCC, at)


def the_dcc_or_the_change_team(person: Person | None, record: Any, at: datetime) -> bool:
    """A representative of the DCC, or the change team for it."""
    return the_dcc(person, record, at) or change_team(person, record, at)


@rule("NEW-2, NEW-6")
def proposal_is_open(record: Any, at: datetime) -> bool:
    """Nothing is asked for on a proposal that is decided or withdrawn."""
    return record.proposal.state in OPEN_STAGES


@rule("NEW-6")
def none_of_the_kind_is_awaited(assessment: Assessment, at: datetime) -> bool:
    """An assessment of this kind is awaited already: wait for it, or withdraw its request."""
    same = Assessment.objects.filter(proposal=assessment.proposal_id, kind=assessment.kind, state=REQUESTED)
    return not same.exists()


@rule("NEW-6")
def a_day_is_known(assessment: Assessment, at: datetime, facts: Facts) -> bool:
    """Where there is no standard timescale, before 1 November 2018 and on the urgent track, say which day is agreed."""
    return facts["due_on"] is not None or standard_day(assessment, counted_from(at)) is not None


@rule("NEW-6")
def due_after_the_request(assessment: Assessment, at: datetime, facts: Facts) -> bool:
    """An assessment is due after the day on which it is asked for."""
    return facts["due_on"] is None or facts["due_on"] > local_day(at)


@rule("NEW-6")
def the_day_moves(assessment: Assessment, at: datetime, facts: Facts) -> bool:
    """A revision gives another day than the one agreed, after the request."""
    asked = assessment.requested_on
    return facts["due_on"] != assessment.due_on and asked is not None and facts["due_on"] > asked


@rule("NEW-6")
def not_before_the_request(assessment: Assessment, at: datetime) -> bool:
    """Nothing happens to an assessment before it was asked for."""
    return assessment.requested_on is not None and local_day(at) >= assessment.requested_on


@rule("NEW-6")
def cost_range_rises(assessment: Assessment, at: datetime, facts: Facts) -> bool:
    """The upper end of a cost is given with its lower end, and is not below it."""
    low, high = facts["cost_low"], facts["cost_high"]
    return high is None or (low is not None and low <= high)


@rule("NEW-6")
def impact_gives_the_firm_cost(assessment: Assessment, at: datetime, facts: Facts) -> bool:
    """An Impact Assessment gives the DCC's firm cost; type 0 where there is none."""
    return assessment.kind != AssessmentKind.IMPACT or facts["cost_low"] is not None


@rule("NEW-11")
def the_document_is_of_the_proposal(assessment: Assessment, at: datetime, facts: Facts) -> bool:
    """The document of an assessment is one of the proposal's own, of the assessment's kind."""
    document = facts["document"]
    if document is None:
        return True
    return bool(document.proposal_id == assessment.proposal_id and document.kind == f"{assessment.kind} assessment")


def _request(assessment: Assessment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    assessment.requested_on, assessment.counts_from = local_day(at), counted_from(at)
    assessment.standard = facts["due_on"] is None
    assessment.due_on = facts["due_on"] or standard_day(assessment, assessment.counts_from)
    assessment.first_due_on = assessment.due_on
    facts |= {"proposal": assessment.proposal.reference, "kind": assessment.kind, "due_on": assessment.due_on}


def _ask_revision(assessment: Assessment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    assessment.asked_due_on, assessment.asked_why = facts["due_on"], facts["why"]


def _revise(assessment: Assessment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    old: Any = assessment.due_on
    revision = Revision(
        assessment=assessment, old_due_on=old, new_due_on=facts["due_on"],
        agreed_by=facts["agreed_by"], agreed_on=local_day(at), why=facts["why"], recorded=recorded,
    )  # fmt: skip
    revision.full_clean()
    revision.save()
    assessment.due_on, assessment.asked_due_on, assessment.asked_why = facts["due_on"], None, ""
    facts["due_on"] = {"old": revision.old_due_on, "new": revision.new_due_on}


def _return(assessment: Assessment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    assessment.returned_on = counted_from(at)
    assessment.asked_due_on, assessment.asked_why = None, ""
    for name in ("cost_low", "cost_high", "cost_about", "cost_note", "lead_time_months", "document"):
        setattr(assessment, name, facts[name])
    late = assessment.days_late(assessment.returned_on)
    facts |= {"counts_on": assessment.returned_on, "due_on": assessment.due_on, "working_days_late": late}


def _amount(label: str) -> forms.Field:
    return forms.DecimalField(required=False, min_value=Decimal(0), max_digits=14, decimal_places=2, label=label)


def _months() -> forms.Field:
    return forms.IntegerField(required=False, min_value=0, max_value=120, label="Lead time, in months")


def _document() -> forms.Field:
    return forms.ModelChoiceField(
        Document.objects.filter(kind__in=[f"{kind} assessment" for kind in AssessmentKind.values]), required=False
    )


ASSESSMENTS = Procedure(
    "change_assessment",
    Assessment,
    Step(
        "request", NEW, REQUESTED, change_team,
        (proposal_is_open, none_of_the_kind_is_awaited, a_day_is_known, due_after_the_request),
        {"due_on": a_day("Due on", required=False, help_text="Leave empty for the standard timescale.")}, _request,
        "Request from the DCC",
    ),
    Step(
        "ask_for_another_day", REQUESTED, None, the_dcc, (not_before_the_request, the_day_moves),
        {"due_on": a_day("Due on"), "why": a_line()}, _ask_revision,
    ),
    Step(
        "revise", REQUESTED, None, change_team, (not_before_the_request, the_day_moves),
        {"due_on": a_day("Due on"), "agreed_by": a_line(100), "why": a_line()},
        _revise, "Record that another day is agreed",
    ),
    Step(
        "return", REQUESTED, RETURNED, the_dcc_or_the_change_team,
        (not_before_the_request, cost_range_rises, impact_gives_the_firm_cost, the_document_is_of_the_proposal),
        {
            "cost_low": lambda: _amount("Cost, £ (or its lower end)"),
            "cost_high": lambda: _amount("Up to, £, where it is a range"),
            "cost_about": lambda: forms.BooleanField(required=False, label="The cost is told as about"),
            "cost_note": a_line(300, "What is said of the cost", required=False),
            "lead_time_months": _months, "document": _document,
        },
        _return, "Return the assessment", primary=True,
    ),
    Step("withdraw", REQUESTED, WITHDRAWN, change_team, (not_before_the_request,), {"why": a_line()},
         says="Withdraw the request"),
)  # fmt: skip


def who_told_it(person: Person | None, idea: Idea | None, at: datetime) -> bool:
    """Whoever told it."""
    if idea is None:
        return False
    return idea.pk is None or (person is not None and idea.person_id == person.pk)


def who_told_it_or_the_change_team(person: Person | None, idea: Idea | None, at: datetime) -> bool:
    """Whoever told it, or the change team."""
    return who_told_it(person, idea, at) or change_team(person, idea, at)


@rule("NEW-3")
def says_who_tells_it(idea: Idea, at: datetime) -> bool:
    """An idea says who tells it and how to write to them, so that a reply can be given."""
    return bool(idea.from_name and (idea.from_email or idea.person_id))


@rule("NEW-3")
def not_before_it_was_told(idea: Idea, at: datetime) -> bool:
    """Nothing is said to an idea before it was told."""
    return idea.submitted_at is not None and at >= idea.submitted_at


@rule("NEW-2, NEW-3")
def raised_since_it_was_told(idea: Idea, at: datetime, facts: Facts) -> bool:
    """The proposal that an idea led to was raised on the day on which it was told, or later."""
    return idea.submitted_at is not None and bool(facts["proposal"].raised_on >= local_day(idea.submitted_at))


def _submit(idea: Idea, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    idea.submitted_at, idea.counts_from = at, counted_from(at)
    idea.reply_due_on = reply_day(idea.counts_from)
    facts |= {"title": idea.title, "reply_due_on": idea.reply_due_on}


def _reply(idea: Idea, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    day = local_day(at)
    idea.replied_on = idea.replied_on or day
    Reply.objects.create(
        idea=idea, text=facts["text"], due_on=idea.reply_due_on or day, given_on=day, recorded=recorded
    )


def _raise(idea: Idea, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    idea.proposal = facts["proposal"]


def _drop(idea: Idea, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    idea.dropped_why = facts["why"]


TEXT = a_text(20000, "The reply")


def _proposal() -> forms.Field:
    return forms.ModelChoiceField(Proposal.objects.all())


IDEAS = Procedure(
    "idea",
    Idea,
    Step("submit", NEW, RECEIVED, who_told_it_or_the_change_team, (says_who_tells_it,), change=_submit),
    Step("reply", RECEIVED, REPLIED, change_team, (not_before_it_was_told,), {"text": TEXT}, _reply,
         "Give the critical-friend reply", primary=True),
    Step("reply_again", REPLIED, None, change_team, (not_before_it_was_told,), {"text": TEXT}, _reply),
    Step("become_a_proposal", REPLIED, RAISED, change_team, (raised_since_it_was_told,), {"proposal": _proposal},
         _raise, "Record the proposal that it became", primary=True),
    Step("drop", REPLIED, DROPPED, change_team, (not_before_it_was_told,), {"why": a_line()}, _drop),
    Step("take_back", (RECEIVED, REPLIED), DROPPED, who_told_it_or_the_change_team, (not_before_it_was_told,),
         {"why": a_line()}, _drop),
)  # fmt: skip


def whoever_is_asked_or_the_change_team(person: Person | None, asked: InformationRequest | None, at: datetime) -> bool:
    """A contact of the party that is asked, or the change team."""
    if change_team(person, asked, at):
        return True
    return asked is not None and asked.party_id is not None and asked.party_id in speaks_for(person, at)


@rule("NEW-2")
def says_by_when(asked: InformationRequest, at: datetime) -> bool:
    """A request for information says by when the answer is wanted: on its own day or later."""
    return asked.due_on is not None and asked.due_on >= local_day(at)


@rule("NEW-2")
def not_before_the_question(asked: InformationRequest, at: datetime) -> bool:
    """Nothing is answered before it was asked."""
    return asked.asked_on is not None and local_day(at) >= asked.asked_on


@rule("NEW-2")
def more_time_is_more(asked: InformationRequest, at: datetime, facts: Facts) -> bool:
    """An extension gives a later day."""
    return asked.due_on is not None and bool(facts["due_on"] > asked.due_on)


def _ask(asked: InformationRequest, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    asked.asked_on = local_day(at)


def _answer(asked: InformationRequest, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    asked.answered_on, asked.answer = local_day(at), facts["answer"]


def _extend(asked: InformationRequest, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    facts["due_on"], asked.due_on = {"old": asked.due_on, "new": facts["due_on"]}, facts["due_on"]


REQUESTS = Procedure(
    "information_request",
    InformationRequest,
    Step("ask", NEW, ASKED, change_team, (proposal_is_open, says_by_when), change=_ask),
    Step("answer", ASKED, ANSWERED, whoever_is_asked_or_the_change_team, (not_before_the_question,),
         {"answer": a_text(20000)}, _answer, primary=True),
    Step("extend", ASKED, None, change_team, (not_before_the_question, more_time_is_more),
         {"due_on": a_day("Due on"), "why": a_line()}, _extend, "Give more time"),
    Step("withdraw", ASKED, WITHDRAWN, change_team, (not_before_the_question,), {"why": a_line()},
         says="Withdraw the request"),
)  # fmt: skip
