from __future__ import annotations

import pytest

from secretariat.proof.paper import (
    Cell,
    DataLabel,
    Figure,
    Footnote,
    Form,
    Heading,
    Item,
    Link,
    Paragraph,
    Place,
    Reading,
    Table,
    UnreadableError,
)
from secretariat.proof.readers.html import read


def told(html: str) -> Reading:
    return read(f"<!doctype html><title>Kept</title><body>{html}</body>".encode())


def table(html: str) -> Table:
    (block,) = told(html).blocks
    assert isinstance(block, Table)
    return block


def texts(made: Table) -> list[tuple[str, ...]]:
    return [row.texts for row in made.rows]


def test_only_what_the_page_shows_is_read() -> None:
    reading = told(
        "<nav>Menu</nav><script>x</script><style>y</style><p hidden>No</p><p style='Display : None'>No</p>"
        "<template>No</template><p>Yes<!-- no --> &amp; shown.</p><noscript>No</noscript>"
    )
    assert reading.form is Form.HTML
    assert [b.text for b in reading.blocks if isinstance(b, Paragraph)] == ["Yes & shown."]
    assert reading.title == "Kept"


def test_a_page_with_a_main_part_is_that_part() -> None:
    assert told("<header>Site</header><main><h1>Paper</h1></main><footer>Site</footer>").blocks == (
        Heading("Paper", "", 1, Place(line=1)),
    )


def test_words_between_blocks_are_paragraphs_and_lines_are_counted() -> None:
    reading = told("\nbefore <b>bold</b>\n<div>inside\n<p>deeper</p>\nafter</div>")
    assert [b.text for b in reading.blocks if isinstance(b, Paragraph)] == ["before bold", "inside", "deeper", "after"]
    assert [b.place.line for b in reading.blocks][1:] == [3, 4, 4]


def test_a_link_around_paragraphs_does_not_swallow_them() -> None:
    reading = told("<a href='/x'><p>One</p><p>Two</p></a>")
    assert [b.text for b in reading.blocks if isinstance(b, Paragraph)] == ["One", "Two"]


def test_lists_nest_and_print_their_marks() -> None:
    reading = told(
        "<ul><li>a<ul><li>b</li></ul></li><li><p>c</p><ol type='a' start='2'><li>d</li><li>e</li></ol></li></ul>"
        "<ol><li>f<li value='7'>g</ol><ol type='I'><li>h<li>i</ol>"
    )
    assert [(b.text, b.level, b.mark) for b in reading.blocks if isinstance(b, Item)] == [
        ("a", 1, "•"), ("b", 2, "•"), ("c", 1, "•"), ("d", 2, "b."), ("e", 2, "c."), ("f", 1, "1."), ("g", 1, "7."),
        ("h", 1, "I."), ("i", 1, "II."),
    ]  # fmt: skip


def test_terms_and_their_words_are_front_matter() -> None:
    reading = told("<dl><dt>Classification</dt><dd>White</dd><dt>Date:</dt><dd>4 May 2020</dd></dl>")
    assert [b.text for b in reading.blocks if isinstance(b, Paragraph)] == ["Classification: White", "Date: 4 May 2020"]


def test_a_table_has_its_caption_head_body_and_foot() -> None:
    made = table(
        "<table><caption>Table 2: Calls</caption><tfoot><tr><th>Total<td>3</tfoot>"
        "<thead><tr><th>Month<th>Calls</thead><tbody><tr><th>Jan<td>1<tr><th>Feb<td>2</tbody></table>"
    )
    assert (made.number, made.caption) == ("2", "Calls")
    assert [row.texts for row in made.head] == [("Month", "Calls")]
    assert texts(made) == [("Jan", "1"), ("Feb", "2"), ("Total", "3")]


def test_merged_cells_are_empty_but_for_their_first_place() -> None:
    made = table(
        "<table><tr><th rowspan=2>Party<th colspan=2>Calls</tr><tr><th>2018<th>2019</tr>"
        "<tr><td>A<td>1<td>2</tr></table>"
    )
    assert [row.texts for row in made.head] == [("Party", "Calls", ""), ("", "2018", "2019")]
    assert texts(made) == [("A", "1", "2")]


def test_a_table_without_head_cells_shows_its_head_by_its_words() -> None:
    made = table("<table><tr><td>Month<td>Calls<tr><td>Jan<td>4<tr><td>Feb<td>5</table>")
    assert [row.texts for row in made.head] == [("Month", "Calls")]


def test_cells_outside_rows_and_blocks_between_rows_are_not_lost() -> None:
    reading = told("<table><p>Before.</p><tr><th>K<th>V<tr><td>a<td>1</tr></table><table><td>Alone.</table>")
    assert [type(block) for block in reading.blocks] == [Paragraph, Table, Paragraph]


