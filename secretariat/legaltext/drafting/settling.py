"""Pages on which a person settles what no reckoning can: conflicts of two drafts, and of a draft with a newer text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from markupsafe import Markup

from secretariat.core.pages import reader
from secretariat.core.procedure import Refused
from secretariat.legaltext.drafting.actions import against, rebase_draft, settle
from secretariat.legaltext.drafting.conflicts import Conflict, Kind
from secretariat.legaltext.drafting.forms import RebaseForm, SettleForm
from secretariat.legaltext.drafting.values import Met, newest_version
from secretariat.legaltext.drafting.views import OfDraft, conflicts_told
from secretariat.legaltext.models import DocumentVersion, Draft
from secretariat.legaltext.redlines.compare import redline
from secretariat.legaltext.redlines.html import html
from secretariat.legaltext.redlines.merge import three_way
from secretariat.legaltext.text import Clause, DoesNotApply, Text


class SettleConflict(OfDraft):
    """A conflict of two drafts side by side, and how the clause is to read when both stand."""

    template = "legaltext/conflict.html"

    def get(self, request: HttpRequest, key: str, digest: str) -> HttpResponse:
        """The clause before, as each draft has it, and the form."""
        draft = self.draft(key)
        found = self._met(draft, digest)
        return self._page(draft, found, self._form(draft, found))

    def post(self, request: HttpRequest, key: str, digest: str) -> HttpResponse:
        """Settles it; what was typed stays when it is refused."""
        draft = self.draft(key)
        found = self._met(draft, digest)
        form = self._form(draft, found, self.request.POST)
        if not form.is_valid():
            return self._page(draft, found, form, 422)
        uid, clause = form.reading()
        try:
            settle(found.conflict, uid, clause, form.cleaned_data["why"], **self.told())
        except Refused as refusal:
            form.add_error(None, refusal.messages)
            return self._page(draft, found, form, 422)
        return redirect(draft.get_absolute_url())

    def _met(self, draft: Draft, digest: str) -> Met:
        found = next((one for one in conflicts_told(draft, self.request) if one.conflict.digest == digest), None)
        if found is None:
            raise Http404("There is no such conflict: one of the drafts has changed since, or you may not read it.")
        return found

    def _form(self, draft: Draft, found: Met, *data: Any) -> SettleForm:
        titles = _titles(draft, found)
        return SettleForm(*data, conflict=found.conflict, titles=titles, proposed=proposed(found.conflict))

    def _page(self, draft: Draft, found: Met, form: SettleForm, status: int = 200) -> HttpResponse:
        edits = found.conflict.edits
        marked = (clause_redline(one.before, one.after) for one in edits)
        sides = list(zip(_titles(draft, found), edits, marked, strict=True))
        return self.form(form, draft, "Settle a conflict", status, met=found, sides=sides)


def _titles(draft: Draft, found: Met) -> list[str]:
    return [draft.title if key == str(draft.pk) else found.other.title for key in found.conflict.drafts]


def proposed(conflict: Conflict) -> Clause | None:
    """The words that a person begins with: both changes merged where they lie apart, else what the first draft has."""
    first, second = conflict.edits
    if conflict.kind != Kind.CLAUSE or None in (first.before, first.after, second.after):
        return second.after or first.after
    texts = (alone(clause) for clause in (first.before, first.after, second.after))
    (found,) = three_way(*texts).clauses
    if found.merged is None or first.after is None:
        return first.after
    return replace(found.merged, parent=first.after.parent, place=first.after.place)


def alone(clause: Clause | None) -> Text:
    """A clause as a text of its own, wherever it hangs; an empty text for none."""
    return Text((replace(clause, parent="", place="a"),) if clause is not None else ())


def clause_redline(before: Clause | None, after: Clause | None) -> Markup:
    """One clause against another as a fragment of a page."""
    return html(redline(alone(before), alone(after)), whole=True)


class Rebase(OfDraft):
    """A draft carried over to a newer version: what fits, what merges, and what a person answers."""

    template = "legaltext/rebase.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The draft against the version asked for, or the newest."""
        draft = self.draft(key)
        return self._page(draft, self._onto(draft))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Carries it over; what was typed stays when it is refused."""
        draft = self.draft(key)
        onto = self._onto(draft)
        form = self._form(draft, onto, self.request.POST)
        if not form.is_valid():
            return self._page(draft, onto, form, 422)
        try:
            rebase_draft(draft, onto, form.answers(), **self.told())
        except Refused as refusal:
            form.add_error(None, refusal.messages)
            return self._page(draft, onto, form, 422)
        return redirect(draft.get_absolute_url())

    def _onto(self, draft: Draft) -> DocumentVersion:
        asked = self.request.GET.get("onto", "")
        rows: Any = DocumentVersion.objects.filter(document=draft.document)
        visible = rows.visible_to(reader(self.request), self.request.at)
        found = visible.filter(pk=asked).first() if asked.isdigit() else newest_version(draft.document)
        if not isinstance(found, DocumentVersion):
            raise Http404("There is no such version of this document.")
        return found

    def _form(self, draft: Draft, onto: DocumentVersion, *data: Any) -> RebaseForm:
        return RebaseForm(*data, conflicts=against(draft, onto).conflicts)

    def _page(
        self, draft: Draft, onto: DocumentVersion, form: RebaseForm | None = None, status: int = 200
    ) -> HttpResponse:
        try:
            found = against(draft, onto)
        except DoesNotApply as wrong:
            raise Http404(str(wrong)) from None
        told = [one for one in found.clauses if one.outcome in ("ours", "alike", "merged")]
        versions = draft.document.versions.order_by("-order")[:50]
        shown = form or self._form(draft, onto)
        sides = {one.uid: (clause_redline(one.base, one.ours), clause_redline(one.base, one.theirs))
                 for one in shown.conflicts}  # fmt: skip
        title = f"Carry over to version {onto.number}"
        return self.form(shown, draft, title, status, onto=onto, told=told, versions=versions, sides=sides)
