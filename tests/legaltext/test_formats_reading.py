"""Word files that others made: numbers, headings, lists, tables, definitions, pictures and tracked changes."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.legaltext.formats.lines import Incoming
from secretariat.legaltext.formats.word_reading import read_word
from tests.legaltext.formats_files import DOT, add, changed, end_changed, numbered, row_changed, saved, xml


def told(came: Incoming) -> list[tuple[str, str, str, str]]:
    """Each clause by its kind, number, heading and body."""
    return [(one.kind, one.number, one.heading, one.body) for one in came.text.clauses]


def parents(came: Incoming) -> dict[str, str]:
    """The number, or else the body, of each clause's parent."""
    names = {one.uid: one.number or one.body for one in came.text.clauses}
    return {names[one.uid]: names.get(one.parent, "") for one in came.text.clauses}


def test_automatic_numbers_are_read_as_printed_with_the_clauses_that_hold_each() -> None:
    made = numbered()
    add(made, "Eligibility", 90, 0, "Heading 1")
    add(made, "The **DCC** shall act within:", 90, 1)
    add(made, "10 Working Days; or", 90, 2)
    add(made, "as **agreed**:", 90, 2)
    add(made, "in writing.", 90, 3)
    add(made, "Each Party shall help.", 90, 1)
    add(made, "Charges", 90, 0, "Heading 1")
    add(made, "None.", 90, 1)
    came = read_word(saved(made))
    assert told(came) == [
        ("part", "H1", "Eligibility", ""),
        ("clause", "H1.1", "", "The **DCC** shall act within:"),
        ("clause", "(a)", "", "10 Working Days; or"),
        ("clause", "(b)", "", "as **agreed**:"),
        ("clause", "(i)", "", "in writing."),
        ("clause", "H1.2", "", "Each Party shall help."),
        ("part", "H2", "Charges", ""),
        ("clause", "H2.1", "", "None."),
    ]
    assert parents(came) == {
        "H1": "", "H1.1": "H1", "(a)": "H1.1", "(b)": "H1.1", "(i)": "(b)", "H1.2": "H1", "H2": "", "H2.1": "H2",
    }  # fmt: skip
    assert came.carried == frozenset()


def test_a_list_of_its_own_hangs_on_the_clause_before_it_and_begins_again_where_it_says_so() -> None:
    made = numbered()
    add(made, "First:", 90, 1)
    add(made, "one;", 91)
    add(made, "two.", 91)
    add(made, "Second:", 90, 1)
    add(made, "three.", 93)
    add(made, "a bullet", 92)
    came = read_word(saved(made))
    assert [number for _, number, _, _ in told(came)] == ["H1.1", "(a)", "(b)", "H1.2", "(a)", ""]
    assert [one.parent for one in came.text.clauses[4:]] == [came.text.clauses[3].uid, came.text.clauses[4].uid]
    assert told(came)[-1] == ("paragraph", "", "", "• a bullet")


def test_typed_numbers_are_taken_out_of_the_words() -> None:
    made = docx.Document()
    typed = ("4\tReports", "4.1\tThe Panel shall:", "(h)\treport;", "(i)\tlist:", "(i)\tone;", "4.2\tDone in 2 days.")
    for words in typed:
        add(made, words)
    came = read_word(saved(made))
    assert [(one.number, one.body) for one in came.text.clauses] == [
        ("4", "Reports"), ("4.1", "The Panel shall:"), ("(h)", "report;"), ("(i)", "list:"), ("(i)", "one;"),
        ("4.2", "Done in 2 days."),
    ]  # fmt: skip
    clauses = came.text.clauses
    assert [one.parent for one in clauses] == ["", *(clauses[at].uid for at in (0, 1, 1, 3, 0))]


def test_a_bold_line_is_the_heading_of_the_clause_that_follows() -> None:
    made = numbered()
    add(made, "**Duty to report**")
    add(made, "The Panel shall report.", 90, 1)
    assert told(read_word(saved(made))) == [("clause", "H1.1", "Duty to report", "The Panel shall report.")]


