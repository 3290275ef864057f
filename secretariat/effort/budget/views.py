"""Pages of budgets and of their versions."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from secretariat.core.calendar import calendar
from secretariat.core.form_page import FormPage
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.effort.budget.actions import (
    Amounts,
    add_version,
    as_text,
    changed,
    prepare_consultation,
    totals,
)
from secretariat.effort.budget.categories import doubt_on
from secretariat.effort.budget.filters import CycleFilter, VersionFilter
from secretariat.effort.budget.forms import ConsultForm, CycleForm, VersionForm
from secretariat.effort.budget.models import STANDS, BudgetCycle, BudgetVersion, State
from secretariat.effort.budget.procedure import consultation_of
from secretariat.effort.money import pounds
from secretariat.effort.who import operations_team
from secretariat.plain.dates import local_day, long_date


class Budgets(ListPage):
    """The budgets of three Regulatory Years."""

    model = BudgetCycle
    word, plural = "budget", "budgets"
    link = "first_year"
    filters = CycleFilter
    about = "What the Panel plans to spend in three Regulatory Years, from the first draft to the budget in effect."
    empty = "No budget that you may read is kept yet."
    columns = (
        Column("first_year", "From 1 April", "first_year", str),
        Column("state", "State", "state", lambda value: str(State(value).label) if value else ""),
        Column("published_on", "Draft published", "published_on"),
        Column("notice_ends_on", "Approved Budget from", "notice_ends_on"),
        Column("effective_on", "In effect", "effective_on"),
        class_column(),
    )
    order = "-first_year"
    day = "published_on"
    news = ("budget.consult", "budget.approve", "budget.stand", "budget.take_effect")
    enters: ClassVar[Who | None] = staticmethod(operations_team)


class BudgetPage(RecordPage):
    """One budget: where it stands, which day comes next and why, what its newest version says, and every version."""

    model = BudgetCycle
    word, plural = "budget", "budgets"
    key = "first_year"
    template = "effort/budget.html"

    def facts(self, record: BudgetCycle) -> list[Fact]:
        """The years, the consultation, and the days of approval with their working."""
        found, doubt = consultation_of(record), doubt_on(record.begins_on)
        seen = type(found)._default_manager.visible_to(reader(self.request), self.request.at) if found else None
        readable = seen.filter(pk=found.pk).first() if seen is not None and found else None
        facts = [
            Fact("Regulatory Years", ", ".join(str(year) for year in record.years)),
            Fact("Categories of cost", doubt.value, note=f"{doubt.doubt} {doubt.note}".strip()),
        ]
        if readable:
            facts.append(Fact("Consultation", readable, readable.get_absolute_url(), readable.state))
        if record.panel_approved_on and record.published_on and record.notice_ends_on:
            facts.append(Fact("Approved by the Panel", long_date(record.panel_approved_on)))
            count = calendar().working(record.published_on, RULEBOOK.number("budget.notice_wd", record.published_on))
            facts.append(Fact("Published as Draft Budget", long_date(record.published_on)))
            facts.append(Fact("Approved Budget from", long_date(record.notice_ends_on), note=count.sentence()))
        facts.append(Fact("Takes effect", long_date(record.effective_on or record.begins_on)))
        return facts + ([Fact("Note", record.note)] if record.note else [])

    def related(self, record: BudgetCycle) -> list[Related]:
        """The newest readable version by category, how it differs from the one before, and all versions."""
        rows: Any = record.versions.visible_to(reader(self.request), self.request.at).order_by("-pk")
        versions = list(rows)
        newest = versions[0] if versions else None
        listed: list[tuple[Any, ...]] = [
            (Crumb(one.number, one.get_absolute_url()), long_date(one.made_on), one.note) for one in versions
        ]
        tables = [by_category(record, newest)]
        if len(versions) > 1:
            tables.append(differences(record, versions[1], versions[0]))
        return [*tables, Related("Versions", ("Version", "Dated", "What changed"), listed, "There is no version yet.")]

    def context(self, record: BudgetCycle) -> dict[str, Any]:
        """Whether the reader may write a version of it, or begin the consultation on it."""
        may = operations_team(reader(self.request), record, self.request.at)
        return {"may_version": may and record.state not in (*STANDS, State.WITHDRAWN),
                "may_consult": may and record.state == State.PANEL}  # fmt: skip


def by_category(cycle: BudgetCycle, version: BudgetVersion | None) -> Related:
    """What a version says, by category and year."""
    rows: list[tuple[Any, ...]] = [(name, *_pounds(one)) for name, one in totals(version).items()]
    title = f"By category, version {version.number}" if version else "By category"
    return Related(title, ("Category", *_year_heads(cycle)), rows, "There is no version that you may read.")


def differences(cycle: BudgetCycle, old: BudgetVersion, new: BudgetVersion) -> Related:
    """The lines that differ between two versions: what was added to each year."""
    rows: list[tuple[Any, ...]] = [
        (name, *(pounds(b - a) for a, b in zip(before, after, strict=True)))
        for name, before, after in changed(old, new)
    ]
    title = f"Version {new.number} over version {old.number}"
    return Related(title, ("Line", *_year_heads(cycle)), rows, "The versions say the same.")


def _pounds(amounts: Amounts) -> tuple[str, ...]:
    return tuple(pounds(one) for one in amounts)


def _year_heads(cycle: BudgetCycle) -> tuple[str, ...]:
    return tuple(str(year) for year in cycle.years)


class BudgetEntry(EntryPage):
    """Begins a budget."""

    model = BudgetCycle
    form_class = CycleForm
    word, plural = "budget", "budgets"
    key = "first_year"
    who: ClassVar[Who] = staticmethod(operations_team)
    begins = "draft"


class NewVersion(FormPage):
    """Writes a new version of a budget, beginning with the lines of the newest."""

    model = BudgetCycle
    key = "first_year"
    plural = "budgets"
    title = "Write a new version"
    lead = "It begins with the lines of the newest version. Once saved, a version never changes."
    who: ClassVar[Who] = staticmethod(operations_team)

    def form(self, record: BudgetCycle, data: Any = None, files: Any = None) -> forms.BaseForm:
        """Number, day and lines."""
        seen = record.versions.visible_to(reader(self.request), self.request.at)
        today = local_day(self.request.at)
        return VersionForm(data, initial={"made_on": today, "lines": as_text(seen.order_by("-pk").first())})

    def save(self, record: BudgetCycle, form: Any) -> Any:
        """Keeps the version; its page comes next."""
        known = form.cleaned_data
        return add_version(record, known["number"], known["made_on"], known["lines"], known["note"], **self.told())


class Consult(FormPage):
    """Begins the consultation on a budget."""

    model = BudgetCycle
    key = "first_year"
    plural = "budgets"
    title = "Prepare the consultation"
    button = "Begin it as a draft"
    lead = "It begins with one question. Add documents and questions, then open it: Parties answer until it closes."
    who: ClassVar[Who] = staticmethod(operations_team)

    def form(self, record: BudgetCycle, data: Any = None, files: Any = None) -> forms.BaseForm:
        """When it closes."""
        return ConsultForm(data)

    def save(self, record: BudgetCycle, form: Any) -> Any:
        """The consultation's page comes next."""
        return prepare_consultation(record, form.cleaned_data["closes_at"], **self.told())


