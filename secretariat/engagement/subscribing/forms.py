"""What a reader chooses."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.engagement.subscribing.models import Often, Reading, Subscriber, Topic, every_topic


class ChoicesForm(forms.Form):
    """What to be told of, as what, and how often."""

    topics = forms.MultipleChoiceField(
        choices=Topic.choices, widget=forms.CheckboxSelectMultiple, label="What to be told of", initial=every_topic
    )
    reads_as = forms.ChoiceField(
        choices=Reading.choices, required=False, label="You read it as",
        help_text="Some paragraphs are for some readers only.",
    )  # fmt: skip
    often = forms.ChoiceField(choices=Often.choices, label="How often", initial=Often.EACH)

    @classmethod
    def of(cls, row: Subscriber, data: Any = None) -> ChoicesForm:
        """The form filled with what a subscriber chose."""
        return cls(data, initial={"topics": row.topics, "reads_as": row.reads_as, "often": row.often})


class SubscribeForm(ChoicesForm):
    """The same for an address, which is then asked to confirm."""

    address = forms.EmailField(
        label="Your e-mail address", max_length=254, help_text="We write to it once, with a link to confirm."
    )
    field_order = ("address", "topics", "reads_as", "often")
