"""An enquiry in work: whose turn it is, the clock, and every step that changes it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from secretariat.core import journal
from secretariat.core.people import Person, Role
from secretariat.core.procedure import Refused
from secretariat.helpdesk import actions
from secretariat.helpdesk.ball import Holder, ball, ball_of, is_put_off
from secretariat.helpdesk.desk.telling import said, spent_by
from secretariat.helpdesk.figures import helpdesk_emails
from secretariat.helpdesk.models import Enquiry, Message, Sort
from secretariat.helpdesk.notices import whom_it_was_handed_to
from secretariat.helpdesk.procedure import ENQUIRY
from secretariat.register.models import Party
from tests.helpdesk.factories import NOON, enquiry, heading, keep, london, person, two_schemes
from tests.helpdesk.test_figures import FEBRUARY

pytestmark = pytest.mark.django_db
RECEIVED = "2020-02-03 10:00"


@pytest.fixture
def clerk() -> Person:
    return person(Role.SECRETARIAT, "helpdesk")


@pytest.fixture
def fresh(clerk: Person) -> Enquiry:
    _, new = two_schemes()
    made = Enquiry(
        channel="email", category=heading(new, "Modifications"), received=london(RECEIVED), address="ann@example.org"
    )
    actions.receive(made, by=clerk, at=made.received, recorded=NOON)
    return made


def told(by: Person | None, at: str) -> dict[str, Any]:
    return {"by": by, "at": london(at), "recorded": NOON}


def take(made: Enquiry, name: str, by: Person | None, at: str, **facts: Any) -> None:
    ENQUIRY.take(name, made, **told(by, at), **facts)


@pytest.mark.parametrize(
    ("state", "last", "holder"),
    [
        ("open", "in", Holder.US),
        ("open", "out", Holder.US),
        ("asked", "out", Holder.ENQUIRER),
        ("referred", "out", Holder.THIRD),
        ("answered", "out", Holder.NOBODY),
        ("merged", "in", Holder.NOBODY),
    ],
)
def test_who_has_the_ball_is_read_off_the_state_and_the_last_word(state: str, last: str, holder: Holder) -> None:
    assert ball(state, last).holder == holder
    assert ball("open", "out").why != ball("open", "in").why


def test_the_clock_stands_still_while_we_wait_for_the_enquirer_and_goes_on_when_they_speak(
    fresh: Enquiry, clerk: Person
) -> None:
    assert fresh.due == london("2020-02-05 10:00")
    take(fresh, "ask", clerk, "2020-02-03 12:00")
    assert (fresh.state, fresh.spent, fresh.due) == ("asked", 120, None)
    assert spent_by(fresh, london("2020-02-14 12:00")) == 120
    actions.say(fresh, Sort.IN, "Here it is.", **told(None, "2020-02-14 16:00"))
    assert (fresh.state, fresh.due) == ("open", london("2020-02-18 14:00"))
    assert spent_by(fresh, london("2020-02-17 10:00")) == 240
    take(fresh, "answer", clerk, "2020-02-17 10:00")
    assert (fresh.spent, fresh.running_since, fresh.due) == (240, None, None)


def test_the_clock_goes_on_while_a_third_person_has_to_act(fresh: Enquiry, clerk: Person) -> None:
    take(fresh, "refer", clerk, "2020-02-03 12:00", whom="The DCC")
    assert (fresh.state, fresh.due) == ("referred", london("2020-02-05 10:00"))
    assert ball_of(fresh).holder == Holder.THIRD
    take(fresh, "hear", clerk, "2020-02-03 15:00")
    assert (fresh.state, spent_by(fresh, london("2020-02-03 15:00"))) == ("open", 300)


def test_what_a_program_says_and_what_we_say_ourselves_takes_nothing_back(fresh: Enquiry, clerk: Person) -> None:
    take(fresh, "ask", clerk, "2020-02-03 12:00")
    actions.say(fresh, Sort.IN, "I am away.", automatic=True, **told(None, "2020-02-03 12:01"))
    actions.say(fresh, Sort.NOTE, "Away until Monday.", **told(clerk, "2020-02-03 12:02"))
    assert fresh.state == "asked"


def test_an_enquiry_is_put_off_until_a_time_or_until_somebody_speaks(fresh: Enquiry, clerk: Person) -> None:
    with pytest.raises(Refused, match="still to come"):
        take(fresh, "put_off", clerk, "2020-02-03 12:00", until="2020-02-03 11:00")
    with pytest.raises(Refused, match="not put off"):
        take(fresh, "wake", clerk, "2020-02-03 12:00")
    take(fresh, "put_off", clerk, "2020-02-03 12:00", until="2020-02-10 09:00")
    assert is_put_off(fresh, london("2020-02-09 12:00"))
    assert not is_put_off(fresh, london("2020-02-10 09:00"))
    actions.say(fresh, Sort.CALL, "Any news?", **told(clerk, "2020-02-05 12:00"))
    assert fresh.snoozed_until is None
    take(fresh, "put_off", clerk, "2020-02-05 13:00", until="2020-02-10 09:00")
    take(fresh, "wake", clerk, "2020-02-06 12:00")
    assert fresh.snoozed_until is None


def test_an_enquiry_is_handed_over_with_a_note_to_a_team_or_a_person_of_it_who_then_works_on_it(
    fresh: Enquiry, clerk: Person
) -> None:
    expert = person(Role.SECRETARIAT, "change")
    with pytest.raises(Refused, match="for others"):
        take(fresh, "answer", expert, "2020-02-03 12:00")
    with pytest.raises(Refused, match="Note: This field is required"):
        take(fresh, "hand_over", clerk, "2020-02-03 12:00", team="change")
    with pytest.raises(Refused, match="The person is not in that team"):
        take(fresh, "hand_over", clerk, "2020-02-03 12:00", team="security", person=expert.pk, note="Yours.")
    take(fresh, "hand_over", clerk, "2020-02-03 12:00", team="change", person=expert.pk, note="Legal text.")
    event = journal.history(fresh).last()
    assert event is not None
    assert event.facts["note"] == "Legal text."
    assert list(whom_it_was_handed_to(event, fresh, NOON)) == [expert]
    with pytest.raises(Refused, match="in their hand already"):
        take(fresh, "hand_over", clerk, "2020-02-03 12:01", team="change", person=expert.pk, note="Again.")
    take(fresh, "hand_over", expert, "2020-02-03 12:02", team="change", note="Any of us.")
    event = journal.history(fresh).last()
    assert event is not None
    assert list(whom_it_was_handed_to(event, fresh, NOON)) == []
    take(fresh, "answer", expert, "2020-02-03 13:00")


def test_it_is_the_turn_of_whoever_has_it_in_hand_while_it_is_with_us(fresh: Enquiry, clerk: Person) -> None:
    answer, expert = ENQUIRY.steps["answer"], person(Role.SECRETARIAT, "change")

    def turns(at: str = "2020-02-03 12:30") -> list[bool]:
        return [answer.waits_on(one, fresh, london(at)) for one in (clerk, expert)]

    assert turns() == [True, False]
    take(fresh, "hand_over", clerk, "2020-02-03 12:00", team="change", note="Yours.")
    assert turns() == [False, True]
    take(fresh, "hand_over", clerk, "2020-02-03 12:00", team="change", person=expert.pk, note="Yours alone.")
    assert turns() == [False, True]
    take(fresh, "put_off", expert, "2020-02-03 12:00", until="2020-02-10 09:00")
    assert (turns(), turns("2020-02-10 09:00")) == ([False, False], [False, True])
    take(fresh, "ask", expert, "2020-02-03 12:10")
    assert turns("2020-02-10 09:00") == [False, False]


def test_merged_enquiries_are_read_together_counted_apart_and_can_be_taken_apart(fresh: Enquiry, clerk: Person) -> None:
    keep(date(2020, 2, 1))
    other = enquiry(fresh.category, "2020-02-03 11:00", 7)
    finished = enquiry(fresh.category, "2020-02-03 11:00", 8, answered="2020-02-03 12:00")
    actions.say(other, Sort.IN, "The same again.", **told(None, "2020-02-03 11:00"))
    for into in (other, finished):
        with pytest.raises(Refused, match="another one that is still in work"):
            take(other, "merge", clerk, "2020-02-04 10:00", into=into.number)
    take(other, "merge", clerk, "2020-02-04 10:00", into=fresh.number)
    assert (other.state, other.merged_into, other.due) == ("merged", fresh, None)
    with pytest.raises(Refused, match="Others are merged into this one"):
        take(fresh, "merge", clerk, "2020-02-04 10:00", into=enquiry(fresh.category, "2020-02-03 11:00", 9).number)
    assert [(one.message.body, one.moved_from) for one in said(fresh, clerk, NOON)] == [
        ("The same again.", other.number)
    ]
    assert helpdesk_emails.grid(FEBRUARY).headline.value == 4
    take(other, "part", clerk, "2020-02-04 11:00")
    assert (other.state, other.merged_into) == ("open", None)


def test_what_is_split_off_came_in_when_it_was_said_and_counts_no_second_time(fresh: Enquiry, clerk: Person) -> None:
    keep(date(2020, 2, 1))
    first = actions.say(fresh, Sort.IN, "One.", **told(None, RECEIVED))
    answer = actions.say(fresh, Sort.OUT, "Yes.", **told(clerk, "2020-02-03 11:00"))
    accessions = heading(fresh.category.scheme, "Accessions")
    with pytest.raises(Refused, match="all that was said"):
        actions.split(first, accessions, "Two", **told(clerk, "2020-02-03 12:00"))
    second = actions.say(fresh, Sort.IN, "Two.", **told(None, "2020-02-03 11:30"))
    with pytest.raises(Refused, match="Only what was said to us"):
        actions.split(answer, accessions, "Two", **told(clerk, "2020-02-03 12:00"))
    part = actions.split(second, accessions, "Two", **told(clerk, "2020-02-03 12:00"))
    assert (part.split_from, part.received, part.address, part.state) == (fresh, second.at, "ann@example.org", "open")
    assert list(part.messages.all()) == [second]
    assert [event.name for event in journal.history(fresh)][-1] == "enquiry.split"
    assert helpdesk_emails.grid(FEBRUARY).headline.value == 1


def test_an_answered_enquiry_is_reopened_with_a_reason_and_its_clock_goes_on(fresh: Enquiry, clerk: Person) -> None:
    take(fresh, "close", clerk, "2020-02-03 12:00", reason="An advertisement.")
    assert (fresh.state, fresh.spent) == ("answered", 120)
    with pytest.raises(Refused, match="Reason"):
        take(fresh, "reopen", clerk, "2020-02-04 12:00")
    take(fresh, "reopen", clerk, "2020-02-04 12:00", reason="It was none.")
    assert (fresh.state, fresh.answered, fresh.due) == ("open", None, london("2020-02-06 10:00"))


def test_a_link_is_made_once_with_its_reason_and_leaves_a_trace_when_it_goes(fresh: Enquiry, clerk: Person) -> None:
    party = Party.objects.create(
        key="example-energy", name="Example Energy", acceded_on=london("2018-01-01 00:00").date()
    )
    made = actions.link(fresh, party, "It names them.", **told(clerk, "2020-02-03 12:00"))
    with pytest.raises(Refused, match="linked to Example Energy already"):
        actions.link(fresh, party, "", **told(clerk, "2020-02-03 12:00"))
    actions.unlink(fresh, made, **told(clerk, "2020-02-03 12:01"))
    assert not fresh.links.exists()
    assert [event.name for event in journal.history(fresh)][-2:] == ["enquiry.link", "enquiry.unlink"]


def test_a_party_reads_what_passed_between_it_and_us_and_nothing_internal(fresh: Enquiry, clerk: Person) -> None:
    party = Party.objects.create(
        key="example-energy", name="Example Energy", acceded_on=london("2018-01-01 00:00").date()
    )
    journal.amend(fresh, {"party": party}, **told(clerk, "2020-02-03 10:01"))  # type: ignore[arg-type]
    mail = actions.say(fresh, Sort.IN, "Ours.", **told(None, RECEIVED))
    actions.say(fresh, Sort.NOTE, "Note.", **told(clerk, "2020-02-03 12:00"))
    actions.say(fresh, Sort.OUT, "To the DCC.", internal=True, **told(clerk, "2020-02-03 12:00"))
    contact = person(Role.PARTY_CONTACT, organisation_id=party.pk)
    assert list(Message.objects.visible_to(contact, NOON)) == [mail]
    assert Message.objects.visible_to(clerk, NOON).count() == 3
    assert not Message.objects.visible_to(None, NOON).exists()
