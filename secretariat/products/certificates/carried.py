"""The entries that a certificate carries: how its warning, remediation and removal reach them (PRD-21, PRD-25)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from secretariat.plain.dates import local_day
from secretariat.products.certificates.models import OPEN, Cause, Remediation
from secretariat.products.entries.procedure import CPL_ENTRY, ends_soon
from secretariat.products.models import (
    CURRENT,
    EXPIRING,
    LISTED,
    UNDER_REMEDIATION,
    DeviceModel,
    RemovalGround,
)

GROUNDS = {Cause.END: RemovalGround.EXPIRED, Cause.WITHDRAWAL: RemovalGround.WITHDRAWN}


def carried(remediation: Remediation) -> list[DeviceModel]:
    """The entries of a remediation that are on the list still, in the order of their ids."""
    return list(remediation.entries.filter(state__in=LISTED).order_by("entry_id"))


def _take(step: str, entries: Iterable[DeviceModel], at: datetime, recorded: datetime, **facts: Any) -> None:
    """Takes a step on entries as nobody's: the step of the remediation that causes it says whose it is."""
    for entry in entries:
        CPL_ENTRY.take(step, entry, by=None, at=at, recorded=recorded, **facts)


def remedy(remediation: Remediation, at: datetime, recorded: datetime) -> None:
    """Puts the entries of a remediation under it. Raises Refused."""
    entries = [entry for entry in carried(remediation) if entry.state in (CURRENT, EXPIRING)]
    _take("remediate", entries, at, recorded, reason=_why(remediation))


def remove_on(remediation: Remediation, day: date, at: datetime, recorded: datetime) -> None:
    """Sets the day on which the entries of a remediation leave the list. Raises Refused."""
    ground = GROUNDS[Cause(remediation.cause)]
    _take("set_removal", carried(remediation), at, recorded, ground=ground, day=day, reason=_why(remediation))


def release(remediation: Remediation, at: datetime, recorded: datetime) -> None:
    """Takes the removal of the entries back, and ends their remediation where nothing else keeps them in it.

    An entry stays under remediation while another certificate of it ends soon or has a remediation of its own.
    """
    entries, why = carried(remediation), f"{remediation.certificate} was renewed."
    _take("take_back", [entry for entry in entries if entry.removal_on], at, recorded, reason=why)
    held = Remediation.objects.filter(state__in=OPEN).exclude(pk=remediation.pk).values("entries")
    free = DeviceModel.objects.filter(pk__in=[entry.pk for entry in entries]).exclude(pk__in=held)
    day = local_day(at)
    recovered = [one for one in free if one.state == UNDER_REMEDIATION and not ends_soon(one, day)]
    _take("recover", recovered, at, recorded, reason=why)


def _why(remediation: Remediation) -> str:
    return f"{remediation.certificate}: {Cause(remediation.cause).label.lower()}."
