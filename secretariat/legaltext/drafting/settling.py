"""Pages on which a person settles what no reckoning can: conflicts of two drafts, and of a draft with a newer text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404
from markupsafe import Markup

from secretariat.core.pages import reader
from secretariat.legaltext.drafting.actions import against, rebase_draft, settle
from secretariat.legaltext.drafting.conflicts import Conflict, Kind
from secretariat.legaltext.drafting.forms import RebaseForm, SettleForm
from secretariat.legaltext.drafting.values import Met, newest_version
from secretariat.legaltext.drafting.views import FormOfDraft, conflicts_told
from secretariat.legaltext.models import DocumentVersion, Draft
from secretariat.legaltext.redlines.compare import redline
from secretariat.legaltext.redlines.html import html
from secretariat.legaltext.redlines.merge import ThreeWay, three_way
from secretariat.legaltext.text import Clause, DoesNotApply, Text


class SettleConflict(FormOfDraft):
    """A conflict of two drafts side by side, and how the clause is to read when both stand."""

    template = "legaltext/conflict.html"
    title = "Settle a conflict"
    met: Met

    def record(self, key: str) -> Draft:
        """The draft, with the conflict found. Raises Http404, PermissionDenied."""
        draft, digest = super().record(key), self.kwargs["digest"]
        met = next((one for one in conflicts_told(draft, self.request) if one.conflict.digest == digest), None)
        if met is None:
            raise Http404("There is no such conflict: one of the drafts has changed since, or you may not read it.")
        self.met = met
        return draft

    def form(self, record: Draft, data: Any = None, files: Any = None) -> SettleForm:
        """How it is to read."""
        conflict = self.met.conflict
        return SettleForm(data, conflict=conflict, titles=_titles(record, self.met), proposed=proposed(conflict))

    def save(self, record: Draft, form: SettleForm) -> Draft:
        """Settles it."""
        uid, clause = form.reading()
        settle(self.met.conflict, uid, clause, form.cleaned_data["why"], **self.told())
        return record

    def context(self, record: Draft) -> dict[str, Any]:
        """The clause before, as each draft has it."""
        edits = self.met.conflict.edits
        marked = (clause_redline(one.before, one.after) for one in edits)
        return {"met": self.met, "sides": list(zip(_titles(record, self.met), edits, marked, strict=True))}


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


class Rebase(FormOfDraft):
    """A draft carried over to a newer version: what fits, what merges, and what a person answers."""

    template = "legaltext/rebase.html"
    onto: DocumentVersion
    carried: ThreeWay

    def record(self, key: str) -> Draft:
        """The draft, laid against the version asked for, or the newest. Raises Http404, PermissionDenied."""
        draft = super().record(key)
        self.onto = self._onto(draft)
        try:
            self.carried = against(draft, self.onto)
        except DoesNotApply as wrong:
            raise Http404(str(wrong)) from None
        return draft

    def heading(self, record: Draft) -> str:
        """To which version."""
        return f"Carry over to version {self.onto.number}"

    def form(self, record: Draft, data: Any = None, files: Any = None) -> RebaseForm:
        """What a person answers."""
        return RebaseForm(data, conflicts=self.carried.conflicts)

    def save(self, record: Draft, form: RebaseForm) -> Draft:
        """Carries it over."""
        rebase_draft(record, self.onto, form.answers(), **self.told())
        return record

    def context(self, record: Draft) -> dict[str, Any]:
        """What fits by itself, and both sides of what does not."""
        told = [one for one in self.carried.clauses if one.outcome in ("ours", "alike", "merged")]
        versions = record.document.versions.order_by("-order")[:50]
        sides = {one.uid: (clause_redline(one.base, one.ours), clause_redline(one.base, one.theirs))
                 for one in self.carried.conflicts}  # fmt: skip
        return {"draft": record, "onto": self.onto, "told": told, "versions": versions, "sides": sides}

    def _onto(self, draft: Draft) -> DocumentVersion:
        asked = self.request.GET.get("onto", "")
        rows: Any = DocumentVersion.objects.filter(document=draft.document)
        visible = rows.visible_to(reader(self.request), self.request.at)
        found = visible.filter(pk=asked).first() if asked.isdigit() else newest_version(draft.document)
        if not isinstance(found, DocumentVersion):
            raise Http404("There is no such version of this document.")
        return found
