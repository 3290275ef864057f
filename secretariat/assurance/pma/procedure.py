"""The SMKI PMA's procedures: watching certificates, deciding on recovery, approving documents (SEC-40)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django import forms

from secretariat.assurance.pma.models import (
    ADVISED,
    APPROVED,
    CARRIED_OUT,
    CLOSED,
    CURRENT,
    DECIDED,
    EXPIRED,
    EXPIRING,
    OPENED,
    QUERIED,
    REFUSED,
    REPLACED,
    REVOKED,
    SUBMITTED,
    WITHDRAWN,
    KeyCertificate,
    PmaDocument,
    Recovery,
    Use,
)
from secretariat.committees.bodies.models import is_a_meeting
from secretariat.core.calendar import calendar
from secretariat.core.capacities import committee_member, team, the_clock
from secretariat.core.facts import a_line, a_text
from secretariat.core.people import Person, Role, Team
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day
from secretariat.plain.references import parse_meeting
from secretariat.plain.workdays import Working
from secretariat.post.due import Due, register

Facts = Mapping[str, Any]
security_team = team(Team.SECURITY)


def body_on(day: date | datetime) -> str:
    """The code of the body that decides on the key infrastructure on a day (SEC-40)."""
    return RULEBOOK.text("pma.body", day)


def member(person: Person | None, record: Any, at: datetime) -> bool:
    """A member of the SMKI PMA, or of the body that had its duty on the day."""
    return committee_member(body_on(at))(person, record, at)


def member_or_team(person: Person | None, record: Any, at: datetime) -> bool:
    """A member of the SMKI PMA, or the secretariat's security team for it."""
    return member(person, record, at) or security_team(person, record, at)


def dcc_or_team(person: Person | None, record: Any, at: datetime) -> bool:
    """The DCC, or the secretariat's security team for it."""
    return (person is not None and person.acts_as(Role.DCC, at)) or security_team(person, record, at)


@rule("SEC-40")
def it_is_soon_to_expire(certificate: KeyCertificate, at: datetime) -> bool:
    """A certificate is watched so many days before it expires, as the rulebook says."""
    return watched_from(certificate, at) <= local_day(at)


@rule("SEC-40")
def its_last_day_is_over(certificate: KeyCertificate, at: datetime) -> bool:
    """A certificate expires once its last day is over."""
    return certificate.expires_on < local_day(at)


@rule("SEC-40")
def by_another_that_is_valid(certificate: KeyCertificate, at: datetime, facts: Facts) -> bool:
    """A certificate is replaced by another of its kind, which is valid on the day."""
    other, today = facts["successor"], local_day(at)
    same = other.pk != certificate.pk and other.kind == certificate.kind
    return bool(same and other.state in (CURRENT, EXPIRING) and other.valid_from <= today <= other.expires_on)


@rule("SEC-40")
def there_is_something_to_carry_out(recovery: Recovery, at: datetime) -> bool:
    """Where neither key is used there is nothing to carry out."""
    return recovery.use != Use.NEITHER


@rule("SEC-40")
def a_key_that_is_used_was_used(recovery: Recovery, at: datetime) -> bool:
    """A case in which a key is to be used is closed once that was carried out."""
    return recovery.state == CARRIED_OUT or recovery.use == Use.NEITHER


@rule("SEC-40")
def at_a_meeting_of_the_body(document: PmaDocument, at: datetime, facts: Facts) -> bool:
    """A document is approved or refused at a meeting of the SMKI PMA."""
    return parse_meeting(facts["meeting"]).body == body_on(at)


def watched_from(certificate: KeyCertificate, at: datetime | date) -> date:
    """From when a certificate that expires is watched."""
    return certificate.expires_on - timedelta(days=RULEBOOK.number("pma.expiry_warning_days", at))


def decided_by(recovery: Recovery) -> datetime | None:
    """By when it is decided which key is used; none before the case is opened."""
    since = recovery.opened_at
    return since + timedelta(hours=RULEBOOK.number("pma.recovery_hours", since)) if since else None


def answered_by(document: PmaDocument) -> Working | None:
    """By when a document is answered, with the working; none before it is submitted."""
    since = document.submitted_on
    return calendar().working(since, RULEBOOK.number("pma.approval_wd", since)) if since else None


