"""How a monthly return is received, queried and noted, and how a promise of the DCC is kept, moved or missed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from secretariat.core.facts import a_day, a_text
from secretariat.core.people import Person
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.oversight.measures.levels import MISSED as BELOW
from secretariat.oversight.measures.models import (
    KEPT,
    MISSED,
    NOTED,
    OPEN,
    QUERIED,
    RECEIVED,
    WITHDRAWN,
    Commitment,
    PerformanceReturn,
)
from secretariat.oversight.who import operator, operator_or_team, opsg_member, technical_team
from secretariat.plain.dates import local_day

Facts = Mapping[str, Any]


def the_group_or_the_team(person: Person | None, record: Any, at: datetime) -> bool:
    """A member of the Operations Group, or the technical team from its headlines."""
    return opsg_member(person, record, at) or technical_team(person, record, at)


def unexplained(kept: PerformanceReturn) -> Iterator[Any]:
    """The levels of a return of which something must still be told."""
    rows = kept.levels.current().filter(status__in=BELOW).select_related("measure", "definition")
    return (one for one in rows if one.lacks)


@rule("H13")
def every_missed_level_is_explained(kept: PerformanceReturn, at: datetime) -> bool:
    """Every level below its target says why; every one below its minimum also has a plan, with its day."""
    return not any(unexplained(kept))


def _receive(kept: PerformanceReturn, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    kept.received_on = local_day(at)


def _query(kept: PerformanceReturn, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    kept.question, kept.answer = facts["question"], ""


def _answer(kept: PerformanceReturn, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    kept.answer = facts["answer"]


RETURNING = Procedure(
    "performance_return",
    PerformanceReturn,
    Step("receive", NEW, RECEIVED, who=operator_or_team, change=_receive),
    Step("query", (RECEIVED, NOTED), QUERIED, who=the_group_or_the_team, says="Ask the DCC about it",
         facts={"question": a_text(2000, "What is to be explained")}, change=_query),
    Step("answer", QUERIED, RECEIVED, who=operator_or_team, says="Answer the question", primary=True,
         facts={"answer": a_text(2000, "Answer")}, change=_answer, turn=operator),
    Step("note", RECEIVED, NOTED, who=the_group_or_the_team, says="The Operations Group notes it", primary=True,
         rules=(every_missed_level_is_explained,)),
)  # fmt: skip


@rule("H13")
def another_day(commitment: Commitment, at: datetime, facts: Facts) -> bool:
    """A promise moves to another day than the one that it has."""
    return bool(facts["due_on"] != commitment.due_on)


@rule("H13")
def its_day_has_passed(commitment: Commitment, at: datetime) -> bool:
    """A promise is missed once its day has passed."""
    return commitment.due_on < local_day(at)


def _make(commitment: Commitment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    commitment.first_due = commitment.due_on


def _move(commitment: Commitment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    commitment.due_on, commitment.moved = facts["due_on"], commitment.moved + 1


COMMITTING = Procedure(
    "performance_commitment",
    Commitment,
    Step("make", NEW, OPEN, who=operator_or_team, change=_make),
    Step("move", OPEN, None, who=operator_or_team, says="Move its day", rules=(another_day,), change=_move,
         facts={"due_on": a_day("Now promised for"), "reason": a_text(500, "Why it moves")}),
    Step("keep", OPEN, KEPT, who=the_group_or_the_team, says="It was kept", primary=True),
    Step("miss", OPEN, MISSED, who=the_group_or_the_team, says="It was missed", rules=(its_day_has_passed,)),
    Step("withdraw", OPEN, WITHDRAWN, who=operator_or_team, says="Withdraw it",
         facts={"reason": a_text(500, "Why it is withdrawn")}),
)  # fmt: skip
