"""Rules about the period that a paper reports on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from secretariat.plain.dates import MONTH_NAMES
from secretariat.plain.months import Month
from secretariat.proof.findings import Judged, Kind, Placed, Remark, Severity, rule
from secretariat.proof.paper import Heading, Item, Paper, Paragraph, Period, Row, Section, Table
from secretariat.proof.words.dates import Mention, mentions, month_name
from secretariat.proof.words.quantities import Quantity, cell_number, quantities
from secretariat.proof.words.said import around, said, sentences, table_months

_IN: Final = re.compile(r"\b(?:in|during|for|throughout|of)\s{1,3}(?:the\s+month\s+of\s{1,3})?$", re.IGNORECASE)
_HELD: Final = re.compile(r"\b(?:met|meetings?|held|took\s+place|convened|sat|hosted|attended)\b", re.IGNORECASE)
_AHEAD: Final = re.compile(
    r"\b(?:will|shall|would|next|due|planned|scheduled|expected|to\s+be|upcoming)\b", re.IGNORECASE
)
_NONE_HELD: Final = re.compile(
    r"\b(?:(?:there\s+)?(?:was|were)\s+no|no\s+(?:[\w’'-]+\s+){0,4}(?:was|were|took|has|have)|"
    r"did\s+not\s+(?:meet|sit)|not\s+held)\b",
    re.IGNORECASE,
)
_LIKENED: Final = re.compile(
    r"\b(?:compar\w+|than|from|since|increas\w*|decreas\w*|previous\w*|against|up|down|rise|rose|fell|fall|drop\w*|last\s+year|"
    r"earlier|prior|originally|first|request|issued|raised|began|started|following|after|until|before|ago|late|early)\b",
    re.IGNORECASE,
)
_COUNTED: Final = re.compile(
    r"\b(?:[0-9][0-9,.]*|no|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|once|twice)\b",
    re.IGNORECASE,
)
_DONE: Final = re.compile(
    r"\b(?:was|were|met|held|took\s+place|received|handled|responded|answered|completed|published|hosted|processed|reviewed|"
    r"approved|raised|closed|resolved|acceded|registered|attended|recorded|logged|created|set)\b",
    re.IGNORECASE,
)
_THIS_MONTH: Final = re.compile(
    r"\b(?:this\s+month|reporting\s+(?:month|period)|period\s+covered|(?:report|paper|update)\s+(?:covers|is\s+for)|"
    r"undertaken\s+(?:by\s+[\w ]{1,40}\s+)?in)\b[\s,(:–-]{1,4}(?:of|is|was|in|for)?\s{0,3}\(?$",
    re.IGNORECASE,
)
_EDITION: Final = re.compile(
    r"\b(?:welcome\s+to|this\s+is)\s+(?:the\s+|our\s+|your\s+)(?:(?:first|latest|new)\s+)?$", re.IGNORECASE
)
_AT_THE_END: Final = re.compile(r"\b(?:at|by|as\s+of|as\s+at)\s+the\s+end\s+of\s{1,3}$", re.IGNORECASE)
_SHOWN: Final = re.compile(
    r"\b(?:below|tables?|shown?|shows|following|listed|lists|set\s+out|summar\w+)\b|:\W*$", re.IGNORECASE
)
_TOTAL: Final = re.compile(r"\btotals?\b", re.IGNORECASE)
_LEAST_TELLING: Final = 100


@dataclass(frozen=True, slots=True)
class _Named:
    """A month named in a sentence, where it stands."""

    where: Placed
    sentence: str
    mention: Mention

    @property
    def before(self) -> str:
        return self.sentence[: self.mention.start]

    @property
    def words(self) -> str:
        return around(self.sentence, self.mention.start, self.mention.end)


@dataclass(frozen=True, slots=True)
class _Figures:
    """A table's numbers: the months of its columns, the columns of each, its totals, and those that stand alone."""

    heads: tuple[Month | int | None, ...]
    columns: dict[Decimal, set[int]]
    totals: set[Decimal]
    lone: set[Decimal]


