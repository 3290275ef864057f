"""Sessions of Working Groups: their list, their notes, and how to join them (NEW-7)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from secretariat.change.models import Proposal
from secretariat.change.sessions import page
from secretariat.change.sessions.actions import invite, plan_session
from secretariat.change.sessions.models import Joining, Note, Session
from secretariat.change.sessions.procedure import SESSIONS
from secretariat.core import journal
from secretariat.core.journal import Event
from secretariat.core.people import Person, Role
from secretariat.core.procedure import Refused
from tests.change.factories import LATER, change_person, converted, london, party, person

pytestmark = pytest.mark.django_db
TOLD: dict[str, Any] = {"recorded": LATER}


def planned(day: str, *proposals: Proposal, on: str = "2020-01-20", **more: Any) -> Session:
    made = Session(day=date.fromisoformat(day), **more)
    return plan_session(made, proposals, by=change_person(), at=london(on), **TOLD)


def step(name: str, session: Session, on: str, **facts: Any) -> None:
    SESSIONS.take(name, session, by=change_person(), at=london(on), **TOLD, **facts)


def note(session: Session, proposal: Proposal | None, **more: Any) -> Note:
    made = Note(session=session, proposal=proposal, discussed="Both solutions.", outcome="The second.", **more)
    journal.enter(made, by=change_person(), at=london("2020-02-04"), **TOLD)
    return made


def test_a_session_considers_several_proposals_and_a_proposal_several_sessions() -> None:
    one, two = converted("2019-07-12"), converted("2019-07-12")
    first, second = planned("2020-02-03", one, two), planned("2020-03-02", two)
    assert set(first.proposals.all()) == {one, two}
    assert set(two.working_group_sessions.all()) == {first, second}
    assert Event.objects.filter(name="working_group_session.consider").count() == 3


def test_planning_is_all_or_nothing_and_considers_what_was_raised_on_its_day_or_before() -> None:
    late = converted("2020-06-12", "2020-05-04")
    with pytest.raises(Refused, match="what was raised on its day or before"):
        planned("2020-02-03", converted("2019-07-12"), late)
    assert not Session.objects.exists()


def test_a_proposal_that_is_on_the_sessions_list_already_is_not_put_there_again() -> None:
    one = converted("2019-07-12")
    session = planned("2020-02-03", one)
    with pytest.raises(Refused, match="on the session's list already"):
        step("consider", session, "2020-01-21", proposal=one.pk)


def test_only_a_proposal_on_the_list_of_which_no_note_is_kept_is_taken_off_it() -> None:
    one, two, three = (converted("2019-07-12") for _ in range(3))
    session = planned("2020-02-03", one, two)
    note(session, one)
    step("leave_out", session, "2020-01-21", proposal=two.pk)
    for other in (one, three):
        with pytest.raises(Refused, match="of which no note is kept"):
            step("leave_out", session, "2020-01-21", proposal=other.pk)
    assert list(session.proposals.all()) == [one]


def test_a_session_is_held_on_its_day_and_not_told_as_held_before() -> None:
    session = planned("2020-02-03")
    with pytest.raises(Refused, match="cannot be told as held before"):
        step("hold", session, "2020-02-02")
    step("hold", session, "2020-02-03")
    assert session.state == "held"


def test_a_group_meets_once_on_a_day() -> None:
    planned("2020-02-03")
    with pytest.raises(Refused, match="has a session on that day already"):
        planned("2020-02-03")
    planned("2020-02-03", group="SECMP0046 Working Group")


def test_place_and_call_are_read_by_those_invited_alone_and_stay_out_of_the_journal() -> None:
    session, invited = planned("2020-02-03"), person(Role.PARTY_CONTACT, organisation_id=party().pk)
    other = person(Role.AUTHORITY)
    joining = invite(
        session, [invited], place="Room 7", call="Dial 0123", by=change_person(), at=london("2020-01-21"), **TOLD
    )
    readers = [who for who in (invited, other, change_person(), None) if Joining.objects.visible_to(who, LATER)]
    assert readers == [invited, change_person()]
    assert "0123" not in str(list(Event.objects.values_list("facts", flat=True)))
    client = Client()
    assert "Dial 0123" not in client.get(session.get_absolute_url()).content.decode()
    client.force_login(invited, backend="django.contrib.auth.backends.ModelBackend")
    assert "Dial 0123" in client.get(session.get_absolute_url()).content.decode()
    invite(session, [other], place="Room 8", call="", by=change_person(), at=london("2020-01-22"), **TOLD)
    joining.refresh_from_db()
    assert (joining.place, Joining.objects.count()) == ("Room 8", 1)
    assert not Joining.objects.visible_to(invited, LATER).exists()


def test_an_invitation_says_where_or_how() -> None:
    with pytest.raises(Refused, match="where it is held, or how to call in"):
        invite(planned("2020-02-03"), [], place="", call="", by=change_person(), at=london("2020-01-21"), **TOLD)


def test_a_note_has_its_own_class_and_not_a_lower_one_than_its_proposal() -> None:
    one = converted("2019-07-12")
    session = planned("2020-02-03", one)
    made = note(session, one, classification=2)
    assert Client().get(made.get_absolute_url()).status_code == 404
    assert "Both solutions" not in Client().get(session.get_absolute_url()).content.decode()
    Proposal.objects.filter(pk=one.pk).update(classification=2, audience="SSC")
    one.refresh_from_db()
    with pytest.raises(ValidationError, match="lower class"):
        note(session, one)


def test_a_session_does_not_name_proposals_that_the_reader_may_not_read() -> None:
    one = converted("2019-07-12", number=99)
    session = planned("2020-02-03", one)
    assert "MP099" in Client().get(session.get_absolute_url()).content.decode()
    Proposal.objects.filter(pk=one.pk).update(classification=2)
    assert "MP099" not in tables_of(session)


def tables_of(session: Session) -> str:
    """What the session's page tells the public below its facts and above its history."""
    text = Client().get(session.get_absolute_url()).content.decode()
    return text.partition("Proposals considered")[2].partition("History")[0]


