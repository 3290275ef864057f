"""Forms of seats and appointments."""

from __future__ import annotations

from django import forms

from secretariat.committees.seats.models import Appointment, Seat


class SeatForm(forms.ModelForm):  # type: ignore[type-arg]
    """A seat of a body."""

    class Meta:
        model = Seat
        fields = ("committee", "constituency", "voting_group", "title", "votes", "from_day", "to_day")


class AppointmentForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who holds a seat, or stands in for who holds it."""

    class Meta:
        model = Appointment
        fields = ("seat", "person", "alternate_for", "from_day", "to_day")
