"""Rules about numbering, references inside the paper, attachments and lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import Final

from secretariat.proof.evidence.absent_lists import Announcement, announcements
from secretariat.proof.evidence.numbering import Break, How, breaks, parsed, printed, section_breaks
from secretariat.proof.evidence.parts import Caption, captions, numbered_texts
from secretariat.proof.evidence.siblings import Strayed, strayed
from secretariat.proof.evidence.targets import missing
from secretariat.proof.findings import Judged, Kind, Remark, Severity, rule
from secretariat.proof.paper import Footnote, Heading, Item, Paper, Paragraph, Table
from secretariat.proof.words.said import said

_TITLE: Final = re.compile(r"[A-Z][\w’'-]*(?: (?:[A-Z][\w’'-]*|&|and|of|the|for|to|in|on)){1,7}")
_CHAPTERS: Final = 3
_CONTINUED: Final = re.compile(r"\b(?:continued|cont(?:’|')?d|cont\.)", re.IGNORECASE)
_COLOURS: Final = {"white": 0, "clear": 0, "green": 1, "amber": 2, "red": 3}
_PLAIN: Final = {"public": 0, "unclassified": 0, "confidential": 3, "restricted": 3, "secret": 3}
_CALLED_BEFORE: Final = re.compile(r"\b(?P<said>[A-Za-z]+)\s$")
_CALLED_AFTER: Final = re.compile(r"\s?[(\[](?:TLP[: ]\s?|classified\s(?:as\s)?)?(?P<said>[A-Za-z]+)[)\]]")


@rule("caption-number", Kind.STRUCTURE)
def caption_number(paper: Paper) -> Judged:
    """Tables and figures are numbered one after the other, each number once.

    Looked at: the captions of tables, and apart from them those of figures, in the order in which they stand. A number
    that repeats, is left out, starts again or stands out of order is an error; a first number other than 1 is a query.
    A number that one other number would explain is one finding.

    Left alone: numbers by section (Table 3.1, 3.2, 4.1), letters (Figure 2a, 2b), an appendix with a sequence of its
    own, tables that go on over a page ("continued"), tables and figures that share one sequence, chapters that each
    start at 1, and papers without numbers.

    Example: "Table 2: Party statistics" after "Table 2: Completed tests".
    """
    found = _worded(captions(paper))
    if _share_a_sequence(found):
        return
    texts = [each.text for each in said(paper)]
    for kind in ("Table", "Figure"):
        every = _series([each for each in found if each.kind == kind])
        for series in every:
            told = list(breaks([ordinal for ordinal, _ in series]))
            if len(told) > 1 and all(each.how == "restarts" and series[each.at][0] == 1 for each in told):
                continue
            for broken in told:
                if broken.how == "starts" and len(every) == 1 and not series[0][1].number.isdigit():
                    continue  # a chapter by itself
                yield from _caption_remark([caption for _, caption in series], broken, texts)


def _worded(found: Sequence[Caption]) -> list[Caption]:
    """The captions but for a number without words where another caption has the number and words."""
    named = {(each.kind, each.number) for each in found if each.words}
    return [each for each in found if each.words or (each.kind, each.number) not in named]


def _share_a_sequence(found: Sequence[Caption]) -> bool:
    numbers = [each.number for each in found]
    return len({each.kind for each in found}) == 2 and numbers == [str(at) for at in range(1, len(found) + 1)]


def _series(found: Sequence[Caption]) -> list[list[tuple[int, Caption]]]:
    """The captions by appendix and by the number's first parts, each with its last number."""
    series: dict[tuple[object, ...], list[tuple[int, Caption]]] = {}
    last: dict[tuple[object, ...], tuple[int, str]] = {}
    for caption in found:
        parts = parsed(caption.number)
        if parts is None:
            continue
        letter = parts[-1] if len(parts) > 1 and isinstance(parts[-1], str) else ""
        parts = parts[:-1] if letter else parts
        ordinal = parts[-1] if isinstance(parts[-1], int) else ord(parts[-1].lower()) - ord("a") + 1
        key = (caption.scope, parts[:-1])
        goes_on = _CONTINUED.search(caption.words) or (key in series and series[key][-1][1].told == caption.told)
        before = last.get(key, (0, ""))
        last[key] = (ordinal, str(letter))
        if before[0] == ordinal and (goes_on or (letter and letter != before[1])):
            continue
        series.setdefault(key, []).append((ordinal, caption))
    return list(series.values())


