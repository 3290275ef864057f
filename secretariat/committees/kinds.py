"""The bodies that a reference in prose can name."""

from __future__ import annotations

from django.db.models import Q

from secretariat.committees.models import Committee
from secretariat.core import kinds


def find_committee(text: str) -> Committee | None:
    """The body with this code, short name or name, in any case."""
    named = Q(code__iexact=text) | Q(short_name__iexact=text) | Q(name__iexact=text)
    return Committee.objects.filter(named).first()


kinds.register("committee", Committee, find_committee, lambda committee: committee.name)
