"""Pages on which a draft is written: a clause edited in place, put in, moved or taken out, and the last step undone."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import Http404
from django.urls import reverse

from secretariat.core.procedure import Refused
from secretariat.legaltext.drafting.actions import edit, take_back
from secretariat.legaltext.drafting.composing import moved, put_below, put_in, reworded, taken_out
from secretariat.legaltext.drafting.forms import ClauseForm, MoveForm, NewClauseForm, WhyForm, named
from secretariat.legaltext.drafting.values import text_of_draft
from secretariat.legaltext.drafting.views import FormOfDraft
from secretariat.legaltext.models import Draft
from secretariat.legaltext.text import Clause, Edit, Text

FIRST = "first"
"""Behind which a clause is put that comes before all others."""


def seen(clause: Clause) -> str:
    """What tells whether a clause is still as a form was opened on it."""
    return hashlib.sha256(repr(clause).encode()).hexdigest()[:16]


class _OfClause(FormOfDraft):
    """One step on one clause: a form, and the edits that it makes. The title names the clause."""

    title = "Change {}"
    text: Text

    @property
    def uid(self) -> str:
        """The identity of the clause that the address names."""
        uid: str = self.kwargs["uid"]
        return uid

    def record(self, key: str) -> Draft:
        """The draft, with its text read. Raises Http404, PermissionDenied."""
        draft = super().record(key)
        self.text = text_of_draft(draft)
        if self.uid not in self.text.by_uid and self.uid != FIRST:
            raise Http404("There is no such clause in this draft.")
        return draft

    def heading(self, record: Draft) -> str:
        """What is done with which clause."""
        clause = self.text.by_uid.get(self.uid)
        return self.title.format(named(clause)) if clause else "Put in the first clause"

    def back(self, record: Draft) -> str:
        """The clause in its text."""
        return f"{reverse('drafted text', args=[record.pk])}#c-{self.uid}"

    def context(self, record: Draft) -> dict[str, Any]:
        """The draft and the clause."""
        return {"draft": record, "clause": self.text.by_uid.get(self.uid)}

    def form(self, record: Draft, data: Any = None, files: Any = None) -> forms.Form:
        """The form, empty or as it was sent."""
        return WhyForm(data)

    def save(self, record: Draft, form: Any) -> str:
        """Saves the step."""
        try:
            made = self.edits(form)
            edit(record, made, form.cleaned_data["why"], **self.told())
        except ValueError as wrong:
            raise Refused(str(wrong)) from wrong
        last = next((one.uid for one in made if one.after is not None), "")
        return f"{reverse('drafted text', args=[record.pk])}#{last and f'c-{last}'}"

    def edits(self, form: Any) -> Sequence[Edit]:
        """What the form changes. Raises ValueError or Refused."""
        raise NotImplementedError


class EditClause(_OfClause):
    """The words of one clause."""

    template = "legaltext/edit_clause.html"

    def form(self, record: Draft, data: Any = None, files: Any = None) -> forms.Form:
        """Filled with what the clause says."""
        there = self.text.by_uid.get(self.uid)
        if there is None:
            raise Http404("There is no such clause in this draft.")
        told = {"number": there.number, "heading": there.heading, "body": there.body, "seen": seen(there)}
        return ClauseForm(data, initial=told)

    def edits(self, form: Any) -> Sequence[Edit]:
        """The clause with other words, where nobody has changed it since the form was opened."""
        if form.cleaned_data["seen"] != seen(self.text.by_uid[self.uid]):
            raise Refused("The clause has been changed since you opened it: look at it before you save over it.")
        made = reworded(self.text, self.uid, **form.words)
        return [made] if made.before != made.after else []


class PutInClause(_OfClause):
    """A new clause behind another or below it."""

    title = "Put in a clause by {}"

    def form(self, record: Draft, data: Any = None, files: Any = None) -> forms.Form:
        """An empty form; what comes first of all is neither behind nor below anything."""
        made = NewClauseForm(data)
        if self.uid == FIRST:
            del made.fields["where"]
        return made

    def edits(self, form: Any) -> Sequence[Edit]:
        """The new clause, with an identity of its own."""
        new = Clause(secrets.token_hex(6), "", "", form.cleaned_data["kind"], **form.words)
        if self.uid == FIRST:
            return [put_in(self.text, "", new)]
        below = form.cleaned_data["where"] == "below"
        return [put_below(self.text, self.uid, new) if below else put_in(self.text, self.uid, new)]


class MoveClause(_OfClause):
    """A clause, with all that it holds, to another place."""

    title = "Move {}"

    def form(self, record: Draft, data: Any = None, files: Any = None) -> forms.Form:
        """The choice of places."""
        return MoveForm(data, text=self.text, uid=self.uid)

    def edits(self, form: Any) -> Sequence[Edit]:
        """The clause at its new place."""
        told = form.cleaned_data
        return [moved(self.text, self.uid, told["behind"], below=told["where"] == "below")]


class TakeOutClause(_OfClause):
    """A clause goes, with all that it holds."""

    title = "Take out {}, with all that it holds"

    def edits(self, form: Any) -> Sequence[Edit]:
        """The clause and those below it."""
        return taken_out(self.text, self.uid)


class TakeBack(FormOfDraft):
    """Undoes what was saved last."""

    title = "Take back what was saved last"

    def form(self, record: Draft, data: Any = None, files: Any = None) -> forms.Form:
        """Asks whether."""
        return forms.Form(data)

    def save(self, record: Draft, form: forms.Form) -> Draft:
        """Takes it back."""
        take_back(record, **self.told())
        return record
