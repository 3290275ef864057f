"""Papers that tell of the same things are held against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from secretariat.plain.months import Month
from secretariat.proof import RULES
from secretariat.proof.findings import Finding, Severity
from secretariat.proof.paper import (
    Block,
    Cell,
    Footnote,
    Form,
    Heading,
    Paper,
    Paragraph,
    Period,
    Place,
    Reading,
    Row,
    Table,
)

MONTHS = Month.range(Month(2021, 1), Month(2021, 6))
ENQUIRIES = {
    "Billing": [12, 15, 9, 20, 18, 31],
    "Metering": [40, 38, 41, 52, 47, 44],
    "Total": [52, 53, 50, 72, 65, 75],
}
MEMBERSHIP = {
    "Accessions": [3, 2, 0, 4, 1, 2], "In Default": [1, 1, 2, 0, 0, 1], "Withdrawals": [0, 1, 0, 0, 2, 0],
    "Expulsions": [1, 0, 0, 0, 0, 1],
}  # fmt: skip


def row(line: int, *texts: object) -> Row:
    return Row(tuple(Cell(str(text)) for text in texts), Place(1, line))


def table(rows: dict[str, list[int]], caption: str, months: Sequence[Month] = MONTHS) -> Table:
    head = (row(10, "", *(month.short for month in months)),)
    return Table(tuple(row(11 + at, label, *told) for at, (label, told) in enumerate(rows.items())), head, "1", caption)


def paper(name: str, month: Month, *blocks: Block, notes: tuple[Footnote, ...] = ()) -> Paper:
    return Paper(name, Reading(Form.MARKDOWN, blocks, notes), period=Period(month, month, month.label))


def part(rows: dict[str, list[int]], first: int, last: int) -> dict[str, list[int]]:
    return {label: told[first:last] for label, told in rows.items()}


def series_paper(name: str, last: int, rows: dict[str, list[int]] = ENQUIRIES, caption: str = "Enquiries") -> Paper:
    """A paper of the month at `last`, with a table of that month and three before it."""
    first = max(0, last - 3)
    return paper(name, MONTHS[last], table(part(rows, first, last + 1), caption, MONTHS[first : last + 1]))


def faulty(label: str, at: int, number: int) -> dict[str, list[int]]:
    return {key: [*told[:at], number, *told[at + 1 :]] if key == label else told for key, told in ENQUIRIES.items()}


def found(name: str, *papers: Paper) -> list[Finding]:
    return list(RULES[name].on(*papers))


# overlapping-series


def test_papers_that_agree_where_they_overlap_are_left_alone() -> None:
    assert found("overlapping-series", *(series_paper(f"{at}.md", at) for at in (3, 4, 5))) == []


def test_a_month_with_two_numbers_is_found_in_the_later_paper() -> None:
    (finding,) = found(
        "overlapping-series", series_paper("april.md", 3), series_paper("may.md", 4, faulty("Billing", 2, 90))
    )
    assert finding.file == "may.md"
    assert finding.severity is Severity.ERROR
    assert finding.text == "Billing: Mar 21 90"
    assert "Mar 21 9 in april.md" in finding.message
    assert finding.place.line == 11


def test_the_order_in_which_papers_are_given_does_not_matter() -> None:
    papers = [series_paper("april.md", 3), series_paper("may.md", 4, faulty("Billing", 2, 90))]
    assert found("overlapping-series", *papers) == found("overlapping-series", *reversed(papers))


def test_of_three_papers_the_one_that_differs_from_the_others_is_named() -> None:
    papers = [series_paper("a.md", 3), series_paper("b.md", 4, faulty("Metering", 3, 25)), series_paper("c.md", 5)]
    assert [finding.file for finding in found("overlapping-series", *papers)] == ["b.md"]


def test_a_row_is_reported_once_with_all_its_months() -> None:
    wrong = faulty("Billing", 2, 90) | {"Billing": [12, 51, 90, 20, 18, 31]}
    (finding,) = found("overlapping-series", series_paper("april.md", 3), series_paper("may.md", 4, wrong))
    assert finding.text == "Billing: Feb 21 51, Mar 21 90"


def test_labels_are_the_same_whatever_their_capitals_and_marks() -> None:
    other = {"billing*": [15, 9, 20, 88], "METERING": [38, 41, 52, 47], "Total ": [53, 50, 27, 65]}
    april, may = series_paper("april.md", 3), paper("may.md", MONTHS[4], table(other, "", MONTHS[1:5]))
    assert [finding.text for finding in found("overlapping-series", april, may)] == ["Total: Apr 21 27"]


def test_two_tables_with_the_same_rows_are_told_apart_by_their_numbers() -> None:
    calls = {label: [3 * number + 1 for number in told] for label, told in ENQUIRIES.items()}
    both = [
        paper(f"{last}.md", MONTHS[last], *(table(part(rows, 0, last + 1), caption, MONTHS[: last + 1])
              for rows, caption in ((ENQUIRIES, f"E-mails {last}"), (calls, f"Calls {last}"))))
        for last in (3, 4)
    ]  # fmt: skip
    assert found("overlapping-series", *both) == []


def test_tables_of_other_things_are_not_compared() -> None:
    other = {label: [number + 100 for number in told] for label, told in ENQUIRIES.items()}
    assert found("overlapping-series", series_paper("a.md", 3), series_paper("b.md", 4, other, "Visits")) == []


def test_a_dash_is_not_a_second_number() -> None:
    told = table(part(ENQUIRIES, 1, 5), "Enquiries", MONTHS[1:5])
    dashed = replace(told, rows=(row(11, "Billing", 15, "–", 20, 18), *told.rows[1:]))
    assert found("overlapping-series", series_paper("a.md", 3), paper("b.md", MONTHS[4], dashed)) == []


def test_figures_said_to_be_restated_are_a_query() -> None:
    later = series_paper("may.md", 4, faulty("Billing", 2, 90))
    told = replace(later, reading=replace(later.reading, footnotes=(Footnote("1", "March was restated in May."),)))
    assert [f.severity for f in found("overlapping-series", series_paper("april.md", 3), told)] == [Severity.QUERY]


def test_months_down_the_side_are_a_series_too() -> None:
    def down(numbers: list[int]) -> Table:
        rows = tuple(
            row(11 + at, month.short, number, number + 7)
            for at, (month, number) in enumerate(zip(MONTHS, numbers, strict=False))
        )
        return Table(rows, (row(10, "Month", "Visits", "Views"),), "1", "Website")

    april = paper("april.md", MONTHS[3], down([5, 6, 7, 8]))
    may = paper("may.md", MONTHS[4], down([5, 6, 9, 8, 4]))
    assert {finding.text for finding in found("overlapping-series", april, may)} == {
        "Visits: Mar 21 9",
        "Views: Mar 21 16",
    }


def test_a_sentence_is_held_against_the_other_papers_table() -> None:
    told = paper("letter.md", MONTHS[5], Paragraph("There were four Accessions in February 2021.", Place(1, 4)))
    statistics = series_paper("april.md", 3, MEMBERSHIP, "Party statistics")
    (finding,) = found("overlapping-series", statistics, told)
    assert (finding.file, finding.severity) == ("letter.md", Severity.QUERY)
    assert "april.md has 2 for February 2021" in finding.message


@pytest.mark.parametrize(
    "sentence",
    [
        "There were two Accessions in February 2021.",
        "There were four Accessions of Large Suppliers in February 2021.",
        "There were two more Accessions than in January 2021.",
        "About four Accessions were made in February 2021.",
    ],
)
def test_a_sentence_that_says_the_same_or_something_else_is_left_alone(sentence: str) -> None:
    told = paper("letter.md", MONTHS[5], Paragraph(sentence))
    assert found("overlapping-series", series_paper("april.md", 3, MEMBERSHIP, "Party statistics"), told) == []


# unexplained-total: what is told in prose


def membership(name: str, last: int, sentence: str, rows: dict[str, list[int]] = MEMBERSHIP) -> Paper:
    told = table(part(rows, max(0, last - 3), last + 1), "Party statistics", MONTHS[max(0, last - 3) : last + 1])
    return paper(name, MONTHS[last], Heading("Membership"), told, Paragraph(sentence, Place(2, 7)))


def parties(number: int) -> str:
    return f"At the end of the reporting month, there were {number} Parties to the Code representing 90 Voting Groups."


def test_a_stock_that_follows_from_the_flows_is_left_alone() -> None:
    papers = [membership("february.md", 1, parties(100)), membership("may.md", 4, parties(103))]
    assert found("unexplained-total", *papers) == []
    assert found("stock-and-flow", *papers) == []


def test_a_stock_that_does_not_follow_from_the_flows_is_an_error() -> None:
    (finding,) = found(
        "unexplained-total", membership("february.md", 1, parties(100)), membership("may.md", 4, parties(130))
    )
    assert (finding.file, finding.severity, finding.place) == ("may.md", Severity.ERROR, Place(2, 7))
    assert "from 100 at February 2021 in february.md to 130 at May 2021, a change of +30" in finding.message
    assert finding.message.endswith("makes +3.")
    assert finding.suggestion == "103 would follow."


def test_a_table_of_movements_of_membership_is_about_parties() -> None:
    def report(last: int, number: int) -> Paper:
        rows = {label: told for label, told in MEMBERSHIP.items() if label != "In Default"}
        told = table(part(rows, 0, last + 1), "Movements of membership", MONTHS[: last + 1])
        return paper(f"{last}.md", MONTHS[last], told, Heading("Voting Groups"), Paragraph(parties(number)))

    assert found("unexplained-total", report(1, 100), report(4, 103)) == []
    assert len(found("unexplained-total", report(1, 100), report(4, 104))) == 1


def test_of_three_stocks_only_the_wrong_one_is_found() -> None:
    papers = [
        membership("1.md", 1, parties(100)),
        membership("3.md", 3, parties(140)),
        membership("5.md", 5, parties(104)),
    ]
    assert [finding.file for finding in found("unexplained-total", *papers)] == ["3.md"]


def test_a_stock_without_a_day_is_a_query() -> None:
    papers = [membership("2.md", 1, parties(100)), membership("5.md", 4, "There are 130 Parties to the Code.")]
    assert [finding.severity for finding in found("unexplained-total", *papers)] == [Severity.QUERY]


@pytest.mark.parametrize(("number", "findings"), [(97, 1), (98, 0), (102, 0), (103, 1)])
def test_a_stock_on_a_day_within_a_month_may_hold_any_part_of_that_months_flows(number: int, findings: int) -> None:
    first = membership("february.md", 1, f"On 12 January 2021, there were {number} Parties to the Code.")
    later = membership("may.md", 4, parties(105))
    assert len(found("unexplained-total", first, later)) == findings


def test_a_paper_dated_within_its_month_does_not_tell_its_end() -> None:
    early = replace(membership("february.md", 1, "There are 102 Parties to the Code."), dated=date(2021, 2, 10))
    assert found("unexplained-total", early, membership("may.md", 4, parties(107))) == []
    assert len(found("unexplained-total", early, membership("may.md", 4, parties(108)))) == 1


def test_the_stock_of_a_part_is_left_alone() -> None:
    papers = [
        membership(f"{last}.md", last, f"There were {number} Small Supplier Parties to the Code.")
        for last, number in ((1, 40), (4, 70))
    ]
    assert found("unexplained-total", *papers) == []


@pytest.mark.parametrize(
    "sentence", ["There were 12 Parties in default.", "There were 12 Parties who voted.", "There were six new Parties."]
)
def test_a_number_of_some_is_not_a_stock(sentence: str) -> None:
    assert found("unexplained-total", membership("2.md", 1, parties(100)), membership("5.md", 4, sentence)) == []


def test_open_work_follows_from_what_was_raised_and_closed() -> None:
    rows = {"Raised": [5, 6, 2, 4, 8, 3], "Closed": [4, 4, 4, 4, 4, 4]}

    def report(last: int, number: int) -> Paper:
        said = Paragraph(f"At the end of {MONTHS[last].label} we have {number} open proposals.", Place(1, 3))
        return paper(
            f"{last}.md",
            MONTHS[last],
            table(part(rows, 0, last + 1), "Proposals raised and closed", MONTHS[: last + 1]),
            said,
        )

    assert found("unexplained-total", report(2, 30), report(4, 34)) == []
    assert [finding.file for finding in found("unexplained-total", report(2, 30), report(4, 43))] == ["4.md"]


def test_flows_that_papers_tell_differently_may_be_either() -> None:
    other = MEMBERSHIP | {"Accessions": [3, 2, 5, 4, 1, 2]}
    papers = [
        membership("4.md", 3, parties(100)),
        membership("6.md", 5, parties(100), other),
        membership("1.md", 1, parties(96)),
    ]
    assert found("unexplained-total", *papers) == []


def gap(name: str, first: int, last: int, number: int) -> Paper:
    """A paper whose table starts some months after the earlier paper's ended."""
    told = table({"Accessions": [4] * (last - first), "Exits": [1] * (last - first)}, "Party statistics", Month.range(
        Month(2021, 1), Month(2022, 12))[first:last])  # fmt: skip
    return paper(name, Month(2021, 1).plus(last - 1), told, Paragraph(parties(number)))


