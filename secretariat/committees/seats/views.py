"""Pages of the seats, of who holds them, and of a body's composition."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.committees.ballots.procedure import ballot_keeper
from secretariat.committees.models import Committee
from secretariat.committees.seats.actions import amend_seat, enter_seat, lay_out
from secretariat.committees.seats.clearances import reopen
from secretariat.committees.seats.composition import APART, composition, seats_said
from secretariat.committees.seats.filters import AppointmentFilter, EmployerChangeFilter, SeatFilter
from secretariat.committees.seats.forms import AlternateForm, AppointmentForm, SeatForm
from secretariat.committees.seats.models import Appointment, Constituency, EmployerChange, Filling, How, Seat
from secretariat.committees.seats.procedure import APPOINTMENTS
from secretariat.committees.seats.terms import term
from secretariat.committees.who import committees_team, team_or_the_member
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Refused, Who
from secretariat.plain.dates import day_words, local_day, long_date


class Seats(ListPage):
    """The seats of the bodies."""

    model = Seat
    word, plural = "seat", "seats"
    filters = SeatFilter
    about = "The seats of the bodies, with the constituency for which each is held."
    empty = "No body has a seat yet. On a body's page its seats are laid out as the rulebook gives them."
    columns = (
        Column("committee", "Body", "committee__name"),
        Column("title", "Seat", "title"),
        Column("constituency", "Constituency", "constituency", lambda value: str(Constituency(value).label)),
        Column("voting_group", "Voting Group", "voting_group__name"),
        Column("votes", "Has a vote", "votes"),
        Column("filling", "Filled", "filling", lambda value: str(Filling(value).label)),
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
        """For whom it is held, how it is filled, since when, and whether it is taken."""
        taken = record.member_on(local_day(self.request.at)) is not None
        group, other = record.voting_group, record.filled_by
        facts = [
            Fact("Body", record.committee.name, record.committee.get_absolute_url()),
            Fact("Constituency", record.get_constituency_display()),
            Fact("Has a vote", "yes" if record.votes else "no"),
            Fact("How it is filled", record.get_filling_display()),
            Fact("From", long_date(record.from_day)),
        ]
        if not record.second_hat:
            facts.insert(3, Fact("Today", "Held" if taken else "Vacant"))
        facts += [Fact("Voting Group", group.name, group.get_absolute_url())] if group else []
        if other:
            label = "Filled by all members of" if record.second_hat else "Filled by a member of"
            facts.append(Fact(label, other.name, other.get_absolute_url()))
        facts += [Fact("Until", long_date(record.to_day))] if record.to_day else []
        return facts

    def related(self, record: Seat) -> list[Related]:
        """Members and alternates, newest first, as far as the person may read them."""
        person, at = reader(self.request), self.request.at
        found = record.appointments.visible_to(person, at).select_related("person")
        rows: list[tuple[Any, ...]] = [
            (
                Crumb(str(each.person), each.get_absolute_url()),
                "Alternate" if each.alternate_for_id else "Member",
                long_date(each.from_day),
                day_words(each.to_day),
                each.state,
            )
            for each in found
        ]
        may = committees_team(person, None, at) and not record.second_hat
        add = f"{reverse('appointment-new')}?seat={record.pk}" if may else ""
        title = "Appoint a member" if add and not rows else "Members and alternates"
        heads = ("Person", "As", "From", "Until", "State")
        return [Related(title, heads, rows, "Nobody that you may see.", add)]


class SeatEntry(EntryPage):
    """Enters or amends a seat."""

    model = Seat
    form_class = SeatForm
    word, plural = "seat", "seats"
    who: ClassVar[Who] = staticmethod(ballot_keeper)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Enters it; a body has no more seats of a kind than the rules allow."""
        enter_seat(record, **told)

    def _save(self, form: forms.ModelForm[Any], key: str) -> Any:
        seat = self._record(key)
        if seat is None:
            return super()._save(form, key)
        amend_seat(seat, {name: form.cleaned_data[name] for name in form.changed_data}, **self.told())
        return seat


