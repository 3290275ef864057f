"""Forms of seats and appointments."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.committees.seats.models import Appointment, Seat
from secretariat.core.people import Person


class SeatForm(forms.ModelForm):  # type: ignore[type-arg]
    """A seat of a body."""

    class Meta:
        model = Seat
        fields = (
            "committee", "constituency", "voting_group", "title", "votes", "filling", "filled_by", "second_hat",
            "from_day", "to_day",
        )  # fmt: skip
        labels = {"committee": "Body"}


class AppointmentForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who holds a seat, or stands in for who holds it; once appointed, person and seat stay."""

    class Meta:
        model = Appointment
        fields = ("seat", "person", "alternate_for", "how", "employer", "notice_on", "from_day", "to_day")
        help_texts = {"to_day": "Empty: as long as the rules say, or until further notice where they say nothing."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("seat", "person", "alternate_for") if self.instance.pk else ():
            del self.fields[name]


class AlternateForm(forms.ModelForm):  # type: ignore[type-arg]
    """A member's notice of an alternate, by the address with which the alternate signs in."""

    address = forms.EmailField(label="E-mail address of the alternate")

    class Meta:
        model = Appointment
        fields = ("notice_on", "from_day", "to_day")
        help_texts = {"to_day": "Empty: as long as you hold the seat."}

    field_order = ("address", "notice_on", "from_day", "to_day")

    def clean_address(self) -> Person:
        """The person with this address. Raises ValidationError."""
        found = Person.objects.filter(email__iexact=self.cleaned_data["address"], is_active=True).first()
        if found is None:
            raise forms.ValidationError("Nobody signs in with this address. Ask the secretariat to add the person.")
        return found
