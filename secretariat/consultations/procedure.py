"""How a consultation runs, what is clarified in it, and what time alone causes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from secretariat.consultations import responses as said
from secretariat.consultations.models import (
    ANNOUNCED,
    CLOSED,
    CONCLUDED,
    DRAFT,
    LISTED,
    OPEN,
    Clarification,
    Consultation,
    Extension,
)
from secretariat.consultations.responding import RESPONSES, WORDS
from secretariat.consultations.responses import DISPOSED, Point, Response
from secretariat.consultations.who import party_of_sender, staff_or_clock
from secretariat.core import journal
from secretariat.core.calendar import calendar
from secretariat.core.capacities import anyone_signed_in, secretariat, the_clock
from secretariat.core.facts import a_line, an_instant
from secretariat.core.kinds import kind_of
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day
from secretariat.post.due import Due, register
from secretariat.post.models import IncomingMail

Facts = Mapping[str, Any]


@rule("HLP-6")
def it_is_ours(consultation: Consultation, at: datetime) -> bool:
    """Another body's consultation is listed here and not run here."""
    return not consultation.is_others


@rule("HLP-6")
def it_is_another_bodys(consultation: Consultation, at: datetime) -> bool:
    """Only another body's consultation is merely listed."""
    return consultation.is_others


@rule("HLP-6")
def it_asks_something(consultation: Consultation, at: datetime) -> bool:
    """A consultation asks at least one question."""
    return consultation.questions.exists()


@rule("HLP-6")
def its_closing_is_fixed(consultation: Consultation, at: datetime) -> bool:
    """A consultation says when it closes, and that has not passed."""
    return consultation.closes_at is not None and consultation.closes_at > at


@rule("HLP-6")
def its_opening_is_fixed(consultation: Consultation, at: datetime) -> bool:
    """A consultation that is announced says when it opens, and that is still to come."""
    return consultation.opens_at is not None and consultation.opens_at >= at


@rule("House rule: an extension")
def it_has_not_closed(consultation: Consultation, at: datetime) -> bool:
    """A consultation is extended before it closes."""
    return not consultation.is_over(at)


@rule("House rule: an extension")
def the_new_closing_is_later(consultation: Consultation, at: datetime, facts: Facts) -> bool:
    """An extension ends later than the closing that was announced."""
    return consultation.closes_at is not None and bool(facts["closes_at"] > consultation.closes_at)


@rule("NEW-9")
def its_time_is_over(consultation: Consultation, at: datetime) -> bool:
    """A consultation closes at its closing instant and not before."""
    return consultation.closes_at is not None and at >= consultation.closes_at


@rule("INF-6, NEW-11")
def every_point_is_answered(consultation: Consultation, at: datetime) -> bool:
    """Every point raised has a disposition and an answer before the consultation is concluded."""
    points = Point.objects.standing().filter(response__consultation=consultation)
    return not points.exclude(state=DISPOSED).exists()


@rule("House rule: mail is confirmed by a person")
def no_mail_waits(consultation: Consultation, at: datetime) -> bool:
    """A response that came by e-mail waits to be confirmed or set aside."""
    return not consultation.responses.filter(state=said.RECEIVED).exists()


