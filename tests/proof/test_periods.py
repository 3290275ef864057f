from __future__ import annotations

import pytest

from tests.proof.asking import asked, severities

MEETINGS = """\
## Meetings

The table provides a summary of all meetings over the last month.

| Body | Date(s) | Summary |
|---|---|---|
| Panel | 14/02/2020 | The regular monthly meeting. |
| Change Board | 07/02/2020 26/02/2020 | It met to discuss two proposals. |
| Testing Group | 12/02/2020 | {testing} |
| Working Group | N/A | {working} |
"""
CLEAN = {"testing": "The group met once in February.", "working": "There were no meetings in February."}
EMAILS = """\
## Helpdesk

There were 26 calls and {number} emails in {month}.

| | Nov 19 | Dec 19 | Jan 20 | Feb 20 |
|---|---|---|---|---|
| General | 1,000 | 900 | 1,003 | 1,004 |
| Total | 1,832 | 1,265 | 2,053 | 2,104 |
"""
DAYS = """\
## Time

The total number of days in {month} was 627. The division is shown below.

| Driver | Days |
|---|---|
| Change | 600 |
| Other | 27 |
| Grand Total | 627 |
"""


def meetings(**told: str) -> str:
    return MEETINGS.format(**{**CLEAN, **told})


@pytest.mark.parametrize(
    ("testing", "suggestion"),
    [
        ("One meeting took place in January 2020.", "February 2020"),
        ("The group met once in January.", "February"),
        ("A meeting was held in February 2019. The minutes are below.", "February 2020"),
    ],
)
def test_a_row_that_names_another_month_than_its_dates_is_an_error(testing: str, suggestion: str) -> None:
    (found,) = asked("other-period", meetings(testing=testing))
    assert (str(found.severity), found.suggestion) == ("error", suggestion)


@pytest.mark.parametrize(
    "testing",
    [
        "The group met twice in February 2020.",
        "The minutes will be available in March 2020.",
        "It considered the plan raised in January 2020.",
        "The next meeting is in March 2020.",
        "It met to discuss the June 2020 Release.",
        "It reviewed the results of the tests done in November 2019.",
    ],
)
def test_a_row_that_speaks_of_history_or_plans_is_none(testing: str) -> None:
    assert asked("other-period", meetings(testing=testing)) == []


@pytest.mark.parametrize(
    "working", ["There were no meetings in January.", "No Working Group meeting was held in January 2020."]
)
def test_none_held_in_a_month_of_which_no_other_row_speaks_is_a_query(working: str) -> None:
    assert severities("other-period", meetings(working=working)) == ["query"]


def test_words_that_lead_to_dates_of_another_month_are_an_error() -> None:
    lead = "The table below lists the meetings held in {}.\n\n"
    table = meetings().partition("month.\n\n")[2]
    assert severities("other-period", lead.format("January 2020") + table) == ["error"]
    assert asked("other-period", lead.format("February 2020") + table) == []


def test_none_held_in_the_month_of_all_other_rows_is_none() -> None:
    assert asked("other-period", meetings()) == []


def test_the_number_of_one_column_told_of_the_month_of_another_is_an_error() -> None:
    (found,) = asked("other-period", EMAILS.format(number="2,104", month="January 2020"))
    assert (str(found.severity), found.suggestion) == ("error", "February 2020")
    assert "2,104 is the number of February 2020" in found.message


@pytest.mark.parametrize(
    ("number", "month"),
    [
        ("2,104", "February 2020"),
        ("2,053", "January 2020"),
        ("2,104", "February"),
        ("9,999", "January 2020"),
        ("26", "January 2020"),
    ],
)
def test_a_number_told_of_its_own_month_or_of_none_is_none(number: str, month: str) -> None:
    assert asked("other-period", EMAILS.format(number=number, month=month)) == []


def test_a_number_and_one_of_the_month_before_are_each_told_of_their_own() -> None:
    told = "There were 2,104 emails in {}, against 2,053 in {}.\n\n" + EMAILS.partition("}.\n\n")[2]
    assert severities("other-period", told.format("January 2020", "January 2020")) == ["error"]
    assert asked("other-period", told.format("February 2020", "January 2020")) == []


def test_a_total_told_of_a_month_that_is_no_columns_is_an_error() -> None:
    assert severities("other-period", EMAILS.format(number="2,104", month="March 2020")) == ["error"]


FAULTS = """\
## Faults

178 were found in {month} 2019.

| Cause | October | November | December |
|---|---|---|---|
| Power | 1 | 2 | 3 |
| Total | 150 | 164 | 178 |
"""


def test_columns_of_months_without_years_are_compared_by_name() -> None:
    assert severities("other-period", FAULTS.format(month="November")) == ["error"]
    assert asked("other-period", FAULTS.format(month="December")) == []


def test_a_comparison_that_names_both_months_is_none() -> None:
    text = EMAILS.format(number="2,104", month="February 2020, against 2,053 in January 2020")
    assert asked("other-period", text) == []


def test_the_total_of_one_column_of_many_tells_no_month() -> None:
    table = "| | A | B |\n|---|---|---|\n| X | 600 | 1 |\n| Total | 627 | 2 |\n"
    assert asked("other-period", f"## Time\n\nIt took 627 days in January 2020.\n\n{table}") == []


@pytest.mark.parametrize("month", ["January 2020", "February 2019", "March 2020"])
def test_a_tables_total_told_of_another_month_is_a_query(month: str) -> None:
    assert severities("other-period", DAYS.format(month=month)) == ["query"]


def test_a_tables_total_told_of_the_reported_month_is_none() -> None:
    assert asked("other-period", DAYS.format(month="February 2020")) == []


@pytest.mark.parametrize(
    "text",
    [
        "This report sets out the activities undertaken by the team in January 2020.",
        "At the end of the reporting month (January 2020) there were 330 Parties.",
        "Welcome to the January 2020 report of the team.",
        "This report covers January 2020.",
        "At the end of January 2020 there were 330 Parties.",
    ],
)
def test_this_month_beside_another_months_name_is_a_query(text: str) -> None:
    assert severities("other-period", text) == ["query"]
    assert asked("other-period", text.replace("January", "February")) == []


USUAL = (
    "There were two accessions in February 2020.\n\nThree tests were completed in February.\n\n"
    "We held one workshop in February 2020.\n\n"
)


def test_a_count_of_the_month_before_among_counts_of_the_month_is_a_query() -> None:
    assert severities("other-period", USUAL + "Five letters were approved in January 2020.") == ["query"]


@pytest.mark.parametrize(
    "text",
    [
        "Five letters were approved in February 2020.",
        "Two fewer letters were approved than in January 2020.",
        "The request issued in January 2020 was answered by two Parties.",
        "The review was completed in September 2019.",
        "Two letters were received in January 2020 and three in February 2020.",
        "The January 2020 Release was completed.",
    ],
)
def test_a_comparison_or_history_among_counts_of_the_month_is_none(text: str) -> None:
    assert asked("other-period", USUAL + text) == []


def test_a_paper_of_no_period_is_asked_only_of_its_own_evidence() -> None:
    assert asked("other-period", "This month (January 2020) two letters were approved.", "# Note\n\n") == []
