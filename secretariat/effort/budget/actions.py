"""Writes about a budget besides its steps: a new version, the consultation on it, and the totals that they tell."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import Any, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction

from secretariat.consultations.models import Consultation, Kind, Question
from secretariat.consultations.procedure import CONSULTATIONS
from secretariat.core import journal
from secretariat.core.journal import Told
from secretariat.core.kinds import kind_of
from secretariat.core.procedure import Refused
from secretariat.effort.budget.models import STANDS, YEARS, BudgetCycle, BudgetLine, BudgetVersion, State
from secretariat.effort.money import in_pounds, pence_of
from secretariat.plain.dates import local_day

Amounts = tuple[int, int, int]
HEADS = ("category", "line", "first year", "second year", "third year", "weights")


@dataclass(frozen=True)
class Planned:
    """One line of a version that is to be made."""

    category: str
    name: str
    amounts: Amounts
    weights: str = ""


def add_version(
    cycle: BudgetCycle, number: str, made_on: date, lines: list[Planned], note: str = "", **told: Unpack[Told]
) -> BudgetVersion:
    """Keeps a new version with its lines. Raises Refused where the Panel has approved the budget or no line is told,
    and ValidationError for a number that is there or a line that may not be.
    """
    if cycle.state in (*STANDS, State.WITHDRAWN):
        raise Refused("The budget stands as the Panel approved it, or was withdrawn: it takes no further version.")
    if not lines:
        raise Refused("A version says what is to be spent: give at least one line.")
    version = BudgetVersion(cycle=cycle, number=number, made_on=made_on, note=note, recorded=told["recorded"])
    version.audience, version.invented = cycle.audience, cycle.invented
    with transaction.atomic():
        journal.enter(version, **told, lines=len(lines))
        for one in lines:
            first, second, third = one.amounts
            line = BudgetLine(version=version, category=one.category, name=one.name, weights=one.weights)
            line.year_1, line.year_2, line.year_3 = first, second, third
            journal.save_checked(line)
    return version


def lines_of(text: str) -> list[Planned]:
    """Lines typed as comma-separated values: category, line, the pounds of three years, and weights if any.

    Raises ValidationError naming each row that cannot be read.
    """
    found, wrong = [], []
    for number, row in enumerate(csv.reader(io.StringIO(text), skipinitialspace=True), start=1):
        if not any(cell.strip() for cell in row) or row[0].strip().lower() == HEADS[0]:
            continue
        try:
            found.append(_line(row))
        except ValueError as error:
            wrong.append(f"Line {number}: {error}")
    if wrong:
        raise ValidationError(wrong)
    return found


def _line(row: list[str]) -> Planned:
    if not 2 + YEARS <= len(row) <= 3 + YEARS:
        raise ValueError(f"Give {', '.join(HEADS[:5])}, and weights if it is not spent evenly.")
    category, name, *rest = (cell.strip() for cell in row)
    first, second, third = (pence_of(cell) for cell in rest[:YEARS])
    if min(first, second, third) < 0:
        raise ValueError("A budget has no amounts below nought.")
    return Planned(category, name, (first, second, third), *rest[YEARS:])


def as_text(version: BudgetVersion | None) -> str:
    """The lines of a version as they are typed; only the heads where there is none."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADS)
    for line in version.lines.all() if version else ():
        writer.writerow([line.category, line.name, *(f"{in_pounds(one):.2f}" for one in line.amounts), line.weights])
    return out.getvalue()


def totals(version: BudgetVersion | None) -> dict[str, Amounts]:
    """The pence of each category in the three years, and last of all of them together."""
    found: dict[str, Amounts] = {}
    for line in version.lines.all() if version else ():
        for key in (line.category, ""):
            first, second, third = found.get(key, (0, 0, 0))
            found[key] = (first + line.year_1, second + line.year_2, third + line.year_3)
    whole = found.pop("", None)
    return {**found, "Total": whole} if whole else found


def changed(old: BudgetVersion, new: BudgetVersion) -> list[tuple[str, Amounts, Amounts]]:
    """The lines whose amounts differ between two versions, with what they were and are; nought where not there."""
    none: Amounts = (0, 0, 0)
    before, after = ({str(line): line.amounts for line in one.lines.all()} for one in (old, new))
    pairs = ((name, before.get(name, none), after.get(name, none)) for name in dict.fromkeys([*before, *after]))
    return [one for one in pairs if one[1] != one[2]]


def prepare_consultation(cycle: BudgetCycle, closes_at: Any, **told: Unpack[Told]) -> Consultation:
    """Begins the consultation of Parties on a budget, as a draft for the secretariat to open (CHG-6).

    Raises Refused for a budget that is not before the Panel, or that is being consulted on already.
    """
    if cycle.state != State.PANEL:
        raise Refused("A budget is consulted on when the Panel has it before it.")
    running = Consultation.objects.filter(about_kind=kind_of(cycle), about_id=cycle.pk)
    if running.filter(kind=Kind.BUDGET, state__in=("draft", "announced", "open")).exists():
        raise Refused("There is a consultation on this budget already.")
    found = Consultation(
        kind=Kind.BUDGET, title=f"Draft {cycle}", body="SECP", about_kind=kind_of(cycle), about_id=cycle.pk,
        closes_at=closes_at, invented=cycle.invented,
        introduction=f"The draft of the budget of {local_day(told['at']).year}, for three Regulatory Years.",
    )  # fmt: skip
    with transaction.atomic():
        CONSULTATIONS.take("draft", found, **told)
        question = Question(consultation=found, number=1, text="What would you change in this budget, and why?")
        journal.enter(question, **told)
    return found
