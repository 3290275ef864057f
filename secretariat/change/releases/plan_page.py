"""The plan of releases on one page, and the page that works out the earliest release of a proposal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.db.models import Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from secretariat.change import kinds
from secretariat.change.models import Proposal, Release
from secretariat.change.releases.asking import answer_for
from secretariat.change.releases.links import dependencies
from secretariat.change.releases.models import GoLiveMove, Milestone, MoveRequest, ReleaseItem
from secretariat.change.releases.page import load, warnings
from secretariat.change.releases.plan import Entry, Frame, Planned, drawing
from secretariat.change.releases.states import ALLOWED, REMOVED
from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.people import Person
from secretariat.plain.dates import local_day, long_date
from secretariat.plain.months import Month

ZOOMS = (6, 12, 24)
MOST_MONTHS = 36
USUAL = 12


class PlanPage(Page):
    """Every release of some months on one page: scopes, milestones, moved days, capacity and what does not fit."""

    template = "change/plan.html"
    crumbs = (Crumb("Releases", "/releases/"), Crumb("Plan"))

    def get(self, request: HttpRequest) -> HttpResponse:
        """The plan of the months asked for; of the months around today where nothing, or no month, is asked for."""
        person, at = reader(self.request), self.request.at
        frame, wrong = asked_for(request.GET.get("from", ""), request.GET.get("months", ""), local_day(at))
        releases = in_frame(frame, person, at)
        planned = [_planned(release) for release in releases]
        names = {release.name for release in releases}
        return self.shown(
            {
                "drawing": drawing(planned, frame, local_day(at), _depends(releases, person, at)),
                "frame": frame,
                "wrong": wrong,
                "planned": planned,
                "releases": [(release, _days_told(release)) for release in releases],
                "warnings": [one for one in warnings(person, at) if names & set(one.releases)],
                "zooms": [(months, _address(frame.first, months), months == frame.months) for months in ZOOMS],
                "earlier": _address(frame.first.plus(-max(frame.months // 2, 1)), frame.months),
                "later": _address(frame.first.plus(max(frame.months // 2, 1)), frame.months),
            },
            422 if wrong else 200,
        )


def asked_for(first: str, months: str, today: date) -> tuple[Frame, str]:
    """The months asked for, and what is wrong with what was typed, if anything is."""
    usual = Frame(Month.of(today).plus(-2), USUAL)
    if months and not (months.isascii() and months.isdigit() and 1 <= int(months) <= MOST_MONTHS):
        return usual, f"A plan shows 1 to {MOST_MONTHS} months, not “{months}”."
    number = int(months or USUAL)
    try:
        month = Month.parse(first) if first else usual.first
        month.plus(-number), month.plus(2 * number)
    except ValueError as error:
        return usual, str(error)
    return Frame(month, number), ""


def in_frame(frame: Frame, person: Person | None, at: datetime) -> list[Release]:
    """The releases with a day, present or former, in the months of a plan, with all that is drawn of them."""
    span = (frame.begins, frame.ends)
    rows = Release.objects.filter(Q(go_live_on__range=span) | Q(moves__old__range=span)).distinct()
    items = ReleaseItem.objects.visible_to(person, at).exclude(state__in=("", REMOVED)).select_related("proposal")
    leaves = MoveRequest.objects.visible_to(person, at).filter(state=ALLOWED).order_by("answered_on")
    return list(
        rows.visible_to(person, at)
        .prefetch_related(
            Prefetch("items", items.order_by("proposal__number", "proposal__suffix", "part")),
            Prefetch("milestones", Milestone.objects.visible_to(person, at)),
            Prefetch("moves", GoLiveMove.objects.order_by("pk")),
            Prefetch("move_requests", leaves),
        )
        .order_by("go_live_on", "name")
    )


def _planned(release: Release) -> Planned:
    was = tuple(move.old for move in release.moves.all() if move.old)
    leave = next(reversed([*release.move_requests.all()]), None)
    window = (leave.answered_on, leave.window_until) if leave else None
    about = "; ".join(part for part in (release.get_kind_display(), release.state, str(load(release))) if part)
    entries = (*_milestones(release), *_items(release))
    return Planned(
        release.name, release.get_absolute_url(), release.go_live_on, about, release.state, was, window, entries
    )


def _items(release: Release) -> Iterable[Entry]:
    for item in release.items.all():
        ends = item.implemented_on or release.go_live_on
        begins = min(item.targeted_on or ends, ends - timedelta(days=1))
        label = f"{item.what} {item.proposal.title}"
        short = label if len(label) <= 48 else f"{label[:47].rstrip()}…"
        yield Entry(_key(item), f"{short}, {item.state}", item.state.replace(" ", "-"), begins, ends,
                    item.get_absolute_url())  # fmt: skip


def _key(item: ReleaseItem) -> str:
    return f"item-{item.pk}"


def _milestones(release: Release) -> Iterable[Entry]:
    for one in release.milestones.all():
        day = one.done_on or one.due_on
        if day:
            label = f"{one}, {'done' if one.done_on else 'due'} {long_date(day)}"
            yield Entry(
                f"milestone-{one.pk}", label, "done" if one.done_on else "due", day, day, one.get_absolute_url()
            )


def _depends(releases: list[Release], person: Person | None, at: datetime) -> dict[str, list[tuple[str, str]]]:
    items = [item for release in releases for item in release.items.all()]
    keys = {item.proposal_id: _key(item) for item in items}
    told = dependencies(keys, person, at)
    return {
        _key(item): [(keys[other], f"{item.what} depends on {label}") for other, label in told[item.proposal_id]
                     if other in keys]
        for item in items
        if item.proposal_id in told
    }  # fmt: skip


def _days_told(release: Release) -> str:
    return "; ".join(
        f"{long_date(move.old)}, moved on {long_date(move.moved_on)} by {move.get_moved_by_display()}"
        for move in release.moves.all()
        if move.old
    )


def _address(first: Month, months: int) -> str:
    return f"{reverse('release plan')}?from={first.iso}&months={months}"


class EarliestPage(Page):
    """The earliest possible release of one proposal, with the working."""

    template = "change/earliest.html"
    model: ClassVar[type[Proposal]] = Proposal
    word: ClassVar[str] = "earliest release"
    key: ClassVar[str] = "reference"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """Every release to come with the last day of each step; `dcc` says otherwise than recorded of DCC Systems."""
        proposal = self.readable(key)
        person, at = reader(self.request), self.request.at
        dcc = {"yes": True, "no": False}.get(request.GET.get("dcc", ""))
        context: dict[str, Any] = {"proposal": proposal, "dcc": dcc, "answer": None, "refused": ""}
        try:
            context["answer"] = answer_for(proposal, person, at, dcc)
        except ValueError:
            context["refused"] = f"{proposal.reference} is {proposal.get_state_display().lower() or 'not raised'}."
        crumbs = (
            Crumb("Proposals", reverse("proposals")),
            Crumb(str(proposal), proposal.get_absolute_url()),
            Crumb("Earliest possible release"),
        )
        return self.shown({**context, "crumbs": crumbs})

    def readable(self, key: str) -> Proposal:
        """The proposal by any of its labels, if the person may read it. Raises Http404 otherwise."""
        found = kinds.proposal(key)
        rows = Proposal.objects.filter(pk__in=[found.pk] if found else [])
        record: Proposal | None = rows.visible_to(reader(self.request), self.request.at).first()
        if record is None:
            raise Http404(f"There is no proposal {key} that you may read.")
        return record
