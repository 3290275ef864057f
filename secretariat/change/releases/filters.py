"""The choices offered on the lists of releases and of what belongs to them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import django_filters

from secretariat.change.models import Release
from secretariat.change.releases.models import Milestone, MoveRequest, ReleaseItem
from secretariat.change.releases.procedure import ITEMS, MOVE_REQUESTS, RELEASES
from secretariat.change.releases.schedule import ad_hoc, scheduled
from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.plain.dates import local_day


def _states(procedure: Any) -> tuple[tuple[str, str], ...]:
    return tuple((state, state.capitalize()) for state in procedure.states)


SCHEDULED = (("yes", "Scheduled"), ("no", "Ad hoc"))


class ReleaseFilter(django_filters.FilterSet):
    """Choices among releases."""

    text = TextFilter("name")
    kind = django_filters.ChoiceFilter(choices=Release.Kind.choices, label="Kind")
    scheduled = django_filters.ChoiceFilter(choices=SCHEDULED, method="of_schedule", label="Scheduled or ad hoc")
    state = django_filters.ChoiceFilter(choices=_states(RELEASES), label="State")
    live = MonthFilter("go_live_on", label="Live in")

    class Meta:
        model = Release
        fields = ()

    def of_schedule(self, rows: Any, name: str, value: str) -> Any:
        """Those planned for a scheduled month, or the others (REL-1)."""
        at: datetime = self.request.at  # type: ignore[union-attr]
        return (scheduled if value == "yes" else ad_hoc)(rows, local_day(at))


class ReleaseItemFilter(django_filters.FilterSet):
    """Choices among the modifications in scopes."""

    text = TextFilter("proposal__reference", "proposal__title", "part", "release__name")
    state = django_filters.ChoiceFilter(choices=_states(ITEMS), label="State")
    live = MonthFilter("release__go_live_on", label="Live in")

    class Meta:
        model = ReleaseItem
        fields = ()


class MoveRequestFilter(django_filters.FilterSet):
    """Choices among requests to move a day."""

    text = TextFilter("release__name", "reason", "letter", "answer")
    state = django_filters.ChoiceFilter(choices=_states(MOVE_REQUESTS), label="State")
    asked_in = MonthFilter("asked_on", label="Asked in")

    class Meta:
        model = MoveRequest
        fields = ()


class MilestoneFilter(django_filters.FilterSet):
    """Choices among what else must happen."""

    text = TextFilter("what", "version", "owner", "release__name")
    kind = django_filters.ChoiceFilter(choices=Milestone.Kind.choices, label="Kind")
    done = django_filters.BooleanFilter("done_on", lookup_expr="isnull", exclude=True, label="Done")
    due = MonthFilter("due_on", label="Due in")

    class Meta:
        model = Milestone
        fields = ()
