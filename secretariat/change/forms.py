"""The shape of what is typed into the change room."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.change.models import Proposal

AT_ENTRY = ("number", "raised_on")


class ProposalForm(forms.ModelForm):  # type: ignore[type-arg]
    """A proposal (OLD-1). Its number and day are asked once, when it is raised; its stage moves by steps only."""

    number = forms.IntegerField(
        required=False, min_value=1, max_value=9999, help_text="Leave empty for the next number of the sequence."
    )
    raised_on = forms.DateField(required=False, help_text="Leave empty if it is raised today.")

    class Meta:
        model = Proposal
        fields = ("title", "proposer", "proposer_name", "raised_as", "path")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proposer"].label = "Proposer, if a party"
        self.fields["proposer_name"].label = "Proposer's name"
        self.fields["proposer_name"].help_text = "Leave empty to use the party's name."
        if self.instance.pk:
            for name in AT_ENTRY:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Names the proposer by its party where no name is typed. Raises ValidationError when there is neither."""
        cleaned = super().clean() or {}
        if not cleaned.get("proposer_name") and cleaned.get("proposer"):
            cleaned["proposer_name"] = cleaned["proposer"].name
        if not cleaned.get("proposer_name"):
            self.add_error("proposer_name", "Say who proposes it.")
        return cleaned
