"""Pages of the bookings of fieldwork, and what the page of a case says of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from secretariat.assurance.cases.fees import fee_share
from secretariat.assurance.cases.page import table
from secretariat.assurance.models import Assessment
from secretariat.assurance.planning.actions import move, place
from secretariat.assurance.planning.calendar_page import of_the_work
from secretariat.assurance.planning.cycle_page import concerned
from secretariat.assurance.planning.diaries import diaries, earliest_day, proposed_days, wish
from secretariat.assurance.planning.filters import BookingFilter
from secretariat.assurance.planning.forms import MOVE, PLACE, BookingForm, StepForm
from secretariat.assurance.planning.models import ASKED, BOOKED, OPEN, Assessor, Booking
from secretariat.assurance.planning.procedure import BEFORE_FIELDWORK, BOOKINGS, asker, security_team
from secretariat.assurance.planning.windows import Window, proposals
from secretariat.core.calendar import calendar
from secretariat.core.capacities import speaks_for
from secretariat.core.form_page import FormPage
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.people import Person
from secretariat.core.procedure import Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import LONDON, day_words, local_day, long_date

ON_OWN_PAGE = {"place": "booking-place", "move": "booking-move"}
"""Steps that are taken on a page of their own."""


class Bookings(ListPage):
    """The bookings of fieldwork that the person may read."""

    template = "assurance/bookings.html"
    model = Booking
    word, plural = "booking", "bookings"
    filters = BookingFilter
    about = "Fieldwork that is asked for, placed with an assessor, held or cancelled. A party sees its own."
    empty = "No fieldwork is asked for that you may read."
    columns = (
        Column("party", "Party", "assessment__party__name"),
        Column("kind", "Assessment", "assessment__kind"),
        Column("days", "Working Days", "days", numeric=True),
        Column("asked_on", "Asked for", "asked_on"),
        Column("wanted_from", "Wanted from", "wanted_from"),
        Column("first_day", "First day", "first_day"),
        Column("last_day", "Last day", "last_day"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-asked_on"
    day = "first_day"
    enters: ClassVar[Who | None] = staticmethod(asker)

    def shown(self, context: dict[str, Any], status: int = 200) -> HttpResponse:
        """The list, with the pages that the reader can plan by."""
        person, at = reader(self.request), self.request.at
        pages = (
            ("Calendar of fieldwork", "fieldwork calendar", of_the_work),
            ("What is due next", "assessment cycle", concerned),
            ("Assessors", "assessors", of_the_work),
            ("Shared Resource Providers", "shared resource providers", of_the_work),
            ("Reports of systems", "systems reports", concerned),
        )
        links = [(label, reverse(name)) for label, name, who in pages if who(person, None, at)]
        return super().shown({**context, "planning_pages": links}, status)


class BookingPage(RecordPage):
    """One booking: what is asked for, when and with whom it is, and until when it moves freely."""

    template = "assurance/booking.html"
    model = Booking
    word, plural = "booking", "bookings"

    def facts(self, record: Booking) -> list[Fact]:
        """The assessment, the days, the assessor as far as the reader may know, and the last free day to move."""
        lead = RULEBOOK.entry("user_entry.lead.booking_weeks", record.asked_on)
        facts = [
            Fact("Party", record.assessment.party.name, record.assessment.party.get_absolute_url()),
            *self._case(record),
            Fact("Working Days of fieldwork", record.days),
            Fact("Asked for on", long_date(record.asked_on)),
            Fact("Earliest day", long_date(earliest_day(record, calendar())), note=f"{lead.value} weeks. {lead.doubt}"),
        ]
        facts += [Fact("Wanted from", long_date(record.wanted_from))] if record.wanted_from else []
        facts += [Fact("What the assessor should know", record.note)] if record.note else []
        return facts + self._placed(record)

    def _case(self, record: Booking) -> list[Fact]:
        """The case, to whom may read it."""
        seen = type(record.assessment)._default_manager.visible_to(reader(self.request), self.request.at)
        case = seen.filter(pk=record.assessment_id).first()
        return [Fact("Assessment", str(case), case.get_absolute_url())] if case else []

    def _placed(self, record: Booking) -> list[Fact]:
        if record.first_day is None or record.last_day is None or record.assessor is None:
            return []
        share = fee_share(local_day(self.request.at), record.first_day)
        seen = Assessor.objects.visible_to(reader(self.request), self.request.at).filter(pk=record.assessor_id).first()
        facts = [
            Fact("First day", long_date(record.first_day)),
            Fact("Last day", long_date(record.last_day)),
            Fact("Assessor", seen.name if seen else record.assessor.get_body_display(),
                 seen.get_absolute_url() if seen else ""),
        ]  # fmt: skip
        facts += [Fact("Meeting beforehand", long_date(record.pre_meeting_on))] if record.pre_meeting_on else []
        if record.state == BOOKED:
            facts.append(Fact("Moves without a fee until", long_date(share.last_free_day), note=share.working))
        return facts

    def related(self, record: Booking) -> list[Related]:
        """The days of fieldwork."""
        rows: list[tuple[Any, ...]] = [(long_date(one.day),) for one in record.booked_days.all()]
        return [Related("Days of fieldwork", ("Day",), rows, "It is not placed yet.")]

    def context(self, record: Booking) -> dict[str, Any]:
        """The steps with a page of their own, as links; the others as buttons."""
        person, at = reader(self.request), self.request.at
        steps = [one for one in BOOKINGS.open_steps(record, person, at) if not one.lacking] if person else []
        own = [(one.step.label, reverse(ON_OWN_PAGE[one.step.name], args=[record.pk]))
               for one in steps if one.step.name in ON_OWN_PAGE]  # fmt: skip
        return {"steps": [one for one in steps if one.step.name not in ON_OWN_PAGE], "own_pages": own}


class BookingEntry(EntryPage):
    """Asks for the fieldwork of an assessment."""

    model = Booking
    form_class = BookingForm
    word, plural = "booking", "bookings"
    who: ClassVar[Who] = staticmethod(asker)

    def _form(self, form: forms.ModelForm[Any], record: Any | None, status: int = 200) -> Any:
        """A party asks for its own assessments, today; the security team for any, as of the day of the form."""
        person, at = reader(self.request), self.request.at
        cases = form.fields["assessment"]
        cases.queryset = cases.queryset.visible_to(person, at)  # type: ignore[attr-defined]
        if not security_team(person, None, at):
            cases.queryset = cases.queryset.filter(party__in=speaks_for(person, at))  # type: ignore[attr-defined]
            form.fields.pop("asked_on", None)
        asked = str(form.initial.get("assessment", ""))
        chosen = cases.queryset.filter(pk=int(asked)).first() if asked.isdigit() else None  # type: ignore[attr-defined]
        if chosen is not None:
            form.initial["days"] = proposed_days(chosen, local_day(at))
        return super()._form(form, record, status)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Takes the step that asks; of an earlier day, as of its beginning."""
        record.asked_on = record.asked_on or local_day(told["at"])
        if not security_team(told["by"], None, told["at"]):
            record.asked_on = local_day(told["at"])
        if record.asked_on != local_day(told["at"]):
            told["at"] = datetime.combine(record.asked_on, time(), tzinfo=LONDON)
        record.audience = record.assessment.audience
        BOOKINGS.take("ask", record, **told)


