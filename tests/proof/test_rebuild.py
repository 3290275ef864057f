"""Papers whose text came without marks: lines, headings, items, notes and links."""

from __future__ import annotations

from secretariat.proof.paper import Heading, Item, Paragraph
from tests.proof.rebuilding import read, said, spaced

PROSE = """
    2. Recommendation
    This paper tells the Committee what the administrator did for the code in the month of May and
    what it cost, with the days worked by each team.
    The Committee is asked to note the contents of this paper, and to say whether it would rather
    have it every quarter.
    """


def test_wrapped_lines_are_joined_and_a_short_line_ends_its_paragraph() -> None:
    for reading in (read(PROSE), spaced(PROSE)):
        heading, first, second = reading.blocks
        assert isinstance(heading, Heading)
        assert (heading.number, heading.text, heading.level) == ("2", "Recommendation", 1)
        assert isinstance(first, Paragraph)
        assert first.text.endswith("in the month of May and what it cost, with the days worked by each team.")
        assert isinstance(second, Paragraph)
        assert second.text.endswith("have it every quarter.")


def test_a_hyphen_at_the_end_of_a_line_stays_unless_the_paper_has_the_word_without_it() -> None:
    reading = read("""
        The administrator will from now on send out one summary of the meetings a month, and more ad-
        hoc notes where they are wanted; and it will ask the Parties at the end of the year about coop-
        eration, as cooperation is what the code depends on.
        """)
    assert "ad-hoc notes" in said(reading.blocks)[0]
    assert "about cooperation, as cooperation" in said(reading.blocks)[0]


def test_items_keep_their_marks_and_depth_and_swallow_no_later_paragraph() -> None:
    reading = spaced("""
        The paper speaks of these matters, each of which was before the Committee in the last month:
        • who acceded to the code, and on which day of the month their accession took effect, as far
        as it is known;
        • who left it; and
        o 10 assessments that were completed; and
        o One that was not.
        The Committee need not do anything about them.
        """)
    assert [(item.mark, item.level) for item in reading.blocks if isinstance(item, Item)] == [
        ("•", 1), ("•", 1), ("o", 2), ("o", 2),
    ]  # fmt: skip
    assert said(reading.blocks)[1].endswith("as far as it is known;")
    assert said(reading.blocks)[-1] == "The Committee need not do anything about them."


def test_lettered_and_numbered_clauses_are_items() -> None:
    reading = read("""
        2. Disputes
        2.1 In the month of May two disputes were raised. Neither of them has been closed so far, and
        both will be heard.
        2.2 They are:
        (a) one about a meter; and
        (b) one about a file.
        """)
    assert [item.mark for item in reading.blocks if isinstance(item, Item)] == ["2.1", "2.2", "(a)", "(b)"]
    assert said(reading.blocks)[0].endswith("and both will be heard.")


def test_a_line_of_prose_that_starts_with_a_number_is_no_heading() -> None:
    reading = read("""
        The change to the arrangements was put to the Parties in the spring and was then agreed by
        30 Parties out of the many that were asked for their view, and it went live with Release
        2.0. It will be looked at again in the autumn of the year after next by those who made it.
        """)
    assert len(reading.blocks) == 1


def test_the_front_of_a_paper_stays_label_and_value_a_line_each() -> None:
    reading = spaced("""
        Operations Report – May 2021
        Paper Reference: ABC_12_0406_03
        Action: For Information
        1. Purpose
        This paper tells the Committee what the administrator did for the code in the month of May.
        A. Sample
        The Team
        4 June 2021
        """)
    assert reading.title == "Operations Report – May 2021"
    assert said(reading.blocks)[:2] == ["Paper Reference: ABC_12_0406_03", "Action: For Information"]
    assert said(reading.blocks)[-3:] == ["A. Sample", "The Team", "4 June 2021"]


def test_a_list_of_contents_is_left_out() -> None:
    reading = read("""
        Contents
        1 Purpose . . . . . . . . . . . . . . 1
        2 Finance ........................... 2

        1 Purpose
        It tells the Committee how it went.
        """)
    assert [(block.number, block.text) for block in reading.blocks if isinstance(block, Heading)] == [("1", "Purpose")]


def test_footnotes_at_the_foot_of_a_page_are_taken_out_of_the_flow() -> None:
    reading = read("""
        The Committee had 14 seats, of which one was empty all through the month and one for a week.1

        1 The seat has been empty since the spring, and the administrator has asked twice for names to fill it, to no
        avail.
        2 It was filled again on the last day.
        """)
    assert [(note.mark, note.text) for note in reading.footnotes] == [
        ("1", "The seat has been empty since the spring, and the administrator has asked twice for names to fill it, "
              "to no avail."),
        ("2", "It was filled again on the last day."),
    ]  # fmt: skip
    assert len(reading.blocks) == 1


def test_lines_that_are_links_are_links_and_not_prose() -> None:
    reading = read("""
        The minutes have been published, and can be found on the website of the administrator of the
        https://example.org/minutes
        code since the day after.
        """)
    assert [link.target for link in reading.links] == ["https://example.org/minutes"]
    assert said(reading.blocks)[0].endswith("administrator of the code since the day after.")


def test_marks_of_a_web_page_are_taken_off_and_its_links_kept() -> None:
    reading = read("""
        # Newsletter

        ## NEW PROPOSALS

        Please answer by **5pm on 28 January 2022**, as told [here](https://example.org/a). The form is <b>short</b>.

        ### 1. First webinar
        """)
    assert [(block.number, block.text, block.level) for block in reading.blocks if isinstance(block, Heading)] == [
        ("", "Newsletter", 1), ("", "NEW PROPOSALS", 2), ("1", "First webinar", 3),
    ]  # fmt: skip
    assert said(reading.blocks) == ["Please answer by 5pm on 28 January 2022, as told here. The form is short."]
    assert reading.links[0].target == "https://example.org/a"
