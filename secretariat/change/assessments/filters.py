"""What can be asked of assessments, ideas and requests for information."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.db.models import F, Q

from secretariat.change.assessments.models import (
    ANSWERED,
    ASKED,
    DROPPED,
    RAISED,
    RECEIVED,
    REPLIED,
    REQUESTED,
    RETURNED,
    WITHDRAWN,
    Assessment,
    AssessmentKind,
    Idea,
    InformationRequest,
)
from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.plain.dates import local_day

LATENESS = (("late", "Late"), ("in time", "In time or not yet due"))


def _states(*names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, name.capitalize()) for name in names)


def _late(due: str, done: str, open_state: str, on: date) -> Q:
    """Done after the day due, or open after it."""
    return Q(**{f"{done}__gt": F(due)}) | Q(**{"state": open_state, f"{due}__lt": on})


class _Asked(django_filters.FilterSet):
    """What is due by a day."""

    due, done, open_state = "due_on", "", ""
    request: Any

    def of_lateness(self, rows: Any, name: str, value: str) -> Any:
        """The rows that are late on the day asked, or those that are not."""
        late = _late(self.due, self.done, self.open_state, local_day(self.request.at))
        return rows.filter(late) if value == "late" else rows.exclude(pk__in=rows.filter(late).values("pk"))


class AssessmentFilter(_Asked):
    """Assessments by proposal, kind, state, lateness and month."""

    done, open_state = "returned_on", REQUESTED

    text = TextFilter("proposal__reference", "proposal__title", "cost_note")
    proposal = django_filters.CharFilter("proposal__reference", "iexact", label="Proposal")
    kind = django_filters.ChoiceFilter(choices=AssessmentKind.choices)
    state = django_filters.ChoiceFilter(choices=_states(REQUESTED, RETURNED, WITHDRAWN), label="State")
    lateness = django_filters.ChoiceFilter(choices=LATENESS, method="of_lateness", label="Late")
    due_in = MonthFilter("due_on", label="Due in")

    class Meta:
        model = Assessment
        fields = ()


class IdeaFilter(_Asked):
    """Ideas by words, state, lateness of the reply and month."""

    due, done, open_state = "reply_due_on", "replied_on", RECEIVED

    text = TextFilter("title", "text", "from_name")
    state = django_filters.ChoiceFilter(choices=_states(RECEIVED, REPLIED, RAISED, DROPPED), label="State")
    lateness = django_filters.ChoiceFilter(choices=LATENESS, method="of_lateness", label="Reply late")
    told_in = MonthFilter("submitted_at", of="instant", label="Told in")

    class Meta:
        model = Idea
        fields = ()


class InformationRequestFilter(_Asked):
    """Requests for information by proposal, whom, state, lateness and month."""

    done, open_state = "answered_on", ASKED

    text = TextFilter("asked_of", "question", "proposal__title")
    proposal = django_filters.CharFilter("proposal__reference", "iexact", label="Proposal")
    state = django_filters.ChoiceFilter(choices=_states(ASKED, ANSWERED, WITHDRAWN), label="State")
    lateness = django_filters.ChoiceFilter(choices=LATENESS, method="of_lateness", label="Late")
    due_in = MonthFilter("due_on", label="Due in")

    class Meta:
        model = InformationRequest
        fields = ()
