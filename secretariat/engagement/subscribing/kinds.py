"""Subscribers have no reference: nothing in prose names one."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.engagement.subscribing.models import Subscriber


def not_named(text: str) -> None:
    """Nothing: who subscribes is not told in prose."""


register("newsletter subscriber", Subscriber, not_named)
