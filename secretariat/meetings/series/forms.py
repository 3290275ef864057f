"""Forms of series and their exceptions."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.meetings.series.models import RUNNING, Series, SeriesException


class SeriesForm(forms.ModelForm):  # type: ignore[type-arg]
    """The rule by which a body meets."""

    class Meta:
        model = Series
        fields = (
            "committee", "rhythm", "every", "weekday", "nth", "on_holiday", "starts", "ends", "from_day", "to_day",
            "numbered",
        )  # fmt: skip
        help_texts = {
            "every": "1 for every week or month, 2 for every second.",
            "from_day": "When counted in weeks, the first meeting is on the first such weekday from here.",
        }


class SeriesExceptionForm(forms.ModelForm):  # type: ignore[type-arg]
    """A day of a running series on which the body does not meet, or meets on another day instead."""

    despite_clash = forms.BooleanField(required=False, label="Move it despite a clash")

    class Meta:
        model = SeriesException
        fields = ("series", "day", "instead", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["series"] = forms.ModelChoiceField(Series.objects.filter(state=RUNNING))
