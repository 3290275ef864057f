import re
import struct
import zlib
from functools import cache

import pytest
import typst

from secretariat.proof.paper import Figure, Form, Heading, Paragraph, Reading, Table, UnreadableError
from secretariat.proof.readers import pdf

MONTHS = ("Feb 19", "Mar 19", "Apr 19", "May 19", "Jun 19", "Jul 19")
CALLS = (
    ("Accessions", "56", "50", "28", "32", "23", "14"),
    ("Sub-Committees", "298", "331", "355", "304", "298", "127"),
    ("Consultation correspondence from Parties and others", "2", "4", "–", "11", "6", "4"),
    ("Refunds", "(12)", "0", "1.5", "£3", "4%", "1,204"),
    ("Total", "1,571", "1,677", "1,545", "1,850", "1,855", "1,879"),
)
HEAD = ("Category", *MONTHS)


@cache
def made(source: str, *, tags: bool = True) -> bytes:
    standards: list[typst.PDFStandard] = [] if tags else ["1.7"]
    document = typst.compile(source.encode(), format="pdf", pdf_tags=tags, pdf_standards=standards)
    assert isinstance(document, bytes)
    return document


def read(source: str, *, tags: bool = True) -> Reading:
    return pdf.read(made(source, tags=tags))


def tables(reading: Reading) -> list[Table]:
    return [block for block in reading.blocks if isinstance(block, Table)]


def cells(row: tuple[str, ...], strong: bool = False) -> str:
    shown = [text.replace("*", "\\*") for text in row]
    return ", ".join(f"[*{text}*]" if strong and text else f"[{text}]" for text in shown)


def grid(head: tuple[str, ...], rows: tuple[tuple[str, ...], ...], settings: str = "") -> str:
    body = ",\n".join(cells(row, strong=row[0].startswith("Total")) for row in rows)
    return f"#table(columns: {len(head)}, {settings}\n table.header({cells(head, strong=True)}),\n{body})"


def paper(body: str, settings: str = "") -> str:
    return f'#set page(paper: "a4", margin: 20mm, {settings})\n#set text(size: 9pt)\n{body}'


PROSE = "The helpdesk answers enquiries by telephone and by e-mail, and the table counts those that came by e-mail. "
STROKES = {
    "ruled all round": "",
    "without rules": "stroke: none,",
    "ruled between rows": "stroke: (bottom: 0.5pt),",
    "ruled between columns": "stroke: (x: 0.5pt, y: none),",
    "shaded by turns": "stroke: none, fill: (_, y) => if calc.odd(y) { rgb(230, 230, 230) },",
    "numbers on the right": "stroke: none, align: (x, _) => if x == 0 { left } else { right },",
    "numbers in the middle": "stroke: none, align: center,",
    "wrapped labels": "stroke: 0.5pt, align: (x, _) => if x == 0 { left } else { right + bottom },",
}


@pytest.mark.parametrize("tags", [True, False], ids=["tagged", "untagged"])
@pytest.mark.parametrize("setting", STROKES.values(), ids=STROKES)
def test_a_table_of_numbers_comes_back_cell_for_cell(setting: str, tags: bool) -> None:
    reading = read(paper(PROSE + "\n\n" + grid(HEAD, CALLS, setting) + "\n\n" + PROSE), tags=tags)
    (found,) = tables(reading)
    assert [row.texts for row in found.head] == [HEAD]
    assert [row.texts for row in found.rows] == list(CALLS)
    assert not found.rebuilt
    assert [block.text for block in reading.blocks if isinstance(block, Paragraph)] == [PROSE.strip()] * 2


@pytest.mark.parametrize("stroke", ["0.5pt", "none"])
def test_labels_that_wrap_stay_one_row(stroke: str) -> None:
    source = grid(HEAD, CALLS, f"stroke: {stroke}, columns: (60pt, ..(40pt,) * 6), ").replace("columns: 7, ", "")
    (found,) = tables(read(paper(source), tags=False))
    assert [row.texts for row in found.rows] == list(CALLS)
    assert [row.texts for row in found.head] == [HEAD]


def test_the_rows_stand_at_the_page_and_line_they_are_printed_on() -> None:
    (found,) = tables(read(paper("First line.\n#pagebreak()\nHere.\n\n" + grid(HEAD, CALLS)), tags=False))
    assert [(row.place.page, row.place.line) for row in (*found.head, *found.rows)] == [(2, n) for n in range(2, 8)]


