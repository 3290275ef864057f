"""Forms of decisions: ballots to be held, a decision from them, a letter of the Authority, a referral."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.change import kinds
from secretariat.change.decision.models import Letter, Referral
from secretariat.change.models import Proposal
from secretariat.committees.ballots.models import CLOSED, Ballot
from secretariat.register.parties import Party


def named(text: str) -> list[Proposal]:
    """The proposals that labels name, separated by commas or spaces. Raises ValidationError."""
    found = []
    for label in text.replace(",", " ").split():
        proposal = kinds.proposal(label)
        if proposal is None:
            raise forms.ValidationError(f"{label} names no proposal.")
        found.append(proposal)
    return found


class BallotsForm(forms.Form):
    """When the Change Board votes on a proposal."""

    opens_at = forms.DateTimeField(help_text="As 2020-02-26 10:00.")
    closes_at = forms.DateTimeField(help_text="As 2020-02-26 17:00. A vote at this very instant still counts.")


class DecideForm(forms.Form):
    """A decision from the closed ballots on a proposal."""

    ballots = forms.ModelMultipleChoiceField(
        Ballot.objects.none(), widget=forms.CheckboxSelectMultiple, help_text="Those that are closed and decide."
    )
    also = forms.CharField(required=False, label="Further proposals", help_text="Decided by the same ballot: labels.")
    conditional_on = forms.CharField(required=False, help_text="The label of a proposal that must be approved too.")
    reasons = forms.CharField(widget=forms.Textarea, required=False)

    def __init__(self, rows: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ballots"].queryset = rows.filter(state=CLOSED, decisions=None)  # type: ignore[attr-defined]

    def clean_also(self) -> list[Proposal]:
        """The further proposals."""
        return named(self.cleaned_data["also"])

    def clean_conditional_on(self) -> Proposal | None:
        """The proposal on which the decision is conditional."""
        found = named(self.cleaned_data["conditional_on"])
        if len(found) > 1:
            raise forms.ValidationError("Name one proposal.")
        return found[0] if found else None


class LetterForm(forms.ModelForm):  # type: ignore[type-arg]
    """A letter of the Authority, with the proposals on which it decides."""

    proposals = forms.CharField(help_text="The labels of all proposals that it decides on, such as MP085, MP086.")

    class Meta:
        model = Letter
        fields = ("reference", "dated_on", "received_on", "says", "missing", "file")

    def clean_proposals(self) -> list[Proposal]:
        """The proposals that are named."""
        return named(self.cleaned_data["proposals"])


class ReferralForm(forms.ModelForm):  # type: ignore[type-arg]
    """A referral: by one of the parties for which the person speaks, or by any that the secretariat hears from."""

    class Meta:
        model = Referral
        fields = ("party", "grounds")

    def __init__(self, *args: Any, parties: frozenset[int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Party.objects.filter(left_on__isnull=True, is_dcc=False)
        self.fields["party"].queryset = rows if parties is None else rows.filter(pk__in=parties)  # type: ignore[attr-defined]
        if parties is not None and len(parties) == 1:
            self.fields["party"].initial = next(iter(parties))


class HearingForm(forms.Form):
    """What the Panel or the Authority says to a referral."""

    word = forms.ChoiceField(
        choices=(("uphold", "Upholds the Change Board's decision"), ("overturn", "Overturns it")),
        widget=forms.RadioSelect, label="It",
    )  # fmt: skip
    day = forms.DateField(label="Decided on")
    reasons = forms.CharField(widget=forms.Textarea, max_length=2000)
