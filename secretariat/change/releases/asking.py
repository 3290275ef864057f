"""The question of the earliest release, asked of the record: what a proposal still has, and which releases come."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from secretariat.change.models import Path, Proposal, Release, Stage, is_old_shape
from secretariat.change.releases.earliest import LEGS, Answer, Leg, Target, Way, earliest, last_days, legs
from secretariat.change.releases.links import fixed_ends, lead_time, touches_systems
from secretariat.change.releases.models import ReleaseItem
from secretariat.change.releases.states import BASELINED, IN_BASELINE, PLANNED, SCOPE_APPROVED
from secretariat.core.calendar import calendar
from secretariat.core.pages import Related
from secretariat.core.people import Person
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day, long_date
from secretariat.plain.workdays import OutsideCalendarError

TO_COME = ("", PLANNED, SCOPE_APPROVED, BASELINED)
"""The states of a release that is still to come."""


def releases_to_come(person: Person | None, at: datetime) -> Any:
    """The releases that go live today or later, as far as a person may read them, in order."""
    rows = Release.objects.filter(go_live_on__gte=local_day(at), state__in=TO_COME)
    return rows.visible_to(person, at).order_by("go_live_on", "name")


def answer_for(proposal: Proposal, person: Person | None, at: datetime, dcc: bool | None = None) -> Answer:
    """The earliest possible release of a proposal, with what was assumed. `dcc` overrides what is recorded of impact.

    Raises ValueError for a proposal that can come into no release any more.
    """
    recorded = touches_systems(proposal) if dcc is None else dcc
    lead = lead_time(proposal, at)
    way = Way(proposal.state, proposal.path, recorded is not False, is_old_shape(proposal.raised_on), lead)
    days = calendar()
    steps, ends = legs(way, local_day(at)), {**fixed_ends(proposal, local_day(at)), **_ends(proposal)}
    open_steps = [leg for leg in steps if leg.key not in ends or ends[leg.key] > local_day(at)]
    own = set(ReleaseItem.objects.filter(proposal=proposal, state=IN_BASELINE).values_list("release_id", flat=True))
    targets = [_target(release, own) for release in releases_to_come(person, at)]
    found = earliest(open_steps, targets, days.effective_day(at), days, ends)
    return Answer(found.candidates, found.ready_on, _assumed(proposal, recorded))


def _ends(proposal: Proposal) -> dict[str, date]:
    """The steps whose end is fixed: after a decision under Self-Governance, the time for a referral."""
    if proposal.state != Stage.APPROVED:
        return {}
    decided = proposal.spells.filter(stage=Stage.APPROVED).values_list("from_day", flat=True).last()
    if decided is None:
        return {}
    return {"referral": calendar().add(decided, RULEBOOK.number("referral.window_wd", decided))}


def _target(release: Release, own: set[int]) -> Target:
    shut = ""
    if release.state == BASELINED and release.pk not in own:
        shut = "The Panel has baselined its scope."
    takes = release.kind == Release.Kind.SYSTEM
    return Target(release.name, release.go_live_on, takes, shut, release.get_absolute_url())


def _assumed(proposal: Proposal, dcc: bool | None) -> tuple[str, ...]:
    said = []
    if dcc is None:
        said.append("Whether it changes DCC Systems is not recorded: reckoned as if it does.")
    if not proposal.path:
        said.append("Its path is not recorded: reckoned as if the Authority decides.")
    return tuple(said)


def last_days_to(release: Release, at: datetime) -> Related:
    """The last day for each step of a proposal that is to come into a release, by who decides and what it changes."""
    ways = [("Documents only, Self-Governance", Way(Stage.DEVELOPMENT, Path.SELF_GOVERNANCE, dcc=False)),
            ("Documents only, the Authority decides", Way(Stage.DEVELOPMENT, Path.AUTHORITY, dcc=False))]  # fmt: skip
    if release.kind == Release.Kind.SYSTEM:
        ways.append(("DCC Systems, the Authority decides", Way(Stage.DEVELOPMENT, Path.AUTHORITY, dcc=True)))
    columns: list[dict[str, date]] = []
    for _, way in ways:
        columns.append(_last_days(release.go_live_on, legs(way, local_day(at))))
    rows: list[tuple[Any, ...]] = [
        (what, *(long_date(column[key]) if key in column else "" for column in columns))
        for key, (what, _, _) in LEGS.items()
        if any(key in column for column in columns)
    ]
    return Related(
        "Last day to …", ("Done by", *(name for name, _ in ways)), rows, "The calendar does not reach so far."
    )


def _last_days(go_live: date, steps: list[Leg]) -> dict[str, date]:
    try:
        days = last_days(go_live, steps, calendar())
    except OutsideCalendarError:
        return {}
    return {leg.key: day for leg, day in zip(steps, days, strict=True)}
