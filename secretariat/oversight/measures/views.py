"""Pages of measures, their definitions and the documents by which they are reckoned."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms

from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.oversight.measures.filters import DefinitionFilter, MeasureFilter, MethodVersionFilter
from secretariat.oversight.measures.forms import DefinitionForm, MeasureForm, MethodVersionForm
from secretariat.oversight.measures.methods import MethodVersion
from secretariat.oversight.measures.models import Measure, MeasureDefinition, ServiceLevel
from secretariat.oversight.measures.pictures import of_measure
from secretariat.oversight.measures.standing import current_levels, months_to, newest_month, strips_of
from secretariat.oversight.pictures import Picture
from secretariat.oversight.who import operator_or_team, technical_team
from secretariat.plain.dates import day_words, local_day, long_date
from secretariat.plain.months import Month


def share(value: Any) -> str:
    """A target or minimum as it is printed."""
    return "" if value is None else f"{value.normalize():f} %"


def month_of(day: Any) -> str:
    """The month of a day, in words."""
    return Month.of(day).label


class Measures(ListPage):
    """What is measured of the central service."""

    model = Measure
    word, plural = "performance measure", "performance measures"
    columns = (
        Column("code", "Code", "code"),
        Column("name", "Measure", "name"),
        Column("family", "Family", "family", shown=lambda value: f"{value} measure"),
        Column("basis", "A share of", "basis"),
        Column("period", "Reported for a", "period"),
        class_column(),
    )
    filters = MeasureFilter
    link = "code"
    order = "code"
    order_words = "by code"
    about = "The Code Performance Measures of the DCC, and the measures of its service providers that they rest on."
    empty = "No measure is recorded yet. Enter the first, or load the definitions from a file."
    enters: ClassVar[Who | None] = staticmethod(technical_team)


class MeasurePage(RecordPage):
    """One measure: its definition now, its last 12 months by region, its definitions over time and its promises."""

    template = "oversight/pictured.html"
    model = Measure
    word, plural, key = "performance measure", "performance measures", "code"
    editors: ClassVar[Who | None] = staticmethod(technical_team)

    def facts(self, record: Measure) -> list[Fact]:
        """What it is now."""
        now = record.definitions.on(local_day(self.request.at)).select_related("measure").first()
        facts = [
            Fact("Family", record.get_family_display()),
            Fact("A share of", record.get_basis_display()),
            Fact("Reported for a", record.get_period_display().lower()),
        ]
        facts += [Fact("Behind by", f"{record.lag} periods")] if record.lag else []
        return [*facts, *definition_facts(now)] if now else facts

    def related(self, record: Measure) -> list[Related]:
        """Its definitions and its promises."""
        person, at = reader(self.request), self.request.at
        definitions: list[tuple[Any, ...]] = [
            (Crumb(one.version, one.get_absolute_url()), long_date(one.from_day),
             day_words(one.to_day), share(one.target), share(one.minimum), one.doubt)
            for one in record.definitions.select_related("measure").order_by("-from_day")
        ]  # fmt: skip
        promises: list[tuple[Any, ...]] = [
            (Crumb(one.what, one.get_absolute_url()), one.region, long_date(one.due_on), one.state)
            for one in record.commitments.visible_to(person, at)
        ]
        heads = ("Version", "From", "Until", "Target", "Minimum", "How sure")
        return [
            Related("Definitions", heads, definitions, "No definition is recorded: nothing can be reported of it."),
            Related("Promises", ("What", "Region", "Due", "State"), promises, "Nothing is promised of it."),
        ]

    def context(self, record: Measure) -> dict[str, Any]:
        """Its last months as pictures."""
        return {"pictures": pictures_of(self, record)}


def pictures_of(page: RecordPage, record: Measure) -> list[Picture]:
    """The strip of a measure and its levels by region, as far as the reader may read them."""
    newest = newest_month()
    if newest is None:
        return []
    months = months_to(newest)
    found = readable(page, current_levels(months, [record.code]))
    return of_measure(record, months, strips_of(found, months), found[-1].definition) if found else []


def readable(page: Any, levels: Iterable[ServiceLevel]) -> list[ServiceLevel]:
    """Those of some levels that the reader of a page may read."""
    rows = list(levels)
    asked = ServiceLevel.objects.filter(pk__in=[one.pk for one in rows])
    allowed = set(asked.visible_to(reader(page.request), page.request.at).values_list("pk", flat=True))
    return [one for one in rows if one.pk in allowed]


def definition_facts(record: MeasureDefinition) -> list[Fact]:
    """The target, minimum and composition of a definition, and how sure we are of them."""
    facts = [
        Fact("Target", share(record.target), note=record.doubt),
        Fact("Minimum", share(record.minimum), note=record.doubt),
    ]
    if record.composition:
        facts += [Fact("Composed of", record.composition), Fact("Combined by", record.get_rule_display())]
    facts += [Fact("What is measured", record.meaning)] if record.meaning else []
    return [*facts, Fact("Source", record.source)]


class MeasureEntry(EntryPage):
    """Enters or amends a measure."""

    model = Measure
    form_class = MeasureForm
    word, plural, key = "performance measure", "performance measures", "code"
    who: ClassVar[Who] = staticmethod(technical_team)


class Definitions(ListPage):
    """The dated definitions of the measures."""

    model = MeasureDefinition
    word, plural = "measure definition", "measure definitions"
    columns = (
        Column("measure", "Measure", "measure__code"),
        Column("version", "Version", "version"),
        Column("from_day", "From", "from_day"),
        Column("to_day", "Until", "to_day"),
        Column("target", "Target, %", "target", shown=share, numeric=True),
        Column("minimum", "Minimum, %", "minimum", shown=share, numeric=True),
        Column("composition", "Composed of", "composition"),
        Column("rule", "Combined by", "rule"),
        Column("mark", "How sure", "mark"),
    )
    filters = DefinitionFilter
    order = "measure__code"
    order_words = "by measure"
    about = "What each measure meant from which day: target, minimum, composition. Unverified numbers say so."
    empty = "No definition is recorded yet."
    day = "from_day"
    enters: ClassVar[Who | None] = staticmethod(technical_team)
    loads = "measure-definitions"


class DefinitionPage(RecordPage):
    """One definition."""

    model = MeasureDefinition
    word, plural = "measure definition", "measure definitions"
    editors: ClassVar[Who | None] = staticmethod(technical_team)

    def facts(self, record: MeasureDefinition) -> list[Fact]:
        """Its measure, days and numbers."""
        until = long_date(record.to_day) if record.to_day else "until further notice"
        days = Fact("In force", f"from {long_date(record.from_day)}, {until}")
        return [Fact("Measure", str(record.measure), record.measure.get_absolute_url()), days,
                *definition_facts(record)]  # fmt: skip


class DefinitionEntry(EntryPage):
    """Enters or amends a definition."""

    model = MeasureDefinition
    form_class = DefinitionForm
    word, plural = "measure definition", "measure definitions"
    who: ClassVar[Who] = staticmethod(technical_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Saves it with the instant at which we learnt of it."""
        record.recorded = told["recorded"]
        super().enter(record, form, **told)


