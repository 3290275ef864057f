"""Which proposals touch something: what the register of proposals is filtered by (NEW-12)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from secretariat.change.judging.models import ALL_PARTIES, Impact, read_subject
from secretariat.change.models import Proposal
from secretariat.core.classification import Class


def affecting(
    *, category: str = "", role: str = "", device: str = "", system: str = "", document: str = "", level: str = "",
    among: Any = None,
) -> models.QuerySet[Proposal]:  # fmt: skip
    """The proposals that touch all that is asked for, each at the level if one is asked for.

    A category is also touched by what touches all parties. `among` are the impacts that the reader may read; without
    it only White ones are looked at. What is not one of its kind is touched by nothing.
    """
    asked = {"category": category, "role": role, "device": device, "system": system, "document": document}
    impacts: Any = Impact.objects.filter(classification=Class.WHITE) if among is None else among
    impacts = impacts.filter(level=level) if level else impacts
    found: models.QuerySet[Proposal] = Proposal.objects.all()
    if level and not any(asked.values()):
        return found.filter(pk__in=impacts.values("proposal"))
    for kind, typed in asked.items():
        if typed:
            found = found.filter(pk__in=_touching(impacts, kind, typed).values("proposal"))
    return found


def _touching(impacts: Any, kind: str, typed: str) -> Any:
    try:
        subject = read_subject(kind, typed)
    except ValidationError:
        return impacts.none()
    subjects = {subject, ALL_PARTIES} if kind == Impact.Kind.CATEGORY else {subject}
    return impacts.filter(kind=kind, subject__in=subjects)


def subjects(kind: str, among: Any = None) -> list[str]:
    """What of a kind is touched by any proposal, in order: the choices of a filter."""
    impacts = Impact.objects.filter(classification=Class.WHITE) if among is None else among
    return list(impacts.filter(kind=kind).order_by("subject").values_list("subject", flat=True).distinct())
