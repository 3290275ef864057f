"""Forms of exits and of appointments."""

from __future__ import annotations

from django import forms

from secretariat.register.leaving.models import LastResort, Leaving
from secretariat.register.parties import PARTY, Party


class LeavingForm(forms.ModelForm):  # type: ignore[type-arg]
    """The beginning of an exit: the party's notice, or what else makes it leave."""

    day = forms.DateField(label="Day of the notice, or of what happened")

    class Meta:
        model = Leaving
        fields = ("party", "ground")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["party"] = forms.ModelChoiceField(Party.objects.filter(state=PARTY, is_dcc=False))


class LastResortForm(forms.ModelForm):  # type: ignore[type-arg]
    """An appointment by the Authority."""

    class Meta:
        model = LastResort
        fields = ("failing", "appointed", "appointed_on", "note")
