"""The plan on one page as a drawing: where every release, modification, milestone and moved day stands. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from secretariat.plain.dates import long_date
from secretariat.plain.months import Month

MARGIN: Final = 12
AXIS: Final = 40
HEAD: Final = 26
LINE: Final = 22
GAP: Final = 14
BESIDE: Final = 9
CHARACTER: Final = 7
"""About how wide a letter is, in pixels: enough to see on which side of a mark its words have room."""

WIDEST, NARROWEST = 190, 64


@dataclass(frozen=True)
class Entry:
    """One line of a release: a modification with its span, or a milestone on its day (`begins` is then `ends`)."""

    key: str
    label: str
    kind: str
    begins: date
    ends: date
    href: str


@dataclass(frozen=True)
class Planned:
    """One release of the plan. `was` are the days that it had before, oldest first; `window` the leave to move it."""

    name: str
    href: str
    go_live_on: date
    about: str
    state: str
    was: tuple[date, ...] = ()
    window: tuple[date, date] | None = None
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Words:
    """A text of the drawing: where it stands and on which side of that point."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    href: str = ""


@dataclass(frozen=True)
class Shape:
    """A bar (with a width), or a mark on a day (without one)."""

    x: float
    y: float
    kind: str
    words: Words
    width: float = 0.0


@dataclass(frozen=True)
class Lane:
    """One release as drawn."""

    y: float
    height: float
    state: str
    head: Words
    about: str
    day: Shape | None
    ghosts: tuple[Shape, ...]
    window: Shape | None
    shapes: tuple[Shape, ...]


@dataclass(frozen=True)
class Arrow:
    """From what is needed to what depends on it."""

    path: str
    says: str


@dataclass(frozen=True)
class Drawing:
    """The whole plan."""

    width: float
    height: float
    months: tuple[Words, ...]
    lines: tuple[float, ...]
    today: float | None
    lanes: tuple[Lane, ...]
    arrows: tuple[Arrow, ...]


@dataclass(frozen=True)
class Frame:
    """The months that a plan shows, and how wide each is drawn."""

    first: Month
    months: int

    @property
    def begins(self) -> date:
        """The first day shown."""
        return self.first.first

    @property
    def ends(self) -> date:
        """The last day shown."""
        return self.first.plus(self.months - 1).last

    @property
    def width(self) -> float:
        """The width of the drawing, in pixels: the fewer the months, the wider each."""
        return 2 * MARGIN + self.months * min(WIDEST, max(NARROWEST, 1320 // self.months))

    def x(self, day: date) -> float:
        """Where a day begins; a day outside the months stands at the edge."""
        inside = min(max(day, self.begins), self.ends + timedelta(days=1))
        whole = (self.ends - self.begins).days + 1
        return round(MARGIN + (self.width - 2 * MARGIN) * (inside - self.begins).days / whole, 1)

    def holds(self, day: date) -> bool:
        """Whether a day is shown."""
        return self.begins <= day <= self.ends

    def words_at(self, x: float, y: float, text: str, href: str = "") -> Words:
        """Words beside a point: to its right where they have room, else to its left."""
        if x + BESIDE + CHARACTER * len(text) <= self.width - MARGIN or x < self.width / 2:
            return Words(x + BESIDE, y, text, "start", href)
        return Words(x - BESIDE, y, text, "end", href)


def drawing(
    planned: list[Planned], frame: Frame, today: date, depends: Mapping[str, list[tuple[str, str]]] | None = None
) -> Drawing:
    """The plan of some months: releases in order of their days, each with its lines below it.

    `depends` names, by the key of an entry, the keys that it depends on and what is said of it.
    """
    lanes, y = list[Lane](), float(AXIS)
    rows: dict[str, tuple[float, float]] = {}
    for release in sorted(planned, key=lambda one: (one.go_live_on, one.name)):
        lane = _lane(release, frame, y, rows)
        lanes.append(lane)
        y += lane.height + GAP
    starts = [frame.first.plus(step) for step in range(frame.months)]
    names = tuple(Words(frame.x(month.first) + 4, AXIS - 16, month.short) for month in starts)
    lines = (*(frame.x(month.first) for month in starts), frame.x(frame.ends + timedelta(days=1)))
    arrows = tuple(_arrows(rows, depends or {}))
    now = frame.x(today) if frame.holds(today) else None
    return Drawing(frame.width, max(y, AXIS + HEAD), names, lines, now, tuple(lanes), arrows)


def _lane(release: Planned, frame: Frame, y: float, rows: dict[str, tuple[float, float]]) -> Lane:
    middle = y + HEAD + LINE / 2
    shapes = []
    for number, entry in enumerate(release.entries, start=1):
        shape = _entry(entry, frame, middle + number * LINE)
        rows[entry.key] = (shape.x + shape.width, shape.y)
        shapes.append(shape)
    shown = frame.holds(release.go_live_on)
    day = _mark(release.go_live_on, frame, middle, "day", long_date(release.go_live_on)) if shown else None
    ghosts = tuple(
        _mark(was, frame, middle, "ghost", "") for was in release.was if frame.holds(was) and was != release.go_live_on
    )
    return Lane(
        y, HEAD + LINE * (1 + len(release.entries)) + 6, release.state,
        Words(MARGIN + 6, y + 18, release.name, href=release.href),
        release.about,
        day, ghosts, _window(release, frame, middle), tuple(shapes),
    )  # fmt: skip


def _mark(day: date, frame: Frame, y: float, kind: str, text: str, href: str = "") -> Shape:
    x = frame.x(day)
    return Shape(x, y, kind, frame.words_at(x, y + 4, text, href))


def _window(release: Planned, frame: Frame, y: float) -> Shape | None:
    if release.window is None or release.window[1] < frame.begins or release.window[0] > frame.ends:
        return None
    begins, ends = (frame.x(day) for day in release.window)
    return Shape(begins, y, "window", Words(begins, y, ""), max(ends - begins, 2))


def _entry(entry: Entry, frame: Frame, y: float) -> Shape:
    if entry.begins == entry.ends:
        return _mark(entry.ends, frame, y, entry.kind, entry.label, entry.href)
    begins, ends = frame.x(entry.begins), frame.x(entry.ends)
    width, room = max(ends - begins, 3), CHARACTER * len(entry.label)
    if room + 12 <= width:
        words = Words(begins + 6, y + 4, entry.label, "start", entry.href)
    elif begins - room - 6 >= MARGIN:
        words = Words(begins - 6, y + 4, entry.label, "end", entry.href)
    else:
        words = Words(ends + 8, y + 4, entry.label, "start", entry.href)
    return Shape(begins, y, entry.kind, words, width)


def _arrows(rows: Mapping[str, tuple[float, float]], depends: Mapping[str, list[tuple[str, str]]]) -> list[Arrow]:
    found = []
    for key, needed in depends.items():
        for other, says in needed:
            if key in rows and other in rows:
                (x, y), (to_x, to_y) = rows[other], rows[key]
                bend = max(x, to_x) + 14
                found.append(Arrow(f"M{x} {y}H{bend:.1f}V{to_y}H{to_x + 2:.1f}", says))
    return found
