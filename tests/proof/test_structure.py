"""Numbering, references inside a paper, attachments and lists. The papers are invented."""

from __future__ import annotations

import pytest

from secretariat.proof.paper import (
    Attachment,
    Block,
    Cell,
    DataLabel,
    Figure,
    Footnote,
    Form,
    Paper,
    Paragraph,
    Place,
    Reading,
    Row,
    Table,
)
from tests.proof.build import found, heading, item, paper, paragraph, table

A = Attachment("Appendix A", "Test results", "AMBER", Place(1, 9))


def tables(*numbers: str) -> Paper:
    return paper(*(table(("a", 1), number=number, caption=f"Counts of {at}") for at, number in enumerate(numbers)))


def headings(*told: str) -> Paper:
    """A paper of headings: "3.1 Calls" numbered, "Calls" not."""
    made: list[Block] = []
    for text in told:
        number, _, words = text.partition(" ") if text[0].isdigit() or text[1:2].isdigit() else ("", "", text)
        made += [heading(words, number, number.count(".") + 1), paragraph("Words of this section.")]
    return paper(*made)


def noted(*marks: str, pages: tuple[int, ...] = ()) -> Paper:
    notes = tuple(
        Footnote(mark, "An invented note.", Place(pages[at] if pages else 1, at + 1)) for at, mark in enumerate(marks)
    )
    return Paper("paper.txt", Reading(Form.TEXT, (), notes))


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        (("1", "2", "2", "3"), "Two tables are numbered 2"),
        (("1", "2", "4", "5"), "there is no Table 3"),
        (("1", "2", "1", "2"), "start again at 1 after 2"),
        (("1", "3", "2", "4"), "Table 2 stands after Table 3"),
        (("1", "2", "2", "4"), "Two tables are numbered 2"),
        (("1", "2", "4", "4"), "there is no Table 3"),
        (("3.1", "3.3", "3.4"), "there is no Table 3.2"),
        (("A1", "A1", "A2"), "Two tables are numbered A1"),
        (("1", "2", "9", "4"), "there is no Table 3"),
    ],
)
def test_a_caption_that_repeats_skips_or_restarts_is_one_error(numbers: tuple[str, ...], message: str) -> None:
    (finding,) = found("caption-number", tables(*numbers))
    assert message in finding.message
    assert finding.severity == "error"


@pytest.mark.parametrize(
    "numbers",
    [
        (),
        ("", "", ""),
        ("1", "2", "3"),
        ("3.1", "3.2", "4.1", "4.2"),
        ("1", "2a", "2b", "3"),
        ("A1", "A2", "B1"),
        ("1", "", "2"),
        ("1", "2", "1", "2", "1", "2", "3"),
    ],
)
def test_captions_in_order_are_left_alone(numbers: tuple[str, ...]) -> None:
    assert not found("caption-number", tables(*numbers))


def test_tables_and_figures_have_sequences_of_their_own() -> None:
    told = paper(table(("a", 1), number="1"), Figure("Calls", "1"), table(("a", 1), number="2"), Figure("Users", "2"))
    assert not found("caption-number", told)


def test_tables_and_figures_may_share_one_sequence() -> None:
    told = paper(table(("a", 1), number="1"), Figure("Calls", "2"), table(("a", 1), number="3"))
    assert not found("caption-number", told)


def test_an_appendix_may_number_its_tables_anew() -> None:
    told = paper(
        table(("a", 1), number="1", caption="Calls"), heading("Appendix B: Details"),
        table(("a", 1), number="1", caption="Calls by day"),
    )  # fmt: skip
    assert not found("caption-number", told)


def test_a_table_that_goes_on_over_a_page_keeps_its_number() -> None:
    told = paper(
        table(("a", 1), number="1", caption="Calls"), table(("b", 1), number="1", caption="Calls (continued)"),
        table(("b", 1), number="2", caption="Users"),
    )  # fmt: skip
    assert not found("caption-number", told)


def test_a_caption_whose_table_the_reader_lost_is_still_there() -> None:
    told = paper(table(("a", 1), number="1"), item("Table 2: Users by site"), table(("a", 1), number="3"))
    assert not found("caption-number", told)


def test_a_number_without_words_is_no_second_caption() -> None:
    told = paper(table(("a", 1), number="1"), table(("a", 1), number="1", caption="Calls"))
    assert not found("caption-number", told)


def test_a_first_caption_other_than_1_is_a_query() -> None:
    (finding,) = found("caption-number", tables("2", "3"))
    assert finding.severity == "query"


