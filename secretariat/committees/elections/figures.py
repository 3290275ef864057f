"""Which seats are to be elected next, and by when nominations are invited."""

from __future__ import annotations

from datetime import timedelta

from secretariat.committees.elections import windows
from secretariat.committees.seats.models import Appointment, Filling
from secretariat.core.calendar import calendar
from secretariat.core.figures import Listing, Records, Row, Span, figure
from secretariat.plain.dates import long_date

AHEAD = timedelta(days=183)


@figure("seats_to_be_elected", title="Seats to be elected next", unit="seats")
def seats_to_be_elected(span: Span) -> Listing:
    """The elected seats whose member's term ends in the half-year after the span (ELE-1), each with the day by which
    nominations are invited for the next term (ELE-4).
    """
    asked = {
        "to_day__gte": span.last, "to_day__lte": span.last + AHEAD, "from_day__lte": span.last,
        "alternate_for": None, "seat__filling": Filling.ELECTED, "seat__voting_group": None,
    }  # fmt: skip
    found = Appointment.objects.filter(**asked).select_related("seat__committee").order_by("to_day", "seat", "pk")
    known, rows = calendar(), []
    for one in found:
        begins = one.to_day + timedelta(days=1)
        invite = windows.invitation(one.seat.committee, begins, known).result
        told = one.seat.committee.short_name, one.seat.title, long_date(one.to_day), long_date(invite)
        rows.append(Row(one, told))
    return Listing(("Body", "Seat", "Term ends", "Invite by"), tuple(rows), Records(Appointment, asked))
