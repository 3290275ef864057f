"""How a redline reads: paragraphs, looks and tables agree with each side; HTML says everything in words too."""

from __future__ import annotations

import io
from datetime import date

import pdfplumber
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from secretariat.legaltext.redlines.blocks import compared_blocks
from secretariat.legaltext.redlines.compare import Row, Skipped, excerpt, redline
from secretariat.legaltext.redlines.html import html, page
from secretariat.legaltext.redlines.paragraphs import Lines, Paragraph, Piece, looked, one_side, paragraphs, readable
from secretariat.legaltext.redlines.pdf import pdf
from secretariat.legaltext.redlines.tokens import IN, OUT, SAME, Run, compared
from secretariat.legaltext.redlines.wording import summary
from secretariat.legaltext.text import Clause, Text, in_order, places

WORDS = st.lists(
    st.sampled_from(["Panel ", "shall ", "**Term** ", "*each* ", "**", "day", ". ", "\n", "\n\n", "\n\n\n", " ", "é"]),
    max_size=16,
).map("".join)  # fmt: skip
CELL = st.sampled_from(["", "10", "Panel", "**Term**", "a \\| b", "one<br>two"])
ROWS = st.lists(st.tuples(CELL, CELL), min_size=1, max_size=4)


def read(found: tuple[Paragraph, ...]) -> list[list[tuple[str, bool, bool]]]:
    """The letters of each paragraph with their look, blanks left aside."""
    return [
        [(letter, piece.strong, piece.slanted) for piece in one.pieces for letter in piece.text if not letter.isspace()]
        for one in found
    ]


@given(WORDS, WORDS)
def test_each_side_of_a_redline_reads_as_the_paragraphs_of_that_side(old: str, new: str) -> None:
    found = paragraphs(compared(old, new))
    assert read(one_side(found, OUT)) == read(paragraphs((Run(SAME, new),)))
    assert read(one_side(found, IN)) == read(paragraphs((Run(SAME, old),)))


def test_a_paragraph_put_in_at_the_end_came_in_with_its_own_end() -> None:
    first, second = paragraphs(compared("One stays.", "One stays.\n\nAnother comes."))
    assert (first.end, second.end, second.whole) == (SAME, IN, IN)


def test_a_paragraph_that_is_parted_has_a_new_end_and_no_new_words() -> None:
    first, second = paragraphs(compared("One stays. Another too.", "One stays.\n\nAnother too."))
    assert (first.end, second.end) == (IN, SAME)
    assert all(not piece.text.strip() for one in (first, second) for piece in one.pieces if piece.kind != SAME)


def test_words_that_only_become_a_defined_term_go_out_and_come_in() -> None:
    assert looked(compared("the Relevant Day is", "the **Relevant Day** is")) == (
        Piece(SAME, "the "),
        Piece(OUT, "Relevant Day"),
        Piece(IN, "Relevant Day", strong=True),
        Piece(SAME, " is"),
    )


def body(rows: list[tuple[str, str]]) -> str:
    return "| Role | Days |\n|---|---|\n" + "".join(f"| {one} | {other} |\n" for one, other in rows)


def cells(body: str) -> list[list[str]]:
    (table,) = (block for block in readable(compared_blocks(body, body)) if isinstance(block, Lines))
    return [["".join(piece.text for piece in pieces) for _, pieces in line.cells] for line in table.lines]


@given(ROWS, ROWS)
def test_each_side_of_a_table_reads_as_the_table_of_that_side(
    old: list[tuple[str, str]], new: list[tuple[str, str]]
) -> None:
    found = readable(compared_blocks(body(old), body(new)))
    for dropped, side in ((OUT, body(new)), (IN, body(old))):
        lines = [line for one in found if isinstance(one, Lines) and one.kind != dropped for line in one.lines]
        told = [
            ["".join(piece.text for piece in pieces if piece.kind != dropped).strip() for _, pieces in line.cells]
            for line in lines if line.kind != dropped
        ]  # fmt: skip
        assert told == cells(side)


def clause(uid: str, number: str, body: str, parent: str = "", kind: str = "clause", heading: str = "") -> Clause:
    return Clause(uid, parent, "", kind, number, heading, body)


def text(*clauses: Clause) -> Text:
    ranks = places(len(clauses))
    return in_order(
        Clause(one.uid, one.parent, rank, *(one.kind, one.number, one.heading, one.body))
        for one, rank in zip(clauses, ranks, strict=True)
    )