def test_the_proposals_page_is_told_of_sessions_and_of_the_next() -> None:
    one = converted("2019-07-12")
    held, next_one, off = planned("2020-02-03", one), planned("2020-03-02", one), planned("2020-04-06", one)
    step("hold", held, "2020-02-03")
    step("cancel", off, "2020-02-04", why="Easter")
    note(held, one)
    at = london("2020-02-10")
    (table,) = page.related(one, None, at)
    assert [(row[2], row[3]) for row in table.rows] == [("held", "The second."), ("planned", "")]
    (coming,) = page.coming(one, None, at)
    assert coming.day == next_one.day


def client_of(someone: Person | None) -> Client:
    client = Client()
    if someone is not None:
        client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_change_team_plans_invites_and_notes_by_the_forms() -> None:
    one, two = converted("2019-07-12"), converted("2019-07-12")
    team = client_of(change_person())
    given = {"group": "Working Group", "day": "2020-02-03", "proposals": [one.pk]}
    session_at = team.post("/working-group-sessions/new/", given)["Location"]
    session = Session.objects.get()
    assert session_at == session.get_absolute_url()
    invitation = {"place": "Room 7", "people": [change_person().pk]}
    assert team.post(f"{session_at}invite/", {"people": [change_person().pk]}).status_code == 422
    assert team.post(f"{session_at}invite/", invitation).status_code == 302
    assert "Room 7" in team.get(f"{session_at}invite/").content.decode()
    noted = {"session": session.pk, "proposal": two.pk, "discussed": "x", "classification": 0}
    answer = team.post("/session-notes/new/", noted)
    assert answer.status_code == 422
    assert "not on the session" in answer.content.decode()
    assert team.post("/session-notes/new/", noted | {"proposal": one.pk}).status_code == 302
    for path in ("/working-group-sessions/", f"/working-group-sessions/?proposal={one.reference}", "/session-notes/",
                 "/working-group-sessions.ics", Note.objects.get().get_absolute_url(), session_at):  # fmt: skip
        assert client_of(None).get(path).status_code == 200, path


@pytest.mark.parametrize("path", ["/working-group-sessions/new/", "/session-notes/new/"])
def test_only_the_change_team_enters(path: str) -> None:
    assert client_of(None).get(path).status_code == 302
    assert client_of(person(Role.PARTY_CONTACT, organisation_id=party().pk)).get(path).status_code == 403


def test_nobody_else_opens_an_invitation() -> None:
    path = f"{planned('2020-02-03').get_absolute_url()}invite/"
    assert client_of(None).get(path).status_code == 302
    assert client_of(person(Role.AUTHORITY)).get(path).status_code == 403
    assert client_of(change_person()).get("/working-group-sessions/none/invite/").status_code == 404