class MethodVersions(ListPage):
    """The versions of the documents by which levels are reckoned."""

    model = MethodVersion
    word, plural = "methodology version", "methodology versions"
    columns = (
        Column("document", "Document", "document"),
        Column("version", "Version", "version"),
        Column("drafted_on", "To the Operations Group", "drafted_on"),
        Column("from_day", "In force from", "from_day"),
        class_column(),
    )
    filters = MethodVersionFilter
    order = "-from_day"
    about = "Versions of the methodology, the exception list and the list of reported measures."
    empty = "No version is recorded that you may read."
    day = "drafted_on"
    enters: ClassVar[Who | None] = staticmethod(operator_or_team)


class MethodVersionPage(RecordPage):
    """One version of a document."""

    model = MethodVersion
    word, plural = "methodology version", "methodology versions"
    editors: ClassVar[Who | None] = staticmethod(operator_or_team)

    def facts(self, record: MethodVersion) -> list[Fact]:
        """The document and its days."""
        drafted = day_words(record.drafted_on)
        force = long_date(record.from_day) if record.from_day else "a draft"
        return [
            Fact("Document", record.get_document_display()),
            Fact("Given to the Operations Group", drafted),
            Fact("In force from", force),
            *([Fact("What it changes", record.changes)] if record.changes else []),
        ]


class MethodVersionEntry(EntryPage):
    """Enters or amends a version of a document."""

    model = MethodVersion
    form_class = MethodVersionForm
    word, plural = "methodology version", "methodology versions"
    who: ClassVar[Who] = staticmethod(operator_or_team)
