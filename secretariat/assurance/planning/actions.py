"""Placing and moving fieldwork: the booking, and with it the day that the case keeps."""

from __future__ import annotations

from datetime import date
from typing import Unpack

from django.db import transaction

from secretariat.assurance.models import State
from secretariat.assurance.planning.models import HELD, Assessor, Booking
from secretariat.assurance.planning.procedure import BOOKINGS
from secretariat.assurance.procedure import ASSESSMENT
from secretariat.core.journal import Told


def place(
    booking: Booking, assessor: Assessor, first_day: date, pre_meeting_on: date | None = None, **told: Unpack[Told]
) -> None:
    """Places fieldwork with an assessor, and books the assessment for its first day. Raises Refused."""
    facts = {"assessor": assessor.pk, "first_day": first_day, "pre_meeting_on": pre_meeting_on}
    with transaction.atomic():
        BOOKINGS.take("place", booking, **told, **facts)
        _keep_day(booking, "The fieldwork was placed.", **told)


def move(booking: Booking, assessor: Assessor, first_day: date, reason: str, **told: Unpack[Told]) -> None:
    """Moves fieldwork, and with it the day of the assessment, which keeps the share of the fee. Raises Refused."""
    with transaction.atomic():
        BOOKINGS.take("move", booking, assessor=assessor.pk, first_day=first_day, reason=reason, **told)
        _keep_day(booking, reason, **told)


def _keep_day(booking: Booking, reason: str, **told: Unpack[Told]) -> None:
    """The case's own day follows its first phase; the second one has a day of its own (SEC-4)."""
    case = booking.assessment
    case.refresh_from_db()
    if case.state == State.REQUESTED:
        ASSESSMENT.take("book", case, fieldwork_due=booking.first_day, **told)
    elif not _is_second_phase(booking) and case.fieldwork_due != booking.first_day:
        ASSESSMENT.take("move", case, fieldwork_due=booking.first_day, reason=reason, **told)


def _is_second_phase(booking: Booking) -> bool:
    case = booking.assessment
    return case.state == State.FIRST_PHASE or case.bookings.filter(state=HELD).exists()
