"""How a fault of registration data is examined, given to its owner, mended and closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from secretariat.core.facts import a_day, a_line, a_text
from secretariat.core.people import Person
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.oversight.registration_data.models import CLOSED, EXAMINED, MENDED, OWNED, RAISED, DataIssue
from secretariat.oversight.who import operator_or_team, technical_team
from secretariat.plain.dates import local_day

Facts = Mapping[str, Any]
DATA = "Data quality project"


def team_or_operator(person: Person | None, record: Any, at: datetime) -> bool:
    """The secretariat's technical team, or the DCC."""
    return operator_or_team(person, record, at)


@rule(DATA)
def it_has_an_example(issue: DataIssue, at: datetime) -> bool:
    """A fault is given to its owner with an example that shows it."""
    return issue.examples.exists()


@rule(DATA)
def the_day_is_to_come(issue: DataIssue, at: datetime, facts: Facts) -> bool:
    """The day by which its owner mends a fault is to come."""
    return bool(facts["due_on"] > local_day(at))


@rule(DATA)
def every_example_is_mended(issue: DataIssue, at: datetime) -> bool:
    """A fault is closed once every example of it is mended."""
    return not issue.examples.filter(mended_on__isnull=True).exists()


def _raised(issue: DataIssue, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    issue.raised_on = local_day(at)


def _owned(issue: DataIssue, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    issue.owner, issue.cause, issue.due_on = facts["owner"], facts["cause"], facts["due_on"]


def _put_off(issue: DataIssue, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    issue.due_on = facts["due_on"]


def _mended(issue: DataIssue, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    issue.outcome, issue.mended_on = facts["outcome"], local_day(at)


def _reopened(issue: DataIssue, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    issue.mended_on = None


DAY = a_day(help_text="As 2020-03-31.")


DATA_ISSUES = Procedure(
    "data_issue",
    DataIssue,
    Step("raise", NEW, RAISED, team_or_operator, change=_raised),
    Step("examine", RAISED, EXAMINED, technical_team, says="Begin to examine it", primary=True),
    Step("assign", (RAISED, EXAMINED), OWNED, technical_team, (it_has_an_example, the_day_is_to_come),
         {"owner": a_line(160, help_text="Who mends it, such as a network or a supplier."), "cause": a_text(4000),
          "due_on": DAY}, _owned, "Give it to its owner", primary=True),
    Step("put_off", OWNED, None, technical_team, (the_day_is_to_come,), {"due_on": DAY, "reason": a_line()}, _put_off,
         "Move the day"),
    Step("mend", OWNED, MENDED, team_or_operator, facts={"outcome": a_text(4000)}, change=_mended,
         says="Record that it was mended", primary=True),
    Step("reopen", MENDED, OWNED, technical_team, facts={"reason": a_line()}, change=_reopened),
    Step("close", MENDED, CLOSED, technical_team, (every_example_is_mended,), primary=True),
)  # fmt: skip
