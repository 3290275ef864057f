"""Totals against their parts. Papers and names are invented."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.proof.evidence.sums import one_digit_apart, readings
from secretariat.proof.findings import Finding
from secretariat.proof.paper import DataLabel, Figure, Footnote, Paper, Table
from secretariat.proof.words.labels import Role, role
from tests.proof.build import found, heading, paper, reading, table

SUMS = ("column-total", "row-total", "rounded-total", "percentage-total")
EMAILS = [("Accessions", 56, 50), ("Sub-Committees", 298, "1,331"), ("Other", 41, "–")]
HEAD = ("", "Feb 19", "Mar 19")


def sums(*blocks: object) -> list[Finding]:
    return [each for rule in SUMS for each in found(rule, paper(*blocks))]  # type: ignore[arg-type]


def rules(*blocks: object) -> list[str]:
    return [finding.rule for finding in sums(*blocks)]


def test_a_total_that_is_the_sum_is_not_told() -> None:
    assert not sums(table(*EMAILS, ("Total", 395, "1,381"), head=HEAD))


def test_a_total_off_its_parts_is_told_by_column() -> None:
    (finding,) = sums(table(*EMAILS, ("Total", 398, "1,381"), head=HEAD, caption="Emails", line=3))
    assert finding.rule == "column-total"
    assert finding.severity == "error"
    assert finding.place.line == 7
    assert "Feb 19" in finding.message
    assert "395" in finding.message
    assert "398" in finding.text


def test_every_column_off_is_its_own_finding() -> None:
    assert rules(table(*EMAILS, ("Total", 398, "1,391"), head=("", "Feb 19", "Mar 19"))) == ["column-total"] * 2


def test_blank_cells_count_as_nought_and_are_told() -> None:
    (finding,) = sums(table(*EMAILS, ("Total", 395, "1,581"), head=HEAD))
    assert "1 blank cell counted as nought" in finding.message


def test_a_digit_damaged_in_the_total_is_proposed() -> None:
    (finding,) = sums(table(("A", "1,200"), ("B", 259), ("Total", "1,439"), head=("", "Number")))
    assert finding.suggestion.startswith("Print 1,459 as the total")
    assert "one digit differs" in finding.suggestion


def test_the_one_part_with_a_damaged_digit_is_proposed() -> None:
    (finding,) = sums(table(("Alpha", 12), ("Beta", 8), ("Gamma", 114), ("Total", 212), head=("", "Number")))
    assert "“Beta” would be 86 rather than 8 (one digit is lost)" in finding.suggestion


@pytest.mark.parametrize(
    "rows",
    [
        [("All", 30), ("A", 10), ("B", 20)],
        [("A", 10), ("B", 20), ("All", 30)],
        [("A", 10), ("B", 20), ("Subtotal", 30), ("C", 5), ("D", 6), ("Subtotal", 11), ("Grand total", 41)],
        [("One", ""), ("A", 10), ("B", 20), ("Total one", 30), ("Two", ""), ("C", 5), ("Total two", 5), ("Total", 35)],
        [("A", 10), ("B", 20), ("Subtotal", 30), ("C", 5), ("Total", 35)],
        [("Total one", 30), ("A", 10), ("B", 20), ("Total two", 5), ("C", 5), ("Grand total", 35)],
        [("A", 10), ("of which open", 4), ("B", 20), ("Total", 30)],
        [("A", 10), ("B", 20), ("Average", 15), ("Total", 30)],
        [("Joined", 10), ("Left", 4), ("Net change", 6)],
        [("A", 10), ("B", 20), ("DCC", 1), ("Total excluding DCC", 30)],
        [("A", 10), ("B", 20), ("Total", 30), ("Total last year", 25)],
        [("A", "(10)"), ("B", 20), ("Total", 10)],
        [("A", "£1.2m"), ("B", "£300,000"), ("Total", "£1.5m")],
        [("A", "O"), ("B", "2l"), ("Total", "21")],
    ],
)  # fmt: skip
def test_totals_over_under_and_within_groups_fit(rows: list[tuple[object, ...]]) -> None:
    assert not sums(table(*rows, head=("", "Number")))


@pytest.mark.parametrize(
    ("rows", "label"),
    [
        ([("All", 31), ("A", 10), ("B", 20)], "All"),
        ([("A", 10), ("B", 20), ("Subtotal", 33), ("C", 5), ("D", 6), ("Subtotal", 11), ("Total", 41)], "Subtotal"),
        ([("A", 10), ("B", 20), ("Subtotal", 30), ("C", 5), ("Subtotal", 5), ("Grand total", 51)], "Grand total"),
        ([("Joined", 10), ("Left", 4), ("Net change", 7)], "Net change"),
        ([("A", 10), ("B", 20), ("Total number of users", 35)], "Total number of users"),
        ([("A", 10), ("B", 20), ("Overall", 35)], "Overall"),
        ([("A", 10), ("B", 20), ("All users", 35)], "All users"),
    ],
)  # fmt: skip
def test_totals_over_under_and_within_groups_that_miss_are_told(rows: list[tuple[object, ...]], label: str) -> None:
    (finding,) = sums(table(*rows, head=("", "Number of users")))
    assert finding.rule == "column-total"
    assert finding.text.startswith(label)


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        ("Average days", [("A", 10), ("B", 20), ("Total", 15)]),
        ("Response rate", [("A", "50%"), ("B", "60%"), ("Total", "54%")]),
        ("Peak", [("A", 10), ("B", 20), ("Total", 20)]),
        ("Date", [("A", "10/02/2020"), ("B", "12/02/2020"), ("Total", "")]),
        ("Status", [("A", "open"), ("B", "closed"), ("Total", "both")]),
        ("Number", [("A", "<5"), ("B", 20), ("Total", 23)]),
        ("Number", [("Sites", 12), ("Total capacity of sites in MW", 340), ("Staff", 3)]),
        ("Year", [("A", 2019), ("B", 2020), ("Total", 2020)]),
    ],
)
def test_what_does_not_add_up_by_nature_is_left_alone(head: str, rows: list[tuple[object, ...]]) -> None:
    assert not sums(table(*rows, head=("", head)))


def test_a_row_total_is_checked_in_every_row() -> None:
    grid = [("A", 1, 2, 3), ("B", 4, 5, 10), ("C", 1, 1, 2), ("Total", 6, 8, 15)]
    findings = sums(table(*grid, head=("", "Raised", "Withdrawn", "Total")))
    assert [(finding.rule, finding.text) for finding in findings] == [
        ("row-total", "B: 10"),
        ("row-total", "Total: 15"),
    ]


def test_row_totals_pass_over_columns_that_are_no_parts() -> None:
    grid = [("A", 1, 2, 3, "33%", 9), ("B", 4, 5, 9, "44%", 9), ("C", 1, 1, 2, "50%", 9)]
    assert not sums(table(*grid, head=("", "Raised", "Withdrawn", "Total", "% raised", "Target")))


def test_a_year_beside_its_quarters_is_their_total() -> None:
    head = ("Cost", "Q1", "Q2", "Q3", "Q4", "Year")
    assert not sums(table(("Audit", 1, 2, 3, 4, 10), head=head))
    assert rules(table(("Audit", 1, 2, 3, 4, 11), head=head)) == ["row-total"]
    assert not sums(table(("Audit", 1, 2, 3, 2020), head=("Cost", "Low", "Mid", "High", "Year")))


def test_a_column_called_total_that_no_row_makes_is_left_alone() -> None:
    grid = [("A", 1, 2, 30), ("B", 4, 5, 90), ("C", 1, 1, 20)]
    assert not sums(table(*grid, head=("", "Raised", "Withdrawn", "Total")))


def test_a_difference_that_rounding_explains_is_a_query_that_says_so() -> None:
    rows = [("A", 101), ("B", 122), ("C", 142), ("Total", 366)]
    (finding,) = sums(table(*rows, head=("Driver", "Days")))
    assert (finding.rule, finding.severity) == ("rounded-total", "query")
    assert "rounding" in finding.message


def test_decimals_are_rounded_numbers() -> None:
    rows = [("A", "59.11"), ("B", "107.47"), ("Total", "166.59")]
    assert rules(table(*rows, head=("", "Effort"))) == ["rounded-total"]


def test_more_than_rounding_explains_is_an_error() -> None:
    rows = [("A", 101), ("B", 122), ("C", 142), ("Total", 369)]
    assert rules(table(*rows, head=("Driver", "Days"))) == ["column-total"]


@pytest.mark.parametrize(
    "caption", ["Emails", "Attendance at Engagement Days", "Requests answered within 10 Working Days"]
)
def test_counts_of_things_cannot_be_rounded(caption: str) -> None:
    rows = [("A", 101), ("B", 122), ("C", 142), ("Total", 366)]
    assert rules(table(*rows, head=("", "Number"), caption=caption)) == ["column-total"]


def test_a_paper_that_says_that_figures_are_rounded_is_not_asked() -> None:
    grid = table(("A", 101), ("B", 122), ("C", 142), ("Total", 366), head=("Driver", "Days"))
    assert not sums(grid, "Figures may not agree because of rounding.")


def test_a_table_whose_parts_are_said_to_overlap_is_left_alone() -> None:
    grid = table(("A", 10), ("B", 20), ("Total", 25), head=("", "Number"))
    assert not sums("Respondents could tick more than one answer.", grid)


def test_a_footnote_mark_glued_to_a_number_is_no_mistake() -> None:
    grid = table(("A", 12), ("B", 114), ("Total", 23), head=("", "Number"))
    noted = Paper("paper.txt", reading(grid, footnotes=(Footnote("4", "Some had left."),)))
    assert not found("column-total", noted)
    assert found("column-total", paper(grid))


def test_a_column_with_a_cell_that_cannot_be_read_is_left_alone() -> None:
    assert not sums(table(("A", "1x"), ("B", 20), ("Total", 50), head=("", "Number")))


def test_a_rebuilt_table_that_hardly_adds_up_is_dropped() -> None:
    rows = [("A", 1, 2, 3), ("B", 2, 3, 4), ("Total", 8, 9, 7)]
    assert not sums(table(*rows, rebuilt=True))
    assert rules(table(*rows[:2], ("Total", 3, 5, 8), rebuilt=True)) == ["column-total"]


def test_a_table_in_which_no_column_adds_up_is_one_query() -> None:
    rows = [("A", 1, 2, 3), ("B", 2, 3, 4), ("Total", 8, 9, 17)]
    (finding,) = sums(table(*rows, head=("", "x", "y", "z")))
    assert finding.severity == "query"


def test_shares_that_miss_a_hundred_are_told() -> None:
    rows = [("A", "50%"), ("B", "20%"), ("C", "25%"), ("Total", "100%")]
    (finding,) = sums(table(*rows, head=("", "Share")))
    assert finding.rule == "percentage-total"
    assert "95%" in finding.message


@pytest.mark.parametrize(
    "rows",
    [
        [("A", "33%"), ("B", "33%"), ("C", "33%"), ("Total", "100%")],
        [("A", "33.3%"), ("B", "66.7%"), ("Total", "100%")],
    ],
)
def test_shares_off_by_rounding_only_are_right(rows: list[tuple[object, ...]]) -> None:
    assert not sums(table(*rows, head=("", "Share")))


def test_a_share_that_is_not_its_numbers_is_told() -> None:
    rows = [("A", 10, "50%"), ("B", 5, "20%"), ("C", 5, "25%"), ("Total", 20, "")]
    (finding,) = sums(table(*rows, head=("", "Number", "Share")))
    assert finding.text == "B: 20%"
    assert "25%" in finding.suggestion


@pytest.mark.parametrize(
    "text", ["9 of 12 parties (70%) replied.", "Of all, 70% (9 of 12) replied.", "nine out of the 12 (70%)"]
)
def test_a_percentage_that_is_not_its_two_numbers_is_told(text: str) -> None:
    (finding,) = sums(text)
    assert "75%" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "9 of 12 parties (75%) replied.", "1 of 3 (33%) replied.", "2 of 3 (66.7%) replied.",
        "About 70% (9 of 12) replied.",
        "9 of 12 parties replied, which took 70% of the time.", "The 9 of 2 April (70%).", "12 of 9 (70%)",
    ],
)  # fmt: skip
def test_percentages_that_are_right_or_about_right_are_not_told(text: str) -> None:
    assert not sums(text)


def figure(*values: object, caption: str = "Breakdown of Voting Groups") -> Figure:
    return Figure(caption, "1", tuple(DataLabel(f"Group {at}", str(value)) for at, value in enumerate(values)))


def test_a_figure_that_misses_the_total_told_beside_it_is_told() -> None:
    (finding,) = found(
        "figure-total", paper("There were 309 Parties in 242 Voting Groups.", figure(12, 8, 114, 13, 17))
    )
    assert "164" in finding.message
    assert "86 rather than 8" in finding.suggestion


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("There were 309 Parties in 242 Voting Groups.", (12, 86, 114, 13, 17)),
        ("There were 243 Voting Groups, including the DCC.", (12, 86, 114, 13, 17)),
        ("There were over 200 Voting Groups.", (12, 86, 114, 13, 17)),
        ("There were 309 Parties.", (12, 86, 114, 13, 17)),
        ("There were 242 Voting Groups.", ("10%", "20%", "70%")),
        ("There were 242 Voting Groups.", (12, 86)),
    ],
)
def test_a_figure_that_makes_its_total_or_has_none_is_not_told(text: str, values: tuple[object, ...]) -> None:
    assert not found("figure-total", paper(heading("Members"), text, figure(*values)))


def test_a_figures_shares_make_a_hundred() -> None:
    assert found("percentage-total", paper(figure("10%", "20%", "60%")))
    assert not found("percentage-total", paper(figure("10%", "20%", "70%")))
    assert not found("percentage-total", paper(figure("10%", "20%", "60%", caption="Response rate by group")))


@pytest.mark.parametrize(
    "label",
    ["Network", "Net Zero Programme", "All-day events", "Subtopic", "Totally new", "Sumburgh", "Overall satisfaction"],
)
def test_words_that_only_begin_like_a_total_are_parts(label: str) -> None:
    assert role(label) is Role.PART


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Total", Role.TOTAL), ("Grand Total", Role.GRAND), ("Sub-total", Role.SUBTOTAL),
        ("Total number of users", Role.TOTAL),
        ("Services total", Role.TOTAL), ("All categories", Role.TOTAL), ("Net", Role.GRAND), ("Average", Role.ASIDE),
        ("Total to date", Role.ASIDE), ("% of total", Role.ASIDE),
    ],
)  # fmt: skip
def test_the_label_says_what_a_row_is(label: str, kind: Role) -> None:
    assert role(label) is kind


def test_the_likeliest_reading_of_a_subtotal_is_what_stands_since_the_last() -> None:
    roles = [Role.PART, Role.PART, Role.SUBTOTAL, Role.PART, Role.SUBTOTAL, Role.GRAND]
    assert readings(roles, 4)[0] == (3,)
    assert readings(roles, 5)[0] == (2, 4)


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        (1439, 1459, "one digit differs"), (8, 86, "one digit is lost"), (114, 14, "one digit is added"),
        (627, 672, "two digits have changed places"), (1571, 1568, ""), (5, 5, ""), (12, -12, ""),
    ],
)  # fmt: skip
def test_one_slip_of_a_digit_is_known(one: int, other: int, how: str) -> None:
    assert one_digit_apart(Decimal(one), Decimal(other)) == how


Grid = list[list[object]]


@st.composite
def clean(draw: st.DrawFn) -> tuple[Grid, list[int], list[int]]:
    """A table of groups with subtotals, blanks and row totals: its rows, and which rows and columns are sums."""
    width = draw(st.integers(1, 5))
    number = st.one_of(st.integers(0, 60), st.integers(0, 99_999), st.just(0))
    grid: Grid = []
    sums_at: list[int] = []
    every: list[list[int]] = []
    groups = draw(st.integers(1, 3))
    for group in range(groups):
        parts = [draw(st.lists(number, min_size=width, max_size=width)) for _ in range(draw(st.integers(2, 5)))]
        every += parts
        grid += [[f"Part {group}{at}", *part] for at, part in enumerate(parts)]
        if groups > 1:
            sums_at.append(len(grid))
            grid.append([f"Subtotal {group}", *map(sum, zip(*parts, strict=True))])
    sums_at.append(len(grid))
    grid.append(["Grand total" if groups > 1 else "Total", *map(sum, zip(*every, strict=True))])
    across = draw(st.booleans()) and width > 1
    if across:
        grid = [[*line, sum(value for value in line[1:] if isinstance(value, int))] for line in grid]
    return grid, sums_at, [width + 1] if across else []


def shown(grid: Grid, blanks: str) -> Table:
    """The table as printed: thousands separated; noughts among the parts left blank or dashed."""

    def cell(value: object) -> str:
        return blanks if value == 0 and blanks else f"{value:,}" if isinstance(value, int) else str(value)

    names = [f"Column {at}" for at in range(len(grid[0]) - 1)]
    return table(*[[cell(value) for value in line] for line in grid], head=["", *names], line=1)


def headed(grid: Grid, across: list[int], blanks: str) -> Table:
    made = shown(grid, blanks)
    if not across:
        return made
    names = ["", *[f"Column {at}" for at in range(len(grid[0]) - 2)], "Total"]
    body = [list(line.texts) for line in made.rows]
    return table(*body, head=names, line=1)


@settings(max_examples=150, deadline=None)
@given(clean(), st.sampled_from(["", "–", "0"]))
def test_a_clean_table_gives_no_finding(made: tuple[Grid, list[int], list[int]], blanks: str) -> None:
    grid, _, across = made
    assert sums(headed(grid, across, blanks)) == []


@settings(max_examples=200, deadline=None)
@given(clean(), st.data())
def test_one_cell_changed_is_found_in_its_row_or_column(
    made: tuple[Grid, list[int], list[int]], data: st.DataObject
) -> None:
    grid, _, across = made
    row = data.draw(st.integers(0, len(grid) - 1))
    column = data.draw(st.integers(1, len(grid[0]) - 1))
    was = grid[row][column]
    assert isinstance(was, int)
    grid[row][column] = was + data.draw(st.sampled_from([3, 17, 1000, 40_001]))
    made_table = headed(grid, across, "")
    findings = sums(made_table)
    assert findings
    name = made_table.head[0].texts[column]
    down = any(f"“{name}”" in finding.message for finding in findings if finding.rule == "column-total")
    along = any(finding.place.line == row + 2 for finding in findings if finding.rule == "row-total")
    assert down or along
