"""Pages of incidents and their problems."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from secretariat.core.form_page import FormPage
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, about, reader, said
from secretariat.core.procedure import Who
from secretariat.oversight.incidents.actions import link
from secretariat.oversight.incidents.filters import IncidentFilter, ProblemFilter
from secretariat.oversight.incidents.forms import IncidentAmendment, IncidentForm, LinkForm, ProblemForm, offer_readable
from secretariat.oversight.incidents.models import AgedCategory, Incident, Problem, Side
from secretariat.oversight.incidents.standing import age, is_aged, is_major, is_unsolved, targets
from secretariat.oversight.incidents.who import dcc_group_or_team, dcc_or_team
from secretariat.oversight.regions import Region
from secretariat.plain.dates import day_words, instant, instant_words, local_day, long_date


class Incidents(ListPage):
    """Incidents of the central service."""

    model = Incident
    word, plural = "service incident", "service incidents"
    filters = IncidentFilter
    columns = (
        Column("reference", "Incident", "reference"),
        Column("title", "What", "title"),
        Column("category", "Category", "category", shown=str, numeric=True),
        Column("side", "To be resolved by", "side", lambda value: str(Side(value).label)),
        Column("party", "Service User", "party__name"),
        Column("region", "Region", "region", lambda value: str(Region(value).label) if value else ""),
        Column("raised", "Raised", "raised_at"),
        Column("resolved", "Resolved", "resolved_at"),
        Column("cause", "Aged incident category", "aged_category__name"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-raised_at"
    day = "raised_at"
    about = "Incidents of the central service: their categories and whose they are over time, and their clocks."
    empty = "No incident is recorded that you may read. Load the DCC's file, or log them one by one."
    news = ("service_incident.log", "service_incident.recategorise", "service_incident.reopen")
    enters: ClassVar[Who | None] = staticmethod(dcc_or_team)
    loads = "service-incidents"


class IncidentPage(RecordPage):
    """One incident: its clocks, its categories and sides over time, and what it has to do with."""

    template = "oversight/incidents/incident.html"
    model = Incident
    word, plural = "service incident", "service incidents"
    editors: ClassVar[Who | None] = staticmethod(dcc_or_team)

    def facts(self, record: Incident) -> list[Fact]:
        """How grave it is, whose it is, how old, and what was done."""
        at = self.request.at
        today = local_day(at)
        old = f"{age(record, today)} days" if is_unsolved(record) else ""
        cause, problem = self._one(AgedCategory, record.aged_category_id), self._one(Problem, record.problem_id)
        return [
            Fact("Category", record.get_category_display(), note="A major incident." if is_major(record, at) else ""),
            Fact("To be resolved by", str(record.party or record.get_side_display()),
                 record.party.get_absolute_url() if record.party else "", record.assignee),
            Fact("Raised", instant(record.raised_at), note=str(record.raised_by or "")),
            *([Fact("Open for", old, note="Aged." if is_aged(record, today) else "")] if old else []),
            *said(("Region", record.get_region_display()), ("Service affected", record.service),
                  ("What happened", record.text)),
            *([Fact("Aged incident category", str(cause), cause.get_absolute_url(), cause.caveat)] if cause else []),
            *([Fact("Problem", str(problem), problem.get_absolute_url())] if problem else []),
            *said(("Resolved", instant_words(record.resolved_at)),
                  ("Resolution", record.resolution),
                  ("Closed", instant_words(record.closed_at)),
                  ("Times reopened", record.reopened)),
        ]  # fmt: skip

    def related(self, record: Incident) -> list[Related]:
        """Its clocks, how its category and side moved, when its clock stood, and what it has to do with."""
        clocks: list[tuple[Any, ...]] = [
            (one.what, instant(one.due) if one.due else "not while the clock is stopped", one.standing(self.request.at),
             f"{one.working} {one.rule.doubt}")
            for one in targets(record, self.request.at)
        ]  # fmt: skip
        moved: list[tuple[Any, ...]] = [
            (instant(one.from_at), one.get_category_display(), one.decided_by, one.why)
            for one in record.categorisations.all()
        ]
        sides: list[tuple[Any, ...]] = [
            (instant(one.from_at), str(one.party or one.get_side_display()), one.name, one.why)
            for one in record.assignments.all()
        ]
        stood: list[tuple[Any, ...]] = [
            (instant(one.from_at), instant(one.to_at) if one.to_at else "still", one.why) for one in record.stops.all()
        ]
        return [
            Related("Clocks", ("What", "By", "Standing", "Working"), clocks, "No clock runs yet."),
            Related("Categories", ("From", "Category", "Set by", "Why"), moved, "It was never categorised."),
            Related("Whose it was", ("From", "To be resolved by", "Who", "Why"), sides, "It was never assigned."),
            Related("Clock stopped", ("From", "Until", "Why"), stood, "Its clock was never stopped."),
            Related("Belongs with", ("Record", "How"), list(self._links(record)), "It is linked to no other record."),
        ]

    def _one(self, model: Any, pk: int | None) -> Any | None:
        """The record with this number, if the person may read it."""
        return model.objects.filter(pk=pk).visible_to(reader(self.request), self.request.at).first()

    def _links(self, record: Incident) -> Iterable[tuple[Any, ...]]:
        """What it is linked to, as far as the person may read it."""
        for one in record.links.all():
            other = about(one.about_kind, one.about_id)
            rows: Any = type(other)._default_manager.filter(pk=other.pk) if other is not None else None
            if rows is None:
                continue
            if hasattr(rows, "visible_to"):
                rows = rows.visible_to(reader(self.request), self.request.at)
            if rows.exists():
                yield (other, one.how)

    def context(self, record: Incident) -> dict[str, Any]:
        """Where it is linked to another record, and its review."""
        may = dcc_group_or_team(reader(self.request), record, self.request.at)
        review = getattr(record, "review", None)
        return {
            "link": reverse("link an incident", args=[record.pk]) if may else "",
            "review": review.get_absolute_url() if review is not None else "",
        }


class IncidentEntry(EntryPage):
    """Logs an incident, or puts one right."""

    model = Incident
    form_class: ClassVar[type[forms.ModelForm[Any]]] = IncidentForm
    word, plural = "service incident", "service incidents"
    who: ClassVar[Who] = staticmethod(dcc_or_team)
    begins = "log"

    def _form(self, form: forms.ModelForm[Any], record: Any | None, status: int = 200) -> HttpResponse:
        offer_readable(form, reader(self.request), self.request.at)
        return super()._form(form, record, status)


class IncidentAmendmentEntry(IncidentEntry):
    """Puts an incident right."""

    form_class = IncidentAmendment


class LinkIncident(FormPage):
    """Links an incident to another record."""

    model = Incident
    plural = "service incidents"
    title = "Link it to another record"
    button = "Link"
    who: ClassVar[Who] = staticmethod(dcc_group_or_team)

    def form(self, record: Any, data: Any = None, files: Any = None) -> forms.Form:
        """Which record, and how they belong together."""
        return LinkForm(data)

    def save(self, record: Any, form: Any) -> Any:
        """Links them."""
        link(record, form.cleaned_data["reference"], form.cleaned_data["how"], **self.told())
        return record


class Problems(ListPage):
    """The causes behind incidents."""

    model = Problem
    word, plural = "service problem", "service problems"
    filters = ProblemFilter
    columns = (
        Column("reference", "Problem", "reference"),
        Column("title", "What", "title"),
        Column("raised", "Raised", "raised_on"),
        Column("mended", "Mended", "mended_on"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-raised_on"
    day = "raised_on"
    about = (
        "Problems behind incidents of the central service: their causes, ways round them, and when they were mended."
    )
    empty = "No problem is recorded that you may read."
    enters: ClassVar[Who | None] = staticmethod(dcc_or_team)


class ProblemPage(RecordPage):
    """One problem and its incidents."""

    model = Problem
    word, plural = "service problem", "service problems"

    def facts(self, record: Problem) -> list[Fact]:
        """What is known of it."""
        return [
            Fact("Raised", long_date(record.raised_on)),
            *said(("What is known", record.text), ("Root cause", record.cause), ("Way round it", record.workaround),
                  ("Mended", day_words(record.mended_on))),
        ]  # fmt: skip

    def related(self, record: Problem) -> list[Related]:
        """The incidents that came of it, as far as the person may read them."""
        found: Any = record.incidents.all()
        rows: list[tuple[Any, ...]] = [
            (one, one.get_category_display(), long_date(local_day(one.raised_at)), one.state)
            for one in found.visible_to(reader(self.request), self.request.at)
        ]
        heads = ("Incident", "Category", "Raised", "State")
        return [Related("Incidents", heads, rows, "No incident that you may read came of it.")]


class ProblemEntry(EntryPage):
    """Raises a problem."""

    model = Problem
    form_class = ProblemForm
    word, plural = "service problem", "service problems"
    who: ClassVar[Who] = staticmethod(dcc_or_team)
    begins = "investigate"
