"""Pages of the monthly returns and the levels that they told: received, explained, queried and noted."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.core import journal
from secretariat.core.form_page import FormPage
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, Fact, Page, RecordPage, Related, reader
from secretariat.core.procedure import Refused, Who
from secretariat.oversight.measures.actions import read_file, receive
from secretariat.oversight.measures.composition import Composite, Rule
from secretariat.oversight.measures.filters import ReturnFilter, ServiceLevelFilter
from secretariat.oversight.measures.forms import ExplanationForm, ReturnForm
from secretariat.oversight.measures.levels import Status, printed
from secretariat.oversight.measures.models import PerformanceReturn, ServiceLevel
from secretariat.oversight.measures.pictures import losses
from secretariat.oversight.measures.procedure import unexplained
from secretariat.oversight.measures.reading import COLUMNS, Reading
from secretariat.oversight.measures.standing import by_key, composed, current_levels
from secretariat.oversight.measures.views import month_of, readable, share
from secretariat.oversight.who import operator_or_team
from secretariat.plain.dates import day_words, long_date
from secretariat.plain.months import Month


class Returns(ListPage):
    """The monthly returns of the DCC."""

    model = PerformanceReturn
    word, plural = "performance return", "performance returns"
    columns = (
        Column("month", "Month", "month", shown=month_of),
        Column("received_on", "Received", "received_on"),
        Column("restates", "Why it restates", "restates"),
        Column("methodology", "PMM", "methodology__version"),
        Column("exceptions", "PMEL", "exceptions__version"),
        Column("state", "State", "state"),
        class_column(),
    )
    filters = ReturnFilter
    order = "-month"
    about = "What the DCC reported of each month. A later return may restate levels, and never overwrites them."
    empty = "No return is recorded that you may read."
    day = "received_on"
    enters: ClassVar[Who | None] = staticmethod(operator_or_team)


class ReturnPage(RecordPage):
    """One return: its levels, what is to note, and what must still be explained."""

    model = PerformanceReturn
    word, plural = "performance return", "performance returns"

    def facts(self, record: PerformanceReturn) -> list[Fact]:
        """Its month, file and documents, and what was asked of it."""
        facts = [
            Fact(
                "Month", Month.of(record.month).label, reverse("service performance", args=[Month.of(record.month).iso])
            ),
            Fact("Received", day_words(record.received_on)),
        ]
        facts += [Fact("File", record.file.name, record.file.get_absolute_url())] if record.file else []
        for label, method in (("PMM", record.methodology), ("PMEL", record.exceptions)):
            facts += [Fact(label, str(method), method.get_absolute_url())] if method else []
        told = (("Why it restates", record.restates), ("Question", record.question), ("Answer", record.answer))
        return facts + [Fact(label, text) for label, text in told if text]

    def related(self, record: PerformanceReturn) -> list[Related]:
        """Its levels, what still lacks, and what is to note."""
        rows = record.levels.select_related("measure", "definition", "superseded_in").order_by(
            "measure__code", "region"
        )
        lacking: list[tuple[Any, ...]] = [
            (Crumb(one.name, one.get_absolute_url()), printed(one.exact), ", ".join(one.lacks))
            for one in unexplained(record)
        ]
        notes: list[tuple[Any, ...]] = [(note,) for note in record.notes]
        return [
            Related("To be explained", ("Measure", "Level", "What is lacking"), lacking, "Every missed level is."),
            Related("Levels", LEVEL_HEADS, [_level_row(one) for one in rows], "It tells none."),
            Related("To note", ("Note",), notes, "Nothing is to note of the file."),
        ]


LEVEL_HEADS = ("Measure", "Level", "Target", "Minimum", "Standing", "Within", "Events", "Restated in")


def _level_row(one: ServiceLevel) -> tuple[Any, ...]:
    later = one.superseded_in
    return (
        Crumb(one.name, one.get_absolute_url()), printed(one.exact), share(one.definition.target),
        share(one.definition.minimum), one.get_status_display(), one.numerator, one.denominator,
        later or "",
    )  # fmt: skip


class ReceiveReturn(Page):
    """Takes in a return: every cell that is wrong is told with what to do, and then nothing is kept."""

    template = "oversight/measures/receive.html"
    who: ClassVar[Who] = staticmethod(operator_or_team)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self._page(ReturnForm(initial=self.request.GET.dict()))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Receives the file, or tells what is to be put right."""
        form = ReturnForm(self.request.POST, self.request.FILES)
        if not form.is_valid():
            return self._page(form, status=422)
        told, file = form.cleaned_data, form.cleaned_data["file"]
        content = file.read()
        try:
            found = read_file(told["month"], file.name, content, told["restates"])
            if found.refused:
                return self._page(form, found, status=422)
            return redirect(receive(told["month"], file.name, content, told["restates"], **self.told()))
        except (Refused, ValidationError) as refusal:
            form.add_error(None, refusal.messages)
            return self._page(form, status=422)

    def _page(self, form: forms.Form, found: Reading | None = None, status: int = 200) -> HttpResponse:
        title = "Receive a performance return"
        crumbs = (Crumb("Performance returns", reverse("performance returns")), Crumb(title))
        return self.shown(
            {"form": form, "found": found, "title": title, "crumbs": crumbs, "columns": COLUMNS,
             "back": reverse("performance returns")}, status
        )  # fmt: skip


