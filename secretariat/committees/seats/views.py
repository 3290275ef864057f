"""Pages of the seats and of who holds them."""

from __future__ import annotations

from typing import Any, ClassVar

from secretariat.committees.ballots.procedure import ballot_keeper
from secretariat.committees.seats.filters import SeatFilter
from secretariat.committees.seats.forms import AppointmentForm, SeatForm
from secretariat.committees.seats.models import Appointment, Constituency, Seat
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.plain.dates import local_day, long_date


class Seats(ListPage):
    """The seats of the bodies."""

    model = Seat
    word, plural = "seat", "seats"
    filters = SeatFilter
    about = "The seats of the bodies, with the constituency for which each is held."
    columns = (
        Column("committee", "Body", "committee__name"),
        Column("title", "Seat", "title"),
        Column("constituency", "Constituency", "constituency", lambda value: str(Constituency(value).label)),
        Column("voting_group", "Voting Group", "voting_group__name"),
        Column("votes", "Has a vote", "votes"),
        Column("from", "From", "from_day"),
        Column("until", "Until", "to_day"),
        class_column(),
    )
    order = "committee__position"
    order_words = "by body"
    enters: ClassVar[Who | None] = staticmethod(ballot_keeper)


class SeatPage(RecordPage):
    """One seat, and who holds it."""

    model = Seat
    word, plural = "seat", "seats"
    editors: ClassVar[Who | None] = staticmethod(ballot_keeper)

    def facts(self, record: Seat) -> list[Fact]:
        """For whom it is held, since when, and whether it is taken."""
        taken = record.member_on(local_day(self.request.at)) is not None
        group = record.voting_group
        facts = [
            Fact("Body", record.committee.name, record.committee.get_absolute_url()),
            Fact("Constituency", record.get_constituency_display()),
            Fact("Has a vote", "yes" if record.votes else "no"),
            Fact("Today", "Held" if taken else "Vacant"),
            Fact("From", long_date(record.from_day)),
        ]
        facts += [Fact("Voting Group", group.name, group.get_absolute_url())] if group else []
        facts += [Fact("Until", long_date(record.to_day))] if record.to_day else []
        return facts

    def related(self, record: Seat) -> list[Related]:
        """Members and alternates, newest first, as far as the person may read them."""
        found = record.appointments.visible_to(reader(self.request), self.request.at).select_related("person")
        rows: list[tuple[Any, ...]] = [
            (
                str(each.person),
                "Alternate" if each.alternate_for_id else "Member",
                long_date(each.from_day),
                long_date(each.to_day) if each.to_day else "",
            )
            for each in found
        ]
        return [Related("Members and alternates", ("Person", "As", "From", "Until"), rows, "Nobody that you may see.")]


class SeatEntry(EntryPage):
    """Enters or amends a seat."""

    model = Seat
    form_class = SeatForm
    word, plural = "seat", "seats"
    who: ClassVar[Who] = staticmethod(ballot_keeper)


class AppointmentEntry(EntryPage):
    """Enters or amends an appointment."""

    model = Appointment
    form_class = AppointmentForm
    word, plural = "appointment", "seats"
    who: ClassVar[Who] = staticmethod(ballot_keeper)
