"""Tables whose cells are drawn with rules on a page of a PDF."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from secretariat.proof.readers.pdf_aligned import printed_line
from secretariat.proof.readers.pdf_cells import Found, Matrix
from secretariat.proof.readers.pdf_print import Box, Print, Rule, Word, in_lines
from secretariat.proof.words.quantities import cell_number

_SNAP: Final = 1.6
_TOUCH: Final = 3.0
_BEYOND: Final = 8.0
_NARROWEST: Final = 5.0
_LOWEST: Final = 4.0
_MOST_RULES: Final = 6_000
_MOST_PLACES: Final = 20_000


def ruled(page: Print) -> list[Found]:
    """The ruled tables of a page, the innermost first: at least two rows and two columns with words in them.

    A table set sideways on an upright page is left out; a page that is set sideways altogether is read upright.
    """
    if not page.across or not page.down or len(page.across) + len(page.down) > _MOST_RULES:
        return []
    across, down = merged(page.across), merged(page.down)
    if len(across) * len(down) > _MOST_PLACES * 5:
        return []
    grids = [grid for grid in map(_Grid.of, _touching(across, down)) if grid is not None]
    grids.sort(key=lambda grid: grid.box.width * grid.box.height)
    found: list[Found] = []
    taken: set[int] = set()
    for grid in grids:
        made = grid.table([word for word in page.words if id(word) not in taken])
        if made is not None:
            found.append(made)
            taken |= {id(word) for word in made.words}
    return found


def merged(rules: Sequence[Rule]) -> list[Rule]:
    """Rules that lie on one line put together where they touch."""
    made: list[Rule] = []
    level: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if level and rule.at - level[-1].at > _SNAP:
            made += _end_to_end(level)
            level = []
        level.append(rule)
    return made + _end_to_end(level)


def _end_to_end(level: Sequence[Rule]) -> list[Rule]:
    made: list[Rule] = []
    at = sum(rule.at for rule in level) / max(len(level), 1)
    for rule in sorted(level, key=lambda rule: rule.start):
        if made and rule.start <= made[-1].end + _TOUCH:
            made[-1] = Rule(at, made[-1].start, max(made[-1].end, rule.end))
        else:
            made.append(Rule(at, rule.start, rule.end))
    return made


def _touching(across: Sequence[Rule], down: Sequence[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """The rules in groups that hang together."""
    group = list(range(len(across) + len(down)))

    def root(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    for i, level in enumerate(across):
        for j, post in enumerate(down, len(across)):
            if (
                post.start - _TOUCH <= level.at <= post.end + _TOUCH
                and level.start - _TOUCH <= post.at <= level.end + _TOUCH
            ):
                group[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, level in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(level)
    for j, post in enumerate(down, len(across)):
        groups.setdefault(root(j), ([], []))[1].append(post)
    yield from (each for each in groups.values() if each[0] and each[1])


class _Grid:
    """Rules that hang together, and the places between them."""

    def __init__(self, across: list[Rule], down: list[Rule], xs: list[float], ys: list[float]) -> None:
        self.across, self.down = across, down
        self.xs, self.ys = xs, ys
        self.box = Box(xs[0], ys[0], xs[-1], ys[-1])

    @classmethod
    def of(cls, rules: tuple[list[Rule], list[Rule]]) -> _Grid | None:
        """The grid of a group of rules; None for one that could hold no table."""
        across, down = rules
        xs = _levels(down, min(rule.start for rule in across), max(rule.end for rule in across))
        ys = _levels(across, min(rule.start for rule in down), max(rule.end for rule in down))
        if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _MOST_PLACES:
            return None
        return cls(across, down, xs, ys)

    def table(self, words: Sequence[Word]) -> Found | None:
        """The table of the words that stand in the grid, or None when they do not make one."""
        inside: dict[tuple[int, int], list[Word]] = {}
        owner = self._owners()
        for word in words:
            x, y = word.middle
            if self.box.holds(x, y):
                place = (bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1)
                place = (min(place[0], len(self.ys) - 2), min(place[1], len(self.xs) - 2))
                inside.setdefault(owner[place], []).append(word)
        held = [word for cell in inside.values() for word in cell]
        if len(inside) < 3 or sum(word.turned for word in held) * 2 > len(held):
            return None
        columns = [at for at, (x0, x1) in enumerate(pairwise(self.xs)) if x1 - x0 >= _NARROWEST or _any(inside, 1, at)]
        bands = [at for at, (y0, y1) in enumerate(pairwise(self.ys)) if y1 - y0 >= _LOWEST or _any(inside, 0, at)]
        matrix: Matrix = []
        sure = True
        for band in bands:
            cells = [inside.get((band, column), []) for column in columns]
            rows, certain = _apart(cells)
            matrix += rows
            sure = sure and certain
        full = [row for row in matrix if sum(map(bool, row)) > 1]
        wide = {at for row in full for at, cell in enumerate(row) if cell}
        if any(_is_aligned(cell) for row in matrix for cell in row):
            return None
        if len(matrix) < 2 or len(full) * 2 < len(matrix) or len(full) < 2 or len(wide) < 2:
            return None
        first = [place for place in owner.values() if place[0] == bands[0] and place in inside]
        spans = len(first) > len(set(first)) and self._spans(owner, bands[0])
        edges = (*tuple(self.xs[at] for at in columns), self.xs[-1])
        return Found(self.box, matrix, edges, spans=spans, sure=sure)

    def _spans(self, owner: dict[tuple[int, int], tuple[int, int]], band: int) -> bool:
        """Whether a cell of the band covers several columns, but not all of them."""
        own = {owner[band, column] for column in range(len(self.xs) - 1)}
        return 1 < len(own) < len(self.xs) - 1

    def _owners(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For every place between the rules, the first place of the cell that it belongs to."""
        owner: dict[tuple[int, int], tuple[int, int]] = {}
        heights, widths = len(self.ys) - 1, len(self.xs) - 1

        def root(place: tuple[int, int]) -> tuple[int, int]:
            while owner[place] != place:
                owner[place] = owner[owner[place]]
                place = owner[place]
            return place

        def join(one: tuple[int, int], other: tuple[int, int]) -> None:
            first, second = sorted((root(one), root(other)))
            owner[second] = first

        posts = [[rule for rule in self.down if abs(rule.at - x) <= _SNAP] for x in self.xs]
        levels = [[rule for rule in self.across if abs(rule.at - y) <= _SNAP] for y in self.ys]
        for i in range(heights):
            for j in range(widths):
                owner[i, j] = (i, j)
                if j and not _covers(posts[j], self.ys[i], self.ys[i + 1]):
                    join((i, j - 1), (i, j))
                if i and not _covers(levels[i], self.xs[j], self.xs[j + 1]):
                    join((i - 1, j), (i, j))
        return {place: root(place) for place in owner}


