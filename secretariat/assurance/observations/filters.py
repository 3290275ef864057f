"""The choices offered on the board of observations. What was found is sealed, so nothing searches its words."""

from __future__ import annotations

from typing import Any

import django_filters

from secretariat.assurance.observations.models import WITH_THE_PARTY, Evidence, Observation, Purpose, Severity, State
from secretariat.core.filters import MonthFilter
from secretariat.core.pages import reader
from secretariat.plain.dates import local_day


class ObservationFilter(django_filters.FilterSet):
    """Choices among the observations that the person is named to read."""

    state = django_filters.ChoiceFilter(choices=State.choices, label="State")
    severity = django_filters.ChoiceFilter(choices=Severity.choices, label="Severity")
    obligation = django_filters.CharFilter(lookup_expr="startswith", label="Obligation begins with")
    due = MonthFilter("due", label="Due in")
    overdue = django_filters.BooleanFilter(method="late", label="Overdue")
    mine = django_filters.BooleanFilter(method="own", label="Mine to see to")

    request: Any

    class Meta:
        model = Observation
        fields = ()

    def late(self, rows: Any, name: str, value: bool) -> Any:
        """Those whose response or action is late on the day of asking, or the others."""
        late = {"state__in": WITH_THE_PARTY, "due__lt": local_day(self.request.at)}
        return rows.filter(**late) if value else rows.exclude(**late)

    def own(self, rows: Any, name: str, value: bool) -> Any:
        """Those that the person asking sees to, or the others."""
        own = {"owner": reader(self.request)}
        return rows.filter(**own) if value else rows.exclude(**own)


class EvidenceFilter(django_filters.FilterSet):
    """Choices among sealed files."""

    purpose = django_filters.ChoiceFilter(choices=Purpose.choices, label="What it is")
    kept = MonthFilter("kept_at", of="instant", label="Handed in in")

    class Meta:
        model = Evidence
        fields = ()
