"""The form of a day entry."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.core.heading_choices import HeadingField, headings
from secretariat.effort.load import hundredths
from secretariat.effort.models import DRIVERS, DayEntry
from secretariat.plain.rounding import half_up


class DaysField(forms.Field):
    """Days typed with up to two decimals; its value is whole hundredths."""

    def to_python(self, value: Any) -> int | None:
        """The hundredths, or none. Raises ValidationError with what to type."""
        if value in self.empty_values:
            return None
        try:
            return hundredths(str(value).strip())
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def prepare_value(self, value: Any) -> Any:
        """Stored hundredths as days; what was typed stays as typed."""
        return f"{half_up(value, 2)}" if isinstance(value, int) else value


class DayEntryForm(forms.ModelForm):  # type: ignore[type-arg]
    """What one worker spent on one driver on one day."""

    driver = HeadingField(headings(DRIVERS))
    hundredths = DaysField(label="Days", help_text="Days with at most two decimals, such as 0.25.")

    class Meta:
        model = DayEntry
        fields = ("worker", "worker_code", "day", "driver", "hundredths")
