"""Pages of invitations, attendance and conflicts of interest."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied

from secretariat.core.capacities import anyone_signed_in
from secretariat.core.form_page import FormPage
from secretariat.core.kinds import kind_of
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.people import Person
from secretariat.core.procedure import Who
from secretariat.meetings.attending.actions import Guest, invite, members_to_invite
from secretariat.meetings.attending.filters import AttendanceFilter, ConflictFilter
from secretariat.meetings.attending.forms import AttendanceForm, ConflictForm, MeetingInvitationForm
from secretariat.meetings.attending.invitation_page import InvitationPage
from secretariat.meetings.attending.models import Attendance, Capacity, Conflict, Place
from secretariat.meetings.attending.procedure import ATTENDANCES, CONFLICTS, invited
from secretariat.meetings.models import Meeting
from secretariat.meetings.procedure import committees_team
from secretariat.plain.dates import instant, instant_words
from secretariat.post.drafts import may_read


class MeetingInvitation(InvitationPage):
    """Invites to a meeting; the first time it is the notice of the meeting (GOV-9)."""

    model = Meeting
    plural = "meetings"
    form_class = MeetingInvitationForm
    who: ClassVar[Who] = staticmethod(committees_team)

    def joinings(self, record: Meeting) -> Any:
        """Its place."""
        return Place.objects.filter(meeting=record)

    def invite(self, record: Meeting, given: dict[str, Any]) -> None:
        """Invites members, as asked, and others."""
        guests = [*members_to_invite(record)] if given["members"] else []
        guests += [Guest(person, given["come_as"]) for person in given["people"]]
        told = {name: given[name] for name in ("place", "call", "shorter_agreed")}
        invite(record, guests, **told, **self.told())


class Attendances(ListPage):
    """Who was invited to which meeting, and came."""

    model = Attendance
    word, plural = "attendance", "attendances"
    filters = AttendanceFilter
    columns = (
        Column("day", "Day", "meeting__day"),
        Column("body", "Body", "meeting__committee__short_name"),
        Column("reference", "Meeting", "meeting__reference"),
        Column("person", "Person", "person__name"),
        Column("name", "Without account", "name"),
        Column("capacity", "As", "capacity", lambda value: str(Capacity(value).label)),
        Column("seat", "Seat", "seat__title"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-meeting__day"
    about = "Who is invited to meetings, as what, who sent apologies and who was there."
    empty = "Nobody has been invited to a meeting of which you may read it."
    enters: ClassVar[Who | None] = staticmethod(committees_team)


class AttendancePage(RecordPage):
    """One person at one meeting."""

    model = Attendance
    word, plural = "attendance", "attendances"

    def facts(self, record: Attendance) -> list[Fact]:
        """Who comes to what, and as what."""
        meeting = record.meeting
        facts = [
            Fact("Meeting", str(meeting), meeting.get_absolute_url()),
            Fact("Who", record.who),
            Fact("As", record.get_capacity_display()),
        ]
        facts += [Fact("Seat", record.seat.title, record.seat.get_absolute_url())] if record.seat else []
        facts += [Fact("In the chair", "yes")] if record.chairs else []
        return [*facts, Fact("Why not", record.reason)] if record.reason else facts

    def related(self, record: Attendance) -> list[Related]:
        """From when until when the person was there."""
        rows: list[tuple[Any, ...]] = [
            (instant(row.arrived_at), instant_words(row.left_at)) for row in record.presences.all()
        ]
        return [Related("There", ("Arrived", "Left"), rows, "Not there so far.")]


class AttendanceEntry(EntryPage):
    """Puts one more person on the list of a meeting, such as an alternate who comes unannounced."""

    model = Attendance
    form_class = AttendanceForm
    word, plural = "attendance", "attendances"
    who: ClassVar[Who] = staticmethod(committees_team)

    def enter(self, record: Attendance, form: forms.ModelForm[Any], **told: Any) -> None:
        """Invites."""
        record.audience = record.meeting.committee.code
        ATTENDANCES.take("invite", record, **told)


class Conflicts(ListPage):
    """The conflicts of interest that were declared."""

    model = Conflict
    word, plural = "conflict of interest", "conflicts of interest"
    filters = ConflictFilter
    columns = (
        Column("day", "Day", "meeting__day"),
        Column("body", "Body", "meeting__committee__short_name"),
        Column("person", "Person", "person__name"),
        Column("interest", "Interest", "interest"),
        Column("outcome", "The body decided", "outcome"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-meeting__day"
    about = "Conflicts of interest that those at meetings declared, item by item, and what came of each."
    empty = "None has been declared of which you may read."


class ConflictPage(RecordPage):
    """One conflict of interest."""

    model = Conflict
    word, plural = "conflict of interest", "conflicts of interest"

    def facts(self, record: Conflict) -> list[Fact]:
        """Whose, with what as far as that may be read, and what came of it."""
        person, at = reader(self.request), self.request.at
        facts = [
            Fact("Meeting", str(record.meeting), record.meeting.get_absolute_url()),
            Fact("Who", str(record.person)),
            Fact("Interest", record.interest),
        ]
        for label, found in (("Item", record.item), ("About", record.about)):
            if found is not None and may_read(person, kind_of(found), found.pk, at):
                facts.append(Fact(label, str(found), found.get_absolute_url()))
        return [*facts, Fact("The body decided", record.outcome)] if record.outcome else facts


class ConflictDeclaration(FormPage):
    """Declares a conflict of interest at a meeting: one's own, or by the secretariat that of somebody on the list."""

    model = Meeting
    plural = "meetings"
    title = "Declare a conflict of interest"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)

    def trail(self, record: Meeting) -> tuple[Crumb, ...]:
        """To the meeting."""
        return super().trail(record)[:-1]

    def form(self, record: Meeting, data: Any = None, files: Any = None) -> ConflictForm:
        """Whose it is, with what, and what the interest is."""
        return ConflictForm(record, self._people(record), reader(self.request), self.request.at, data)

    def save(self, record: Meeting, form: ConflictForm) -> Conflict:
        """Declares it."""
        conflict = Conflict(meeting=record, audience=record.committee.code, **form.told())
        CONFLICTS.take("declare", conflict, **self.told())
        return conflict

    def _people(self, meeting: Meeting) -> Any:
        """Whose conflict may be declared. Raises PermissionDenied for who is not on the list of the meeting."""
        person = reader(self.request)
        listed = Person.objects.filter(pk__in=invited(meeting.pk).values("person"))
        keeps = committees_team(person, meeting, self.request.at)
        own = listed if keeps else listed.filter(pk__in=[person.pk] if person else [])
        if not own.exists():
            raise PermissionDenied("Conflicts are declared by those invited to the meeting.")
        return own