class CompositionPage(RecordPage):
    """A body's seats against the rulebook, and the button that lays out what is missing."""

    template = "committees/composition.html"
    model = Committee
    word, plural, key = "committee", "committees", "code"
    who: ClassVar[Who] = staticmethod(committees_team)

    def facts(self, record: Committee) -> list[Fact]:
        """How many seats the rules give today, and how long a member sits."""
        day = local_day(self.request.at)
        terms = term(record.code, day)
        return [
            Fact("Body", record.name, record.get_absolute_url()),
            Fact("Seats for constituencies by the rules", str(seats_said(composition(record, day)))),
            Fact("Who begins today sits until", day_words(terms.last) or "further notice",
                 note=f"{terms.working} {terms.entry.doubt}"),
        ]  # fmt: skip

    def related(self, record: Committee) -> list[Related]:
        """Line by line: what the rulebook says, how many seats there are, and how sure we are."""
        rows: list[tuple[Any, ...]] = [
            (
                f"{one.constituency.label}{' (apart)' if one.constituency in APART else ''}",
                str(one.entry.value),
                "" if one.said is None else one.said,
                one.seats,
                "yes" if one.fits else "no",
                f"{one.entry.source}. {one.entry.doubt} {one.entry.note}".strip(),
            )
            for one in composition(record, local_day(self.request.at))
        ]
        heads = ("Constituency", "The rulebook says", "So today", "Seats", "Fits", "Source and doubt")
        return [Related("Composition", heads, rows, "The rulebook says nothing of this body: its seats are entered.")]

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Lays out the seats; a refusal says why."""
        body = self.readable(key)
        form = forms.Form(request.POST)
        form.is_valid()
        try:
            lay_out(body, **self.told())
        except (Refused, ValidationError) as error:
            form.add_error(None, error.messages)
            self.refused = form
            response = self.get(request, key)
            response.status_code = 422
            return response
        return redirect(body)

    refused: forms.Form | None = None

    def context(self, record: Any) -> dict[str, Any]:
        """The form that was refused, if any."""
        return {"form": self.refused}


class Appointments(ListPage):
    """Who holds the seats, and who did: the list of members, body by body."""

    model = Appointment
    word, plural = "appointment", "appointments"
    filters = AppointmentFilter
    about = "Members of the bodies and their alternates, with the days from and until which they sit."
    empty = "Nobody is appointed whom you may see. Who holds a seat is read by those who are signed in."
    columns = (
        Column("committee", "Body", "seat__committee__name"),
        Column("seat", "Seat", "seat__title"),
        Column("constituency", "Constituency", "seat__constituency", lambda value: str(Constituency(value).label)),
        Column("person", "Person", "person__name"),
        Column("alternate_for", "Alternate for", "alternate_for__person__name"),
        Column("employer", "Works for", "employer"),
        Column("how", "How", "how", lambda value: str(How(value).label)),
        Column("from", "From", "from_day"),
        Column("until", "Until", "to_day"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "seat__committee__position"
    order_words = "by body"
    day = "from_day"
    enters: ClassVar[Who | None] = staticmethod(committees_team)


class AppointmentPage(RecordPage):
    """One appointment: whose, until when, its alternates, and what it opens."""

    model = Appointment
    word, plural = "appointment", "appointments"
    editors: ClassVar[Who | None] = staticmethod(committees_team)

    def facts(self, record: Appointment) -> list[Fact]:
        """Who sits where, how they came into the seat, and for how long."""
        body, member = record.seat.committee, record.alternate_for
        facts = [
            Fact("Person", str(record.person)),
            Fact("Body", body.name, body.get_absolute_url()),
            Fact("Seat", record.seat.title, record.seat.get_absolute_url()),
        ]
        facts += [Fact("Alternate for", str(member.person), member.get_absolute_url())] if member else []
        told = [
            ("How", record.get_how_display()), ("Works for", record.employer),
            ("Notice of", day_words(record.notice_on)),
            ("From", long_date(record.from_day)), ("Until", day_words(record.to_day)),
            ("Terms", str(record.terms) if record.terms > 1 else ""), ("Why it ended", record.why_ended),
        ]  # fmt: skip
        facts += [Fact(label, value) for label, value in told if value]
        return facts

    def related(self, record: Appointment) -> list[Related]:
        """Alternates, changes of employer and, for the person and the secretariat, what it opens."""
        person, at = reader(self.request), self.request.at
        alternates: list[tuple[Any, ...]] = [
            (Crumb(str(one.person), one.get_absolute_url()), long_date(one.from_day), day_words(one.to_day))
            for one in record.alternates.visible_to(person, at).select_related("person")
        ]
        changes: list[tuple[Any, ...]] = [
            (long_date(one.day), one.left, one.joined) for one in record.employer_changes.all().visible_to(person, at)
        ]
        own = team_or_the_member(person, record, at)
        may_name = own and not record.alternate_for_id and bool(record.state)
        add = reverse("alternate-new", args=[record.pk]) if may_name else ""
        title = "Name an alternate" if add and not alternates else "Alternates"
        tables = [
            Related(title, ("Person", "From", "Until"), alternates, "There is none." if add else "", add),
            Related("Changes of employer", ("Since", "Worked for", "Works for"), changes, ""),
        ]
        tables += [_opened(record)] if own else []
        return [one for one in tables if one.rows or one.empty]


def _opened(record: Appointment) -> Related:
    rows: list[tuple[Any, ...]] = [
        (each.audience, long_date(each.from_day), f"{day_words(each.to_day)}{', ended at once' if each.ended else ''}")
        for each in record.opens.order_by("audience", "pk")
    ]
    return Related("What it opens", ("Papers of the members of", "From", "Until"), rows, "It opens no papers.")


class AppointmentEntry(EntryPage):
    """Appoints somebody; or puts right what was entered, and what it opens follows."""

    model = Appointment
    form_class = AppointmentForm
    word, plural = "appointment", "appointments"
    who: ClassVar[Who] = staticmethod(committees_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Takes the step."""
        appoint(record, **told)

    def _save(self, form: forms.ModelForm[Any], key: str) -> Any:
        with transaction.atomic():
            saved = super()._save(form, key)
            if key and saved.state:
                reopen([saved], self.request.at)
        return saved


