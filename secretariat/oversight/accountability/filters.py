"""What can be asked of schemes, scores, milestones and change requests."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.oversight.accountability.models import (
    IncentiveMilestone,
    JointMilestone,
    PanelScore,
    PlanChange,
    Scheme,
)
from secretariat.oversight.accountability.procedure import INCENTIVE_MILESTONES, JOINT_MILESTONES, PLAN_CHANGES


def _state(states: list[str]) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(choices=tuple((one, one.capitalize()) for one in states), label="State")


class SchemeFilter(django_filters.FilterSet):
    """Schemes by words."""

    text = TextFilter("name", "source", "note")

    class Meta:
        model = Scheme
        fields = ()


class PanelScoreFilter(django_filters.FilterSet):
    """Scores by words and month."""

    text = TextFilter("question", "reason")
    given_in = MonthFilter("given_on", label="Given in")

    class Meta:
        model = PanelScore
        fields = ()


class IncentiveMilestoneFilter(django_filters.FilterSet):
    """Incentive milestones by words and state."""

    text = TextFilter("programme", "reference", "criteria")
    state = _state(INCENTIVE_MILESTONES.states)

    class Meta:
        model = IncentiveMilestone
        fields = ()


class JointMilestoneFilter(django_filters.FilterSet):
    """Milestones of the joint plan by words, state and month."""

    text = TextFilter("programme", "name")
    state = _state(JOINT_MILESTONES.states)
    due_in = MonthFilter("due_on", label="Due in")

    class Meta:
        model = JointMilestone
        fields = ()


class PlanChangeFilter(django_filters.FilterSet):
    """Change requests by words, state and month."""

    text = TextFilter("title", "why")
    state = _state(PLAN_CHANGES.states)
    issued_in = MonthFilter("issued_on", label="Issued in")

    class Meta:
        model = PlanChange
        fields = ()
