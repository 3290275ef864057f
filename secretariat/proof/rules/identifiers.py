"""Rules about references, names and abbreviations."""

from __future__ import annotations

from typing import Final

from secretariat.plain.dates import MONTH_NAMES
from secretariat.proof.evidence.abbreviations import Expansion, expansions
from secretariat.proof.evidence.meetings import (
    Apart,
    apart_in_prose,
    apart_in_tables,
    meeting_told,
    meetings_in,
    styles,
    two_days,
)
from secretariat.proof.evidence.names import twins
from secretariat.proof.evidence.quoted import alike, differing
from secretariat.proof.evidence.references import malformed, misstyled
from secretariat.proof.findings import Judged, Kind, Remark, Severity, rule
from secretariat.proof.paper import NOWHERE, Paper
from secretariat.proof.words.dates import mentions
from secretariat.proof.words.said import said

_MEETING_DATE: Final = "meeting date"


@rule("malformed-reference", Kind.IDENTIFIERS)
def malformed_reference(paper: Paper) -> Judged:
    """A reference has the form that references of its kind have.

    Looked at: letters with digits, such as SECMP0046, R0012, DCP 405 or SECP_78_1303_30. Errors are the letter O for a
    zero, I or l for a one, a stray space, and the wrong number of digits: for proposals of the Smart Energy Code four
    after SECMP and three after DP and MP; for other prefixes the number that all the paper's own have but one, at least
    three of them. Digits that are a footnote's mark glued to the reference are a query.

    Left alone: prefixes whose references the paper writes in several widths, numbers that simply grow from 99 to 100,
    standards and years (ISO 9001, FY19), and references with spaces where all have them.

    Example: "SECMPOO39" for SECMP0039; "R045" beside R0012, R0031 and R0107.
    """
    for wrong in malformed(paper):
        severity = None if wrong.sure else Severity.QUERY
        yield Remark(wrong.where, wrong.text, wrong.message, wrong.suggestion, severity)


@rule("reference-style", Kind.IDENTIFIERS, Severity.QUERY)
def reference_style(paper: Paper) -> Judged:
    """References of one kind are written in one style.

    Looked at: within one table or list, references of meetings, such as SSC_94_1202: what stands between their parts,
    and whether "Meeting" is among them. In the whole paper, letters with digits, such as P379 or DCP 405, of which one
    alone has a space or a hyphen that the others have not, or lacks theirs.

    Left alone: different styles of meetings in different tables and lists, and in prose.

    Example: "SSC Meeting 94_1202" in a table that also has "OPSG_29_0402".
    """
    for where, text, usual in styles(paper):
        yield Remark(where, text, f"“{text}” is not in the style of “{usual}”, which stands beside it.")
    for odd, other in misstyled(paper):
        better = f"{odd.prefix}{other.gap}{odd.digits}{odd.letter}"
        yield Remark(odd.where, odd.text, f"“{odd.text}” is not in the style of “{other.text}”.", better)


@rule("reference-date", Kind.IDENTIFIERS)
def reference_date(paper: Paper) -> Judged:
    """The day and month in a meeting's reference are those of the date beside it.

    Looked at: SSC_94_1202 and the like, and their papers: against the dates of the same row, where the table's other
    rows agree; against a date directly before or after in a sentence; the paper's own against its date of meeting; and
    the same meeting's reference with another day elsewhere in the paper.

    Left alone: dates that are deadlines, dates of issue or of the next meeting; references far from a date. Where no
    other row shows the table's manner, or the table was put together from flattened text, it is a query.

    Example: a row with "12/02/2020" and "SSC_94_1302".
    """
    for apart in (*apart_in_prose(paper), *apart_in_tables(paper)):
        yield _apart_remark(apart)
    for told, before in two_days(paper):
        message = f"“{told.text}” is of {told.day}, and “{before.text}”, the same meeting, of {before.day}."
        yield Remark(told.where, told.text, message, before.text)
    yield from _own_reference(paper)


def _apart_remark(apart: Apart) -> Remark:
    told = apart.told
    message = f"“{told.text}” is of {told.day}, and the date beside it is {apart.beside}."
    return Remark(told.where, apart.text, message, severity=None if apart.sure else Severity.QUERY)


