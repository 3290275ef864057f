"""Forms of judging."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.models import construct_instance

from secretariat.change.judging.codes import other_codes
from secretariat.change.judging.cross_code import CodeListing, CrossCode, ForumIssue, Steering
from secretariat.change.judging.interest import Interest, SubCommitteeView
from secretariat.change.judging.models import Cost, Impact, Judgement, Priority, Summary, SystemImpact
from secretariat.change.judging.objectives import objectives
from secretariat.change.models import Proposal
from secretariat.change.naming.forms import OfProposalForm
from secretariat.core.classification import Class

FOR_WHOM = ("classification", "audience")


class ClassedForm(OfProposalForm):
    """A record that has its proposal's class."""

    def clean(self) -> dict[str, Any]:
        """Gives a new record the class of the proposal named."""
        cleaned = super().clean() or {}
        proposal = cleaned.get("proposal")
        if proposal is not None:
            self.instance.classification, self.instance.audience = proposal.classification, proposal.audience
        return cleaned


class JudgementForm(OfProposalForm):
    """One source's whole form: a verdict and a reason for each objective; those left empty are not told."""

    class Meta:
        model = Judgement
        fields = ("proposal", "source", "by_whom", "party", "judged_on", *FOR_WHOM)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].label = "Party, if a party judges"
        known = {row.objective: row for row in self._same_source()}
        if known:
            del self.fields["source"], self.fields["by_whom"]
        for one in objectives():
            row = known.get(one.key)
            self.fields[f"verdict_{one.key}"] = forms.ChoiceField(
                label=one.label, choices=(("", "Not told"), *Judgement.Verdict.choices), required=False,
                initial=row.verdict if row else "",
            )  # fmt: skip
            self.fields[f"reason_{one.key}"] = forms.CharField(
                label=f"Reason on {one.short}", max_length=5000, required=False, widget=forms.Textarea({"rows": 2}),
                initial=row.reason if row else "",
            )  # fmt: skip

    def _same_source(self) -> Any:
        row = self.instance
        same = {"proposal_id": row.proposal_id, "source": row.source, "by_whom": row.by_whom}
        return Judgement.objects.filter(**same) if row.pk else ()

    def verdicts(self) -> dict[str, tuple[str, str]]:
        """What was told, by objective: verdict and reason."""
        told = self.cleaned_data
        return {
            one.key: (told[f"verdict_{one.key}"], told[f"reason_{one.key}"])
            for one in objectives()
            if told.get(f"verdict_{one.key}")
        }

    def clean(self) -> dict[str, Any]:
        """A reason has its verdict, a verdict its reason. Raises ValidationError."""
        cleaned = super().clean() or {}
        for one in objectives():
            verdict, reason = cleaned.get(f"verdict_{one.key}"), cleaned.get(f"reason_{one.key}")
            if reason and not verdict:
                self.add_error(f"verdict_{one.key}", "Choose the verdict that this reason is for.")
            if verdict and verdict != Judgement.Verdict.NOT_APPLICABLE and not reason:
                self.add_error(f"reason_{one.key}", "Give the reason (MOD-22).")
        return cleaned

    def _post_clean(self) -> None:
        """Each objective's row is checked when it is kept, since this form is for many rows."""


class ImpactForm(ClassedForm):
    """What is touched, and how strongly."""

    class Meta:
        model = Impact
        fields = ("proposal", "kind", "subject", "level", "note")
        help_texts = {"subject": "As Large Supplier, Import Supplier, PPMID, DCC System or Section K."}


class SystemImpactForm(ClassedForm):
    """Whether the DCC System is touched."""

    class Meta:
        model = SystemImpact
        fields = ("proposal", "answer", "told_by", "told_on", "note")


class CostForm(ClassedForm):
    """An estimate in whole pounds."""

    class Meta:
        model = Cost
        fields = ("proposal", "borne_by", "purpose", "low", "high", "about", "source", "dated_on", "note")


class PriorityForm(ClassedForm):
    """How pressing it is, and why."""

    class Meta:
        model = Priority
        fields = ("proposal", "level", "reason", "from_day")

    def _post_clean(self) -> None:
        """A new priority is checked when the one before has ended, an amended one at once."""
        if self.instance.pk:
            super()._post_clean()  # type: ignore[misc]
        else:
            self.instance = construct_instance(self, self.instance)


class SummaryForm(ClassedForm):
    """The plain words on top of a proposal's page."""

    class Meta:
        model = Summary
        fields = ("proposal", "problem", "change", "affected", "to_do")


class CrossCodeForm(ClassedForm):
    """Another code's change, named as that code names it."""

    code = forms.ChoiceField(label="Other code", choices=lambda: [(key, key) for key in sorted(other_codes())])

    class Meta:
        model = CrossCode
        fields = ("proposal", "code", "number", "title", "relation", "since")


class CodeListingForm(forms.ModelForm):  # type: ignore[type-arg]
    """One line of another code's register."""

    class Meta:
        model = CodeListing
        fields = ("code", "number", "title", "printed_on")


class SteeringForm(ClassedForm):
    """A choice of the Steering Group."""

    class Meta:
        model = Steering
        fields = ("proposal", "decided_on", "lead_code", "consequential_codes", "reason")


class ForumIssueForm(forms.ModelForm):  # type: ignore[type-arg]
    """An issue of the code administrators' forum, and the proposals that it touches."""

    touches = forms.CharField(
        label="Proposals that it touches", required=False, help_text="Their present labels, with commas: MP099, DP120."
    )

    class Meta:
        model = ForumIssue
        fields = ("number", "title", "raised_on", "closed_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["touches"].initial = ", ".join(one.reference for one in self.instance.proposals.all())

    def clean_touches(self) -> list[Proposal]:
        """The proposals. Raises ValidationError naming a label that no proposal has."""
        typed = [one.strip().upper() for one in self.cleaned_data["touches"].split(",") if one.strip()]
        found = {one.reference: one for one in Proposal.objects.filter(reference__in=typed)}
        if lost := [one for one in typed if one not in found]:
            raise forms.ValidationError(f"There is no proposal of the label {', '.join(lost)} now.")
        return list(found.values())


class InterestForm(ClassedForm):
    """A Sub-Committee that asks to be kept informed."""

    class Meta:
        model = Interest
        fields = ("proposal", "body", "asked_on", "until", "why")


class ViewForm(OfProposalForm):
    """What a Sub-Committee said; its class is that of what it said."""

    class Meta:
        model = SubCommitteeView
        fields = ("proposal", "body", "said_on", "meeting", "words", *FOR_WHOM)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["classification"].initial = self.instance.classification if self.instance.pk else Class.WHITE
