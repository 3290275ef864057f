"""Rules about numbers in prose, counts of lists and parts of a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Final, TypeAlias

from secretariat.proof.evidence.listed import Miscount, enumerated, in_rows, in_sentences, linked, lists
from secretariat.proof.evidence.matching import Mismatch, mismatches
from secretariat.proof.evidence.mentioned import astray
from secretariat.proof.evidence.recalled import recalled
from secretariat.proof.evidence.sums import one_digit_apart
from secretariat.proof.evidence.wholes import remainders
from secretariat.proof.findings import Judged, Kind, Remark, Severity, rule
from secretariat.proof.paper import Figure, Item, Paper, Paragraph, Table
from secretariat.proof.words.dates import column_month, mentions
from secretariat.proof.words.labels import normal, role, row_label, spelt_alike, stem, stems
from secretariat.proof.words.phrases import MEASURES, Counted, counted
from secretariat.proof.words.quantities import cell_number, is_nought, number_of, printed

_COMPARED: Final = re.compile(
    r"\b(?:new|further|another|additional|remaining|previous|previously|last|first|next|other|from|than|compared|only"
    r"|more|fewer|less|target|limit|average|up|down|per|each|every|of)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_EMPTY_WORDS: Final = frozenset({
    *("there", "we", "currently", "now", "during", "total", "number", "also", "month", "reporting", "period", "our"),
    *("report", "section", "all", "such", "over", "still"),
})  # fmt: skip
_APART_WORDS: Final = frozenset({"not", "no", "never", "new", "other", "further", "remaining", "previous", "former"})
_PRONOUN: Final = re.compile(r"\s*(?:it|they|this|these|he|she|who|which|both)\b", re.IGNORECASE)
_FEWEST_SHARED: Final = 3
_MOST_ALIKE: Final = 300
_Told: TypeAlias = tuple[Paragraph | Item, Counted]


@rule("prose-table-number", Kind.NUMBERS)
def prose_table_number(paper: Paper) -> Judged:
    """A number in prose is the one that the paper's own table gives for the same thing and month.

    Looked at: a number whose noun is a row's label, or what a table with a total row counts by its caption, heads or
    opening words ("2,104 email enquiries" beside "Helpdesk emails"; "the total number of resource days was 627"), in
    the table's own section, or elsewhere when the words are plain. In a table of months the column is that of the month
    which the sentence names, or else of the paper's month; a number that is another month's is told as such. "Over",
    "under" and "nearly" are bounds; "about" allows a tenth.

    Left alone: numbers of some only ("of which 12", "30 enquiries about billing"), comparisons with other times, and a
    table's cell that another number in prose gives rightly. Where the words leave doubt, it is a query.

    Example: "2,104 enquiries in January 2020", where 2,104 stands under Feb 20 and 2,053 under Jan 20.
    """
    found = mismatches(paper)
    named = [each for each in astray(paper) if not any(each.told == other.told for other in found)]
    for each in (*found, *named):
        severity = None if each.sure else Severity.QUERY
        message, mend = _mismatch(each)
        yield Remark(each.where, each.told.sentence, message, mend, severity=severity)


@rule("prose-number-differs", Kind.NUMBERS)
def prose_number_differs(paper: Paper) -> Judged:
    """The same thing told twice in prose is told with one number.

    Looked at: two sentences that count the same noun, for the same months, where one clause says nothing that the
    other does not; things counted again with "the" or "all" after they were counted once ("all eight votes"); sums of
    money for the same thing that one digit sets apart.

    Left alone: numbers with "about" or "over", comparisons, items of one list, and clauses each of which says something
    more than the other.

    Example: the summary says that 330 Parties represent 261 voting groups; the section says that 331 do.
    """
    said: set[str] = set()
    for (first, one), (second, other) in _pairs(paper):
        if one.quantity.value == other.quantity.value or second.text in said or one.sentence == other.sentence:
            continue
        listed = isinstance(first, Item) and isinstance(second, Item)
        if _same_sum(one, other) or (first is not second and not listed and _same_thing(one, other)):
            said.add(second.text)
            yield _told_twice(first, one, second, other)
    for first, one, second, other in recalled(paper):
        if second.text not in said:
            yield _told_twice(first, one, second, other)


@rule("count-of-list", Kind.NUMBERS)
def count_of_list(paper: Paper) -> Judged:
    """A count that announces a list is the number of things listed.

    Looked at: a paragraph that ends in a colon, with one count, before a list or table ("three new proposals:"); a
    count of what a table's caption or head names, right before it, or in a paragraph that refers to the table; names
    or references after their count ("five
    modifications, MP001, MP002 and MP003"); meetings told in a row, or in a sentence, against their dates ("met four
    times"), and against the documents linked beside them, which is a query.

    Left alone: lists that the words call a part ("including", "such as"), counts of time, "about" and "over", and lists
    that have the right number in some other way of counting, such as with their second level.

    Example: "The Panel agreed two actions:" and three items follow.
    """
    found: list[Miscount] = []
    for section in paper.sections():
        found += lists(section.blocks)
    for block in paper.prose():
        found += enumerated(block) + in_sentences(block)
    found += linked(paper.blocks, tuple(paper.each(Table)))
    for table in paper.each(Table):
        found += in_rows(table)
    for each in found:
        yield Remark(
            each.where, each.text, f"{each.told} {each.things} are told, but {each.found} {each.listed}.",
            f"Write {each.found}, or mend the list.", severity=None if each.sure else Severity.QUERY,
        )  # fmt: skip


@rule("remainder", Kind.NUMBERS, Severity.QUERY)
def remainder(paper: Paper) -> Judged:
    """Parts told of a whole make the whole, or the rest is told.

    Looked at: a count followed in the same sentence by two or more counts of its parts ("50 proposals including 30 in
    refinement and 17 in development"; "of nine votes, five were for it and three against"). Parts that make more than
    the whole, or that are said to be all of it ("comprising", "consisting of"), are an error.

    Left alone: a single part ("of which 30 are open"), sentences that tell of the rest or others, percentages, and
    parts that count something else than the whole.

    Example: 50 proposals, including 30 and 17: three are not told.
    """
    for block in paper.prose():
        for each in remainders(counted(block.text)):
            apart = printed(abs(each.left))
            rest = f"{apart} {'is' if apart == '1' else 'are'} not told" if each.left > 0 else f"{apart} too many"
            said = f"The parts make {printed(each.added)} of {each.whole.quantity.text}: {rest}."
            yield Remark(
                block, each.whole.sentence, said, "Tell the rest, or mend the number that is wrong.",
                severity=Severity.ERROR if each.all_told or each.left < 0 else None,
            )  # fmt: skip


@rule("missing-category", Kind.NUMBERS, Severity.QUERY)
def missing_category(paper: Paper) -> Judged:
    """Tables and figures over the same categories have the same ones, spelt alike.

    Looked at: pairs of tables or figures that share at least three labels and three quarters of the shorter one's,
    where one lacks a single category of the other, or spells it in another way.

    Left alone: totals, months, dates and numbers as labels; pairs that differ in more, since their rows are of another
    kind; case, plurals and bracketed abbreviations.

    Example: one table has Large Supplier, Small Supplier, Network and Other; its sibling has all but Network.
    """
    listed = [(block, _labels(block)) for block in paper.blocks if isinstance(block, Table | Figure)]
    for (first, one), (second, other) in combinations(listed, 2):
        shared = one.keys() & other.keys()
        lacking, more = _apart(one, other), _apart(other, one)
        if len(shared) < _FEWEST_SHARED or len(shared) * 4 < min(len(one), len(other)) * 3 or first is second:
            continue
        pairs = [(key, each) for key in lacking for each in more if spelt_alike(key, each)]
        for key, each in pairs:
            said = f"“{other[each]}” here is “{one[key]}” in {_called(first)}."
            yield Remark(second, other[each], said, "Spell both alike.")
        rest = [key for key in lacking if key not in {pair[0] for pair in pairs}]
        extra = [key for key in more if key not in {pair[1] for pair in pairs}]
        if len(rest) + len(extra) == 1:
            where, there, words = (second, first, one[rest[0]]) if rest else (first, second, other[extra[0]])
            said = f"“{words}” is a category of {_called(there)}, and is missing here."
            yield Remark(where, words, said, "Add the category, or say why it is left out.")


def _mismatch(each: Mismatch) -> tuple[str, str]:
    """What is wrong and what would put it right."""
    fact, told = each.fact, each.told
    table = f"Table {fact.table.number}" if fact.table.number else "the table"
    head = fact.heads[each.column]
    under = f" under “{head}”" if head else ""
    value = printed(each.value, told.quantity.text)
    has = f"{table} has {value} in “{fact.label}”{under}"
    if each.instead is not None:
        other = fact.heads[each.instead]
        said = f"{told.quantity.text} is the number of “{other}” in “{fact.label}”, not of the month told; {has}."
        return _capital(said), f"Name the month of “{other}”, or write {value}."
    return _capital(f"{has}, not {told.quantity.text}."), f"Write {value}, or mend the table."


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _pairs(paper: Paper) -> Iterator[tuple[_Told, _Told]]:
    """Every two numbers in prose that count the same noun, or the same money, but for nouns told of all the time."""
    alike: dict[tuple[str, frozenset[str]], list[_Told]] = {}
    for block in paper.prose():
        for each in counted(block.text):
            if _is_plain(each):
                noun = frozenset() if each.quantity.unit else frozenset(each.noun)
                alike.setdefault((each.quantity.unit, noun), []).append((block, each))
    for told in alike.values():
        if len(told) <= _MOST_ALIKE:
            yield from combinations(told, 2)


def _is_plain(told: Counted) -> bool:
    """Whether the number stands for itself: not about, no comparison, no measure of time."""
    compared = not told.quantity.unit and _COMPARED.search(told.before)
    return not (told.quantity.about or compared or (told.noun and set(told.noun) <= MEASURES))


def _told_twice(first: Paragraph | Item, one: Counted, second: Paragraph | Item, other: Counted) -> Remark:
    where = f" ({first.place})" if first.place.line or first.place.page else ""
    numbers = f"{other.quantity.text} {other.things}".rstrip()
    return Remark(
        second, other.sentence, f"Here it is {numbers}; elsewhere{where} the paper says {one.quantity.text}.",
        f"Write {one.quantity.text} in both places, or {other.quantity.text}, whichever is right.",
    )  # fmt: skip


def _same_sum(one: Counted, other: Counted) -> bool:
    """Whether two sums of money that one digit sets apart are told of the same thing ("the budget of …")."""
    if not one.quantity.unit or one.quantity.unit != other.quantity.unit or one.quantity.unit == "%":
        return False
    if min(one.quantity.value, other.quantity.value) < 1000 or not one_digit_apart(
        one.quantity.value, other.quantity.value
    ):
        return False
    pairs = ((one, other), (other, one))
    named = [(match, beside) for told, beside in pairs if (match := re.search(r"(\w+) of $", told.before))]
    return any(stem(match[1].lower()) in stems(beside.sentence) for match, beside in named)


def _same_thing(one: Counted, other: Counted) -> bool:
    """Whether two numbers count the same: the same noun and months, and neither clause says what the other denies."""
    if not one.noun or one.quantity.unit != other.quantity.unit or set(one.noun) != set(other.noun):
        return False
    if _PRONOUN.match(one.sentence[one.clause[0] :]) or _PRONOUN.match(other.sentence[other.clause[0] :]):
        return False
    months = _months(one.sentence), _months(other.sentence)
    if months[0] != months[1] and months[0] and months[1]:
        return False
    first, second = _clause(one), _clause(other)
    shared, apart = first & second, first ^ second
    if apart & _APART_WORDS or not (first <= second or second <= first):
        return False
    alike = first == second and len(first) >= 2
    return len(shared) >= 3 or alike or (len(one.noun) >= 2 and bool(months[0]) and months[0] == months[1])


def _clause(told: Counted) -> frozenset[str]:
    """The words of the clause that a number stands in, without those that say little, and without its months."""
    start, end = told.clause
    clause = f"{told.sentence[start : told.quantity.start]} {told.sentence[told.quantity.end : end]}"
    for day in reversed(mentions(clause)):
        clause = f"{clause[: day.start]} {clause[day.end :]}"
    return frozenset(word for word in stems(clause) - _EMPTY_WORDS if number_of(word) is None)


def _months(sentence: str) -> frozenset[tuple[int | None, int | None]]:
    return frozenset((day.month, day.year) for day in mentions(sentence))


def _labels(block: Table | Figure) -> dict[str, str]:
    """The categories of a table or figure, normal form to words as printed."""
    if isinstance(block, Figure):
        words = [label.name for label in block.labels]
    else:
        with_numbers = [row for row in block.rows if any(cell_number(text) is not None for text in row.texts[1:])]
        words = [row_label(row) for row in with_numbers]
    kept = [each for each in words if each.strip() and not _is_no_category(each)]
    return {normal(each): each for each in kept if normal(each)}


def _apart(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """The categories of one that the other lacks; one that ends in the other's was joined to the words before it."""
    return [key for key in one if not any(key == each or key.endswith(f" {each}") for each in other)]


def _is_no_category(label: str) -> bool:
    timed = column_month(label) or mentions(label)
    return bool(timed or role(label).is_total or is_nought(label) or cell_number(label) is not None)


def _called(block: Table | Figure) -> str:
    kind = "Table" if isinstance(block, Table) else "Figure"
    if block.number:
        return f"{kind} {block.number}"
    return f"the {kind.lower()} “{block.caption}”" if block.caption else f"the {kind.lower()} at {block.place}"
