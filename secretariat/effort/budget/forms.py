"""The shape of what is typed about a budget."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.effort.budget.actions import Planned, lines_of
from secretariat.effort.budget.categories import categories_ever
from secretariat.effort.budget.models import BudgetCycle, BudgetMonth, SpendEntry
from secretariat.effort.money import MoneyField


class CycleForm(forms.ModelForm):  # type: ignore[type-arg]
    """A budget that is begun."""

    class Meta:
        model = BudgetCycle
        fields = ("first_year", "note")


class VersionForm(forms.Form):
    """A new version: its number and day, and every line of it."""

    number = forms.RegexField(r"^[0-9]{1,2}\.[0-9]{1,2}$", help_text="Such as 0.4; a whole number is the Panel's.")
    made_on = forms.DateField(label="Dated")
    note = forms.CharField(max_length=300, required=False, label="What changed")
    lines = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 16}), strip=False,
        help_text="One a row: category, line, the pounds of three years, and twelve weights if not spent evenly.",
    )  # fmt: skip

    def clean_lines(self) -> list[Planned]:
        """The lines. Raises ValidationError naming each row that cannot be read."""
        return lines_of(self.cleaned_data["lines"])


class ConsultForm(forms.Form):
    """When the consultation on a budget closes."""

    closes_at = forms.DateTimeField(label="Closes", help_text="Such as 2020-01-31 17:00, London time.")


class SpendForm(forms.ModelForm):  # type: ignore[type-arg]
    """What was spent."""

    pence = MoneyField(label="Pounds", help_text="Such as 1234.56; with a minus for what came back.")

    class Meta:
        model = SpendEntry
        fields = ("reference", "day", "category", "description", "pence")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = self.instance.category
        kept = [(there, there)] if there and (there, there) not in categories_ever() else []
        self.fields["category"] = forms.ChoiceField(choices=[*categories_ever(), *kept])


class MonthForm(forms.ModelForm):  # type: ignore[type-arg]
    """A month whose accounts are opened."""

    class Meta:
        model = BudgetMonth
        fields = ("month",)
