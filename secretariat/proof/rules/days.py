"""Rules about days: those that do not exist, those already past, and years that cannot be meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from secretariat.plain.dates import MONTH_NAMES, WEEKDAY_NAMES, plain_date
from secretariat.plain.months import Month
from secretariat.proof.findings import Judged, Kind, Placed, Remark, Severity, rule
from secretariat.proof.paper import Block, Heading, Paper, Row, Table
from secretariat.proof.reported import quarter_in, range_in
from secretariat.proof.words.dates import Mention, mentions
from secretariat.proof.words.said import Said, around, said, sentences
from secretariat.proof.words.tense import Told, ahead, deadlines, happened

_FAR: Final = timedelta(days=180)
_AHEAD: Final = timedelta(days=540)
_RECENT: Final = timedelta(days=62)
_TIGHT: Final = timedelta(days=92)

_LEADS_A_DAY: Final = re.compile(
    r"\b(?:on|by|of|from|until|till|dated|to|before|after|since|between|held|is|was|:)\s{1,3}(?:the\s{1,3})?$",
    re.IGNORECASE,
)
# A number and a month that no counted thing follows.
_STANDS: Final = re.compile(r"\s{0,3}(?:[.,:;)–—-]|$|(?:at|from|and|to|in|for)\b)")
_SEASON: Final = re.compile(
    r"\b(?:spring|summer|autumn)\s(?P<year>20[0-9]{2})\s(?:\w{1,20}\s)?(?:ran|runs|lasted|began|opened|covers|covered)\b",
    re.IGNORECASE,
)
_RANGE: Final = re.compile(
    r"\s{0,3}(?:,?\s{0,3}(?:to|until|till|through)|[–—-]|and)\s{0,3}(?:the\s)?"
    r"(?:[0-9]{1,2}(?:[:.][0-9]{2})?\s?(?:am|pm)?\s{0,3}(?:on\s)?)?",
    re.IGNORECASE,
)
_STARTS: Final = re.compile(r"\b(?:start|starts|from|open|opens|opened|opening|begins?|issued?)\b", re.IGNORECASE)
_ENDS: Final = re.compile(r"\b(?:end|ends|to|clos\w+|until|finish|finishes|completion)\b", re.IGNORECASE)
_UPCOMING: Final = re.compile(
    r"\b(?:upcoming|forthcoming|coming\s+up|future\s+(?:meetings?|dates?|events?))\b", re.IGNORECASE
)


@rule("impossible-date", Kind.PERIODS)
def impossible_date(paper: Paper) -> Judged:
    """Every day named is one that the calendar has.

    Looked at: every date in prose, tables, captions and footnotes, in words or digits: no month has more days than the
    calendar gives it, and 29 February is only in leap years. Left alone: numbers before a month that may count
    something ("45 February enquiries"), dates with the month first, and 29 February where no year is told.

    Example: "Responses are due by 31 June 2019": June has 30 days.
    """
    for each in said(paper):
        for told in mentions(each.text):
            if not told.is_real and _is_meant(each, told):
                yield Remark(each.where, around(each.text, told.start, told.end), _why_not(told), _real(told))


@rule("weekday-date", Kind.PERIODS)
def weekday_date(paper: Paper) -> Judged:
    """A day of the week agrees with the date beside it.

    Looked at: "Tuesday, 20 June 2017" and "20 June 2017 (Tuesday)" in prose and tables, and a table's row with a cell
    that is only a weekday and one date. Where no year is told it is the one nearest to the paper's date, and the
    finding is a query. Left alone: weekdays without a date, and dates without a year in a paper without a date.

    Example: "Monday 20 June 2017" was a Tuesday.
    """
    for each in said(paper):
        for told in mentions(each.text):
            if told.weekday is not None:
                yield from _weekday(paper, each.where, told, told.weekday, told.text)
    for table in paper.each(Table):
        for row in table.rows:
            days = [WEEKDAY_NAMES.index(text.strip()) for text in row.texts if text.strip() in WEEKDAY_NAMES]
            dates = [told for text in row.texts for told in mentions(text) if told.day and told.weekday is None]
            if len(days) == 1 and len(dates) == 1:
                yield from _weekday(paper, row, dates[0], days[0], f"{WEEKDAY_NAMES[days[0]]} {dates[0].text}")


@rule("already-past", Kind.PERIODS)
def already_past(paper: Paper) -> Judged:
    """A paper speaks of the future only about days still to come when it is read.

    Looked at: "On 10 March we will hold", "will be published on", "is due by the end of", invitations to answer by a
    day, and the rows of a calendar of upcoming events; the day is compared with the paper's own date (error) and with
    the day on which it is read, by default that of the meeting it is for (query). Left alone: dates in clauses of
    their own ("the report issued on 3 March will be"), what a committee said would happen (query at most), and papers
    that tell no date.

    Example: a paper of 6 March for the meeting of 13 March says "on 10 March we will hold our next event".
    """
    if paper.dated is None:
        return
    read_on = max(paper.read_on or paper.dated, paper.dated)
    asked = list(deadlines(paper))
    taken = {(id(told.said.where), told.mention) for told in asked}
    to_come = [told for told in ahead(paper) if (id(told.said.where), told.mention) not in taken]
    for told in to_come:
        if told.day < paper.dated and _year_that_fits(told, paper.dated) is None:
            severity = Severity.QUERY if told.mild else Severity.ERROR
            yield _past(told, paper.dated, "the day of the paper", severity)
    for told in (*to_come, *asked):
        if paper.dated <= told.day < read_on:
            yield _past(told, read_on, "the day it is read", Severity.QUERY)
    yield from _past_events(paper, paper.dated)


@rule("deadline-before-paper", Kind.PERIODS)
def deadline_before_paper(paper: Paper) -> Judged:
    """A deadline that a paper sets lies after the paper's own date.

    Looked at: invitations and duties to answer by a day, consultations said to be open until a day, and "Closing date:"
    with a date. Left alone: deadlines told as past ("closed on", "were asked to respond by"), tables of consultations,
    and papers that tell no date.

    Example: a newsletter sent on 29 June asks for responses "by 5pm on 22 June".
    """
    for told in deadlines(paper):
        if paper.dated is not None and told.day < paper.dated:
            fit = _with_year(told.day, paper.dated, paper.dated + _AHEAD) if paper.dated - told.day > _FAR else None
            yield Remark(
                told.said.where, told.words,
                f"The deadline {told.mention.text} is before the paper's own date, {plain_date(paper.dated)}.",
                plain_date(fit) if fit else "Give a later day, or say that it has closed.",
            )  # fmt: skip


@rule("impossible-year", Kind.PERIODS)
def impossible_year(paper: Paper) -> Judged:
    """Every year fits what is said of its day: what is to come lies ahead, what is over behind, ends follow starts.

    Looked at: days told as to come that lie more than half a year before the paper, and days told as past that lie
    after it, where the same day of another year would fit; ranges, and tables with a start and an end, that end before
    they start; a quarter beside its own months of another year; a past day ten years before one shortly before the
    paper (query); a column of dates of which all but one lie within three months, and that one would with another year;
    a paper dated before the months it reports on. Left alone: what the calendar allows, however unlikely.

    Example: a paper of February 2020 says that devices "will be removed on 8 April 2010".
    """
    yield from _ends_before_starts(paper)
    yield from _columns_of_dates(paper)
    yield from _misnamed_spans(paper)
    if paper.dated is None:
        return
    yield from _dated_too_early(paper, paper.dated)
    for told in ahead(paper):
        if fit := _year_that_fits(told, paper.dated):
            yield _other_year(told, "is told as still to come", fit, paper.dated)
    last = max(paper.dated, paper.read_on or paper.dated)
    for told in happened(paper):
        if told.day > last and (fit := _with_year(told.day, last - _FAR, last, latest=True)):
            yield _other_year(told, "is told as past", fit, paper.dated)
        elif fit := _decade_later(told.day, paper):
            yield _other_decade(told, fit, paper.dated)


def _is_meant(each: Said, told: Mention) -> bool:
    if told.day is None or told.month is None or told.day > 39:
        return False
    leads = _LEADS_A_DAY.search(each.text[max(0, told.start - 20) : told.start]) is not None
    alone = each.cell and each.text.strip() == told.text
    if told.day > 31 or told.day == 0:
        return told.year is not None and (leads or alone)
    return told.year is not None or leads or alone or _STANDS.match(each.text, told.end) is not None


def _why_not(told: Mention) -> str:
    if told.month is None or not 1 <= told.month <= 12:
        return f"There is no month {told.month}."
    last = Month(told.year if told.year and told.year >= 1900 else 2000, told.month).last.day
    year = f" {told.year}" if told.month == 2 and told.year else ""
    return f"{MONTH_NAMES[told.month - 1]}{year} has {last} days, so there is no {told.text}."


def _real(told: Mention) -> str:
    if told.month_told is None:
        return ""
    last = told.month_told.last
    return f"{plain_date(last)} or {plain_date(last + timedelta(days=1))}"


def _weekday(paper: Paper, where: Placed, told: Mention, weekday: int, text: str) -> Judged:
    about = paper.dated or paper.read_on or (paper.period.last.last if paper.period else None)
    day = told.date or (told.near(about) if about else None)
    if day is None or day.weekday() == weekday:
        return
    if told.year is None and about is not None and abs(day - about) > _FAR:
        return
    other = day + timedelta(days=(weekday - day.weekday() + 3) % 7 - 3)
    named = f"{WEEKDAY_NAMES[day.weekday()]} {plain_date(day)}"
    yield Remark(
        where, text, f"{plain_date(day)} is a {WEEKDAY_NAMES[day.weekday()]}, not a {WEEKDAY_NAMES[weekday]}.",
        f"{named}, or {WEEKDAY_NAMES[weekday]} {plain_date(other)}", None if told.year else Severity.QUERY,
    )  # fmt: skip


def _past(told: Told, day: date, called: str, severity: Severity) -> Remark:
    return Remark(
        told.said.where, told.words,
        f"{told.mention.text} is told as still to come, but is past on {called}, {plain_date(day)}.",
        "Say what happened, or give the day that is meant.", severity,
    )  # fmt: skip


def _past_events(paper: Paper, dated: date) -> Judged:
    """Rows of a calendar of upcoming events whose day is past when the paper is written."""
    heading: Heading | None = None
    before: Block | None = None
    for block in paper.blocks:
        if isinstance(block, Table) and _UPCOMING.search(_led_by(heading, before, block)):
            for row in block.rows:
                days = [day for told in mentions(" ".join(row.texts[:2])) if told.day and (day := told.near(dated))]
                if len(days) == 1 and timedelta() < dated - days[0] < _FAR:
                    yield Remark(
                        row, " – ".join(text for text in row.texts if text)[:140],
                        f"The row stands among what is to come, but {plain_date(days[0])} is before the paper's own "
                        f"date, {plain_date(dated)}.",
                        "Take the row out, or give the day that is meant.", Severity.QUERY,
                    )  # fmt: skip
        heading = block if isinstance(block, Heading) else heading
        before = block


def _led_by(heading: Heading | None, before: Block | None, table: Table) -> str:
    lead = before.text if before is not None and hasattr(before, "text") else ""
    return f"{heading.text if heading else ''} {lead} {table.caption}"


def _year_that_fits(told: Told, dated: date) -> date | None:
    """The same day of the year in which it would lie ahead, for a day long past."""
    if told.mention.year is None or dated - told.day <= _FAR:
        return None
    return _with_year(told.day, dated, dated + _AHEAD)


def _with_year(day: date, first: date, last: date, *, latest: bool = False) -> date | None:
    """The day in another year such that it lies from first to last; of several, the first, or the latest."""
    fitting: list[date] = []
    for year in range(first.year, last.year + 1):
        try:
            other = day.replace(year=year)
        except ValueError:
            continue
        if year != day.year and first <= other <= last:
            fitting.append(other)
    return fitting[-1] if latest and fitting else next(iter(fitting), None)


def _other_year(told: Told, how: str, fit: date, dated: date) -> Remark:
    fitting = told.mention.text.replace(str(told.day.year), str(fit.year))
    return Remark(
        told.said.where, told.words,
        f"{told.mention.text} {how}, which its year does not allow in a paper of {plain_date(dated)}.", fitting,
    )  # fmt: skip


def _decade_later(day: date, paper: Paper) -> date | None:
    """The day, whole decades later, where it then lies in the months reported on or in the two before the paper."""
    if paper.dated is None or paper.dated.year - day.year < 9:
        return None
    first = paper.period.first.first if paper.period else paper.dated - _RECENT
    fit = _with_year(day, min(first, paper.dated - _RECENT), paper.dated, latest=True)
    return fit if fit is not None and (fit.year - day.year) % 10 == 0 else None


def _other_decade(told: Told, fit: date, dated: date) -> Remark:
    return Remark(
        told.said.where, told.words,
        f"{told.mention.text} is {fit.year - told.day.year} years before {plain_date(fit)}, a day shortly before the "
        f"paper of {plain_date(dated)}.",
        told.mention.text.replace(str(told.day.year), str(fit.year)), Severity.QUERY,
    )  # fmt: skip


def _misnamed_spans(paper: Paper) -> Judged:
    """A quarter, or a season, beside months that are its own, but of another year."""
    for each in said(paper):
        for sentence in sentences(each.text) if quarter_in(each.text) else ():
            quarter, months = quarter_in(sentence), range_in(sentence)
            if quarter and months and f"{quarter.said}, {months.said}" in sentence:
                alike = (quarter.first.month, quarter.last.month) == (months.first.month, months.last.month)
                if alike and quarter.first.year != months.first.year:
                    message = f"{quarter.said} is {quarter}, not {months}."
                    yield Remark(each.where, f"{quarter.said}, {months.said}", message, months.said)
        if season := _SEASON.search(each.text):
            sentence = around(each.text, *season.span())
            years = {told.year for told in mentions(sentence) if told.month and told.year}
            if len(years) == 1 and years != {int(season["year"])}:
                message = f"The months of this season are of {years.pop()}, not of {season['year']}."
                yield Remark(each.where, sentence, message, "", Severity.QUERY)


def _ends_before_starts(paper: Paper) -> Judged:
    for each in said(paper):
        for one, two in pairwise(mentions(each.text)):
            start, end = _first_of(one), _first_of(two)
            alike = (one.day is None) == (two.day is None)
            if start and end and end < start and alike and _is_range(each.text, one, two):
                yield _backwards(each.where, each.text[one.start : two.end], start, end)
    for table in paper.each(Table):
        yield from _rows_that_end_early(table)


def _is_range(text: str, one: Mention, two: Mention) -> bool:
    glue = text[one.end : two.start]
    if "and" in glue and not re.search(r"\bbetween\s(?:the\s)?$", text[max(0, one.start - 14) : one.start]):
        return False
    return _RANGE.fullmatch(glue) is not None


def _first_of(told: Mention) -> date | None:
    return told.date if told.day else (told.month_told.first if told.month_told else None)


def _backwards(where: Placed, text: str, start: date, end: date) -> Remark:
    later = _with_year(end, start, start + timedelta(days=400))
    later = later if later and end.year != start.year else None
    return Remark(
        where, text, f"It ends on {plain_date(end)}, before it starts on {plain_date(start)}.",
        f"An end in {later.year}" if later else "Give an end after the start.",
    )  # fmt: skip


def _rows_that_end_early(table: Table) -> Judged:
    heads = [" ".join(row.texts[at] for row in table.head if at < len(row.cells)) for at in range(table.width)]
    starts = [at for at, head in enumerate(heads) if _STARTS.search(head) and not _ENDS.search(head)]
    ends = [at for at, head in enumerate(heads) if _ENDS.search(head) and not _STARTS.search(head)]
    if len(starts) != 1 or len(ends) != 1:
        return
    for row in table.rows:
        start, end = _only_date(row, starts[0]), _only_date(row, ends[0])
        if start and end and end < start:
            yield _backwards(row, f"{row.label}: {row.texts[starts[0]]}, {row.texts[ends[0]]}"[:140], start, end)


def _only_date(row: Row, at: int) -> date | None:
    told = mentions(row.texts[at]) if at < len(row.cells) else []
    return told[0].date if len(told) == 1 else None


def _columns_of_dates(paper: Paper) -> Judged:
    for table in paper.each(Table):
        for at in range(table.width):
            cells = [(row, told) for row in table.rows if at < len(row.cells) for told in mentions(row.texts[at])]
            yield from _odd_year([(row, told, told.date) for row, told in cells if told.date])


def _odd_year(dates: Sequence[tuple[Row, Mention, date]]) -> Judged:
    """The first or the last day of a column, where it alone is far from all others."""
    days = [day for _, _, day in dates]
    for at in {days.index(min(days)), days.index(max(days))} if len(days) > 2 else ():
        row, told, day = dates[at]
        others = [*days[:at], *days[at + 1 :]]
        first, last = min(others), max(others)
        if last - first > _TIGHT or min(abs(day - first), abs(day - last)) < _FAR:
            continue
        fit = _with_year(day, first - timedelta(days=31), last + timedelta(days=31))
        if fit is None:
            continue
        mended = [*days[:at], fit, *days[at + 1 :]]
        certain = 0 < at < len(days) - 1 and mended in (sorted(mended), sorted(mended, reverse=True))
        yield Remark(
            row, f"{row.label}: {told.text}"[:140],
            f"The other dates of the column lie from {plain_date(first)} to {plain_date(last)}; {told.text} lies far "
            "outside.", told.text.replace(str(day.year), str(fit.year)), None if certain else Severity.QUERY,
        )  # fmt: skip


def _dated_too_early(paper: Paper, dated: date) -> Judged:
    period = paper.period
    if period is None or dated >= period.first.first:
        return
    fit = _with_year(dated, period.first.first, period.last.last + timedelta(days=200))
    found = next(((each, told) for each in said(paper) for told in mentions(each.text) if told.date == dated), None)
    if fit is not None and found is not None:
        each, told = found
        yield Remark(
            each.where, around(each.text, told.start, told.end),
            f"The paper is dated {plain_date(dated)}, before {period}, on which it reports.", plain_date(fit),
        )  # fmt: skip
