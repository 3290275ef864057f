"""Pages of drafts: the list, one draft with its redline and conflicts, a new one, and its text clause by clause."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from markupsafe import Markup

from secretariat.core.capacities import secretariat
from secretariat.core.form_page import FormPage, found
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, Page, RecordPage, Related, about, anyone, reader
from secretariat.core.people import Person
from secretariat.core.procedure import Who
from secretariat.legaltext.drafting.actions import begin, told_apart
from secretariat.legaltext.drafting.filters import DraftFilter
from secretariat.legaltext.drafting.forms import DraftForm, named
from secretariat.legaltext.drafting.procedure import drafter, found_new
from secretariat.legaltext.drafting.values import Met, base_of, met_by, newest_version, steps_of, text_of_draft
from secretariat.legaltext.models import PENDING, Draft, called
from secretariat.legaltext.reading.marking import printed
from secretariat.legaltext.redlines.compare import redline
from secretariat.legaltext.redlines.html import html
from secretariat.legaltext.text import DoesNotApply, Text, apply
from secretariat.plain.dates import instant

WORD, PLURAL = "draft of legal text", "drafts of legal text"


class Drafts(ListPage):
    """All drafts of legal text."""

    model = Draft
    word, plural = WORD, PLURAL
    columns = (
        Column("title", "Draft", "title"),
        Column("document", "Document", "document__code", called),
        Column("baseline", "Made for version", "baseline__number"),
        Column("state", "State", "state", lambda value: str(value).capitalize()),
        Column("recorded", "Begun", "recorded"),
        class_column(),
    )
    filters = DraftFilter
    order = "-recorded"
    about = "Changes to the text of the code and of the documents beside it: pending, approved, or come to nothing."
    empty = "No draft is kept that you may read. A draft begins with a document and the version that it changes."
    enters: ClassVar[Who | None] = staticmethod(secretariat)


class DraftPage(RecordPage):
    """One draft: what it changes, what it meets, and who did what why."""

    template = "legaltext/draft.html"
    model = Draft
    word, plural = WORD, PLURAL

    def facts(self, record: Draft) -> list[Fact]:
        """Its document and version, and what it is about."""
        baseline, newest = record.baseline, newest_version(record.document)
        facts = [Fact("Document", str(record.document), record.document.get_absolute_url())]
        if baseline is None:
            facts.append(Fact("Made for", "a document without a text"))
        else:
            note = f"The newest is version {newest.number}." if newest and newest != baseline else ""
            facts.append(Fact("Made for", f"Version {baseline.number}", baseline.get_absolute_url(), note))
        return facts + about_what(record, reader(self.request), self.request)

    def related(self, record: Draft) -> list[Related]:
        """Who changed what, and why, newest first."""
        rows: list[tuple[Any, ...]] = [
            (named(step.edit.after or step.edit.before), _done(step), step.why, str(step.by or "the system"),
             instant(step.recorded))
            for step in record.steps.select_related("by").order_by("-order")[:200]
        ]  # fmt: skip
        heads = ("Clause", "What was done", "Why", "By", "When")
        return [Related("Steps", heads, rows, "Nothing is changed yet.")]

    def context(self, record: Draft) -> dict[str, Any]:
        """What it changes, what it meets, and where it is written."""
        person, at = reader(self.request), self.request.at
        return {
            "redline": draft_redline(record),
            "met": met_by(record, person, at),
            "writes": record.state == PENDING and drafter(person, record, at),
            "settles": drafter(person, record, at),
            "findings_at": reverse("draft checks", args=[record.pk]),
            "if_approved": f"{reverse('reading', args=[record.document.code])}?with={record.pk}",
            "newest": newest_version(record.document),
        }


def draft_redline(draft: Draft) -> Markup:
    """What a draft changes, computed from its steps; empty where it changes nothing."""
    base = base_of(draft)
    found = redline(base, apply(base, steps_of(draft)))
    return html(found) if found.touched else Markup("")


def about_what(draft: Draft, person: Person | None, request: Any) -> list[Fact]:
    """The record that a draft is about, where the person may read it."""
    record = about(draft.about_kind, draft.about_id) if draft.about_kind and draft.about_id else None
    if record is None or not hasattr(type(record).objects, "visible_to"):
        return []
    seen = type(record).objects.visible_to(person, request.at).filter(pk=record.pk).exists()
    return [Fact("About", str(record), record.get_absolute_url())] if seen else []


def _done(step: Any) -> str:
    return "put in" if step.before is None else "taken out" if step.after is None else "changed"


class DraftEntry(EntryPage):
    """Begins a draft."""

    model = Draft
    word, plural = WORD, PLURAL
    who: ClassVar[Who] = staticmethod(secretariat)

    @property
    def form_class(self) -> Any:  # type: ignore[override]
        """The form, which offers what the reader may read."""
        return partial(DraftForm, reader=reader(self.request), at=self.request.at)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Takes the first step, on the version that was chosen."""
        record.baseline = form.cleaned_data["baseline"]
        begin(record, **told)


