"""What an agent types at the desk."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms

from secretariat.core import kinds
from secretariat.core.calendar import calendar
from secretariat.core.procedure import Refused
from secretariat.engagement.guidance.models import Article
from secretariat.helpdesk.choices import CategoryField
from secretariat.helpdesk.clock import working_hours
from secretariat.helpdesk.desk.models import ReplyTemplate
from secretariat.helpdesk.desk.replying import ANSWER, THEN
from secretariat.helpdesk.mail.copies import COPIES_LIMIT
from secretariat.helpdesk.mail.replies import recipients
from secretariat.plain.dates import LONDON, instant, local_day


class FilesInput(forms.ClearableFileInput):
    """Takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Some files, or none."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The files that were chosen. Raises ValidationError for one that is empty."""
        chosen = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in chosen if one]


class ReplyForm(forms.Form):
    """A reply, and what it leads to."""

    text = forms.CharField(
        label="Your answer",
        widget=forms.Textarea(attrs={"rows": 10, "data-key": "r", "accesskey": "r"}),
        required=False,
        help_text="Fields such as [[name]] or [[date:2020-03-10]] are looked up when it is sent.",
    )
    then = forms.ChoiceField(label="What then", choices=THEN, initial=ANSWER, widget=forms.RadioSelect)
    quote = forms.BooleanField(label="Put their last words below it", required=False, initial=True)
    to = forms.EmailField(
        label="To somebody else", required=False, help_text="Empty: to the enquirer. Else it is internal to us."
    )
    cc = forms.CharField(
        label="Copy to", required=False, max_length=1500,
        help_text="Whom the enquirer wrote to as well. Take out whom it does not concern; commas between addresses.",
    )  # fmt: skip
    cites = forms.ModelMultipleChoiceField(
        Article.objects.none(), label="Guidance cited", required=False, help_text="Its address and sources go along."
    )
    kept = forms.MultipleChoiceField(
        label="Files that go along", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Added before. Untick one to leave it out.",
    )  # fmt: skip
    file = FilesField(label="Add files", required=False, help_text="Several at once, if you like.")
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, articles: Any, kept: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cites"].queryset = articles  # type: ignore[attr-defined]
        self.fields["kept"].choices = [(file["sha256"], _told(file)) for file in kept]  # type: ignore[attr-defined]
        if not kept:
            del self.fields["kept"]

    def clean_cc(self) -> str:
        """The addresses, each as it can be written to. Raises ValidationError."""
        text = " ".join(str(self.cleaned_data["cc"]).split()).strip(" ,")
        if not text:
            return ""
        try:
            found = recipients(text)
        except Refused as refusal:
            raise forms.ValidationError(list(refusal.messages)) from refusal
        if len(found) > COPIES_LIMIT:
            raise forms.ValidationError(f"A copy goes to at most {COPIES_LIMIT} addresses.")
        return ", ".join(address for _, address in found)


def _told(file: dict[str, Any]) -> str:
    size = int(file["size"])
    return f"{file['name']} ({size / 2**20:.1f} MiB)" if size >= 2**20 else f"{file['name']} ({-(-size // 1024)} KiB)"


class NoteForm(forms.Form):
    """An internal note."""

    text = forms.CharField(
        label="Note", widget=forms.Textarea(attrs={"autofocus": True, "rows": 6}),
        help_text="The enquirer never reads it.",
    )  # fmt: skip


class CallForm(forms.Form):
    """A telephone call, taken down while it lasts or just after."""

    enquirer = forms.CharField(label="Who calls", max_length=200, required=False)
    organisation = forms.CharField(max_length=200, required=False)
    telephone = forms.CharField(max_length=40, required=False)
    address = forms.EmailField(label="E-mail address", required=False, help_text="Needed to answer in writing.")
    subject = forms.CharField(label="In a few words", max_length=200)
    asked = forms.CharField(label="What was asked", widget=forms.Textarea(attrs={"rows": 4}))
    said = forms.CharField(
        label="What was answered", widget=forms.Textarea(attrs={"rows": 4}), required=False,
        help_text="Empty: it is still to be answered.",
    )  # fmt: skip

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"category": CategoryField(day), **self.fields}


class LinkForm(forms.Form):
    """A record that the enquiry is about."""

    reference = forms.CharField(
        max_length=60,
        widget=forms.TextInput(attrs={"autofocus": True}),
        help_text="Such as SECMP0046, SECP_78_1303_30 or a party's key.",
    )
    reason = forms.CharField(max_length=300, required=False)

    def clean_reference(self) -> Any:
        """The one record with this reference. Raises ValidationError."""
        found = kinds.find(self.cleaned_data["reference"])
        if len(found) != 1:
            raise forms.ValidationError("No single record has this reference.")
        return found[0]


TIMES = ((1, "The next Working Day"), (2, "In two Working Days"), (5, "In a week"), (10, "In two weeks"))


def times_to_put_off(at: datetime) -> list[tuple[str, str]]:
    """The times that one key chooses: as the helpdesk opens, so many Working Days on; each with its words."""
    days, opens = calendar(), working_hours(at).opens
    times = [(datetime.combine(days.add(local_day(at), n), opens, tzinfo=LONDON), word) for n, word in TIMES]
    return [(time.isoformat(), f"{word}: {instant(time)}") for time, word in times]


class PutOffForm(forms.Form):
    """Until when an enquiry is put off."""

    chosen = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    until = forms.DateTimeField(
        label="Another time", required=False, help_text="As 2020-02-17 14:30, on the London clock."
    )

    def clean(self) -> dict[str, Any]:
        """The time that was typed, or else the one that a button named. Raises ValidationError for none."""
        told: dict[str, Any] = self.cleaned_data
        if not self.errors and not told.get("chosen") and not told.get("until"):
            raise forms.ValidationError("Choose a time, or type one.")
        return {"until": told.get("until") or told.get("chosen")}


class SplitForm(forms.Form):
    """A part of an enquiry that becomes one of its own."""

    subject = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"autofocus": True}))

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"] = CategoryField(day)


class ReplyTemplateForm(forms.ModelForm):  # type: ignore[type-arg]
    """A template of a reply."""

    class Meta:
        model = ReplyTemplate
        fields = ("title", "body", "in_use")
