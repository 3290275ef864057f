"""The shape of what is typed about releases."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.change.models import Proposal, Release
from secretariat.change.releases.models import Milestone, MoveRequest, ReleaseItem
from secretariat.change.releases.procedure import ENDED
from secretariat.change.releases.states import BEFORE_LIVE


class ReleaseForm(forms.ModelForm):  # type: ignore[type-arg]
    """A release of the code. Its day is asked once, when it is planned; afterwards it moves by a step."""

    class Meta:
        model = Release
        fields = ("name", "go_live_on", "kind", "capacity", "capacity_unit")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["capacity_unit"].required = False
        if self.instance.pk and self.instance.state:
            del self.fields["go_live_on"]

    def clean_capacity_unit(self) -> str:
        """Modifications, where nothing is chosen."""
        return self.cleaned_data.get("capacity_unit") or Release.Unit.MODIFICATIONS.value


class ReleaseItemForm(forms.ModelForm):  # type: ignore[type-arg]
    """A modification in the scope of a release; which ones they are is asked once."""

    class Meta:
        model = ReleaseItem
        fields = ("release", "proposal", "part", "points")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in ("release", "proposal"):
                del self.fields[name]
            return
        proposals = Proposal.objects.exclude(state__in=ENDED).order_by("number", "suffix")
        releases = Release.objects.filter(state__in=BEFORE_LIVE).order_by("go_live_on")
        self.fields["proposal"] = forms.ModelChoiceField(proposals, label="Modification")
        self.fields["release"] = forms.ModelChoiceField(releases)


class MoveRequestForm(forms.ModelForm):  # type: ignore[type-arg]
    """A request to the Authority."""

    class Meta:
        model = MoveRequest
        fields = ("release", "wanted_for", "reason", "letter")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["release"] = forms.ModelChoiceField(Release.objects.filter(state__in=BEFORE_LIVE))


class MilestoneForm(forms.ModelForm):  # type: ignore[type-arg]
    """Something else that must happen."""

    class Meta:
        model = Milestone
        fields = ("release", "kind", "what", "version", "proposal", "owner", "due_on", "done_on")

    def clean(self) -> dict[str, Any]:
        """A milestone has a day on which it is due, or one on which it was done. Raises ValidationError."""
        cleaned = super().clean() or {}
        if not cleaned.get("due_on") and not cleaned.get("done_on"):
            self.add_error("due_on", "Say when it is due, or when it was done.")
        return cleaned
