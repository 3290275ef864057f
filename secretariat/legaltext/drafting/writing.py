"""Pages on which a draft is written: a clause edited in place, put in, moved or taken out, and the last step undone."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.core.procedure import Refused
from secretariat.legaltext.drafting.actions import edit, take_back
from secretariat.legaltext.drafting.composing import moved, put_below, put_in, reworded, taken_out
from secretariat.legaltext.drafting.forms import ClauseForm, MoveForm, NewClauseForm, WhyForm, named
from secretariat.legaltext.drafting.values import text_of_draft
from secretariat.legaltext.drafting.views import OfDraft
from secretariat.legaltext.models import Draft
from secretariat.legaltext.text import Clause, Edit, Text

FIRST = "first"
"""Behind which a clause is put that comes before all others."""


def seen(clause: Clause) -> str:
    """What tells whether a clause is still as a form was opened on it."""
    return hashlib.sha256(repr(clause).encode()).hexdigest()[:16]


class _OfClause(OfDraft):
    """One step on one clause: a form, and the edits that it makes."""

    title = "Change {}"

    def get(self, request: HttpRequest, key: str, uid: str) -> HttpResponse:
        """The form."""
        draft, text = self._found(key, uid)
        return self._page(draft, text, uid, self.make_form(text, uid))

    def post(self, request: HttpRequest, key: str, uid: str) -> HttpResponse:
        """Saves the step; what was typed stays when it is refused."""
        draft, text = self._found(key, uid)
        form = self.make_form(text, uid, self.request.POST)
        if not form.is_valid():
            return self._page(draft, text, uid, form, 422)
        try:
            made = self.edits(text, uid, form)
            edit(draft, made, form.cleaned_data["why"], **self.told())
        except (Refused, ValueError) as error:
            form.add_error(None, error.messages if isinstance(error, Refused) else str(error))
            return self._page(draft, text, uid, form, 422)
        last = next((one.uid for one in made if one.after is not None), "")
        return redirect(f"{reverse('drafted text', args=[draft.pk])}#{last and f'c-{last}'}")

    def make_form(self, text: Text, uid: str, *data: Any) -> forms.Form:
        """The form, empty or as it was sent."""
        return WhyForm(*data)

    def edits(self, text: Text, uid: str, form: forms.Form) -> Sequence[Edit]:
        """What the form changes. Raises ValueError or Refused."""
        raise NotImplementedError

    def _found(self, key: str, uid: str) -> tuple[Draft, Text]:
        draft = self.draft(key)
        text = text_of_draft(draft)
        if uid not in text.by_uid and uid != FIRST:
            raise Http404("There is no such clause in this draft.")
        return draft, text

    def _page(self, draft: Draft, text: Text, uid: str, form: forms.Form, status: int = 200) -> HttpResponse:
        clause = text.by_uid.get(uid)
        title = self.title.format(named(clause)) if clause else "Put in the first clause"
        back = f"{reverse('drafted text', args=[draft.pk])}#c-{uid}"
        return self.form(form, draft, title, status, back=back, clause=clause)


class EditClause(_OfClause):
    """The words of one clause."""

    template = "legaltext/edit_clause.html"

    def make_form(self, text: Text, uid: str, *data: Any) -> forms.Form:
        """Filled with what the clause says."""
        there = text.by_uid.get(uid)
        if there is None:
            raise Http404("There is no such clause in this draft.")
        told = {"number": there.number, "heading": there.heading, "body": there.body, "seen": seen(there)}
        return ClauseForm(data[0] if data else None, initial=told)

    def edits(self, text: Text, uid: str, form: forms.Form) -> Sequence[Edit]:
        """The clause with other words, where nobody has changed it since the form was opened."""
        assert isinstance(form, ClauseForm)
        if form.cleaned_data["seen"] != seen(text.by_uid[uid]):
            raise Refused("The clause has been changed since you opened it: look at it before you save over it.")
        made = reworded(text, uid, **form.words)
        return [made] if made.before != made.after else []


class PutInClause(_OfClause):
    """A new clause behind another or below it."""

    title = "Put in a clause by {}"

    def make_form(self, text: Text, uid: str, *data: Any) -> forms.Form:
        """An empty form; what comes first of all is neither behind nor below anything."""
        made = NewClauseForm(*data)
        if uid == FIRST:
            del made.fields["where"]
        return made

    def edits(self, text: Text, uid: str, form: forms.Form) -> Sequence[Edit]:
        """The new clause, with an identity of its own."""
        assert isinstance(form, NewClauseForm)
        new = Clause(secrets.token_hex(6), "", "", form.cleaned_data["kind"], **form.words)
        if uid == FIRST:
            return [put_in(text, "", new)]
        below = form.cleaned_data["where"] == "below"
        return [put_below(text, uid, new) if below else put_in(text, uid, new)]


class MoveClause(_OfClause):
    """A clause, with all that it holds, to another place."""

    title = "Move {}"

    def make_form(self, text: Text, uid: str, *data: Any) -> forms.Form:
        """The choice of places."""
        return MoveForm(*data, text=text, uid=uid)

    def edits(self, text: Text, uid: str, form: forms.Form) -> Sequence[Edit]:
        """The clause at its new place."""
        told = form.cleaned_data
        return [moved(text, uid, told["behind"], below=told["where"] == "below")]


class TakeOutClause(_OfClause):
    """A clause goes, with all that it holds."""

    title = "Take out {}, with all that it holds"

    def edits(self, text: Text, uid: str, form: forms.Form) -> Sequence[Edit]:
        """The clause and those below it."""
        return taken_out(text, uid)


class TakeBack(OfDraft):
    """Undoes what was saved last."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """Asks whether."""
        return self.form(forms.Form(), self.draft(key), "Take back what was saved last")

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Takes it back."""
        draft, form = self.draft(key), forms.Form(self.request.POST)
        form.is_valid()
        try:
            take_back(draft, **self.told())
        except Refused as refusal:
            form.add_error(None, refusal.messages)
            return self.form(form, draft, "Take back what was saved last", 422)
        return redirect(draft.get_absolute_url())
