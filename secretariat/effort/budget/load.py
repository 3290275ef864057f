"""Loading spend: one row for one amount of the accounts."""

from __future__ import annotations

from datetime import date

from secretariat.core.columns import INVENTED, day, words
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, takes
from secretariat.effort.budget.categories import categories_on
from secretariat.effort.budget.models import BudgetMonth, SpendEntry, closed_month
from secretariat.effort.money import pence_of, pounds
from secretariat.plain.dates import local_day, long_date

Key = tuple[date, str, str, int]


def prepare(lines: list[Line], loading: Loading) -> Prepared:
    """The entries that a file would make; a row that is there already under its reference is only counted."""
    prepared, in_file = Prepared(), dict[str, int]()
    references = [line["reference"] for line in lines]
    there = {one.reference: _key(one) for one in SpendEntry.objects.filter(reference__in=references)}
    closed = set(BudgetMonth.objects.filter(state=BudgetMonth.CLOSED).values_list("month", flat=True))
    for line in lines:
        entry = _entry(line, loading)
        wrong = _unfit(line, entry, closed, loading)
        if entry.reference in in_file:
            wrong.append(("reference", f"stands in row {in_file[entry.reference]} already."))
        in_file.setdefault(entry.reference, line.row)
        known = there.get(entry.reference)
        if known == _key(entry):
            prepared.repeated.append(line.row)
        elif known is not None:
            prepared.refused.append(line.refuse("reference", f"is there with {pounds(known[3])}. Amend that entry."))
        elif wrong:
            prepared.refused += [line.refuse(column, why) for column, why in wrong]
        else:
            prepared.accepted.append(entry)
    return prepared


def _entry(line: Line, loading: Loading) -> SpendEntry:
    known = {name.lower(): name for name in categories_on(line["day"])}
    return SpendEntry(
        reference=line["reference"], day=line["day"], description=line["description"], pence=line["pounds"],
        category=known.get(line["category"].lower(), line["category"]), invented=line["invented"],
        recorded=loading.recorded,
    )  # fmt: skip


def _key(entry: SpendEntry) -> Key:
    return entry.day, entry.category, entry.description, entry.pence


def _unfit(line: Line, entry: SpendEntry, closed: set[date], loading: Loading) -> list[tuple[str, str]]:
    found = []
    known = categories_on(entry.day)
    if entry.category not in known:
        found.append(("category", f"“{line['category']}” is none. There are {', '.join(known)}."))
    if entry.day > local_day(loading.at):
        found.append(("day", f"{long_date(entry.day)} is still to come."))
    if entry.day.replace(day=1) in closed:
        found.append(("day", closed_month(entry.day)))
    if entry.pence == 0:
        found.append(("pounds", "is nought: nothing was spent."))
    return found


SPEND = takes(
    LoadKind(
        "budget-spend",
        "Spend against the budget",
        (
            Column("reference", words, "the reference in the accounts, one for each row"),
            Column("day", day, "the day of the spend"),
            Column("category", words, "the category of cost, as the rulebook names it"),
            Column("description", words, "what it was for"),
            Column("pounds", pence_of, "pounds, such as 1234.56; with a minus for what came back"),
            INVENTED,
        ),
        prepare,
    )
)
