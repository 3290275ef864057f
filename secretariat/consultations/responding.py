"""How a response is begun and sent, and how each point that it raises is disposed of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from secretariat.consultations import responses as said
from secretariat.consultations.models import CLOSED, CONCLUDED, OPEN
from secretariat.consultations.responses import DISPOSED, RAISED, Point, Response
from secretariat.consultations.who import authorised, by_submission, invites, own, staff_or_submission
from secretariat.core.capacities import secretariat, the_clock
from secretariat.core.facts import a_line, a_text
from secretariat.core.procedure import NEW, Procedure, Refused, Step, rule
from secretariat.plain.dates import local_day
from secretariat.register.parties import Party

Facts = Mapping[str, Any]
WORDS = a_text(None)


@rule("HLP-6")
def it_takes_responses(response: Response, at: datetime) -> bool:
    """A response is begun once the consultation is open, and until it is concluded."""
    consultation = response.consultation
    return consultation.has_opened(at) and consultation.state in (OPEN, CLOSED)


@rule("HLP-6")
def it_is_invited(response: Response, at: datetime) -> bool:
    """This consultation does not ask respondents of this kind."""
    return invites(response.consultation, response.party, local_day(at))


@rule("HLP-6")
def something_is_said(response: Response, at: datetime) -> bool:
    """A response answers at least one question, or says something else."""
    said_something = response.answers.exclude(text="", choice="").exists()
    return bool(response.text.strip()) or said_something


@rule("NEW-9")
def it_is_in_time(response: Response, at: datetime) -> bool:
    """The consultation has closed: what comes after the closing instant is kept and marked as late."""
    return not response.consultation.is_over(at)


@rule("NEW-9")
def it_is_late(response: Response, at: datetime) -> bool:
    """The consultation is still open, so the response is in time."""
    return response.consultation.is_over(at)


@rule("NEW-9")
def it_came_in_time(response: Response, at: datetime) -> bool:
    """The e-mail came after the closing instant: it is kept and marked as late."""
    return response.mail is not None and not response.consultation.is_over(response.mail.received)


@rule("NEW-9")
def it_came_late(response: Response, at: datetime) -> bool:
    """The e-mail came before the closing, so the response is in time."""
    return response.mail is not None and response.consultation.is_over(response.mail.received)


@rule("House rule: mail is confirmed by a person")
def it_is_known_whose_it_is(response: Response, at: datetime, facts: Facts) -> bool:
    """Tell which party the response is of, or the name of a respondent that is no party."""
    return bool(response.party_id or facts.get("party") or facts.get("name"))


def _submit(response: Response, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Seals a response at the instant at which it is sent: nobody tells an earlier one."""
    if at != recorded:
        raise Refused("A response is submitted when it is sent, not earlier.")
    _seal(response, at, at, recorded)


