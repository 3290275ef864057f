"""How many of something there are at a month's end, as papers state it, and the rows that say how it changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from secretariat.plain.months import Month
from secretariat.proof.evidence.series import MonthTable, Series, month_tables, plain_words
from secretariat.proof.findings import Placed
from secretariat.proof.paper import Heading, Paper, Row, Table
from secretariat.proof.words.dates import Mention, mentions
from secretariat.proof.words.quantities import Quantity, cell_number, quantities
from secretariat.proof.words.said import sentences, table_months

_MEMBERS: Final = ("party", "member", "signatory", "participant", "licensee", "subscriber", "user", "registrant")
_OF_MEMBERS: Final = frozenset({"membership", "accession"})
_WORK: Final = (
    "proposal", "modification", "action", "enquiry", "query", "ticket", "case", "incident", "defect", "issue",
    "request", "complaint", "application", "risk", "change",
)  # fmt: skip
_NOUNS: Final = frozenset({*_MEMBERS, *_WORK})
_OPEN: Final = frozenset({"open", "outstanding", "live", "active"})
_SAYS_NO_MORE: Final = frozenset({
    "current", "currently", "total", "number", "numbers", "of", "the", "all", "registered", "at", "as", "end", "month",
    "period", "year", "in", "our", "now",
})  # fmt: skip
_ACRONYM: Final = re.compile(r"[A-Z][A-Z0-9&]{1,6}")
_ENDS_THERE: Final = re.compile(
    r"[,\s]*(?:$|[.;:)]|(?:to the|on the register|at the|at month|as (?:at|of)|by the|representing|and|including|"
    r"comprising|of which|in total|remain(?:ed|ing)?|were (?:registered|open|outstanding))\b)"
)
_STATES: Final = re.compile(
    r"\b(?:there (?:were|are|was|is|remain(?:ed)?)|total(?:led|s|ling)?(?: of)?|we (?:now )?have|leaving|"
    r"bringing the (?:total|number)\b.{0,60} to|(?:stood|stands) at)\s+(?:(?:now|currently|still)\s+)?"
    r"(?:a total of\s+)?$",
    re.IGNORECASE,
)
_NUMBER_OF: Final = re.compile(
    r"\b(?:total )?number of (?P<words>[\w'’& -]{3,50}?)\s+(?:to the [\w ]{2,20}\s)?(?:at (?:the )?[\w ]{3,40}?,?\s)?"
    r"(?:(?:stood|stands) at|is|was|(?:rose|fell|increased|decreased|grew) to|remained(?: at)?|reached)"
    r"\s+(?:now\s+)?$",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(r"(?P<words>[A-Z][\w'’& -]{3,50}?)(?:\s{0,3}[:–-])?\s+(?P<number>\d[\d,]*)")
_END: Final = re.compile(
    r"\bend of (?:the |this |that |each )?(?:reporting )?(?:month|period|quarter|year)\b", re.IGNORECASE
)
_END_OF: Final = re.compile(r"\bend of\s+(?:the )?$", re.IGNORECASE)

_COMES: Final = re.compile(
    r"\b(?:accession|acceded?|admi(?:ssions?|tted)|join(?:ed|ers?|ing)?|new|raised|opened|received|logged|created|"
    r"registered|registrations?|added|additions?|appoint(?:ed|ments?)|enrol(?:led|ments?)|submitted)s?\b",
    re.IGNORECASE,
)
_GOES: Final = re.compile(
    r"\b(?:withdr(?:aw(?:als?|n|s)?|ew)|expulsions?|expelled|exit(?:s|ed)?|left|leavers?|clos(?:ed|ures?)|resolved|"
    r"completed|rejected|implemented|remov(?:ed|als?)|terminat(?:ed|ions?)|ceas(?:ed|ing)|resign(?:ed|ations?)|"
    r"de-?regist(?:ered|rations?)|cancelled|lapsed|answered)\b",
    re.IGNORECASE,
)
_OPENING: Final = re.compile(
    r"\s*(?:opening|brought forward|b/f|at (?:the )?(?:start|beginning)|(?:start|beginning) of)\b", re.IGNORECASE
)
_CLOSING: Final = re.compile(r"\s*(?:closing|carried forward|c/f|at (?:the )?end|end of)\b", re.IGNORECASE)
_NEITHER: Final = re.compile(
    r"\b(?:in default|defaults?|in progress|pending|on hold|suspended|open|outstanding|total|net|balance|average|"
    r"at (?:the )?(?:month|period|quarter|year)[- ]end|at (?:the )?end|cumulative)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stock:
    """A stated number of things in being: of what ("party", "open proposal"), of which month, where, in what words.

    `when` is "end" where the paper says that it is the month's end, "assumed" where a report of the month does not
    say, and "within" where only the month is known.
    """

    paper: Paper
    of: str
    month: Month
    number: Decimal
    text: str
    where: Placed
    when: str = "end"
    in_table: bool = False


@dataclass(frozen=True, slots=True)
class Balance:
    """What a table says there was at a month's opening and closing, of what its caption or heading names."""

    paper: Paper
    of: str
    month: Month
    opening: tuple[Row, str]
    closing: tuple[Row, str]


