"""Figures as they were issued, and what would be different today, record by record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from secretariat.core.figure_pages import as_json
from secretariat.core.figures import (
    FIGURES,
    Cell,
    Counted,
    Grid,
    Head,
    Listing,
    Printed,
    Records,
    Result,
    Row,
    Span,
    Sum,
    Unknown,
)
from secretariat.core.kinds import model_of
from secretariat.core.people import Person
from secretariat.core.published import PublishedFigure
from secretariat.papers.assembly import Assembly


def frozen_figures(assembly: Assembly) -> dict[str, Any]:
    """Every figure of a paper with its cells: values, what each counted by id, and where print was taken."""
    return {
        "paper": assembly.paper.key,
        "reference": assembly.paper.reference,
        "month": assembly.month.iso,
        "figures": [
            {"figure": name, "span": span, "title": FIGURES[name].title, "unit": FIGURES[name].unit,
             "rule": FIGURES[name].rule, **_labels(result), **as_json(result)}
            for (name, span), result in assembly.results.items()
        ],
    }  # fmt: skip


def _labels(result: Result) -> dict[str, Any]:
    if not isinstance(result, Grid):
        return {"shape": "listing", "kind": result.counted.kind}
    return {
        "shape": "grid",
        "row_heads": [[head.key, head.label, head.group] for head in result.rows],
        "column_heads": [[head.key, head.label, head.group] for head in result.columns],
        "totals": list(result.totals),
    }


def thawed(figure: dict[str, Any]) -> Result:
    """An issued figure as a result again, so that its numbers open to what they counted when it was issued."""
    if figure["shape"] == "listing":
        records = Records(model_of(figure["kind"]), {"pk__in": figure["ids"]})
        found = {record.pk: record for record in records.queryset}
        rows = tuple(
            Row(found[record_id], tuple(values))
            for record_id, values in zip(figure["row_ids"], figure["rows"], strict=True)
            if record_id in found
        )
        return Listing(tuple(figure["heads"]), rows, records)
    return Grid(
        tuple(Head(*head) for head in figure["row_heads"]),
        tuple(Head(*head) for head in figure["column_heads"]),
        {(cell["row"], cell["column"]): Cell(_value(cell["value"]), _counted(cell)) for cell in figure["cells"]},
        tuple(figure["totals"]),
        tuple(figure["remarks"]),
    )


def _value(value: int | str | None) -> int | Decimal | None:
    return Decimal(value) if isinstance(value, str) else value


def _counted(cell: dict[str, Any]) -> Counted:
    if cell["from"] == "records":
        return Records(model_of(cell["kind"]), {"pk__in": cell["ids"]})
    if cell["from"] == "printed":
        row = PublishedFigure.objects.select_related("publication").filter(pk=cell["line"]).first()
        return Printed(row) if row is not None else Unknown("The printed line is no longer in the record.")
    if cell["from"] == "nothing":
        return Unknown(cell["why"])
    return Sum(tuple((row, column) for row, column in cell["of"]), cell["from"])


def written(content: dict[str, Any]) -> bytes:
    """The figures as JSON: the same figures, the same bytes."""
    return json.dumps(content, sort_keys=True, indent=1, ensure_ascii=False).encode()


@dataclass(frozen=True)
class Difference:
    """One number that would be printed otherwise today, with the ids of the records that came and went.

    The ids are nobody's to read; what a person may see of them, `told` says.
    """

    figure: str
    title: str
    row: str
    column: str
    label: str
    issued: str
    today: str
    kind: str = ""
    came: tuple[int, ...] = ()
    went: tuple[int, ...] = ()

    @property
    def why(self) -> str:
        """The reason, as a sentence."""
        parts = []
        if self.came:
            parts.append(f"{len(self.came)} counted now and not then")
        if self.went:
            parts.append(f"{len(self.went)} counted then and not now")
        return "; ".join(parts) or "what it was reckoned from has changed"


def differences(content: dict[str, Any]) -> list[Difference]:
    """What of the issued figures would be different today."""
    return [difference for figure in content["figures"] for difference in _of_figure(figure)]


def _of_figure(figure: dict[str, Any]) -> Iterator[Difference]:
    name, span = figure["figure"], Span.parse(figure["span"])
    now = as_json(FIGURES[name](span))
    if figure["shape"] == "listing":
        yield from _of_listing(figure, now)
        return
    then = {(cell["row"], cell["column"]): cell for cell in figure["cells"]}
    today = {(cell["row"], cell["column"]): cell for cell in now["cells"]}
    for key in [*then, *(key for key in today if key not in then)]:
        before, after = then.get(key, {}), today.get(key, {})
        if (before.get("value"), before.get("ids")) != (after.get("value"), after.get("ids")):
            yield _difference(figure, key, before, after)


def _difference(
    figure: dict[str, Any], key: tuple[str, str], before: dict[str, Any], after: dict[str, Any]
) -> Difference:
    then, today = set(before.get("ids", ())), set(after.get("ids", ()))
    kind = after.get("kind") or before.get("kind") or ""
    labels = {head[0]: head[1] for head in (*figure["row_heads"], *figure["column_heads"])}
    label = ", ".join(labels.get(part, part) for part in key)
    return Difference(
        figure["figure"], figure["title"], *key, label, str(before.get("value")), str(after.get("value")),
        kind=kind, came=tuple(sorted(today - then)), went=tuple(sorted(then - today)),
    )  # fmt: skip


def _of_listing(figure: dict[str, Any], now: dict[str, Any]) -> Iterator[Difference]:
    if (figure["rows"], figure["ids"]) == (now["rows"], now["ids"]):
        return
    then, today = set(figure["ids"]), set(now["ids"])
    kind = figure["kind"]
    yield Difference(
        figure["figure"], figure["title"], "", "", "rows", str(len(figure["rows"])), str(len(now["rows"])),
        kind=kind, came=tuple(sorted(today - then)), went=tuple(sorted(then - today)),
    )  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A difference as one person may see it: the records that they may read, and how many they may not."""

    difference: Difference
    came: tuple[Any, ...]
    went: tuple[Any, ...]

    @property
    def hidden(self) -> int:
        """How many records came or went that the person may not read, or that are no longer there."""
        return len(self.difference.came) + len(self.difference.went) - len(self.came) - len(self.went)


def told(difference: Difference, person: Person | None, at: datetime) -> Told:
    """A difference through the one door."""
    came, went = (_readable(difference.kind, ids, person, at) for ids in (difference.came, difference.went))
    return Told(difference, came, went)


def _readable(kind: str, ids: tuple[int, ...], person: Person | None, at: datetime) -> tuple[Any, ...]:
    if not ids:
        return ()
    rows: Any = model_of(kind)._default_manager.filter(pk__in=ids).order_by("pk")
    return tuple(rows.visible_to(person, at) if hasattr(rows, "visible_to") else rows)
