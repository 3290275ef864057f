"""A page with one form about one record: what it writes is told by each page that is made of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.procedure import Refused


class FormPage(Page):
    """Shows a form about a record that the person may read, and does what it asks; a refusal keeps what was typed."""

    template = "core/entry.html"
    model: ClassVar[type[models.Model]]
    title: ClassVar[str]

    def form(self, record: Any, data: Any = None, files: Any = None) -> forms.Form:
        """The form, filled with what is there or with what was typed."""
        raise NotImplementedError

    def save(self, record: Any, form: forms.Form) -> str:
        """Does what the form asks and returns the address that comes next. May raise Refused or ValidationError."""
        raise NotImplementedError

    def context(self, record: Any) -> dict[str, Any]:
        """What a page's own template needs besides."""
        return {}

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The form."""
        record = self.record(key)
        return self._page(record, self.form(record))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Does what it asks."""
        record = self.record(key)
        form = self.form(record, self.request.POST, self.request.FILES)
        if not form.is_valid():
            return self._page(record, form, 422)
        try:
            return redirect(self.save(record, form))
        except (Refused, ValidationError) as refusal:
            form.add_error(None, refusal.messages)
            return self._page(self.record(key), form, 422)

    def record(self, key: str) -> Any:
        """The record, if the person may read it. Raises Http404."""
        return found(self.model, key, self)

    def _page(self, record: Any, form: forms.Form, status: int = 200) -> HttpResponse:
        back = record.get_absolute_url()
        crumbs = (Crumb(str(record), back), Crumb(self.title))
        told = {"form": form, "title": self.title, "crumbs": crumbs, "back": back, "word": self.title}
        return self.shown({**told, "record": record, **self.context(record)}, status)


def found(model: type[models.Model], key: str, page: Page) -> Any:
    """The record of a model with a key, if the reader of a page may read it. Raises Http404."""
    rows: Any = model._default_manager.filter(pk=key) if key.isdigit() else model._default_manager.none()
    record = rows.visible_to(reader(page.request), page.request.at).first()
    if record is None:
        raise Http404("There is no such record that you may read.")
    return record