def test_months_not_told_that_would_undo_the_others_are_a_question() -> None:
    (finding,) = found("unexplained-total", gap("1.md", 0, 3, 100), gap("2.md", 6, 14, 110))
    assert finding.severity is Severity.QUERY
    assert "a change of +10, while the 8 months told between make +24; the 3 not told" in finding.message


def test_months_not_told_that_add_to_the_others_are_not() -> None:
    assert found("unexplained-total", gap("1.md", 0, 3, 100), gap("2.md", 6, 14, 130)) == []


def test_where_most_months_are_not_told_nothing_is_asked() -> None:
    assert found("unexplained-total", gap("1.md", 0, 3, 100), gap("2.md", 12, 14, 99)) == []


def unclear(last: int, number: int) -> Paper:
    rows = {"Accessions": [3, 2, 1, 4, 1, 2], "Withdrawals": [0, 1, 0, 0, 2, 0], "Transfers": [0, 0, 0, 5, 5, 0]}
    return membership(f"{last}.md", last, parties(number), rows)


@pytest.mark.parametrize(("number", "findings"), [(104, 0), (114, 0), (94, 0), (109, 1)])
def test_a_row_of_unknown_sign_may_add_take_or_do_nothing(number: int, findings: int) -> None:
    assert len(found("unexplained-total", unclear(1, 100), unclear(4, number))) == findings