def _replaced(certificate: KeyCertificate, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    certificate.replaced_by, certificate.ended_on = facts["successor"], local_day(at)


def _ended(certificate: KeyCertificate, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    certificate.ended_on = local_day(at)


def _expired(certificate: KeyCertificate, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    certificate.ended_on = certificate.expires_on


def _opened(recovery: Recovery, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    recovery.opened_at = at


def _advised(recovery: Recovery, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    recovery.advice, recovery.advice_reasons = facts["use"], facts["reasons"]


def _decided(recovery: Recovery, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    recovery.use, recovery.reasons, recovery.decided_at = facts["use"], facts["reasons"], at
    recovery.decided_by = body_on(at)


def _carried_out(recovery: Recovery, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    recovery.carried_out_on = local_day(at)


def _closed(recovery: Recovery, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    recovery.closed_on, recovery.lessons = local_day(at), facts["lessons"]


def _submitted(document: PmaDocument, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    document.submitted_on = local_day(at)


def _queried(document: PmaDocument, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    document.query, document.answer = facts["query"], ""


def _answered(document: PmaDocument, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    document.answer = facts["answer"]


def _settled(document: PmaDocument, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    document.decided_on, document.meeting = local_day(at), facts["meeting"]
    document.reason = facts.get("reason", "")


def _other() -> forms.Field:
    rows = KeyCertificate.objects.filter(state__in=(CURRENT, EXPIRING))
    return forms.ModelChoiceField(rows, label="By which certificate")


MEETING = a_line(40, validators=[is_a_meeting], help_text="Such as SECPMA_66_2502.")


def _use() -> forms.Field:
    return forms.ChoiceField(choices=Use.choices, label="What is used")


KEY = {"use": _use, "reasons": a_text(4000)}
HELD = (CURRENT, EXPIRING)

KEY_CERTIFICATES = Procedure(
    "key_certificate",
    KeyCertificate,
    Step("enter", NEW, CURRENT, dcc_or_team),
    Step("watch", CURRENT, EXPIRING, the_clock, (it_is_soon_to_expire,)),
    Step("replace", HELD, REPLACED, dcc_or_team, (by_another_that_is_valid,), {"successor": _other}, _replaced,
         primary=True),
    Step("revoke", HELD, REVOKED, dcc_or_team, facts={"reason": a_line()}, change=_ended),
    Step("expire", HELD, EXPIRED, the_clock, (its_last_day_is_over,), change=_expired),
)  # fmt: skip

RECOVERIES = Procedure(
    "recovery",
    Recovery,
    Step("open", NEW, OPENED, dcc_or_team, change=_opened),
    Step("advise", OPENED, ADVISED, dcc_or_team, facts=KEY, change=_advised, says="Advise which key to use",
         primary=True),
    Step("decide", (OPENED, ADVISED), DECIDED, member, facts=KEY, change=_decided, says="Decide which key is used",
         primary=True),
    Step("carry_out", DECIDED, CARRIED_OUT, dcc_or_team, (there_is_something_to_carry_out,), change=_carried_out,
         says="Record that it was carried out", primary=True),
    Step("close", (DECIDED, CARRIED_OUT), CLOSED, member_or_team, (a_key_that_is_used_was_used,),
         {"lessons": a_text(4000, required=False)}, _closed),
)  # fmt: skip

PMA_DOCUMENTS = Procedure(
    "pma_document",
    PmaDocument,
    Step("submit", NEW, SUBMITTED, dcc_or_team, change=_submitted),
    Step("query", SUBMITTED, QUERIED, member_or_team, facts={"query": a_text()}, change=_queried),
    Step("answer", QUERIED, SUBMITTED, dcc_or_team, facts={"answer": a_text()}, change=_answered,
         says="Answer the query", primary=True),
    Step("approve", SUBMITTED, APPROVED, security_team, (at_a_meeting_of_the_body,), {"meeting": MEETING}, _settled,
         "Record that the SMKI PMA approved it", primary=True),
    Step("refuse", (SUBMITTED, QUERIED), REFUSED, security_team, (at_a_meeting_of_the_body,),
         {"meeting": MEETING, "reason": a_line()}, _settled, "Record that the SMKI PMA refused it"),
    Step("withdraw", (SUBMITTED, QUERIED), WITHDRAWN, dcc_or_team, facts={"reason": a_line()}),
)  # fmt: skip


@register
def certificates_due(at: datetime) -> Iterator[Due]:
    """The certificates to watch, and those whose last day is over."""
    today = local_day(at)
    for one in KeyCertificate.objects.filter(state__in=HELD).order_by("expires_on", "pk"):
        if one.expires_on < today:
            yield Due(KEY_CERTIFICATES, "expire", one)
        elif one.state == CURRENT and watched_from(one, today) <= today:
            yield Due(KEY_CERTIFICATES, "watch", one)
