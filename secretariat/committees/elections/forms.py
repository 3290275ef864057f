"""Forms of elections: a call with its seats, a nomination, and an interest told between elections."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from secretariat.committees.elections import windows
from secretariat.committees.elections.models import CLOSED, CONTESTED, NOMINATING, Call, Contest, Interest, Nomination
from secretariat.committees.models import Committee
from secretariat.committees.seats.models import Filling, Seat
from secretariat.core.rulebook import UnknownRule
from secretariat.plain.workdays import OutsideCalendarError


class CallForm(forms.ModelForm):  # type: ignore[type-arg]
    """A call for nominations to vacant seats; what is left empty is reckoned by the rules of the body."""

    frozen_on = forms.DateField(
        required=False, label="Register frozen as at", help_text="Empty: the day on which nominations open."
    )
    closes_on = forms.DateField(
        required=False, label="Nominations close on",
        help_text="At 17:00. Empty: after as many Working Days as the rules of the body give.",
    )  # fmt: skip
    seats = forms.ModelMultipleChoiceField(
        Seat.objects.filter(filling=Filling.ELECTED, voting_group=None), help_text="Vacant when the new terms begin."
    )

    class Meta:
        model = Call
        fields = ("committee", "occasion", "opens_on", "closes_on", "frozen_on", "term_from", "electorate")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body = str(self.initial.get("committee", ""))
        if body.isdigit():
            seats: Any = self.fields["seats"]
            seats.queryset = seats.queryset.filter(committee=int(body))

    def clean(self) -> dict[str, Any]:
        """Reckons the days that were left empty."""
        cleaned = super().clean() or {}
        body, opens_on = cleaned.get("committee"), cleaned.get("opens_on")
        if body and opens_on:
            cleaned["frozen_on"] = cleaned.get("frozen_on") or opens_on
            self._reckon(body, opens_on, cleaned.get("closes_on"))
        return cleaned

    def _reckon(self, body: Committee, opens_on: date, last: date | None) -> None:
        try:
            closes_at = windows.at_five(last) if last else windows.nominations_close(body, opens_on)
            windows.nominations_close(body, opens_on)
        except (OutsideCalendarError, UnknownRule) as error:
            raise forms.ValidationError(str(error)) from error
        self.instance.closes_at = closes_at


class NominationForm(forms.ModelForm):  # type: ignore[type-arg]
    """Somebody put forward for the seats of a constituency."""

    class Meta:
        model = Nomination
        fields = ("contest", "party", "name", "email", "statement", "consents")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["contest"], self.fields["party"]
            return
        contests = Contest.objects.filter(call__state__in=(NOMINATING, CLOSED), state=CONTESTED)
        self.fields["contest"].queryset = contests.select_related("call__committee")  # type: ignore[attr-defined]


class InterestForm(forms.ModelForm):  # type: ignore[type-arg]
    """Somebody who would sit on a body."""

    class Meta:
        model = Interest
        fields = ("committee", "constituency", "name", "email", "words")
