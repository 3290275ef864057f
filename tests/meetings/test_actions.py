"""Actions: who does them by when, what closes them, and when they come back to their body."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from secretariat.committees.models import Committee
from secretariat.core.classification import Class
from secretariat.core.duties import duties_of
from secretariat.core.figures import Span
from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, Team
from secretariat.core.procedure import Refused
from secretariat.meetings.actions.actions import close, place
from secretariat.meetings.actions.figures import overdue_actions
from secretariat.meetings.actions.models import Action, open_for
from secretariat.meetings.actions.notices import the_owner
from secretariat.meetings.actions.procedure import ACTIONS
from secretariat.plain.months import Month
from secretariat.post.due import due_steps
from secretariat.post.notices import NOTICES
from tests.meetings.minuting import BODY, HELD_ON, NEXT_ON, by_secretary, instant, item, meeting, member, next_meeting
from tests.register.factories import party, person
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


def placed(what: str = "Send the list.", level: int = Class.GREEN, due: str = "2020-02-20", **more: Any) -> Action:
    """An action that was placed at the meeting, on the technical team unless told."""
    owner = {} if {"person", "organisation"} & set(more) else {"team": Team.TECHNICAL}
    days, body = more.pop("days", None), Committee.objects.get(code=BODY)
    made = Action(committee=body, meeting=meeting(), what=what, classification=level, **owner, **more)
    return place(made, days=days, due=date.fromisoformat(due) if due else None, **by_secretary())


def step(name: str, action: Action, day: date = date(2020, 2, 14), by: Person | None = None, **facts: Any) -> None:
    """A step of an action, by the committees team unless told."""
    ACTIONS.take(name, action, **{**by_secretary(day), **({"by": by} if by else {})}, **facts)


def seen_by(who: Person | None) -> set[str]:
    """The actions that a person may read."""
    return set(Action.objects.visible_to(who, instant(NEXT_ON)).values_list("what", flat=True))


def test_a_due_day_tells_its_working_by_working_days_after_the_meeting() -> None:
    action = placed(due="", days=10)
    assert action.due == date(2020, 2, 20)
    assert action.working.startswith("10 Working Days after Thu 6 Feb 2020 is Thu 20 Feb 2020")


def test_an_action_without_a_day_is_due_by_the_next_meeting_and_without_one_is_refused() -> None:
    with pytest.raises(Refused, match="Say by when"):
        placed(due="")
    next_meeting()
    action = placed(due="")
    assert action.due == NEXT_ON
    assert "By the next meeting of the body, TABASC_51_0503" in action.working


def test_an_action_has_one_owner() -> None:
    for wrong in ({"team": Team.TECHNICAL, "person": member()}, {}):
        made = Action(committee=Committee.objects.get(code=BODY), what="It.", **wrong)
        with pytest.raises(Refused, match="one owner"):
            place(made, due=NEXT_ON, **by_secretary())
    assert not Action.objects.exists()


def test_references_count_within_a_body_and_class_so_that_none_tells_of_a_higher_class() -> None:
    references = [placed(level=level).reference for level in (Class.GREEN, Class.AMBER, Class.AMBER, Class.GREEN)]
    assert references == ["TABASC-G1", "TABASC-A1", "TABASC-A2", "TABASC-G2"]


def test_an_action_is_closed_with_evidence_once_it_is_done() -> None:
    action = placed()
    with pytest.raises(Refused, match="not possible here"):
        step("close", action, evidence="The list.")
    step("do", action, by=person(team=Team.TECHNICAL), answer="Sent on 13 February.")
    with pytest.raises(Refused, match="Evidence: This field is required"):
        step("close", action, evidence="")
    step("close", action, evidence="The list, in the papers of the meeting.")
    assert (action.state, action.settled_on) == ("closed", date(2020, 2, 14))


def test_evidence_can_be_a_file_which_carries_the_class_of_the_action() -> None:
    action = placed(level=Class.AMBER)
    step("record_done", action, answer="Sent.")
    close(action, "The list.", "list.txt", b"one\n", **by_secretary())
    action.refresh_from_db()
    file: Any = action.evidence_file
    assert (action.state, file.name) == ("closed", "list.txt")
    assert (file.classification, file.audience) == (Class.AMBER, BODY)


def test_a_refused_closing_keeps_no_file() -> None:
    action = placed()
    with pytest.raises(Refused):
        close(action, "The list.", "list.txt", b"one\n", **by_secretary())
    action.refresh_from_db()
    assert action.evidence_file is None


def test_only_its_owner_or_the_committees_team_says_that_it_is_done() -> None:
    owner, other = member(), member(name="Other")
    action = placed(person=owner)
    with pytest.raises(Refused, match="is for others"):
        step("do", action, by=other, answer="Done.")
    with pytest.raises(Refused, match="is for others"):
        step("do", action, by=person(team=Team.HELPDESK), answer="Done.")
    step("do", action, by=owner, answer="Done.")
    assert action.state == "done"


def test_what_is_not_closed_comes_back_to_the_bodys_agenda_by_itself() -> None:
    late, done, closed, dropped = placed("Late."), placed("Done.", due="2020-02-19"), placed("Closed."), placed("Gone.")
    for action in (done, closed):
        step("record_done", action, answer="Done.")
    step("close", closed, evidence="Seen.")
    step("drop", dropped, why="It is not needed.")
    body = Committee.objects.get(code=BODY)
    assert list(open_for(body)) == [done, late]
    step("reopen", done, why="Half of it.")
    assert list(open_for(body)) == [done, late]
    assert not open_for(Committee.objects.get(code="SSC")).exists()


def test_moving_the_day_says_why_and_what_it_was_before() -> None:
    action = placed()
    with pytest.raises(Refused, match="The new day is another day than the present one"):
        step("move", action, due="2020-02-07", why="Late.")
    step("move", action, due="2020-03-05", why="The data came late")
    assert action.due == NEXT_ON
    assert "The data came late. It was due on Thu 20 Feb 2020." in action.working


def test_an_action_is_handed_over_to_one_other_owner() -> None:
    action = placed()
    with pytest.raises(Refused, match="one owner"):
        step("hand_over", action, team="", person="", organisation="")
    step("hand_over", action, team="", person=member().pk, organisation="")
    assert (action.owner, action.team) == ("Member", "")


def test_an_owner_reads_the_own_amber_action_and_others_of_no_clearance_do_not() -> None:
    outside, contact_of = member("SSC", "Outside"), party()
    placed("For a person.", Class.AMBER, person=outside)
    placed("For a party.", Class.AMBER, organisation=contact_of)
    contact = person(Role.PARTY_CONTACT, organisation_id=contact_of.pk)
    assert seen_by(outside) == {"For a person."}
    assert seen_by(contact) == {"For a party."}
    assert seen_by(member()) == {"For a person.", "For a party."}
    assert seen_by(None) == set()


def test_a_red_action_is_done_by_a_named_person_and_read_by_those_named_alone() -> None:
    owner = member()
    with pytest.raises(Refused, match="its owner is a person"):
        placed("Canary.", Class.RED)
    action = placed("Canary.", Class.RED, person=owner)
    assert seen_by(owner) == {"Canary."}
    assert seen_by(member(name="Other")) == set()
    with pytest.raises(Refused, match="A Red action is not handed over"):
        step("hand_over", action, team=Team.TECHNICAL, person="", organisation="")


def test_an_action_is_of_its_meetings_body_and_not_lower_than_its_item() -> None:
    with pytest.raises(Refused, match="a meeting of its own body"):
        place(Action(committee=Committee.objects.get(code="SSC"), meeting=meeting(), what="It.", team="technical"),
              due=NEXT_ON, **by_secretary())  # fmt: skip
    with pytest.raises(Refused, match="agenda item is Amber"):
        placed(item=item("Secret", Class.AMBER))


def test_an_owner_is_reminded_once_before_the_day() -> None:
    action = placed()
    assert not list(due_steps(instant(date(2020, 2, 17))))
    (due,) = due_steps(instant(date(2020, 2, 18)))
    assert (due.step, due.record) == ("chase", action)
    at = instant(date(2020, 2, 18))
    due.procedure.take(due.step, due.record, by=None, at=at, recorded=at)
    assert not list(due_steps(instant(date(2020, 2, 21))))


def test_the_owner_hears_of_it_as_a_person_a_team_or_a_party() -> None:
    contact_of = party()
    contact = person(Role.PARTY_CONTACT, organisation_id=contact_of.pk)
    told = {
        placed("One.", person=member()): {member()},
        placed("Two."): {person(team=Team.TECHNICAL)},
        placed("Three.", organisation=contact_of): {contact},
    }
    event = Event.objects.filter(name="action.place")[0]
    for action, people in told.items():
        assert set(the_owner(event, action, instant(HELD_ON))) == people
        for name in ("place", "hand_over", "chase", "move", "reopen"):
            (notice,) = NOTICES[f"action.{name}"]
            subject, body = notice.written(event, action, member(), instant(HELD_ON))
            assert action.reference in subject
            assert action.what in body
            assert action.get_absolute_url() in body


def test_a_party_sees_its_action_among_its_duties_until_it_is_done() -> None:
    contact_of = party()
    contact = person(Role.PARTY_CONTACT, organisation_id=contact_of.pk)
    action = placed("Send the list.", organisation=contact_of)
    due = [one for one in duties_of(contact_of.pk, contact, instant(HELD_ON)) if one.about == action]
    assert [(one.what, one.due) for one in due] == [("Send the list.", date(2020, 2, 20))]
    step("do", action, by=contact, answer="Sent.")
    assert not [one for one in duties_of(contact_of.pk, contact, instant(HELD_ON)) if one.about == action]


def test_overdue_actions_are_counted_by_body_up_to_the_last_day_of_the_span(
    django_assert_max_num_queries: Any,
) -> None:
    february = Span.of(Month.parse("2020-02"))
    on_the_last_day, done_then = placed("A.", due="2020-02-29"), placed("B.", due="2020-02-20")
    after, done_later = placed("C.", due="2020-03-01"), placed("D.", due="2020-02-20")
    step("record_done", done_then, date(2020, 2, 29), answer="Done.")
    step("record_done", done_later, date(2020, 3, 1), answer="Done.")
    with django_assert_max_num_queries(3):
        grid = overdue_actions.grid(february)
    cell = grid.cell("tabasc")
    assert cell.value == 2
    assert set(cell.counted.ids) == {on_the_last_day.pk, done_later.pk}  # type: ignore[union-attr]
    assert grid.headline.value == 2
    assert after.pk not in cell.counted.ids  # type: ignore[union-attr]


def test_the_list_shows_ones_own_the_overdue_and_hides_what_may_not_be_read() -> None:
    placed("Mine.", person=member(), due="2030-01-01")
    placed("Theirs.")
    placed("Canary.", Class.AMBER)
    client = signed_in(member("SSC", "Outside"))
    whole = client.get("/actions/").content.decode()
    assert "Theirs." in whole
    assert "Canary." not in whole
    mine = signed_in(member()).get("/actions/?show=mine").content.decode()
    assert "Mine." in mine
    assert "Theirs." not in mine
    overdue = signed_in(member()).get("/actions/?show=overdue").content.decode()
    assert "Theirs." in overdue
    assert "Mine." not in overdue
    assert "Theirs." not in Client().get("/actions/").content.decode()


def test_an_actions_page_shows_that_it_is_overdue_with_its_working_to_those_who_may_read_it() -> None:
    action = placed(due="", days=10)
    client = signed_in(member())
    page = client.get(action.get_absolute_url()).content.decode()
    assert "Overdue." in page
    assert "10 Working Days after" in page
    assert Client().get(action.get_absolute_url()).status_code == 404


def test_the_committees_team_enters_and_closes_actions_by_pages() -> None:
    client, body = signed_in(by_secretary()["by"]), Committee.objects.get(code=BODY)
    told = {"committee": body.pk, "what": "Send it.", "team": "technical", "classification": 1, "due_on": "2030-01-02"}
    assert client.post("/actions/new/", {**told, "team": ""}).status_code == 422
    assert client.post("/actions/new/", told).status_code == 302
    action = Action.objects.get()
    address = f"/actions/{action.reference}/evidence/"
    assert client.get(address).status_code == 403
    step("record_done", action, answer="Sent.")
    assert client.get(address).status_code == 200
    assert client.post(address, {"evidence": ""}).status_code == 422
    assert client.post(address, {"evidence": "Seen."}).status_code == 302
    assert Action.objects.get().state == "closed"
    assert signed_in(member()).get("/actions/new/").status_code == 403
    assert Client().get("/actions/new/").status_code == 302


def test_a_file_that_is_not_taken_is_no_evidence() -> None:
    action = placed()
    step("record_done", action, answer="Sent.")
    with pytest.raises(ValidationError, match="not taken"):
        close(action, "The list.", "list.exe", b"MZ", **by_secretary())
