"""Tables of papers whose text came without them."""

from __future__ import annotations

from secretariat.proof.paper import Heading
from secretariat.proof.readers import text
from tests.proof.rebuilding import heads, read, rows, said, spaced, table_in

MONTHS = [f"{month} {year}" for month, year in zip(
    ("Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb"), [19] * 11 + [20] * 2,
    strict=True,
)]  # fmt: skip


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