def _caption_remark(series: Sequence[Caption], broken: Break, texts: Sequence[str]) -> Judged:
    caption = series[broken.at]
    kind, due = caption.kind, printed((*(parsed(caption.number) or ())[:-1], *broken.due))
    used = {each.number for each in series}
    better = f"{kind} {due}" if due not in used else f"Number this {kind.lower()} and those after it anew."
    if broken.how in ("repeats", "restarts"):
        other = next((each for each in series[: broken.at] if each.number == caption.number), caption)
        message = f"Two {kind.lower()}s are numbered {caption.number}: “{other.words}” and “{caption.words}”."
        if broken.how == "restarts":
            message = (
                f"The numbers of {kind.lower()}s start again at {caption.number} after {series[broken.at - 1].number}."
            )
        yield Remark(caption.where, caption.told, message, better)
    elif broken.how == "disorder":
        message = f"{kind} {caption.number} stands after {kind} {series[broken.at - 1].number}."
        yield Remark(caption.where, caption.told, message, "Put them in order, or change their numbers.")
    elif not any(re.match(rf"{kind}\s+{re.escape(due)}(?![0-9])", text) for text in texts):
        if broken.how == "starts":
            message = f"The first numbered {kind.lower()} is {caption.number}; there is no {kind} {due}."
            yield Remark(caption.where, caption.told, message, f"{kind} {due}", Severity.QUERY)
        else:
            message = (
                f"{kind} {caption.number} follows {kind} {series[broken.at - 1].number}; there is no {kind} {due}."
            )
            yield Remark(caption.where, caption.told, message, f"{kind} {due}")


@rule("section-number", Kind.STRUCTURE)
def section_number(paper: Paper) -> Judged:
    """Numbered headings follow one another: none repeats, is left out, starts again, or stands under another's parent.

    Looked at: the printed numbers of headings, in order (1, 2, 2.1, 2.2, 3). Where one number is missing and a heading
    without a number stands in its place, the finding names that heading. A first number other than 1 is a query.

    Left alone: papers without numbers; numbers that start again under another unnumbered heading, in an appendix, a
    part or a chapter; sub-sections numbered under unnumbered headings; numbers that paragraphs carry.

    Example: "3. Budget" after "1. Purpose", with the heading "Helpdesk" between them.
    """
    headings = list(paper.each(Heading))
    carried = numbered_texts(paper)
    for broken in section_breaks(headings):
        heading = headings[broken.at]
        due, before = printed(broken.due), printed(broken.before)
        if broken.how in ("skips", "unnumbered", "parent") and due in carried:
            continue
        instead: Heading | Paragraph | None = headings[broken.instead] if broken.instead is not None else None
        if broken.how == "skips" and len(broken.due) == 1:
            numbered = [each for each in headings[: broken.at] if each.number]
            instead = _title_between(paper, numbered[-1], heading)
        yield _section_remark(heading, broken.how, due, before, instead)


def _title_between(paper: Paper, before: Heading, after: Heading) -> Heading | Paragraph | None:
    """A heading over others, or a short line like a title, where a form does not tell how high headings are."""
    blocks = paper.blocks[paper.blocks.index(before) + 1 : paper.blocks.index(after)]
    above = (one for one, next_one in pairwise(blocks) if isinstance(one, Heading) and isinstance(next_one, Heading))
    titles = (block for block in blocks if isinstance(block, Paragraph) and _TITLE.fullmatch(block.text))
    return next(above, None) or next(titles, None)


def _section_remark(heading: Heading, how: How, due: str, before: str, instead: Heading | Paragraph | None) -> Remark:
    text, number = f"{heading.number} {heading.text}", heading.number.rstrip(".")
    if instead is not None:
        message = (
            f"“{instead.text}” has no number where section {due} is due: {before} is before it and {number} after."
        )
        return Remark(instead, instead.text, message, f"{due} {instead.text}")
    if how == "starts":
        return Remark(heading, text, f"The first numbered heading is {number}.", due, Severity.QUERY)
    message = {
        "repeats": f"Section {number} is numbered twice.",
        "restarts": f"The numbers of sections start again at {number} after {before}.",
        "parent": f"Section {number} stands after {before}, which is not in the same section.",
        "disorder": f"Section {number} stands after section {before}.",
    }.get(how, f"Section {number} follows {before}; there is no section {due}.")
    return Remark(heading, text, message, f"{due} {heading.text}")


