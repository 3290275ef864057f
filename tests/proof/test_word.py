from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from docx.enum.text import WD_BREAK

from secretariat.proof.paper import (
    Cell,
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
from secretariat.proof.readers.word import read
from tests.proof.build import W, docx, p, r

STYLES = (
    '<w:root><w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/>'
    "</w:numPr></w:pPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:ilvl w:val="1"/>'
    '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="House heading"/><w:basedOn w:val="H2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Toc"><w:name w:val="toc 1"/></w:style></w:styles>'
)
NUMBERING = (
    '<w:root><w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="Appendix %1:"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="2"><w:startOverride w:val="5"/>'
    '</w:lvlOverride></w:num><w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num></w:numbering>'
)


def listed(number: int, depth: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'


def told(body: str, **parts: str) -> Reading:
    return read(docx(body, **parts))


def words(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks if isinstance(block, Paragraph)]


def cells(*texts: str, more: str = "") -> str:
    return "<w:tr>" + more + "".join(f"<w:tc>{text if '<' in text else p(text)}</w:tc>" for text in texts) + "</w:tr>"


def test_what_python_docx_writes_is_read_back() -> None:
    document = Document()
    document.core_properties.title = "Kept elsewhere"
    document.add_heading("A report", 0)
    document.add_heading("1 Purpose", 1)
    document.add_paragraph("Some words, ").add_run("some bold.").bold = True
    document.add_paragraph("first", style="List Bullet")
    document.add_paragraph("second", style="List Number")
    document.add_paragraph("deeper", style="List Bullet 2")
    document.add_paragraph("Table 1: Calls", style="Caption")
    made = document.add_table(3, 3)
    for at, line in enumerate([("Kind", "Jan", "Feb"), ("Calls", "4", "5"), ("Total", "4", "5")]):
        for to, text in enumerate(line):
            made.cell(at, to).text = text
    made.cell(2, 1).merge(made.cell(2, 2))
    kept = io.BytesIO()
    document.save(kept)

    reading = read(kept.getvalue())
    assert reading.form is Form.WORD
    assert reading.title == "A report"
    assert [type(block) for block in reading.blocks] == [Heading, Heading, Paragraph, Item, Item, Item, Table]
    assert reading.blocks[:3] == (
        Heading("A report", "", 1, Place(line=1)),
        Heading("Purpose", "1", 1, Place(line=2)),
        Paragraph("Some words, some bold.", Place(line=3)),
    )
    assert [(b.text, b.level, b.mark) for b in reading.blocks if isinstance(b, Item)] == [
        ("first", 1, "•"),
        ("second", 1, "1."),
        ("deeper", 2, "•"),
    ]
    table = reading.blocks[-1]
    assert isinstance(table, Table)
    assert (table.number, table.caption) == ("1", "Calls")
    assert [row.texts for row in table.head] == [("Kind", "Jan", "Feb")]
    assert [row.texts for row in table.rows] == [("Calls", "4", "5"), ("Total", "4 5", "")]


def test_automatic_numbers_are_printed() -> None:
    reading = told(
        p("Purpose", "H1") + p("Scope", "H2") + p("House", "Own") + p("Detail", "H1") + p("More", "H2")
        + p("one", more=listed(1, 2)) + p("two", more=listed(1, 2)) + p("five", more=listed(3, 2))
        + p("bullet", more=listed(2, 0)) + p("Unnumbered", "H1", more=listed(0, 0))
        + p("Tests", more='<w:outlineLvl w:val="0"/>' + listed(4, 0)),
        styles=STYLES, numbering=NUMBERING,
    )  # fmt: skip
    assert [(b.number, b.text, b.level) for b in reading.blocks if isinstance(b, Heading)] == [
        ("1", "Purpose", 1), ("1.1", "Scope", 2), ("1.2", "House", 2), ("2", "Detail", 1), ("2.1", "More", 2),
        ("", "Unnumbered", 1), ("", "Appendix A: Tests", 1),
    ]  # fmt: skip
    assert [(b.mark, b.text, b.level) for b in reading.blocks if isinstance(b, Item)] == [
        ("(a)", "one", 3), ("(b)", "two", 3), ("(e)", "five", 3), ("•", "bullet", 1),
    ]  # fmt: skip


def test_a_short_bold_paragraph_is_a_heading_and_a_bold_label_is_not() -> None:
    reading = told(
        p("2 Helpdesk", bold=True) + p("2.1 Calls", bold=True) + p("Words.") + p("Important to know.", bold=True)
        + f"<w:p>{r('Date', bold=True)}<w:r><w:tab/></w:r>{r('4 May 2020')}</w:p>"
    )  # fmt: skip
    assert [(b.number, b.level) for b in reading.blocks if isinstance(b, Heading)] == [("2", 1), ("2.1", 2)]
    assert words(reading) == ["Words.", "Important to know.", "Date: 4 May 2020"]


def test_tracked_changes_are_read_as_accepted() -> None:
    reading = told(
        f"<w:p>{r('We held ')}<w:del>{'<w:r><w:delText>two</w:delText></w:r>'}</w:del><w:ins>{r('three')}</w:ins>"
        f"{r(' meetings')}<w:moveFrom>{r(' gone')}</w:moveFrom><w:moveTo>{r(' here')}</w:moveTo>{r('.')}</w:p>"
        "<w:tbl>" + cells("A", "1") + cells("B", "2", more="<w:trPr><w:del/></w:trPr>") + cells("C", "3") + "</w:tbl>"
    )
    assert words(reading) == ["We held three meetings here."]
    table = reading.blocks[1]
    assert isinstance(table, Table)
    assert [row.label for row in table.rows] == ["A", "C"]


def test_a_paragraph_whose_end_was_deleted_goes_on_with_the_next() -> None:
    reading = told(p("We held ", more="<w:rPr><w:del/></w:rPr>") + p("three meetings.") + p("Then none."))
    assert words(reading) == ["We held three meetings.", "Then none."]


def test_hidden_words_comments_and_tables_of_contents_are_not_read() -> None:
    reading = told(
        p("Purpose 3", "Toc") + "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/>"
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{p('Contents')}</w:sdtContent></w:sdt>"
        f"<w:p>{r('Seen')}{r(' unseen', more='<w:vanish/>')}<w:r><w:commentReference w:id='0'/></w:r></w:p>"
        f"<w:sdt><w:sdtContent>{p('In a control.')}</w:sdtContent></w:sdt>",
        styles=STYLES,
    )
    assert words(reading) == ["Seen", "In a control."]


def test_merged_cells_marks_and_nested_tables_are_laid_out() -> None:
    across = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + p("Calls") + "</w:tc>"
    down = '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + p("North") + "</w:tc>"
    goes_on = "<w:tc><w:tcPr><w:vMerge/></w:tcPr>" + p() + "</w:tc>"
    noted = "<w:p>" + r("12") + r("1", more='<w:vertAlign w:val="superscript"/>') + "</w:p>"
    inner = "<w:tbl>" + cells("x", "1") + cells("y", "2") + "</w:tbl>"
    head = "<w:trPr><w:tblHeader/></w:trPr>"
    reading = told(
        f"<w:tbl><w:tr>{head}<w:tc>{p('Area')}</w:tc>{across}</w:tr>"
        f"<w:tr>{down}<w:tc>{noted}</w:tc><w:tc>{p('5')}</w:tc></w:tr>"
        f"<w:tr>{goes_on}<w:tc>{p('6')}{inner}{p()}</w:tc><w:tc>{p('7')}</w:tc></w:tr></w:tbl>"
    )
    outer, nested = reading.blocks
    assert isinstance(outer, Table)
    assert isinstance(nested, Table)
    assert [row.texts for row in outer.head] == [("Area", "Calls", "")]
    assert [row.texts for row in outer.rows] == [("North", "12", "5"), ("", "6", "7")]
    assert outer.rows[0].cells[1] == Cell("12", ("1",))
    assert [row.texts for row in nested.rows] == [("x", "1"), ("y", "2")]


def test_a_table_of_one_column_is_a_frame_around_words() -> None:
    assert words(told(f"<w:tbl>{cells('Boxed words.')}</w:tbl>")) == ["Boxed words."]


def test_ordinals_and_units_stay_in_the_words() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    reading = told(f"<w:p>{r('The 1')}{r('st', more=raised)}{r(' has 4 m')}{r('2', more=raised)}{r(' here.')}</w:p>")
    assert words(reading) == ["The 1st has 4 m2 here."]


def test_footnotes_and_endnotes_are_numbered_as_they_are_met() -> None:
    def note(kind: str, key: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{key}"/></w:r>'

    def notes(kind: str, *texts: str) -> str:
        each = "".join(
            f'<w:{kind} w:id="{at}"><w:p><w:r><w:{kind}Ref/></w:r>{r(" " + text)}</w:p></w:{kind}>'
            for at, text in enumerate(texts, 7)
        )
        return f"<w:root>{each}</w:{kind}s>"

    reading = told(
        f"<w:p>{r('Late')}{note('footnote', 8)}{r(', early')}{note('footnote', 7)}{note('endnote', 7)}</w:p>",
        footnotes=notes("footnote", "The early one.", "The late one.", "One that nothing refers to."),
        endnotes=notes("endnote", "At the end."),
    )
    assert words(reading) == ["Late, early"]
    assert reading.footnotes == (
        Footnote("1", "The late one."),
        Footnote("2", "The early one."),
        Footnote("i", "At the end."),
    )


def field(instruction: str, result: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    shown = r(result) if result else ""
    return f"{mark('begin')}<w:r><w:instrText> {instruction} </w:instrText></w:r>{mark('separate')}{shown}{mark('end')}"


def test_captions_are_numbered_by_their_fields() -> None:
    grid = "<w:tbl>" + cells("A", "1") + cells("B", "2") + "</w:tbl>"
    reading = told(
        f"<w:p>{r('Table ')}{field('SEQ Table', '1')}{r(': Saved')}</w:p>{grid}"
        f"<w:p>{r('Table ')}<w:fldSimple w:instr='SEQ Table \\* ARABIC'/>{r(': Never counted')}</w:p>{grid}"
        f"<w:p>{r('Figure ')}{field('SEQ Figure', '')}{r(': Drawn')}</w:p>"
    )
    assert [(type(b), b.number, b.caption) for b in reading.blocks if isinstance(b, Table | Figure)] == [
        (Table, "1", "Saved"),
        (Table, "2", "Never counted"),
        (Figure, "1", "Drawn"),
    ]


def test_links_lead_where_their_relation_or_field_says() -> None:
    outside = '<Relationship Id="rOut" Type="x/hyperlink" Target="https://example.org/a" TargetMode="External"/>'
    inside = field("HYPERLINK &quot;https://b.org/&quot;", "b")
    body = f'<w:p><w:hyperlink r:id="rOut">{r("the list")}</w:hyperlink>{inside}</w:p>'
    assert read(docx(body, relations=outside)).links == (
        Link("the list", "https://example.org/a", Place(line=1)),
        Link("b", "https://b.org/", Place(line=1)),
    )


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('Boxed.')}</w:txbxContent>"
    reading = told(
        f"<w:p>{r('Before.')}<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>{p('After.')}"
    )
    assert words(reading) == ["Before.", "Boxed.", "After."]


def chart(shown: str, *, form: str = "General") -> str:
    points = "".join(f'<c:pt idx="{at}"><c:v>{v}</c:v></c:pt>' for at, v in enumerate(["Large", "Small"]))
    values = "".join(f'<c:pt idx="{at}"><c:v>{v}</c:v></c:pt>' for at, v in enumerate(["1300", "0.25"]))
    return (
        '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart><c:plotArea><c:barChart>'
        '<c:ser><c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>Calls</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f"{shown}"
        f"<c:cat><c:strRef><c:strCache>{points}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:numCache><c:formatCode>{form}</c:formatCode>{values}</c:numCache></c:numRef></c:val>"
        "</c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>"
    )


@pytest.mark.parametrize(
    ("shown", "form", "labels"),
    [
        ('<c:dLbls><c:showVal val="1"/></c:dLbls>', "General", [("Large", "1300"), ("Small", "0.25")]),
        ('<c:dLbls><c:showVal val="1"/></c:dLbls>', "#,##0.0", [("Large", "1,300.0"), ("Small", "0.3")]),
        ('<c:dLbls><c:showVal val="1"/></c:dLbls>', "0%", [("Large", "130000%"), ("Small", "25%")]),
        ('<c:dLbls><c:dLbl><c:idx val="0"/><c:delete val="1"/></c:dLbl><c:showVal val="1"/></c:dLbls>', "General",
         [("Small", "0.25")]),
        ('<c:dLbls><c:showVal val="0"/></c:dLbls>', "General", []),
        ("", "General", []),
    ],
)  # fmt: skip
def test_a_chart_has_the_labels_that_it_prints(shown: str, form: str, labels: list[tuple[str, str]]) -> None:
    body = '<w:p><w:r><w:drawing><c:chart r:id="rChart1"/></w:drawing></w:r></w:p>' + p("Figure 1: Calls")
    (figure,) = told(body, chart1=chart(shown, form=form)).blocks
    assert isinstance(figure, Figure)
    assert (figure.number, figure.caption) == ("1", "Calls")
    assert [(label.name, label.value) for label in figure.labels] == labels


def test_pages_are_counted_where_word_kept_their_breaks() -> None:
    broken = f"<w:p><w:r><w:lastRenderedPageBreak/></w:r>{r('Second.')}</w:p>"
    over = f"<w:p>{r('Third ')}<w:r><w:lastRenderedPageBreak/></w:r>{r('begins.')}</w:p>"
    reading = told(p("First.") + broken + over)
    assert [block.place for block in reading.blocks] == [Place(1, 1), Place(2, 2), Place(2, 3)]
    assert reading.pages == 3

    document = Document()
    document.add_paragraph("First.").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("Second.")
    kept = io.BytesIO()
    document.save(kept)
    assert [block.place.page for block in read(kept.getvalue()).blocks] == [0, 0]


def test_the_first_pages_header_gives_the_reference_and_nothing_else() -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rHeader1"/></w:sectPr>'
    header = "<w:root>" + p("ABC_12_1303_04") + p("Sample Code Company") + "</w:header1>"
    reading = told(p("Words.") + section, header1=header)
    assert words(reading) == ["ABC_12_1303_04", "Words."]


def test_both_kinds_of_word_file_are_read() -> None:
    strict = zipfile.ZipFile(io.BytesIO(docx(p("Words.")))).read("word/document.xml").decode()
    strict = strict.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("word/document.xml", strict)
    assert words(read(kept.getvalue())) == ["Words."]


@pytest.mark.parametrize("content", [b"", b"words", b"\xd0\xcf\x11\xe0" + b"\0" * 600, docx(""), docx(p("x"))[:-30]])
def test_what_is_no_word_paper_is_refused_with_what_to_do(content: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"\."):
        read(content)