@pytest.mark.parametrize(
    ("told", "message"),
    [
        (("1 Purpose", "2 Advice", "1 Entry", "1.1 New", "2 Calls"), "start again at 1 after 2"),
        (("1 Purpose", "2 Advice", "2 Entry", "3 Calls"), "Section 2 is numbered twice"),
        (("1 Purpose", "2 Advice", "4 Entry", "5 Calls"), "there is no section 3"),
        (("1 Purpose", "2 Advice", "4 Entry", "4 Calls", "5 End"), "there is no section 3"),
        (("1 P", "2 Q", "2.1 A", "3.2 B", "2.3 C"), "3.2 stands after 2.1"),
        (("1 P", "2 Q", "2.1 A", "2.3 B", "2.4 C"), "there is no section 2.2"),
        (("1 P", "2 Q", "4 R", "3 S", "5 T"), "Section 3 stands after section 4"),
        (("1 P", "Helpdesk", "3 R"), "“Helpdesk” has no number where section 2 is due"),
        (("1 P", "1.1 A", "1.2 B", "Helpdesk", "3 R"), "“Helpdesk” has no number where section 2 is due"),
    ],
)  # fmt: skip
def test_a_heading_out_of_sequence_is_one_error(told: tuple[str, ...], message: str) -> None:
    (finding,) = found("section-number", headings(*told))
    assert message in finding.message
    assert finding.severity == "error"


@pytest.mark.parametrize(
    "told",
    [
        ("Purpose", "Advice", "Calls"),
        ("1 Purpose", "2 Advice", "2.1 New", "2.2 Old", "3 Calls"),
        ("1 Purpose", "1.1 A", "1.1.1 B", "1.1.2 C", "1.2 D", "2 E"),
        ("1 Purpose", "2 Advice", "Glossary"),
        ("1 Purpose", "2 Advice", "Appendix A: Details", "1 Calls", "2 Users"),
        ("1 Purpose", "A1 Details", "A2 More", "B1 Rest"),
        ("Background", "1.1 Words", "1.2 More", "Options", "2.1 Words", "2.2 More"),
    ],
)
def test_headings_in_sequence_or_without_numbers_are_left_alone(told: tuple[str, ...]) -> None:
    assert not found("section-number", headings(*told))


def test_numbers_may_start_again_under_another_unnumbered_heading() -> None:
    told = paper(
        heading("Events"), heading("Talk", "1", 2), heading("Tour", "2", 2),
        heading("Posts"), heading("Clerk", "1", 2), heading("Chair", "2", 2),
    )  # fmt: skip
    assert not found("section-number", told)


def test_a_number_that_a_paragraph_carries_is_not_missing() -> None:
    told = paper(heading("Purpose", "1"), paragraph("2. Advice is given below."), heading("Calls", "3"))
    assert not found("section-number", told)


@pytest.mark.parametrize(
    ("marks", "message"),
    [
        (("1", "2", "4"), "there is no note 3"),
        (("1", "2", "2", "3"), "Two notes are numbered 2"),
        (("1", "2", "1", "2"), "start again at 1"),
    ],
)
def test_notes_out_of_sequence_are_errors(marks: tuple[str, ...], message: str) -> None:
    (finding,) = found("footnote-number", noted(*marks))
    assert message in finding.message


@pytest.mark.parametrize(
    ("marks", "pages"),
    [
        ((), ()),
        (("1", "2", "3"), ()),
        (("1", "2", "1", "2"), (1, 1, 2, 2)),
        (("a", "b", "*"), ()),
        (("3", "4"), (7, 7)),
    ],
)
def test_notes_in_sequence_on_the_whole_or_page_by_page_are_left_alone(
    marks: tuple[str, ...], pages: tuple[int, ...]
) -> None:
    assert not found("footnote-number", noted(*marks, pages=pages))


def test_a_mark_without_a_note_is_an_error() -> None:
    rows = (Row((Cell("Calls", ("1",)), Cell("12", ("2",)))),)
    told = Paper("p", Reading(Form.HTML, (Table(rows),), (Footnote("1", "By telephone."),)))
    (finding,) = found("footnote-number", told)
    assert finding.message == "The mark 2 has no note."


def test_a_power_is_no_mark() -> None:
    rows = (Row((Cell("Calls", ("1",)), Cell("2", ("64",)))),)
    told = Paper("p", Reading(Form.HTML, (Table(rows),), (Footnote("1", "By telephone."),)))
    assert not found("footnote-number", told)


