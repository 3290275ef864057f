"""The engine of procedures: a step is taken whole, or nothing has changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

from secretariat.core import journal
from secretariat.core.calendar import ProclaimedHoliday
from secretariat.core.capacities import anyone_signed_in
from secretariat.core.journal import Event
from secretariat.core.people import Person
from secretariat.core.procedure import NEW, PROCEDURES, Procedure, Refused, Step, rule, who_sentence
from secretariat.register.models import Party

pytestmark = pytest.mark.django_db

AT = datetime(2020, 2, 17, 14, tzinfo=UTC)
LEARNT = datetime(2020, 3, 2, 9, tzinfo=UTC)


@rule("RULE-1, Section X")
def has_a_number(party: Party, at: datetime) -> bool:
    """The party has no company number yet."""
    return bool(party.company_number)


@rule("RULE-2")
def is_named_otherwise(party: Party, at: datetime, facts: Any) -> bool:
    """The new name is the old one."""
    return bool(facts["name"] != party.name)


def rename(party: Party, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    party.name = facts["name"]


def spoil(party: Party, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    party.name = ""


def write_then_refuse(party: Party, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    party.name = "Changed"
    ProclaimedHoliday.objects.create(day=date(2022, 6, 3), name="x", source="x", recorded=recorded)
    raise Refused("On second thoughts, no.")


def break_down(party: Party, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    party.name = "Changed"
    raise ZeroDivisionError


STEPS = (
    Step("begin", NEW, "begun", who=anyone_signed_in, primary=True),
    Step("begin_badly", NEW, "begun", who=anyone_signed_in, change=write_then_refuse),
    Step(
        "rename", "begun", None, who=anyone_signed_in, rules=(is_named_otherwise,), change=rename,
        facts={"name": lambda: forms.CharField(max_length=20)},
    ),
    Step("spoil", "begun", "ended", who=anyone_signed_in, change=spoil),
    Step("regret", "begun", "ended", who=anyone_signed_in, change=write_then_refuse),
    Step("break_down", "begun", "ended", who=anyone_signed_in, change=break_down),
    Step("end", "begun", "ended", who=anyone_signed_in, rules=(has_a_number,)),
    Step("reopen", ("begun", "ended"), "begun", who=anyone_signed_in, says="Open again"),
)  # fmt: skip


@pytest.fixture
def procedure() -> Iterator[Procedure]:
    known = dict(PROCEDURES)
    yield Procedure("trial", Party, *STEPS)
    PROCEDURES.clear()
    PROCEDURES.update(known)


@pytest.fixture
def person() -> Person:
    return Person.objects.create_user("a@example.org", "A Person")


@pytest.fixture
def party(procedure: Procedure, person: Person) -> Party:
    made = Party(name="First", key="first")
    procedure.take("begin", made, by=person, at=AT, recorded=AT)
    return made


def told(person: Person | None) -> dict[str, Any]:
    return {"by": person, "at": AT, "recorded": LEARNT}


def stored(party: Party) -> dict[str, Any]:
    return dict(Party.objects.filter(pk=party.pk).values().get())


def test_a_step_writes_the_state_and_leaves_an_event_of_both_times(procedure: Procedure, person: Person) -> None:
    made = Party(name="First", key="first")
    event = procedure.take("begin", made, **told(person))
    assert stored(made)["state"] == made.state == "begun"
    assert (event.name, event.by, event.at, event.recorded) == ("trial.begin", person, AT, LEARNT)
    assert (event.kind, event.subject_id) == ("register.party", made.pk)
    assert event.facts == {"state": {"old": "", "new": "begun"}}


def test_the_event_holds_the_cleaned_facts_with_the_state(procedure: Procedure, party: Party, person: Person) -> None:
    event = procedure.take("rename", party, name="  Second ", **told(person))
    assert event.facts == {"name": "Second", "state": {"old": "begun", "new": "begun"}}
    assert stored(party)["name"] == "Second"


def held(party: Party) -> dict[str, Any]:
    """The values in memory, what Django caches apart."""
    return {name: value for name, value in vars(party).items() if not name.startswith("_")}


@pytest.mark.parametrize(
    ("step", "facts", "reason"),
    [
        ("begin", {}, "Begin is not possible here: the state is 'begun'."),
        ("end", {}, r"The party has no company number yet. \(RULE-1, Section X\)"),
        ("rename", {"name": "First"}, r"The new name is the old one. \(RULE-2\)"),
        ("rename", {}, "Name: This field is required."),
        ("rename", {"name": "x" * 21}, "Name: Ensure this value has at most 20 characters"),
        ("rename", {"name": "Second", "colour": "red"}, "The step 'rename' does not take 'colour'."),
        ("spoil", {}, "This field cannot be blank."),
        ("regret", {}, "On second thoughts, no."),
    ],
)
def test_a_refusal_says_why_and_changes_nothing(
    procedure: Procedure, party: Party, person: Person, step: str, facts: dict[str, Any], reason: str
) -> None:
    before, remembered, head = stored(party), held(party), journal.head()
    with pytest.raises(Refused, match=reason):
        procedure.take(step, party, **told(person), **facts)
    assert stored(party) == before
    assert held(party) == remembered
    assert journal.head() == head
    assert not ProclaimedHoliday.objects.exists()


def test_all_that_is_wrong_is_told_at_once(procedure: Procedure, party: Party, person: Person) -> None:
    with pytest.raises(Refused) as refusal:
        procedure.take("rename", party, colour="red", **told(person))
    assert len(refusal.value.messages) == 2


def test_a_step_is_for_those_whom_it_names(procedure: Procedure, party: Party) -> None:
    with pytest.raises(Refused, match=r"Open again is for others: Anybody who is signed in\."):
        procedure.take("reopen", party, **told(None))
    assert stored(party)["state"] == "begun"


def test_a_refused_new_record_is_not_saved_and_can_be_tried_again(procedure: Procedure, person: Person) -> None:
    made = Party(name="First", key="first")
    with pytest.raises(Refused):
        procedure.take("begin_badly", made, **told(person))
    assert (made.pk, made.state, made.name) == (None, NEW, "First")
    assert not Party.objects.exists()
    procedure.take("begin", made, **told(person))
    assert stored(made)["state"] == "begun"


def test_a_new_record_that_is_not_valid_is_not_saved(procedure: Procedure, person: Person) -> None:
    with pytest.raises(Refused, match="cannot be blank"):
        procedure.take("begin", Party(name="", key="first"), **told(person))
    assert not Party.objects.exists()


def test_a_step_that_breaks_down_changes_nothing(procedure: Procedure, party: Party, person: Person) -> None:
    with pytest.raises(ZeroDivisionError):
        procedure.take("break_down", party, **told(person))
    assert (party.name, party.state) == ("First", "begun")
    assert stored(party)["name"] == "First"


def test_of_two_who_take_a_step_the_second_meets_the_state_the_first_left(
    procedure: Procedure, party: Party, person: Person
) -> None:
    Party.objects.filter(pk=party.pk).update(company_number="01234567")
    mine, yours = Party.objects.get(pk=party.pk), Party.objects.get(pk=party.pk)
    procedure.take("end", mine, **told(person))
    with pytest.raises(Refused, match="the state is 'ended'"):
        procedure.take("end", yours, **told(person))
    assert Event.objects.filter(name="trial.end").count() == 1


def test_a_step_reads_the_record_again_so_that_no_stale_value_is_written_back(
    procedure: Procedure, party: Party, person: Person
) -> None:
    Party.objects.filter(pk=party.pk).update(company_number="01234567")
    assert party.company_number == ""
    procedure.take("end", party, **told(person))
    assert stored(party)["company_number"] == "01234567"


def test_open_steps_are_those_of_the_state_and_of_the_person_with_what_they_still_need(
    procedure: Procedure, party: Party, person: Person
) -> None:
    found = {one.step.name: one.lacking for one in procedure.open_steps(party, person, AT)}
    assert set(found) == {"rename", "spoil", "regret", "break_down", "end", "reopen"}
    assert found["end"] == (has_a_number,)
    assert found["rename"] == ()
    assert list(procedure.open_steps(party, None, AT)) == []


def test_waiting_steps_lead_on_whoever_may_take_them(procedure: Procedure, party: Party) -> None:
    assert [step.name for step in procedure.waiting(party)] == ["spoil", "regret", "break_down", "end", "reopen"]


def test_states_stand_in_the_order_of_the_table(procedure: Procedure) -> None:
    assert procedure.states == ["begun", "ended"]


def test_a_step_says_its_name_as_a_button_would(procedure: Procedure) -> None:
    assert procedure.steps["begin_badly"].label == "Begin badly"
    assert procedure.steps["reopen"].label == "Open again"
    assert who_sentence(anyone_signed_in) == "Anybody who is signed in."


def test_a_rule_without_a_sentence_is_no_rule() -> None:
    with pytest.raises(ValueError, match="The rule says_nothing has no sentence"):

        @rule("X")
        def says_nothing(party: Party, at: datetime) -> bool:
            return True


def test_two_steps_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="Two steps of twice"):
        Procedure("twice", Party, STEPS[0], STEPS[0])


def test_a_state_is_never_amended(party: Party) -> None:
    with pytest.raises(ValidationError, match="by a step of its procedure only"):
        journal.amend(party, {"state": "ended"}, by=None, at=AT, recorded=AT)
