"""A draft as a Word file with its changes marked, and a Word file brought back into the draft after a look at it."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

from django import forms
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from secretariat.core.files import MEDIA_TYPES
from secretariat.core.pages import Crumb
from secretariat.core.procedure import Refused
from secretariat.legaltext.drafting.actions import bring_in
from secretariat.legaltext.drafting.forms import AcceptForm, WordForm
from secretariat.legaltext.drafting.values import base_of, text_of_draft
from secretariat.legaltext.drafting.views import OfDraft, ReadDraft
from secretariat.legaltext.formats import word_writing
from secretariat.legaltext.formats.editions import INVENTED, Edition
from secretariat.legaltext.formats.lines import Incoming
from secretariat.legaltext.formats.word_reading import read_word
from secretariat.legaltext.importing.aligning import DOUBTFUL, Alignment, align
from secretariat.legaltext.models import ClauseText, Draft, DraftEdit
from secretariat.legaltext.redlines import word as word_redline
from secretariat.legaltext.redlines.compare import redline
from secretariat.legaltext.redlines.html import html
from secretariat.legaltext.text import Clause, Text, in_order
from secretariat.plain.dates import local_day

AUTHOR = "Secretariat"
SALT = "legaltext.drafting.word"


class DraftFile(ReadDraft):
    """The draft as a Word file: with its changes marked, or clean."""

    def get(self, request: HttpRequest, key: str, form: str) -> HttpResponse:
        """The file; the same draft gives the same bytes."""
        draft = self.draft(key, writes=False)
        if form not in ("redline", "clean"):
            raise Http404("A draft is given as redline or clean.")
        content = marked(draft) if form == "redline" else clean(draft)
        response = HttpResponse(content, content_type=MEDIA_TYPES[".docx"])
        response["Content-Disposition"] = f'attachment; filename="draft_{draft.pk}_{form}.docx"'
        return response


def marked(draft: Draft) -> bytes:
    """The draft's changes as tracked changes, made when the draft was last written."""
    last = draft.steps.order_by("-recorded").first()
    lines = [draft.title, *([INVENTED] if draft.invented else [])]
    found = redline(base_of(draft), text_of_draft(draft))
    return word_redline.word(
        found, str(draft.document), lines, author=AUTHOR, at=last.recorded if last else draft.recorded
    )


def clean(draft: Draft) -> bytes:
    """The text as the draft leaves it."""
    version = f"{draft.baseline.number} with a draft" if draft.baseline else ""
    statement = INVENTED if draft.invented else ""
    day = local_day(draft.recorded)
    edition = Edition(draft.document.code, str(draft.document), version, day, text_of_draft(draft), statement)
    return word_writing.word(edition)


class BringInWord(OfDraft):
    """Brings a Word file into a draft: first a look at what was understood, then the step."""

    template = "legaltext/bring_in_word.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """Asks for the file."""
        return self._page(WordForm(), self.draft(key), "Bring in a Word file")

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Shows what a file says, or takes in what was shown."""
        draft = self.draft(key)
        return self._accept(draft) if "understood" in self.request.POST else self._look(draft)

    def _look(self, draft: Draft) -> HttpResponse:
        form = WordForm(self.request.POST, self.request.FILES)
        if not form.is_valid():
            return self._page(form, draft, "Bring in a Word file", 422)
        file = form.cleaned_data["file"]
        try:
            came = read_word(file.read(), accepted=True)
        except ValueError as wrong:
            form.add_error("file", f"{file.name} cannot be read. {wrong}")
            return self._page(form, draft, "Bring in a Word file", 422)
        here = text_of_draft(draft)
        found = align(here, came.text, came.carried)
        text = found.text(taken(draft))
        accept = AcceptForm(initial={"understood": packed(draft, here, text), "why": form.cleaned_data["why"]})
        return self._page(accept, draft, "What the file says", **told_of(here, text, found, came))

    def _accept(self, draft: Draft) -> HttpResponse:
        form = AcceptForm(self.request.POST)
        if not form.is_valid():
            return self._page(form, draft, "What the file says", 422)
        try:
            text = unpacked(draft, form.cleaned_data["understood"])
            bring_in(draft, text, form.cleaned_data["why"], **self.told())
        except Refused as refusal:
            form.add_error(None, refusal.messages)
            return self._page(form, draft, "What the file says", 422)
        return redirect(draft.get_absolute_url())

    def _page(self, form: forms.BaseForm, draft: Draft, title: str, status: int = 200, **more: Any) -> HttpResponse:
        told = {"form": form, "title": title, "back": draft.get_absolute_url(), "draft": draft}
        return self.shown({**told, "crumbs": self.crumbs_to(draft, Crumb(title)), **more}, status)


def told_of(here: Text, text: Text, found: Alignment, came: Incoming) -> dict[str, Any]:
    """What a person is shown before the file is taken in."""
    doubtful = [match for match in found.matches if match.status == DOUBTFUL]
    return {"redline": html(redline(here, text)), "counts": found.counts, "doubtful": doubtful, "came": came}


def taken(draft: Draft) -> set[str]:
    """The identities that clauses of the document have ever had."""
    versions = ClauseText.objects.filter(document=draft.document).values_list("uid", flat=True)
    drafts = DraftEdit.objects.filter(draft__document=draft.document).values_list("uid", flat=True)
    return {*versions, *drafts}


def _told(text: Text) -> str:
    return hashlib.sha256(text.canonical).hexdigest()


def packed(draft: Draft, here: Text, text: Text) -> str:
    """What was understood, signed, with the state of the draft that it was laid beside."""
    told = {"draft": draft.pk, "here": _told(here), "clauses": [asdict(clause) for clause in text.clauses]}
    return signing.dumps(told, salt=SALT, compress=True)


def unpacked(draft: Draft, words: str) -> Text:
    """The text that was shown. Raises Refused where it is another's, or the draft has changed since."""
    try:
        told = signing.loads(words, salt=SALT)
    except signing.BadSignature:
        raise Refused("This is not what was shown to you: bring the file in again.") from None
    if told["draft"] != draft.pk or told["here"] != _told(text_of_draft(draft)):
        raise Refused("The draft has changed since the file was read: bring it in again.")
    return in_order(Clause(**clause) for clause in told["clauses"])
