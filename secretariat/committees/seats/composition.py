"""How many seats each constituency of a body has by the rulebook, against how many there are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from secretariat.committees.models import Committee
from secretariat.committees.seats.models import CATEGORIES, Constituency, Seat
from secretariat.core.rulebook import RULEBOOK, Entry, Rulebook, UnknownRule
from secretariat.register.parties import Category, GroupMembership, VotingGroup

LINE = re.compile(
    r"(?P<most>at most )?(?P<number>\d+)(?P<each> for each Voting Group)?|(?P<share>all|\d+) of (?P<body>[A-Z]{2,12})"
)
APART = (Constituency.CHAIR, Constituency.OBSERVER, Constituency.APPOINTED)
"""Seats that are told apart from those held for a constituency."""


@dataclass(frozen=True)
class Line:
    """One line of a body's composition as the rulebook has it.

    `at_most` is a bound and no claim; `per_group` gives that many to each Voting Group; `body` is the code of the
    body that fills them, all of whose members sit when `number` is none.
    """

    constituency: Constituency
    number: int | None
    entry: Entry
    at_most: bool = False
    per_group: bool = False
    body: str = ""

    @property
    def place(self) -> tuple[str, str]:
        """What its seats are counted under: the constituency, and the body that fills them."""
        return self.constituency, self.body


@dataclass(frozen=True)
class Composition:
    """A line with how many seats there are on a day, and how many it gives; none where that is not a number."""

    line: Line
    seats: int
    said: int | None

    @property
    def constituency(self) -> Constituency:
        """For whom the seats are."""
        return self.line.constituency

    @property
    def entry(self) -> Entry:
        """The rulebook's entry, with its source and doubt."""
        return self.line.entry

    @property
    def fits(self) -> bool:
        """Whether there are as many seats as the rules give, or no more than they allow."""
        if self.said is None:
            return self.seats == 1
        return self.seats <= self.said if self.line.at_most else self.seats == self.said


def lines(code: str, day: date, rulebook: Rulebook = RULEBOOK) -> Iterator[Line]:
    """The lines of a body's composition in force on a day. Raises ValueError naming a value that is none."""
    prefix = f"seats.{code}."
    for key in rulebook.entries:
        if key.startswith(prefix):
            try:
                entry = rulebook.entry(key, day)
            except UnknownRule:
                continue
            yield read_line(key.removeprefix(prefix), entry)


def read_line(name: str, entry: Entry) -> Line:
    """A line from its name and value, such as 3, "at most 2", "1 for each Voting Group" or "all of SECCB".

    Raises ValueError for anything else.
    """
    match = LINE.fullmatch(str(entry.value))
    if match is None:
        raise ValueError(f"{entry.key} in the rulebook is {entry.value!r}: no number of seats.")
    if match["body"]:
        number = None if match["share"] == "all" else int(match["share"])
        return Line(Constituency.OTHER_BODY, number, entry, body=match["body"])
    if name.upper() not in Constituency.__members__:
        raise ValueError(f"{entry.key} in the rulebook names no constituency.")
    held_for = Constituency[name.upper()]
    return Line(held_for, int(match["number"]), entry, at_most=bool(match["most"]), per_group=bool(match["each"]))


def composition(committee: Committee, day: date) -> list[Composition]:
    """A body's constituencies against the rulebook (rules CB-2, GOV-1 and section 4.4 on sub-committees)."""
    return compositions([committee], day)[committee.pk]


def compositions(committees: list[Committee], day: date) -> dict[int, list[Composition]]:
    """The same of several bodies, by their ids; two queries however many they are."""
    there = Seat.objects.filter(committee__in=committees).on(day)
    asked = there.values_list("committee_id", "constituency", "filled_by__code").annotate(models.Count("pk"))
    held = {(body, place, filled or ""): number for body, place, filled, number in asked.order_by()}
    groups = Counter(
        VotingGroup.objects.filter(pk__in=GroupMembership.objects.on(day).values("group"))
        .values_list("category", flat=True)
    )  # fmt: skip
    return {
        body.pk: [
            Composition(line, held.get((body.pk, *line.place), 0), _said(line, groups))
            for line in lines(body.code, day)
        ]
        for body in committees
    }


def _said(line: Line, groups: Counter[str]) -> int | None:
    if line.per_group and line.number is not None:
        return line.number * sum(groups[category] for category in CATEGORIES.get(line.constituency, ()))
    return line.number


def seats_said(told: list[Composition]) -> int:
    """How many seats the rules give for constituencies: the Chair, observers and bounds are apart."""
    return sum(
        one.said or 0 for one in told if one.constituency not in APART and not one.line.at_most
    )  # fmt: skip


def groups_on(day: date, constituency: str = Constituency.LARGE_SUPPLIERS) -> models.QuerySet[Any]:
    """The Voting Groups of a constituency with a party in them on a day."""
    living = GroupMembership.objects.on(day).values("group")
    asked: tuple[Category, ...] = CATEGORIES.get(Constituency(constituency), ())
    found: models.QuerySet[Any] = VotingGroup.objects.filter(category__in=asked, pk__in=living)
    return found
