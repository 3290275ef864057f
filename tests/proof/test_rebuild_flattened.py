"""Tables and figures that were flattened into lines of text."""

from __future__ import annotations

from secretariat.proof.paper import Figure, Form, Heading, Paragraph, Table
from secretariat.proof.readers import text
from secretariat.proof.readers.lines import Line
from secretariat.proof.readers.rebuild import rebuilt
from tests.proof.rebuilding import heads, read, rows, said, spaced, table_in


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