@pytest.mark.parametrize("tags", [True, False], ids=["tagged", "untagged"])
@pytest.mark.parametrize("stroke", ["0.5pt", "none"])
def test_a_table_that_goes_on_after_a_page_break_is_one(stroke: str, tags: bool) -> None:
    rows = tuple((f"Category {n}", str(n), str(n * 7), str(n * 1000 // 3)) for n in range(1, 131))
    head = ("Category", "Jan 20", "Feb 20", "Mar 20")
    running = "header: [Calls #h(1fr) White], footer: context [Invented #h(1fr) Page #counter(page).display() of 4]"
    (found,) = tables(read(paper(PROSE + grid(head, rows, f"stroke: {stroke},"), running), tags=tags))
    assert [row.texts for row in found.rows] == list(rows)
    assert [row.texts for row in found.head] == [head]
    assert {row.place.page for row in found.rows} == {1, 2, 3}


@pytest.mark.parametrize("tags", [True, False], ids=["tagged", "untagged"])
def test_two_tables_on_two_pages_stay_two(tags: bool) -> None:
    other = tuple((row[0], *reversed(row[1:])) for row in CALLS)
    caption = "*Table 2: Calls of others*\n\n"
    both = grid(HEAD, CALLS) + "\n#pagebreak()\n" + caption + grid(HEAD, other)
    found = tables(read(paper("*Table 1: Calls*\n\n" + both), tags=tags))
    assert [(table.number, len(table.rows)) for table in found] == [("1", 5), ("2", 5)]


@pytest.mark.parametrize("tags", [True, False], ids=["tagged", "untagged"])
def test_merged_cells_stand_in_their_first_place(tags: bool) -> None:
    source = """#table(columns: 4,
      table.header(table.cell(rowspan: 2)[*Party*], table.cell(colspan: 2)[*2019*], table.cell(rowspan: 2)[*2020*],
        [*First half*], [*Second half*]),
      table.cell(rowspan: 2)[Large], [1], [2], [3], [4], [5], [6], [Small], [], [8], [9])"""
    (found,) = tables(read(paper(source), tags=tags))
    assert [row.texts for row in found.head] == [("Party", "2019", "", "2020"), ("", "First half", "Second half", "")]
    assert [row.texts for row in found.rows] == [
        ("Large", "1", "2", "3"), ("", "4", "5", "6"), ("Small", "", "8", "9"),
    ]  # fmt: skip


@pytest.mark.parametrize("size", [0.6, 1.0], ids=["small", "as the typeface draws them"])
@pytest.mark.parametrize("stroke", ["0.5pt", "none"])
def test_footnote_marks_are_kept_apart_from_the_numbers_they_hang_on(stroke: str, size: float) -> None:
    typographic, letter = ("true", "3") if size == 1.0 else ("false", "a")
    rows = f"[One], [14#super[1]], [2\\*], [Two#super[{letter}]], [3], [1,571#super[12]], [Three], [5], [25]"
    source = (
        f"#set super(typographic: {typographic})\n#table(columns: 3, stroke: {stroke}, [Name], [Left], [Right], {rows})"
    )
    (found,) = tables(read(paper(source), tags=False))
    told = [[(cell.text, cell.marks) for cell in row.cells] for row in found.rows]
    assert told == [
        [("One", ()), ("14", ("1",)), ("2", ("*",))],
        [("Two", (letter,)), ("3", ()), ("1,571", ("12",))],
        [("Three", ()), ("5", ()), ("25", ())],
    ]


def test_raised_digits_are_not_read_with_the_prose_before_them_and_ordinals_are() -> None:
    reading = read(paper("In 2019#super[2] we took 26#super[1] calls by the 21#super[st] day."))
    (said,) = [block.text for block in reading.blocks if isinstance(block, Paragraph)]
    assert said == "In 2019² we took 26¹ calls by the 21st day."
    assert re.findall(r"\d+", said) == ["2019", "26", "21"]


def test_a_footnote_is_told_by_its_mark() -> None:
    reading = read(paper("We took 26 calls.#footnote[Calls that nobody answered do not count.]"))
    assert [(note.mark, note.text) for note in reading.footnotes] == [("1", "Calls that nobody answered do not count.")]


def test_links_are_told_with_their_words_and_never_followed() -> None:
    reading = read(paper('See #link("https://example.org/log?a=1")[the log] and @here.\n\n#figure([]) <here>'))
    assert [(link.text, link.target, link.place.page) for link in reading.links] == [
        ("the log", "https://example.org/log?a=1", 1)
    ]


def test_the_document_says_its_title_its_form_and_its_pages() -> None:
    reading = read('#set document(title: "Helpdesk report")\n= Calls\nText.\n#pagebreak()\nMore.')
    assert (reading.title, reading.form, reading.pages) == ("Helpdesk report", Form.PDF, 2)
    assert [block.text for block in reading.blocks if isinstance(block, Heading)] == ["Calls"]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"Left line {n} has words that fill its column well." for n in range(12)]
    right = [f"Right line {n} has words that fill its column too." for n in range(12)]
    source = f"#columns(2)[{' #linebreak() '.join(left)}\n#colbreak()\n{' #linebreak() '.join(right)}]"
    text = " ".join(block.text for block in read(paper(source)).blocks if isinstance(block, Paragraph | Heading))
    assert re.findall(r"(Left|Right) line (\d+)", text) == [
        *(("Left", str(n)) for n in range(12)), *(("Right", str(n)) for n in range(12)),
    ]  # fmt: skip


@pytest.mark.parametrize("angle", [90, -90, 180])
def test_a_page_set_sideways_is_read_upright(angle: int) -> None:
    source = (
        f"#set page(width: 400pt, height: 400pt)\n#rotate({angle}deg, reflow: true, block(width: 360pt)[{PROSE}\n\n"
    )
    reading = read(source + grid(HEAD, CALLS, "stroke: none,") + "])", tags=False)
    (found,) = tables(reading)
    assert [row.texts for row in found.rows] == list(CALLS)


@pytest.mark.parametrize("tags", [True, False], ids=["tagged", "untagged"])
def test_a_chart_is_a_figure_with_its_labels_and_not_a_table(tags: bool) -> None:
    bars = "\n".join(
        f"  [{name}], stack(dir: ltr, spacing: 4pt, rect(width: {value}pt, height: 9pt, fill: blue), [{value}]),"
        for name, value in (("Large Suppliers", 13), ("Small Suppliers", 110), ("Gas Networks", 18), ("Others", 106))
    )
    drawing = f"align(left, grid(columns: (90pt, 200pt), row-gutter: 6pt,\n{bars}))"
    alt = '#figure(kind: image, alt: "Bars", supplement: none, caption: [Figure 1: Groups by category], '
    reading = read(paper(f"{PROSE}\n\n{alt}{drawing})\n\n{PROSE}"), tags=tags)
    (figure,) = [block for block in reading.blocks if isinstance(block, Figure)]
    assert (figure.number, figure.caption) == ("1", "Groups by category")
    assert [(label.name, label.value) for label in figure.labels] == [
        ("Large Suppliers", "13"), ("Small Suppliers", "110"), ("Gas Networks", "18"), ("Others", "106"),
    ]  # fmt: skip
    assert not tables(reading)


def test_prose_lists_and_contents_are_no_tables() -> None:
    source = (
        "#set par(justify: true)\n#outline()\n= First part\n" + PROSE * 12 + "\n\n- one thing\n- another thing\n\n"
        "+ first of 3 points\n+ second of 3 points\n+ third of 3 points\n\n= Second part\n" + PROSE * 5
    )
    assert not tables(read(paper(source), tags=False))


def test_words_in_columns_make_a_table_that_is_not_sure() -> None:
    rows = (("Green Limited", "Small Supplier", "Import Supplier"), ("Blue Limited", "Other Party", "Other User"))
    head = ("Party", "Category", "Role")
    (found,) = tables(read(paper(grid(head, (*rows, *rows), "stroke: none,")), tags=False))
    assert found.rebuilt
    assert [row.texts for row in found.rows][-2:] == list(rows)


def picture(width: int = 60, height: int = 80) -> str:
    lines = b"".join(b"\0" + bytes([200, at % 256, 30] * width) for at in range(height))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(lines)),
        (b"IEND", b""),
    )
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return f'image(bytes(({",".join(map(str, png))})), width: 100%, height: 100%, alt: "Scan")'


