"""A paper in Word: built of styles and fields, so that a colleague can go on with it."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zipfile
from datetime import datetime

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Mm

from secretariat.papers import word
from secretariat.papers.document import Document, Link, Paragraph, Section, Text
from tests.papers import reading, sample

BASE = "https://secretariat.example"


@pytest.fixture(scope="module")
def made() -> bytes:
    return word.docx(sample.document(), base_url=BASE)


@pytest.fixture(scope="module")
def opened(made: bytes) -> WordDocument:
    return docx.Document(io.BytesIO(made))


def styled(found: WordDocument, style: str) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs if paragraph.style and paragraph.style.name == style]


def fields(found: WordDocument) -> list[str]:
    return [(code.text or "").strip() for code in found.element.iter(qn("w:instrText"))]


def written_rows(table: docx.table.Table) -> reading.Rows:
    """The cells, a merged one only where it begins."""
    rows, seen = [], set()
    for row in table.rows:
        texts = []
        for cell in row.cells:
            texts.append("" if cell._tc in seen else reading.squeezed(cell.text))
            seen.add(cell._tc)
        rows.append(texts)
    return rows


def test_every_table_reads_back_as_it_was_written(opened: WordDocument) -> None:
    expected = [reading.rows(table) for table in reading.tables(sample.document())]
    assert [written_rows(table) for table in opened.tables] == expected


def test_heading_rows_repeat_and_rows_stay_whole(opened: WordDocument) -> None:
    for table in opened.tables:
        repeated = [row._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for row in table.rows]
        assert repeated == [True] + [False] * (len(table.rows) - 1)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert table.style is not None
        assert table.style.name == "Paper Table"


def test_figures_stand_to_the_right_and_totals_are_bold(opened: WordDocument) -> None:
    helpdesk = next(table for table in opened.tables if len(table.rows) == 12)
    first, last = helpdesk.rows[1].cells, helpdesk.rows[-1].cells
    assert {cell.paragraphs[0].style.name for cell in first[1:]} == {"Table Number Small"}
    assert first[0].paragraphs[0].style.name == "Table Text Small"
    assert all(run.bold for cell in last for run in cell.paragraphs[0].runs)
    assert opened.styles["Table Number Small"].paragraph_format.alignment == 2
    assert opened.styles["Table Number Small"].font.size.pt >= 8


def test_a_group_is_one_cell_down_its_rows(opened: WordDocument) -> None:
    effort = next(table for table in opened.tables if table.rows[0].cells[1].text == "Driver")
    assert {effort.cell(row, 0)._tc for row in range(1, 6)} == {effort.cell(1, 0)._tc}
    assert effort.cell(6, 0)._tc is not effort.cell(1, 0)._tc


def test_headings_carry_their_labels_in_heading_styles(opened: WordDocument) -> None:
    assert styled(opened, "Title") == ["Operations Report – February 2020"]
    assert "3\tMarket Entry and Exit" in styled(opened, "Heading 1")
    assert "3.2\tMembership" in styled(opened, "Heading 2")
    assert "three before their date; and" in styled(opened, "List Bullet 3")
    assert styled(opened, "Note")[0].startswith("In Default counts")


def test_captions_count_by_fields_that_already_show_their_numbers(opened: WordDocument) -> None:
    captions = styled(opened, "Caption")
    assert captions[0] == "Table 1: User Entry Process completed"
    assert captions[-1] == "Table 7: Meetings hosted and attended"
    assert "Figure 3: Website visits and page views" in captions
    assert fields(opened).count("SEQ Table \\* ARABIC") == 7
    assert fields(opened).count("SEQ Figure \\* ARABIC") == 3


def test_the_contents_are_a_field_that_is_not_empty_and_opening_asks_nothing(opened: WordDocument, made: bytes) -> None:
    assert any(code.startswith('TOC \\o "1-2"') for code in fields(opened))
    frame = next(opened.element.iter(qn("w:sdt")))
    lines = ["".join(part.text or "" for part in line.iter(qn("w:t"))) for line in frame.iter(qn("w:hyperlink"))]
    assert len(lines) == 14
    assert lines[-1] == "Annex: where the figures come from"
    marks = {mark.get(qn("w:name")) for mark in opened.element.iter(qn("w:bookmarkStart"))}
    anchors = {link.get(qn("w:anchor")) for link in opened.element.iter(qn("w:hyperlink"))} - {None}
    assert anchors <= marks
    assert b"updateFields" not in zipfile.ZipFile(io.BytesIO(made)).read("word/settings.xml")


def test_every_field_is_closed(opened: WordDocument) -> None:
    kinds = [mark.get(qn("w:fldCharType")) for mark in opened.element.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == 11


def test_header_and_footer_say_reference_class_and_page(opened: WordDocument) -> None:
    section = opened.sections[0]
    assert section.header.paragraphs[0].text == "SECP_78_0603_99\tWhite"
    assert section.footer.paragraphs[0].text == "Operations Report – February 2020\tPage 1 of 1"
    codes = [(code.text or "").strip() for code in section.footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]
    assert section.page_width == pytest.approx(Mm(210), abs=Mm(1))
    assert section.page_height == pytest.approx(Mm(297), abs=Mm(1))


def test_pictures_are_described(opened: WordDocument) -> None:
    described = [picture._inline.docPr.get("descr") for picture in opened.inline_shapes]
    assert described == [sample.voting_groups().alt, sample.proposals().alt, sample.website().alt]


def test_links_lead_to_web_addresses_only() -> None:
    runs = (Link("good", "https://example.org/x"), Link("bad", "javascript:alert(1)"), Link("path", "/parties/"))
    one = Document(sample.front(), (Section("only", "Only", (Paragraph(runs),)),))
    for base, expected in (("", {"https://example.org/x"}), (BASE, {"https://example.org/x", f"{BASE}/parties/"})):
        found = docx.Document(io.BytesIO(word.docx(one, base_url=base)))
        outside = {relation.target_ref for relation in found.part.rels.values() if relation.is_external}
        assert outside == expected
        assert any(paragraph.text == "goodbadpath" for paragraph in found.paragraphs)


def test_text_that_looks_like_markup_or_holds_control_characters_is_plain_text() -> None:
    section = Section("only", "Only", (Paragraph((Text(sample.HOSTILE + "\x07\x0b"),)),))
    found = docx.Document(io.BytesIO(word.docx(Document(sample.front(), (section,)))))
    assert sample.HOSTILE in styled(found, "Normal")


def test_the_file_says_what_it_is_in_british_english(opened: WordDocument) -> None:
    facts = opened.core_properties
    assert (facts.title, facts.author) == (
        "SECP_78_0603_99 Operations Report – February 2020",
        "Example Code Administrator",
    )
    assert facts.language == "en-GB"
    assert facts.created == facts.modified == datetime.fromisoformat("2020-03-06T00:00:00+00:00")
    assert {mark.get(qn("w:val")) for mark in opened.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    assert {font.get(qn("w:ascii")) for font in opened.styles.element.iter(qn("w:rFonts"))} == {"Arial"}


def test_the_annex_is_written_only_when_asked_for(opened: WordDocument) -> None:
    bare = docx.Document(io.BytesIO(word.docx(sample.document(), annex=False)))
    assert "Annex: where the figures come from" in styled(opened, "Heading 1")
    assert "Annex: where the figures come from" not in styled(bare, "Heading 1")
    assert len(bare.tables) == len(opened.tables) - 1
    assert not any("annex, entry" in text for text in styled(bare, "Note"))


def test_the_same_paper_is_the_same_file_in_another_process(made: bytes) -> None:
    program = (
        "import hashlib; from secretariat.papers import word; from tests.papers import sample; "
        f"print(hashlib.sha256(word.docx(sample.document(), base_url={BASE!r})).hexdigest())"
    )
    run = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == hashlib.sha256(made).hexdigest()
