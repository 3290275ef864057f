"""What a report is: an ordered list of parts, each with an owner, a layout and the months it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from secretariat.core.people import Person, Team
from secretariat.papers.document import Block
from secretariat.plain.months import Month

if TYPE_CHECKING:
    from secretariat.papers.assembly import Assembly

Layout = Callable[["Assembly", "Part"], list[Block]]
AppendixLayout = Callable[["Assembly", Person | None, datetime], list[Block]]
"""What an appendix says, composed by a person who reads what stands behind it. Raises Refused where they may not."""


def narrative_only(assembly: Assembly, part: Part) -> list[Block]:
    """The owner's paragraphs and nothing else."""
    return assembly.narrative(part)


@dataclass(frozen=True)
class Part:
    """One section of a report. It is part of the paper from the month `since` until the month `until`."""

    key: str
    title: str
    owner: Team
    layout: Layout = narrative_only
    parts: tuple[Part, ...] = ()
    since: Month | None = None
    until: Month | None = None

    def belongs_in(self, month: Month) -> bool:
        """Whether the part is in the paper of a month."""
        return (self.since is None or self.since <= month) and (self.until is None or month <= self.until)


@dataclass(frozen=True)
class Attached:
    """An appendix that the report always has, with the class it carries (rule INF-3) and who supplies it.

    One with a layout is composed from the record; the others are handed in as files.
    """

    label: str
    title: str
    classification: int
    audience: str
    owner: Team = Team.OPERATIONS
    layout: AppendixLayout | None = None


@dataclass(frozen=True)
class Report:
    """A paper that is written again every month.

    `lag` is how many months before the month by which it is named lies the month that it reports on. `editions` are
    the classes above its own in which it is issued too, where it says more to their readers.
    """

    name: str
    title: str
    body: str
    paper_number: int
    action: str
    purpose: str
    recommendation: str
    classification: int
    parts: tuple[Part, ...]
    attachments: tuple[Attached, ...] = ()
    lag: int = 0
    editions: tuple[int, ...] = ()

    def attached(self, label: str) -> Attached | None:
        """The appendix of a label, where the report always has it."""
        return next((one for one in self.attachments if one.label == label), None)

    def parts_in(self, month: Month) -> Iterator[tuple[Part, tuple[Part, ...]]]:
        """The parts of a month's paper, each with the parts below it."""
        for part in self.parts:
            if part.belongs_in(month):
                yield part, tuple(below for below in part.parts if below.belongs_in(month))

    def part(self, key: str) -> Part:
        """The part with a key. Raises KeyError."""
        for part in self.parts:
            for found in (part, *part.parts):
                if found.key == key:
                    return found
        raise KeyError(f"{self.title} has no section {key!r}.")


REPORTS: dict[str, Report] = {}
"""Every report by its name; the `reports` room fills it."""


def publish(report: Report) -> Report:
    """Makes a report known and returns it."""
    REPORTS[report.name] = report
    return report
