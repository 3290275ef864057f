"""A series begins and ends; while it runs, time alone plans its meetings ahead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from secretariat.committees.models import Committee
from secretariat.core.calendar import calendar
from secretariat.core.facts import a_day
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.meetings.models import CANCELLED, Meeting
from secretariat.meetings.procedure import MEETINGS, committees_team
from secretariat.meetings.series.models import ENDED, RUNNING, Series
from secretariat.meetings.series.numbering import next_number
from secretariat.meetings.series.pattern import OnHoliday
from secretariat.plain.dates import local_day
from secretariat.plain.months import Month
from secretariat.post.due import Due, register

Facts = Mapping[str, Any]
MARGIN = timedelta(days=31)
"""How far before the end of the known bank holidays the planning stops."""


@rule("GOV-9")
def ends_after_it_begins(series: Series, at: datetime, facts: Facts) -> bool:
    """A series does not end before it begins."""
    return bool(facts["last_day"] >= series.from_day)


def _stop(series: Series, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    series.to_day = facts["last_day"]


SERIES = Procedure(
    "series",
    Series,
    Step("begin", NEW, RUNNING, who=committees_team),
    Step("stop", RUNNING, ENDED, who=committees_team, rules=(ends_after_it_begins,),
         facts={"last_day": a_day(help_text="Meetings planned after it are cancelled one by one.")},
         change=_stop),
)  # fmt: skip


def missing(series: Iterable[Series], at: datetime) -> list[Meeting]:
    """The meetings, not saved yet, that series lack from today on, each with the next number of its body.

    A day of the rule is passed over on which the body meets already, and one whose meeting was moved or cancelled.
    """
    found = sorted((day, one.pk, slot, one) for one in series for slot, day in _open_slots(one, at))
    numbers: dict[int, int] = {}
    meetings: list[Meeting] = []
    taken: set[tuple[int, date]] = set()
    for day, _, slot, one in found:
        body = one.committee
        if (body.pk, day) in taken:
            continue
        taken.add((body.pk, day))
        number = numbers.get(body.pk) or next_number(body) if one.numbered else None
        numbers |= {body.pk: number + 1} if number else {}
        meetings.append(_meeting(one, slot, day, number))
    return meetings


def _meeting(series: Series, slot: date, day: date, number: int | None) -> Meeting:
    return Meeting(
        committee=series.committee, series=series, slot=slot, day=day, starts=series.starts, ends=series.ends,
        number=number, invented=series.invented, classification=series.classification, audience=series.audience,
    )  # fmt: skip


def _open_slots(series: Series, at: datetime) -> Iterator[tuple[date, date]]:
    """The days of the rule with the days on which the body meets for them, as far as nothing is planned yet."""
    today, until = local_day(at), horizon(at)
    made = set(Meeting.objects.filter(series=series).values_list("slot", flat=True))
    met = set(_days_met(series.committee))
    for slot, day in days_of(series, today, until):
        if slot not in made and day is not None and day not in met and day >= today and _exists(series, day):
            yield slot, day


def _days_met(body: Committee) -> Iterable[date]:
    return Meeting.objects.filter(committee=body).exclude(state=CANCELLED).values_list("day", flat=True)


def _exists(series: Series, day: date) -> bool:
    body = series.committee
    return (body.from_day is None or body.from_day <= day) and (body.to_day is None or body.to_day >= day)


def days_of(series: Series, first: date, last: date) -> Iterator[tuple[date, date | None]]:
    """Each day that the rule gives, with the day on which the body meets for it: none when it does not meet then."""
    known, on_holiday = calendar(), OnHoliday(series.on_holiday)
    exceptions = {row.day: row.instead for row in series.exceptions.all()}
    for slot in series.pattern.days(first, min(last, known.last_day - MARGIN)):
        if slot in exceptions:
            yield slot, exceptions[slot]
        else:
            yield slot, on_holiday.meets_on(slot, known)


def horizon(at: datetime) -> date:
    """The last day up to which meetings of series are planned."""
    return Month.of(local_day(at)).plus(RULEBOOK.number("meetings.months_ahead", at)).last


@register
def meetings_ahead(at: datetime) -> Iterator[Due]:
    """The meetings of running series that are to be planned."""
    running: dict[int, list[Series]] = defaultdict(list)
    for series in Series.objects.filter(state=RUNNING).select_related("committee").prefetch_related("exceptions"):
        running[series.committee_id].append(series)
    for of_body in running.values():
        for meeting in missing(of_body, at):
            yield Due(MEETINGS, "plan", meeting)