class BudgetVersions(ListPage):
    """The versions of budgets."""

    model = BudgetVersion
    word, plural = "budget version", "budget versions"
    filters = VersionFilter
    about = "Every version of every budget; what a version says never changes."
    empty = "No version of a budget that you may read is kept."
    columns = (
        Column("first_year", "Budget from", "cycle__first_year", str),
        Column("number", "Version", "number"),
        Column("made_on", "Dated", "made_on"),
        Column("note", "What changed", "note"),
        class_column(),
    )
    order = "-made_on"
    day = "made_on"


class BudgetVersionPage(RecordPage):
    """One version: every line of it, and what it changed."""

    model = BudgetVersion
    word, plural = "budget version", "budget versions"

    def facts(self, record: BudgetVersion) -> list[Fact]:
        """Of which budget, of which day."""
        cycles: Any = BudgetCycle.objects
        seen = cycles.visible_to(reader(self.request), self.request.at).filter(pk=record.cycle_id).first()
        return [
            Fact("Budget", seen or "not for you to read", seen.get_absolute_url() if seen else ""),
            Fact("Dated", long_date(record.made_on)),
            *([Fact("What changed", record.note)] if record.note else []),
        ]

    def related(self, record: BudgetVersion) -> list[Related]:
        """By category, and line by line."""
        lines: list[tuple[Any, ...]] = [
            (one.name, one.category, *_pounds(one.amounts), one.weights or "evenly") for one in record.lines.all()
        ]
        heads = ("Line", "Category", *_year_heads(record.cycle), "Over the months")
        return [by_category(record.cycle, record), Related("Lines", heads, lines, "It has no lines.")]
