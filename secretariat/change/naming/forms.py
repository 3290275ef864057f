"""Forms of splits, solutions, issues and Issue Resolution Proposals."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.change.models import Proposal
from secretariat.change.naming.models import Issue, IssueResolution, Solution, Split


def by_label(label: str = "Proposal", *stages: str) -> forms.ModelChoiceField[Proposal]:
    """A proposal, typed by its present label; of these stages only, where some are told."""
    found = Proposal.objects.filter(state__in=stages) if stages else Proposal.objects.all()
    none = "There is no open proposal of this label." if stages else "There is no proposal of this label now."
    return forms.ModelChoiceField(
        found, to_field_name="reference", label=label, widget=forms.TextInput,
        help_text="Its present label, such as MP099.", error_messages={"invalid_choice": none},
    )  # fmt: skip


class OfProposalForm(forms.ModelForm):  # type: ignore[type-arg]
    """A record of one proposal, which is named at entry and stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields.pop("proposal")
        else:
            self.fields["proposal"] = by_label()


class SplitForm(forms.ModelForm):  # type: ignore[type-arg]
    """A proposal that becomes separate modifications."""

    title = forms.CharField(max_length=250, label="Title of the part that stays")
    other_title = forms.CharField(max_length=250, label="Title of the part that is split off")

    class Meta:
        model = Split
        fields = ("reason",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"proposal": by_label(), **self.fields}


class SolutionForm(OfProposalForm):
    """A solution; an alternative is given its letter."""

    class Meta:
        model = Solution
        fields = ("proposal", "kind", "title", "description", "raised_by")

    def clean(self) -> dict[str, Any]:
        """Gives an alternative the next letter of its modification."""
        cleaned = super().clean() or {}
        proposal = cleaned.get("proposal")
        if cleaned.get("kind") != Solution.Kind.ALTERNATIVE:
            self.instance.letter = ""
        elif proposal is not None and not self.instance.letter:
            last = max(Solution.objects.filter(proposal=proposal).values_list("letter", flat=True), default="")
            self.instance.letter = chr(ord(last) + 1) if last else "A"
        return cleaned


class IssueForm(forms.ModelForm):  # type: ignore[type-arg]
    """Something that does not work."""

    class Meta:
        model = Issue
        fields = ("number", "title", "text", "raised_by", "raised_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["number"]
        else:
            self.fields["number"].required = False
            self.fields["number"].help_text = "Leave empty for the next number."

    def clean_number(self) -> int:
        """The number typed, or the next one."""
        typed: int | None = self.cleaned_data["number"]
        return typed or (Issue.objects.values_list("number", flat=True).order_by("-number").first() or 0) + 1


class IssueResolutionForm(forms.ModelForm):  # type: ignore[type-arg]
    """An Issue Resolution Proposal."""

    class Meta:
        model = IssueResolution
        fields = ("number", "title", "document", "category", "applies_to_versions", "raised_on")
