"""What can be asked of programmes, phases, documents, plans and proposals of testing."""

from __future__ import annotations

from typing import Any

import django_filters

from secretariat.core.filters import MonthFilter, ReadableFilter, TextFilter
from secretariat.oversight.testing.models import (
    ConcurrentTesting,
    Dependency,
    DocumentKind,
    GovernancePlan,
    PhaseKind,
    ProgrammeKind,
    TestDocument,
    TestPhase,
    TestProgramme,
)
from secretariat.oversight.testing.procedure import (
    CONCURRENT_TESTING,
    GOVERNANCE_PLANS,
    TEST_DOCUMENTS,
    TEST_PHASES,
)


def _state(states: list[str]) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(choices=tuple((one, one.capitalize()) for one in states), label="State")


def _programme(field: str = "programme") -> ReadableFilter:
    return ReadableFilter(TestProgramme, field_name=field, label="Programme")


class TestProgrammeFilter(django_filters.FilterSet):
    """Programmes by words and kind."""

    __test__ = False
    text = TextFilter("name", "about")
    kind = django_filters.ChoiceFilter(choices=ProgrammeKind.choices, label="Kind")

    class Meta:
        model = TestProgramme
        fields = ()


class TestPhaseFilter(django_filters.FilterSet):
    """Phases by programme, kind, state, environment and month."""

    __test__ = False
    programme = _programme()
    kind = django_filters.ChoiceFilter(choices=PhaseKind.choices, label="Kind")
    state = _state(TEST_PHASES.states)
    environment = django_filters.CharFilter(lookup_expr="icontains", label="Environment")
    begins_in = MonthFilter("begins_on", label="Begins in")

    class Meta:
        model = TestPhase
        fields = ()


class TestDocumentFilter(django_filters.FilterSet):
    """Documents by words, programme, kind, state and month."""

    __test__ = False
    text = TextFilter("title", "relates_to", "meeting")
    programme = _programme()
    kind = django_filters.ChoiceFilter(choices=DocumentKind.choices, label="Kind")
    state = _state(TEST_DOCUMENTS.states)
    submitted_in = MonthFilter("submitted_on", label="Submitted in")
    decided_in = MonthFilter("decided_on", label="Decided in")

    class Meta:
        model = TestDocument
        fields = ()


class GovernancePlanFilter(django_filters.FilterSet):
    """Plans of governance by words, programme and state."""

    text = TextFilter("title", "concerns")
    programme = _programme()
    state = _state(GOVERNANCE_PLANS.states)

    class Meta:
        model = GovernancePlan
        fields = ()


class DependencyFilter(django_filters.FilterSet):
    """Dependencies by words, and by whether what is done when it is late was told."""

    text = TextFilter("why", "mitigation", "phase__programme__name", "needed__programme__name")
    mitigated = django_filters.BooleanFilter("mitigation", method="by_mitigation", label="Mitigated")

    class Meta:
        model = Dependency
        fields = ()

    def by_mitigation(self, rows: Any, name: str, value: bool) -> Any:
        """The dependencies with a mitigation, or those without."""
        return rows.exclude(mitigation="") if value else rows.filter(mitigation="")


class ConcurrentTestingFilter(django_filters.FilterSet):
    """Proposals of concurrent testing by words and state."""

    text = TextFilter("case", "risks", "one__name", "other__name")
    state = _state(CONCURRENT_TESTING.states)

    class Meta:
        model = ConcurrentTesting
        fields = ()
