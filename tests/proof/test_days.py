from __future__ import annotations

import pytest

from tests.proof.asking import asked, severities

UNDATED = "# A paper\n\n"


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("Responses are due by 31 June 2019.", "30 June 2019 or 1 July 2019"),
        ("It met on 29 February 2019.", "28 February 2019 or 1 March 2019"),
        ("It met on 30 February.", ""),
        ("- 31 November: the conference opens\n", ""),
        ("| Body | Date |\n|---|---|\n| Panel | 31/04/2020 |\n", "30 April 2020 or 1 May 2020"),
    ],
)
def test_a_day_that_the_calendar_lacks_is_an_error(text: str, suggestion: str) -> None:
    (found,) = asked("impossible-date", text)
    assert (str(found.severity), found.suggestion) == ("error", suggestion)


@pytest.mark.parametrize(
    "text",
    [
        "It met on 29 February 2020 and on 31 May 2020.",
        "It met on 29 February.",
        "The 45 February enquiries were answered.",
        "The 31 June enquiries were answered.",
        "It met on 02/28/2020.",
        "Section 3.31 June Release.",
    ],
)
def test_a_day_that_the_calendar_has_or_that_counts_something_is_none(text: str) -> None:
    assert asked("impossible-date", text) == []


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("It met on Monday 20 June 2017.", "Tuesday 20 June 2017, or Monday 19 June 2017"),
        ("It met on 20 June 2017 (Friday).", "Tuesday 20 June 2017, or Friday 23 June 2017"),
        ("| Day | Date |\n|---|---|\n| Monday | 20/06/2017 |\n", "Tuesday 20 June 2017, or Monday 19 June 2017"),
    ],
)
def test_a_weekday_that_is_not_the_dates_is_an_error_with_both_repairs(text: str, suggestion: str) -> None:
    (found,) = asked("weekday-date", text)
    assert (str(found.severity), found.suggestion) == ("error", suggestion)


def test_a_weekday_against_a_date_without_a_year_is_a_query() -> None:
    assert severities("weekday-date", "We meet on Tuesday 18 March.") == ["query"]


@pytest.mark.parametrize(
    "text",
    [
        "It met on Tuesday, 20th June 2017.",
        "We meet on Wednesday 18 March.",
        "On Monday the Panel agreed that 20 June 2017 was the date.",
        "| Day | Date |\n|---|---|\n| Tuesday | 20/06/2017 |\n",
    ],
)
def test_a_weekday_that_is_the_dates_is_none(text: str) -> None:
    assert asked("weekday-date", text) == []


def test_a_weekday_without_a_year_is_left_alone_in_an_undated_paper() -> None:
    assert asked("weekday-date", "We meet on Tuesday 18 March.", UNDATED) == []


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("On 10 March 2020 we will hold our next event.", "query"),
        ("It will be reviewed at the next meeting on 10 March 2020.", "query"),
        ("Parties are encouraged to sign up by 5pm on 10 March 2020.", "query"),
        ("The Release will go live on 27 February 2020.", "error"),
        ("The results are due to be published on 2 March.", "error"),
        ("The final report is scheduled for the end of January 2020.", "error"),
        ("The next meetings are on 3 and 5 March 2020.", "error"),
    ],
)
def test_what_is_to_come_must_not_be_past(text: str, severity: str) -> None:
    assert set(severities("already-past", text)) == {severity}


@pytest.mark.parametrize(
    "text",
    [
        "The supplier advised that it will publish the plan on 28 February 2020.",
        "The Working Group meets on 28 February 2020.",
    ],
)
def test_what_was_said_to_come_or_is_told_in_the_present_is_a_query(text: str) -> None:
    assert severities("already-past", text) == ["query"]


def test_a_calendar_of_upcoming_events_lists_no_past_day() -> None:
    table = "## Upcoming meetings\n\n| Date | Meeting |\n|---|---|\n| {day} | Panel |\n"
    assert severities("already-past", table.format(day="2 March 2020")) == ["query"]
    assert asked("already-past", table.format(day="20 March 2020")) == []


@pytest.mark.parametrize(
    "text",
    [
        "On 27 March 2020 we will hold our next event.",
        "The Release went live on 27 February 2020 and will be reviewed.",
        "The report issued on 3 February 2020 will be presented to the Panel.",
        "We will consider the report published on 3 February 2020.",
        "Those with certificates due to expire on 28 February 2020 were contacted.",
        "Following the workshop on 4 February 2020, the team will write to members.",
        "We will review the January 2020 Release.",
        "The review is on track for completion by the end of March.",
        "It will be held on 13 March 2020.",
        "The Panel met on 14 February 2020, where it agreed what the team will do.",
    ],
)
def test_what_is_still_to_come_or_told_as_past_is_none(text: str) -> None:
    assert asked("already-past", text) == []


