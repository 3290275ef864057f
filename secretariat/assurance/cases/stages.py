"""Where cases stood and when, for those that are loaded: read off the days that the files tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise

from secretariat.assurance.cases.models import Stage
from secretariat.assurance.models import OUTCOMES, Assessment, MilestoneKind, State

REACHED_IN: dict[str, State] = {
    MilestoneKind.VALIDATION_1: State.VALIDATED,
    MilestoneKind.FIELDWORK: State.FIELDWORK,
    MilestoneKind.REPORT: State.REPORTED,
    MilestoneKind.PREPARED: State.PREPARED,
    **dict.fromkeys(OUTCOMES, State.DECIDED),
    MilestoneKind.DIRECTORS_LETTER: State.LETTER,
}
"""The state in which each milestone is first reached."""
ORDER = list(State)

Start = tuple[str, date]


def spells(starts: Iterable[Start], current: str) -> Iterator[tuple[str, date, date | None]]:
    """Each state with its first and last day, from the days on which the states began.

    The last one is open when it is where the case stands; else nobody knows until when it lasted, and it is left out.
    """
    known = sorted(set(starts), key=lambda start: (start[1], ORDER.index(State(start[0]))))
    for (state, day), (_, following) in pairwise(known):
        yield state, day, following - timedelta(days=1)
    if known and known[-1][0] == current:
        yield *known[-1], None


def told_starts(case: Assessment) -> Iterator[Start]:
    """The states that a case has been in, with the days on which it came there, as far as they are kept."""
    yield State.REQUESTED, case.opened_on
    for milestone in case.milestones.all():
        yield REACHED_IN[milestone.kind], milestone.day
    for stage in case.stages.all():
        yield stage.standing, stage.from_day
    if case.closed_on and case.state in (State.CLOSED, State.CANCELLED):
        yield case.state, case.closed_on


def rewrite(ids: Iterable[int], recorded: datetime, since: dict[int, date] | None = None) -> None:
    """Writes the stages of cases anew; `since` tells of some when they came to where they stand."""
    wanted = set(ids)
    rows = Assessment.objects.filter(pk__in=wanted).prefetch_related("milestones", "stages")
    made = []
    for case in rows:
        starts = list(told_starts(case))
        if since and case.pk in since:
            starts.append((case.state, since[case.pk]))
        made += [
            Stage(assessment=case, standing=state, from_day=first, to_day=last, recorded=recorded)
            for state, first, last in spells(starts, case.state)
        ]
    Stage.objects.filter(assessment__in=wanted).delete()
    Stage.objects.bulk_create(made, batch_size=500)
