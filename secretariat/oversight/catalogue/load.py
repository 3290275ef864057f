"""The file of Service Request Variants that the oversight room takes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from secretariat.core import journal
from secretariat.core.columns import INVENTED, day, one_of, words, yes_or_no
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, Refusal, takes
from secretariat.core.rulebook import MARKS
from secretariat.oversight.catalogue.models import NUMBER, ServiceRequest

TOLD = ("reference", "name", "roles", "critical", "on_demand", "future_dated", "scheduled", "from_day", "to_day",
        "source", "mark", "invented")  # fmt: skip


def reference(text: str) -> str:
    """Parser of a variant's number. Raises ValidationError."""
    found = text.removeprefix("SRV").strip()
    NUMBER(found)
    return found


def prepare_services(lines: list[Line], loading: Loading) -> Prepared:
    """Variants to add; one that is there in other words, or that overlaps another row of it, is refused."""
    known = {(one.reference, one.from_day): one for one in ServiceRequest.objects.all()}
    prepared, seen = Prepared(), set[tuple[str, Any]]()
    for line in lines:
        made = ServiceRequest(recorded=loading.recorded, **{name: line[name] for name in TOLD})
        key = made.reference, made.from_day
        there = known.get(key)
        if key in seen:
            prepared.refused.append(line.refuse("reference", "This variant is here twice from the same day."))
        elif there is not None and any(getattr(there, name) != getattr(made, name) for name in TOLD):
            prepared.refused.append(line.refuse("reference", "This variant is there already in other words."))
        elif there is not None:
            prepared.repeated.append(line.row)
        elif any(_meet(made, other) for other in prepared.accepted):
            prepared.refused.append(line.refuse("from_day", "Another row of this variant holds on some of these days."))
        elif refused := _wrong(line, made):
            prepared.refused += refused
        else:
            prepared.accepted.append(made)
        seen.add(key)
    return prepared


def _meet(one: ServiceRequest, other: ServiceRequest) -> bool:
    """Whether two rows of one variant hold on some same day."""
    last = min(one.to_day or date.max, other.to_day or date.max)
    return one.reference == other.reference and max(one.from_day, other.from_day) <= last


def _wrong(line: Line, made: ServiceRequest) -> list[Refusal]:
    try:
        made.full_clean(exclude=["place"], validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        return [line.refuse("reference", " ".join(error.messages))]
    return []


def _write(records: list[Any], loading: Loading) -> None:
    journal.enter_all(records, **loading.told)


def _optional(name: str, parse: Any, help_: str, *, default: Any = None) -> Column:
    return Column(name, parse, help_, required=False, default=default)


SERVICES = takes(
    LoadKind(
        "service-requests",
        "Service Request Variants",
        (
            Column("reference", reference, "the variant's number, such as 4.12.1"),
            Column("name", words, "its name"),
            _optional("roles", words, "User Roles such as IS, GS; empty where they are not known", default=""),
            _optional("critical", yes_or_no, "yes or no; empty where it is not known"),
            _optional("on_demand", yes_or_no, "yes or no; empty where it is not known"),
            _optional("future_dated", yes_or_no, "yes or no; empty where it is not known"),
            Column("scheduled", yes_or_no, "yes where it can be scheduled with the DCC, else no"),
            Column("from_day", day, "the first day on which it is so"),
            _optional("to_day", day, "the last day; empty until further notice"),
            Column("source", words, "where it is taken from"),
            Column("mark", one_of({mark: mark for mark in MARKS}), "how sure we are, in the rulebook's words"),
            INVENTED,
        ),
        prepare_services,
        _write,
    )
)
