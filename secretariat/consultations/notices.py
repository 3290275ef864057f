"""Who hears of a consultation: those whom it asks, when it opens, is extended, is about to close, and is concluded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from secretariat.consultations.models import Consultation
from secretariat.consultations.responses import SUBMITTED, Response
from secretariat.consultations.who import invited_parties
from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, acting
from secretariat.plain.dates import local_day
from secretariat.post.notices import Notice, notify
from secretariat.register.parties import Category


def the_audience(event: Event, record: Consultation, at: datetime) -> Iterable[Person]:
    """The contacts of the parties that it asks, and the DCC's people where it asks the DCC."""
    parties = set(invited_parties(record, local_day(at)).values_list("pk", flat=True))
    return acting(at, _of(parties, record))


def _of(parties: set[int], record: Consultation) -> Q:
    asked = Q(role=Role.PARTY_CONTACT, organisation_id__in=parties)
    return asked | Q(role=Role.DCC) if Category.DCC.value in record.invited else asked


def those_who_have_not_responded(event: Event, record: Consultation, at: datetime) -> Iterable[Person]:
    """The contacts of the parties that it asks and that have sent nothing."""
    parties = set(invited_parties(record, local_day(at)).values_list("pk", flat=True))
    sent = Response.objects.filter(consultation=record, state=SUBMITTED, party__isnull=False)
    parties -= set(sent.values_list("party", flat=True))
    return acting(at, role=Role.PARTY_CONTACT, organisation_id__in=parties)


def audience_and_respondents(event: Event, record: Consultation, at: datetime) -> Iterable[Person]:
    """Those whom it asked, and all who responded."""
    parties = set(invited_parties(record, local_day(at)).values_list("pk", flat=True))
    responded = Response.objects.filter(consultation=record, submitted_at__isnull=False)
    parties |= set(responded.filter(party__isnull=False).values_list("party", flat=True))
    alone = responded.filter(party__isnull=True, respondent__isnull=False).values("respondent")
    return [*acting(at, _of(parties, record)), *Person.objects.filter(pk__in=alone, is_active=True)]


def the_respondent(event: Event, record: Response, at: datetime) -> Iterable[Person]:
    """Who sent it."""
    return [event.by] if event.by is not None else []


def template(name: str) -> str:
    """Where the words of a notice lie."""
    return f"consultations/notices/{name}.txt"


NOTICES = notify(
    Notice("consultation.open", to=the_audience, subject="{{ record.reference }} is open: {{ record.title }}",
           template=template("open")),
    Notice("consultation.extend", to=the_audience, subject="{{ record.reference }} closes later: {{ record.title }}",
           template=template("extend")),
    Notice("consultation.remind", to=those_who_have_not_responded,
           subject="{{ record.reference }} closes soon: {{ record.title }}", template=template("remind")),
    Notice("consultation.conclude", to=audience_and_respondents,
           subject="{{ record.reference }} is concluded: {{ record.title }}", template=template("conclude")),
    Notice("response.submit", to=the_respondent, subject="Receipt {{ record.receipt }}", template=template("receipt")),
    Notice("response.submit_late", to=the_respondent, subject="Receipt {{ record.receipt }} (late)",
           template=template("receipt")),
)  # fmt: skip