@dataclass(frozen=True, slots=True)
class Flow:
    """What came and what went in one month."""

    comes: Decimal = Decimal(0)
    goes: Decimal = Decimal(0)

    @property
    def net(self) -> Decimal:
        """What came less what went."""
        return self.comes - self.goes


@dataclass(frozen=True, slots=True)
class Flows:
    """The month-by-month changes that one table reports of a thing, and rows that nothing says the sign of."""

    table: MonthTable
    of: str
    months: Mapping[Month, Flow]
    comes: tuple[Series, ...]
    goes: tuple[Series, ...]
    unclear: tuple[Series, ...] = ()


def thing(words: str) -> str:
    """What a label or phrase counts, where that is a whole stock: "SEC Parties" is "party"; "" for any other.

    "Small Supplier Parties" and "Voting Groups" are none: they are parts, or other things.
    """
    told = [word for word in re.findall(r"[\w'’&-]+", words) if not _ACRONYM.fullmatch(word)]
    told = [_singular(word.lower()) for word in told if word.lower() not in _SAYS_NO_MORE]
    open_ = bool(told) and told[0] in _OPEN
    rest = told[1:] if open_ else told
    if not rest or len(rest) > 1 + open_ or not set(rest) <= _NOUNS or (rest[-1] in _WORK) is not open_:
        return ""
    return f"open {rest[-1]}" if open_ else rest[-1]


def stocks(paper: Paper) -> Iterator[Stock]:
    """Every whole stock that the paper states, in prose or in a table."""
    for block in paper.prose():
        for sentence in sentences(block.text):
            yield from _in_prose(paper, sentence, block)
        if (label := _LABEL.fullmatch(" ".join(block.text.split()))) and thing(label["words"]):
            yield from _labelled(paper, label["words"], label["number"], block)
    for table in paper.each(Table):
        for row in table.rows if not any(table_months(table)) else ():
            told = [text for text in row.texts if text.strip()]
            if len(told) == 2:
                yield from _labelled(paper, told[0], told[1], row)
    for months in month_tables(paper):
        for series in months:
            if of := thing(series.label):
                for month, value in series.values.items():
                    text = f"{series.label}: {month.short} {value.printed}"
                    yield Stock(paper, of, month, value.number, text, value.row, in_table=True)


def balances(paper: Paper) -> Iterator[Balance]:
    """The opening and closing of each month of each table that has a row of either; the row's cell as printed."""
    heading = ""
    for block in paper.blocks:
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, Table):
            opening = [row for row in block.rows if _OPENING.match(row.label)]
            closing = [row for row in block.rows if _CLOSING.match(row.label)]
            if len(opening) == len(closing) == 1:
                of = plain_words(block.caption or heading)
                for month, at in _columns(paper, block):
                    yield Balance(paper, of, month, _at(opening[0], at), _at(closing[0], at))


def _columns(paper: Paper, table: Table) -> list[tuple[Month, int]]:
    """The months of a table's columns; its only column is of the paper's month where its head names none."""
    named = [(month, at) for at, month in enumerate(table_months(table)) if month is not None]
    if not named and table.width == 2 and paper.period is not None and paper.period.first == paper.period.last:
        return [(paper.period.last, 1)]
    return named