def test_a_paper_without_a_date_is_not_asked_what_is_past() -> None:
    assert asked("already-past", "On 10 March 2010 we will hold our next event.", UNDATED) == []


@pytest.mark.parametrize(
    "text",
    [
        "Please respond by 5pm on 2 March 2020.",
        "Parties are invited to comment by 28 February 2020.",
        "The consultation is open until 1 March 2020.",
        "Closing date: 4 March 2020",
        "You should send your views no later than 4 March.",
        "To book a place write to the helpdesk by 2 March 2020.",
    ],
)
def test_a_deadline_before_the_paper_is_an_error(text: str) -> None:
    assert severities("deadline-before-paper", text) == ["error"]


def test_a_deadline_a_year_early_is_told_with_the_year_that_fits() -> None:
    (found,) = asked("deadline-before-paper", "Please respond by 20 March 2019.")
    assert found.suggestion == "20 March 2020"


@pytest.mark.parametrize(
    "text",
    [
        "Please respond by 5pm on 20 March 2020.",
        "The consultation closed on 2 March 2020.",
        "Members were asked to respond by 2 March 2020.",
        "The response period was open until 2 March 2020.",
        "Closing date: 6 March 2020",
        "| Consultation | Closing date |\n|---|---|\n| Charges | 4 February 2020 |\n",
        "Please read the response sent on 2 March 2020.",
    ],
)
def test_a_deadline_after_the_paper_or_told_as_past_is_none(text: str) -> None:
    assert asked("deadline-before-paper", text) == []


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("They will be removed on 8 April 2010, a further three months.", "8 April 2020"),
        ("On 20 March 2019 we will hold our event.", "20 March 2020"),
        ("The Panel met on 14 February 2021 to agree the plan.", "14 February 2020"),
        ("It runs from 1 April 2020 to 31 March 2020.", ""),
        ("It runs from 1 April 2020 to 31 March 2012.", "An end in 2021"),
        ("The plan ‘Rules for all’ was approved on 14 February 2021.", "14 February 2020"),
        ("The audit of 14 February 2021 found two faults.", "14 February 2020"),
        ("It covers the fourth quarter of 2018, October to December 2019.", "October to December 2019"),
        ("| Item | Start | End |\n|---|---|---|\n| A | 01/06/2020 | 30/06/2019 |\n", "An end in 2020"),
    ],
)
def test_a_year_that_a_sequence_does_not_allow_is_an_error(text: str, suggestion: str) -> None:
    (found,) = asked("impossible-year", text)
    assert str(found.severity) == "error"
    assert found.suggestion == suggestion or not suggestion


@pytest.mark.parametrize(
    "text", ["The Panel met on 14 February 2010.", "The summer 2018 season ran from late March to late October 2019."]
)
def test_a_year_that_is_only_unlikely_is_a_query(text: str) -> None:
    assert severities("impossible-year", text) == ["query"]


def test_the_one_far_date_of_a_column_is_found() -> None:
    rows = "| Party | Date |\n|---|---|\n| A | 04/02/2020 |\n| B | 12/02/{year} |\n| C | 19/02/2020 |\n"
    (found,) = asked("impossible-year", rows.format(year=2019))
    assert (str(found.severity), found.suggestion) == ("error", "12/02/2020")
    assert asked("impossible-year", rows.format(year=2020)) == []


def test_a_report_is_not_dated_before_its_month() -> None:
    front = "# Operations Report – December 2019\n\nDate: 8 January {}\n\n"
    (found,) = asked("impossible-year", "", front.format(2019))
    assert found.suggestion == "8 January 2020"
    assert asked("impossible-year", "", front.format(2020)) == []


@pytest.mark.parametrize(
    "text",
    [
        "They will be removed on 8 April 2020.",
        "If no referrals are made by 5pm on 20 March 2020, it will be made.",
        "It covers the fourth quarter of 2019, October to December 2019.",
        "The first meeting was held on 14 August 2009.",
        "Those withdrawn on 8 April 2010 will be removed.",
        "The Panel met on 14 February 2020.",
        "It was agreed to be implemented on 5 November 2021.",
        "It runs from 1 April 2020 to 31 March 2021.",
        "Of 1 April 2020 and 31 March 2019 the later holds.",
        "| Item | Start | End |\n|---|---|---|\n| A | 01/06/2020 | 30/06/2020 |\n",
        "| Item | Raised |\n|---|---|\n| A | 01/06/2015 |\n| B | 01/06/2017 |\n| C | 01/02/2020 |\n",
    ],
)
def test_a_year_that_the_calendar_allows_is_none(text: str) -> None:
    assert asked("impossible-year", text) == []