@rule("other-period", Kind.PERIODS)
def other_period(paper: Paper) -> Judged:
    """What a paper tells as done in a month was done in that month, by its own dates and figures.

    Looked at: a table's row that says what was held "in January" beside dates of another month (error), or that there
    was none in a month that no other row speaks of (query); a number told of one month that stands in the column of
    another (error); a total told of another month than the one reported on; "this month" or "the reporting month"
    beside another month's name; a count told of the month before, in a paper that otherwise tells of its own month
    (queries). Left alone: history, plans, comparisons, names of releases, and months with no evidence beside them.

    Example: "Two meetings took place in January 2020" beside the dates 12/02/2020 and 26/02/2020.
    """
    told: set[tuple[int, str]] = set()
    for remark in _others(paper):
        key = (id(remark.where), remark.text)
        if key not in told:
            told.add(key)
            yield remark


def _others(paper: Paper) -> Iterator[Remark]:
    for table in paper.each(Table):
        yield from _rows_of_other_months(paper, table)
    yield from _leads_of_other_months(paper)
    for section in paper.sections():
        yield from _numbers_of_other_months(section, paper.period)
    if paper.period is not None:
        named = list(_months_in(paper))
        yield from _called_this_month(paper, named, paper.period)
        yield from _odd_ones_out(named, paper.period)


def _rows_of_other_months(paper: Paper, table: Table) -> Judged:
    by_row = [(row, _months_of(row)) for row in table.rows]
    usual = _usual_month(table)
    for row, months in by_row:
        for named in _held(row):
            month = next(iter(months)) if len(months) == 1 else usual if not months else None
            if month is None or _is_of(named.mention, month):
                continue
            if months and not _NONE_HELD.search(named.sentence):
                yield Remark(
                    row, named.words, f"The dates of this row are in {month.label}, not in {named.mention.text}.",
                    _as_named(named.mention, month),
                )  # fmt: skip
            elif not months and _NONE_HELD.search(named.sentence) and (paper.period is None or month in paper.period):
                yield Remark(
                    row, named.words, f"The dates of the other rows are in {month.label}; this one speaks of "
                    f"{named.mention.text}.", _as_named(named.mention, month), Severity.QUERY,
                )  # fmt: skip


def _months_of(row: Row) -> set[Month]:
    return {Month.of(day) for text in row.texts for told in mentions(text) if (day := told.date)}


def _usual_month(table: Table) -> Month | None:
    """The month of the dates of a table, where three rows have dates and three in four are of it."""
    seen = Counter(month for row in table.rows for month in _months_of(row))
    return next((month for month, times in seen.most_common(1) if times >= 3 and times >= 0.75 * seen.total()), None)


def _leads_of_other_months(paper: Paper) -> Judged:
    """Words that lead to a table of what was held in a month, and dates in it of another."""
    lead: list[Paragraph | Item] = []
    for block in paper.blocks:
        if isinstance(block, Heading):
            lead = []
        elif isinstance(block, Paragraph | Item):
            lead = [*lead[-1:], block]
        elif isinstance(block, Table) and (usual := _usual_month(block)) is not None:
            for named in (each for before in lead for each in _held_in(before, before.text)):
                if not _is_of(named.mention, usual) and _SHOWN.search(named.sentence):
                    yield Remark(
                        named.where, named.words, f"The dates of the table are in {usual.label}, not in "
                        f"{named.mention.text}.", _as_named(named.mention, usual),
                    )  # fmt: skip


def _held(row: Row) -> Iterator[_Named]:
    """Months in which a row says that something was held, or was not."""
    for text in row.texts:
        yield from _held_in(row, text)


def _held_in(where: Placed, text: str) -> Iterator[_Named]:
    for sentence in sentences(text):
        for told in mentions(sentence):
            before = sentence[: told.start]
            tells = _IN.search(before) and _HELD.search(before) and not _AHEAD.search(sentence)
            if told.day is None and tells and not _is_name(sentence, told):
                yield _Named(where, sentence, told)


