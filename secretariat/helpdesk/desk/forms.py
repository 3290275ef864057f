"""What an agent types at the desk."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from secretariat.core import kinds
from secretariat.engagement.guidance.models import Article
from secretariat.helpdesk.choices import CategoryField
from secretariat.helpdesk.desk.models import ReplyTemplate
from secretariat.helpdesk.desk.replying import ANSWER, THEN


class ReplyForm(forms.Form):
    """A reply, and what it leads to."""

    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 10, "data-key": "r", "accesskey": "r"}),
        required=False,
        help_text="Fields such as [[name]] or [[date:2020-03-10]] are looked up when it is sent.",
    )
    then = forms.ChoiceField(label="What then", choices=THEN, initial=ANSWER, widget=forms.RadioSelect)
    to = forms.EmailField(
        label="To somebody else", required=False, help_text="Empty: to the enquirer. Else it is internal to us."
    )
    cites = forms.ModelMultipleChoiceField(
        Article.objects.none(), label="Guidance cited", required=False, help_text="Its address and sources go along."
    )
    file = forms.FileField(label="File that goes along", required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, articles: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cites"].queryset = articles  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """An internal note."""

    text = forms.CharField(label="Note", widget=forms.Textarea, help_text="The enquirer never reads it.")


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

    reference = forms.CharField(max_length=60, help_text="Such as SECMP0046, SECP_78_1303_30 or a party's key.")
    reason = forms.CharField(max_length=300, required=False)

    def clean_reference(self) -> Any:
        """The one record with this reference. Raises ValidationError."""
        found = kinds.find(self.cleaned_data["reference"])
        if len(found) != 1:
            raise forms.ValidationError("No single record has this reference.")
        return found[0]


class SplitForm(forms.Form):
    """A part of an enquiry that becomes one of its own."""

    subject = forms.CharField(max_length=200)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"] = CategoryField(day)


class ReplyTemplateForm(forms.ModelForm):  # type: ignore[type-arg]
    """A template of a reply."""

    class Meta:
        model = ReplyTemplate
        fields = ("title", "body", "in_use")