def _any(inside: dict[tuple[int, int], list[Word]], axis: int, at: int) -> bool:
    return any(place[axis] == at for place in inside)


def _levels(rules: Sequence[Rule], start: float, end: float) -> list[float]:
    """Where rules lie, with the two ends that no rule closes."""
    found = sorted({rule.at for rule in rules})
    if found[0] - start > _BEYOND:
        found.insert(0, start)
    if end - found[-1] > _BEYOND:
        found.append(end)
    return [at for at, before in zip(found, [float("-inf"), *found], strict=False) if at - before > _SNAP]


def _covers(rules: Sequence[Rule], start: float, end: float) -> bool:
    length = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules)
    return length >= 0.5 * (end - start)


def _apart(cells: list[list[Word]]) -> tuple[Matrix, bool]:
    """The rows of one band between rules, and whether they are sure.

    A band is one row, unless numbers stand one under the other in it beside as many labels: then rows have no rule
    between them.
    """
    lines = [in_lines(cell) for cell in cells]
    columns = [column for column in lines[1:] if len(column) > 1 and all(_is_number(line) for line in column)]
    if not columns or len(lines[0]) < len(columns[0]):
        return [cells], True
    anchors = [line[0].base for line in max(columns, key=len)]
    rows: Matrix = [[[] for _ in cells] for _ in anchors]
    sure = True
    for at, column in enumerate(lines):
        for line in column:
            row = max(bisect_right(anchors, line[0].base + 0.3 * line[0].size) - 1, 0)
            sure = sure and abs(anchors[row] - line[0].base) <= 0.3 * line[0].size
            rows[row][at] += line
    return rows, sure


def _is_aligned(cell: Sequence[Word]) -> bool:
    """Whether a cell holds columns of its own, so that the rules are shades and not a table's."""
    lines = [printed_line(line) for line in in_lines(word for word in cell if not word.turned)]
    return sum(len(line.pieces) > 1 and line.pieces[-1].is_number for line in lines) > 1


def _is_number(line: Sequence[Word]) -> bool:
    return cell_number(" ".join(word.text for word in line if not word.raised)) is not None
