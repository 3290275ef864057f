"""Filters of the papers of meetings."""

from __future__ import annotations

import django_filters

from secretariat.committees.filters import BodyFilter
from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.meetings.agenda.models import Act
from secretariat.meetings.packs.models import DRAFT, ISSUED, READY, SUPERSEDED, WITHDRAWN, MeetingPaper

STATES = tuple((one, one.capitalize()) for one in (DRAFT, READY, ISSUED, WITHDRAWN, SUPERSEDED))


class MeetingPaperFilter(django_filters.FilterSet):
    """Papers by words, body, month, action, state, and whether they came late."""

    text = TextFilter("title", "purpose", "recommendation", "team", "meeting__reference")
    meeting = django_filters.NumberFilter("meeting_id", label="Meeting")
    committee = BodyFilter("meeting__committee")
    month = MonthFilter("meeting__day", label="Month")
    act = django_filters.ChoiceFilter(choices=Act.choices, label="Action")
    state = django_filters.ChoiceFilter(choices=STATES, label="State")
    late = django_filters.BooleanFilter(label="Late")

    class Meta:
        model = MeetingPaper
        fields = ()