def test_words_set_in_line_with_a_clause_go_on_with_it_and_others_stand_by_themselves() -> None:
    made = numbered()
    add(made, "Charges", 90, 0, "Heading 1")
    add(made, "It shall:", 90, 1)
    add(made, "and then some.", indent=1440)
    add(made, "count; and", 90, 2)
    add(made, "in each case at once.", indent=1440)
    add(made, "A remark.")
    came = read_word(saved(made))
    assert told(came)[1:] == [
        ("clause", "H1.1", "", "It shall:\n\nand then some."),
        ("clause", "(a)", "", "count; and"),
        ("paragraph", "", "", "in each case at once."),
        ("paragraph", "", "", "A remark."),
    ]
    assert [parents(came)[body] for body in ("in each case at once.", "A remark.")] == ["H1.1", "H1"]


def as_codes_are_written() -> bytes:
    """A section whose headings, clauses and items are all numbered by their heading styles, as codes have it."""
    made = numbered()
    for at, called in enumerate(("Heading 1", "Heading 2", "Heading 3")):
        properties = made.styles[called].element.get_or_add_pPr()
        properties.append(xml(f'<w:numPr NS><w:ilvl w:val="{at}"/><w:numId w:val="90"/></w:numPr>'))
    for words, style in (
        ("USER ENTRY", "Heading 1"), ("**Eligibility**", "Normal"), ("A Party is eligible to enter.", "Heading 2"),
        ("The DCC shall:", "Heading 2"), ("say so; and", "Heading 3"), ("note it", "Heading 3"),
        ("Not used", "Heading 2"), ("Terms", "Heading 1"), ("In this Section:", "Heading 2"),
    ):  # fmt: skip
        add(made, words, style=style)
    add(made, "“**Assessment**” means a review of:", indent=1440)
    add(made, "one; and", 91)
    add(made, "another.", 91)
    return saved(made)


def test_clauses_numbered_by_heading_styles_are_clauses_where_they_are_sentences() -> None:
    came = read_word(as_codes_are_written())
    assert told(came) == [
        ("part", "H1", "USER ENTRY", ""),
        ("clause", "H1.1", "Eligibility", "A Party is eligible to enter."),
        ("clause", "H1.2", "", "The DCC shall:"),
        ("clause", "(a)", "", "say so; and"),
        ("clause", "(b)", "", "note it"),
        ("clause", "H1.3", "", "Not used"),
        ("part", "H2", "Terms", ""),
        ("clause", "H2.1", "", "In this Section:"),
        ("definition", "", "Assessment", "“**Assessment**” means a review of:"),
        ("clause", "(a)", "", "one; and"),
        ("clause", "(b)", "", "another."),
    ]
    uids = [one.uid for one in came.text.clauses]
    assert [one.parent for one in came.text.clauses[8:]] == [uids[7], uids[8], uids[8]]


def test_how_far_a_list_stands_in_is_as_the_list_says() -> None:
    made = numbered()
    for level in made.part.numbering_part.element.iter(qn("w:ind")):
        level.set(qn("w:left"), "709")
    add(made, "It shall report", 90, 1)
    add(made, "and may charge.", indent=709)
    assert told(read_word(saved(made))) == [("clause", "H1.1", "", "It shall report\n\nand may charge.")]


def test_definitions_are_known_in_paragraphs_and_in_tables() -> None:
    made = docx.Document()
    add(made, "**Party** means a person that has acceded;")
    table = made.add_table(2, 2)
    terms = (("Panel", "means the board."), ("Code", "has the meaning in A1."))
    for row, (term, meaning) in zip(table.rows, terms, strict=True):
        row.cells[0].paragraphs[0].add_run(term).bold = True
        row.cells[1].text = meaning
    assert told(read_word(saved(made))) == [
        ("definition", "", "Party", "**Party** means a person that has acceded;"),
        ("definition", "", "Panel", "**Panel** means the board."),
        ("definition", "", "Code", "**Code** has the meaning in A1."),
    ]


def test_the_name_of_the_document_over_its_text_is_its_title() -> None:
    made = numbered()
    add(made, "**SECTION H: DCC SERVICES**")
    add(made, "The DCC shall act.", 90, 1)
    came = read_word(saved(made))
    assert came.title == "SECTION H: DCC SERVICES"
    assert told(came) == [("clause", "H1.1", "", "The DCC shall act.")]


