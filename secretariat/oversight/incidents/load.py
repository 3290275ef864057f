"""Incidents from a file of the DCC: one row an incident, known by its reference.

A later file may tell that an incident was resolved or closed since: then its steps are taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from secretariat.core import journal
from secretariat.core.columns import INVENTED, count, moment, one_of, words
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, Refusal, takes
from secretariat.oversight.incidents.models import (
    CLOSED,
    OPEN,
    RESOLVED,
    AgedCategory,
    Assignment,
    Categorisation,
    Incident,
    Side,
)
from secretariat.oversight.incidents.procedure import INCIDENTS
from secretariat.oversight.regions import Region
from secretariat.plain.dates import instant
from secretariat.register.parties import Party

COMPARED = ("title", "raised_at", "resolved_at", "closed_at", "service", "region", "aged_category_id", "invented")
LATER_TOLD = ("resolved_at", "closed_at")
RESOLUTION = "As told in the DCC's file."
"""What makes a row of a known reference another one; category and side move here by steps, so they are not compared."""
REGIONS = {one: one for one in Region.values}
LIMITS = {"reference": 30, "title": 200, "service": 80, "assignee": 120}


@dataclass(frozen=True)
class Advance:
    """What a file tells since of an incident that is there: when it was resolved, and when closed."""

    incident: Incident
    resolved_at: datetime | None
    closed_at: datetime | None


def category(text: str) -> int:
    """Parser of a category from 1 to 5. Raises ValueError."""
    number = count(text)
    if not 1 <= number <= 5:
        raise ValueError(f"There is no category {number}: categories are 1 to 5.")
    return number


def prepare(lines: list[Line], loading: Loading) -> Prepared:
    """Incidents to enter or to move on; one that is there with the same content is counted, with other refused."""
    prepared, seen = Prepared(), dict[str, int]()
    known = {one.reference: one for one in Incident.objects.filter(reference__in=[line["reference"] for line in lines])}
    causes = {one.name.lower(): one for one in AgedCategory.objects.all()}
    parties = {one.key: one for one in Party.objects.only("id", "key", "name")}
    for line in lines:
        row = _incident(line, causes, parties)
        refusals = [*_wrong(line, loading, causes, parties), *_known(line, row, known, seen)]
        prepared.refused += refusals
        seen.setdefault(row.reference, line.row)
        if refusals:
            continue
        there = known.get(row.reference)
        if there is None:
            prepared.accepted.append(row)
        elif new := _advance(there, row):
            prepared.accepted.append(new)
        else:
            prepared.repeated.append(line.row)
    return prepared


def _advance(there: Incident, row: Incident) -> Advance | None:
    """What the row tells that was not known; None where it tells nothing new."""
    told = [getattr(row, name) if getattr(there, name) is None else None for name in LATER_TOLD]
    return Advance(there, *told) if any(told) else None


def _incident(line: Line, causes: dict[str, AgedCategory], parties: dict[str, Party]) -> Incident:
    state = CLOSED if line["closed_at"] else RESOLVED if line["resolved_at"] else OPEN
    same = {name: line[name] for name in ("reference", "title", "raised_at", "category", "side", "assignee", "region",
                                          "service", "resolved_at", "closed_at", "invented")}  # fmt: skip
    return Incident(
        **same, party=parties.get(line["party"]), aged_category=causes.get(line["cause"].lower()), state=state
    )


def _wrong(
    line: Line, loading: Loading, causes: dict[str, AgedCategory], parties: dict[str, Party]
) -> Iterator[Refusal]:
    for name, limit in LIMITS.items():
        if len(line[name]) > limit:
            yield line.refuse(name, f"This is longer than {limit} characters.")
    if line["party"] and line["party"] not in parties:
        yield line.refuse("party", f"There is no party {line['party']}.")
    if (line["side"] == Side.USER) != bool(line["party"]):
        yield line.refuse("party", "Name the Service User who is to resolve it, and nobody where the DCC is.")
    if line["cause"] and line["cause"].lower() not in causes:
        yield line.refuse("cause", f"“{line['cause']}” is not one of the aged incident categories.")
    yield from _wrong_times(line, loading)


def _wrong_times(line: Line, loading: Loading) -> Iterator[Refusal]:
    order = [(name, line[name]) for name in ("raised_at", "resolved_at", "closed_at") if line[name]]
    for (before, earlier), (after, later) in pairwise(order):
        if later < earlier:
            yield line.refuse(after, f"This is before {before}, {instant(earlier)}.")
    if line["closed_at"] and not line["resolved_at"]:
        yield line.refuse("resolved_at", "It is closed, so tell when it was resolved.")
    if order[-1][1] > loading.at:
        yield line.refuse(order[-1][0], "This is still to come.")


def _known(line: Line, row: Incident, known: dict[str, Incident], seen: dict[str, int]) -> Iterator[Refusal]:
    if row.reference in seen:
        yield line.refuse("reference", f"{row.reference} is in row {seen[row.reference]} too.")
    there = known.get(row.reference)
    if there is None:
        return
    pairs = [(name, getattr(there, name), getattr(row, name)) for name in COMPARED]
    if differs := [name for name, old, new in pairs if old != new and not (name in LATER_TOLD and None in (old, new))]:
        told = ", ".join(name.removesuffix("_id") for name in differs)
        yield line.refuse("reference", f"{row.reference} is there already with another {told}. Take its steps instead.")


def write(rows: list[Any], loading: Loading) -> None:
    """Enters the new incidents, each with the category and side that it came with, and moves the others on."""
    told: dict[str, Any] = {"by": loading.by, "recorded": loading.recorded}
    saved = journal.enter_all([one for one in rows if isinstance(one, Incident)], at=loading.at, **told)
    Categorisation.objects.bulk_create(
        Categorisation(incident=one, category=one.category, from_at=one.raised_at, decided_by="As told by the DCC",
                       recorded=loading.recorded)
        for one in saved
    )  # fmt: skip
    Assignment.objects.bulk_create(
        Assignment(incident=one, side=one.side, party=one.party, name=one.assignee, from_at=one.raised_at,
                   recorded=loading.recorded)
        for one in saved
    )  # fmt: skip
    for one in (row for row in rows if isinstance(row, Advance)):
        if one.resolved_at is not None:
            INCIDENTS.take("resolve", one.incident, at=one.resolved_at, resolution=RESOLUTION, **told)
        if one.closed_at is not None:
            INCIDENTS.take("close", one.incident, at=one.closed_at, **told)


SERVICE_INCIDENTS = takes(
    LoadKind(
        "service-incidents",
        "Incidents of the central service",
        (
            Column("reference", words, "the DCC's reference"),
            Column("title", words, "what happened"),
            Column("raised_at", moment, "when it was raised, as 2020-02-17 14:30"),
            Column("category", category, "its category, 1 to 5"),
            Column("side", one_of({one: one for one in Side.values}), "dcc, provider or user: who is to resolve it"),
            Column(
                "party", words, "the key of the Service User who is to resolve it, if any", required=False, default=""
            ),
            Column("assignee", words, "who works on it", required=False, default=""),
            Column("region", one_of(REGIONS), "N, C, S or SMETS1", required=False, default=""),
            Column("service", words, "the service affected", required=False, default=""),
            Column("cause", words, "its aged incident category", required=False, default=""),
            Column("resolved_at", moment, "when it was resolved", required=False),
            Column("closed_at", moment, "when it was closed", required=False),
            INVENTED,
        ),
        prepare,
        write,
    )
)
