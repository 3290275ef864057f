"""Forms of drafting: a new draft, one clause, where it stands, and what a person answers to a conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms

from secretariat.core.classification import Class
from secretariat.core.people import Person
from secretariat.legaltext.drafting.conflicts import Conflict
from secretariat.legaltext.drafting.values import newest_version
from secretariat.legaltext.models import Document, DocumentVersion, Draft
from secretariat.legaltext.redlines.merge import ClauseMerge
from secretariat.legaltext.text import KINDS, Clause, Text

MARKS = "Write a defined term as **Term** where it is defined, a table with | between its cells."
LONGEST = 60_000
OURS, THEIRS, BEFORE, OWN, OUT = "ours", "theirs", "before", "own", "out"


class DraftForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new draft; without a version it is made for the newest of its document.

    It offers the documents and versions that its reader may read.
    """

    class Meta:
        model = Draft
        fields = ("document", "baseline", "title", "classification", "audience")
        help_texts = {"baseline": "The version whose text is changed. Empty: the document's newest."}

    def __init__(self, *args: Any, reader: Person | None, at: datetime, **kwargs: Any) -> None:
        kwargs["initial"] = {"classification": Class.WHITE} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        documents: Any = self.fields["document"]
        documents.queryset = Document.objects.visible_to(reader, at).order_by("position", "code")
        versions: Any = self.fields["baseline"]
        versions.queryset = DocumentVersion.objects.visible_to(reader, at).select_related("document")

    def clean(self) -> dict[str, Any]:
        """The version is the document's. Raises ValidationError."""
        cleaned = super().clean() or {}
        document, baseline = cleaned.get("document"), cleaned.get("baseline")
        if document is not None and baseline is None:
            cleaned["baseline"] = newest_version(document)
        elif document is not None and baseline is not None and baseline.document_id != document.pk:
            self.add_error("baseline", f"This is a version of {baseline.document.reference}.")
        return cleaned


def _words(**more: Any) -> forms.CharField:
    return forms.CharField(
        label="Text", required=False, max_length=LONGEST, strip=False, help_text=MARKS,
        widget=forms.Textarea(attrs={"rows": 12}), **more,
    )  # fmt: skip


def _clean_words(words: str) -> str:
    """What a browser sends, as text is kept: one kind of line end, and nothing after the last word."""
    return words.replace("\r\n", "\n").replace("\r", "\n").rstrip()


class ClauseForm(forms.Form):
    """The words of one clause. `seen` is the clause as the form was opened on it, so that no other's work is lost."""

    number = forms.CharField(max_length=40, required=False, help_text="As printed: H3.4, (a). Empty for none.")
    heading = forms.CharField(max_length=300, required=False, help_text="Of a definition: the term.")
    body = _words()
    why = forms.CharField(max_length=500, required=False, help_text="Told in the history of the draft.")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_body(self) -> str:
        """The text with plain line ends."""
        return _clean_words(self.cleaned_data["body"])

    @property
    def words(self) -> dict[str, str]:
        """What the form says of a clause."""
        return {name: self.cleaned_data[name] for name in ("number", "heading", "body")}


class NewClauseForm(ClauseForm):
    """A clause that is put in."""

    where = forms.ChoiceField(
        choices=(("behind", "Behind it, beside it"), ("below", "Below it, as the first that it holds")),
        widget=forms.RadioSelect, initial="behind",
    )  # fmt: skip
    kind = forms.ChoiceField(choices=tuple((kind, kind.capitalize()) for kind in KINDS), initial="clause")
    field_order = ("where", "kind", "number", "heading", "body", "why")

    def clean(self) -> dict[str, Any]:
        """A clause says something. Raises ValidationError."""
        cleaned = super().clean() or {}
        if not any(cleaned.get(name) for name in ("number", "heading", "body")):
            self.add_error("body", "Write a number, a heading or a text.")
        return cleaned


