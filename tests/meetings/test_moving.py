"""Meetings that are moved, cancelled or clash, and the notice of them."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from django.test import Client

from secretariat.core.journal import history
from secretariat.core.people import Role
from secretariat.core.procedure import Refused
from secretariat.core.rulebook import RULEBOOK
from secretariat.meetings.attending.actions import Guest, invite
from secretariat.meetings.attending.procedure import ATTENDANCES
from secretariat.meetings.models import Meeting
from secretariat.meetings.notices import those_affected, those_invited
from secretariat.meetings.procedure import MEETINGS, last_day_of_notice
from secretariat.meetings.series.clashes import clashes
from secretariat.meetings.series.models import first_day
from secretariat.post.models import Message
from secretariat.post.outbox import gather
from tests.meetings.factories import body, by_clerk, clerk, held, listed, london, member, planned, told
from tests.register.factories import NOON, person


@pytest.mark.django_db
def test_a_moved_meeting_keeps_its_old_day_and_takes_its_reference_along() -> None:
    meeting = planned("SECP", "2020-03-13", 78, starts=time(10), ends=time(13))
    MEETINGS.take("move", meeting, day="2020-03-20", starts="11:00", reason="The Chair is away", **told())
    meeting.refresh_from_db()
    assert (meeting.day, meeting.starts, meeting.ends) == (date(2020, 3, 20), time(11), time(14))
    assert meeting.reference == "SECP_78_2003"
    move = meeting.moves.get()
    assert (move.old_day, move.old_starts, move.reason) == (date(2020, 3, 13), time(10), "The Chair is away")
    event = history(meeting).last()
    assert event is not None
    assert event.facts["day"] == {"old": "2020-03-13", "new": "2020-03-20"}
    assert event.facts["reference"] == {"old": "SECP_78_1303", "new": "SECP_78_2003"}
    MEETINGS.take("move", meeting, day="2020-03-27", reason="Again", **told())
    assert first_day(meeting) == date(2020, 3, 13)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"day": "2020-03-04", "reason": "Late"}, "a day that has not passed"),
        ({"day": "2020-03-13", "reason": "Same"}, "to another day, or to another hour"),
        ({"day": "2020-03-13", "starts": "10:00", "reason": "Same"}, "to another day, or to another hour"),
        ({"day": "2020-03-20", "reason": ""}, "Reason"),
        ({"day": "2020-03-20", "starts": "12:00", "ends": "11:00", "reason": "Typed"}, "ends after it starts"),
    ],
)
@pytest.mark.django_db
def test_a_move_to_nowhere_is_refused(facts: dict[str, Any], words: str) -> None:
    meeting = planned("SECP", "2020-03-13", 78, starts=time(10), ends=time(13))
    with pytest.raises(Refused, match=words):
        MEETINGS.take("move", meeting, **facts, **told())
    meeting.refresh_from_db()
    assert (meeting.day, meeting.moves.count()) == (date(2020, 3, 13), 0)


@pytest.mark.django_db
def test_a_meeting_that_was_held_or_cancelled_is_not_moved() -> None:
    meeting = held("SECP", "2020-02-14", 77)
    with pytest.raises(Refused, match="is not possible here"):
        MEETINGS.take("move", meeting, day="2020-03-20", reason="Late", **told())


@pytest.mark.django_db
def test_members_and_guests_are_told_when_a_meeting_is_moved_or_cancelled() -> None:
    meeting = planned("SECP", "2020-03-27", 78)
    sits, guest, other = member("SECP", "Mae Lane"), person(Role.PARTY_CONTACT), member("SSC", "Ash Wood")
    invite(meeting, [Guest(guest, "guest")], shorter_agreed=False, **told())
    MEETINGS.take("move", meeting, day="2020-03-30", reason="The Chair is away", **told())
    event = history(meeting).last()
    assert event is not None
    assert set(those_affected(event, meeting, event.at)) == {sits, guest}
    assert set(those_invited(event, meeting, event.at)) == {guest}
    MEETINGS.take("cancel", meeting, reason="No business", **told())
    gather(event.at, event.at)
    messages = list(Message.objects.select_related("person"))
    assert {(row.person, row.subject) for row in messages if row.notice != "meeting.call"} == {
        (who, subject)
        for who in (sits, guest)
        for subject in ("Moved: SEC Panel, now Mon 30 Mar 2020", "Cancelled: SEC Panel, Mon 30 Mar 2020")
    }
    moved = next(row for row in messages if row.notice == "meeting.move")
    assert "planned for Fri 27 Mar 2020 is moved to Mon 30 Mar 2020" in moved.body
    assert "The Chair is away" in moved.body
    assert not any(row.person == other for row in messages)


@pytest.mark.parametrize(
    ("given", "agreed", "taken"),
    [
        ("2020-02-28 17:00", False, True),
        ("2020-02-28 17:01", False, False),
        ("2020-02-29 09:00", False, False),
        ("2020-03-02 09:00", True, True),
        ("2020-03-02 09:00", False, False),
    ],
)
@pytest.mark.django_db
def test_notice_is_ten_working_days_unless_shorter_is_agreed(given: str, agreed: bool, taken: bool) -> None:
    """GOV-9: ten Working Days before Fri 13 Mar 2020 is Fri 28 Feb; after 17:00 counts as the next one (WD-4)."""
    meeting = planned("SECP", "2020-03-13", 78)
    assert last_day_of_notice(meeting) == date(2020, 2, 28)
    if not taken:
        with pytest.raises(Refused, match="as many Working Days before it"):
            MEETINGS.take("call", meeting, shorter_agreed=agreed, **by_clerk(given))
        return
    MEETINGS.take("call", meeting, shorter_agreed=agreed, **by_clerk(given))
    assert meeting.called_on == london(given).date()
    with pytest.raises(Refused, match="Notice of a meeting is given once"):
        MEETINGS.take("call", meeting, shorter_agreed=True, **by_clerk(given))
    assert meeting.state == "planned"


@pytest.mark.django_db
def test_a_body_may_have_a_notice_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = RULEBOOK.entry("meetings.notice_wd", date(2020, 3, 5))
    own = {**RULEBOOK.entries, "meetings.ssc.notice_wd": (type(entry)("", 5, date(2013, 1, 1), "", "setting", ""),)}
    monkeypatch.setitem(RULEBOOK.__dict__, "entries", own)
    assert last_day_of_notice(planned("SSC", "2020-03-13")) == date(2020, 3, 6)
    assert last_day_of_notice(planned("TAG", "2020-03-13")) == date(2020, 2, 28)


@pytest.mark.parametrize(
    ("starts", "ends", "found"),
    [
        (time(9), time(10), False),
        (time(9), time(10, 1), True),
        (time(11, 59), None, True),
        (time(12), None, False),
        (time(8), None, False),
        (time(8, 1), None, True),
        (None, None, True),
    ],
)
@pytest.mark.django_db
def test_meetings_of_the_same_members_at_the_same_hour_clash(starts: Any, ends: Any, found: bool) -> None:
    who = member("SECP", "Mae Lane")
    listed(planned("SSC", "2020-03-13", starts=time(10), ends=time(12)), who, "guest")
    there = Meeting(committee=body("SECP"), day=date(2020, 3, 13), starts=starts, ends=ends)
    assert [clash.people for clash in clashes(there)] == ([(who,)] if found else [])


@pytest.mark.django_db
def test_who_sent_apologies_and_other_people_do_not_clash() -> None:
    who = member("SECP", "Mae Lane")
    other = planned("SSC", "2020-03-13", starts=time(10))
    row = listed(other, who, "guest")
    there = Meeting(committee=body("SECP"), day=date(2020, 3, 13), starts=time(10))
    assert clashes(there)
    ATTENDANCES.take("apologise", row, reason="At the Panel", **told())
    assert clashes(there) == []


@pytest.mark.django_db
def test_a_clash_is_said_when_a_meeting_is_planned_and_planned_all_the_same_when_that_is_ticked(
    client: Client, settings: Any
) -> None:
    settings.CLOCK = NOON.isoformat()
    who = member("SECP", "Mae Lane")
    listed(planned("SSC", "2020-03-13", starts=time(10)), who, "guest")
    client.force_login(clerk())
    sent = {"committee": body("SECP").pk, "day": "2020-03-13", "starts": "11:00", "extraordinary": 0, "note": "Typed"}
    answer = client.post("/meetings/new/", sent)
    assert answer.status_code == 422
    assert b"these belong to both: Mae Lane" in answer.content
    assert b"Plan it despite the clash" in answer.content
    assert b"Typed" in answer.content
    assert client.post("/meetings/new/", {**sent, "despite_clash": "on"}).status_code == 302
    page = client.get(Meeting.objects.get(committee__code="SECP").get_absolute_url()).content
    assert b"these belong to both: Mae Lane" in page
    client.logout()
    assert b"Mae Lane" not in client.get(Meeting.objects.get(committee__code="SECP").get_absolute_url()).content


@pytest.mark.django_db
def test_a_move_into_a_clash_is_refused_unless_it_is_meant() -> None:
    who = member("SECP", "Mae Lane")
    listed(planned("SSC", "2020-03-20", starts=time(10)), who, "guest")
    meeting = planned("SECP", "2020-03-13", 78, starts=time(10))
    with pytest.raises(Refused, match="meet elsewhere at that hour"):
        MEETINGS.take("move", meeting, day="2020-03-20", reason="Late", **told())
    MEETINGS.take("move", meeting, day="2020-03-20", reason="Late", despite_clash=True, **told())
    assert meeting.day == date(2020, 3, 20)