def test_a_note_whose_mark_is_not_met_is_a_query_where_the_others_are() -> None:
    notes = (Footnote("1", "By telephone."), Footnote("2", "By post."))
    blocks = (Paragraph("We had 12 calls.", marks=("1",)), Paragraph("And 4 letters."))
    (finding,) = found("footnote-number", Paper("p", Reading(Form.HTML, blocks, notes)))
    assert (finding.severity, finding.message) == ("query", "Nothing in the text has the mark 2.")


def test_notes_of_a_form_that_keeps_no_marks_are_left_alone() -> None:
    notes = (Footnote("1", "By telephone."), Footnote("2", "By post."))
    assert not found("footnote-number", Paper("p", Reading(Form.TEXT, (Paragraph("We had 12 calls."),), notes)))


def about(text: str, *attachments: Attachment) -> Paper:
    return paper(
        heading("Purpose", "1"), heading("Calls", "2"), heading("By day", "2.1", 2),
        paragraph(text), table(("a", 1), number="1", caption="Calls"), Figure("Users", "1", (DataLabel("a", "1"),)),
        attachments=attachments,
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "The details are provided in Appendix C.",
        "Further details can be found in Confidential Appendix B.",
        "Table 9 shows the calls of each day.",
        "The trend is clear (see Figure 4).",
        "Tables 1 and 3 show the calls.",
        "The costs are told in section 7 of this paper.",
        "Appendices A and D give the responses in full.",
    ],
)
def test_a_part_that_is_named_and_not_there_is_an_error(text: str) -> None:
    (finding,) = found("missing-target", about(text, A))
    assert finding.severity == "error"
    assert "The paper has no" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Details can be found in confidential Appendix A and in Table 1.",
        "Users must meet the requirements of SEC Section H1 and Section D.",
        "Appendix L of the SEC sets out the steps.",
        "As required by SEC Appendix L, Section 4, we told the Panel.",
        "The steps in SEC Appendix L are old. Those of Appendix L sections 5 and 6 need an order.",
        "Ofgem consulted on Schedule 4 of the Licence and Part 2 of its annex.",
        "It may face Panel action (as set out in Section M8.4).",
        "The group agreed to amend Sections 5.1 and 7.3 of the guidance.",
        "The group agreed to amend Table 12.",
        "BSCP40 Appendix 3 and the DCUSA Schedule 16 apply.",
        "Appendix 1 of the document sums up the responses.",
        "The change ‘Updates to Appendix B – Expiry’ was approved.",
        "The Act’s Annex 7 and its Table 4 set the limits.",
        "As section 2.1 says, calls fell; see section 2.",
        "Under Section 9 of the Electricity Act 1989 a licensee must be efficient.",
        "UNC TPD Section G5 and IGT UNC Part K are changed.",
        "The table shows the calls, and the appendix the rest.",
    ],
)
def test_parts_that_are_there_or_another_documents_are_left_alone(text: str) -> None:
    assert not found("missing-target", about(text, A))


def test_a_section_without_more_words_is_a_query() -> None:
    (finding,) = found("missing-target", about("The costs are higher under section 7.", A))
    assert finding.severity == "query"


def test_a_paper_without_numbers_is_not_asked_for_tables_and_sections() -> None:
    assert not found("missing-target", paper("As Table 2 and section 3 show, calls fell."))


def test_the_right_letter_under_another_word_is_a_query() -> None:
    (finding,) = found("missing-target", about("The results are in Annex A.", A))
    assert (finding.severity, finding.suggestion) == ("query", "Appendix A")


def test_an_attachment_headed_in_the_paper_is_there() -> None:
    told = paper("The responses are in Annex 2.", heading("Annex 1: Text"), heading("Annex 2 – Responses"))
    assert not found("missing-target", told)


@pytest.mark.parametrize(
    ("text", "attached", "severity"),
    [
        ("Set out in Green Appendix A.", "AMBER", "error"),
        ("Set out in Appendix A (RED).", "AMBER", "error"),
        ("Set out in confidential Appendix A.", "WHITE", "query"),
        ("Set out in public Appendix A.", "RED", "query"),
        ("Set out in the public Appendix A.", "CONFIDENTIAL", "error"),
    ],
)
def test_a_class_that_contradicts_the_list_is_found(text: str, attached: str, severity: str) -> None:
    told = paper(text, attachments=(Attachment("Appendix A", "Results", attached, Place(9, 9)),))
    assert [finding.severity for finding in found("attachment-class", told)] == [severity]


