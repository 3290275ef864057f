"""Pages of what is spent against the budget, and of the months in which it is accounted for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.urls import reverse

from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related
from secretariat.core.procedure import Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.effort.budget.filters import MonthsFilter, SpendFilter
from secretariat.effort.budget.forms import MonthForm, SpendForm
from secretariat.effort.budget.models import BudgetMonth, SpendEntry
from secretariat.effort.budget.pictures import picture
from secretariat.effort.budget.procedure import unexplained
from secretariat.effort.budget.reckoning import course, in_force, outlooks
from secretariat.effort.budget.years import Outlook
from secretariat.effort.money import pounds
from secretariat.effort.views import refuse_to_come
from secretariat.effort.who import operations_team, staff_or_panel
from secretariat.plain.dates import long_date
from secretariat.plain.months import Month


class SpendEntries(ListPage):
    """What was spent."""

    model = SpendEntry
    word, plural = "spend entry", "spend entries"
    filters = SpendFilter
    about = "What was spent against the budget, as the accounts have it."
    empty = "No spend that you may read is kept. Load the accounts' file, or enter what was spent."
    columns = (
        Column("day", "Spent on", "day"),
        Column("reference", "Reference", "reference"),
        Column("category", "Category", "category"),
        Column("description", "Description", "description"),
        Column("pence", "Amount", "pence", pounds, numeric=True),
        class_column(),
    )
    order = "-day"
    day = "day"
    enters: ClassVar[Who | None] = staticmethod(operations_team)
    loads = "budget-spend"
    who: ClassVar[Who] = staticmethod(staff_or_panel)


class SpendEntryPage(RecordPage):
    """One amount that was spent."""

    model = SpendEntry
    word, plural = "spend entry", "spend entries"
    editors: ClassVar[Who | None] = staticmethod(operations_team)
    who: ClassVar[Who] = staticmethod(staff_or_panel)

    def facts(self, record: SpendEntry) -> list[Fact]:
        """How much, on what, and when."""
        return [
            Fact("Amount", pounds(record.pence)),
            Fact("Category", record.category),
            Fact("Spent on", long_date(record.day)),
            Fact("Description", record.description),
        ]


class SpendEntryEntry(EntryPage):
    """Enters or amends what was spent."""

    model = SpendEntry
    form_class = SpendForm
    word, plural = "spend entry", "spend entries"
    who: ClassVar[Who] = staticmethod(operations_team)

    def _save(self, form: Any, key: str) -> Any:
        refuse_to_come(form.cleaned_data["day"], self.request.at)
        return super()._save(form, key)


class BudgetMonths(ListPage):
    """The months whose accounts are kept."""

    model = BudgetMonth
    word, plural = "budget month", "budget months"
    filters = MonthsFilter
    about = "Months of the budget: a month is closed once every large variance is explained."
    empty = "No month has been opened yet."
    columns = (
        Column("month", "Month", "month", lambda value: Month.of(value).label),
        Column("state", "State", "state"),
        Column("closed_on", "Closed", "closed_on"),
        class_column(),
    )
    order = "-month"
    day = "month"
    enters: ClassVar[Who | None] = staticmethod(operations_team)
    who: ClassVar[Who] = staticmethod(staff_or_panel)


SO_FAR = ("Category", "Planned", "Spent", "Over the plan")
LEADS_TO = ("Category", "Year's budget", "By run rate", "By plan")


class BudgetMonthPage(RecordPage):
    """One month: how each category stands by its end, what that leads to, and why it differs."""

    model = BudgetMonth
    word, plural = "budget month", "budget months"
    template = "effort/budget_month.html"
    who: ClassVar[Who] = staticmethod(staff_or_panel)

    def facts(self, record: BudgetMonth) -> list[Fact]:
        """The budget it is held against, what is still to be explained, and the figure that counts it."""
        last = Month.of(record.month).last
        budget, waiting = in_force(last), unexplained(record)
        share, least = RULEBOOK.number("budget.variance_percent", last), RULEBOOK.number("budget.variance_pence", last)
        return [
            Fact("Held against", budget.version if budget else "no budget is in effect",
                 budget.version.get_absolute_url() if budget else ""),
            Fact("To be explained", "; ".join(waiting) or "nothing",
                 note=f"What differs by more than {share} % of the plan, and at least {pounds(least)}."),
            Fact("Counted by", "Spend against the budget",
                 reverse("figure", args=["budget_spend", Month.of(record.month).iso])),
        ]  # fmt: skip

    def related(self, record: BudgetMonth) -> list[Related]:
        """The categories so far and at the year's end, and the explanations."""
        found = outlooks(Month.of(record.month).last)
        said: list[tuple[Any, ...]] = [
            (one.category, pounds(one.variance), one.words) for one in record.explanations.all()
        ]
        empty = "There is no budget and no spend."
        return [
            Related("By the end of the month, since 1 April", SO_FAR, _rows(found, _so_far), empty),
            Related("Where the year would end", LEADS_TO, _rows(found, _leads_to), empty),
            Related("Why it differs", ("Category", "Over the plan", "Why"), said, "Nothing was explained yet."),
        ]

    def context(self, record: BudgetMonth) -> dict[str, Any]:
        """The year as a picture."""
        return {"picture": picture(course(Month.of(record.month).last))}


Amounts = tuple[int | None, ...]


def _so_far(one: Outlook) -> Amounts:
    return one.planned, one.spent, one.variance


def _leads_to(one: Outlook) -> Amounts:
    return one.budget, one.by_run_rate, one.by_plan


def _rows(found: dict[str, Outlook], told: Callable[[Outlook], Amounts]) -> list[tuple[Any, ...]]:
    """A row for each category, and last the sums of the amounts as they are shown."""
    amounts = {name: told(one) for name, one in found.items()}
    columns = zip(*amounts.values(), strict=True)
    total = tuple(None if None in column else sum(pence or 0 for pence in column) for column in columns)
    every = {**amounts, "Total": total} if amounts else {}
    return [(name, *("not known yet" if one is None else pounds(one) for one in row)) for name, row in every.items()]


class BudgetMonthEntry(EntryPage):
    """Opens the accounts of a month."""

    model = BudgetMonth
    form_class = MonthForm
    word, plural = "budget month", "budget months"
    who: ClassVar[Who] = staticmethod(operations_team)
    begins = "open"
