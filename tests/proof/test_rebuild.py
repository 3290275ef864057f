"""Printed lines back into blocks. The papers are invented; two tables have the published numbers of real reports."""

from __future__ import annotations

from textwrap import dedent

from secretariat.proof.paper import Block, Figure, Form, Heading, Item, Paragraph, Reading, Table
from secretariat.proof.readers import text
from secretariat.proof.readers.lines import Line
from secretariat.proof.readers.rebuild import rebuilt

MONTHS = [f"{month} {year}" for month, year in zip(
    ("Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb"), [19] * 11 + [20] * 2,
    strict=True,
)]  # fmt: skip


def read(paper: str) -> Reading:
    return text.read(dedent(paper).encode())


def spaced(paper: str) -> Reading:
    """The paper as it comes out of a PDF: a blank line after every line."""
    return text.read("\n\n".join(line for line in dedent(paper).splitlines() if line.strip()).encode())


def table_in(reading: Reading) -> Table:
    (table,) = (block for block in reading.blocks if isinstance(block, Table))
    return table


def rows(table: Table) -> list[list[str]]:
    return [list(row.texts) for row in table.rows]


def heads(table: Table) -> list[list[str]]:
    return [list(row.texts) for row in table.head]


def said(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Paragraph | Item)]


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


def test_headings_without_numbers_stand_before_prose_and_names_in_a_list_do_not() -> None:
    reading = read("""
        Present:
        A. Sample (Chair)
        B. Example (Network)
        C. Specimen (Supplier)

        1. Report
        Alerts and Their Causes
        The number of alerts went up in all of the regions, and the reason for it is not known so far.

        Aged Incidents
        The number of incidents went down.
        """)
    assert [(block.text, block.level) for block in reading.blocks if isinstance(block, Heading)] == [
        ("Report", 1), ("Alerts and Their Causes", 2), ("Aged Incidents", 2),
    ]  # fmt: skip


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


def test_a_front_whose_labels_came_first_is_put_together() -> None:
    reading = read("""
        Reference
        Action
        Date

        ABC_12_0406_03
        For Information
        4 June 2021
        """)
    assert said(reading.blocks) == ["Reference: ABC_12_0406_03", "Action: For Information", "Date: 4 June 2021"]


def test_running_heads_and_feet_are_told_once_and_page_numbers_never() -> None:
    page = "ABC_12 – Report\n\nThe Committee heard that the {0}\n\nitem of the {0} day was noted.\n\nPage {1} of 3\n\fx"
    pages = [page.format(name, at) for at, name in enumerate(("first", "second", "third"), 1)]
    reading = text.read("".join(each.removesuffix("x") for each in pages).encode())
    assert said(reading.blocks).count("ABC_12 – Report") == 1
    assert not [words for words in said(reading.blocks) if words.startswith("Page")]
    assert said(reading.blocks)[-1] == "The Committee heard that the third item of the third day was noted."


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


MEMBERSHIP = [
    ["Accessions", *["10", "3", "3", "1", "0", "0", "2", "1", "1", "4", "4", "2", "2"]],
    ["In Default", *["6", "5", "4", "4", "4", "6", "4", "4", "5", "5", "5", "2", "2"]],
    ["Withdrawals", *["0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0"]],
    ["Expulsions", *["1", "1", "0", "0", "0", "1", "0", "2", "1", "1", "0", "1", "1"]],
]


def test_a_head_of_months_a_cell_a_line_stands_over_rows_on_a_line() -> None:
    printed = "\n\n".join("\n\n".join(month.split()) for month in MONTHS)
    body = "\n\n".join(" ".join(row) for row in MEMBERSHIP)
    table = table_in(text.read(f"It counts, by month:\n\n{printed}\n\n{body}\n\nTable 2: Parties\n".encode()))
    assert heads(table) == [["", *MONTHS]]
    assert rows(table) == MEMBERSHIP
    assert (table.number, table.caption, table.rebuilt) == ("2", "Parties", True)


def test_a_table_of_one_cell_a_line_comes_back_whole() -> None:
    cells = ["\n".join(month.split()) for month in MONTHS] + [cell for row in MEMBERSHIP for cell in row]
    table = table_in(text.read(("Table 2: Parties\n\n" + "\n\n".join(cells)).encode()))
    assert heads(table) == [["", *MONTHS]]
    assert rows(table) == MEMBERSHIP


def test_an_aligned_table_comes_back_whole() -> None:
    lines = ["".join(f"{cell:>6}" for cell in ["", *(month.split()[at] for month in MONTHS)]) for at in (0, 1)]
    lines[1] = "Group" + lines[1][5:]
    lines += [f"{row[0]:<12}" + "".join(f"{cell:>6}" for cell in row[1:]) for row in MEMBERSHIP]
    table = table_in(text.read("\n".join(lines).encode()))
    assert heads(table) == [["Group", *MONTHS]]
    assert rows(table) == MEMBERSHIP