def _at(row: Row, at: int) -> tuple[Row, str]:
    return row, row.cells[at].text.strip() if at < len(row.cells) else ""


def flows(paper: Paper, of: str) -> Flows | None:
    """The paper's one table that says by month what came and went of a thing; None where there is none, or several."""
    noun = of.rsplit(maxsplit=1)[-1]
    found = [made for table in month_tables(paper) if _is_about(table, noun) and (made := _read(table, of))]
    return found[0] if len(found) == 1 else None


def told_month(paper: Paper) -> Month | None:
    """The month that a paper reports on, or else is dated in."""
    if paper.period is not None:
        return paper.period.last
    return Month.of(paper.dated) if paper.dated else None


def _in_prose(paper: Paper, sentence: str, where: Placed) -> Iterator[Stock]:
    for quantity in quantities(sentence):
        if quantity.about or quantity.unit:
            continue
        of = _counted(sentence, quantity)
        if of and (told := _when(paper, sentence)):
            yield Stock(paper, of, told[0], quantity.value, sentence, where, told[1])


def _counted(sentence: str, quantity: Quantity) -> str:
    """What a number in a sentence says there are: "there were 330 Parties", "the number of Parties stood at 330"."""
    before = sentence[: quantity.start]
    if turned := _NUMBER_OF.search(before):
        return thing(turned["words"])
    if not _STATES.search(before):
        return ""
    words = sentence[quantity.end :]
    for end in re.finditer(r"(?<=\w)(?=\W|$)", words[:60]):
        if (of := thing(words[: end.start()])) and _ENDS_THERE.match(words, end.start()):
            return of
    return ""


def _when(paper: Paper, sentence: str) -> tuple[Month, str] | None:
    """The month of a stated stock, and how it stands in it; None where the sentence names several, or nothing does."""
    named = [each for each in mentions(sentence) if each.month is not None]
    if len(named) > 1:
        return None
    near = paper.period.last.last if paper.period else paper.dated
    if named and near is not None:
        return _named(named[0], sentence, named[0].month_near(near))
    month = told_month(paper)
    if month is None:
        return None
    if _END.search(sentence):
        return month, "end"
    return month, _unsaid(paper)


def _unsaid(paper: Paper) -> str:
    """How a stock stands in its month where the paper does not say: a paper of the month itself is not at its end."""
    if paper.period is None:
        return "within"
    return "within" if paper.dated is not None and paper.dated < paper.period.last.last else "assumed"


def _named(mention: Mention, sentence: str, month: Month | None) -> tuple[Month, str] | None:
    if month is None:
        return None
    if mention.day is not None:
        return month, "end" if mention.day == month.last.day else "within"
    return month, "end" if _END_OF.search(sentence[: mention.start]) else "assumed"


def _labelled(paper: Paper, label: str, printed: str, where: Placed | Row) -> Iterator[Stock]:
    number, of, month = cell_number(printed), thing(label), told_month(paper)
    if number is not None and of and month is not None:
        yield Stock(paper, of, month, number, f"{label.strip()}: {printed.strip()}", where, _unsaid(paper))


def _is_about(table: MonthTable, noun: str) -> bool:
    words = re.findall(r"[A-Za-z]+", " ".join([table.around, *(series.label for series in table)]))
    told = {_singular(word.lower()) for word in words}
    return noun in told or (noun in _MEMBERS and bool(told & _OF_MEMBERS))


def _read(table: MonthTable, of: str) -> Flows | None:
    comes: list[Series] = []
    goes: list[Series] = []
    unclear: list[Series] = []
    for series in table:
        if thing(series.label) or (_NEITHER.search(series.label) and not _COMES.match(series.label)):
            continue
        signs = bool(_COMES.search(series.label)), bool(_GOES.search(series.label))
        {(True, False): comes, (False, True): goes}.get(signs, unclear).append(series)
    if not comes or not goes:
        return None
    whole = set.intersection(*(set(series.values) for series in (*comes, *goes, *unclear)))
    months = {month: Flow(_sum(comes, month), _sum(goes, month)) for month in whole}
    return Flows(table, of, months, tuple(comes), tuple(goes), tuple(unclear))


def _sum(series: list[Series], month: Month) -> Decimal:
    return sum((one.values[month].number for one in series), Decimal(0))


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
