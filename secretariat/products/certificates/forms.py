"""The shape of what is typed about certificates and remediation."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from secretariat.products.certificates.models import Remediation
from secretariat.products.certificates.procedure import PLAN, suppliers_on
from secretariat.products.models import Certificate
from secretariat.register.parties import Party


class CertificateForm(forms.ModelForm):  # type: ignore[type-arg]
    """A certificate as its scheme shows it."""

    class Meta:
        model = Certificate
        fields = ("scheme", "number", "holder", "firmware", "issued_on", "expires_on", "renewal_on")

    def clean(self) -> dict[str, Any]:
        """Either an expiry or, held for life, a renewal date (PRD-23)."""
        told = super().clean() or {}
        if told.get("expires_on") and told.get("renewal_on"):
            self.add_error(
                "renewal_on", "Give the expiry or the renewal date: a certificate held for life has no expiry."
            )
        return told


class WithdrawalForm(forms.Form):
    """That a certificate was withdrawn or cancelled."""

    day = forms.DateField(label="Withdrawn on")
    why = forms.CharField(max_length=300, label="Why")


class RenewalForm(forms.Form):
    """Until when a certificate was renewed."""

    end = forms.DateField(label="Ends on")
    for_life = forms.BooleanField(
        required=False, label="It is held for life", help_text="Then the day is that of the next renewal."
    )


class RemediationForm(forms.ModelForm):  # type: ignore[type-arg]
    """The opening of a remediation."""

    class Meta:
        model = Remediation
        fields = ("certificate", "note")


class AskForm(forms.Form):
    """The suppliers to be asked for their plans, and by when."""

    parties = forms.ModelMultipleChoiceField(
        Party.objects.none(), widget=forms.CheckboxSelectMultiple, label="Suppliers affected",
        help_text="Suppliers of today that are not asked yet.",
    )  # fmt: skip
    reply_by = forms.DateField(label="To be answered by")

    def __init__(self, remediation: Remediation, day: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = remediation.requests.values("party")
        rows = Party.objects.on(day).filter(pk__in=suppliers_on(day).values("party")).exclude(pk__in=asked)
        self.fields["parties"].queryset = rows.order_by("name")  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """A supplier's plan, with its file if there is one."""

    plan = PLAN["plan"]()
    devices = PLAN["devices"]()
    completes_on = PLAN["completes_on"]()
    file = forms.FileField(required=False, label="The plan as a file", help_text="PDF, Word, Excel, CSV or text.")


class NoticeForm(forms.Form):
    """The notice to all parties."""

    text = forms.CharField(
        widget=forms.Textarea, max_length=5000, label="The notice", help_text="As all parties read it."
    )