@pytest.mark.parametrize(
    ("text", "attached"),
    [
        ("Set out in Amber Appendix A.", "AMBER"),
        ("Set out in confidential Appendix A.", "RED"),
        ("Set out in Confidential Appendix A.", "Amber"),
        ("Set out in Appendix A.", "GREEN"),
        ("Set out in Green Appendix A.", ""),
        ("Set out in Appendix A (attached).", "RED"),
        ("Public minutes are not in Appendix A.", "RED"),
    ],
)
def test_a_class_that_may_be_so_is_left_alone(text: str, attached: str) -> None:
    told = paper(text, attachments=(Attachment("Appendix A", "Results", attached, Place(9, 9)),))
    assert not found("attachment-class", told)


def beside(first: str, words: str, second: str, more: str = "Nothing else is to be said of this.") -> Paper:
    return paper(heading(first, level=2), paragraph(words), heading(second, level=2), paragraph(more))


@pytest.mark.parametrize(
    ("first", "words", "second"),
    [
        ("Repository Entry Testing (RET)", "No notices of UET completion came in.", "User Entry Testing (UET)"),
        ("Gas demand", "Electricity demand fell by a tenth.", "Electricity demand"),
        ("Arrivals by day", "Departures rose on each day of the week.", "Departures by day"),
    ],
)
def test_words_that_are_only_about_a_siblings_subject_are_a_query(first: str, words: str, second: str) -> None:
    (finding,) = found("heading-content", beside(first, words, second))
    assert finding.severity == "query"


def test_two_sections_whose_paragraphs_changed_places_are_a_query() -> None:
    told = beside("Budget", "The helpdesk took more calls in May than in April.", "Helpdesk",
                  "The budget is spent to a half, and no more is due.")  # fmt: skip
    (finding,) = found("heading-content", told)
    assert "Helpdesk" in finding.message


@pytest.mark.parametrize(
    ("first", "words", "second"),
    [
        ("Repository Entry Testing (RET)", "No notices of RET completion came in.", "User Entry Testing (UET)"),
        ("Repository Entry Testing (RET)", "No notices came in.", "User Entry Testing (UET)"),
        ("Gas demand", "Gas demand fell, as electricity demand did.", "Electricity demand"),
        ("Change Board", "The CSC sent two proposals on.", "Change Sub-Committee (CSC)"),
        ("Security Group", "The SG spoke of the technical group’s plans.", "Technical Group"),
        ("Budget", "The helpdesk had 12 calls.", "Helpdesk"),
    ],
)
def test_words_about_their_own_heading_or_neither_are_left_alone(first: str, words: str, second: str) -> None:
    assert not found("heading-content", beside(first, words, second))


def test_a_list_announced_before_the_next_section_is_an_error_when_it_is_absent() -> None:
    told = paper(heading("Panel", "1"), paragraph("The Panel considered the following reports:"), heading("Board", "2"))
    (finding,) = found("absent-list", told)
    assert finding.severity == "error"


def test_a_list_announced_at_the_end_of_the_paper_is_an_error_when_it_is_absent() -> None:
    assert found("absent-list", paper("Members are asked to respond to these questions and proposals in turn.",
                                      "The following members will leave the Board:"))  # fmt: skip


@pytest.mark.parametrize(
    "lead",
    [
        "In May, the Panel considered the first reports on:",
        "The pack held the following two reports:",
        "Three points were agreed on the budget:",
    ],
)
def test_prose_where_a_list_is_due_is_a_query(lead: str) -> None:
    told = paper(lead, "The Panel agreed that both changes should go to consultation.", heading("Board"))
    assert [finding.severity for finding in found("absent-list", told)] == ["query"]


@pytest.mark.parametrize(
    "blocks",
    [
        ("The Panel considered the following reports:", item("Calls"), item("Users")),
        ("The Panel considered the following reports:", table(("Calls", 1))),
        ("The Panel met the following members:", "Pat Example", "Sam Example"),
        ("The group met in May, where the following topics were discussed:", "The new rules were told at length.",
         "Members asked for more time."),
        ("The Panel’s answer to the question was:", "The Panel has no plan to change this."),
        ("The rule reads, in full, as follows in:", "The Panel shall meet each month."),
        ("Closing Date:", "4 February 2022"),
        ("For more on this, please write to the following address:", "The Clerk, 1 Example Street."),
    ],
)  # fmt: skip
def test_announcements_that_are_kept_or_announce_no_list_are_left_alone(blocks: tuple[object, ...]) -> None:
    assert not found("absent-list", paper(*blocks))  # type: ignore[arg-type]


def test_headings_below_may_be_the_list() -> None:
    told = paper(
        heading("Testing", "4", 1), paragraph("The group met to discuss the following topics:"),
        heading("Release 2", level=3), paragraph("The group agreed."),
    )  # fmt: skip
    assert not found("absent-list", told)