def _confirm(response: Response, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Takes mail as a response of the instant at which it came."""
    if response.party is None:
        response.party, response.name = facts.get("party"), facts.get("name") or response.name
    if response.mail is not None:
        _seal(response, response.mail.received, at, recorded)


def _seal(response: Response, sent: datetime, at: datetime, recorded: datetime) -> None:
    in_time = response.state == said.SUBMITTED
    if in_time:
        _supersede_earlier(response, sent, at, recorded)
    response.submitted_at = sent
    response.sha256 = response.reckoned()
    if in_time:
        _raise_points(response, at, recorded)


def _supersede_earlier(response: Response, sent: datetime, at: datetime, recorded: datetime) -> None:
    if response.party is None and response.respondent is None:
        return
    standing = Response.objects.of(response.party, response.respondent)
    earlier = standing.filter(consultation=response.consultation, state=said.SUBMITTED).exclude(pk=response.pk).first()
    if earlier is None:
        return
    if earlier.submitted_at is not None and earlier.submitted_at > sent:
        raise Refused("A later response of this respondent stands: set this one aside.")
    RESPONSES.take("supersede", earlier, by=None, at=at, recorded=recorded)
    response.replaces = earlier


def _raise_points(response: Response, at: datetime, recorded: datetime) -> None:
    """Raises a point for everything said in words, so that nothing said can be left unanswered."""
    answers = list(response.answers.exclude(text="").select_related("question").order_by("question__number"))
    points = [Point(response=response, answer=answer, text=answer.text) for answer in answers]
    if response.text.strip():
        points.append(Point(response=response, text=response.text))
    for point in points:
        POINTS.take("raise", point, by=None, at=at, recorded=recorded)


def _party() -> forms.Field:
    return forms.ModelChoiceField(Party.objects.filter(left_on__isnull=True), required=False)


WHOSE = {"party": _party, "name": a_line(200, required=False, help_text="Of a respondent that is no party.")}

RESPONSES = Procedure(
    "response",
    Response,
    Step("begin", NEW, said.DRAFT, who=own, rules=(it_takes_responses, it_is_invited), says="Begin a response"),
    Step("receive", NEW, said.RECEIVED, who=the_clock, says="Received by e-mail"),
    Step("submit", said.DRAFT, said.SUBMITTED, who=authorised, primary=True,
         rules=(it_takes_responses, it_is_invited, it_is_in_time, something_is_said), change=_submit),
    Step("submit_late", said.DRAFT, said.LATE, who=authorised, says="Submit although it is late",
         rules=(it_takes_responses, it_is_invited, it_is_late, something_is_said), change=_submit),
    Step("confirm", said.RECEIVED, said.SUBMITTED, who=secretariat, says="Take as a response", primary=True,
         rules=(it_came_in_time, it_is_known_whose_it_is), facts=WHOSE, change=_confirm),
    Step("confirm_late", said.RECEIVED, said.LATE, who=secretariat, says="Take as a late response",
         rules=(it_came_late, it_is_known_whose_it_is), facts=WHOSE, change=_confirm),
    Step("set_aside", said.RECEIVED, said.SET_ASIDE, who=secretariat, says="Set aside: it is no response",
         facts={"why": a_line()}),
    Step("supersede", said.SUBMITTED, said.REPLACED, who=by_submission, says="Replaced by a later response"),
)  # fmt: skip


@rule("House rule: points")
def the_consultation_has_closed(point: Point, at: datetime) -> bool:
    """Points are disposed of once the consultation has closed: until then a response can be replaced."""
    return point.response.consultation.is_over(at)


@rule("House rule: points")
def the_consultation_is_not_concluded(point: Point, at: datetime) -> bool:
    """What was answered and published stands once the consultation is concluded."""
    return point.response.consultation.state != CONCLUDED


@rule("House rule: points")
def it_was_sent(point: Point, at: datetime) -> bool:
    """A point is raised in a response that was sent and that no later one replaced."""
    return point.response.state in (said.SUBMITTED, said.LATE)


@rule("House rule: points")
def its_answer_is_of_the_response(point: Point, at: datetime) -> bool:
    """The answer in which a point is raised belongs to the same response."""
    return point.answer is None or point.answer.response_id == point.response_id


def _dispose(point: Point, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    point.disposition, point.reply = facts["disposition"], facts["answer"]


def _disposition() -> forms.Field:
    return forms.ChoiceField(choices=Point.Disposition.choices)


POINTS = Procedure(
    "point",
    Point,
    Step("raise", NEW, RAISED, who=staff_or_submission,
         rules=(it_was_sent, its_answer_is_of_the_response, the_consultation_is_not_concluded)),
    Step("dispose", (RAISED, DISPOSED), DISPOSED, who=secretariat, primary=True, says="Dispose of it",
         rules=(the_consultation_has_closed, the_consultation_is_not_concluded),
         facts={"disposition": _disposition, "answer": WORDS}, change=_dispose),
)  # fmt: skip
