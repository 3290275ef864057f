from __future__ import annotations

import pytest

from secretariat.proof.paper import Footnote, Form, Heading, Item, Link, Paragraph, Place, Table, UnreadableError
from secretariat.proof.readers.markdown import read


def test_headings_keep_their_printed_number_and_their_line() -> None:
    reading = read(b"# Report\n\nWords.\n\n## 2. Purpose\n\n### 2.1 Calls\n\n## 26 January 2022\n")
    assert reading.form is Form.MARKDOWN
    assert reading.title == "Report"
    assert [(b.text, b.number, b.level, b.place.line) for b in reading.blocks if isinstance(b, Heading)] == [
        ("Report", "", 1, 1),
        ("Purpose", "2", 2, 5),
        ("Calls", "2.1", 3, 7),
        ("26 January 2022", "", 2, 9),
    ]


def test_wrapped_lines_are_one_paragraph() -> None:
    assert read(b"One line\nand another, *all* of **one** sentence.\n").blocks == (
        Paragraph("One line and another, all of one sentence.", Place(line=1)),
    )


def test_a_label_stays_with_the_line_under_it_and_lines_of_labels_stay_apart() -> None:
    assert [b.text for b in read(b"**Closing Date:**  \n**4 February 2022**\n").blocks if isinstance(b, Paragraph)] == [
        "Closing Date: 4 February 2022"
    ]
    front = b"Paper Reference: ABC_1_0102_03  \nClassification: WHITE  \nDate: 1 February 2022\n"
    assert len(read(front).blocks) == 3


def test_front_matter_between_rules_is_paragraphs() -> None:
    reading = read(b"---\nTitle: A paper\nReference: ABC_1_0102_03\n---\n\n# A paper\n")
    assert [b.text for b in reading.blocks if isinstance(b, Paragraph)] == [
        "Title: A paper",
        "Reference: ABC_1_0102_03",
    ]
    assert reading.blocks[-1] == Heading("A paper", "", 1, Place(line=6))


def test_a_table_has_head_rows_and_the_caption_above_it() -> None:
    reading = read(b"Table 3: Calls\n\n| Month | Calls |\n|---|--:|\n| Jan | 4 |\n| Total | 1,571 |\n\nAfter.\n")
    table = reading.blocks[0]
    assert isinstance(table, Table)
    assert (table.number, table.caption) == ("3", "Calls")
    assert [row.texts for row in table.head] == [("Month", "Calls")]
    assert [row.texts for row in table.rows] == [("Jan", "4"), ("Total", "1,571")]
    assert [row.place.line for row in table.rows] == [5, 6]
    assert reading.blocks[1] == Paragraph("After.", Place(line=8))


def test_lines_parted_by_tabs_are_rows_whatever_markup_stands_in_them() -> None:
    reading = read(
        b'26 January\t<a href="#">Board 62</a>\n28 January\t**Webinar**\n\n'
        b'<p><a href="https://example.org/a">First</a></p>\t<p>Closes <b>8 May</b></p>\n<p>Second</p>\t<p>Open</p>\n'
    )
    dates, two = reading.blocks
    assert isinstance(dates, Table)
    assert isinstance(two, Table)
    assert [row.texts for row in dates.rows] == [("26 January", "Board 62"), ("28 January", "Webinar")]
    assert [row.texts for row in two.rows] == [("First", "Closes 8 May"), ("Second", "Open")]
    assert [row.place.line for row in two.rows] == [4, 5]
    assert Link("First", "https://example.org/a", Place(line=4)) in reading.links


def test_a_single_line_with_a_tab_is_a_paragraph() -> None:
    assert read(b"Date:\t1 February 2022\n").blocks == (Paragraph("Date: 1 February 2022", Place(line=1)),)


def test_lists_keep_depth_and_marks() -> None:
    reading = read("- one\n  - one below\n- two\n\n3. third\n4. fourth\n\nBullets:\n• typed\n• too\n".encode())
    assert [(b.text, b.level, b.mark) for b in reading.blocks if isinstance(b, Item)] == [
        ("one", 1, "•"), ("one below", 2, "•"), ("two", 1, "•"), ("third", 1, "3."), ("fourth", 1, "4."),
        ("typed", 1, "•"), ("too", 1, "•"),
    ]  # fmt: skip


def test_footnotes_leave_the_words_and_stand_by_themselves() -> None:
    reading = read(b"Two calls[^1] came.\n\n[^1]: One was a test\n    of the line.\n")
    assert reading.blocks == (Paragraph("Two calls came.", Place(line=1)),)
    assert reading.footnotes == (Footnote("1", "One was a test of the line.", Place(line=3)),)


def test_comments_and_scripts_are_not_words() -> None:
    reading = read(b"Words <!-- not these --> here.\n\n<script>not(1)</script>\n\n<div hidden>Nor this</div>\n")
    assert reading.blocks == (Paragraph("Words here.", Place(line=1)),)


@pytest.mark.parametrize("content", [b"", b"  \n", b"<!-- nothing -->", b"%PDF-1.4 ...", b"PK\x03\x04..."])
def test_what_holds_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableError):
        read(content)