def _own_reference(paper: Paper) -> Judged:
    """The paper's own reference against the date of the meeting that the paper says it is for."""
    day = next((each for each in mentions(paper.front.get(_MEETING_DATE, "")) if each.day and each.month), None)
    day = day or meeting_told(paper)
    for told in meetings_in(paper.reference, NOWHERE) if day else ():
        if day and day.month and (told.meeting.day, told.meeting.month) != (day.day, day.month):
            where = next((each.where for each in said(paper) if paper.reference in each.text), NOWHERE)
            on = f"{day.day} {MONTH_NAMES[day.month - 1]}"
            message = f"The paper’s reference is of {told.day}, and the meeting is on {on}."
            yield Remark(where, paper.reference, message)


@rule("two-names", Kind.IDENTIFIERS, Severity.QUERY)
def two_names(paper: Paper) -> Judged:
    """One thing has one name.

    Looked at: names and titles in capitals that are the same but for one letter of one word, another form of a word
    that is not the last ("Modifications Question Hour", "Modifications Questions Hour"), an apostrophe ("Modification's
    Question Hour"), a space ("CSPN", "CSP N"), or a colon in a title.

    Left alone: plurals of the last word ("SEC Party", "SEC Parties"), the possessive of a name, hyphens and case, names
    that differ in digits or in whole words.

    Example: "Modifcations Question Hour" beside "Modifications Question Hour".
    """
    for pair in twins(paper):
        message = f"“{pair.odd.text}” is also called “{pair.usual.text}”."
        yield Remark(pair.odd.where, pair.odd.text, message, pair.usual.text)


@rule("abbreviation-differs", Kind.IDENTIFIERS)
def abbreviation_differs(paper: Paper) -> Judged:
    """An abbreviation stands for one thing, and its letters come from the words it stands for.

    Looked at: words followed by their abbreviation in brackets, and the other way round. Two different expansions are
    an error where the initials make the abbreviation, else a query. An abbreviation one letter off a proper one that
    the paper uses, right after that one's words, is an error. An abbreviation of four letters or more of which the
    words lack one is a query.

    Left alone: plurals, "and" for "&", spelling with s or z; brackets that explain nothing; abbreviations that take
    their letters from within the words.

    Example: "Operational Performance Regime (OPR)" and "Operation Performance Regime (OPR)".
    """
    found, impossible = expansions(paper)
    for each, before in _two_ways(found):
        severity = None if each.strict and before.strict else Severity.QUERY
        message = f"{each.short} stands for “{each.words}” here, and for “{before.words}” before."
        yield Remark(each.where, each.text, message, f"{before.words} ({each.short})", severity)
    for wrong in impossible:
        text = f"{wrong.words} ({wrong.short})"
        if wrong.proper:
            message = f"“{wrong.words}” makes {wrong.proper}, which the paper also uses, and not {wrong.short}."
            yield Remark(wrong.where, text, message, f"{wrong.words} ({wrong.proper})")
        else:
            message = f"The letters of {wrong.short} do not come from “{wrong.words}”."
            yield Remark(wrong.where, text, message, severity=Severity.QUERY)


def _two_ways(found: list[Expansion]) -> list[tuple[Expansion, Expansion]]:
    """Expansions that are not the first of their abbreviation's, each different one once, with the first."""
    first: dict[str, Expansion] = {}
    told: set[tuple[str, tuple[str, ...]]] = set()
    differ: list[tuple[Expansion, Expansion]] = []
    for each in found:
        before = first.setdefault(each.short, each)
        within = set(each.key) <= set(before.key) or set(before.key) <= set(each.key)
        if not within and (each.short, each.key) not in told:
            told.add((each.short, each.key))
            differ.append((each, before))
    return differ


@rule("title-differs", Kind.IDENTIFIERS)
def title_differs(paper: Paper) -> Judged:
    """A reference has the same title wherever it is quoted.

    Looked at: a title in quotation marks directly after a reference, such as MP079 ‘Provisions for withdrawing
    modifications’, in prose, lists and tables. Titles whose words differ are an error; titles that share hardly a word
    are a query, since the second may be no title.

    Left alone: case, the style of quotation marks, dashes, "&" for "and", and the stop at the end.

    Example: DP107 ‘Validation of SRV 6.15’ and DP107 ‘Validation of SRV 6.15.1’.
    """
    for each, before in differing(paper):
        message = f"{each.reference} is called “{each.title}” here, and “{before.title}” before."
        severity = None if alike(each, before) else Severity.QUERY
        yield Remark(each.where, f"{each.reference} ‘{each.title}’", message, before.title, severity)
