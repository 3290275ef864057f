"""Series of meetings: the days of a rule, its exceptions, planning ahead, and the numbers of meetings."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from secretariat.core.calendar import calendar
from secretariat.core.journal import Event, history
from secretariat.core.people import Role
from secretariat.core.procedure import Refused
from secretariat.core.rulebook import RULEBOOK
from secretariat.meetings.models import Meeting
from secretariat.meetings.procedure import MEETINGS
from secretariat.meetings.series.actions import make_exception, plan_ahead
from secretariat.meetings.series.models import Series, SeriesException
from secretariat.meetings.series.numbering import extraordinary_number, next_number
from secretariat.meetings.series.pattern import OnHoliday, Pattern, Rhythm
from secretariat.meetings.series.procedure import SERIES, days_of, horizon, meetings_ahead
from secretariat.post.due import take_due
from tests.meetings.factories import body, by_clerk, clerk, held, london, planned, series, told
from tests.register.factories import person

FRIDAY, WEDNESDAY = 4, 2


def monthly(nth: int, every: int = 1, weekday: int = FRIDAY) -> Pattern:
    return Pattern(Rhythm.MONTHS, every, weekday, nth, date(2020, 1, 1))


@pytest.mark.parametrize(
    ("nth", "days"),
    [
        (2, [date(2020, 1, 10), date(2020, 2, 14), date(2020, 3, 13)]),
        (1, [date(2020, 1, 3), date(2020, 2, 7), date(2020, 3, 6)]),
        (5, [date(2020, 1, 31), date(2020, 2, 28), date(2020, 3, 27)]),
    ],
)
def test_the_nth_weekday_of_each_month_and_the_last_one(nth: int, days: list[date]) -> None:
    assert monthly(nth).days(date(2020, 1, 1), date(2020, 3, 31)) == days


def test_the_panels_recorded_meetings_are_the_second_fridays() -> None:
    recorded = [date(2017, 7, 14), date(2018, 7, 13), date(2020, 2, 14), date(2020, 3, 13)]
    rule = Pattern(Rhythm.MONTHS, 1, FRIDAY, 2, date(2017, 7, 1))
    assert set(recorded) <= set(rule.days(date(2017, 7, 1), date(2020, 3, 31)))


def test_every_second_month_counts_from_the_first() -> None:
    assert monthly(1, every=2).days(date(2020, 2, 1), date(2020, 6, 30)) == [date(2020, 3, 6), date(2020, 5, 1)]


def test_every_second_week_counts_from_the_first_such_weekday_and_crosses_the_change_of_the_clock() -> None:
    rule = Pattern(Rhythm.WEEKS, 2, WEDNESDAY, None, date(2020, 2, 10), date(2020, 4, 30))
    days = rule.days(date(2020, 2, 1), date(2020, 12, 31))
    assert days[:2] == [date(2020, 2, 12), date(2020, 2, 26)]
    assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(days=14)}
    assert days[-1] == date(2020, 4, 22)
    assert rule.days(date(2020, 2, 26), date(2020, 2, 26)) == [date(2020, 2, 26)]


@pytest.mark.parametrize(
    ("choice", "day"),
    [
        (OnHoliday.WEEK_LATER, date(2020, 4, 17)),
        (OnHoliday.NEXT_WORKING_DAY, date(2020, 4, 14)),
        (OnHoliday.NOT_AT_ALL, None),
        (OnHoliday.ALL_THE_SAME, date(2020, 4, 10)),
    ],
)
@pytest.mark.django_db
def test_where_a_meeting_on_good_friday_goes_is_the_series_own_choice(choice: OnHoliday, day: date | None) -> None:
    assert choice.meets_on(date(2020, 4, 10), calendar()) == day
    assert choice.meets_on(date(2020, 4, 9), calendar()) == date(2020, 4, 9)


@pytest.mark.django_db
def test_beginning_a_series_plans_its_meetings_as_far_ahead_as_the_rulebook_says() -> None:
    held("SECP", "2020-02-14", 77)
    made = series()
    months = RULEBOOK.number("meetings.months_ahead", date(2020, 3, 5))
    found = list(Meeting.objects.filter(series=made).order_by("day"))
    assert len(found) == months + 1
    assert horizon(london("2020-03-05 12:00")) == date(2020, 9, 30)
    assert [(one.day, one.reference, one.state) for one in found[:2]] == [
        (date(2020, 3, 13), "SECP_78_1303", "planned"),
        (date(2020, 4, 17), "SECP_79_1704", "planned"),
    ]
    assert {(one.starts, one.ends, one.invented) for one in found} == {(time(10), time(13), True)}
    assert Event.objects.filter(name="meeting.plan", by=clerk()).count() == months + 2


@pytest.mark.django_db
def test_time_alone_plans_what_a_running_series_lacks_and_nothing_twice() -> None:
    made = series()
    before = Meeting.objects.count()
    now = london("2020-03-20 09:00")
    assert not list(meetings_ahead(now))
    later = london("2020-04-01 09:00")
    assert take_due(later, later).refused == []
    assert Meeting.objects.count() == before + 1
    newest = Meeting.objects.order_by("-day").first()
    assert newest is not None
    assert (newest.day, newest.number) == (date(2020, 10, 9), before + 1)
    assert history(newest).get().by is None
    assert not list(meetings_ahead(later))
    assert plan_ahead(made, **by_clerk("2020-04-01 09:00")) == []


@pytest.mark.django_db
def test_nobody_but_time_and_the_committees_team_plans_meetings() -> None:
    for who in (None, person(Role.PARTY_CONTACT)):
        with pytest.raises(Refused, match="is for others"):
            MEETINGS.take("plan", Meeting(committee=body("SSC"), day=date(2020, 3, 11)), **{**told(), "by": who})


@pytest.mark.django_db
def test_two_series_of_a_body_share_its_numbers_in_the_order_of_their_days() -> None:
    held("SSC", "2020-02-26", 95)
    made = {"starts": None, "ends": None, "weekday": WEDNESDAY, "at": "2020-09-20 12:00", "from_day": date(2020, 10, 1)}
    for nth in (2, 4):
        Series.objects.create(
            committee=body("SSC"), rhythm="months", nth=nth, state="running", recorded=london("2020-09-20 12:00"),
            **{name: value for name, value in made.items() if name != "at"},
        )  # fmt: skip
    now = london("2020-09-20 12:00")
    take_due(now, now)
    found = Meeting.objects.filter(series__isnull=False).order_by("day").values_list("day", "number")
    assert list(found)[:3] == [(date(2020, 10, 14), 96), (date(2020, 10, 28), 97), (date(2020, 11, 11), 98)]


@pytest.mark.django_db
def test_a_day_on_which_the_body_meets_already_is_passed_over() -> None:
    planned("SECP", "2020-03-13", 78)
    series()
    assert Meeting.objects.filter(day=date(2020, 3, 13)).count() == 1


@pytest.mark.django_db
def test_a_cancelled_or_moved_meeting_is_not_planned_again() -> None:
    made = series()
    first, second = Meeting.objects.filter(series=made).order_by("day")[:2]
    MEETINGS.take("cancel", first, reason="No business", **told())
    MEETINGS.take("move", second, day="2020-04-24", reason="Easter", **told())
    assert plan_ahead(made, **told()) == []
    assert not list(meetings_ahead(london("2020-03-05 13:00")))


@pytest.mark.django_db
def test_an_exception_before_its_meeting_is_planned_keeps_it_from_being_planned() -> None:
    made = series()
    row = SeriesException(series=made, day=date(2020, 12, 11), reason="No meeting in December")
    make_exception(row, **told())
    assert list(days_of(made, date(2020, 11, 1), date(2020, 12, 31))) == [
        (date(2020, 11, 13), date(2020, 11, 13)), (date(2020, 12, 11), None),
    ]  # fmt: skip
    now = london("2020-12-01 09:00")
    take_due(now, now)
    assert not Meeting.objects.filter(day=date(2020, 12, 11)).exists()
    assert Meeting.objects.filter(day=date(2021, 1, 8)).exists()


@pytest.mark.parametrize(("instead", "state"), [(None, "cancelled"), (date(2020, 5, 21), "planned")])
@pytest.mark.django_db
def test_an_exception_takes_a_planned_meeting_along(instead: date | None, state: str) -> None:
    made = series()
    meeting = Meeting.objects.get(series=made, slot=date(2020, 5, 8))
    assert meeting.day == date(2020, 5, 15), "8 May 2020 was a bank holiday"
    make_exception(SeriesException(series=made, day=date(2020, 5, 8), instead=instead, reason="Clash"), **told())
    meeting.refresh_from_db()
    assert (meeting.state, meeting.day) == (state, instead or date(2020, 5, 15))


@pytest.mark.django_db
def test_an_exception_is_made_for_a_day_that_the_rule_gives() -> None:
    made = series()
    with pytest.raises(ValidationError, match="does not give Thu 12 Mar 2020"):
        make_exception(SeriesException(series=made, day=date(2020, 3, 12), reason="Wrong"), **told())


@pytest.mark.django_db
def test_an_exception_that_cannot_move_its_meeting_is_not_kept() -> None:
    made = series()
    planned("SECP", "2020-03-20")
    row = SeriesException(series=made, day=date(2020, 3, 13), instead=date(2020, 3, 20), reason="Other day")
    with pytest.raises(Refused, match="has a meeting on this day already"):
        make_exception(row, **told())
    assert not SeriesException.objects.exists()


@pytest.mark.django_db
def test_a_series_that_is_stopped_plans_nothing_more() -> None:
    made = series()
    with pytest.raises(Refused, match="does not end before it begins"):
        SERIES.take("stop", made, last_day="2020-02-01", **told())
    SERIES.take("stop", made, last_day="2020-09-30", **told())
    assert (made.state, made.to_day) == ("ended", date(2020, 9, 30))
    assert not list(meetings_ahead(london("2021-01-05 12:00")))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"rhythm": "weeks"}, "Say which of the month"),
        ({"nth": None}, "Say which of the month"),
        ({"to_day": date(2020, 2, 1)}, "does not end before it begins"),
        ({"every": 0}, "greater than or equal to 1"),
    ],
)
@pytest.mark.django_db
def test_a_rule_that_gives_no_days_is_refused(more: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        series(**more)
    assert not Meeting.objects.exists()


def test_a_rule_is_said_in_words() -> None:
    weekly = Series(rhythm="weeks", every=2, weekday=WEDNESDAY)
    assert weekly.words == "Wednesday of every 2 weeks"
    assert Series(rhythm="months", every=1, weekday=FRIDAY, nth=2).words == "second Friday of every month"


@pytest.mark.django_db
def test_extraordinary_meetings_are_counted_after_the_regular_one_before_them() -> None:
    """OPSG 29 on 4 February 2020, then 29x on the 7th and 29xx on the 24th."""
    with pytest.raises(Refused, match="no numbered meeting before"):
        extraordinary_number(body("OPSG"), date(2020, 2, 7))
    held("OPSG", "2020-02-04", 29)
    assert extraordinary_number(body("OPSG"), date(2020, 2, 7)) == (29, 1)
    held("OPSG", "2020-02-07", 29, 1)
    assert extraordinary_number(body("OPSG"), date(2020, 2, 24)) == (29, 2)
    assert held("OPSG", "2020-02-24", 29, 2).reference == "OPSG_29xx_2402"
    assert next_number(body("OPSG")) == 30


@pytest.mark.django_db
def test_an_extraordinary_meeting_is_planned_on_its_page(client: Client) -> None:
    held("OPSG", "2020-02-04", 29)
    assert client.get("/meetings/extraordinary/").status_code == 302
    client.force_login(clerk())
    assert client.get("/meetings/extraordinary/").status_code == 200
    sent = {"committee": body("OPSG").pk, "day": "2020-02-07", "starts": "09:00", "note": "An incident"}
    assert client.post("/meetings/extraordinary/", sent).status_code == 302
    assert Meeting.objects.get(day=date(2020, 2, 7)).reference == "OPSG_29x_0702"
    other = client.post("/meetings/extraordinary/", {**sent, "committee": body("TAG").pk})
    assert other.status_code == 422
    assert b"no numbered meeting before" in other.content


@pytest.mark.django_db
def test_pages_of_series(client: Client, settings: Any) -> None:
    settings.CLOCK = datetime(2020, 3, 5, 12, tzinfo=UTC).isoformat()
    for address in ("/meeting-series/new/", "/series-exceptions/new/"):
        assert client.get(address).status_code == 302
    client.force_login(clerk())
    sent = {
        "committee": body("SECP").pk, "rhythm": "months", "every": 1, "weekday": 4, "nth": 2, "numbered": "on",
        "on_holiday": "week later", "starts": "10:00", "ends": "13:00", "from_day": "2020-03-01",
    }  # fmt: skip
    refused = client.post("/meeting-series/new/", {**sent, "nth": ""})
    assert refused.status_code == 422
    assert b"Say which of the month" in refused.content
    assert client.get("/meeting-series/new/").status_code == 200
    assert client.post("/meeting-series/new/", sent).status_code == 302
    made = Series.objects.get()
    page = client.get(made.get_absolute_url()).content.decode()
    assert "second Friday of every month" in page
    assert "Fri 17 Apr 2020" in page
    assert f"/series-exceptions/new/?series={made.pk}" in page
    row = {"series": made.pk, "day": "2020-08-14", "reason": "Summer"}
    assert client.post("/series-exceptions/new/", row).status_code == 302
    assert Meeting.objects.get(series=made, slot=date(2020, 8, 14)).state == "cancelled"
    client.logout()
    assert b"Summer" in client.get(made.get_absolute_url()).content
    assert b"SEC Panel" in client.get("/meeting-series/").content
