"""How a fault of registration data is examined, given to its owner, mended and closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

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


def _words(length: int = 4000, **more: Any) -> forms.Field:
    return forms.CharField(max_length=length, widget=forms.Textarea, **more)


def _line() -> forms.Field:
    return forms.CharField(max_length=160, help_text="Who mends it, such as a network or a supplier.")


def _reason() -> forms.Field:
    return forms.CharField(max_length=300)


def _day() -> forms.Field:
    return forms.DateField(help_text="As 2020-03-31.")


DATA_ISSUES = Procedure(
    "data_issue",
    DataIssue,
    Step("raise", NEW, RAISED, team_or_operator, change=_raised),
    Step("examine", RAISED, EXAMINED, technical_team, says="Begin to examine it", primary=True),
    Step("assign", (RAISED, EXAMINED), OWNED, technical_team, (it_has_an_example, the_day_is_to_come),
         {"owner": _line, "cause": _words, "due_on": _day}, _owned, "Give it to its owner", primary=True),
    Step("put_off", OWNED, None, technical_team, (the_day_is_to_come,), {"due_on": _day, "reason": _reason}, _put_off,
         "Move the day"),
    Step("mend", OWNED, MENDED, team_or_operator, facts={"outcome": _words}, change=_mended,
         says="Record that it was mended", primary=True),
    Step("reopen", MENDED, OWNED, technical_team, facts={"reason": _reason}, change=_reopened),
    Step("close", MENDED, CLOSED, technical_team, (every_example_is_mended,), primary=True),
)  # fmt: skip
