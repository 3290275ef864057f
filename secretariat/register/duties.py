"""What a party in default, or with a notice of it, must do and by when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from secretariat.core.calendar import calendar
from secretariat.core.duties import Duty, duties
from secretariat.core.people import Person
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import long_date
from secretariat.register.models import IN_DEFAULT, NOTICE_SERVED, DefaultCase
from secretariat.register.procedure import counts_from, cure_due

CURE = "DEF-1, Section M8.1"


@duties
def cures(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """What is to be put right: until 17:00 on the last day after a notice; without a day once the default has begun."""
    open_cases = DefaultCase.objects.filter(party_id=party_id, state__in=(NOTICE_SERVED, IN_DEFAULT))
    for case in open_cases.visible_to(person, at):
        if case.state == NOTICE_SERVED and case.notice_on:
            yield _after_notice(case, case.notice_on)
        elif case.entered_on:
            yield _in_default(case, case.entered_on)


def _in_default(case: DefaultCase, since: date) -> Duty:
    return Duty(
        what=f"Cure the default: {case.get_limb_display()}",
        about=case,
        why=f"In default since {long_date(since)}. Until it is cured the Panel may suspend rights and services.",
        citation="DEF-2, DEF-3, Section M8.4",
        does="See the case",
    )


def _after_notice(case: DefaultCase, served: date) -> Duty:
    due = cure_due(case)
    days = RULEBOOK.number(f"default.limb_{case.limb}.cure_wd", served)
    return Duty(
        what=f"Put right what the notice names: {case.get_limb_display()}",
        about=case,
        due=calendar().closing(due) if due else None,
        why="After that an Event of Default begins.",
        citation=CURE,
        working=calendar().working(counts_from(served, calendar()), days).sentence(),
        does="See the notice",
    )