def _numbered(consultation: Consultation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    consultation.reference = f"CON-{consultation.pk:06d}"


def _open(consultation: Consultation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Opens it now, unless its announced opening has come, and lets its documents be read by those who read it."""
    if consultation.opens_at is None or consultation.opens_at > at:
        consultation.opens_at = at
    for document in consultation.documents.select_related("file"):
        told = {"classification": consultation.classification, "audience": consultation.audience}
        journal.amend(document.file, told, by=None, at=at, recorded=recorded)


def _extend(consultation: Consultation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    Extension.objects.create(
        consultation=consultation, closed_before=consultation.closes_at, closes_at=facts["closes_at"],
        why=facts["why"], recorded=recorded,
    )  # fmt: skip
    consultation.closes_at, consultation.reminded_at = facts["closes_at"], None


def _remind(consultation: Consultation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    consultation.reminded_at = at


def _conclude(consultation: Consultation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    consultation.outcome = facts["outcome"]


CONSULTATIONS = Procedure(
    "consultation",
    Consultation,
    Step("draft", NEW, DRAFT, who=secretariat, rules=(it_is_ours,), change=_numbered),
    Step("list", NEW, LISTED, who=secretariat, rules=(it_is_another_bodys,), change=_numbered,
         says="List another body's consultation"),
    Step("announce", DRAFT, ANNOUNCED, who=secretariat, says="Announce: it opens by itself",
         rules=(it_asks_something, its_closing_is_fixed, its_opening_is_fixed)),
    Step("open", (DRAFT, ANNOUNCED), OPEN, who=staff_or_clock, says="Open now", primary=True,
         rules=(it_asks_something, its_closing_is_fixed), change=_open),
    Step("extend", OPEN, None, who=secretariat, rules=(it_has_not_closed, the_new_closing_is_later),
         facts={"closes_at": an_instant("New closing", help_text="Such as 2020-04-07 17:00, London time."),
                "why": a_line()}, change=_extend),
    Step("remind", OPEN, None, who=the_clock, rules=(it_has_not_closed,), change=_remind),
    Step("close", OPEN, CLOSED, who=staff_or_clock, rules=(its_time_is_over,)),
    Step("conclude", CLOSED, CONCLUDED, who=secretariat, primary=True,
         rules=(no_mail_waits, every_point_is_answered), facts={"outcome": WORDS}, change=_conclude,
         says="Conclude and publish"),
)  # fmt: skip


@rule("House rule: clarifications")
def it_can_still_be_asked(clarification: Clarification, at: datetime) -> bool:
    """Something is clarified while the consultation is open."""
    return clarification.consultation.is_open(at)


def _answer(clarification: Clarification, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    clarification.answer, clarification.answered_at = facts["answer"], at
    clarification.classification = clarification.consultation.classification
    clarification.audience = clarification.consultation.audience


CLARIFICATIONS = Procedure(
    "clarification",
    Clarification,
    Step("ask", NEW, "asked", who=anyone_signed_in, rules=(it_can_still_be_asked,)),
    Step("answer", "asked", "answered", who=secretariat, facts={"answer": WORDS}, change=_answer,
         says="Answer and publish", primary=True),
)  # fmt: skip


@register
def openings_and_closings(at: datetime) -> Iterator[Due]:
    """The consultations whose opening or closing instant has passed."""
    for one in Consultation.objects.filter(state=ANNOUNCED, opens_at__lte=at):
        yield Due(CONSULTATIONS, "open", one, at=one.opens_at)
    for one in Consultation.objects.filter(state=OPEN, closes_at__lt=at):
        yield Due(CONSULTATIONS, "close", one, at=one.closes_at)


@register
def reminders(at: datetime) -> Iterator[Due]:
    """The open consultations that close within the Working Days of the reminder, each once for a closing."""
    last = calendar().add(local_day(at), RULEBOOK.number("consultation.reminder_wd", at))
    for one in Consultation.objects.taking_responses(at).filter(reminded_at__isnull=True):
        if local_day(one.closes_at) <= last and local_day(one.opens_at) < local_day(at):
            yield Due(CONSULTATIONS, "remind", one)


@register
def responses_by_mail(at: datetime) -> Iterator[Due]:
    """The mail that was matched to a consultation and is not yet a response: a person confirms each."""
    kind = kind_of(Consultation)
    mails = IncomingMail.objects.filter(kind=kind, state="matched", automatic=False, consultation_response=None)
    taking = {one.pk: one for one in Consultation.objects.filter(state__in=(OPEN, CLOSED))}
    for mail in mails.filter(record_id__in=taking):
        response = Response(
            consultation=taking[mail.record_id], party=party_of_sender(mail), mail=mail, text=mail.body,
            name=mail.from_name, through=Response.Through.MAIL,
        )  # fmt: skip
        yield Due(RESPONSES, "receive", response)