def test_a_table_keeps_its_caption_every_cell_and_what_is_merged() -> None:
    made = docx.Document()
    add(made, "Table 2: Response times", style="Caption")
    table = made.add_table(3, 2)
    cells = [cell for row in table.rows for cell in row.cells]
    for cell, words in zip(cells, ("Who", "When", "a", "b", "c", "d"), strict=True):
        cell.text = words
    table.cell(1, 0).add_paragraph("more | of it")
    table.cell(2, 0).merge(table.cell(2, 1))
    came = read_word(saved(made))
    assert told(came) == [
        ("table", "Table 2", "Response times",
         "| Who | When |\n|---|---|\n| a<br>more \\| of it | b |\n| c<br>d |  |")
    ]  # fmt: skip
    assert came.notes == ("Cells that span columns stand in the first of them.",)


def test_a_picture_is_kept_with_its_caption() -> None:
    made = docx.Document()
    made.add_picture(io.BytesIO(DOT))
    add(made, "Figure 1: The flow", style="Caption")
    came = read_word(saved(made))
    [(kind, number, heading, body)] = told(came)
    assert (kind, number, heading) == ("figure", "Figure 1", "The flow")
    assert body == f"![]({next(iter(came.figures))})"
    assert [*came.figures.values()] == [DOT]


def test_fields_show_their_result_and_notes_and_boxes_are_not_lost() -> None:
    made = docx.Document()
    paragraph = add(made, "See ")
    for inner in (
        '<w:fldChar w:fldCharType="begin"/>', "<w:instrText> REF _Ref1 </w:instrText>",
        '<w:fldChar w:fldCharType="separate"/>', "<w:t>Section H3.4</w:t>", '<w:fldChar w:fldCharType="end"/>',
        "<w:pict><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></w:pict>",
    ):  # fmt: skip
        paragraph._p.append(xml(f"<w:r NS>{inner}</w:r>"))
    assert [body for *_, body in told(read_word(saved(made)))] == ["See Section H3.4", "In a box."]


PARAGRAPHS = st.tuples(
    st.sampled_from(
        ["Alpha beta.", "**Bold line**", "**Term** means gamma", "(a)\tdelta;", "2.1\tOne", "SHOUTED", "x" * 200]
    ),
    st.sampled_from([(0, 0), (0, 0), (90, 0), (90, 1), (90, 2), (91, 0), (92, 0), (93, 0)]),
    st.sampled_from(["Normal", "Heading 1", "Heading 3", "List Bullet", "Caption", "Quote", "Body Text"]),
    st.sampled_from([0, 0, 720, 1440]),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.one_of(PARAGRAPHS, st.sampled_from(["table", "terms", "picture"])), min_size=1, max_size=12))
def test_no_word_of_a_file_is_lost_whatever_its_styles_and_lists(parts: list[Any]) -> None:
    made = numbered()
    said: Counter[str] = Counter()
    for at, part in enumerate(parts):
        if isinstance(part, tuple):
            text, (key, depth), style, indent = part
            add(made, f"{text} w{at}", key, depth, style, indent)
            said.update(text.replace("**", "").split("\t")[-1].split())
            said.update([f"w{at}"])
        elif part == "picture":
            made.add_picture(io.BytesIO(DOT))
        else:
            table = made.add_table(2, 2)
            for row in table.rows:
                row.cells[0].paragraphs[0].add_run(f"cell w{at}").bold = part == "terms"
                row.cells[1].text = "means this"
            said.update(["cell", f"w{at}", "means", "this"] * 2)
    came = read_word(saved(made))
    words = " ".join(f"{one.number} {one.heading} {one.body}" for one in came.text.clauses if one.kind != "definition")
    words += " ".join(one.body for one in came.text.clauses if one.kind == "definition")
    found = Counter(re.sub(r"\*\*|[|]|<br>", " ", words).split())
    assert not said - found


