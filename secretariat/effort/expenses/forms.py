"""The shape of what is typed about a claim."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from secretariat.effort.expenses.models import ExpenseClaim, ExpenseItem
from secretariat.effort.expenses.policy import MILEAGE
from secretariat.effort.money import MoneyField


class ClaimForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a claim is for."""

    class Meta:
        model = ExpenseClaim
        fields = ("purpose", "body", "beyond_why")


class ItemForm(forms.ModelForm):  # type: ignore[type-arg]
    """One item, with its receipt."""

    pence = MoneyField(
        label="Pounds", required=False,
        help_text="Such as 42.50, VAT included. Empty for one's own car. Paid in another currency: the pounds that "
        "your bank took, its statement in the same file as the receipt.",
    )  # fmt: skip
    miles = forms.DecimalField(min_value=Decimal("0.1"), max_digits=6, decimal_places=1, required=False)
    receipt = forms.FileField(required=False, help_text="PDF or PNG. It is sealed; every opening is journalled.")

    class Meta:
        model = ExpenseItem
        fields = ("sort", "day", "description", "pence")

    def clean(self) -> dict[str, Any]:
        """Keeps miles as tenths. Raises ValidationError where neither miles nor pounds are told, or both."""
        known = super().clean() or self.cleaned_data
        driven, miles = known.get("sort") == MILEAGE, known.get("miles")
        if driven != bool(miles):
            raise forms.ValidationError("Give the miles of one's own car, and of nothing else.")
        if not driven and not known.get("pence") and "pence" not in self.errors:
            raise forms.ValidationError("Give the amount in pounds.")
        self.instance.tenths = int(miles * 10) if miles else None
        return known

    def _post_clean(self) -> None:
        """The item's own checks are made as it is added to its claim."""
        for name in ("sort", "day", "description", "pence"):
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])


class TakeOutForm(forms.Form):
    """Which item is taken out."""

    item = forms.ModelChoiceField(ExpenseItem.objects.none(), empty_label=None)

    def __init__(self, claim: ExpenseClaim, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = claim.items.all()  # type: ignore[attr-defined]
