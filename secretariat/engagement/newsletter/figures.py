"""What a newsletter's pages count."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from secretariat.post.models import Message


def by_state(messages: QuerySet[Message]) -> dict[str, int]:
    """How many messages stand in each state; states without any are left out."""
    return dict(messages.order_by().values_list("state").annotate(Count("pk")))
