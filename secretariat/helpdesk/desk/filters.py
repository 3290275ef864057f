"""Filters of the queue."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet

from secretariat.core.filters import TextFilter
from secretariat.core.heading_choices import HeadingFilter
from secretariat.core.pages import reader
from secretariat.core.people import Team
from secretariat.helpdesk.ball import Holder
from secretariat.helpdesk.desk.models import OpenReply, ReplyTemplate
from secretariat.helpdesk.models import ASKED, CATEGORIES, OPEN, REFERRED, Channel, Enquiry

STATE_OF = {Holder.US: OPEN, Holder.ENQUIRER: ASKED, Holder.THIRD: REFERRED}
MINE, NOBODYS, DRAFTS = "mine", "nobody", "draft"


class QueueFilter(django_filters.FilterSet):
    """Filters of the enquiries in work."""

    text = TextFilter("number", "subject", "organisation", "enquirer", "address", "party__name", "messages__body")
    category = HeadingFilter("category", CATEGORIES, label="Category")
    waits_on = django_filters.ChoiceFilter(
        choices=[(holder.value, holder.value.capitalize()) for holder in STATE_OF], method="waiting", label="Waits on"
    )
    hand = django_filters.ChoiceFilter(
        choices=((MINE, "In my hand"), (NOBODYS, "In nobody's hand"), (DRAFTS, "With a draft of mine")),
        method="in_hand",
        label="In hand",
    )
    team = django_filters.ChoiceFilter(choices=Team.choices, label="Team")
    channel = django_filters.ChoiceFilter(choices=Channel.choices, label="Channel")
    overdue = django_filters.BooleanFilter(method="late", label="Overdue")
    put_off = django_filters.BooleanFilter(method="any_time", label="Put off")

    class Meta:
        model = Enquiry
        fields = ()

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows; one whose messages hold a word twice is there once."""
        found: QuerySet[Any] = super().filter_queryset(queryset)
        return found.distinct() if self.form.cleaned_data.get("text") else found

    def waiting(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those that wait on us, on the enquirer or on a third person."""
        return rows.filter(state=STATE_OF[Holder(value)])

    def in_hand(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those in the reader's own hand, in nobody's, or with a reply that the reader did not send yet."""
        request: Any = self.request
        if value == DRAFTS:
            drafts = OpenReply.objects.filter(person=reader(request)).exclude(typed={})
            return rows.filter(pk__in=drafts.values("enquiry"))
        return rows.filter(assignee=reader(request) if value == MINE else None)

    def late(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Those whose time has run out, or has not."""
        request: Any = self.request
        late = Q(due__lt=request.at)
        return rows.filter(late) if value else rows.filter(~late | Q(due__isnull=True))

    def any_time(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Those that are put off, and only those; the list leaves them out by itself."""
        request: Any = self.request
        return rows.filter(snoozed_until__gt=request.at) if value else rows


BY_DUE = (F("due").asc(nulls_last=True), "received", "pk")
"""What runs out first stands first; what waits on somebody else stands last."""


class ReplyTemplateFilter(django_filters.FilterSet):
    """Filters of the templates of replies."""

    text = TextFilter("title", "body")
    in_use = django_filters.BooleanFilter(label="In use")

    class Meta:
        model = ReplyTemplate
        fields = ()
