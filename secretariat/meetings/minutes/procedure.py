"""Minutes are taken, circulated, commented on, approved by a later meeting and published (rule GOV-11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django import forms

from secretariat.core.calendar import calendar
from secretariat.core.capacities import the_clock
from secretariat.core.facts import a_line
from secretariat.core.people import Person, Role
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.meetings.agenda.models import LISTED
from secretariat.meetings.minutes.models import (
    ACCEPTED,
    APPROVED,
    CIRCULATED,
    COMMENTED,
    DECLINED,
    DRAFT,
    MADE,
    PUBLISHED,
    STILL_OPEN,
    Comment,
    Minutes,
)
from secretariat.meetings.minutes.publishing import publish_headlines, publish_minutes
from secretariat.meetings.models import CANCELLED, HELD, Meeting
from secretariat.meetings.procedure import committees_team
from secretariat.plain.dates import local_day
from secretariat.post.due import Due, register

Facts = Mapping[str, Any]


def committees_or_clock(person: Person | None, record: Any, at: datetime) -> bool:
    """The secretariat's committees team, or time alone."""
    return person is None or committees_team(person, record, at)


def member_of_its_body(person: Person | None, record: Any, at: datetime) -> bool:
    """A member of the body, or the secretariat's committees team."""
    if person is None or record is None:
        return False
    code = record.minute.minutes.meeting.committee.code
    rows = person.capacities_on(local_day(at))
    member = any(row.role == Role.COMMITTEE_MEMBER and row.audience == code for row in rows)
    return member or committees_team(person, record, at)


@rule("GOV-11")
def it_takes_place(minutes: Minutes, at: datetime) -> bool:
    """Minutes are taken at a meeting on its day or later; of a cancelled meeting there are none."""
    return minutes.meeting.state != CANCELLED and minutes.meeting.day <= local_day(at)


@rule("GOV-11")
def something_is_minuted(minutes: Minutes, at: datetime) -> bool:
    """Nothing is minuted yet."""
    return minutes.rows.exists()


@rule("GOV-11")
def every_comment_is_answered(minutes: Minutes, at: datetime) -> bool:
    """Accept or decline every comment of the members first."""
    return not Comment.objects.filter(minute__minutes=minutes, state=MADE).exists()


@rule("GOV-11")
def a_later_meeting_of_the_body_approves(minutes: Minutes, at: datetime, facts: Facts) -> bool:
    """Minutes are approved by a later meeting of the same body, on its day or after it."""
    later: Meeting = facts["meeting"]
    same = later.committee_id == minutes.meeting.committee_id and later.state != CANCELLED
    return same and minutes.meeting.day < later.day <= local_day(at)


@rule("REF-2")
def something_white_is_a_headline(minutes: Minutes, at: datetime) -> bool:
    """Headlines are what is White in the minutes, and nothing there is."""
    return minutes.rows.filter(published_class=0, in_headlines=True).exists()


@rule("GOV-11")
def the_minutes_take_comments(comment: Comment, at: datetime) -> bool:
    """Members comment on minutes that are circulated and not yet approved."""
    return comment.minute.minutes.state in (CIRCULATED, COMMENTED)


def _begin(minutes: Minutes, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    day = minutes.meeting.day
    working = calendar().working(day, RULEBOOK.number("panel.minutes_wd", day))
    minutes.audience = minutes.meeting.committee.code
    minutes.due_on, minutes.working = working.result, working.sentence()


def _circulate(minutes: Minutes, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    day = local_day(at)
    minutes.circulated_on = day
    minutes.comments_by = calendar().add(day, RULEBOOK.number("minutes.comments_wd", day))


def _chase(minutes: Minutes, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    minutes.chased_at = at


def _approve(minutes: Minutes, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    minutes.approved_at = facts["meeting"]


def _answer(comment: Comment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    comment.answer = facts["answer"]


def _meeting() -> forms.Field:
    return forms.ModelChoiceField(Meeting.objects.exclude(state=CANCELLED), label="Approved at")


ANSWER = {"answer": a_line(1000)}

MINUTES = Procedure(
    "minutes",
    Minutes,
    Step("begin", NEW, DRAFT, committees_or_clock, (it_takes_place,), change=_begin),
    Step("circulate", DRAFT, CIRCULATED, committees_team, (something_is_minuted,), change=_circulate, primary=True,
         says="Circulate to the members"),
    Step("close_comments", CIRCULATED, COMMENTED, committees_team, (every_comment_is_answered,), primary=True),
    Step("approve", (CIRCULATED, COMMENTED), APPROVED, committees_team,
         (every_comment_is_answered, a_later_meeting_of_the_body_approves), {"meeting": _meeting}, _approve,
         "Record the approval"),
    Step("publish", APPROVED, PUBLISHED, committees_team, change=publish_minutes, primary=True),
    Step("publish_headlines", (*STILL_OPEN, APPROVED, PUBLISHED), None, committees_team,
         (something_white_is_a_headline,), change=publish_headlines),
    Step("chase", DRAFT, None, the_clock, change=_chase),
)  # fmt: skip

COMMENTS = Procedure(
    "minutes_comment",
    Comment,
    Step("make", NEW, MADE, member_of_its_body, (the_minutes_take_comments,)),
    Step("accept", MADE, ACCEPTED, committees_team, facts=ANSWER, change=_answer, primary=True,
         says="Accept: the row is put right"),
    Step("decline", MADE, DECLINED, committees_team, facts=ANSWER, change=_answer),
)  # fmt: skip


@register
def drafts_to_begin(at: datetime) -> Iterator[Due]:
    """The meetings that were held on an agenda kept here and of which no minutes are begun: their clock runs."""
    held = Meeting.objects.filter(state=HELD, agenda__state=LISTED, minutes__isnull=True, day__lte=local_day(at))
    for meeting in held.distinct().order_by("pk"):
        yield Due(MINUTES, "begin", Minutes(meeting=meeting, invented=meeting.invented))


@register
def chasers(at: datetime) -> Iterator[Due]:
    """The drafts that are to be circulated within the Working Days of the reminder, each chased once."""
    last = calendar().add(local_day(at), RULEBOOK.number("minutes.chase_wd", at))
    for minutes in Minutes.objects.filter(state=DRAFT, chased_at__isnull=True, due_on__lte=last).order_by("pk"):
        yield Due(MINUTES, "chase", minutes)
