"""Forms of papers: their front matter, words, attachments and readers; and a member's own notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from secretariat.core.people import Person
from secretariat.meetings.agenda.forms import AboutForm
from secretariat.meetings.agenda.models import LISTED, AgendaItem
from secretariat.meetings.models import PLANNED
from secretariat.meetings.packs.models import MeetingPaper, PaperAttachment
from secretariat.meetings.packs.publishing import PUBLISHED
from secretariat.papers.models import Paper


class MeetingPaperForm(AboutForm):
    """A paper's front matter (rule REF-4). The class cannot be changed afterwards: withdraw it and enter another."""

    item = forms.ModelChoiceField(
        AgendaItem.objects.filter(state=LISTED, meeting__state=PLANNED).select_related("meeting"), label="Agenda item"
    )

    class Meta:
        model = MeetingPaper
        fields = ("item", "number", "title", "act", "purpose", "recommendation", "team", "author", "issue_class")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].required = False
        self.fields["number"].help_text = "Leave empty for the next free number of its class."
        self.fields["author"].queryset = Person.objects.filter(is_active=True)  # type: ignore[attr-defined]
        if self.instance.pk:
            for name in ("item", "number", "issue_class", "about"):
                del self.fields[name]


class WordsForm(forms.Form):
    """The words of a paper, as Markdown."""

    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 24}), label="The paper",
        help_text="A blank line ends a paragraph; “# ” begins a heading, “- ” a bullet. Write [Amber] or [Red] before "
        "a paragraph of a higher class than the paper: others do not see it. **Strong** and [words](https://...) too.",
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class AttachmentForm(forms.ModelForm):  # type: ignore[type-arg]
    """An attachment with its file and its own class."""

    file = forms.FileField(label="The file", help_text="A PDF is joined to the pack; other files are kept beside it.")

    class Meta:
        model = PaperAttachment
        fields = ("label", "title", "classification")


class ReadersForm(forms.Form):
    """Who reads what is Red of a paper."""

    people = forms.ModelMultipleChoiceField(Person.objects.filter(is_active=True), label="Named readers")


class NoteForm(forms.Form):
    """A private note."""

    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 8}), required=False, max_length=10000, label="Your note",
        help_text="You alone read it. The journal keeps that you wrote, not what.",
    )  # fmt: skip


class PublishForm(forms.Form):
    """Which pack is published."""

    level = forms.TypedChoiceField(choices=[(one.value, one.label) for one in PUBLISHED], coerce=int, label="Pack")


class ReportForm(forms.Form):
    """Which issued monthly paper is taken into the pack."""

    report = forms.ModelChoiceField(Paper.objects.none(), empty_label=None)

    def __init__(self, *args: Any, reports: Sequence[Paper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Paper.objects.filter(pk__in=[one.pk for one in reports])
        self.fields["report"].queryset = rows  # type: ignore[attr-defined]


class SureForm(forms.Form):
    """Asks nothing more than to be sent."""
