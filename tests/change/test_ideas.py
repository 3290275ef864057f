"""What people tell before anything is raised, its critical-friend reply (NEW-3), and questions to single parties."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from secretariat.change.assessments import page
from secretariat.change.assessments.actions import submit_idea
from secretariat.change.assessments.models import Idea, InformationRequest
from secretariat.change.assessments.procedure import IDEAS, REQUESTS
from secretariat.change.models import Proposal
from secretariat.core.duties import Weight, duties_of
from secretariat.core.figures import FIGURES, Span
from secretariat.core.people import Person, Role
from secretariat.core.procedure import Refused
from secretariat.core.published import Keeping
from secretariat.post.models import Message
from secretariat.post.outbox import gather
from tests.change.factories import LATER, change_person, converted, london, party, person, raised, take
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
FEBRUARY = Span(date(2020, 2, 1), date(2020, 2, 29))


def told(at: str, by: Person | None = None, **more: Any) -> Idea:
    values = {"title": "Alerts", "text": "Too many alerts.", "from_name": "Robin", "from_email": "robin@example.org"}
    idea = Idea(**values | more)
    submit_idea(idea, by=by, at=london(at), recorded=LATER)
    return idea


def step(name: str, idea: Idea, at: str, by: Person | None = None, **facts: Any) -> None:
    IDEAS.take(name, idea, by=by or change_person(), at=london(at), recorded=LATER, **facts)


def test_anybody_tells_an_idea_and_the_reply_is_due_five_working_days_later() -> None:
    idea = told("2020-02-03")
    assert (idea.state, idea.reply_due_on, idea.person) == ("received", date(2020, 2, 10), None)


def test_what_is_told_after_five_on_a_friday_counts_from_monday() -> None:
    idea = told("2020-02-07 17:30")
    assert (idea.counts_from, idea.reply_due_on) == (date(2020, 2, 10), date(2020, 2, 17))


def test_before_1_november_2018_no_number_of_days_was_aimed_at() -> None:
    assert told("2018-10-31").reply_due_on is None
    assert told("2018-11-01").reply_due_on == date(2018, 11, 8)


def test_an_idea_says_who_tells_it_and_how_to_write_to_them() -> None:
    with pytest.raises(Refused, match="how to write to them"):
        told("2020-02-03", from_email="")
    own = person(Role.PARTY_CONTACT, organisation_id=party().pk)
    assert told("2020-02-03", own, from_email="").person == own


def test_a_reply_is_given_and_another_may_follow() -> None:
    idea = told("2020-02-03")
    step("reply", idea, "2020-02-10", text="Say who is affected.")
    step("reply_again", idea, "2020-02-12", text="Better.")
    assert (idea.state, idea.replied_on) == ("replied", date(2020, 2, 10))
    assert [(one.due_on, one.given_on) for one in idea.replies.all()] == [
        (date(2020, 2, 10), date(2020, 2, 10)),
        (date(2020, 2, 10), date(2020, 2, 12)),
    ]


@pytest.mark.parametrize(("day", "late"), [("2020-02-10", False), ("2020-02-11", True)])
def test_a_reply_is_late_from_the_day_after_the_day_due(day: str, late: bool) -> None:
    idea = told("2020-02-03")
    assert idea.is_late(date.fromisoformat(day)) is late
    step("reply", idea, day, text="x")
    assert idea.is_late(date(2021, 1, 1)) is late


def test_nothing_is_said_to_an_idea_before_it_was_told() -> None:
    idea = told("2020-02-03 12:00")
    with pytest.raises(Refused, match="before it was told"):
        step("reply", idea, "2020-02-03 11:59", text="x")


def test_only_the_change_team_replies() -> None:
    idea = told("2020-02-03")
    with pytest.raises(Refused, match="for others"):
        step("reply", idea, "2020-02-04", person(Role.PARTY_CONTACT, organisation_id=party().pk), text="x")


def test_after_its_reply_an_idea_becomes_a_proposal_raised_since_it_was_told() -> None:
    idea, later, earlier = told("2020-02-03"), raised("2020-02-10"), raised("2020-01-31")
    with pytest.raises(Refused, match="not possible here"):
        step("become_a_proposal", idea, "2020-02-11", proposal=later.pk)
    step("reply", idea, "2020-02-10", text="x")
    with pytest.raises(Refused, match="that an idea led to was raised"):
        step("become_a_proposal", idea, "2020-02-11", proposal=earlier.pk)
    step("become_a_proposal", idea, "2020-02-11", proposal=later.pk)
    assert (idea.state, idea.proposal) == ("raised", later)
    assert [fact.value for fact in page.facts(later, change_person(), london("2020-02-12"))] == ["Alerts"]
    assert page.facts(later, None, london("2020-02-12")) == []


def test_an_idea_is_dropped_after_its_reply_or_taken_back_by_who_told_it() -> None:
    own, other = person(Role.PARTY_CONTACT, organisation_id=party().pk), person(Role.AUTHORITY)
    idea = told("2020-02-03", own)
    with pytest.raises(Refused, match="not possible here"):
        step("drop", idea, "2020-02-04", why="x")
    with pytest.raises(Refused, match="for others"):
        step("take_back", idea, "2020-02-04", other, why="x")
    step("take_back", idea, "2020-02-04", own, why="Solved")
    assert (idea.state, idea.dropped_why) == ("dropped", "Solved")


def test_whose_party_told_it_and_the_secretariat_read_it_and_nobody_else() -> None:
    one, two = party("Alder"), party("Birch")
    idea = told("2020-02-03", party=one)
    at = london("2020-02-04")
    own = person(Role.PARTY_CONTACT, "own", organisation_id=one.pk)
    other = person(Role.PARTY_CONTACT, "other", organisation_id=two.pk)
    readers = {reader for reader in (own, other, change_person(), None) if Idea.objects.visible_to(reader, at)}
    assert readers == {own, change_person()}
    coming = [duty for duty in duties_of(one.pk, own, at) if duty.about == idea]
    assert [(duty.day, duty.weight) for duty in coming] == [(date(2020, 2, 10), Weight.COMES)]


def test_timeliness_tells_the_replies_within_five_working_days() -> None:
    Keeping.objects.create(matter="ideas", since=date(2018, 11, 1))
    for day in ("2020-02-10", "2020-02-11"):
        step("reply", told("2020-02-03"), day, text="x")
    step("take_back", told("2020-02-03"), "2020-02-04", why="x")
    told("2020-02-03")
    grid = FIGURES["timeliness"].grid(FEBRUARY)
    assert [grid.cell("replies", column.key).value for column in grid.columns] == [3, 1, 1, 1, 33]


def test_the_change_team_takes_in_what_reached_it_by_telephone() -> None:
    team = signed_in(change_person())
    given = {"title": "Alerts", "text": "Too many.", "from_name": "Robin", "from_email": "robin@example.org",
             "submitted_at": "2020-02-03 10:00"}  # fmt: skip
    answer = team.post("/ideas/new/", given)
    idea = Idea.objects.get()
    assert answer["Location"] == f"/ideas/{idea.pk}/"
    assert (idea.reply_due_on, idea.person) == (date(2020, 2, 10), None)
    text = team.get(f"/ideas/{idea.pk}/").content.decode()
    assert "5 Working Days after" in text
    assert signed_in(None).get(f"/ideas/{idea.pk}/").status_code == 404
    assert "Alerts" not in signed_in(None).get("/ideas/").content.decode()
    assert signed_in(None).get("/ideas/new/").status_code == 302


def asked(on: str, proposal: Proposal | None = None, due: str = "2020-02-17", **more: Any) -> InformationRequest:
    made = InformationRequest(
        proposal=proposal or converted("2019-07-12"), question="How many?", due_on=date.fromisoformat(due), **more
    )
    REQUESTS.take("ask", made, by=change_person(), at=london(on), recorded=LATER)
    return made


def test_a_party_is_asked_and_its_contact_answers() -> None:
    one = party()
    own = person(Role.PARTY_CONTACT, organisation_id=one.pk)
    made = asked("2020-02-03", party=one)
    assert (made.state, made.asked_of) == ("asked", one.name)
    assert [duty.day for duty in duties_of(one.pk, own, london("2020-02-04")) if duty.about == made] == [
        date(2020, 2, 17)
    ]
    REQUESTS.take("answer", made, by=own, at=london("2020-02-05"), recorded=LATER, answer="Twelve.")
    assert (made.state, made.answer, made.answered_on) == ("answered", "Twelve.", date(2020, 2, 5))


def test_another_partys_contact_neither_reads_nor_answers() -> None:
    made, other = asked("2020-02-03", party=party("Alder")), party("Birch")
    stranger = person(Role.PARTY_CONTACT, organisation_id=other.pk)
    assert not InformationRequest.objects.visible_to(stranger, LATER).exists()
    with pytest.raises(Refused, match="for others"):
        REQUESTS.take("answer", made, by=stranger, at=london("2020-02-05"), recorded=LATER, answer="x")


def test_it_says_of_whom_it_is_asked() -> None:
    with pytest.raises(Refused, match="of whom it is asked"):
        asked("2020-02-03")
    assert asked("2020-02-03", asked_of="TABASC").party is None


def test_a_request_for_information_says_by_when_the_answer_is_wanted() -> None:
    with pytest.raises(Refused, match="by when the answer is wanted"):
        asked("2020-02-03", due="2020-02-02", asked_of="TABASC")
    assert asked("2020-02-03", due="2020-02-03", asked_of="TABASC").state == "asked"


def test_an_extension_gives_a_later_day() -> None:
    made = asked("2020-02-03", asked_of="TABASC")
    for day in ("2020-02-17", "2020-02-16"):
        with pytest.raises(Refused, match="gives a later day"):
            REQUESTS.take(
                "extend", made, by=change_person(), at=london("2020-02-04"), recorded=LATER, due_on=day, why="x"
            )
    REQUESTS.take(
        "extend", made, by=change_person(), at=london("2020-02-04"), recorded=LATER, due_on="2020-02-18", why="x"
    )
    assert made.due_on == date(2020, 2, 18)


def test_nothing_is_answered_before_it_was_asked() -> None:
    made = asked("2020-02-03", asked_of="TABASC")
    with pytest.raises(Refused, match="answered before it was asked"):
        REQUESTS.take("answer", made, by=change_person(), at=london("2020-02-02"), recorded=LATER, answer="x")


def test_nobody_is_asked_on_a_proposal_that_is_withdrawn() -> None:
    proposal = converted("2019-07-12")
    take("withdraw", proposal, "2019-08-01")
    with pytest.raises(Refused, match="decided or withdrawn"):
        asked("2020-02-03", proposal, asked_of="TABASC")


def test_a_question_is_told_on_the_proposals_page_to_those_who_may_read_it() -> None:
    made = asked("2020-02-03", asked_of="TABASC")
    at = london("2020-02-04")
    (need,) = page.needs(made.proposal, change_person(), at)
    (due,) = page.coming(made.proposal, change_person(), at)
    assert (need.who, due.day) == ("TABASC", date(2020, 2, 17))
    assert page.needs(made.proposal, None, at) == page.coming(made.proposal, None, at) == []
    assert len(page.related(made.proposal, None, at)) == 1


def test_a_question_of_an_amber_proposal_is_not_lower() -> None:
    proposal = converted("2019-07-12")
    Proposal.objects.filter(pk=proposal.pk).update(classification=3)
    proposal.refresh_from_db()
    with pytest.raises(ValidationError, match="lower class"):
        InformationRequest(proposal=proposal, asked_of="x", question="?").clean()


def test_the_change_team_asks_by_the_form() -> None:
    proposal = converted("2019-07-12")
    team = signed_in(change_person())
    given = {
        "proposal": proposal.reference,
        "asked_of": "TABASC",
        "question": "?",
        "classification": 2,
        "audience": "CSC",
    }
    assert team.post("/information-requests/new/", given).status_code == 422
    answer = team.post("/information-requests/new/", given | {"due_on": "2999-01-01"})
    made = InformationRequest.objects.get()
    assert answer["Location"] == f"/information-requests/{made.pk}/"
    assert team.get(answer["Location"]).status_code == 200
    assert signed_in(None).get(answer["Location"]).status_code == 404
    assert team.get("/information-requests/?lateness=late").status_code == 200
    assert signed_in(None).get("/information-requests/new/").status_code == 302


def written() -> dict[str, str]:
    """What was written, by notice."""
    gather(LATER, LATER)
    return {message.notice: message.body for message in Message.objects.all()}


def test_who_told_an_idea_and_who_is_asked_hear_of_it() -> None:
    one = party()
    own = person(Role.PARTY_CONTACT, organisation_id=one.pk)
    step("reply", told("2020-02-03", own, party=one), "2020-02-04", text="Say who is affected.")
    asked("2020-02-03", party=one)
    told_to = written()
    assert "Say who is affected." in told_to["idea.reply"]
    assert "How many?" in told_to["information_request.ask"]
    assert set(Message.objects.values_list("person", flat=True)) == {own.pk}
