"""The shape of what is typed about the key infrastructure."""

from __future__ import annotations

from django import forms

from secretariat.assurance.pma.models import KeyCertificate, PmaDocument, Recovery


class KeyCertificateForm(forms.ModelForm):  # type: ignore[type-arg]
    """A certificate of the key infrastructure."""

    class Meta:
        model = KeyCertificate
        fields = ("name", "kind", "serial", "valid_from", "expires_on")


class RecoveryForm(forms.ModelForm):  # type: ignore[type-arg]
    """A case of recovery as it is opened."""

    class Meta:
        model = Recovery
        fields = ("title", "cause", "certificate", "text")


class PmaDocumentForm(forms.ModelForm):  # type: ignore[type-arg]
    """A document that is put to the SMKI PMA."""

    class Meta:
        model = PmaDocument
        fields = ("title", "kind", "version", "put_by", "changed")
