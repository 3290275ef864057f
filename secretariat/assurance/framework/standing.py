"""Which version and which controls hold on a day, and what differs between two versions (SEC-20)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from secretariat.assurance.framework.models import Control, FrameworkVersion


@dataclass(frozen=True)
class Asked:
    """What one control asks: all of it that a version can change."""

    reference: str
    obligation: str
    title: str
    says: str


@dataclass(frozen=True)
class Difference:
    """One control that differs between two versions, and in what."""

    reference: str
    how: str
    fields: tuple[str, ...] = ()


def version_on(framework: str, day: date) -> FrameworkVersion | None:
    """The version of a framework in force on a day; none before its first."""
    rows = FrameworkVersion.objects.filter(framework=framework, title="", from_day__lte=day)
    found: FrameworkVersion | None = rows.order_by("-from_day").first()
    return found


def controls_of(version: FrameworkVersion) -> models.QuerySet[Any]:
    """The controls of a version: those begun with it or before, and not yet ended."""
    begun = Control.objects.filter(since__framework=version.framework, since__title=version.title)
    held = Q(until__isnull=True) | Q(until__from_day__gt=version.from_day)
    rows: models.QuerySet[Any] = begun.filter(held, since__from_day__lte=version.from_day).order_by(
        "obligation", "reference", "pk"
    )
    return rows


def asked(control: Control) -> Asked:
    """What a control asks, as a value."""
    return Asked(control.reference, control.obligation, control.title, control.says)


def differences(earlier: Iterable[Asked], later: Iterable[Asked]) -> list[Difference]:
    """What differs between two versions, by reference: added, removed, or changed and in which fields."""
    before, after = ({one.reference: one for one in rows} for rows in (earlier, later))
    return list(_differences(before, after))


def _differences(before: dict[str, Asked], after: dict[str, Asked]) -> Iterator[Difference]:
    for reference in sorted(before.keys() | after.keys()):
        old, new = before.get(reference), after.get(reference)
        if old is None:
            yield Difference(reference, "added")
        elif new is None:
            yield Difference(reference, "removed")
        elif old != new:
            fields = tuple(name for name in ("obligation", "title", "says") if getattr(old, name) != getattr(new, name))
            yield Difference(reference, "changed", fields)