@rule("footnote-number", Kind.STRUCTURE)
def footnote_number(paper: Paper) -> Judged:
    """Footnotes are numbered one after the other, and each has its mark.

    Looked at: the numbers of the notes, in order, and, where the form of the file tells them, the marks in the text. A
    number that repeats, is left out or starts again, and a mark without a note, are errors; a note whose mark is not
    met, while the others' marks are, is a query.

    Left alone: notes that start at 1 on every page, or three times or more, as by chapter; letters and signs; forms of
    file that do not keep marks; powers.

    Example: notes 1, 2 and 4.
    """
    notes = [note for note in paper.reading.footnotes if note.mark.isdigit()]
    for series in _by_page(notes):
        for broken in breaks([int(note.mark) for note in series]):
            note, due = series[broken.at], printed(broken.due)
            if broken.how == "starts":
                continue
            told = {
                "repeats": f"Two notes are numbered {note.mark}.",
                "restarts": f"The numbers of notes start again at {note.mark} after {series[broken.at - 1].mark}.",
                "disorder": f"Note {note.mark} stands after note {series[broken.at - 1].mark}.",
            }.get(broken.how, f"Note {note.mark} follows note {series[broken.at - 1].mark}; there is no note {due}.")
            yield Remark(note, f"{note.mark} {note.text}"[:120], told, f"{due}")
    yield from _marks(paper, notes)


def _by_page(notes: Sequence[Footnote]) -> list[list[Footnote]]:
    """The notes in their sequences: by page where every page begins at 1, by chapter where three or more do."""
    pages = [list(each) for _, each in groupby(notes, key=lambda note: note.place.page)]
    if len(pages) > 1 and all(page[0].mark == "1" for page in pages):
        return pages
    starts = [at for at, note in enumerate(notes) if note.mark == "1"]
    if len(starts) < _CHAPTERS:
        return [list(notes)]
    return [list(notes[start:end]) for start, end in pairwise([0, *starts[1:], len(notes)])]


def _marks(paper: Paper, notes: Sequence[Footnote]) -> Judged:
    """Marks and notes against each other, where both are known."""
    known = {note.mark for note in paper.reading.footnotes}
    met: set[str] = set()
    for table in paper.each(Table):
        for row in (*table.head, *table.rows):
            for cell in row.cells:
                met |= set(cell.marks)
                missing = [mark for mark in cell.marks if _may_be_missing(mark, known)]
                if missing and notes:
                    text = f"{row.label}: {cell.text}" if cell.text != row.label else cell.text
                    yield Remark(row, text, f"The mark {missing[0]} has no note.", "")
    prose = [(block, mark) for block in paper.prose() for mark in block.marks]
    for block, mark in prose if notes else ():
        if _may_be_missing(mark, known):
            yield Remark(block, block.text[:120], f"The mark {mark} has no note.")
    met |= {mark for _, mark in prose}
    unmarked = [note for note in notes if note.mark not in met]
    if prose and len(unmarked) == 1 and len(notes) > 1:
        note = unmarked[0]
        message = f"Nothing in the text has the mark {note.mark}."
        yield Remark(note, f"{note.mark} {note.text}"[:120], message, severity=Severity.QUERY)


def _may_be_missing(mark: str, known: set[str]) -> bool:
    """Whether a raised number without a note may be a mark: one that follows the others soon, and not a power."""
    return mark.isdigit() and mark not in known and int(mark) <= len(known) + 2


@rule("missing-target", Kind.STRUCTURE)
def missing_target(paper: Paper) -> Judged:
    """An appendix, table, figure or section that the text names is there.

    Looked at: "Appendix C", "Table 9", "Figure 2", "section 3.4" in prose, cells and notes, against the paper's own
    attachments, captions and headings. Sections are queries unless the text says "of this paper", "below" or the like,
    since they are often another document's.

    Left alone: parts of other documents, told by the words beside them ("SEC Section H1", "Schedule 4 of the Licence",
    "Appendix L of the Code", "its Annex 2"), by quotation marks, or by being changed or obeyed ("to amend Sections 5.1
    and 7.3"); a label that the paper elsewhere gives to another document; and tables, figures and sections of papers
    that number none.

    Example: "The details are in Appendix C." in a paper to which only Appendix A is attached.
    """
    yield from missing(paper)


