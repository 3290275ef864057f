"""Minutes: taken against the agenda, commented on, approved by a later meeting, and published by class."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from secretariat.core.classification import Class
from secretariat.core.journal import Event
from secretariat.core.people import Role
from secretariat.core.procedure import Refused
from secretariat.meetings.actions.models import Action
from secretariat.meetings.minutes.actions import minutes_of, put_right, take_out
from secretariat.meetings.minutes.models import Comment, Minute, Minutes
from secretariat.meetings.minutes.notices import members_of_its_body
from secretariat.meetings.minutes.procedure import COMMENTS
from secretariat.meetings.procedure import MEETINGS
from secretariat.post.due import due_steps
from tests.meetings.minuting import (
    BODY,
    CIRCULATED_ON,
    HELD_ON,
    NEXT_ON,
    by_secretary,
    commented,
    decision,
    instant,
    item,
    meeting,
    member,
    next_meeting,
    published,
    row,
    secretary,
    take,
    text,
)
from tests.register.factories import person
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


# Taking them


def test_minutes_begin_with_their_first_row_and_are_due_ten_working_days_after_the_meeting() -> None:
    minutes = row("Welcome.").minutes
    assert (minutes.state, minutes.due_on) == ("draft", date(2020, 2, 20))
    assert minutes.working.startswith("10 Working Days after Thu 6 Feb 2020 is Thu 20 Feb 2020")
    row("More.")
    assert Minutes.objects.get().rows.count() == 2


def test_minutes_are_taken_at_a_meeting_on_its_day_and_of_a_cancelled_one_there_are_none() -> None:
    with pytest.raises(Refused, match="on its day or later"):
        take("begin", minutes_of(next_meeting()), HELD_ON)
    cancelled = meeting()
    MEETINGS.take("cancel", cancelled, reason="Snow.", **by_secretary())
    with pytest.raises(Refused, match="of a cancelled meeting there are none"):
        take("begin", minutes_of(cancelled), HELD_ON)
    assert not Minutes.objects.exists()


def test_a_decision_says_how_the_body_decided_and_nothing_else_does() -> None:
    with pytest.raises(ValidationError, match="how the body decided"):
        row("Approved it.", kind="decision")
    with pytest.raises(ValidationError, match="how the body decided"):
        row("Talked.", outcome="noted")
    assert decision("The budget.", votes_for=5, votes_against=2).vote == "5 for, 2 against"
    with pytest.raises(ValidationError, match="A vote belongs to a decision"):
        row("Talked.", votes_for=1)


def test_a_row_is_on_an_item_of_its_meeting_and_not_of_a_lower_class_than_it() -> None:
    with pytest.raises(ValidationError, match="of another meeting"):
        row("It.", item=item("Theirs", of=next_meeting()))
    with pytest.raises(ValidationError, match="is Amber; what is minuted is not lower"):
        row("It.", Class.GREEN, item=item("Secret", Class.AMBER))


def test_a_row_that_is_an_action_places_it_with_its_owner_and_day() -> None:
    on = item("Testing")
    made = row("Send the list.", kind="action", item=on, owner={"team": "technical"}, days=10)
    action = Action.objects.get()
    assert made.action == action
    assert (action.what, action.team, action.due, action.item) == ("Send the list.", "technical", date(2020, 2, 20), on)
    assert (action.reference, action.classification, action.audience) == ("TABASC-W1", Class.AMBER, BODY)


def test_a_row_that_is_refused_leaves_nothing_behind() -> None:
    with pytest.raises(Refused, match="one owner"):
        row("Send the list.", kind="action", days=10)
    assert not Minutes.objects.exists()
    assert not Action.objects.exists()


def test_nothing_of_a_draft_is_read_outside_the_body() -> None:
    decision("Canary.", item=item("Title"))
    for who in (None, person(Role.PARTY_CONTACT), member("SSC")):
        client = signed_in(who)
        at = instant(NEXT_ON)
        assert not Minutes.objects.visible_to(who, at)
        assert not Minute.objects.visible_to(who, at)
        assert client.get(Minutes.objects.get().get_absolute_url()).status_code == 404
        assert client.get(f"/minutes/{meeting().pk}/draft/white/").status_code == 404
        for ending in ("/", ".csv"):
            assert "Canary" not in text(client, f"/decisions-of-bodies{ending}")
    assert "Canary." in text(signed_in(member()), Minutes.objects.get().get_absolute_url())
    assert not Event.objects.visible_to(None, instant(NEXT_ON)).filter(kind="meetings.minute").exists()


def test_a_red_row_is_read_by_who_wrote_it_and_by_those_named() -> None:
    named, other = member(), member(name="Other")
    made = decision("Canary.", Class.RED, recipients=[named])
    readers = [who for who in (named, other, secretary(), None) if Minute.objects.visible_to(who, instant(NEXT_ON))]
    assert readers == [named, secretary()]
    minutes = made.minutes
    assert "Canary." in text(signed_in(named), minutes.get_absolute_url())
    assert "Canary." not in text(signed_in(other), minutes.get_absolute_url())


def test_a_draft_is_put_right_and_its_action_with_it() -> None:
    made = row("Send the lst.", kind="action", owner={"team": "technical"}, days=10)
    put_right(made, {"text": "Send the list.", "published_class": Class.GREEN}, **by_secretary())
    made.refresh_from_db()
    assert made.action is not None
    assert (made.text, made.action.what) == ("Send the list.", "Send the list.")
    assert made.classification == Class.AMBER
    with pytest.raises(ValidationError, match="drop it on its own page"):
        put_right(made, {"kind": "discussion"}, **by_secretary())


def test_what_belongs_to_a_row_that_becomes_red_becomes_red_with_it() -> None:
    other, owner = member(name="Other"), member(name="Owner Name")
    made = row("Canary.", kind="action", owner={"person": owner}, days=10)
    take("circulate", made.minutes, CIRCULATED_ON)
    made = Minute.objects.get()
    commented(made, "Canary too.")
    put_right(made, {"published_class": Class.RED}, recipients=[owner], **by_secretary())
    for model in (Minute, Action, Comment):
        assert model.objects.visible_to(owner, instant(NEXT_ON)).exists(), model
        assert not model.objects.visible_to(other, instant(NEXT_ON)).exists(), model
    assert Comment.objects.visible_to(member(), instant(NEXT_ON)).exists()


def test_an_action_of_a_team_does_not_become_red() -> None:
    made = row("Canary.", kind="action", owner={"team": "technical"}, days=10)
    with pytest.raises(ValidationError, match="hand it over first"):
        put_right(made, {"published_class": Class.RED}, recipients=[member()], **by_secretary())
    assert Minute.objects.get().published_class == Class.WHITE


def test_a_row_typed_by_mistake_is_taken_out_of_a_draft_and_the_journal_keeps_what_it_said() -> None:
    kept, placed = row("Welcome."), row("To do.", kind="action", owner={"team": "technical"}, days=10)
    take_out(row("Wlcm."), **by_secretary())
    assert Event.objects.get(name="minute.take_out").facts["text"] == "Wlcm."
    assert list(Minute.objects.order_by("pk")) == [kept, placed]
    with pytest.raises(Refused, match="dropped on its own page"):
        take_out(placed, **by_secretary())
    take("circulate", kept.minutes, CIRCULATED_ON)
    with pytest.raises(Refused, match="Only of a draft"):
        take_out(Minute.objects.get(text="Welcome."), **by_secretary())


# Circulating, commenting and approving


def test_minutes_are_circulated_once_something_is_minuted_and_the_members_hear_of_it() -> None:
    empty = Minutes(meeting=meeting())
    take("begin", empty, HELD_ON)
    with pytest.raises(Refused, match="Nothing is minuted yet"):
        take("circulate", empty, CIRCULATED_ON)
    row("Welcome.")
    take("circulate", empty, CIRCULATED_ON)
    assert (empty.circulated_on, empty.comments_by) == (CIRCULATED_ON, date(2020, 2, 25))
    event = Event.objects.get(name="minutes.circulate")
    here, there = member(), member("SSC")
    assert set(members_of_its_body(event, empty, instant(CIRCULATED_ON))) == {here}
    assert there not in members_of_its_body(event, empty, instant(CIRCULATED_ON))


def test_a_meeting_held_on_an_agenda_kept_here_has_its_minutes_begun_and_chased_by_time() -> None:
    item("Testing")
    MEETINGS.take("hold", meeting(), **by_secretary())
    at = instant(date(2020, 2, 14))
    (due,) = (one for one in due_steps(at) if one.procedure.name == "minutes")
    due.procedure.take(due.step, due.record, by=None, at=at, recorded=at)
    assert Minutes.objects.get().due_on == date(2020, 2, 20)
    assert not [one for one in due_steps(at) if one.procedure.name == "minutes"]
    at = instant(date(2020, 2, 17))
    (chase,) = (one for one in due_steps(at) if one.procedure.name == "minutes")
    assert chase.step == "chase"
    chase.procedure.take("chase", chase.record, by=None, at=at, recorded=at)
    assert not [one for one in due_steps(instant(NEXT_ON)) if one.procedure.name == "minutes"]


def test_members_of_the_body_comment_on_circulated_minutes_and_nobody_else() -> None:
    made = row("Welcome.")
    with pytest.raises(Refused, match="circulated and not yet approved"):
        commented(made)
    take("circulate", made.minutes, CIRCULATED_ON)
    made.refresh_from_db()
    with pytest.raises(Refused, match="is for others"):
        commented(made, by=member("SSC"))
    one = commented(made)
    assert (one.classification, one.audience) == (Class.AMBER, BODY)


def test_every_comment_is_answered_before_the_minutes_are_approved() -> None:
    made = row("Welcome.")
    take("circulate", made.minutes, CIRCULATED_ON)
    made.refresh_from_db()
    one = commented(made)
    with pytest.raises(Refused, match="every comment"):
        take("close_comments", made.minutes)
    with pytest.raises(Refused, match="every comment"):
        take("approve", made.minutes, meeting=next_meeting().pk)
    COMMENTS.take("accept", one, answer="Put right.", **by_secretary(date(2020, 2, 20)))
    take("close_comments", made.minutes)
    take("approve", made.minutes, meeting=next_meeting().pk)
    assert (made.minutes.state, made.minutes.approved_at) == ("approved", next_meeting())


def test_a_later_meeting_of_the_same_body_approves_on_its_day_or_after() -> None:
    minutes = row("Welcome.").minutes
    take("circulate", minutes, CIRCULATED_ON)
    others = meeting(95, date(2020, 2, 26), "SSC")
    for wrong, day in ((meeting(), NEXT_ON), (others, NEXT_ON), (next_meeting(), date(2020, 3, 4))):
        with pytest.raises(Refused, match="a later meeting of the same body"):
            take("approve", minutes, day, meeting=wrong.pk)
    take("approve", minutes, meeting=next_meeting().pk)


def test_approved_minutes_are_no_longer_changed_and_their_headlines_still_are() -> None:
    made = row("Welcome.")
    take("circulate", made.minutes, CIRCULATED_ON)
    take("approve", made.minutes, meeting=next_meeting().pk)
    made = Minute.objects.get()
    with pytest.raises(Refused, match="no longer changed"):
        put_right(made, {"text": "Other."}, **by_secretary(NEXT_ON))
    with pytest.raises(Refused, match="no longer changed"):
        row("More.")
    put_right(made, {"headline": "Hello."}, **by_secretary(NEXT_ON))
    made.refresh_from_db()
    assert (made.text, made.headline) == ("Welcome.", "Hello.")


# The pages


def typed(**more: Any) -> dict[str, Any]:
    """A row as it is typed."""
    return {"kind": "decision", "outcome": "approved", "text": "The budget.", "published_class": "0", **more}


def test_the_secretary_types_the_minutes_against_the_agenda() -> None:
    first, second = item("Welcome"), item("Budget", Class.AMBER)
    client = signed_in(secretary())
    address = f"/minutes/{meeting().pk}/take/"
    page = text(client, f"{address}?item={second.pk}")
    assert "1. Welcome" in page
    assert "A1. Budget" in page
    answer = client.post(address, typed(item=first.pk))
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{address}?item={first.pk}#next"
    assert "The budget." in text(client, address)
    refused = client.post(f"{address}?item={second.pk}", typed(item=second.pk, text="Kept words."))
    assert refused.status_code == 422
    assert "Kept words." in refused.content.decode()
    assert "is Amber; what is minuted is not lower" in refused.content.decode()
    todo = typed(kind="action", outcome="", text="Send it.")
    assert client.post(address, todo).status_code == 422
    assert client.post(address, {**todo, "team": "technical", "days": "5"}).status_code == 302
    assert client.post(address, typed(published_class="3")).status_code == 422
    assert client.post(address, typed(published_class="3", recipients=[member().pk])).status_code == 302
    assert Minute.objects.count() == 3


def test_only_the_committees_team_takes_minutes_and_edits_headlines() -> None:
    made = row("Welcome.")
    key = meeting().pk
    for address in (f"/minutes/{key}/take/", f"/minutes/{key}/headlines/", f"/minute-rows/{made.pk}/"):
        assert signed_in(member()).get(address).status_code == 403, address
        assert Client().get(address).status_code == 302, address
        assert signed_in(secretary()).get(address).status_code == 200, address


def test_the_secretary_puts_a_row_right_and_edits_the_headlines() -> None:
    made = row("Welcom.")
    client = signed_in(secretary())
    told = {"kind": "discussion", "text": "Welcome.", "published_class": "0"}
    assert client.post(f"/minute-rows/{made.pk}/", {**told, "text": ""}).status_code == 422
    assert client.post(f"/minute-rows/{made.pk}/", told).status_code == 302
    key = meeting().pk
    edit = {f"in_{made.pk}": "on", f"words_{made.pk}": "All are welcome."}
    answer = client.post(f"/minutes/{key}/headlines/", edit)
    assert answer.headers["Location"] == f"/minutes/{key}/draft/headlines/"
    assert "All are welcome." in text(client, f"/minutes/{key}/draft/headlines/")
    made.refresh_from_db()
    assert (made.text, made.headline) == ("Welcome.", "All are welcome.")


def test_a_member_reads_the_draft_and_comments_on_a_row() -> None:
    made = row("Welcome.")
    take("circulate", made.minutes, CIRCULATED_ON)
    client, key = signed_in(member()), meeting().pk
    for level in ("white", "green", "amber", "headlines"):
        assert "Welcome." in text(client, f"/minutes/{key}/draft/{level}/"), level
    assert client.get(f"/minutes/{key}/draft/white.pdf").content.startswith(b"%PDF")
    address = f"/minute-rows/{made.pk}/comment/"
    assert address in text(client, made.get_absolute_url())
    assert client.post(address, {"text": ""}).status_code == 422
    assert client.post(address, {"text": "We began late."}).status_code == 302
    assert "We began late." in text(client, made.get_absolute_url())
    assert "We began late." in text(client, "/minutes-comments/")
    assert signed_in(member("SSC")).get(address).status_code == 404
    assert "We began late." not in text(signed_in(member("SSC")), "/minutes-comments/")


def test_approved_minutes_are_not_taken_any_more() -> None:
    published(row("Welcome.").minutes)
    assert signed_in(secretary()).get(f"/minutes/{meeting().pk}/take/").status_code == 403
    assert signed_in(member()).get(f"/minutes/{meeting().pk}/draft/white/").status_code == 404


def test_a_cancelled_meeting_has_no_page_for_its_minutes() -> None:
    cancelled = meeting()
    MEETINGS.take("cancel", cancelled, reason="Snow.", **by_secretary())
    assert signed_in(secretary()).get(f"/minutes/{cancelled.pk}/take/").status_code == 404