class ServiceLevels(ListPage):
    """Every reported level."""

    model = ServiceLevel
    word, plural = "service level", "service levels"
    columns = (
        Column("month", "Month", "month", shown=month_of),
        Column("measure", "Measure", "measure__code"),
        Column("region", "Region", "region"),
        Column("provider", "Provider", "provider"),
        Column("level", "Level, %", "level", shown=lambda value: "" if value is None else f"{value:.2f}", numeric=True),
        Column("target", "Target, %", "definition__target", shown=share, numeric=True),
        Column("minimum", "Minimum, %", "definition__minimum", shown=share, numeric=True),
        Column("within", "Within", "numerator", numeric=True),
        Column("events", "Events", "denominator", numeric=True),
        Column("excluded", "Excluded", "exclusions", numeric=True),
        Column("status", "Standing", "status"),
        Column("plan_date", "To be met by", "plan_date"),
        class_column(),
    )
    filters = ServiceLevelFilter
    order = "-month"
    about = "The levels that the DCC reported, restated ones among them."
    empty = "No level is reported that you may read."


class ServiceLevelPage(RecordPage):
    """One level: what it rests on, why it was missed, and of a composed measure what dragged it down."""

    template = "oversight/pictured.html"
    model = ServiceLevel
    word, plural = "service level", "service levels"

    def facts(self, record: ServiceLevel) -> list[Fact]:
        """The level, how it stands, what it rests on and what is told of it."""
        definition = record.definition
        facts = [
            Fact("Measure", str(record.measure), record.measure.get_absolute_url()),
            Fact("Period", f"{long_date(record.period_start)} to {long_date(record.period_end)}"),
            Fact("Level", printed(record.exact), note=record.get_status_display()),
            Fact("Target", share(definition.target), note=definition.doubt),
            Fact("Minimum", share(definition.minimum), note=definition.doubt),
            Fact("Return", str(record.performance_return), record.performance_return.get_absolute_url()),
        ]
        if record.numerator is not None:
            facts.append(Fact("Events", f"{record.numerator:,} of {record.denominator:,} within"))
        facts += [Fact("Excluded", f"{record.exclusions:,}")] if record.exclusions is not None else []
        later = record.superseded_in
        facts += [Fact("Restated in", str(later), later.get_absolute_url())] if later else []
        return facts + _derived_facts(record) + _explained(record) + self._explain(record)

    def _explain(self, record: ServiceLevel) -> list[Fact]:
        if not may_explain(self, record):
            return []
        lacks = f"Still lacking: {', '.join(record.lacks)}." if record.lacks else ""
        address = reverse("service level-explain", args=[record.pk])
        return [Fact("Explain it", "why it was missed, and the plan", address, note=lacks)]

    def related(self, record: ServiceLevel) -> list[Related]:
        """Its components by both rules."""
        if not record.definition.rule:
            return []
        rows: list[tuple[Any, ...]] = []
        for rule in Rule:
            made = composed(record.definition, rule, _components(self, record))
            used = "used" if rule == record.definition.rule else ""
            told = printed(made.level) if isinstance(made, Composite) else made
            rows.append((rule.label, told, used))
        return [Related("What its components give", ("Rule", "Level", "Which is used"), rows, "")]

    def context(self, record: ServiceLevel) -> dict[str, Any]:
        """What each component takes away."""
        if not record.definition.rule:
            return {"pictures": []}
        made = composed(record.definition, Rule(record.definition.rule), _components(self, record))
        title = f"What dragged {record.measure.code} down in {Month.of(record.month).label}"
        picture = losses(title, made) if isinstance(made, Composite) else None
        return {"pictures": [picture] if picture else []}


def _components(page: Page, record: ServiceLevel) -> dict[tuple[str, str], ServiceLevel]:
    codes = [code for code, _ in record.definition.parts]
    return by_key(readable(page, current_levels([Month.of(record.month)], codes)))


def _derived_facts(record: ServiceLevel) -> list[Fact]:
    if record.derived is None:
        return []
    differs = record.disagrees
    note = "" if differs is None else f"The return says {printed(record.exact)}: ask which rule was used."
    return [Fact("Its components give", f"{record.derived:.2f} %, {record.get_rule_display().lower()}", note=note)]


def _explained(record: ServiceLevel) -> list[Fact]:
    told = (("Why it was missed", record.narrative), ("Plan", record.plan),
            ("To be met by", day_words(record.plan_date)))  # fmt: skip
    return [Fact(label, text) for label, text in told if text]


def may_explain(page: Page, record: ServiceLevel) -> bool:
    """Whether a reader may explain a level: the DCC or the team for it, of one that was missed and not restated."""
    missed = record.status in (Status.BELOW_TARGET, Status.BELOW_MINIMUM) and record.superseded_in_id is None
    return missed and operator_or_team(reader(page.request), record, page.request.at)


class ExplainLevel(FormPage):
    """Tells why a level was missed, and the plan by which it is met."""

    model = ServiceLevel
    plural = "service levels"
    title = "Explain a missed level"
    lead = "Below the target a reason is needed; below the minimum also a plan, with the day by which it is met."
    who: ClassVar[Who] = staticmethod(operator_or_team)

    def form(self, record: Any, data: Any = None, files: Any = None) -> forms.BaseForm:
        """What is told so far."""
        return ExplanationForm(data, instance=record)

    def save(self, record: Any, form: Any) -> Any:
        """Keeps it, with what was told before in the journal."""
        fresh = ServiceLevel.objects.get(pk=record.pk)
        journal.amend(fresh, {name: form.cleaned_data[name] for name in form.changed_data}, **self.told())
        return fresh

    def record(self, key: str) -> Any:
        """The level, if it was missed and the person may explain it."""
        found = super().record(key)
        if not may_explain(self, found):
            raise PermissionDenied("Only a level that was missed and not restated is explained.")
        return found