def drafted() -> bytes:
    """Three clauses that somebody has worked on."""
    made = numbered()
    one = add(made, "The Panel shall ", 90, 1)
    changed(one, "del", "promptly ")
    changed(one, "ins", "within 5 Working Days ")
    one.add_run("report.")
    gone = add(made, "", 90, 1)
    changed(gone, "del", "Struck out.")
    end_changed(gone, "del")
    new = add(made, "", 90, 1)
    changed(new, "ins", "Brought in.")
    end_changed(new, "ins")
    add(made, "Last.", 90, 1)
    table = made.add_table(2, 1)
    table.rows[0].cells[0].text = "Head"
    table.rows[1].cells[0].text = "New row"
    row_changed(table.rows[1].cells[0].paragraphs[0], "ins")
    return saved(made)


def test_accepted_changes_give_the_new_text_and_rejected_ones_the_old() -> None:
    accepted, rejected = (told(read_word(drafted(), accepted=flag)) for flag in (True, False))
    assert [(number, body) for _, number, _, body in accepted] == [
        ("H1.1", "The Panel shall within 5 Working Days report."), ("H1.2", "Brought in."), ("H1.3", "Last."),
        ("", "| Head |\n|---|\n| New row |"),
    ]  # fmt: skip
    assert [(number, body) for _, number, _, body in rejected] == [
        ("H1.1", "The Panel shall promptly report."), ("H1.2", "Struck out."), ("H1.3", "Last."),
        ("", "| Head |\n|---|"),
    ]  # fmt: skip


def test_the_changes_say_who_made_them_when_and_where() -> None:
    came = read_word(drafted())
    assert [(one.kind, one.words, one.paragraph) for one in came.changes] == [
        ("out", "promptly ", 1), ("in", "within 5 Working Days ", 1), ("out", "Struck out.", 2),
        ("in", "Brought in.", 3),
    ]  # fmt: skip
    assert {(one.who, one.when) for one in came.changes} == {("Drafter", datetime(2020, 2, 3, 9, 30, tzinfo=UTC))}


def test_two_paragraphs_made_one_are_one_clause_when_accepted_and_two_when_not() -> None:
    made = numbered()
    end_changed(add(made, "One ", 90, 1), "del")
    add(made, "two.", 90, 1)
    content = saved(made)
    assert [body for *_, body in told(read_word(content))] == ["One two."]
    assert [body for *_, body in told(read_word(content, accepted=False))] == ["One", "two."]


def test_a_changed_number_is_the_old_one_when_rejected() -> None:
    made = numbered()
    add(made, "Holder.", 90, 1)
    paragraph = add(made, "Raised.", 90, 1)
    before = '<w:pPr><w:numPr><w:ilvl w:val="2"/><w:numId w:val="90"/></w:numPr></w:pPr>'
    paragraph._p.get_or_add_pPr().append(xml(f'<w:pPrChange NS w:id="3" w:author="D">{before}</w:pPrChange>'))
    content = saved(made)
    assert [number for _, number, _, _ in told(read_word(content))] == ["H1.1", "H1.2"]
    assert [number for _, number, _, _ in told(read_word(content, accepted=False))] == ["H1.1", "(a)"]


@pytest.mark.parametrize("content", [b"", b"not a file", b"\xd0\xcf\x11\xe0 older"])
def test_a_file_that_is_no_word_file_says_so(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"Save it"):
        read_word(content)


def rewritten(part: str, content: bytes) -> bytes:
    """A Word file with one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(drafted())) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return out.getvalue()


def test_a_word_file_that_declares_entities_or_is_broken_is_not_opened() -> None:
    bomb = b'<!DOCTYPE w [<!ENTITY a "aaaa">]><w>&a;</w>'
    with pytest.raises(ValueError, match="entities"):
        read_word(rewritten("word/document.xml", bomb))
    with pytest.raises(ValueError, match="damaged"):
        read_word(rewritten("word/document.xml", b"<w"))
    with pytest.raises(ValueError, match="no text part"):
        read_word(rewritten("word/document.xml", b"<w/>"))


def test_an_empty_file_says_that_it_holds_no_text() -> None:
    with pytest.raises(ValueError, match="no text in it"):
        read_word(saved(docx.Document()))