def test_labels_wrapped_over_lines_stand_before_their_numbers() -> None:
    table = table_in(
        read("""
        The enquiries of the last months are shown in the table below, by what they were about:

        Feb

        19

        Mar

        19

        Apr

        19

        Accessions 56 50 28

        Sub-
        Committees

        298 331 355

        Panel & Board
        Correspondenc
        e

        45 65 46

        Sept- Group 1 2 3

        Total 1,571 1,677 1,545

        Table 5: Enquiries
        """)
    )
    assert [row[0] for row in rows(table)] == [
        "Accessions", "Sub-Committees", "Panel & Board Correspondence", "Sept- Group", "Total",
    ]  # fmt: skip
    assert rows(table)[2] == ["Panel & Board Correspondence", "45", "65", "46"]


def test_labels_that_wrap_downwards_in_an_aligned_table_stay_with_their_row() -> None:
    table = table_in(
        read("""
                                       Feb 19    Mar 19    Apr 19
        Accessions                         56        50        28
        Modification Consultation           2         4         7
        Correspondence
        Contact details                    39        38        29
        changes
        Total                              97        92        64
        """)
    )
    assert [row[0] for row in rows(table)] == [
        "Accessions", "Modification Consultation Correspondence", "Contact details changes", "Total",
    ]  # fmt: skip


def test_scanned_rules_are_no_numbers_and_a_scanned_nought_is_one() -> None:
    table = table_in(
        read("""
        The visits of each month are in the table, for the half of a year that this paper speaks of:

        2017 2018

        Oct Nov Dec Jan Feb Mar
        Visits 5,775 |5,499 |[5,728 (9,984 10,419 |6,099
        Withdrawals | O 12 0 0 0 13
        Page 17,808 | 16,765 | 15,821 | 16,845 |19,854 |25,224
        Views

        Table 6: Visits
        """)
    )
    assert heads(table) == [["", "2017", "", "", "2018", "", ""], ["", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]]
    assert rows(table) == [
        ["Visits", "5,775", "5,499", "5,728", "9,984", "10,419", "6,099"],
        ["Withdrawals", "O", "12", "0", "0", "0", "13"],
        ["Page Views", "17,808", "16,765", "15,821", "16,845", "19,854", "25,224"],
    ]


def test_a_head_that_lost_months_claims_no_columns() -> None:
    table = table_in(
        read("""
        Oct- Nov Feb-
        17 17 18
        Accessions 9 3 7 8 6
        In Default 0 0 0 1 1
        """)
    )
    assert heads(table) == [["Oct-17 Nov 17 Feb-18"]]
    assert [len(row) for row in rows(table)] == [6, 6]


def test_names_of_groups_between_rows_are_rows_of_one_cell() -> None:
    table = table_in(
        spaced("""
        The division of effort within the reporting month is shown at the level of the driver below:
        Driver Days
        Services
        Committee Support 101
        Security and Privacy 122
        Projects
        Supplier of
        Last Resort 3
        Grand Total 226
        Table 4: Effort (days)
        """)
    )
    assert heads(table) == [["Driver", "Days"]]
    assert rows(table) == [
        ["Services"], ["Committee Support", "101"], ["Security and Privacy", "122"], ["Projects"],
        ["Supplier of Last Resort", "3"], ["Grand Total", "226"],
    ]  # fmt: skip


def test_a_table_with_two_columns_of_labels_keeps_them_apart() -> None:
    table = table_in(
        read("""
                                  Driver                          Days
        Services                  Committee Support                101
                                  Security and Privacy             122
        Projects                  Data Quality                       9
        Grand Total                                                232
        """)
    )
    assert heads(table) == [["", "Driver", "Days"]]
    assert rows(table) == [
        ["Services", "Committee Support", "101"], ["", "Security and Privacy", "122"],
        ["Projects", "Data Quality", "9"], ["Grand Total", "", "232"],
    ]  # fmt: skip


def test_brackets_and_dashes_are_numbers_and_a_ruled_line_is_nothing() -> None:
    table = table_in(
        read("""
        Income and cost are in the table.

                              Budget      Actual     Variance
                              £000        £000       £000
        Services              1,250       1,190        (60)
        Other                    —           12         12
                            --------    --------    --------
        Total                 1,250       1,202        (48)
        """)
    )
    assert heads(table) == [["", "Budget", "Actual", "Variance"], ["", "£000", "£000", "£000"]]
    assert rows(table)[1:] == [["Other", "—", "12", "12"], ["Total", "1,250", "1,202", "(48)"]]


