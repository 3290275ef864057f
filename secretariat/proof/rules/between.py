"""Rules about several papers that tell the same series."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from secretariat.plain.months import Month
from secretariat.proof.evidence.series import MonthTable, Value, file_beside, month_tables, plain_words
from secretariat.proof.evidence.stocks import told_month
from secretariat.proof.findings import Judged, Kind, Remark, Severity, rule
from secretariat.proof.paper import Paper
from secretariat.proof.words.dates import mentions
from secretariat.proof.words.quantities import quantities
from secretariat.proof.words.said import sentences

_SAME_TABLE: Final = 0.5
_SAME_BEYOND_DOUBT: Final = 0.7
_RESTATED: Final = re.compile(r"\b(?:restate[ds]?|revised|re-?categorised|provisional|corrected)\b", re.IGNORECASE)
_COMPARED: Final = re.compile(
    r"\b(?:average|more|fewer|less|increase[ds]?|decrease[ds]?|rise|rose|fell|fall|since|target|forecast|expected|"
    r"planned|compared|than|between|until|by|remaining|including|excluding)\b",
    re.IGNORECASE,
)
_COUNTED_ENDS: Final = re.compile(r"\s(?:in|were|was|during|completed|took)\b|[,.;]")


@dataclass(frozen=True, slots=True)
class _Telling:
    """One paper's number for a label and month."""

    table: MonthTable
    label: str
    value: Value


@dataclass(slots=True)
class _Group:
    """Tables of several papers that tell the same series: every telling of each label and month, oldest first."""

    tables: list[MonthTable] = field(default_factory=list)
    told: dict[tuple[str, Month], list[_Telling]] = field(default_factory=lambda: defaultdict(list))

    def add(self, table: MonthTable) -> None:
        self.tables.append(table)
        for series in table:
            for month, value in series.values.items():
                self.told[series.key, month].append(_Telling(table, series.label, value))

    def likeness(self, table: MonthTable) -> float:
        """The share of the table's numbers that the group tells alike, of those that it tells; 0 where too few."""
        if any(table.paper is one.paper for one in self.tables):
            return 0
        labels = {series.key for series in table}
        shared = labels & {label for label, _ in self.told}
        if 2 * len(shared) < len(labels):
            return 0
        pairs = [
            any(value.number == telling.value.number for telling in self.told[series.key, month])
            for series in table
            for month, value in series.values.items()
            if (series.key, month) in self.told
        ]
        captions = {plain_words(one.table.caption) for one in self.tables} - {""}
        if plain_words(table.table.caption) in captions:
            return max(_SAME_TABLE, sum(pairs) / len(pairs)) if pairs else 0
        return sum(pairs) / len(pairs) if len(pairs) > 1 else 0


@rule("overlapping-series", Kind.BETWEEN, scope="papers")
def overlapping_series(papers: Sequence[Paper]) -> Judged:
    """Two papers that tell the same month of the same series give the same number.

    Looks at tables with months for columns or rows. Tables of two papers are taken for the same when they share
    labels and at least half of the numbers that both tell, or when they share labels and a caption. Where three or
    more papers tell a number, the one that differs from most is reported; of two, the later. A sentence of one paper
    that names a month and counts a row's label ("12 Accessions in May 2021") is compared with another paper's table.

    A query rather than an error: where a paper says that its figures are restated or provisional, where fewer than
    seven in ten of the shared numbers agree, and a number told in a sentence. A month that only one paper tells, and
    a dash beside a number, are left alone.

    Example: April's paper has 1,571 enquiries in March, and May's table has 1,517 for the same March.
    """
    ordered = sorted(papers, key=lambda paper: told_month(paper) or Month(2999, 12))
    groups = _groups(ordered)
    for group in groups:
        yield from _differing(group, ordered)
    for paper in ordered:
        yield from _sentences_against(paper, groups)


def _groups(papers: Sequence[Paper]) -> list[_Group]:
    groups: list[_Group] = []
    for paper in papers:
        for table in month_tables(paper):
            best = max(groups, key=lambda group: group.likeness(table), default=None)
            if best is None or best.likeness(table) < _SAME_TABLE:
                best = _Group()
                groups.append(best)
            best.add(table)
    return groups