def _numbers_of_other_months(section: Section, period: Period | None) -> Judged:
    tables = [_figures(block) for block in section.blocks if isinstance(block, Table)]
    for block in section.blocks if tables else ():
        if isinstance(block, Paragraph | Item):
            for sentence in sentences(block.text):
                for named, numbers in _with_numbers(block, sentence):
                    for table in tables:
                        yield from _in_other_column(named, numbers, table)
                        yield from _total_of_other_month(named, numbers, table, period)


def _with_numbers(where: Placed, sentence: str) -> Iterator[tuple[_Named, list[Quantity]]]:
    """Each month that a sentence names and the numbers told of it: those before it, or after one that opens."""
    months = [told for told in mentions(sentence) if told.day is None and told.month]
    if not months or any(_is_name(sentence, told) for told in months):
        return
    numbers = quantities(sentence)
    opens = not any(number.end <= months[0].start for number in numbers)
    edges = [*(told.start for told in months), len(sentence)] if opens else [0, *(told.end for told in months)]
    for told, (start, end) in zip(months, pairwise(edges), strict=True):
        if _IN.search(sentence[: told.start]):
            yield _Named(where, sentence, told), [number for number in numbers if start <= number.start < end]


def _figures(table: Table) -> _Figures:
    """The table's numbers by column, and those of its totals."""
    heads = _heads(table)
    columns: dict[Decimal, set[int]] = {}
    totals: set[Decimal] = set()
    lone: set[Decimal] = set()
    for row in table.rows:
        numbers = {at: number for at, text in enumerate(row.texts) if (number := cell_number(text)) is not None}
        for at, number in numbers.items():
            if at < len(heads) and heads[at] is not None:
                columns.setdefault(number, set()).add(at)
        if _TOTAL.search(row.label):
            totals.update(numbers.values())
            lone.update(numbers.values() if len(numbers) == 1 else ())
    return _Figures(heads, columns, totals, lone)


def _in_other_column(named: _Named, numbers: Sequence[Quantity], table: _Figures) -> Judged:
    """Numbers that stand in one column, told of a month that is another's or no column's."""
    heads = table.heads
    own = {at for at, head in enumerate(heads) if head is not None and _is_head(named.mention, head)}
    found = [(number, table.columns.get(number.value, set())) for number in numbers]
    held = [(number, columns) for number, columns in found if len(columns) == 1 and not columns & own]
    telling = [number for number, _ in held if number.value >= _LEAST_TELLING]
    places = {at for _, columns in held for at in columns}
    if not telling or len(places) != 1 or any(columns & own for _, columns in found):
        return
    head = heads[places.pop()]
    totals = telling[0].value in table.totals
    if head is not None:
        called, right = _called(head, named.mention)
        yield Remark(
            named.where, named.words, f"{telling[0].text} is the number of {called} in the table, not of "
            f"{named.mention.text}.", right, None if own or totals or len(held) > 1 else Severity.QUERY,
        )  # fmt: skip


def _heads(table: Table) -> tuple[Month | int | None, ...]:
    """The months of the columns; where no year is told, their numbers, if two columns are months at least."""
    months = table_months(table)
    if any(months):
        return months
    named: list[int | None] = [None] * table.width
    for row in table.head:
        for at, text in enumerate(row.texts):
            named[at] = named[at] or month_name(text)
    return tuple(named) if sum(name is not None for name in named) > 1 else (None,) * table.width


def _is_head(told: Mention, head: Month | int) -> bool:
    return _is_of(told, head) if isinstance(head, Month) else told.month == head


def _called(head: Month | int, told: Mention) -> tuple[str, str]:
    """What a column's month is called, and what to write for the month named."""
    if isinstance(head, Month):
        return head.label, _as_named(told, head)
    return MONTH_NAMES[head - 1], f"{MONTH_NAMES[head - 1]} {told.year}" if told.year else MONTH_NAMES[head - 1]


def _total_of_other_month(
    named: _Named, numbers: Sequence[Quantity], table: _Figures, period: Period | None
) -> Judged:  # fmt: skip
    """A table's own total, told of a month other than the one that the paper reports on."""
    if period is None or period.first != period.last or any(table.heads) or _is_of(named.mention, period.first):
        return
    if any(number.value >= 20 and number.value in table.lone for number in numbers):
        yield Remark(
            named.where, named.words, f"The paper reports on {period}; this total of its table is told of "
            f"{named.mention.text}.", _as_named(named.mention, period.first), Severity.QUERY,
        )  # fmt: skip