class MoveForm(forms.Form):
    """Where a clause goes, with all that it holds."""

    behind = forms.ChoiceField(label="To the place of")
    where = forms.ChoiceField(
        choices=(("behind", "Behind it, beside it"), ("below", "Below it, as the first that it holds")),
        widget=forms.RadioSelect, initial="behind",
    )  # fmt: skip
    why = forms.CharField(max_length=500, required=False)

    def __init__(self, *args: Any, text: Text, uid: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        behind: Any = self.fields["behind"]
        behind.choices = [(one.uid, named(one)) for one in text.clauses if one.uid != uid]


class WhyForm(forms.Form):
    """Why a step is taken, and nothing else."""

    why = forms.CharField(max_length=500, required=False)


class WordForm(forms.Form):
    """A Word file with the text of the draft."""

    file = forms.FileField(label="Word file", help_text="Changes marked in it are taken as made.")
    why = forms.CharField(max_length=500, required=False)


class AcceptForm(forms.Form):
    """What a Word file was understood to say, to be taken in."""

    understood = forms.CharField(widget=forms.HiddenInput)
    why = forms.CharField(max_length=500, required=False)


def named(clause: Clause | None) -> str:
    """A clause as a list names it."""
    if clause is None:
        return "nothing"
    told = " ".join(part for part in (clause.number, clause.heading) if part)
    return (told or clause.body[:60] or "an empty clause")[:100]


def _answer_fields(prefix: str, choices: Sequence[tuple[str, str]], clause: Clause | None) -> dict[str, forms.Field]:
    told = {name: getattr(clause, name) if clause else "" for name in ("number", "heading", "body")}
    return {
        f"{prefix}take": forms.ChoiceField(choices=choices, widget=forms.RadioSelect, label="It is to read"),
        f"{prefix}number": forms.CharField(
            required=False, max_length=40, initial=told["number"], label="Number, in own words"
        ),
        f"{prefix}heading": forms.CharField(
            required=False, max_length=300, initial=told["heading"], label="Heading, in own words"
        ),
        f"{prefix}body": forms.CharField(
            required=False, max_length=LONGEST, strip=False, initial=told["body"], label="Text, in own words",
            widget=forms.Textarea(attrs={"rows": 8}),
        ),
    }  # fmt: skip


class RebaseForm(forms.Form):
    """A person's answer to every conflict of a draft with a newer version."""

    def __init__(self, *args: Any, conflicts: Sequence[ClauseMerge], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts = conflicts
        for place, one in enumerate(conflicts):
            choices = [(OURS, "As the draft has it"), (THEIRS, "As the newer version has it"),
                       (OWN, "In own words"), (OUT, "Not at all: it is taken out")]  # fmt: skip
            self.fields.update(_answer_fields(f"{place}-", choices, one.ours or one.theirs))

    def groups(self) -> list[tuple[ClauseMerge, list[Any]]]:
        """Each conflict with its fields."""
        names = ("take", "number", "heading", "body")
        return [(one, [self[f"{place}-{name}"] for name in names]) for place, one in enumerate(self.conflicts)]

    def answers(self) -> dict[str, Clause | None]:
        """The clause that each answer makes, by identity."""
        return {one.uid: self._answer(f"{place}-", one) for place, one in enumerate(self.conflicts)}

    def _answer(self, prefix: str, one: ClauseMerge) -> Clause | None:
        sides = {OURS: one.ours, THEIRS: one.theirs, OUT: None}
        take = self.cleaned_data[f"{prefix}take"]
        return sides[take] if take in sides else _own(self.cleaned_data, prefix, one.ours or one.theirs)


def _own(told: Mapping[str, Any], prefix: str, clause: Clause | None) -> Clause | None:
    words = {name: told[f"{prefix}{name}"] for name in ("number", "heading", "body")}
    return replace(clause, **(words | {"body": _clean_words(words["body"])})) if clause is not None else None


class SettleForm(forms.Form):
    """How a clause reads when both drafts of a conflict stand."""

    def __init__(self, *args: Any, conflict: Conflict, titles: Sequence[str], proposed: Clause | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.conflict = conflict
        first, second = conflict.edits
        if first.uid != second.uid:
            choices = [(one.uid, f"{named(one.after or one.before)}, of “{title}”")
                       for one, title in zip(conflict.edits, titles, strict=True)]  # fmt: skip
            self.fields["clause"] = forms.ChoiceField(choices=choices, label="Which of the two clauses is to change")
            takes = [(OWN, "In own words"), (BEFORE, "As it stood before"), (OUT, "Not at all: it is taken out")]
        else:
            takes = [(OURS, f"As “{titles[0]}” has it"), (THEIRS, f"As “{titles[1]}” has it"),
                     (OWN, "In own words"), (BEFORE, "As it stood before"),
                     (OUT, "Not at all: it is taken out")]  # fmt: skip
        self.fields.update(_answer_fields("", takes, proposed))
        self.fields["why"] = forms.CharField(max_length=500, required=False)

    def reading(self) -> tuple[str, Clause | None]:
        """The identity of the clause that is settled, and how it reads; None where it is taken out."""
        first, second = self.conflict.edits
        uid = self.cleaned_data.get("clause") or first.uid
        edit = first if uid == first.uid else second
        sides = {OURS: first.after, THEIRS: second.after, BEFORE: edit.before, OUT: None}
        take = self.cleaned_data["take"]
        if take in sides:
            return uid, sides[take]
        there = edit.after or (second.after if uid == second.uid else None) or edit.before
        return uid, _own(self.cleaned_data, "", there)
