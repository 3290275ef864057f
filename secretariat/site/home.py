"""The first page, composed for who is reading it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from secretariat.committees.ballots.models import electors_of
from secretariat.committees.elections.models import NOMINATING, Call
from secretariat.core.capacities import speaks_for
from secretariat.core.files import StoredFile
from secretariat.core.journal import Event
from secretariat.core.kinds import kind_of
from secretariat.core.pages import Page, reader
from secretariat.core.people import Person, Role, Team
from secretariat.meetings.minutes.models import CIRCULATED, Minutes
from secretariat.meetings.packs.models import ISSUED
from secretariat.plain.dates import instant, local_day, long_date
from secretariat.register.models import Party
from secretariat.site.composed import Line, Panel, by_room, coming, latest, waiting_on


class Home(Page):
    """What this is, what is new, what is next; for those who act in it, what waits on them."""

    template = "site/home.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page of the person's capacities."""
        person, at = reader(self.request), self.request.at
        return self.shown(
            {
                "capacities": list(dict.fromkeys(map(str, person.capacities_on(local_day(at))))) if person else [],
                "waiting": by_room(waiting_on(person, at)) if person else [],
                "before": waiting_of_change(person, request, at) if person else [],
                "acts": person is not None and bool(person.capacities_on(local_day(at))),
                "parties": list(Party.objects.filter(pk__in=speaks_for(person, at))) if person else [],
                "panels": [panel for panel in self._panels(person, at) if panel is not None],
                "today": local_day(at),
            }
        )

    def _panels(self, person: Person | None, at: datetime) -> list[Panel | None]:
        request = self.request
        codes = _audiences(person, at)
        own = [
            coming("meetings", f"Next meetings of {' and '.join(codes)}", request, committee__code__in=codes),
            papers_to_come(codes, request),
            minutes_to_comment_on(codes, person, at),
            with_lines(latest("papers", f"Reports for {' and '.join(codes)}", request, audience__in=codes)),
        ]
        return [
            *(own if codes else []),
            to_the_calendar(coming("meetings", "Next meetings", request)),
            calls_for_nominations(person, at),
            latest("papers", "Latest papers", request),
            latest("proposals", "Recent proposals", request),
            latest("product lists", "Product lists", request, limit=3) if person is None else None,
            latest_loads(person, at) if person is not None and person.acts_as(Role.SECRETARIAT, at) else None,
        ]


def papers_to_come(codes: list[str], request: HttpRequest) -> Panel | None:
    """The papers that are issued for the meetings of bodies that are still to come, those of the next one first."""
    title, only = f"Papers for the next meetings of {' and '.join(codes)}", {"meeting__committee__code__in": codes}
    panel = coming("meeting papers", title, request, limit=10, state=ISSUED, **only)
    return replace(panel, empty="No paper is issued for them yet.") if panel is not None else None


def minutes_to_comment_on(codes: list[str], person: Person | None, at: datetime) -> Panel | None:
    """The minutes of bodies that are circulated to their members, the earliest to be answered first (rule GOV-11)."""
    found: Any = Minutes.objects.filter(state=CIRCULATED, meeting__committee__code__in=codes)
    rows = found.visible_to(person, at).select_related("meeting__committee").order_by("comments_by", "pk")
    lines = [Line(one.get_absolute_url(), str(one), (f"Comments by {long_date(one.comments_by)}",)) for one in rows]
    return with_lines(Panel("Minutes to comment on", lines, "", reverse("minutes"), "All minutes"))


def with_lines(panel: Panel | None) -> Panel | None:
    """A panel that is left out where nothing is in it."""
    return panel if panel is not None and panel.lines else None


def to_the_calendar(panel: Panel | None) -> Panel | None:
    """A panel of meetings that leads on to the calendar of all bodies."""
    return replace(panel, more=reverse("calendar"), more_label="The calendar") if panel is not None else None


def calls_for_nominations(person: Person | None, at: datetime) -> Panel | None:
    """The elections in which somebody can be nominated now, the earliest closing first; None where there is none."""
    calls: Any = Call.objects.filter(state=NOMINATING, closes_at__gte=at)
    lines = [
        Line(call.get_absolute_url(), str(call), (f"Nominations close {instant(call.closes_at)}",))
        for call in calls.visible_to(person, at).select_related("committee").order_by("closes_at", "pk")[:5]
    ]
    return Panel("Calls for nominations", lines, "", reverse("elections"), "All elections") if lines else None


BEFORE_BODIES = {
    "CSC": ("Draft Proposals before the Change Sub-Committee", {"state": "development"}),
    "SECCB": ("Proposals that await the Change Board's vote", {"state": "decision", "recommendation": ""}),
}
"""What of change is before a body, by its code."""


def waiting_of_change(person: Person, request: HttpRequest, at: datetime) -> list[Panel]:
    """What of change waits on a person's capacities, one query each; lists with nothing in them are left out."""
    found: list[Panel | None] = []
    own = speaks_for(person, at)
    if votes := {elector.ballot_id for elector in electors_of(person, at)}:
        found.append(latest("ballots", "Ballots in which you may vote", request, id__in=votes))
    if own:
        found.append(latest("proposals", "Proposals of your party", request, proposer__in=own, state__in=OPEN))
    if person.acts_as(Role.AUTHORITY, at):
        paths = ("authority", "authority-led")
        found.append(
            latest("proposals", "Proposals that await the Authority", request, state="decision", path__in=paths)
        )
    if person.acts_as(Role.DCC, at):
        found.append(latest("change assessments", "Assessments that the DCC is asked for", request, state="requested"))
    if person.acts_as(Role.SECRETARIAT, at, Team.CHANGE):
        found.append(latest("ideas", "Problems told to us, to reply to", request, state="received"))
    for code in _audiences(person, at):
        kept_informed = {"interests__body": code, "interests__until": None}
        title, only = BEFORE_BODIES.get(code, (f"Proposals of which {code} is kept informed", kept_informed))
        found.append(latest("proposals", title, request, **only))
    return [panel for panel in map(with_lines, found) if panel is not None]


OPEN = ("development", "refinement", "report", "decision")


def _audiences(person: Person | None, at: datetime) -> list[str]:
    rows = person.capacities_on(local_day(at)) if person else []
    return sorted({row.audience for row in rows if row.role == Role.COMMITTEE_MEMBER and row.audience})


def latest_loads(person: Person, at: datetime) -> Panel:
    """The files loaded last, newest first, as far as the person may read them."""
    kind = kind_of(StoredFile)
    events = Event.objects.filter(name="storedfile.load", kind=kind).visible_of({kind}, person, at)
    rows = list(events.order_by("-id")[:5])
    files = StoredFile.objects.visible_to(person, at).in_bulk([row.subject_id for row in rows])
    lines = [_load_line(row, files[row.subject_id]) for row in rows if row.subject_id in files]
    return Panel("Latest loads", lines, "No file has been loaded yet.", "/load/", "Load a file")


def _load_line(event: Event, file: StoredFile) -> Line:
    accepted = event.facts.get("accepted", 0)
    return Line(file.get_absolute_url(), file.name, (f"{event.facts.get('kind', '')}: {accepted:,} accepted",))
