"""Forms of ballots: preparing one, voting, and looking for one's own vote."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.committees.ballots.count import ABSTAIN, AND
from secretariat.committees.ballots.models import APPROVE_OR_REJECT, VOTED, Ballot, Elector
from secretariat.committees.ballots.procedure import EFFECTS
from secretariat.core.kinds import find, kind_of


class BallotForm(forms.ModelForm):  # type: ignore[type-arg]
    """A ballot to be held."""

    about = forms.CharField(required=False, help_text="The record that it is about, by its reference, such as MP099.")
    choices = forms.CharField(
        required=False, widget=forms.Textarea, label="Options",
        help_text="One a line, for a ballot by most votes. “abstain” may be one of them.",
    )  # fmt: skip

    class Meta:
        model = Ballot
        fields = (
            "committee", "question", "method", "electorate", "category", "places", "secret", "quorum",
            "reasons_required", "tie_rule", "opens_at", "closes_at",
        )  # fmt: skip
        labels = {"committee": "Body"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["places"].required = False

    def clean_places(self) -> int:
        """One where nothing is typed."""
        return self.cleaned_data["places"] or 1

    def clean_about(self) -> str:
        """Finds the one record that is named. Raises ValidationError."""
        text: str = self.cleaned_data["about"].strip()
        found = find(text) if text else []
        if text and len(found) != 1:
            raise forms.ValidationError(f"“{text}” names {len(found) or 'no'} records; type a reference of one.")
        for record in found:
            self.instance.about_kind, self.instance.about_id = kind_of(record), record.pk
        return text

    def clean_choices(self) -> str:
        """The options, one a line."""
        text: str = self.cleaned_data["choices"]
        self.instance.options = [line.strip() for line in text.splitlines() if line.strip()]
        return text


class VoteForm(forms.Form):
    """One vote: the choice, the reasons, and what it does to each objective."""

    choice = forms.ChoiceField(widget=forms.RadioSelect, label="Your vote")
    reason = forms.CharField(widget=forms.Textarea, label="Reasons", max_length=4000)
    old_receipt = forms.CharField(
        label="Receipt of your vote", help_text="A secret vote is changed by showing the receipt that you were given."
    )

    def __init__(self, elector: Elector, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ballot = elector.ballot
        self.names = list(ballot.objectives)
        if ballot.places > 1:
            self.fields["choice"] = forms.MultipleChoiceField(
                widget=forms.CheckboxSelectMultiple, label=f"Your votes: for {ballot.places} at most"
            )
        self.fields["choice"].choices = [(each, _told(each)) for each in ballot.options]  # type: ignore[attr-defined]
        self.fields["reason"].required = ballot.reasons_required
        if ballot.secret:
            del self.fields["reason"]
        if not (ballot.secret and elector.state == VOTED):
            del self.fields["old_receipt"]
        for letter, words in ballot.objectives.items():
            self.fields[f"objective_{letter}"] = forms.ChoiceField(
                choices=[("", "Not judged"), *((each, each.capitalize()) for each in EFFECTS)],
                required=False,
                label=f"Objective ({letter}): {words}",
            )

    def facts(self) -> dict[str, Any]:
        """What the step is told."""
        choice = self.cleaned_data["choice"]
        said = {name: self.cleaned_data.get(f"objective_{name}") for name in self.names}
        return {
            "choice": choice if isinstance(choice, str) else AND.join(choice),
            "reason": self.cleaned_data.get("reason", ""),
            "old_receipt": self.cleaned_data.get("old_receipt", ""),
            "objectives": {name: word for name, word in said.items() if word},
        }


def _told(option: str) -> str:
    """An option as the form says it: a name stays as it is written."""
    return option.capitalize() if option in (*APPROVE_OR_REJECT, ABSTAIN) else option


class ReceiptForm(forms.Form):
    """A receipt to be looked for."""

    receipt = forms.CharField(max_length=120, help_text="As it was shown to you when you voted.")
