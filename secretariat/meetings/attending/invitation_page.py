"""The page on which somebody says where a thing is held and who is invited: of meetings, and of rooms above."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst

from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.procedure import Refused


class InvitationPage(Page):
    """Says where a record is held and who is invited. Rooms give the model, its list, the form and two functions."""

    template = "core/entry.html"
    model: ClassVar[type[models.Model]]
    word: ClassVar[str] = "invitation"
    key: ClassVar[str] = "pk"
    plural: ClassVar[str]
    form_class: ClassVar[type[forms.Form]]

    def joinings(self, record: Any) -> Any:
        """The rows, one or none, that say how to join a record."""
        raise NotImplementedError

    def invite(self, record: Any, given: dict[str, Any]) -> None:
        """Invites as the form says. Raises Refused."""
        raise NotImplementedError

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The form, with what was said before for those who may read it."""
        record = self._record(key)
        told = self.joinings(record).visible_to(reader(self.request), self.request.at).first()
        return self._form(record, self.form_class(initial={"place": told.place, "call": told.call} if told else None))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Keeps it; a refusal keeps what was typed."""
        record, form = self._record(key), self.form_class(self.request.POST)
        if not form.is_valid():
            return self._form(record, form, 422)
        try:
            self.invite(record, form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.messages)
            return self._form(record, form, 422)
        return redirect(record.get_absolute_url())

    def _record(self, key: str) -> Any:
        rows: Any = self.model._default_manager.filter(pk__in=[key] if key.isdigit() else [])
        found = rows.visible_to(reader(self.request), self.request.at).first()
        if found is None:
            raise Http404("There is nothing here that you may read.")
        return found

    def _form(self, record: Any, form: forms.Form, status: int = 200) -> HttpResponse:
        back = record.get_absolute_url()
        crumbs = (Crumb(capfirst(self.plural), reverse(self.plural)), Crumb(str(record), back))
        title = f"Invite to {record}"
        return self.shown({"form": form, "title": title, "crumbs": crumbs, "back": back, "word": self.word}, status)