def test_cells_of_words_that_wrap_are_put_together_by_column() -> None:
    table = table_in(
        read("""
        Table 4: The lists
        List                        Obligation                      Update
        Central Products List       Section F2                      Seven new versions in
                                    The list is kept current.       February 2020.
        Pending Combinations        Section F3                      No new version was given in
        List                        The list is published.          February 2020.
        """)
    )
    assert heads(table) == [["List", "Obligation", "Update"]]
    assert rows(table) == [
        ["Central Products List", "Section F2 The list is kept current.", "Seven new versions in February 2020."],
        [
            "Pending Combinations List",
            "Section F3 The list is published.",
            "No new version was given in February 2020.",
        ],
    ]


def test_the_head_of_a_table_that_is_printed_again_on_the_next_page_is_no_row() -> None:
    reading = read("""
        8. Meetings
        The meetings are in this table.
        They are those of the month.
        None of them was held elsewhere.
        Table 8: Meetings
        Category      Meeting             Date           Published
        Governance    Panel               14/02/2020     The minutes.
                      Forum               13/02/2020     The papers.
                      Group A             12/02/2020     The papers.
                      Group B             12/02/2020     The papers.
                      Group C             11/02/2020     The papers.
                      Group D             10/02/2020     The papers.
        \fCategory      Meeting             Date           Published
                      Board               15/02/2020     Nothing, as they are
                                          16/02/2020     confidential.
        """)
    assert rows(table_in(reading))[0] == ["Governance", "Panel", "14/02/2020", "The minutes."]
    assert rows(table_in(reading))[5:] == [
        ["", "Group D", "10/02/2020", "The papers."],
        ["", "Board", "15/02/2020 16/02/2020", "Nothing, as they are confidential."],
    ]


def test_rows_of_a_flattened_table_of_meetings_are_told_by_their_days() -> None:
    table = table_in(
        spaced("""
        The table below provides a summary of all of the meetings that were held in the last month:
        Category Meeting
        Panel 14/02/2020
        The regular meeting. Its minutes are
        published.
        Technical Sub-
        Committee (TSC)
        06/02/2020 It met once. The minutes
        are published.
        Operations Group
        (OG)
        04/02/2020
        07/02/2020
        It met twice in the month.
        OG_29_0402 - Headlines
        Question Hour N/A There was none
        in February.
        Table 7: Meetings
        """)
    )
    assert rows(table) == [
        ["Panel", "14/02/2020", "The regular meeting. Its minutes are published."],
        ["Technical Sub-Committee (TSC)", "06/02/2020", "It met once. The minutes are published."],
        ["Operations Group (OG)", "04/02/2020 07/02/2020", "It met twice in the month. OG_29_0402 - Headlines"],
        ["Question Hour", "N/A", "There was none in February."],
    ]
    assert (table.number, table.caption) == ("7", "Meetings")


def test_days_in_prose_make_no_table() -> None:
    reading = read("""
        The Committee met on 14/02/2020 and again on 21/02/2020. It will meet next on 06/03/2020 in the
        same room.
        The next one after that is on 20/03/2020.
        """)
    assert not [block for block in reading.blocks if isinstance(block, Table)]


def test_a_calendar_has_a_day_and_an_event_in_each_row() -> None:
    for line in ("{0}\t<a href='#'>{1}</a>", "{0}{1}", "{0} {1}", "{0}      {1}"):
        days = [("10th July", "Question Hour 14"), ("12th July", "Panel Meeting 33"), ("2 August", "Board Meeting 2")]
        reading = text.read("\n".join(["Dates to come:", "", *(line.format(*day) for day in days)]).encode())
        assert rows(table_in(reading)) == [list(day) for day in days]


def test_names_and_numbers_beside_a_figures_caption_are_its_labels() -> None:
    for paper in (
        "Figure 1: Groups\n\nLarge Suppliers 13\n\nElectricity Networks\n18\n\nGas Networks 13\n\n2. Next\n",
        "Large Suppliers 13\n\nElectricity Networks\n18\n\nGas Networks 13\n\nFigure 1: Groups\n\n2. Next\n",
    ):
        figure = text.read(paper.encode()).blocks[0]
        assert isinstance(figure, Figure)
        assert (figure.number, figure.caption) == ("1", "Groups")
        assert [(label.name, label.value) for label in figure.labels] == [
            ("Large Suppliers", "13"), ("Electricity Networks", "18"), ("Gas Networks", "13"),
        ]  # fmt: skip


def test_numbers_in_prose_make_no_table() -> None:
    reading = read("""
        In the month of June 2018 there were 47 calls and 1328 messages to the helpdesk, which is 21
        more than the year before, when there were 26 and
        1307 of them. SECAS Helpdesk: 020 7090 7755
        The total was 500.87.
        """)
    assert not [block for block in reading.blocks if isinstance(block, Table | Figure)]
    assert "there were 47 calls" in said(reading.blocks)[0]


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


