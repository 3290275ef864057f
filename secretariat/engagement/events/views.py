"""Pages of events: the list, one event, who registered, who is invited and why, and what is done about them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from secretariat.core import journal
from secretariat.core.capacities import secretariat
from secretariat.core.classification import Class
from secretariat.core.files import StoredFile
from secretariat.core.form_page import FormPage, found
from secretariat.core.lists import Column, ListPage, attachment, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, Page, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.engagement.events import actions
from secretariat.engagement.events.badges import badges
from secretariat.engagement.events.feeds import item_of
from secretariat.engagement.events.filters import EventFilter
from secretariat.engagement.events.forms import (
    AttendanceForm,
    EventForm,
    MaterialForm,
    ResizeForm,
    SessionForm,
)
from secretariat.engagement.events.invited import LABELS, guests, is_meant_for
from secretariat.engagement.events.models import (
    ANNOUNCED,
    ATTENDED,
    CANCELLED,
    HELD,
    IN_PLACE,
    PLANNED,
    STANDING,
    WAITING,
    EngagementEvent,
    Kind,
)
from secretariat.engagement.events.procedure import EVENTS, TAKING, party_support
from secretariat.plain.dates import instant, local_day
from secretariat.post.feeds import as_ics

ON_OWN_PAGE = ("resize",)
"""Steps that are taken on a page of their own, so that who is next has the place at once."""


class Events(ListPage):
    """The events."""

    model = EngagementEvent
    word, plural, rows_are = "engagement event", "engagement events", "events"
    filters = EventFilter
    about = "Engagement days, introductions, webinars, question hours and forums: what is coming, and what there was."
    empty = "No event is announced yet."
    columns = (
        Column("title", "Event", "title"),
        Column("begins_at", "Begins", "begins_at"),
        Column("ends_at", "Ends", "ends_at"),
        Column("kind", "Kind", "kind", lambda value: str(Kind(value).label)),
        Column("place", "Where", "place"),
        Column("capacity", "Places", "capacity", numeric=True),
        Column("state", "State", "state"),
        class_column(),
    )
    order, order_words = "-begins_at", "latest first"
    day = "begins_at"
    news = ("engagement_event.open", "engagement_event.move", "engagement_event.cancel")
    enters: ClassVar[Who] = staticmethod(party_support)


class EventPage(RecordPage):
    """One event: when and where, whether there are places, its programme, and afterwards the materials."""

    template = "engagement/events/event.html"
    model = EngagementEvent
    word, plural = "engagement event", "engagement events"
    editors: ClassVar[Who] = staticmethod(party_support)

    def facts(self, record: EngagementEvent) -> list[Fact]:
        """When, where, for whom, and how many places are left."""
        ours = secretariat(reader(self.request), record, self.request.at)
        return [
            *([] if ours else [Fact("Where it stands", record.state.capitalize())]),
            Fact("Kind", record.get_kind_display()),
            Fact("Begins", instant(record.begins_at)),
            Fact("Ends", instant(record.ends_at)),
            Fact("Where", record.place or "to be told"),
            Fact("Meant for", ", ".join(LABELS[key] for key in record.invited)),
            Fact("Registration until", instant(record.registration_ends)),
            Fact("Places", *_places(record)),
            *([Fact("About", record.summary)] if record.summary else []),
        ]

    def related(self, record: EngagementEvent) -> list[Related]:
        """The programme, the materials that the reader may read and, for the organisers, who comes."""
        person, at = reader(self.request), self.request.at
        rows = [(one.title, _hours(one), one.room, _left(one)) for one in record.sessions.all()]
        told = [Related("Programme", ("Session", "When", "Room", "Places"), rows, "No programme is told yet.")]
        if record.state in ANNOUNCED and party_support(person, record, at):
            told.append(_needs(record))
        if record.state == HELD:
            seen = record.materials.filter(file__in=_files(record, person, at)).select_related("file")
            files = [(Crumb(one.title, one.get_absolute_url()), Class(one.file.classification).label) for one in seen]
            told.append(Related("Materials", ("File", "Class"), files, "There is none that you may read."))
        return told

    def context(self, record: EngagementEvent) -> dict[str, Any]:
        """How to register or what became of it, and what the organisers can do."""
        person, at = reader(self.request), self.request.at
        own = person and record.registrations.filter(person=person, state__in=STANDING).first()
        takes = record.state in TAKING and at <= record.registration_ends and not own
        meant = is_meant_for(record, person, at)
        return {
            "own": own,
            "way_in": reverse("event-register", args=[record.pk]) if takes and meant else "",
            "not_meant": takes and not meant,
            "waits": record.is_full,
            "calendar": reverse("event-ics", args=[record.pk]) if record.state != PLANNED else "",
            "steps": [
                one for one in EVENTS.open_steps(record, person, at)
                if one.step.name not in ON_OWN_PAGE and (one.step.target or not one.lacking)
            ] if person else [],
            "jobs": _jobs(record, at) if party_support(person, record, at) else (),
            "procedure": EVENTS if secretariat(person, record, at) else None,
        }  # fmt: skip


def _places(event: EngagementEvent) -> tuple[str, str, str]:
    taken, waiting = event.taken, event.registrations.filter(state=WAITING).count()
    line = f"{waiting} on the waiting list" if waiting else ""
    if event.capacity is None:
        return "no limit", "", f"{taken} registered" if taken else ""
    return f"{max(0, event.capacity - taken)} of {event.capacity} left", "", line


def _needs(event: EngagementEvent) -> Related:
    """What guests with a place told the organisers; it is forgotten after the event."""
    rows = [
        (Crumb(one.person.name, one.get_absolute_url()), one.needs)
        for one in event.registrations.filter(state__in=IN_PLACE).select_related("person").order_by("person__name")
        if one.needs
    ]
    return Related("What guests need", ("Guest", "What we should know"), rows, "No guest told us of anything.")


def _hours(session: Any) -> str:
    """When a session is: its day too where that is not its event's."""
    begins, ends = instant(session.begins_at), instant(session.ends_at)[-5:]
    same_day = local_day(session.begins_at) == local_day(session.event.begins_at)
    return f"{begins[-5:] if same_day else begins} to {ends}"