class OfDraft(Page):
    """A page of one draft, for whoever writes it."""

    who: ClassVar[Who] = staticmethod(secretariat)

    def draft(self, key: str, *, writes: bool = True) -> Draft:
        """The draft. Raises Http404 where the person may not read it, PermissionDenied where others write it."""
        draft: Draft = found(Draft, key, self)
        if writes and not drafter(reader(self.request), draft, self.request.at):
            raise PermissionDenied("This draft is written by others.")
        return draft

    def may_write(self, draft: Draft) -> bool:
        """Whether the reader may write the draft as it stands."""
        return draft.state == PENDING and drafter(reader(self.request), draft, self.request.at)

    def crumbs_to(self, draft: Draft, *more: Crumb) -> tuple[Crumb, ...]:
        """Where the page is."""
        return Crumb("Drafts of legal text", reverse(PLURAL)), Crumb(str(draft), draft.get_absolute_url()), *more


class FormOfDraft(OfDraft, FormPage):
    """A form about one draft, for whoever writes it."""

    def record(self, key: str) -> Draft:
        """The draft. Raises Http404, PermissionDenied."""
        return self.draft(key)

    def trail(self, record: Draft) -> tuple[Crumb, ...]:
        """By way of the draft."""
        return self.crumbs_to(record, Crumb(self.heading(record)))


class ReadDraft(OfDraft):
    """A page of one draft, for whoever may read it."""

    who: ClassVar[Who] = staticmethod(anyone)


class DraftedText(ReadDraft):
    """The whole text as a draft leaves it; each clause leads to where it is changed."""

    template = "legaltext/drafted_text.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The text, with what the draft has changed marked."""
        draft = self.draft(key, writes=False)
        text = text_of_draft(draft)
        changed = {edit.uid for edit in told_apart(draft)}
        told = {"draft": draft, "levels": levels(text), "changed": changed, "writes": self.may_write(draft)}
        return self.shown({**told, "crumbs": self.crumbs_to(draft, Crumb("The text"))})


def levels(text: Text) -> list[tuple[int, Any, Markup]]:
    """Each clause with how deep it hangs (0 at the top) and its body as a page prints it."""
    depth: dict[str, int] = {"": -1}
    for clause in text.clauses:
        depth[clause.uid] = depth[clause.parent] + 1
    return [(min(depth[clause.uid], 5), clause, printed(clause.body)) for clause in text.clauses]


class DraftChecks(ReadDraft):
    """What the checks find with the draft that they do not find without it."""

    template = "legaltext/draft_checks.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The findings, those that stop an approval first."""
        draft = self.draft(key, writes=False)
        problem = ""
        try:
            findings = sorted(found_new(draft, self.request.at), key=lambda one: not one.stops)
        except DoesNotApply as wrong:
            findings, problem = [], str(wrong)
        told = {"draft": draft, "findings": findings, "problem": problem}
        return self.shown({**told, "crumbs": self.crumbs_to(draft, Crumb("Checks"))})


def conflicts_told(draft: Draft, request: Any) -> list[Met]:
    """The conflicts of a draft with those that the reader may read."""
    return met_by(draft, reader(request), request.at)
