"""A page with one form about one record: what it writes is told by each page that is made of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst

from secretariat.core.pages import Crumb, Page, keyed, reader
from secretariat.core.procedure import Refused


class FormPage(Page):
    """Shows a form about a record that the person may read, and does what it asks; a refusal keeps what was typed.

    `key` is the lookup of the record that the address names; `plural` names the list that leads to it. A page with a
    `button` of its own does something; one without saves.
    """

    template = "core/entry.html"
    model: ClassVar[type[models.Model]]
    key: ClassVar[str] = "pk"
    plural: ClassVar[str] = ""
    title: ClassVar[str] = ""
    lead: ClassVar[str] = ""
    button: ClassVar[str] = ""

    def form(self, record: Any, data: Any = None, files: Any = None) -> forms.BaseForm:
        """The form, filled with what is there or with what was typed."""
        raise NotImplementedError

    def save(self, record: Any, form: Any) -> Any:
        """Does what the form asks and returns the record or the address that comes next.

        May raise Refused or ValidationError.
        """
        raise NotImplementedError

    def heading(self, record: Any) -> str:
        """What stands above the form, where that says more than the title."""
        return self.title

    def back(self, record: Any) -> str:
        """The address that the page is left for."""
        address: str = record.get_absolute_url()
        return address

    def trail(self, record: Any) -> tuple[Crumb, ...]:
        """Where the page is: the list, the record, the page."""
        listed = (Crumb(capfirst(self.plural), reverse(self.plural)),) if self.plural else ()
        return (*listed, Crumb(str(record), self.back(record)), Crumb(self.title or self.heading(record)))

    def context(self, record: Any) -> dict[str, Any]:
        """What a page's own template needs besides."""
        return {}

    def get(self, request: HttpRequest, key: str, **named: Any) -> HttpResponse:
        """The form."""
        record = self.record(key)
        return self._page(record, self.form(record))

    def post(self, request: HttpRequest, key: str, **named: Any) -> HttpResponse:
        """Does what it asks."""
        record = self.record(key)
        form = self.form(record, self.request.POST, self.request.FILES)
        if form.is_valid():
            try:
                return redirect(self.save(record, form))
            except (Refused, ValidationError) as refusal:
                form.add_error(None, refusal.messages)
        return self._page(self.record(key), form, 422)

    def record(self, key: str) -> Any:
        """The record, if the person may read it. Raises Http404."""
        return found(self.model, key, self, self.key)

    def _page(self, record: Any, form: forms.BaseForm, status: int = 200) -> HttpResponse:
        told = {"form": form, "title": self.heading(record), "lead": self.lead, "button": self.button}
        told |= {"crumbs": self.trail(record), "back": self.back(record), "record": record}
        return self.shown({**told, **self.context(record)}, status)


def found(model: type[models.Model], key: str, page: Page, lookup: str = "pk") -> Any:
    """The record of a model with a key, if the reader of a page may read it. Raises Http404."""
    rows: Any = keyed(model, lookup, key)
    record = rows.visible_to(reader(page.request), page.request.at).first()
    if record is None:
        raise Http404("There is no such record that you may read.")
    return record