def _months_in(paper: Paper) -> Iterator[_Named]:
    for each in said(paper):
        if isinstance(each.where, Heading | Table):
            continue
        for sentence in sentences(each.text):
            told = [month for month in mentions(sentence) if month.month]
            if len(told) == 1 and told[0].day is None and not _is_name(sentence, told[0]):
                yield _Named(each.where, sentence, told[0])


def _called_this_month(paper: Paper, named: Sequence[_Named], period: Period) -> Judged:
    for each in (*named, *_editions(paper)):
        ends = _AT_THE_END.search(each.before) and _DONE.search(each.sentence) and _COUNTED.search(each.sentence)
        carried = ends and period.first == period.last and _is_carried(each.mention, period.first)
        carried = carried or (ends and _is_not_over(paper, each.mention))
        says = _THIS_MONTH.search(each.before) or _EDITION.search(each.before) or carried
        if says and not _in_period(each.mention, period) and not (carried and _LIKENED.search(each.sentence)):
            yield Remark(
                each.where, each.words, f"The paper reports on {period} (“{period.said}”), not on {each.mention.text}.",
                _as_named(each.mention, period.last), Severity.QUERY,
            )  # fmt: skip


def _is_not_over(paper: Paper, told: Mention) -> bool:
    return bool(paper.dated and told.month_told and told.month_told.last > paper.dated)


def _editions(paper: Paper) -> Iterator[_Named]:
    """Months that name the edition itself: "Welcome to the June 2017 newsletter"."""
    for each in paper.prose():
        for sentence in sentences(each.text):
            for told in mentions(sentence)[:1]:
                if told.day is None and _EDITION.search(sentence[: told.start]):
                    yield _Named(each, sentence, told)


def _odd_ones_out(named: Sequence[_Named], period: Period) -> Judged:
    """Counts told of the month before, or of the same month of another year, where all others are of the period."""
    if period.first != period.last:
        return
    done = [each for each in named if _IN.search(each.before) and _DONE.search(each.sentence)]
    usual = sum(_in_period(each.mention, period) for each in done)
    odd = [each for each in done if _is_carried(each.mention, period.first)]
    for each in odd if usual >= 3 and usual >= 2 * len(odd) else ():
        rest = each.sentence[each.mention.end :].strip()
        ends = not rest or rest[0] in ".,;:"
        if (
            ends
            and _COUNTED.search(each.before)
            and not _LIKENED.search(each.sentence)
            and not _AHEAD.search(each.sentence)
        ):
            yield Remark(
                each.where, each.words, f"The paper reports on {period}; this count is told of {each.mention.text}.",
                _as_named(each.mention, period.first), Severity.QUERY,
            )  # fmt: skip


def _is_carried(told: Mention, month: Month) -> bool:
    """Whether a month is the one before, or the same of another year: as an earlier paper would have had it."""
    before = month.plus(-1)
    same_other_year = told.month == month.month and told.year is not None and abs(told.year - month.year) == 1
    return _is_of(told, before) or same_other_year


def _is_of(told: Mention, month: Month) -> bool:
    return told.month == month.month and told.year in {None, month.year}


def _in_period(told: Mention, period: Period) -> bool:
    return any(_is_of(told, month) for month in Month.range(period.first, period.last))


def _is_name(sentence: str, told: Mention) -> bool:
    """Whether the month is part of a name or of a date: "the June 2020 Release"."""
    after = re.match(r"(?:[’']s)?\s{1,3}(?P<next>[A-Za-z]+)", sentence[told.end : told.end + 30])
    return after is not None and (
        after["next"][0].isupper() or after["next"] in {"release", "meeting", "newsletter", "report"}
    )


def _as_named(told: Mention, month: Month) -> str:
    return month.label if told.year is not None else MONTH_NAMES[month.month - 1]
