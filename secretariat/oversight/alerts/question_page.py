"""The base of every page that asks alerts something: months and filters above, chart, table, files, and its query."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, re_path, reverse
from markupsafe import Markup

from secretariat.core.capacities import in_a_capacity, secretariat
from secretariat.core.exports import csv_file
from secretariat.core.lists import attachment
from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.people import Person
from secretariat.core.procedure import Who
from secretariat.oversight.alerts.asking import ALL
from secretariat.oversight.alerts.codes import UnknownCodeError, number
from secretariat.oversight.alerts.shown import SHOWN_ROWS, Shown, lines
from secretariat.oversight.readings.layout import REGIONS
from secretariat.oversight.readings.place import opened_desk
from secretariat.oversight.readings.questions import Desk
from secretariat.oversight.regions import Region
from secretariat.oversight.who import operator, opsg_member
from secretariat.papers import charts
from secretariat.plain.months import Month

NO_DATA = "No alerts are taken in yet. When the central service's extracts are taken in, their figures stand here."
PAGES: list[type[QuestionPage]] = []
"""Every page that asks alerts something, in the order in which they are offered."""


def of_the_work(person: Person | None, record: Any, at: datetime) -> bool:
    """The secretariat, a member of the Operations Group, or the DCC: what names models is for them."""
    return secretariat(person, record, at) or opsg_member(person, record, at) or operator(person, record, at)


class CodeField(forms.CharField):
    """A code as people write it; its number, or that of all where it is empty."""

    def clean(self, value: Any) -> int:
        """The number of the code."""
        text = super().clean(value)
        if not text:
            return ALL
        try:
            return number(text)
        except UnknownCodeError as error:
            raise forms.ValidationError(str(error)) from error


class MonthForm(forms.Form):
    """One of the months of which there are data."""

    month = forms.ChoiceField(label="Month")

    def __init__(self, held: list[str], data: dict[str, Any]) -> None:
        self.held = held
        self.base = {"month": held[-1] if held else ""}
        super().__init__(self.base | data)
        choices = [(month, Month.parse(month).label) for month in held]
        for name in ("month", "first", "last"):
            if name in self.fields:
                self.fields[name].choices = choices  # type: ignore[attr-defined]


class MonthsForm(MonthForm):
    """Months from one to another."""

    month = None  # type: ignore[assignment]
    first = forms.ChoiceField(label="From")
    last = forms.ChoiceField(label="To")

    def __init__(self, held: list[str], data: dict[str, Any]) -> None:
        ends = {"first": held[max(0, len(held) - 13)], "last": held[-1]} if held else {}
        super().__init__(held, ends | data)

    def clean(self) -> dict[str, Any]:
        """Refuses months that run backwards."""
        cleaned = super().clean() or {}
        if cleaned.get("first", "") > cleaned.get("last", "9"):
            raise forms.ValidationError("The first month comes after the last.")
        return cleaned


class RegionField(forms.TypedChoiceField):
    """A region of the estate, or all of it."""

    def __init__(self, **how: Any) -> None:
        choices = [(str(ALL), "All"), *((str(REGIONS[one.value]), one.label) for one in Region)]
        how |= {"coerce": int, "empty_value": ALL}
        super().__init__(choices=choices, required=False, label="Region", **how)


class QuestionPage(Page):
    """A page for one question. Pages give the words, the form and `answer`; what names models says `of_the_work`."""

    template = "oversight/alerts/question.html"
    who: ClassVar[Who] = staticmethod(in_a_capacity)
    name: ClassVar[str]
    slug: ClassVar[str]
    title: ClassVar[str]
    about: ClassVar[str]
    definition: ClassVar[str]
    form_class: ClassVar[type[MonthForm]] = MonthsForm

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Makes the page known to the others."""
        super().__init_subclass__(**kwargs)
        PAGES.append(cls)

    def answer(self, desk: Desk, asked: dict[str, Any]) -> Shown:
        """What the question's answer shows, from the cleaned filters."""
        raise NotImplementedError

    def get(self, request: HttpRequest, ending: str = "") -> HttpResponse:
        """The page, or the same rows as a file."""
        desk = opened_desk()
        held = desk.manifest.months("alerts")
        form = self.form_class(held, self.request.GET.dict())
        if not held:
            return self._file(Shown((), (), ()), ending) if ending else self._page(form, None)
        if not form.is_valid():
            return self._page(form, None, 422)
        found = self.answer(desk, form.cleaned_data)
        if ending:
            return self._file(found, ending)
        return self._page(form, found)

    def _page(self, form: MonthForm, found: Shown | None, status: int = 200) -> HttpResponse:
        drawing = ""
        if found and found.spec:
            drawn = charts.svg(found.spec, found.alt, theme="page")
            drawing = Markup(drawn)  # noqa: S704  Vega and `svg` escape every text
        context = {
            "page": self, "form": form, "shown": found, "drawing": drawing, "lines": lines(found) if found else [],
            "more": max(0, len(found.rows) - SHOWN_ROWS) if found else 0,
            "why": "Nothing is asked until the filters are put right." if form.held else NO_DATA,
            "address": reverse(self.name).rstrip("/"), "query": self.request.GET.urlencode(),
            "others": [(one.name, one.title) for one in PAGES if self._is_other(one)],
            "crumbs": (Crumb(self.title),),
        }  # fmt: skip
        return self.shown(context, status)

    def _is_other(self, page: type[QuestionPage]) -> bool:
        return page.name != self.name and page.who(reader(self.request), None, self.request.at)

    def _file(self, found: Shown, ending: str) -> HttpResponse:
        names = [column.name for column in found.columns]
        if ending == "csv":
            content = csv_file(names, (line.values for line in found.rows))
            return attachment(content, "text/csv; charset=utf-8", f"{self.slug}.csv")
        if ending != "json":
            raise Http404(f"This is not given as .{ending}.")
        asked = [{"form": one.form, "query": one.text, "parameters": dict(one.parameters)} for one in found.asked]
        rows = [dict(zip(names, line.values, strict=True)) for line in found.rows]
        told = {"question": self.title, "definition": self.definition, "rows": rows, "asked": asked}
        return JsonResponse({**told, "remarks": list(found.remarks)})

    @classmethod
    def urls(cls) -> list[URLPattern]:
        """The addresses of the page and of its files."""
        base = f"oversight/alerts/{cls.slug}"
        return [
            path(f"{base}/", cls.as_view(), name=cls.name),
            re_path(rf"^{base}\.(?P<ending>[a-z]+)$", cls.as_view(), name=f"{cls.name}-file"),
        ]
