"""The file of versions of the whole code that were published before the record was kept here (DOC-1, DOC-2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from secretariat.core import journal
from secretariat.core.columns import INVENTED, day, words
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, Refusal, takes
from secretariat.legaltext.load import version_number
from secretariat.legaltext.models import CodeVersion
from secretariat.legaltext.numbers import order_of
from secretariat.legaltext.publishing.numbering import fits, scheme_on

FIELDS = ("number", "effective_from", "notified_on", "posted_on", "note", "invented")
KNOWN = FIELDS[1:]


def prepare_code_versions(lines: list[Line], loading: Loading) -> Prepared:
    """Versions to add, whose numbers follow each other as their days do; the same one is already there."""
    there = {row.order: row for row in CodeVersion.objects.all()}
    days = {order: row.effective_from for order, row in there.items()}
    prepared, seen = Prepared(), dict[int, int]()
    for line in lines:
        order = order_of(line["number"])
        refusals = list(_wrong(line, order, there.get(order), days, seen))
        prepared.refused += refusals
        seen.setdefault(order, line.row)
        days.setdefault(order, line["effective_from"])
        if refusals:
            continue
        if order in there:
            prepared.repeated.append(line.row)
        else:
            prepared.accepted.append(_row(line, loading))
    return prepared


def _wrong(
    line: Line, order: int, there: CodeVersion | None, days: dict[int, date], seen: dict[int, int]
) -> Iterator[Refusal]:
    first, number = line["effective_from"], line["number"]
    if order in seen:
        yield line.refuse("number", f"{number} is in row {seen[order]} too.")
    elif there is not None:
        if any(getattr(there, name) != line[name] for name in KNOWN):
            yield line.refuse("number", f"Version {number} is already there with other content.")
    elif not fits(number, first):
        yield line.refuse("number", f"{number} is not of the scheme of its day (DOC-1, DOC-2).")
    elif any((other < order) != (on <= first) for other, on in days.items() if on != first):
        yield line.refuse("number", f"{number} does not follow the versions before its day, or follows a later one.")


def _row(line: Line, loading: Loading) -> CodeVersion:
    told: dict[str, Any] = {name: line[name] for name in FIELDS}
    return CodeVersion(scheme=scheme_on(line["effective_from"]), recorded=loading.recorded, **told)


def _write(rows: list[CodeVersion], loading: Loading) -> None:
    journal.enter_all(rows, **loading.told)


CODE_VERSIONS = takes(
    LoadKind(
        "code-versions",
        "Versions of the whole code",
        (
            Column("number", version_number, "its number, such as 5.14 or 61.0"),
            Column("effective_from", day, "the day on which it takes effect"),
            Column("notified_on", day, "the day on which it was notified", required=False),
            Column("posted_on", day, "the day on which it was posted", required=False),
            Column("note", words, "what it brought", required=False, default=""),
            INVENTED,
        ),
        prepare_code_versions,
        _write,
    )
)  # fmt: skip