def test_a_page_that_is_only_an_image_is_told_as_unreadable() -> None:
    scan = f"#page(margin: 0pt, header: none, {picture()})"
    stamped = f"#page(margin: 0pt, background: {picture()})[#place(top + left, dx: 20pt, dy: 10pt)[Paper 7]]"
    reading = read(f'First.\n{scan}\nThird.\n{stamped}\n#pagebreak(to: "even", weak: true)\nLast.')
    assert reading.unreadable == (2, 4)
    assert reading.pages >= 5


def test_a_blank_page_is_not_unreadable() -> None:
    assert read("First.\n#pagebreak()\n#pagebreak()\nThird.").unreadable == ()


LOCKED = b"""%%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>> endobj
4 0 obj <</Filter/Standard/V 2/R 3/Length 128/P -4/O<%s>/U<%s>>> endobj
trailer <</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>
""" % (b"ab" * 32, b"cd" * 32)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "damaged"),
        (b"%PDF-1.7 and nothing", "damaged"),
        (b"<html>not one</html>", "damaged"),
        (LOCKED, "password"),
    ],
    ids=["empty", "cut off", "another form", "locked"],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(content: bytes, told: str) -> None:
    with pytest.raises(UnreadableError, match=told) as refused:
        pdf.read(content)
    assert str(refused.value).endswith(".")


def test_more_pages_or_bytes_than_the_bounds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = made("One.\n#pagebreak()\nTwo.\n#pagebreak()\nThree.")
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    with pytest.raises(UnreadableError, match="3 pages"):
        pdf.read(content)
    monkeypatch.setattr(pdf, "MOST_BYTES", 10)
    with pytest.raises(UnreadableError, match="larger"):
        pdf.read(content)


def test_a_damaged_file_is_read_or_refused_and_nothing_else() -> None:
    content = made(paper(PROSE + grid(HEAD, CALLS)))
    for at in range(0, len(content), len(content) // 60):
        for damaged in (content[:at], content[:at] + b"\xff<<>>" + content[at + 7 :]):
            try:
                reading = pdf.read(damaged)
            except UnreadableError:
                continue
            assert reading.form is Form.PDF


def test_reading_a_paper_twice_gives_the_same() -> None:
    content = made(paper(PROSE + grid(HEAD, CALLS)))
    assert pdf.read(content) == pdf.read(content)