def listed(month: int, version: str, made: str) -> Paper:
    said = f"{made} new CPL versions were created. The current list is version {version} of the CPL."
    return paper(f"{month}.md", Month(2021, month), Paragraph(said))


@pytest.mark.parametrize(("version", "findings"), [("12.9", 0), ("12.8", 1), ("13.1", 0)])
def test_a_lists_version_moves_by_the_versions_made(version: str, findings: int) -> None:
    told = found("unexplained-total", listed(3, "12.4", "Two"), listed(4, version, "Five"))
    assert len(told) == findings
    assert all(
        "from version 12.4 in March 2021 to 12.8 in April 2021, 4 on, but 5" in finding.message for finding in told
    )


# stock-and-flow: what is told in tables


def test_a_stock_in_a_table_follows_from_its_flows() -> None:
    rows = MEMBERSHIP | {"Total Parties": [102, 103, 103, 170, 106, 107]}
    papers = [membership(f"{last}.md", last, "Nothing else.", rows) for last in (3, 5)]
    assert {finding.text for finding in found("stock-and-flow", *papers)} == {"Total Parties: Apr 21 170"}


def register(month: Month, opening: str, closing: str, caption: str = "Meter points", *, heads: bool = True) -> Paper:
    told = (("Opening balance", opening), ("Added", "310"), ("Removed", "90"), ("Closing balance", closing))
    rows = tuple(row(5 + at, *cells) for at, cells in enumerate(told))
    return paper(f"{month}.md", month, Table(rows, (row(4, "", month.label),) if heads else (), "1", caption))


@pytest.mark.parametrize("heads", [True, False])
def test_a_month_opens_with_what_the_month_before_closed_with(*, heads: bool) -> None:
    april = register(Month(2021, 4), "20,100", "20,320", heads=heads)
    assert found("stock-and-flow", april, register(Month(2021, 5), "20,320", "20,540", heads=heads)) == []
    (finding,) = found("stock-and-flow", april, register(Month(2021, 5), "20,230", "20,450", heads=heads))
    assert (finding.file, finding.severity, finding.text) == ("2021-05.md", Severity.ERROR, "Opening balance: 20,230")
    assert finding.message == "May 2021 opens with 20,230, but April 2021 closed with 20,320 in 2021-04.md."


def test_months_apart_and_other_things_need_not_join() -> None:
    april = register(Month(2021, 4), "20,100", "20,320")
    assert found("stock-and-flow", april, register(Month(2021, 6), "20,999", "21,219")) == []
    assert found("stock-and-flow", april, register(Month(2021, 5), "7", "227", "Gas connections")) == []