def appoint(record: Appointment, **told: Any) -> None:
    """Takes the step that appoints; where it is Amber the body's members read it. Raises Refused."""
    record.recorded, record.audience = told["recorded"], record.seat.committee.code
    APPOINTMENTS.take("appoint", record, **told)


class AlternateEntry(EntryPage):
    """A member names an alternate (rule GOV-7)."""

    model = Appointment
    form_class = AlternateForm
    word, plural = "alternate", "appointments"
    who: ClassVar[Who] = staticmethod(team_or_the_member)
    member: Any

    def _record(self, key: str) -> Any | None:
        """A new one each time; the key is the member's. Raises Http404 and PermissionDenied."""
        self.member = super()._record(key)
        if not team_or_the_member(reader(self.request), self.member, self.request.at):
            raise PermissionDenied("Only the member and the secretariat name an alternate.")
        return None

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Takes the step that names the alternate."""
        record.seat, record.alternate_for, record.person = self.member.seat, self.member, form.cleaned_data["address"]
        appoint(record, **told)

    def _form(self, form: forms.ModelForm[Any], record: Any | None, status: int = 200) -> HttpResponse:
        title, back = f"Name an alternate for {self.member.person}", self.member.get_absolute_url()
        crumbs = (Crumb(str(self.member), back), Crumb(title))
        return self.shown({"form": form, "title": title, "crumbs": crumbs, "back": back, "word": self.word}, status)


class EmployerChanges(ListPage):
    """Members who went to work for another."""

    model = EmployerChange
    word, plural = "change of employer", "changes of employer"
    filters = EmployerChangeFilter
    about = "Members of bodies who went to work for another."
    empty = "No change of employer is recorded that you may read."
    columns = (
        Column("committee", "Body", "appointment__seat__committee__name"),
        Column("person", "Member", "appointment__person__name"),
        Column("left", "Worked for", "left"),
        Column("joined", "Works for", "joined"),
        Column("day", "Since", "day"),
        class_column(),
    )
    order = "-day"
    day = "day"
    link = "appointment_id"

    @classmethod
    def address(cls, key: Any, base: str = "") -> str:
        """The page of the appointment."""
        return reverse("appointment", args=[key])
