"""The records of incidents that pages and figures lead to."""

from __future__ import annotations

from secretariat.assurance.incidents.models import Advisory, SecurityNotice
from secretariat.core.kinds import register


def not_named(text: str) -> None:
    """Nothing: a notice is found by whom it names, and prose never names one."""


register("security notice", SecurityNotice, not_named)
register("security advisory", Advisory, not_named)
