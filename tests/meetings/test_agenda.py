"""Agendas: what is proposed for them, what is put on them, and what somebody asks a body to consider."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from secretariat.committees.ballots.models import Ballot
from secretariat.committees.models import Committee
from secretariat.core.people import Person, Role
from secretariat.core.procedure import Refused
from secretariat.meetings.actions.models import Action
from secretariat.meetings.agenda.candidates import candidates, carried_to, put_candidates
from secretariat.meetings.agenda.models import AgendaItem, Request
from secretariat.meetings.agenda.procedure import AGENDA_ITEMS, AGENDA_REQUESTS
from secretariat.meetings.models import Meeting
from secretariat.meetings.procedure import MEETINGS
from tests.meetings.agendas import drafted, issued, item, member, panel_78, secretary, standing, told
from tests.meetings.factories import planned
from tests.register.factories import NOON, party, person
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
WHITE, GREEN, AMBER, RED = range(4)


@pytest.fixture(autouse=True)
def at_noon(settings: Any) -> None:
    settings.CLOCK, settings.MFA_REQUIRED_ROLES = NOON.isoformat(), []


def titles(meeting: Meeting) -> list[str]:
    return [one.title for one in candidates(meeting, secretary(), NOON)]


def placed(meeting: Meeting, what: str = "Write to the DCC", **more: Any) -> Action:
    made: Action = Action.objects.create(
        committee=meeting.committee, what=what, person=secretary(), meeting=meeting, audience="SECP",
        **{"state": "open", "classification": WHITE, "reference": f"SECP-{what[:12]}", **more},
    )  # fmt: skip
    return made


def asked(by: Person, **more: Any) -> Request:
    body = Committee.objects.get(code="SECP")
    told_ = {"title": "Consider the alerts", "why": "They rise.", "recorded": NOON, "audience": "SECP"}
    made = Request(committee=body, asked_by=by, **{**told_, **more})
    AGENDA_REQUESTS.take("ask", made, **told(by=by))
    return made


# What is proposed


def test_standing_items_are_proposed_in_their_time_and_turn() -> None:
    meeting = panel_78()
    standing("Every meeting")
    standing("Every third", every=3)
    standing("Every fourth", every=4)
    standing("Ended", to_day=date(2020, 3, 12))
    standing("On its last day", to_day=date(2020, 3, 13))
    assert sorted(titles(meeting)) == ["Every meeting", "Every third", "On its last day"]


def test_standing_items_of_another_body_are_not_proposed() -> None:
    standing("Of the Panel")
    assert titles(planned("SSC", "2020-03-11", 96)) == []


def test_open_actions_accepted_requests_and_votes_are_proposed_and_what_is_on_the_agenda_no_longer() -> None:
    before, meeting = planned("SECP", "2020-02-14", 77), panel_78()
    placed(before)
    placed(before, "Closed one", state="closed")
    wish = asked(member())
    assert titles(meeting) == ["Action SECP-Write to the: Write to the DCC"]
    AGENDA_REQUESTS.take("accept", wish, **told(), reason="There is time.")
    Ballot.objects.create(
        committee=meeting.committee, question="Approve MP099?", opens_at=NOON, closes_at=NOON + timedelta(days=1),
        state="prepared", classification=WHITE,
    )  # fmt: skip
    found = candidates(meeting, secretary(), NOON)
    assert [one.source for one in found] == ["Action carried over", "Request", "Vote"]
    put_candidates(meeting, found, told())
    assert candidates(meeting, secretary(), NOON) == []
    listed = list(meeting.agenda.order_by("position"))
    assert [one.act for one in listed] == ["note", "discuss", "approve"]
    assert [type(one.about) for one in listed] == [Action, type(None), Ballot]


def test_an_item_has_the_class_of_what_it_comes_from() -> None:
    meeting = panel_78()
    placed(planned("SECP", "2020-02-14", 77), classification=AMBER)
    put_candidates(meeting, candidates(meeting, secretary(), NOON), told())
    made = meeting.agenda.get()
    assert (made.classification, made.audience, made.label) == (AMBER, "SECP", "A1")
    assert not AgendaItem.objects.all().visible_to(None, NOON).exists()


def test_actions_come_to_the_next_agenda_by_themselves_until_they_are_settled() -> None:
    before, meeting = planned("SECP", "2020-02-14", 77), panel_78()
    placed(before, "Open")
    placed(before, "Settled before", state="closed", settled_on=date(2020, 3, 12))
    placed(before, "Settled there", state="closed", settled_on=date(2020, 3, 13))
    placed(meeting, "Placed there")
    assert sorted(one.what for one in carried_to(meeting)) == ["Open", "Settled there"]
    assert b"SECP-Open" in signed_in(None).get(f"/meetings/{meeting.pk}/agenda/").content


# What is put on it


def test_items_are_numbered_within_their_class_and_stand_in_the_order_of_their_places() -> None:
    meeting = panel_78()
    labels = [item(meeting, "Item", level).label for level in (WHITE, AMBER, WHITE, GREEN, AMBER, WHITE)]
    assert labels == ["1", "A1", "2", "G1", "A2", "3"]
    last = meeting.agenda.get(classification=WHITE, number=3)
    AGENDA_ITEMS.take("move", last, **told(), position=5)
    assert [one.label for one in meeting.agenda.filter(classification=WHITE)] == ["3", "1", "2"]


def test_the_place_of_a_white_item_does_not_depend_on_higher_ones() -> None:
    meeting = panel_78()
    first = item(meeting, "First")
    for _ in range(3):
        item(meeting, "Amber", AMBER)
    assert item(meeting, "Second").position == first.position + 10


def test_an_item_that_changes_its_class_is_numbered_anew() -> None:
    meeting = panel_78()
    item(meeting, "First")
    second = item(meeting, "Second")
    AGENDA_ITEMS.take("reclassify", second, **told(), classification=AMBER)
    assert second.label == "A1"


def test_an_item_does_not_rise_above_its_papers() -> None:
    of = item(panel_78())
    drafted(of)
    with pytest.raises(Refused, match="A paper of the item has a lower class"):
        AGENDA_ITEMS.take("reclassify", of, **told(), classification=AMBER)


def test_an_item_with_an_issued_paper_stays_on_the_agenda() -> None:
    of = item(panel_78())
    issued(of)
    with pytest.raises(Refused, match="A paper of the item is issued; withdraw it first"):
        AGENDA_ITEMS.take("take_off", of, **told(), why="Not now.")


def test_an_item_taken_off_tells_why_and_can_be_put_back() -> None:
    of = item(panel_78())
    AGENDA_ITEMS.take("take_off", of, **told(), why="Not now.")
    assert (of.state, of.withdrawn_why) == ("withdrawn", "Not now.")
    AGENDA_ITEMS.take("put_back", of, **told())
    assert of.state == "listed"


def test_the_agenda_of_a_cancelled_meeting_stays_as_it_was() -> None:
    meeting = panel_78()
    MEETINGS.take("cancel", meeting, **told(), reason="No quorum.")
    with pytest.raises(Refused, match="The meeting was held or cancelled, so its agenda stays as it was"):
        item(meeting)


def test_a_red_item_is_read_by_who_entered_it_and_by_nobody_else() -> None:
    of = item(panel_78(), classification=RED)
    rows = AgendaItem.objects.filter(pk=of.pk)
    assert rows.visible_to(secretary(), NOON).exists()
    assert not rows.visible_to(member(), NOON).exists()


# What is asked for


def test_whoever_has_a_part_in_the_code_may_ask_and_nobody_else() -> None:
    others = (Role.PARTY_CONTACT, Role.ASSESSOR)
    entitled = [person(role, f"asks as {role.name}") for role in Role if role not in others]
    assert [asked(who).state for who in entitled] == ["asked"] * 4
    for somebody in (
        person(Role.ASSESSOR, "assesses"),
        Person.objects.create_user("stranger@example.test", "Stranger"),
    ):
        with pytest.raises(Refused):
            asked(somebody)


def test_what_is_asked_for_is_answered_with_a_reason() -> None:
    wish = asked(member())
    for step in ("accept", "decline"):
        with pytest.raises(Refused, match="Reason"):
            AGENDA_REQUESTS.take(step, wish, **told())
    AGENDA_REQUESTS.take("decline", wish, **told(), reason="It is for the SSC.")
    assert (wish.state, wish.answer) == ("declined", "It is for the SSC.")


def test_the_contacts_of_the_party_that_asked_read_an_amber_request_and_other_parties_do_not() -> None:
    one, other = party("One"), party("Other")
    ours, theirs = (person(Role.PARTY_CONTACT, each.name, organisation_id=each.pk) for each in (one, other))
    wish = asked(ours, organisation_id=one.pk, classification=AMBER)
    rows = Request.objects.filter(pk=wish.pk)
    assert rows.visible_to(ours, NOON).exists()
    assert not rows.visible_to(theirs, NOON).exists()


# Pages


def test_the_secretary_puts_the_agenda_together_on_a_page() -> None:
    meeting = panel_78()
    standing("Minutes of the last meeting")
    wish, client = asked(member()), signed_in(secretary())
    path = f"/meetings/{meeting.pk}/agenda/propose/"
    page = client.get(path)
    assert b"Minutes of the last meeting" in page.content
    assert wish.title.encode() in page.content
    assert client.post(path, {}).status_code == 422
    chosen = [one.key for one in candidates(meeting, secretary(), NOON)]
    assert client.post(path, {"items": chosen}).status_code == 302
    assert meeting.agenda.get().title == "Minutes of the last meeting"
    assert b"Nothing waits" in client.get(path).content


def test_the_secretary_enters_and_amends_an_item_and_a_standing_item() -> None:
    meeting, client = panel_78(), signed_in(secretary())
    told_ = {"meeting": meeting.pk, "title": "One", "act": "agree", "minutes": "10", "presenter": "", "about": "",
             "classification": "0"}  # fmt: skip
    assert f'value="{meeting.pk}" selected' in client.get(f"/agenda-items/new/?meeting={meeting.pk}").content.decode()
    assert client.post("/agenda-items/new/", {**told_, "about": "nothing at all"}).status_code == 422
    assert client.post("/agenda-items/new/", told_).status_code == 302
    made = meeting.agenda.get()
    amended = {"title": "Two", "act": "agree", "minutes": "10", "presenter": ""}
    assert client.post(f"/agenda-items/{made.pk}/edit/", amended).status_code == 302
    made.refresh_from_db()
    assert (made.title, made.number, made.position) == ("Two", 1, 10)
    one = {"committee": meeting.committee_id, "title": "Standing", "act": "note", "position": "10", "every": "1",
           "from_day": "2020-01-01", "classification": "2"}  # fmt: skip
    assert client.post("/standing-items/new/", one).status_code == 302
    assert meeting.committee.standing.get().audience == "SECP"


def test_a_member_asks_on_a_page_and_reads_the_answer() -> None:
    client, body = signed_in(member()), Committee.objects.get(code="SECP")
    told_ = {"committee": body.pk, "title": "Alerts", "act": "discuss", "why": "They rise.", "classification": "1"}
    assert client.post("/agenda-requests/new/", told_).status_code == 302
    wish = Request.objects.get()
    AGENDA_REQUESTS.take("accept", wish, **told(), reason="There is time.")
    assert b"There is time." in client.get(wish.get_absolute_url()).content


def test_the_public_reads_the_white_agenda_and_finds_nothing_else() -> None:
    meeting = panel_78()
    shown, hidden = item(meeting, "Shown"), item(meeting, "Canary", AMBER)
    client = signed_in(None)
    for path in (f"/meetings/{meeting.pk}/agenda/", "/agenda-items/", "/agenda-items.csv", f"/meetings/{meeting.pk}/"):
        content = client.get(path).content
        assert b"Shown" in content
        assert b"Canary" not in content
    assert client.get(shown.get_absolute_url()).status_code == 200
    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert client.get(f"/meetings/{meeting.pk}/agenda/propose/").status_code == 302
    assert signed_in(member()).get(f"/meetings/{meeting.pk}/agenda/propose/").status_code == 403
    assert b"Canary" in signed_in(member()).get(f"/meetings/{meeting.pk}/agenda/").content
