"""The central service's monthly counts of hubs and of exceptions from a file; a restated count supersedes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from secretariat.core import journal
from secretariat.core.columns import INVENTED, count, one_of, words, yes_or_no
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, Refusal, takes
from secretariat.oversight.hubs.models import ExceptionCategory, Flow, HubCount, HubException
from secretariat.oversight.regions import Region
from secretariat.plain.dates import local_day
from secretariat.plain.months import Month

Key = tuple[Any, ...]
CAUSE_LENGTH = 120


@dataclass(frozen=True)
class Change:
    """A count to be entered, and the one that it supersedes if it is a restatement."""

    new: Any
    supersedes: Any = None


def month(text: str) -> date:
    """Parser of a month, such as 2020-02 or Sept-19: its first day. Raises ValueError with what to type."""
    return Month.parse(_spelt(text)).first


def _spelt(text: str) -> str:
    """A month as spreadsheets abbreviate it (Sept-19, Feb-20, Feb 20) as Month reads it."""
    name, _, year = text.strip().replace("-", " ").partition(" ")
    if name[:1].isalpha() and year.isdigit():
        return f"{name[:3]} {year if len(year) == 4 else f'20{year:0>2}'}"
    return text.strip()


def _checked(
    lines: list[Line], loading: Loading, model: Any, made: Callable[[Line], Any], key: Callable[[Any], Key]
) -> Prepared:
    """Every line against the counts that hold and against the other lines of the file."""
    known = {key(one): one for one in model.objects.current()}
    prepared, seen = Prepared(), dict[Key, int]()
    for line in lines:
        row = made(line)
        refusals = list(_wrong(line, row, known.get(key(row)), seen.get(key(row)), loading))
        prepared.refused += refusals
        seen.setdefault(key(row), line.row)
        if refusals:
            continue
        there = known.get(key(row))
        if there is not None and there.count == row.count:
            prepared.repeated.append(line.row)
        else:
            prepared.accepted.append(Change(row, there))
    return prepared


def _wrong(line: Line, row: Any, there: Any, before: int | None, loading: Loading) -> Iterator[Refusal]:
    if row.month > Month.of(local_day(loading.at)).first:
        yield line.refuse("month", "This month is still to come.")
    if len(getattr(row, "cause", "")) > CAUSE_LENGTH:
        yield line.refuse("cause", f"This is longer than {CAUSE_LENGTH} characters.")
    if before is not None:
        yield line.refuse("count", f"The same month and region is in row {before} too.")
    elif there is not None and there.count != row.count and not line["restated"]:
        yield line.refuse(
            "count", f"There are {there.count:,} already. Say yes under restated to put this in its place."
        )
    elif there is None and line["restated"]:
        yield line.refuse("restated", "There is no earlier count that this could take the place of.")


def write(changes: list[Any], loading: Loading) -> None:
    """Enters the counts; the restated ones are kept and no longer hold."""
    told = loading.told
    for change in changes:
        change.new.recorded = loading.recorded
        if change.supersedes is not None:
            journal.amend(change.supersedes, {"superseded_at": loading.recorded}, **told)
    journal.enter_all([change.new for change in changes], **told)


def _count_of(line: Line) -> HubCount:
    names = ("month", "region", "flow", "count", "invented")
    return HubCount(**{name: line[name] for name in names})


def prepare_counts(lines: list[Line], loading: Loading) -> Prepared:
    """What a file of counts would do."""
    return _checked(lines, loading, HubCount, _count_of, lambda one: (one.flow, one.month, one.region))


def prepare_exceptions(lines: list[Line], loading: Loading) -> Prepared:
    """What a file of exceptions would do; a category that is not known refuses its rows."""
    known = {one.name.lower(): one for one in ExceptionCategory.objects.all()}
    strange = [line for line in lines if line["category"].lower() not in known]
    names = ("month", "region", "cause", "count", "invented")

    def made(line: Line) -> HubException:
        told = {name: line[name] for name in names}
        return HubException(category=known[line["category"].lower()], **told)

    kept = [line for line in lines if line not in strange]
    prepared = _checked(
        kept, loading, HubException, made, lambda one: (one.category_id, one.cause, one.month, one.region)
    )
    there = ", ".join(one.name for one in known.values()) or "none"
    prepared.refused += [line.refuse("category", f"There is no such category; there are: {there}.") for line in strange]
    return prepared


MONTH = Column("month", month, "the month, as 2020-02 or Feb-20")
REGION = Column(
    "region",
    one_of({**{str(one.value): one.value for one in Region}, **{str(one.label): one.value for one in Region}}),
    "N, C, S or SMETS1",
)
RESTATED = Column(
    "restated", yes_or_no, "yes where it takes the place of an earlier count", required=False,
    default=False,
)  # fmt: skip
COUNT = Column("count", count, "how many, a whole number")

HUB_COUNTS = takes(
    LoadKind(
        "hub-counts",
        "Communications Hubs by month",
        (
            MONTH,
            REGION,
            Column("flow", one_of({str(one.value): one.value for one in Flow}), "what happened to them"),
            COUNT,
            RESTATED,
            INVENTED,
        ),
        prepare_counts,
        write,
    )
)
HUB_EXCEPTIONS = takes(
    LoadKind(
        "hub-exceptions",
        "Communications Hub exceptions by month",
        (
            MONTH,
            REGION,
            Column("category", words, "the category by its name"),
            Column("cause", words, "the cause, where it is known", required=False, default=""),
            COUNT,
            RESTATED,
            INVENTED,
        ),
        prepare_exceptions,
        write,
    )
)