def _left(session: Any) -> str:
    if session.capacity is None:
        return "for everybody"
    taken = session.registrations.filter(state__in=IN_PLACE).count()
    return f"{max(0, session.capacity - taken)} of {session.capacity} left"


def _files(event: EngagementEvent, person: Any, at: Any) -> Any:
    rows: Any = StoredFile.objects.filter(pk__in=event.materials.values("file"))
    return rows.visible_to(person, at).values("pk")


def _jobs(event: EngagementEvent, at: datetime) -> tuple[tuple[str, str], ...]:
    pages = [("Who registered", f"{reverse('registrations')}?event={event.pk}")]
    if event.state not in (HELD, CANCELLED):
        pages += [
            ("Who is invited, and why", reverse("event-guests", args=[event.pk])),
            ("Add a session", reverse("event-session", args=[event.pk])),
            ("Change the number of places", reverse("event-resize", args=[event.pk])),
        ]
    if event.state in (*ANNOUNCED, HELD):
        pages.append(("Badges", reverse("event-badges", args=[event.pk])))
        if at >= event.begins_at:
            pages.append(("Who came", reverse("event-attendance", args=[event.pk])))
    if event.state == HELD:
        pages.append(("Give materials", reverse("event-material", args=[event.pk])))
    return tuple(pages)


class EventEntry(EntryPage):
    """Plans an event, or amends what is told of it."""

    model = EngagementEvent
    form_class = EventForm
    word, plural = "engagement event", "engagement events"
    who: ClassVar[Who] = staticmethod(party_support)
    begins = "plan"


