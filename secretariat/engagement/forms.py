"""Forms of portal users and of the months of the website."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from secretariat.core.filters import MonthField
from secretariat.core.heading_choices import HeadingField, headings
from secretariat.engagement.models import CATEGORIES, PortalUser, WebsiteMonth
from secretariat.plain.months import Month


class FirstDayField(MonthField):
    """A month typed as 2020-02; its value is the first day of it."""

    def clean(self, value: Any) -> date | None:  # type: ignore[override]
        """The first day, or none. Raises ValidationError with what to type."""
        month = super().clean(value)
        return month.first if month else None

    def prepare_value(self, value: Any) -> Any:
        """A kept day as its month; what was typed stays as typed."""
        return Month.of(value).iso if isinstance(value, date) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another month was typed."""
        return bool(self.prepare_value(initial) != data)


class PortalUserForm(forms.ModelForm):  # type: ignore[type-arg]
    """An account on the portal."""

    category = HeadingField(headings(CATEGORIES))

    class Meta:
        model = PortalUser
        fields = ("code", "category", "registered_on", "closed_on")


class WebsiteMonthForm(forms.ModelForm):  # type: ignore[type-arg]
    """How the website was used in one month."""

    month = FirstDayField(help_text="As 2020-02.")

    class Meta:
        model = WebsiteMonth
        fields = ("month", "visits", "page_views", "new_visitors", "returning_visitors")
