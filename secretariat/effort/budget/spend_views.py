"""Pages of what is spent against the budget, and of the months in which it is accounted for."""

from __future__ import annotations

from typing import Any, ClassVar, Unpack

from django import forms
from django.urls import reverse

from secretariat.core.journal import Told
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related
from secretariat.core.procedure import Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.effort.budget.filters import MonthsFilter, SpendFilter
from secretariat.effort.budget.forms import MonthForm, SpendForm
from secretariat.effort.budget.models import BudgetMonth, SpendEntry
from secretariat.effort.budget.procedure import MONTHS, unexplained
from secretariat.effort.budget.reckoning import in_force, outlooks
from secretariat.effort.money import pounds
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


HEADS = ("Category", "Year's budget", "Planned so far", "Spent so far", "Over the plan", "Year's end by run rate",
         "Year's end by plan")  # fmt: skip


class BudgetMonthPage(RecordPage):
    """One month: how each category stands by its end, what that leads to, and why it differs."""

    model = BudgetMonth
    word, plural = "budget month", "budget months"
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
        """The categories, and the explanations."""
        rows: list[tuple[Any, ...]] = [
            (
                name,
                *(pounds(one) for one in (found.budget, found.planned, found.spent, found.variance)),
                pounds(found.by_run_rate) if found.by_run_rate is not None else "no month is over",
                pounds(found.by_plan),
            )
            for name, found in outlooks(Month.of(record.month).last).items()
        ]
        said: list[tuple[Any, ...]] = [
            (one.category, pounds(one.variance), one.words) for one in record.explanations.all()
        ]
        return [
            Related("By the end of the month, since 1 April", HEADS, rows, "There is no budget and no spend."),
            Related("Why it differs", ("Category", "Over the plan", "Why"), said, "Nothing was explained yet."),
        ]


class BudgetMonthEntry(EntryPage):
    """Opens the accounts of a month."""

    model = BudgetMonth
    form_class = MonthForm
    word, plural = "budget month", "budget months"
    who: ClassVar[Who] = staticmethod(operations_team)

    def enter(self, record: BudgetMonth, form: forms.ModelForm[Any], **told: Unpack[Told]) -> None:
        """Takes its first step."""
        MONTHS.take("open", record, **told)
