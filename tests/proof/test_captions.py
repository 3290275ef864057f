from __future__ import annotations

import pytest

from secretariat.proof.paper import Cell, Figure, Paragraph, Place, Table, UnreadableError
from secretariat.proof.readers.captions import caption_of, captioned
from secretariat.proof.readers.grid import Budget, Spanned, headed, laid_out
from secretariat.proof.readers.headings import split_number
from tests.proof.build import heading, paragraph, row, table


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        ("Table 2: Calls by month", "2", "Calls by month"),
        ("TABLE 2 – Calls by month", "2", "Calls by month"),
        ("Table 2.1. Calls", "2.1", "Calls"),
        ("Figure 3 Calls by month", "3", "Calls by month"),
        ("Fig. 3: Calls", "3", "Calls"),
        ("Table A: Calls", "A", "Calls"),
        ("Table 4", "4", ""),
    ],
)
def test_a_caption_has_a_number_and_words(text: str, number: str, words: str) -> None:
    caption = caption_of(text)
    assert caption is not None
    assert (caption.number, caption.words) == (number, words)


@pytest.mark.parametrize(
    "text",
    [
        "Table 2 shows the calls of the month.",
        "Table 2 Calls were counted twice.",
        "Tables 2 and 3 show the calls",
        "Tabled 2: no",
        "The calls are in Table 2: see there",
        "Table 2: " + "long " * 60,
    ],
)
def test_prose_about_a_table_is_no_caption(text: str) -> None:
    assert caption_of(text) is None


def test_a_caption_above_names_the_table_and_leaves_the_prose() -> None:
    blocks = captioned([paragraph("A."), paragraph("Table 1: Calls", 4), table((1, 2), line=5), paragraph("B.")])
    assert [type(block) for block in blocks] == [Paragraph, Table, Paragraph]
    assert isinstance(blocks[1], Table)
    assert (blocks[1].number, blocks[1].caption, blocks[1].place) == ("1", "Calls", Place(line=5))


def test_a_caption_styled_as_a_heading_is_a_caption_still() -> None:
    (named,) = captioned([heading("Table 1: Calls"), table((1, 2))])
    assert isinstance(named, Table)
    assert named.number == "1"


def test_between_two_tables_the_other_captions_say_which_one_is_meant() -> None:
    above = captioned([
        paragraph("Table 1: A"), table((1, 1)), paragraph("Table 2: B"), table((2, 2)), paragraph("End."),
    ])  # fmt: skip
    below = captioned([
        table((1, 1)), paragraph("Table 1: A"), table((2, 2)), paragraph("Table 2: B"),
        paragraph("End."), table((3, 3)), paragraph("Table 3: C"),
    ])  # fmt: skip
    assert [(b.number, b.rows[0].label) for b in above if isinstance(b, Table)] == [("1", "1"), ("2", "2")]
    assert [(b.number, b.rows[0].label) for b in below if isinstance(b, Table)] == [("1", "1"), ("2", "2"), ("3", "3")]


def test_a_table_takes_one_caption() -> None:
    blocks = captioned([paragraph("Table 1: A"), table((1, 1)), paragraph("Table 2: B")])
    assert isinstance(blocks[0], Table)
    assert blocks[0].number == "1"
    assert blocks[1] == paragraph("Table 2: B")


def test_a_figure_whose_drawing_is_not_kept_is_its_caption() -> None:
    assert captioned([paragraph("Figure 2: Calls", 7)]) == (Figure("Calls", "2", place=Place(line=7)),)


def test_a_figure_takes_the_caption_below_it_and_never_a_tables() -> None:
    figure = Figure(place=Place(line=1))
    blocks = captioned([figure, paragraph("Figure 1: Calls", 2), paragraph("Table 1: Parties"), table((1, 2))])
    assert isinstance(blocks[0], Figure)
    assert isinstance(blocks[1], Table)
    assert (blocks[0].number, blocks[1].number) == ("1", "1")


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("3.2 Helpdesk", ("3.2", "Helpdesk")),
        ("3. Helpdesk", ("3", "Helpdesk")),
        ("3 Decisions", ("3", "Decisions")),
        ("A1.2 Scope", ("A1.2", "Scope")),
        ("26 January 2022", ("", "26 January 2022")),
        ("2020 in review", ("", "2020 in review")),
        ("10 working days", ("", "10 working days")),
        ("Appendix A", ("", "Appendix A")),
    ],
)
def test_a_headings_number_is_told_from_its_words(text: str, split: tuple[str, str]) -> None:
    assert split_number(text) == split


def test_merged_cells_stand_in_their_first_place() -> None:
    rows = [
        [Spanned(Cell("a"), rows=2), Spanned(Cell("b"), columns=2)],
        [Spanned(Cell("c")), Spanned(Cell("d"))],
        [Spanned(Cell("e"))],
    ]
    assert [[cell.text for cell in cells] for cells in laid_out(rows, Budget())] == [
        ["a", "b", ""],
        ["", "c", "d"],
        ["e"],
    ]


def test_a_few_cells_cannot_ask_for_endless_ones() -> None:
    wide = [[Spanned(Cell("x"), columns=100_000, rows=60_000)]] * 3000
    with pytest.raises(UnreadableError):
        laid_out(wide, Budget())


@pytest.mark.parametrize(
    ("rows", "head"),
    [
        ([("Month", "Calls"), ("Jan", 4), ("Feb", 5)], 1),
        ([("", "2018", "2019"), ("Calls", 4, 5)], 1),
        ([("", "Feb 19", "Mar 19"), ("Calls", 4, "1,250")], 1),
        ([("Date", "Meeting"), ("4 May", "Board"), ("5 May", "Panel")], 1),
        ([("Calls", 4), ("Letters", 5)], 0),
        ([("4 May", "Board"), ("5 May", "Panel")], 0),
        ([("Title", "Report"), ("Reference", "ABC_1_0102"), ("Date", "4 May 2020")], 0),
        ([("Calls", "A word")], 0),
    ],
)
def test_the_head_is_told_from_the_body(rows: list[tuple[object, ...]], head: int) -> None:
    assert headed([row(cells) for cells in rows], [False] * len(rows)) == head


def test_a_first_row_that_alone_is_bold_is_the_head() -> None:
    rows = [row(("Party", "Status")), row(("One", "Open"))]
    assert headed(rows, [True, False]) == 1
    assert headed(rows, [True, True]) == 0
