"""Redlines in Word: the tracked changes are real; all accepted are the new text and all rejected the old one."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.legaltext.formats.marks import settled
from secretariat.legaltext.formats.word_reading import read_word
from secretariat.legaltext.redlines.compare import redline
from secretariat.legaltext.redlines.word import word
from secretariat.legaltext.text import Clause, Text, in_order, places

AT = datetime(2020, 2, 27, 9, 30, tzinfo=UTC)
TABLE = "| Role | Days |\n| --- | --- |\n| User | 5 |\n| Network Party | 20 |\n"
LONGER = TABLE.replace("20", "25").replace("| User | 5 |\n", "| User | 5 |\n| DCC | 1 |\n")
WIDER = "| Role | Days | Note |\n| --- | --- | --- |\n| User | 5 | x |\n| Network Party | 20 | y |\n"
BODIES = [
    "The Panel shall publish **Notices** within 10 Working Days of the day.",
    "The Panel shall publish **Notices** within 15 Working Days of that day, and *tell* each Party.",
    "The Panel shall publish it.\n\nEach User shall pay <charges> & costs.",
    "Each User shall pay <charges> & costs.\n\nIn a year\nof 366 days too.\n\nThe Panel shall publish it.",
    f"The days are these.\n\n{TABLE}\nThey are Working Days.",
    f"The days are these.\n\n{LONGER}",
    WIDER,
    "Nothing like it — “quoted” £540, naïve.",
    "",
]
KINDS = ("clause", "part", "paragraph")
BEFORE, AFTER = {"ins", "moveTo", "cellIns"}, {"del", "moveFrom", "cellDel"}


@st.composite
def texts(
    draw: st.DrawFn, kinds: tuple[str, ...] = KINDS, headings: tuple[str, ...] = ("", "Duties", "Of Users")
) -> Text:
    """A text of up to six clauses in any tree and order, as every form can carry it."""
    made: list[Clause] = []
    uids = draw(st.lists(st.sampled_from(["a", "b", "c", "d", "X.1", "f"]), unique=True, min_size=1))
    for uid, place in zip(uids, places(len(uids)), strict=True):
        parent = draw(st.sampled_from(["", *(one.uid for one in made)]))
        kind, heading = draw(st.sampled_from(kinds)), draw(st.sampled_from(headings))
        number = draw(st.sampled_from(["1", "2.1", "(a)"]))
        heading = heading or ("Heading" if kind == "part" else "")
        made.append(Clause(uid, parent, place, kind, number, heading, draw(st.sampled_from(BODIES))))
    return settled(in_order(made))


def made_of(old: Text, new: Text) -> bytes:
    return word(redline(old, new), "Section H", ["Version 5.13 against 5.14"], author="A Drafter", at=AT)


def shape(text: Text, *, with_identities: bool) -> list[tuple[Any, ...]]:
    """The clauses with where each hangs, told by rank."""
    ranks = {clause.uid: at for at, clause in enumerate(text.clauses)}
    return [
        (
            clause.uid * with_identities,
            ranks.get(clause.parent, -1),
            *(clause.kind, clause.number),
            clause.heading,
            clause.body,
        )
        for clause in text.clauses
    ]


@settings(max_examples=20, deadline=None)
@given(texts(), texts())
def test_all_changes_accepted_are_the_new_text_and_rejected_the_old(old: Text, new: Text) -> None:
    made = made_of(old, new)
    assert shape(read_word(made).text, with_identities=True) == shape(new, with_identities=True)
    assert shape(read_word(made, accepted=False).text, with_identities=False) == shape(old, with_identities=False)


def words_of(made: bytes, dropped: set[str]) -> list[str]:
    """The words of each paragraph of a Word file after its changes are settled one way, by reading its XML alone."""
    body = docx.Document(io.BytesIO(made)).element.body
    found = [""]
    for paragraph in body.iter(qn("w:p")):
        row = next(paragraph.iterancestors(qn("w:tr")), None)
        cell = next(paragraph.iterancestors(qn("w:tc")), None)
        marks = [
            mark
            for holder in (row, cell)
            if holder is not None
            for mark in (holder[0].iter() if holder[0].tag.endswith("Pr") else ())
        ]
        if any(mark.tag.rpartition("}")[2] in dropped for mark in marks):
            continue
        for piece in paragraph.iter(qn("w:t"), qn("w:delText"), qn("w:br")):
            if not any(one.tag.rpartition("}")[2] in dropped for one in piece.iterancestors()):
                found[-1] += piece.text or "\n"
        end = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
        if end is None or not any(one.tag.rpartition("}")[2] in dropped for one in end):
            found.append("")
    return [line for line in found if line.strip()]


@settings(max_examples=20, deadline=None)
@given(texts(("clause",), ("",)), texts(("clause",), ("",)))
def test_the_words_of_each_side_are_those_of_a_file_without_changes(old: Text, new: Text) -> None:
    made = made_of(old, new)
    assert words_of(made, AFTER) == words_of(made_of(new, new), set())
    assert words_of(made, BEFORE) == words_of(made_of(old, old), set())


def clause(uid: str, number: str, body: str) -> Clause:
    return Clause(uid, "", "", "clause", number, "", body)


def text(*clauses: Clause) -> Text:
    ranks = places(len(clauses))
    return settled(
        in_order(
            Clause(one.uid, "", rank, "clause", one.number, "", one.body)
            for one, rank in zip(clauses, ranks, strict=True)
        )
    )


KEPT = (("b", "It stays."), ("c", "It stays too."))
OLD = text(
    clause("a", "1", BODIES[0]), *(clause(uid, "2", body) for uid, body in KEPT), clause("m", "4", "It moves.")
)  # fmt: skip
NEW = text(
    clause("m", "1", "It moves at last."), clause("a", "2", BODIES[1]), *(clause(uid, "3", body) for uid, body in KEPT)
)  # fmt: skip


def xml_of(made: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        return parts.read("word/document.xml").decode()


def test_a_change_tells_who_made_it_and_when() -> None:
    told = read_word(made_of(OLD, NEW)).changes
    assert {(one.who, one.when) for one in told} == {("A Drafter", AT)}
    assert ("in", "15") in {(one.kind, one.words.strip()) for one in told}
    assert ("out", "10") in {(one.kind, one.words.strip()) for one in told}


def test_a_clause_that_moves_is_a_move_in_word_with_both_places_under_one_name() -> None:
    xml = xml_of(made_of(OLD, NEW))
    assert xml.count("<w:moveFromRangeStart ") == xml.count("<w:moveToRangeStart ") == 1
    names = docx.Document(io.BytesIO(made_of(OLD, NEW))).element.body.xpath(
        "//w:moveFromRangeStart/@w:name | //w:moveToRangeStart/@w:name"
    )
    assert len(set(names)) == 1
    assert "It moves" in "".join(one.words for one in read_word(made_of(OLD, NEW)).changes if one.kind == "moved out")


def test_no_two_changes_share_an_id() -> None:
    body = docx.Document(io.BytesIO(made_of(OLD, NEW))).element.body
    tags = ("ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart", "pPrChange")
    ids = [one.get(qn("w:id")) for tag in tags for one in body.iter(qn(f"w:{tag}"))]
    assert len(ids) > 8
    assert len(ids) == len(set(ids))


def test_texts_that_are_alike_make_a_file_without_changes() -> None:
    assert read_word(made_of(OLD, OLD)).changes == ()


def test_the_same_redline_gives_the_same_bytes() -> None:
    assert made_of(OLD, NEW) == made_of(OLD, NEW)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed.")
def test_libreoffice_opens_it_and_keeps_its_tracked_changes(tmp_path: Path) -> None:
    (tmp_path / "redline.docx").write_bytes(made_of(OLD, NEW))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "fodt", "--outdir", str(tmp_path), "redline.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    written = (tmp_path / "redline.fodt").read_text()
    assert "<text:tracked-changes" in written
    assert written.count("<text:insertion>") >= 2
    assert written.count("<text:deletion>") >= 2
    assert "<dc:creator>A Drafter</dc:creator>" in written


def defined(term: str, body: str) -> Clause:
    return Clause("term", "", "i", "definition", "", term, body)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (defined("Old Term", "**Old Term** means a day."), defined("New Term", "**New Term** means a day.")),
        (defined("Term", "**Term** means a day."), defined("Term", "**Term** means a Working Day.\n\nNo other.")),
        (
            Clause("t", "", "i", "table", "Table 1", "Days", TABLE),
            Clause("t", "", "i", "table", "Table 2", "Days", LONGER),
        ),
        (Clause("t", "", "i", "clause", "1", "", "Words."), Clause("t", "", "i", "clause", "1", "Headed", "Words.")),
        (Clause("t", "", "i", "clause", "1", "Duties", ""), Clause("t", "", "i", "part", "1", "Duties", "")),
        (
            Clause("t", "", "i", "figure", "", "How", "![How it is done](how.png)"),
            Clause("t", "", "i", "figure", "", "How", "![How it goes](go.png)"),
        ),
    ],
)
def test_clauses_of_every_kind_come_back_from_both_sides(old: Clause, new: Clause) -> None:
    before, after = settled(Text((old,))), settled(Text((new,)))
    made = made_of(before, after)
    assert shape(read_word(made).text, with_identities=True) == shape(after, with_identities=True)
    assert shape(read_word(made, accepted=False).text, with_identities=True) == shape(before, with_identities=True)
