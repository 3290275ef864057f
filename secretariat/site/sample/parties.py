"""The parties of the sample: 330 at the end of February 2020, in 261 voting groups, the DCC among both.

The companies that a published document names are real; the day of an accession that none gives is assumed. All
others are invented, each with a number in its name. Accessions fall in the months that the papers print.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from django.utils.text import slugify

from secretariat.plain.months import Month
from secretariat.site.sample.calendar import panel_day
from secretariat.site.sample.crew import Crew
from secretariat.site.sample.facts import facts

LARGE, SMALL, ELECTRICITY, GAS, OTHER = (
    "large-supplier", "small-supplier", "electricity-network", "gas-network", "other-sec-party",
)  # fmt: skip
FIRST_DAY = date(2013, 9, 23)
COLUMNS = ("key", "name", "category", "voting_group", "acceded_on", "invented")

REAL = (
    ("Smart DCC Limited", "dcc", FIRST_DAY),
    ("EDF Energy", LARGE, FIRST_DAY),
    ("IMServ Europe Limited", OTHER, date(2014, 3, 14)),
    ("CNG (Group) Limited", SMALL, date(2014, 3, 14)),
    ("Wingas UK Limited", SMALL, date(2014, 6, 13)),
    ("Enterprise Gas Ltd", SMALL, date(2015, 2, 13)),
    ("Future Energy (Supply) Ltd", SMALL, date(2015, 9, 11)),
    ("Green Supplier Limited", SMALL, date(2016, 3, 11)),
    ("Foxglove Energy Supply Limited", SMALL, date(2016, 4, 8)),
    ("N3rgy Limited", OTHER, date(2016, 11, 11)),
    ("Toto Energy Limited", SMALL, date(2016, 11, 11)),
    ("Leep Gas Networks Limited", OTHER, date(2018, 7, 13)),
    ("Smart Appliances Design Services Limited", OTHER, date(2020, 2, 14)),
    ("Neon Reef Limited", SMALL, date(2020, 2, 14)),
)
"""The companies that the documents name: category as published, or assumed, and day of accession."""

GROUP_SIZES = {
    LARGE: [3] * 5 + [2] * 7,
    ELECTRICITY: [2] * 6 + [1] * 12,
    GAS: [2] * 7 + [1] * 6,
    SMALL: [2] * 25 + [1] * 82,
    OTHER: [2] * 14 + [1] * 88,
}
"""How many invented parties each invented voting group has at the end of February 2020."""

TRADES = {
    LARGE: "Energy", SMALL: "Supply", ELECTRICITY: "Electricity Networks", GAS: "Gas Networks", OTHER: "Meter Services",
}  # fmt: skip
LEAVERS = 19
"""How many invented parties have left: all of them suppliers, and parties before June 2017."""

BEFORE = 236
"""How many of the invented parties were parties before June 2017."""

GAP = {"2018-07": 1, "2018-08": 1, "2018-09": 2, "2018-10": 1, "2018-11": 1, "2018-12": 1}
"""Invented accessions in months of which no document prints any, beside that of the party named for July 2018."""

PLACES = (
    "Alderbrook", "Brackenford", "Cobblemere", "Dunwater", "Eastfallow", "Fernhollow", "Gorsemoor", "Harebeck",
    "Ivystead", "Juniperdale", "Kestrelby", "Larkhurst", "Mosswick", "Nettlecombe", "Oakenshaw", "Plumley",
    "Quillbrook", "Rushmarsh", "Sedgefen", "Thistledown", "Underbarrow", "Valeholm", "Willowgarth", "Yarrowfield",
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One row of the file of parties."""

    name: str
    category: str
    group: str
    acceded_on: date
    invented: bool

    @property
    def key(self) -> str:
        """The key in the party's address."""
        return slugify(self.name)


def enter(crew: Crew) -> None:
    """Loads every party that there is or was."""
    crew.load(
        "parties",
        "party.support",
        COLUMNS,
        [
            (told.key, told.name, told.category, told.group, told.acceded_on, "yes" if told.invented else "no")
            for told in sorted(all_parties(), key=lambda told: (told.acceded_on, told.key))
        ],
    )


def all_parties() -> list[Told]:
    """Every party of the sample."""
    real = [Told(name, category, "", day, invented=False) for name, category, day in REAL]
    return [*real, *invented(), *leavers()]


def invented() -> list[Told]:
    """The invented parties of February 2020, in the order in which they acceded within their category."""
    licensed = [row for category in (LARGE, ELECTRICITY, GAS) for row in _named(category)]
    later = _shuffled([*_named(SMALL), *_named(OTHER)])
    early = BEFORE - LEAVERS - len(licensed)
    days = [*_early_days(len(licensed) + early), *_later_days()]
    return [
        Told(name, category, group, day, invented=True)
        for (name, category, group), day in zip([*licensed, *later], days, strict=True)
    ]


def leavers() -> list[Told]:
    """The invented parties that have left, numbered from 901."""
    names = [f"{PLACES[number % len(PLACES)]} Supply {901 + number} Limited" for number in range(LEAVERS)]
    days = (panel_day(Month(2014, 1).plus(2 * number)) for number in range(LEAVERS))
    return [Told(name, SMALL, "", day, invented=True) for name, day in zip(names, days, strict=True)]


def _named(category: str) -> Iterator[tuple[str, str, str]]:
    """Name, category and group of each invented party of a category; a group of one has no name of its own."""
    first = {LARGE: 1, ELECTRICITY: 101, GAS: 201, SMALL: 301, OTHER: 501}[category]
    number = first
    for place, size in enumerate(GROUP_SIZES[category]):
        root = f"{PLACES[place % len(PLACES)]} {TRADES[category]}"
        group = f"{root} {number:03d} Group" if size > 1 else ""
        for _ in range(size):
            yield f"{root} {number:03d} Limited", category, group
            number += 1


def _shuffled(rows: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    Random(330).shuffle(rows)  # noqa: S311 - a fixed order, nothing secret
    return rows


def _early_days(number: int) -> Iterator[date]:
    """Days of accession before June 2017, a third of them on the first day of the code."""
    months = Month.range(Month(2013, 11), Month(2017, 5))
    for place in range(number):
        yield FIRST_DAY if 3 * place < number else panel_day(months[place % len(months)])


def _later_days() -> Iterator[date]:
    """The Board's day in each month for as many invented parties as the papers print more than they name."""
    named = [Month.of(day).iso for _, _, day in REAL]
    printed = {row["month"]: int(row["accessions"]) for row in facts("party_statistics")}
    for month, accessions in sorted({**printed, **GAP}.items()):
        others = accessions - named.count(month) * (month in printed)
        yield from [panel_day(Month.parse(month))] * others
