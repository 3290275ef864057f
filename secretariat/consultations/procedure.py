"""How a consultation runs, how a response is sent, and how a point is disposed of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django import forms

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
from secretariat.consultations.responses import DISPOSED, RAISED, Point, Response
from secretariat.consultations.who import (
    authorised,
    by_submission,
    invites,
    own,
    staff_or_clock,
    staff_or_submission,
)
from secretariat.core import journal
from secretariat.core.calendar import calendar
from secretariat.core.capacities import anyone_signed_in, secretariat, the_clock
from secretariat.core.kinds import kind_of
from secretariat.core.people import Capacity, Role
from secretariat.core.procedure import NEW, Procedure, Refused, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day
from secretariat.post.due import Due, register
from secretariat.post.models import IncomingMail
from secretariat.register.contacts.contact import Contact
from secretariat.register.parties import Party

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


def _instant() -> forms.Field:
    return forms.DateTimeField(label="New closing", help_text="Such as 2020-04-07 17:00, London time.")


def _why() -> forms.Field:
    return forms.CharField(max_length=300)


def _words() -> forms.Field:
    return forms.CharField(widget=forms.Textarea)


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
         facts={"closes_at": _instant, "why": _why}, change=_extend),
    Step("remind", OPEN, None, who=the_clock, rules=(it_has_not_closed,), change=_remind),
    Step("close", OPEN, CLOSED, who=staff_or_clock, rules=(its_time_is_over,)),
    Step("conclude", CLOSED, CONCLUDED, who=secretariat, primary=True,
         rules=(no_mail_waits, every_point_is_answered), facts={"outcome": _words}, change=_conclude,
         says="Conclude and publish"),
)  # fmt: skip


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


def _name() -> forms.Field:
    return forms.CharField(max_length=200, required=False, help_text="Of a respondent that is no party.")


WHOSE = {"party": _party, "name": _name}

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
         facts={"why": _why}),
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
         facts={"disposition": _disposition, "answer": _words}, change=_dispose),
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
    Step("answer", "asked", "answered", who=secretariat, facts={"answer": _words}, change=_answer,
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


def party_of_sender(mail: IncomingMail) -> Party | None:
    """The party of which the sender is a known contact; none for a stranger, or for a contact of several parties."""
    day = local_day(mail.received)
    rows: Any = Capacity.objects.on(day)
    spoken = rows.filter(role=Role.PARTY_CONTACT, person__email__iexact=mail.from_address)
    known = set(spoken.values_list("organisation_id", flat=True))
    known |= set(Contact.objects.on(day).filter(email__iexact=mail.from_address).values_list("party", flat=True))
    known.discard(None)
    return Party.objects.filter(pk=known.pop()).first() if len(known) == 1 else None
