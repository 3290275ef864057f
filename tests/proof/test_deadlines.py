from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.plain.dates import plain_date
from secretariat.plain.workdays import default_calendar
from tests.proof.asking import asked, severities

TENTH = "Thu 6 Jul 2017, or 12 Working Days"
TENTH_OF_11 = "Thu 6 Jul 2017, or 11 Working Days"
TABLE = "| Consultation | Opened | Closes | Working Days |\n|---|---|---|---|\n| Charges | {} | {} | {} |\n"


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        (
            "It will close on 7 July 2017, 10 Working Days after 22 June 2017.",
            TENTH_OF_11,
        ),
        (
            "It opened on 22 June 2017 and closes on 7 July 2017, ten Working Days later.",
            TENTH_OF_11,
        ),
        ("It is open from 22 June 2017 to 10 July 2017 (10 Working Days).", TENTH),
        ("Ten Working Days after 9 April 2020 is 23 April 2020.", "Mon 27 Apr 2020, or 8 Working Days"),
        (
            "Papers are sent on 5 March 2020, five Working Days before 13 March 2020.",
            "Fri 6 Mar 2020, or 6 Working Days",
        ),
        ("The report follows within 10 Working Days of 22 June 2017, by 10 July 2017.", TENTH),
        ("Each has 10 Working Days from 22 June 2017 to reply. Replies are therefore due by 10 July 2017.", TENTH),
        (
            "A retest began on 1 June 2017, and a report is due 10 Working Days after 22 June 2017, by 10 July 2017.",
            TENTH,
        ),
        (
            "The next meeting is on 13 March 2020. Papers are due by 5 March 2020, five Working Days before it.",
            "Fri 6 Mar 2020, or 6 Working Days",
        ),
        (TABLE.format("22/06/2017", "10/07/2017", "10"), TENTH),
        (
            "- Issued: 22 June 2017\n- Responses due: 10 July 2017 (10 Working Days)\n",
            TENTH,
        ),
    ],
)
def test_a_count_that_the_calendar_does_not_give_is_an_error(text: str, suggestion: str) -> None:
    (found,) = asked("working-days", text)
    assert (str(found.severity), found.suggestion) == ("error", suggestion)


@pytest.mark.parametrize(
    "text",
    [
        "It will close on 6 July 2017, 10 Working Days after 22 June 2017.",
        "It opened on 22 June 2017 and closes on 6 July 2017, ten Working Days later.",
        "Ten Working Days after 9 April 2020 is 27 April 2020.",
        "Papers are sent on 6 March 2020, five Working Days before 13 March 2020.",
        "It will close at least 10 Working Days after 22 June 2017, on 14 July 2017.",
        "Members have 10 Working Days to refer the decision of 22 June 2017, and the change follows on 1 August 2017.",
        "It closes on 7 July, 10 Working Days after 22 June.",
        "It closes on 7 July 1952, 10 Working Days after 22 June 1952.",
        "The team has 10 Working Days.",
        "Each has 10 Working Days from 22 June 2017 to reply. Replies are therefore due by 6 July 2017.",
        "Each has 10 Working Days from 22 June 2017 to reply. The next meeting is on 18 July 2017.",
        "The report follows within 10 Working Days of 22 June 2017, by 6 July 2017.",
        "The next meeting is on 13 March 2020. Papers are due by 6 March 2020, five Working Days before it.",
        "They met on 2 March 2020. Papers are due by 6 March 2020, and comments five Working Days later.",
        "Ten Working Days after 22 June 2017 were given, and the change follows on 1 August 2017.",
        TABLE.format("22/06/2017", "06/07/2017", "10"),
        TABLE.format("22/06/2017", "06/07/2017", "N/A"),
        "- Issued: 22 June 2017\n- Responses due: 6 July 2017 (10 Working Days)\n",
    ],
)
def test_a_count_that_holds_or_cannot_be_told_is_none(text: str) -> None:
    assert asked("working-days", text) == []


def test_a_count_that_holds_with_the_start_as_day_1_is_a_query() -> None:
    assert severities("working-days", "It is open from 22 June 2017 to 5 July 2017 (10 Working Days).") == ["query"]


def test_a_day_so_counted_that_is_no_working_day_is_a_query() -> None:
    (found,) = asked("working-days", "It will close on 8 July 2017, 11 Working Days after 22 June 2017.")
    assert str(found.severity) == "query"
    assert found.suggestion == "Fri 7 Jul 2017"


CALENDAR = default_calendar()
INSIDE = st.dates(CALENDAR.first_day, CALENDAR.last_day - timedelta(days=120))


@settings(max_examples=40, deadline=None)
@given(INSIDE, st.integers(1, 40))
def test_the_calendars_own_answer_is_never_doubted(start: date, count: int) -> None:
    end = CALENDAR.add(start, count)
    assert (
        asked("working-days", f"It closes on {plain_date(end)}, {count} Working Days after {plain_date(start)}.") == []
    )


@settings(max_examples=40, deadline=None)
@given(INSIDE, st.integers(1, 40), st.integers(2, 9))
def test_an_answer_two_days_off_or_more_is_always_an_error(start: date, count: int, off: int) -> None:
    end = CALENDAR.add(start, count + off)
    text = f"It closes on {plain_date(end)}, {count} Working Days after {plain_date(start)}."
    assert severities("working-days", text) == ["error"]