class _Placing(FormPage):
    """The windows that are free, and the form that takes one."""

    template = "assurance/place.html"
    model = Booking
    who: ClassVar[Who] = staticmethod(security_team)
    stands: ClassVar[str]

    def record(self, key: str) -> Any:
        """The booking, while the step can be taken. Raises Http404."""
        record = super().record(key)
        if record.state != self.stands:
            raise Http404("This booking is not to be placed or moved.")
        return record

    def initial(self, record: Booking) -> dict[str, Any]:
        """The window asked for by a link, or the first free one."""
        asked = {name: self.request.GET[name] for name in ("assessor", "first_day") if name in self.request.GET}
        if asked:
            return asked
        first = next(iter(self.free(record)), None)
        return {"assessor": first.assessor, "first_day": first.first} if first else {}

    def free(self, record: Booking) -> list[Window]:
        """The first free windows of every assessor of the body, later than today."""
        days, today = calendar(), local_day(self.request.at)
        wanted = wish(record, days)
        wanted = replace(wanted, earliest=max(wanted.earliest, days.add(today, 1)))
        return proposals(diaries(record.assessment.assessor, record), wanted, days)

    def context(self, record: Booking) -> dict[str, Any]:
        """The windows as rows."""
        names = dict(Assessor.objects.values_list("pk", "name"))
        rows = [(names[one.assessor], one, f"?assessor={one.assessor}&first_day={one.first.isoformat()}")
                for one in self.free(record)]  # fmt: skip
        return {"rows": rows, "earliest": earliest_day(record, calendar()), "costs": self.costs(record)}

    def costs(self, record: Booking) -> str:
        """What it costs, in words."""
        return ""


class Placing(_Placing):
    """Places fieldwork with an assessor."""

    title = "Place the fieldwork"
    stands = ASKED

    def form(self, record: Booking, data: Any = None, files: Any = None) -> forms.Form:
        """The facts of the step."""
        return StepForm(PLACE, data, initial=self.initial(record))

    def save(self, record: Booking, form: forms.Form) -> str:
        """Places it."""
        place(record, **form.cleaned_data, **self.told())
        return record.get_absolute_url()


class Moving(_Placing):
    """Moves fieldwork to other days or another assessor."""

    title = "Move the fieldwork"
    stands = BOOKED

    def form(self, record: Booking, data: Any = None, files: Any = None) -> forms.Form:
        """The facts of the step."""
        return StepForm(MOVE, data, initial=self.initial(record))

    def save(self, record: Booking, form: forms.Form) -> str:
        """Moves it."""
        move(record, **form.cleaned_data, **self.told())
        return record.get_absolute_url()

    def costs(self, record: Booking) -> str:
        """The share of the fee that a move costs today."""
        if record.first_day is None:
            return ""
        share = fee_share(local_day(self.request.at), record.first_day)
        told = f"{share.percent} per cent of the fee, and the costs" if share.percent else "nothing"
        return f"Moved today it costs {told}. {share.working}"


HEADS = ("Fieldwork", "Asked for", "First day", "Last day", "State")


@table
def fieldwork(case: Assessment, person: Person | None, at: datetime) -> Related | None:
    """The bookings that the person may read; where none is open, the address at which one is asked for."""
    if case.is_self_assessed:
        return None
    rows: list[tuple[Any, ...]] = [
        (
            Crumb(f"{one.days} Working Days", one.get_absolute_url()), long_date(one.asked_on),
            day_words(one.first_day), day_words(one.last_day), one.state,
        )
        for one in case.bookings.visible_to(person, at)
    ]  # fmt: skip
    is_open = case.bookings.filter(state__in=OPEN).exists()
    may_ask = case.state in BEFORE_FIELDWORK and not is_open and asker(person, Booking(assessment=case), at)
    href = f"{reverse('booking-new')}?assessment={case.pk}" if may_ask else ""
    title = "Ask for its fieldwork" if may_ask else "Fieldwork booked"
    return Related(title, HEADS, rows, "No fieldwork is asked for.", href)