def _differing(group: _Group, order: Sequence[Paper]) -> Iterator[Remark]:
    """One remark for each row that differs, with all of its months."""
    several = [told for told in group.told.values() if len(told) > 1]
    agree = sum(len({telling.value.number for telling in told}) == 1 for told in several)
    by_row: dict[tuple[int, str], list[tuple[Month, _Telling, _Telling]]] = defaultdict(list)
    for (label, month), told in group.told.items():
        for odd, other in _odd(told):
            by_row[id(odd.table), label].append((month, odd, other))
    for rows in by_row.values():
        table = rows[0][1].table
        if table.table.rebuilt and agree < _SAME_BEYOND_DOUBT * len(several):
            continue
        doubt = agree < _SAME_BEYOND_DOUBT * len(several) or _is_restated([table, rows[0][2].table])
        yield _row_remark(sorted(rows, key=lambda row: row[0]), Severity.QUERY if doubt else None)


def _odd(told: Sequence[_Telling]) -> Iterator[tuple[_Telling, _Telling]]:
    """Each telling that differs from what most say, with one that says it; of two alike in number, the later."""
    told = [telling for telling in told if any(letter.isdigit() for letter in telling.value.printed)]
    times = Counter(telling.value.number for telling in told)
    if len(times) < 2:
        return
    most = next(telling for telling in told if times[telling.value.number] == max(times.values()))
    for telling in told:
        if telling.value.number != most.value.number:
            yield telling, most


def _row_remark(rows: Sequence[tuple[Month, _Telling, _Telling]], severity: Severity | None) -> Remark:
    _, odd, other = rows[0]
    here = ", ".join(f"{month.short} {telling.value.printed}" for month, telling, _ in rows)
    there = ", ".join(f"{month.short} {against.value.printed}" for month, _, against in rows)
    told = f"“{odd.label}” is {here} in this paper and {there} in {file_beside(other.table.paper, odd.table.paper)}."
    mend = f"Print {there}, or mend the other paper; where the figure was restated, say so."
    return Remark(odd.value.row, f"{odd.label}: {here}", told, mend, severity, odd.table.paper)


def _is_restated(tables: Iterable[MonthTable]) -> bool:
    for one in tables:
        notes = (note.text for note in one.paper.reading.footnotes)
        if _RESTATED.search("\n".join([one.around, *notes])):
            return True
    return False


def _sentences_against(paper: Paper, groups: Sequence[_Group]) -> Iterator[Remark]:
    """What a sentence says of a month and a row's label, where every other paper's table has another number."""
    for block in paper.prose():
        for sentence in sentences(block.text):
            named = [each.month_told for each in mentions(sentence) if each.month is not None]
            if len(named) != 1 or named[0] is None or _COMPARED.search(sentence):
                continue
            for label, text, number in _counted(sentence, groups):
                told = [one for group in groups for one in group.told.get((label, named[0]), ())]
                others = [one for one in told if one.table.paper is not paper]
                if others and number not in {one.value.number for one in told}:
                    other = file_beside(others[0].table.paper, paper)
                    said = f"{other} has {others[0].value.printed} for {named[0].label}"
                    message = f"This says {text}, but the table in {said}."
                    mend = f"Say {others[0].value.printed}, or say what was counted differently."
                    yield Remark(block, sentence, message, mend, Severity.QUERY, paper)


def _counted(sentence: str, groups: Sequence[_Group]) -> Iterator[tuple[str, str, Decimal]]:
    """The labels of which a sentence tells a number: the number, then the label's words, then what ends them."""
    labels = {label for group in groups for label, _ in group.told if len(label) > 3}
    for quantity in quantities(sentence):
        after = plain_words(_COUNTED_ENDS.split(sentence[quantity.end :], maxsplit=1)[0])
        if after in labels and not quantity.about and not quantity.unit:
            yield after, f"“{sentence[quantity.start : quantity.end]} {after}”", quantity.value
