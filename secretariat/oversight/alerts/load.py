"""The file of alert codes and their meanings."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from secretariat.core.columns import day, one_of, words
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, takes
from secretariat.core.rulebook import MARKS
from secretariat.oversight.alerts.codes import number, written
from secretariat.oversight.alerts.models import AlertCode, Family

COLUMNS = ("code", "name", "family", "goes_to", "from_day", "to_day", "source", "mark", "note")
TOLD = tuple(name for name in COLUMNS if name != "code")


def code(text: str) -> str:
    """Parser of a code, in any of the forms that people write."""
    return written(number(text))


def prepare(lines: list[Line], loading: Loading) -> Prepared:
    """Checks each meaning, by itself, against those there and against the file's others."""
    known: dict[tuple[str, date], AlertCode] = {(row.code, row.from_day): row for row in AlertCode.objects.all()}
    prepared, ends = Prepared(), _Ends(known.values())
    for line in lines:
        row = AlertCode(recorded=loading.recorded, **{name: line[name] for name in COLUMNS})
        there = known.get((row.code, row.from_day))
        if there is not None and all(getattr(there, name) == getattr(row, name) for name in TOLD):
            prepared.repeated.append(line.row)
            continue
        try:
            row.clean_fields()
            ends.add(row)
        except ValidationError as error:
            prepared.refused.append(line.refuse("code", " ".join(error.messages)))
            continue
        prepared.accepted.append(row)
    return prepared


class _Ends:
    """The days that each code has a meaning for, so that no two overlap."""

    def __init__(self, rows: Any) -> None:
        self.days: dict[str, list[tuple[date, date, str]]] = {}
        for row in rows:
            self._keep(row)

    def _keep(self, row: AlertCode) -> None:
        self.days.setdefault(row.code, []).append((row.from_day, row.to_day or date.max, row.name))

    def add(self, row: AlertCode) -> None:
        """Takes a meaning in. Raises ValidationError where its days are taken or run backwards."""
        last = row.to_day or date.max
        if last < row.from_day:
            raise ValidationError("A meaning ends on or after the day from which it holds.")
        for first, end, name in self.days.get(row.code, ()):
            if first <= last and row.from_day <= end:
                raise ValidationError(f"On some of these days {row.code} means: {name}.")
        self._keep(row)


ALERT_CODES = takes(
    LoadKind(
        "alert-codes",
        "Alert codes",
        (
            Column("code", code, "the code, such as 8F3E, N24 or AD1"),
            Column("name", words, "what it means"),
            Column("family", one_of(dict(zip(Family.values, Family.values, strict=True))), ", ".join(Family.values)),
            Column("goes_to", words, "who receives it", required=False, default=""),
            Column("from_day", day, "the day from which it means so"),
            Column("to_day", day, "the last day on which it means so", required=False),
            Column("source", words, "the document that says so"),
            Column("mark", one_of({name: name for name in MARKS}), "how sure: " + ", ".join(MARKS)),
            Column("note", words, "what is doubtful", required=False, default=""),
        ),
        prepare,
    )
)