def test_type_tells_headings_and_tables_found_by_a_reader_stay_where_they_stood() -> None:
    def line(words: str, number: int, size: float = 10, *, bold: bool = False) -> Line:
        return Line(words, 1, number, size=size, bold=bold)

    table = Table(())
    reading = rebuilt(
        [
            line("Report on the Year", 1, 18),
            line("What it is about", 2, 14),
            line("It is about the year that has passed and about what there was to be learnt from it, and", 3),
            line("it is short.", 4),
            table,
            line("What comes next", 5, bold=True),
            line("The next one will be written in the spring of the year, when all of the numbers are in.", 6),
        ],
        Form.PDF, pages=1,
    )  # fmt: skip
    kinds = [(type(block), getattr(block, "level", 0)) for block in reading.blocks]
    assert kinds == [(Heading, 1), (Heading, 2), (Paragraph, 0), (Table, 0), (Heading, 3), (Paragraph, 0)]
    assert reading.title == "Report on the Year"


def test_cells_that_come_round_in_order_tell_how_many_columns_there_are() -> None:
    names = [["Ash Limited", "Small Supplier"], ["Elm Limited", "Other"], ["Oak Limited", "Small Supplier"]]
    dated = [["Ash Limited", "Other", "17/02/2020"], ["Elm Limited", "Other", "19/02/2020"]]
    measured = [["Calls answered", "98.0%", "99.1%", "Met"], ["Orders kept", "97.0%", "91.5%", "Missed"]]
    for head, body in (
        (["Organisation", "Category"], names), (["Party", "Kind", "Date"], dated),
        (["Measure", "Target", "Achieved", "Outcome"], measured),
    ):  # fmt: skip
        printed = "\n\n".join([*head, *(cell for row in body for cell in row)])
        table = table_in(text.read(f"Table 1: The year\n\n{printed}\n\nSource: the record\n".encode()))
        assert heads(table) == [head]
        assert rows(table) == body


def test_a_word_after_the_numbers_of_every_row_is_a_cell() -> None:
    table = table_in(
        read("""
        Measure Target Achieved Outcome
        Calls answered in time 98.0% 99.1% Met
        Orders kept 97.0% 91.5% Below minimum
        Messages sent 95.0% 95.0% Met
        """)
    )
    assert heads(table) == [["Measure", "Target", "Achieved", "Outcome"]]
    assert rows(table)[1] == ["Orders kept", "97.0%", "91.5%", "Below minimum"]


def test_a_head_of_several_words_a_column_is_parted_at_its_capitals() -> None:
    table = table_in(
        read("""
        Carrier Morning peak Daytime Evening peak Total
        Aurelle 10 20 30 60
        Brightwing 1 2 3 6
        """)
    )
    assert heads(table) == [["Carrier", "Morning peak", "Daytime", "Evening peak", "Total"]]


def test_a_head_of_months_has_words_before_it_and_a_total_after_it() -> None:
    rest = "Hardware 25 23 27 75\nSoftware 14 35 11 60\n"
    for head in ("Cause July August September Total", "Cause\nJuly\nAugust\nSeptember\nTotal"):
        table = table_in(text.read(f"The causes are these:\n\n{head}\n{rest}".encode()))
        assert heads(table) == [["Cause", "July", "August", "September", "Total"]]
        assert rows(table)[1] == ["Software", "14", "35", "11", "60"]
    table = table_in(text.read(b"The types are these:\n\nType Jul 20 Aug 20 Sep 20\nMoved in 1 2 3\nMoved out 4 5 6\n"))
    assert heads(table) == [["Type", "Jul 20", "Aug 20", "Sep 20"]]


def test_rows_that_start_with_a_reference_are_not_joined_to_a_paragraph() -> None:
    table = table_in(
        read("""
        The proposals that were before the group in the course of the month of May are shown below:
        Proposal Title Stage
        DCP 326 Allowing electronic signatures on the accession agreements of members Decision
        DCP 437 Clarifying the notice period for withdrawals Decision
        Table 1: Proposals
        The group will meet again in the month of June, when the proposals are to be looked at again.
        """)
    )
    assert [row[0][:7] for row in rows(table)] == ["DCP 326", "DCP 437"]


def test_the_head_of_a_calendar_is_its_head() -> None:
    table = table_in(
        read("""
        Date (2017)Meetings and events
        10th JulyQuestion Hour 14
        12th JulyPanel Meeting 33
        """)
    )
    assert heads(table) == [["Date (2017)", "Meetings and events"]]
    assert rows(table) == [["10th July", "Question Hour 14"], ["12th July", "Panel Meeting 33"]]