OLD = text(
    clause("p", "1", "", kind="part", heading="Duties"),
    clause("a", "1.1", "The Panel shall publish **Notices** within 10 Working Days.", "p"),
    clause("b", "1.2", "Each User shall pay <the> charges.", "p"),
    clause("c", "1.3", "| Role | Days |\n|---|---|\n| User | 5 |\n", "p"),
    *(clause(f"u{at}", f"2.{at}", "Nothing changes here.") for at in range(4)),
    clause("m", "3", "This clause moves."),
)
NEW = text(
    clause("m", "1", "This clause moves."),
    clause("p", "2", "", kind="part", heading="Duties"),
    clause("a", "2.1", "The Panel shall publish **Notices** within 15 Working Days.", "p"),
    clause("c", "2.2", "| Role | Days |\n|---|---|\n| User | 6 |\n", "p"),
    clause("d", "2.3", "Something new & strange.", "p"),
    *(clause(f"u{at}", f"2.{at}", "Nothing changes here.") for at in range(4)),
)


def visible(fragment: str) -> str:
    return " ".join(lxml_html.fromstring(fragment).text_content().split())


def test_html_marks_what_came_and_went_and_says_so_in_words() -> None:
    made = html(redline(OLD, NEW))
    tree = lxml_html.fromstring(str(made))
    assert [one.text_content() for one in tree.iter("ins") if "15" in one.text_content()] == ["put in: 15"]
    assert [one.text_content() for one in tree.iter("del") if "10" in one.text_content()] == ["taken out: 10"]
    told = visible(made)
    for words in ("Changed, renumbered from 1.1", "Put in", "Taken out", "Moved here, renumbered from 3",
                  "3 moved from here: it is now 1.", "4 clauses are unchanged."):  # fmt: skip
        assert words in told
    assert tree.xpath("//a[@href='#r-m']")
    assert tree.xpath("//*[@id='r-m']")
    assert len(tree.xpath("//table//del")) == len(tree.xpath("//table//ins")) == 1


def test_words_of_a_text_are_never_html() -> None:
    made = str(html(redline(OLD, NEW), whole=True))
    assert "&lt;the&gt; charges" in made
    assert "new &amp; strange" in made


def test_the_whole_text_shows_what_did_not_change_too() -> None:
    assert visible(html(redline(OLD, NEW), whole=True)).count("Nothing changes here.") == 4


def test_texts_that_do_not_differ_say_so() -> None:
    assert visible(html(redline(OLD, OLD))).startswith("Nothing differs.")
    assert summary(redline(OLD, OLD)) == "Nothing differs."


def test_the_summary_counts_clauses_by_what_became_of_them() -> None:
    assert summary(redline(OLD, NEW)) == (
        "Clauses: 2 changed, 1 renumbered only, 1 moved, 1 put in, 1 taken out, 4 unchanged."
    )


def test_an_excerpt_keeps_what_holds_a_change() -> None:
    old = text(
        clause("p", "1", "", kind="part", heading="Duties"), clause("a", "1.1", "One.", "p"), clause("b", "2", "B.")
    )
    new = text(
        clause("p", "1", "", kind="part", heading="Duties"), clause("a", "1.1", "Two.", "p"), clause("b", "2", "B.")
    )
    kept = [row.uid if isinstance(row, Row) else row for row in excerpt(redline(old, new))]
    assert kept == ["p", "a", Skipped(1)]


def test_a_file_of_html_needs_nothing_besides() -> None:
    made = page(redline(OLD, NEW), "Section <H>", ["5.13 against 5.14"])
    assert "<title>Section &lt;H&gt;</title>" in made
    assert "src=" not in made
    assert "<link" not in made


def test_pdf_says_what_became_of_each_clause_and_is_the_same_each_time() -> None:
    made = pdf(redline(OLD, NEW), "Section H", ["5.13 against 5.14"], day=date(2020, 2, 27))
    assert made == pdf(redline(OLD, NEW), "Section H", ["5.13 against 5.14"], day=date(2020, 2, 27))
    with pdfplumber.open(io.BytesIO(made)) as pages:
        told = " ".join(" ".join((page.extract_text() or "") for page in pages.pages).split())
    for words in (
        "Changed, renumbered from 1.1",
        "Taken out",
        "3 moved from here: it is now 1.",
        "4 clauses are unchanged.",
    ):
        assert words in told
    assert "Nothing changes here." not in told
    whole = pdf(redline(OLD, NEW), "Section H", day=date(2020, 2, 27), whole=True)
    with pdfplumber.open(io.BytesIO(whole)) as pages:
        assert "Nothing changes here." in (pages.pages[0].extract_text() or "")


def test_a_figure_that_is_replaced_is_said_by_its_caption_and_file() -> None:
    old, new = (text(clause("f", "1", f"![How it is done]({name}.png)", kind="figure")) for name in ("old", "new"))
    told = visible(html(redline(old, new)))
    assert "taken out: [Figure: How it is done, old.png]" in told
    assert "put in: [Figure: How it is done, new.png]" in told