@rule("attachment-class", Kind.STRUCTURE)
def attachment_class(paper: Paper) -> Judged:
    """The text gives an attachment the class that the list of attachments gives it.

    Looked at: the class before or after an attachment's label in prose and headings ("Green Appendix A", "Appendix A
    (AMBER)") against that in the list. Two colours that differ are an error. "Confidential" for a White attachment and
    "public" for an Amber or Red one are queries.

    Left alone: "confidential" for a Green, Amber or Red attachment, attachments without a class, and other words.

    Example: "as set out in Green Appendix A" where the list has "Appendix A: Test results (AMBER)".
    """
    classes = {each.label.upper(): each for each in paper.attachments if each.classification}
    listed = {each.place for each in paper.attachments}
    for each in said(paper):
        for label, attachment in classes.items() if "A" in each.text or "a" in each.text else ():
            for hit in re.finditer(rf"(?<![A-Za-z]){re.escape(label)}(?![A-Za-z0-9])", each.text, re.IGNORECASE):
                if not isinstance(each.where, Heading) and each.where in listed:
                    continue
                called = _called(each.text, hit)
                severity = _clash(called, attachment.classification)
                defines = isinstance(each.where, Item | Paragraph) and hit.start() < 3 and attachment.title in each.text
                if severity and not (defines and attachment.title):
                    message = (
                        f"{attachment.label} is called {called} here, and its class is {attachment.classification}."
                    )
                    better = f"{attachment.classification} {attachment.label}"
                    yield Remark(each.where, f"{called} {attachment.label}", message, better, severity)


def _called(text: str, hit: re.Match[str]) -> str:
    before, after = _CALLED_BEFORE.search(text[: hit.start()][-20:]), _CALLED_AFTER.match(text, hit.end())
    words = [match["said"] for match in (before, after) if match]
    return next((word for word in words if word.lower() in _COLOURS | _PLAIN), "")


def _clash(called: str, classification: str) -> Severity | None:
    one, other = called.lower(), classification.lower().removeprefix("tlp").strip(": ")
    both = _COLOURS | _PLAIN
    if one not in both or other not in both or both[one] == both[other]:
        return None
    if (one in _COLOURS) == (other in _COLOURS):
        return Severity.ERROR
    said_open, is_open = both[one] == 0, both[other] == 0
    closed = both[other] >= 2 if said_open else both[one] >= 2
    return Severity.QUERY if said_open != is_open and closed else None


@rule("heading-content", Kind.STRUCTURE, Severity.QUERY)
def heading_content(paper: Paper) -> Judged:
    """A short section speaks of what its heading names, not of what a sibling's names.

    Looked at: headings beside each other that differ in one abbreviation or one word ("Gas demand", "Electricity
    demand") and the few sentences under each: one under which only the sibling's own term is found is a query. And any
    two headings whose first paragraphs each name the other's subject and not their own, as if they had been swapped.

    Left alone: headings without such a sibling, longer sections, and sections that name their own subject, by its
    words or its abbreviation.

    Example: under "Repository Entry Process Testing (SREPT)" only "No notices of UEPT were received.", where the next
    heading is "User Entry Process Testing (UEPT)".
    """
    for found in strayed(paper):
        yield _strayed_remark(found)


def _strayed_remark(found: Strayed) -> Remark:
    message = f"Under “{found.heading.text}” only {found.term} is spoken of, which “{found.sibling.text}” is about."
    return Remark(found.block, found.block.text[:200], message, f"Say this of {found.own}, or move it.")


@rule("absent-list", Kind.STRUCTURE, Severity.QUERY)
def absent_list(paper: Paper) -> Judged:
    """What a sentence announces with a colon follows it.

    Looked at: paragraphs that end with a colon. With nothing after them before the next heading or the end of the
    paper, it is an error. With only prose that speaks of something else, it is a query where the words announce
    several things ("the following reports:", "three points:", "include:", "for:").

    Left alone: what a list, a table, a figure or short lines follow; paragraphs that are the things announced; headings
    below that are; labels ("Contact:"), quotations, and announcements of one thing.

    Example: "The Panel considered reports on:" and then "The Panel agreed to proceed."
    """
    for found in announcements(paper):
        yield _announced_remark(found)


def _announced_remark(found: Announcement) -> Remark:
    severity = None if found.next else Severity.ERROR
    then = f"“{found.next[:60]}” follows, which is none" if found.next else "nothing of the kind follows"
    return Remark(found.block, found.sentence, f"A list is announced, and {then}.", "Put the list in.", severity)
