"""How two of the sample's parties left and a third gave notice, and a Supplier of Last Resort: all invented.

An exit begins while its party is one, so those of parties that have left begin when the sample's departures are
entered. A supplier cannot withdraw, so the one that did became an Other SEC Party first, when its licence had ended.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from secretariat.core.people import Person
from secretariat.register.leaving.actions import appoint
from secretariat.register.leaving.models import Ground, LastResort, Leaving
from secretariat.register.leaving.procedure import CHECKLISTS, EXITS
from secretariat.register.models import Category, Party
from secretariat.register.procedure import PARTIES
from secretariat.site.sample import parties
from secretariat.site.sample.crew import Crew, noon, told

WITHDREW, FAILED = date(2018, 12, 21), date(2020, 1, 10)
"""The days on which the two parties left; no other party of the sample left on them."""

LICENCE_ENDED, NOTICE, SETTLED = date(2018, 12, 3), date(2018, 12, 4), date(2018, 12, 12)
BOARD = "SECCo Board, 14 December 2018"
CEASED, COUNTED = date(2020, 1, 6), date(2020, 2, 5)
HUBS: dict[str, Any] = {"held": 140, "returned": 85}
GIVEN = date(2020, 2, 20)
GONE_THROUGH = date(2020, 2, 7)


def before(party: Party, leaves: date, adviser: Person) -> None:
    """Begins the exit of a party that will leave on a day; of most no exit is told."""
    if leaves == WITHDREW:
        _withdrawal(party, adviser)
    elif leaves == FAILED:
        _begin("open", party, Ground.CEASED, CEASED, adviser)


def _begin(step: str, party: Party, ground: Ground, day: date, adviser: Person) -> Leaving:
    made = Leaving(party=party, ground=ground, invented=True)
    EXITS.take(step, made, day=day, **told(adviser, noon(day)))
    return made


def _withdrawal(party: Party, adviser: Person) -> None:
    """From the end of the licence to the day that the Board fixed."""
    PARTIES.take("recategorise", party, day=LICENCE_ENDED, category=Category.OTHER, voting_group=None,
                 **told(adviser, noon(LICENCE_ENDED)))  # fmt: skip
    made = _begin("notify", party, Ground.WITHDRAWAL, NOTICE, adviser)
    EXITS.take("settle", made, day=SETTLED, **told(adviser, noon(SETTLED)))
    EXITS.take("fix", made, day=WITHDREW, meeting=BOARD, **told(adviser, noon(date(2018, 12, 14))))


def enter(crew: Crew) -> None:
    """Closes the exit of the party that withdrew, counts hubs, enters an appointment, and takes a notice."""
    adviser = crew["party.support"]
    withdrew = Leaving.objects.get(party__left_on=WITHDREW)
    EXITS.take("close", withdrew, **told(adviser, noon(WITHDREW)))
    failing = Leaving.objects.get(party__left_on=FAILED)
    EXITS.take("count_hubs", failing, **HUBS, **told(adviser, noon(COUNTED)))
    _last_resort(failing.party, adviser)
    other = [row.key for row in parties.invented() if row.category == parties.OTHER][-1]
    _begin("notify", Party.objects.get(key=other), Ground.WITHDRAWAL, GIVEN, adviser)


def _last_resort(failing: Party, adviser: Person) -> None:
    """An appointment on the day on which the other left; every second item of its checklists is done."""
    large = next(row.key for row in parties.invented() if row.category == parties.LARGE)
    event = LastResort(failing=failing, appointed=Party.objects.get(key=large), appointed_on=FAILED, invented=True)
    appoint(event, **told(adviser, noon(FAILED)))
    for item in event.items.filter(position__in=(1, 3, 5)):
        CHECKLISTS.take("do", item, day=GONE_THROUGH, **told(adviser, noon(GONE_THROUGH)))
