"""The shape of what is typed about a procurement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms

from secretariat.core.classification import Class
from secretariat.core.people import Person
from secretariat.effort.money import MoneyField
from secretariat.effort.procurement.models import Bid, Criterion, Evaluator, Procurement
from secretariat.effort.procurement.scoring import WHOLE
from secretariat.effort.projects.models import Project


class ProcurementForm(forms.ModelForm):  # type: ignore[type-arg]
    """A procurement."""

    class Meta:
        model = Procurement
        fields = ("title", "project", "approver", "opens_at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        projects: Any = Project.objects.filter(classification__lte=Class.AMBER)
        self.fields["project"].queryset = projects  # type: ignore[attr-defined]


class DocumentForm(forms.Form):
    """A version of a tender document."""

    title = forms.CharField(max_length=160)
    version = forms.CharField(max_length=10)
    file = forms.FileField()


class CriterionForm(forms.Form):
    """A criterion."""

    name = forms.CharField(max_length=120)
    weight = forms.IntegerField(min_value=1, max_value=WHOLE, label="Weight in per cent")


class QuestionForm(forms.Form):
    """A bidder's question, and the answer for all."""

    asked_by = forms.CharField(max_length=160, help_text="Kept; bidders are never told.")
    asked_on = forms.DateField()
    question = forms.CharField(widget=forms.Textarea)
    answer = forms.CharField(widget=forms.Textarea, label="Answer, for all bidders")


class BidForm(forms.Form):
    """A bid that came."""

    bidder = forms.CharField(max_length=160)
    pence = MoneyField(label="Price in pounds")
    file = forms.FileField(help_text="It is sealed until the bids are opened: nobody reads it before.")


class EvaluatorForm(forms.Form):
    """Somebody who scores."""

    person = forms.ModelChoiceField(Person.objects.none(), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = Person.objects.filter(is_active=True, capacities__isnull=False).distinct()
        self.fields["person"].queryset = staff.order_by("name")  # type: ignore[attr-defined]


class DeclarationForm(forms.Form):
    """What an evaluator declares."""

    none = forms.BooleanField(required=False, label="I have no conflict of interest with any bidder")
    conflict = forms.CharField(max_length=300, required=False, label="Or: my conflict")

    def clean(self) -> dict[str, Any]:
        """One of the two. Raises ValidationError."""
        known = super().clean() or self.cleaned_data
        if bool(known.get("none")) == bool(known.get("conflict")):
            raise forms.ValidationError("Say that you have no conflict, or which; not both and not neither.")
        return known


class ScoreForm(forms.Form):
    """An evaluator's points and reasons for one bid."""

    def __init__(self, bid: Bid, evaluator: Evaluator | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(bid.procurement.criteria.all())
        mine = bid.scores.filter(evaluator=evaluator) if evaluator else bid.scores.none()
        given = {one.criterion_id: one for one in mine}
        for one in self.criteria:
            there = given.get(one.pk)
            self.fields[f"points_{one.pk}"] = forms.IntegerField(
                min_value=0, max_value=WHOLE, label=f"{one}: points", initial=there.points if there else None
            )
            self.fields[f"why_{one.pk}"] = forms.CharField(
                max_length=300, label=f"{one.name}: why", initial=there.why if there else ""
            )

    def given(self) -> dict[Criterion, tuple[int, str]]:
        """The points and reasons by criterion."""
        return dict(self._given())

    def _given(self) -> Iterator[tuple[Criterion, tuple[int, str]]]:
        for one in self.criteria:
            yield one, (self.cleaned_data[f"points_{one.pk}"], self.cleaned_data[f"why_{one.pk}"])
