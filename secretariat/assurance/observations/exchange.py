"""Observations as a file: an assessor's list taken in, row by row and whole or not at all, and a list given out."""

from __future__ import annotations

from typing import Any, Unpack

from django.db import transaction

from secretariat.assurance.models import Assessment
from secretariat.assurance.observations.evidence import hand_in
from secretariat.assurance.observations.models import OBLIGATION, Observation, Purpose, Severity, State
from secretariat.assurance.observations.naming import is_finder
from secretariat.assurance.observations.procedure import OBSERVATION
from secretariat.core import journal
from secretariat.core.columns import one_of
from secretariat.core.exports import csv_file, xlsx_file
from secretariat.core.journal import Told
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, Refusal, preview
from secretariat.core.procedure import Refused

EXPORTED = "observation.export"
HEADS = ("number", "obligation", "severity", "found", "evidence", "state", "action", "owner", "due")
LONGEST = 4000


def _obligation(text: str) -> str:
    name = text.upper().replace(" ", "")
    head, bracket, item = name.partition("(")
    name = f"{head}{bracket}{item.lower()}"
    OBLIGATION(name)
    return name


def _text(text: str) -> str:
    if len(text) > LONGEST:
        raise ValueError(f"is longer than {LONGEST:,} letters: shorten it, or hand in the rest as a file.")
    return text


COLUMNS = (
    Column("obligation", _obligation, "the obligation, such as G3.5"),
    Column("severity", one_of({label: value for value, label in Severity.choices}), "High, Medium or Low"),
    Column("found", _text, "what was found"),
    Column("evidence", _text, "the evidence for it", required=False, default=""),
)


def kind_for(assessment: Assessment) -> LoadKind:
    """The list of one case. It is known to its own page only: the general page of loads would keep it unsealed."""

    def prepare(lines: list[Line], loading: Loading) -> Prepared:
        return _prepared(assessment, lines)

    def write(rows: list[Any], loading: Loading) -> None:
        for row in rows:
            OBSERVATION.take("record", row, **loading.told)

    return LoadKind("observations", "Observations of an assessment", COLUMNS, prepare, write)


def _prepared(assessment: Assessment, lines: list[Line]) -> Prepared:
    known = {(one.obligation, one.text) for one in Observation.objects.filter(assessment=assessment)}
    prepared, seen = Prepared(), dict[tuple[str, str], int]()
    for line in lines:
        key = (line["obligation"], line["found"])
        if key in seen:
            prepared.refused.append(_twice(line, seen[key]))
        elif key in known:
            prepared.repeated.append(line.row)
        else:
            prepared.accepted.append(_observation(assessment, line))
        seen.setdefault(key, line.row)
    return prepared


def _twice(line: Line, first: int) -> Refusal:
    return line.refuse("found", f"is in row {first} too, for the same obligation. Take one of them out.")


def _observation(assessment: Assessment, line: Line) -> Observation:
    return Observation(
        assessment=assessment, obligation=line["obligation"], severity=line["severity"], text=line["found"],
        seen=line["evidence"], invented=assessment.invented,
    )  # fmt: skip


def take_in(assessment: Assessment, name: str, content: bytes, **told: Unpack[Told]) -> Prepared:
    """Records every row of an assessor's list as a draft and keeps the list itself sealed, all or nothing.

    Raises Refused with a sentence per row and column, or where it is not for this person to do.
    """
    if not is_finder(told["by"], assessment, told["at"]):
        raise Refused("Observations are taken in by the assessor or the security team, as far as named to the case.")
    loading = Loading(told["by"], told["at"], told["recorded"])
    kind = kind_for(assessment)
    with transaction.atomic():
        prepared = preview(kind, name, content, loading)
        if prepared.refused:
            raise Refused(*(str(refusal) for refusal in prepared.refused))
        kind.write(prepared.accepted, loading)
        if prepared.accepted:
            hand_in(assessment, name, content, Purpose.LIST, **told)
    return prepared


def given_out(rows: list[Observation], ending: str, **told: Unpack[Told]) -> bytes:
    """Observations as CSV or XLSX, for whom the caller has found them readable; each is journalled as given out."""
    with transaction.atomic():
        journal.record_all(journal.Entry(EXPORTED, one, told["by"], told["at"], told["recorded"]) for one in rows)
    values = [_row(one) for one in rows]
    return xlsx_file("Observations", HEADS, values) if ending == "xlsx" else csv_file(HEADS, values)


def _row(one: Observation) -> tuple[Any, ...]:
    severity, state = Severity(one.severity).label, State(one.state).label
    return (
        one.number, one.obligation, severity, one.text, one.seen, state, one.action, str(one.owner or ""), one.due,
    )  # fmt: skip


def correct(observation: Observation, values: dict[str, Any], **told: Unpack[Told]) -> None:
    """Corrects a draft; the journal tells which fields changed, not what they say. Raises Refused, ValidationError."""
    if observation.state != State.DRAFT or not is_finder(told["by"], observation.assessment, told["at"]):
        raise Refused("Only a draft is corrected, by the assessor or the security team. What was shared stands.")
    changed = [name for name, value in values.items() if getattr(observation, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(observation, name, values[name])
    with transaction.atomic():
        journal.save_checked(observation, update_fields=changed)
        journal.record("observation.correct", observation, **told, fields=changed)