class GuestList(Page):
    """Exactly who is invited by the next invitation, and why; who is left out, and why."""

    template = "engagement/events/guests.html"
    who: ClassVar[Who] = staticmethod(party_support)

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The list; nothing is sent."""
        event = found(EngagementEvent, key, self)
        told = guests(event, self.request.at)
        now = [one for one in told if not one.left_out]
        crumbs = (Crumb("Engagement events", reverse("engagement events")), Crumb(str(event), event.get_absolute_url()),
                  Crumb("Who is invited"))  # fmt: skip
        out = [one for one in told if one.left_out]
        step = reverse("step", args=["engagement.engagementevent", event.pk, "invite"]) if event.state in TAKING else ""
        return self.shown({"event": event, "now": now, "out": out, "step": step, "crumbs": crumbs})


class _OfEvent(FormPage):
    """A form of the organisers about one event."""

    model = EngagementEvent
    plural = "engagement events"
    who: ClassVar[Who] = staticmethod(party_support)


class AddSession(_OfEvent):
    """Adds a session to the programme."""

    title = button = "Add a session"

    def form(self, record: EngagementEvent, data: Any = None, files: Any = None) -> SessionForm:
        """The session."""
        blank = SessionForm.Meta.model(event=record)
        hours = {"begins_at": record.begins_at, "ends_at": record.ends_at}
        return SessionForm(data, instance=blank, initial=hours)

    def save(self, record: EngagementEvent, form: SessionForm) -> EngagementEvent:
        """Enters it."""
        journal.enter(form.save(commit=False), **self.told())
        return record


class Resize(_OfEvent):
    """Changes the number of places and gives those that become free."""

    title = button = "Change the number of places"
    lead = "Places that become free go to those who asked first. A place that was given is not taken away."

    def form(self, record: EngagementEvent, data: Any = None, files: Any = None) -> ResizeForm:
        """The number."""
        return ResizeForm(data, initial={"capacity": record.capacity})

    def save(self, record: EngagementEvent, form: ResizeForm) -> EngagementEvent:
        """Takes the step."""
        actions.resize(record, form.cleaned_data["capacity"], **self.told())
        return record


class Attendance(_OfEvent):
    """Tells who came."""

    title = "Who came"
    lead = "Mark everybody who came. Who has a place and is not marked did not come."

    def form(self, record: EngagementEvent, data: Any = None, files: Any = None) -> AttendanceForm:
        """Everybody with a place, by name."""
        rows = list(record.registrations.filter(state__in=IN_PLACE).select_related("person", "party"))
        rows.sort(key=lambda one: (one.person.name, one.pk))
        came = [str(one.pk) for one in rows if one.state == ATTENDED]
        return AttendanceForm(rows, data, initial={"came": came})

    def save(self, record: EngagementEvent, form: AttendanceForm) -> EngagementEvent:
        """Takes the step of each whose state changes."""
        actions.tell_attendance(record, map(int, form.cleaned_data["came"]), **self.told())
        return record


class GiveMaterial(_OfEvent):
    """Gives a file to those who may read it."""

    title = button = "Give materials"

    def form(self, record: EngagementEvent, data: Any = None, files: Any = None) -> MaterialForm:
        """The file and its class."""
        return MaterialForm(data, files)

    def save(self, record: EngagementEvent, form: MaterialForm) -> EngagementEvent:
        """Keeps it."""
        given = form.cleaned_data
        actions.add_material(
            record, given["title"], given["file"].name, given["file"].read(), given["rank"], **self.told()
        )  # fmt: skip
        return record


class EventCalendar(Page):
    """One event as a calendar file."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The file."""
        event = found(EngagementEvent, key, self)
        if event.state == PLANNED:
            raise Http404("An event has a calendar file once it is announced.")
        return as_ics(f"event-{event.pk}.ics", str(event), [item_of(event)], self.request.at)


class EventBadges(Page):
    """The badges of everybody with a place, to be printed."""

    who: ClassVar[Who] = staticmethod(party_support)

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The PDF."""
        event = found(EngagementEvent, key, self)
        rows = event.registrations.filter(state__in=IN_PLACE).select_related("person", "party")
        return attachment(badges(event, rows), "application/pdf", f"badges-{event.pk}.pdf")
