"""A paper in PDF: what is printed can be read back, tables are tables, and the same paper is the same file."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pdfplumber
import pypdfium2
import pytest
import typst
from pdfplumber.pdf import PDF

from secretariat.papers import layout, pdf
from secretariat.papers.document import Chart, Document, Paragraph, Section, Text
from secretariat.papers.glyphs import printable
from tests.papers import reading, sample

BASE = "https://secretariat.example"


@pytest.fixture(scope="module")
def made() -> bytes:
    return pdf.pdf(sample.document(), base_url=BASE)


@pytest.fixture(scope="module")
def opened(made: bytes) -> Iterator[PDF]:
    with pdfplumber.open(io.BytesIO(made)) as found:
        yield found


def words_of(found: PDF) -> str:
    return reading.squeezed(" ".join(page.extract_text() for page in found.pages))


def printed_rows(found: PDF, expected: list[reading.Rows]) -> list[reading.Rows]:
    """The tables as printed, the parts of one that was split between pages put together again."""
    printed: list[reading.Rows] = []
    for page in found.pages:
        for table in page.find_tables():
            rows = [[reading.squeezed(cell) for cell in row] for row in table.extract()]
            if printed and rows[0] == printed[-1][0]:
                printed[-1] += rows[1:]
            elif any(rows[0] == one[0] for one in expected):
                printed.append(rows)
    return printed


def test_every_table_reads_back_as_it_was_written(opened: PDF) -> None:
    expected = [reading.rows(table) for table in reading.tables(sample.document())]
    assert len(expected) == 8
    assert printed_rows(opened, expected) == expected


def test_the_widest_table_is_printed_upright_and_at_least_eight_points_high(opened: PDF) -> None:
    page = next(page for page in opened.pages if "Enquiries by e-mail" in page.extract_text())
    assert page.width < page.height
    table = next(table for table in page.find_tables() if len(table.rows) == 12)
    sizes = {character["size"] for character in page.crop(table.bbox).chars}
    assert min(sizes) >= 8
    assert all(len((cell or "").split()) == 1 for row in table.extract()[1:] for cell in row[1:])


def test_what_looks_like_typst_or_html_is_printed_as_text(opened: PDF) -> None:
    assert sample.HOSTILE in words_of(opened)


def test_the_file_says_its_title_language_author_and_date(made: bytes, opened: PDF) -> None:
    facts = pypdfium2.PdfDocument(made).get_metadata_dict()
    assert facts["Title"] == "SECP_78_0603_99 Operations Report – February 2020"
    assert facts["Author"] == "Example Code Administrator"
    assert facts["CreationDate"].startswith("D:20200306")
    assert opened.doc.catalog["Lang"] == b"en-GB"
    for part in (b"<pdfaid:part>2", b"<pdfaid:conformance>A", b"<pdfuaid:part>1"):
        assert part in made


def test_bookmarks_carry_the_section_labels(made: bytes) -> None:
    marks = [(mark.level, mark.get_title()) for mark in pypdfium2.PdfDocument(made).get_toc()]
    assert (0, "3 Market Entry and Exit") in marks
    assert (1, "3.2 Membership") in marks
    assert marks[-1] == (0, "Annex: where the figures come from")


def test_captions_are_numbered_and_pages_are_counted(opened: PDF) -> None:
    text = words_of(opened)
    for number, caption in enumerate(("User Entry", "Parties that", "Party stat", "The product", "Division"), start=1):
        assert f"Table {number}: {caption}" in text
    assert "Figure 3: Website visits and page views" in text
    total = len(opened.pages)
    for at, page in enumerate(opened.pages, start=1):
        assert f"Page {at} of {total}" in page.extract_text()
        assert page.extract_text().startswith("SECP_78_0603_99 White")


def test_numbers_and_links_lead_to_the_site_and_to_the_annex(opened: PDF) -> None:
    addresses = {link.get("uri") for page in opened.pages for link in page.hyperlinks}
    assert f"{BASE}/parties/?at=2020-02-29" in addresses
    assert "https://example.org/a?b=1&c=2" in addresses


def test_without_an_address_of_the_site_its_paths_are_not_links() -> None:
    with pdfplumber.open(io.BytesIO(pdf.pdf(sample.document()))) as found:
        addresses = {link.get("uri") for page in found.pages for link in page.hyperlinks}
    assert {address for address in addresses if address} == {"https://example.org/a?b=1&c=2"}


def test_the_annex_is_printed_only_when_asked_for(opened: PDF) -> None:
    with pdfplumber.open(io.BytesIO(pdf.pdf(sample.document(), annex=False))) as bare:
        without = words_of(bare)
    assert "where the figures come from" in words_of(opened)
    assert "where the figures come from" not in without
    assert "annex, entry" not in without


def tags(found: PDF) -> Iterator[dict[str, Any]]:
    waiting = list(found.structure_tree)
    while waiting:
        node = waiting.pop()
        yield node
        waiting += node.get("children", [])


def test_each_table_is_one_table_to_a_screen_reader_and_each_chart_is_described(opened: PDF) -> None:
    nodes = list(tags(opened))
    kinds = [node["type"] for node in nodes]
    assert kinds.count("Table") == len(list(reading.tables(sample.document())))
    assert {"H1", "H2", "TH", "TD", "Caption", "L", "LI", "Link"} <= set(kinds)
    alternatives = {node["alt_text"] for node in nodes if node["type"] == "Figure"}
    assert {sample.voting_groups().alt, sample.proposals().alt, sample.website().alt} <= alternatives


def test_the_same_paper_is_the_same_file_in_another_process(made: bytes) -> None:
    program = (
        "import hashlib; from secretariat.papers import pdf; from tests.papers import sample; "
        f"print(hashlib.sha256(pdf.pdf(sample.document(), base_url={BASE!r})).hexdigest())"
    )
    digests = {
        subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout.strip()
        for _ in range(2)
    }
    assert digests == {hashlib.sha256(made).hexdigest()}


def test_a_character_the_typeface_lacks_gives_way_to_its_name() -> None:
    assert printable("Done ✓ – £5 😀") == "Done [check mark] – £5 [grinning face]"
    section = Section("only", "Only", (Paragraph((Text("Done ✓ \x07\u200b"),)),))
    with pdfplumber.open(io.BytesIO(pdf.pdf(Document(sample.front(), (section,))))) as found:
        assert "Done [check mark]" in words_of(found)


def test_a_chart_without_words_for_those_who_cannot_see_it_is_refused() -> None:
    chart = dataclasses.replace(sample.voting_groups(), alt="")
    assert isinstance(chart, Chart)
    with pytest.raises((ValueError, typst.TypstError)):
        pdf.pdf(Document(sample.front(), (Section("only", "Only", (chart,)),)))


def test_a_row_longer_than_a_page_goes_on_over_the_page() -> None:
    table = sample.plain_table("Long", ("a", "b"), ("x", "word " * 1800), ("y", "the last"))
    made = pdf.pdf(Document(sample.front(), (Section("only", "Only", (table,)),)))
    with pdfplumber.open(io.BytesIO(made)) as found:
        lowest = [
            max(word["bottom"] for word in page.extract_words() if word["text"] == "word") for page in found.pages
        ]
        height = float(found.pages[0].height)
        assert words_of(found).count("word") == 1800
    assert len(lowest) > 1
    assert all(bottom < height - 60 for bottom in lowest)


def test_a_long_address_in_a_cell_stays_on_the_page() -> None:
    address = "https://example.org/" + "a-very-long-path/" * 9 + "end"
    table = sample.plain_table("Addresses", ("Name", "Address", "Note"), ("One", address, "short"))
    with pdfplumber.open(
        io.BytesIO(
            pdf.pdf(
                Document(
                    sample.front(),
                    (
                        Section(
                            "only",
                            "Only",
                            (table, Paragraph(())),
                        ),
                    ),
                )
            )
        )
    ) as found:
        characters = [character for page in found.pages for character in page.chars]
        assert max(character["x1"] for character in characters) <= found.pages[0].width - 56
        row = found.pages[0].find_tables()[0].extract()[1]
    assert "".join((row[1] or "").split()) == address


@pytest.mark.parametrize("table", list(reading.tables(sample.document())), ids=lambda table: table.caption)
def test_columns_fill_the_page_and_hold_their_longest_word(table: Any) -> None:
    place = layout.fit(table)
    assert sum(place.widths) == pytest.approx(layout.TEXT_WIDTH)
    for column, width in enumerate(place.widths):
        longest = max(
            (layout.measure(word, place.points) for row in reading.rows(table)[1:] for word in row[column].split()
             if "-" not in word), default=0
        )  # fmt: skip
        assert longest <= width - 2 * place.padding or not table.rows
