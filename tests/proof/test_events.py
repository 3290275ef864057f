from __future__ import annotations

import pytest

from tests.proof.asking import asked

FRONT = "# June 2017 Newsletter\n\nSent on: 29 June 2017\n\n## Design and Architecture Sub-Committee (DASC)\n\n"
CALENDAR = """
## Calendar of dates

| Date (2017) | Meetings and Events |
|---|---|
| 10th July | Question Hour 14 |
| 12th July | Security Group Meeting 33 |
| 13th July | Party Engagement Day |
| 14th July | ABC Panel Meeting 46 |
| 19th July | DASC Meeting 20 |
| 26th July | Security Group Meeting 34 |
"""


@pytest.mark.parametrize(
    "text",
    [
        "The next DASC meeting will be held on 20th July 2017.",
        "The next Design and Architecture Sub-Committee meeting is on 20 July 2017.",
        "The next Panel meeting will be held on 17 July 2017.",
        "The next scheduled Question's Hour will be held at 11am on 11th July 2017.",
        "The annual Party Engagement Day is taking place in London on 14 July 2017.",
        "Come to Panel Meeting 46 on 15 July 2017.",
        "## Party Engagement Day – 12 July 2017\n\nWords.",
        "## Party Engagement Day\n\n12 July 2017, 2 to 3pm.",
        "Places at the Party Engagement Day on 12 July 2017 may be booked.",
        "- 12 July: Party Engagement Day opens\n",
        "A Party Engagement Day for new members will be held on 12 July 2017.",
    ],
)
def test_a_meeting_with_two_dates_is_an_error(text: str) -> None:
    (found,) = asked("two-dates-one-meeting", f"{text}\n{CALENDAR}", FRONT)
    assert str(found.severity) == "error"
    assert "July 2017" in found.suggestion


def test_the_next_meeting_told_twice_with_two_dates_is_an_error() -> None:
    text = "The next Security Group meeting {} July 2017.\n\n"
    assert len(asked("two-dates-one-meeting", text.format("is on 12") + text.format("will be held on 13"), FRONT)) == 1


def test_a_number_with_two_dates_in_one_calendar_is_an_error() -> None:
    assert len(asked("two-dates-one-meeting", CALENDAR + "| 27th July | DASC Meeting 20 |\n", FRONT)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The next DASC meeting will be held on 19th July 2017.",
        "The next Security Group meetings are 12th and 26th July 2017.",
        "The next Panel meeting will be held on 14 July 2017. A meeting will also be held on 30 June 2017.",
        "The DASC met on 15 June 2017.",
        "The next Change Board meeting will be held on 20 July 2017.",
        "The next Working Group B meeting will be held on 20 July 2017.",
        "The Party Engagement Day will take place on 13 July 2017.",
        "The last Party Engagement Day – 12 July 2016 – was well attended.",
        "The minutes of Panel Meeting 45 were published on 16 June 2017.",
        "The next DASC meeting will be held on 5 July 2017.",
        "The workshop is on 20 July 2017.",
    ],
)
def test_a_meeting_with_one_date_or_another_meeting_is_none(text: str) -> None:
    assert asked("two-dates-one-meeting", f"{text}\n{CALENDAR}", FRONT) == []


def test_an_event_on_several_days_has_each_of_them() -> None:
    rows = "| 27th July | Costs Webinar |\n| 28th July | Costs Webinar |\n"
    assert asked("two-dates-one-meeting", f"## Costs Webinar\n\n27 July 2017, 2pm.\n{CALENDAR}{rows}", FRONT) == []
