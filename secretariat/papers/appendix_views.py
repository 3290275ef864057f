"""The page on which an appendix is supplied: handed in, composed from the record, or said to be missing and why."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from secretariat.core import journal
from secretariat.core.capacities import secretariat
from secretariat.core.classification import Class
from secretariat.core.pages import Crumb, reader
from secretariat.core.people import Person
from secretariat.core.procedure import Refused, Who
from secretariat.papers.appendices import attached, compose, may_supply, owner_of, possible_readers, supply
from secretariat.papers.models import Attachment, Paper
from secretariat.papers.views import CRUMB, PaperPageBase


class AttachmentForm(forms.Form):
    """An appendix: its file, that it is composed from the record, or why there is none; of a Red one who reads it."""

    composed = forms.BooleanField(required=False, label="Compose it from the record")
    file = forms.FileField(required=False)
    not_supplied = forms.CharField(
        required=False, max_length=200, label="Why it is not supplied this month",
        help_text="Printed in the paper, for all of its readers.",
    )  # fmt: skip
    readers = forms.ModelMultipleChoiceField(Person.objects.none(), required=False, label="Who reads it, by name")

    def __init__(self, row: Attachment, people: Any, *given: Any) -> None:
        """The form of one appendix, without what does not apply to it."""
        super().__init__(*given)
        told = attached(row)
        if told is None or told.layout is None:
            del self.fields["composed"]
        if row.classification == Class.RED:
            self.fields["readers"].queryset = people  # type: ignore[attr-defined]
        else:
            del self.fields["readers"]

    def clean(self) -> dict[str, Any]:
        """One way of supplying it. Raises ValidationError."""
        given: dict[str, Any] = super().clean() or {}
        if sum(bool(given.get(name)) for name in ("composed", "file", "not_supplied")) != 1:
            raise ValidationError("Give either the file or the reason why there is none.")
        return given


class AttachmentPage(PaperPageBase):
    """Supplies an appendix, with its own class."""

    template = "papers/attachment.html"
    who: ClassVar[Who] = staticmethod(secretariat)

    def get(self, request: HttpRequest, key: str, pk: int) -> HttpResponse:
        """The form."""
        paper, row = self._found(key, pk)
        return self._page(paper, row, self._form(row))

    def post(self, request: HttpRequest, key: str, pk: int) -> HttpResponse:
        """Keeps the file under the appendix's own class, or the reason."""
        paper, row = self._found(key, pk)
        form = self._form(row, request.POST, request.FILES)
        if not paper.is_open:
            form.add_error(None, "The paper is no longer a draft; reopen it first.")
        if not form.is_valid():
            return self._page(paper, row, form, 422)
        try:
            self._supply(row, form.cleaned_data)
        except (Refused, ValidationError) as error:
            form.add_error("file" if isinstance(error, ValidationError) else None, " ".join(error.messages))
            return self._page(paper, row, form, 422)
        return redirect(paper)

    def _supply(self, row: Attachment, given: dict[str, Any]) -> None:
        upload, readers = given["file"], given.get("readers", ())
        if given.get("composed"):
            compose(row, readers, **self.told())
        elif upload:
            supply(row, upload.name, upload.read(), readers, **self.told())
        else:
            journal.amend(row, {"file": None, "not_supplied": given["not_supplied"]}, **self.told())

    def _form(self, row: Attachment, *given: Any) -> AttachmentForm:
        return AttachmentForm(row, possible_readers(row, self.request.at), *given)

    def _found(self, key: str, pk: int) -> tuple[Paper, Attachment]:
        paper = self.paper(key)
        person, at = reader(self.request), self.request.at
        row = paper.attachments.visible_to(person, at).filter(pk=pk).first()
        if row is None:
            raise Http404("There is no such appendix that you may read.")
        if not may_supply(person, row, at):
            raise PermissionDenied(f"{row.label} is supplied by the team {owner_of(row).label}.")
        return paper, row

    def _page(self, paper: Paper, row: Attachment, form: forms.Form, status: int = 200) -> HttpResponse:
        crumbs = (CRUMB, Crumb(paper.title, paper.get_absolute_url()), Crumb(row.label))
        word = Class(row.classification).label
        return self.shown({"paper": paper, "row": row, "word": word, "form": form, "crumbs": crumbs}, status)