def test_tables_that_lay_out_a_page_are_seen_through() -> None:
    reading = told(
        "<table><tr><td><table role=presentation><tr><td><h2>News</h2><td><p>Words.</p></table></td></tr>"
        "<tr><td><table><tr><td>A<td>1<tr><td>B<td>2</table></td></tr></table>"
    )
    assert [type(block) for block in reading.blocks] == [Heading, Paragraph, Table]


def test_a_table_inside_a_cell_of_data_stands_after_its_table() -> None:
    reading = told("<table><tr><th>K<th>V<tr><td>a<td>one <table><tr><th>x<th>y<tr><td>1<td>2</table></table>")
    outer, inner = reading.blocks
    assert isinstance(outer, Table)
    assert isinstance(inner, Table)
    assert texts(outer) == [("a", "one")]
    assert texts(inner) == [("1", "2")]


def test_footnote_marks_leave_the_number_they_hang_on() -> None:
    reading = told(
        "<table><tr><th>K<th>V<tr><td>a<td>12<sup>1</sup><tr><td>b<td>5<sup><a href='#n2'>2</a></sup></table>"
        "<p>On the 1<sup>st</sup> of May 4 m<sup>2</sup> were let<sup>3</sup>.</p>"
        "<p><sup>1</sup> Twice counted.</p><ol><li id=n2>Once <a href='#b'>↩</a></li></ol>"
    )
    made = reading.blocks[0]
    assert isinstance(made, Table)
    assert [row.cells[1] for row in made.rows] == [Cell("12", ("1",)), Cell("5", ("2",))]
    assert reading.blocks[1:] == (Paragraph("On the 1st of May 4 m2 were let.", Place(line=1)),)
    assert [(note.mark, note.text) for note in reading.footnotes] == [("1", "Twice counted."), ("2", "Once")]


def test_notes_as_a_word_processor_exports_them_are_footnotes() -> None:
    reading = told(
        "<p>Calls<a href='#_ftn1' name='_ftnref1'>[1]</a> came.</p>"
        "<div id=ftn1><p><a href='#_ftnref1' name='_ftn1'>[1]</a> By telephone.</p></div>"
    )
    assert [b.text for b in reading.blocks if isinstance(b, Paragraph)] == ["Calls came."]
    assert reading.footnotes == (Footnote("1", "By telephone.", Place(line=1)),)


def test_a_figure_has_its_caption_and_the_numbers_behind_it() -> None:
    reading = told(
        "<figure><figcaption>Figure 1: Parties</figcaption><svg><text>99</text></svg><details><summary>Data</summary>"
        "<table><thead><tr><th>Kind<th>Parties</thead><tr><td>Large<td>13<tr><td>Small<td>110</table></details></figure>"
    )
    (figure,) = reading.blocks
    assert isinstance(figure, Figure)
    assert (figure.number, figure.caption) == ("1", "Parties")
    assert [(label.name, label.value) for label in figure.labels] == [("Large", "13"), ("Small", "110")]
    assert isinstance(figure.labels[0], DataLabel)


def test_a_figure_of_nothing_but_a_table_is_the_table() -> None:
    made = table("<figure><table><tr><th>K<th>V<tr><td>a<td>1</table><figcaption>Table 4: Calls</figcaption></figure>")
    assert (made.number, made.caption) == ("4", "Calls")


def test_lines_of_one_cell_do_not_run_together() -> None:
    made = table("<table><tr><th>K<th>V<tr><td>a<br>b<td><span>F2.1</span><span>The Panel</span>"
                 "<tr><td><p>c</p><p>d</p><td>Mc<b>Adam</b></table>")  # fmt: skip
    assert texts(made) == [("a b", "F2.1 The Panel"), ("c d", "McAdam")]


def test_links_keep_their_words_and_target() -> None:
    reading = told("<p>See <a href='https://example.org/a'>the <b>list</b></a>.</p>")
    assert reading.links == (Link("the list", "https://example.org/a", Place(line=1)),)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<p>£5 – café</p>".encode(), "£5 – café"),
        ("<p>£5 – café</p>".encode("cp1252"), "£5 – café"),
        (b'<meta charset="iso-8859-2"><p>\xb3</p>', "ł"),
        ("<p>£5</p>".encode("utf-16"), "£5"),
        (b'<meta charset="no-such"><p>\xc2\xa35</p>', "£5"),
        (b'<?xml version="1.0" encoding="utf-8"?><html><body><p>x\x00y</p></body></html>', "xy"),
    ],
)
def test_the_words_are_read_in_the_encoding_they_were_written_in(content: bytes, text: str) -> None:
    assert [b.text for b in read(content).blocks if isinstance(b, Paragraph)] == [text]


@pytest.mark.parametrize("content", [b"", b"<script>x</script>", b"<p> &nbsp; </p>", b"PK\x03\x04", b"%PDF-1.7"])
def test_a_page_with_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableError):
        read(content)
