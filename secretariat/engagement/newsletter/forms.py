"""Forms of the newsletter."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.core.people import Role
from secretariat.engagement.newsletter.models import ROLES, WORDS_KEPT, Newsletter, Passage
from secretariat.engagement.subscribing.models import Reading, Topic, every_topic

READERS = [(value, label) for value, label in Reading.choices if value]


class NewsletterForm(forms.ModelForm):  # type: ignore[type-arg]
    """A newsletter's title and days, and who is written to besides those who subscribe."""

    to_roles = forms.MultipleChoiceField(
        choices=ROLES, required=False, widget=forms.CheckboxSelectMultiple, label="Sent besides to",
        initial=[Role.PARTY_CONTACT.value],
        help_text="They did not subscribe; each newsletter tells them why it came, and how to end it.",
    )  # fmt: skip

    class Meta:
        model = Newsletter
        fields = ("title", "day", "since", "to_roles")


class PassageForm(forms.ModelForm):  # type: ignore[type-arg]
    """A paragraph of the editors'."""

    readers = forms.MultipleChoiceField(
        choices=READERS, required=False, widget=forms.CheckboxSelectMultiple, label="Only for who reads it as",
        help_text="Leave all empty for every reader.",
    )  # fmt: skip

    class Meta:
        model = Passage
        fields = ("block", "position", "heading", "text", "readers")
        help_texts = {
            "text": "Paragraphs are parted by an empty line; a line that begins with * is a bullet. Figures, days and "
            "names are live: [[proposal:MP078|named]], [[consultation:CON-000001|closes]], [[date:2020-03-10]], "
            "[[call:2020-03-20 17:00]], [[open_proposals]], [[last issue]]. A link is [words](https://example.org/)."
        }

    def __init__(self, newsletter: Newsletter, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.newsletter = newsletter


class AcceptForm(forms.Form):
    """Which finding may stand, and why."""

    rule = forms.CharField(max_length=60, widget=forms.HiddenInput)
    words = forms.CharField(max_length=WORDS_KEPT, widget=forms.HiddenInput, strip=False)
    reason = forms.CharField(max_length=WORDS_KEPT, label="Why it may stand")


class EditionForm(forms.Form):
    """Whose edition is looked at."""

    topics = forms.MultipleChoiceField(
        choices=Topic.choices, required=False, widget=forms.CheckboxSelectMultiple, initial=every_topic
    )
    reads_as = forms.ChoiceField(choices=Reading.choices, required=False, label="Who reads it as")
