"""Writes of the register that are more than one step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from secretariat.core import journal
from secretariat.core.people import Person
from secretariat.plain.dates import local_day, long_date
from secretariat.register.models import IN_DEFAULT, NOTICE_SERVED, Party, TestNotification, UserEntry, UserRole
from secretariat.register.procedure import DEFAULTS, PARTIES
from secretariat.register.user_entry.confirming import match


def expel(
    party: Party,
    *,
    day: date | str,
    reason: str,
    note: str = "",
    by: Person | None,
    at: datetime,
    recorded: datetime,
) -> None:
    """Expels a party and ends its open default cases, all or nothing (rules DEF-2, DEF-6). Raises Refused."""
    with transaction.atomic():
        PARTIES.take("expel", party, by=by, at=at, recorded=recorded, day=day, reason=reason, note=note)
        for case in party.defaults.filter(state__in=(NOTICE_SERVED, IN_DEFAULT)):
            DEFAULTS.take("expel", case, by=by, at=at, recorded=recorded)


def complete_user_entry(
    entry: UserEntry, roles: Iterable[UserRole], *, by: Person | None, at: datetime, recorded: datetime
) -> UserEntry:
    """Enters a completion of user entry for some roles and returns it (rules UEP-1, UEP-4).

    Raises ValidationError with a sentence: no role, a day to come or before the accession, a role completed before.
    """
    told = list(roles)
    _check_entry(entry, told, at)
    with transaction.atomic():
        journal.enter(entry, by=by, at=at, recorded=recorded, verb="complete", roles=[role.name for role in told])
        entry.roles.set(told, through_defaults={"party": entry.party})
    return entry


def _check_entry(entry: UserEntry, roles: list[UserRole], at: datetime) -> None:
    if not roles:
        raise ValidationError("User entry is completed role by role: name at least one role.")
    _check_day(entry.party, entry.completed_on, at)
    done = set(entry.party.completed_roles.filter(role__in=roles).values_list("role__name", flat=True))
    if done:
        raise ValidationError(f"{entry.party} has completed user entry before as {', '.join(sorted(done))}.")


def notify_test(
    notification: TestNotification,
    roles: Iterable[UserRole],
    *,
    by: Person | None,
    at: datetime,
    recorded: datetime,
) -> TestNotification:
    """Enters the DCC's word that a party passed tests, for some roles or for none, and returns it (rule UEP-8).

    What the party's entries into roles need and this shows to be met is confirmed with it (rule UEP-3).

    Raises ValidationError with a sentence: a day to come or before the accession, the same word twice on a day.
    """
    told = list(roles)
    _check_day(notification.party, notification.notified_on, at)
    with transaction.atomic():
        journal.enter(notification, by=by, at=at, recorded=recorded, roles=[role.name for role in told])
        notification.roles.set(told)
        match(notification.party, by=by, at=at, recorded=recorded)
    return notification


def _check_day(party: Party, day: date, at: datetime) -> None:
    if day > local_day(at):
        raise ValidationError(f"{long_date(day)} has not come yet.")
    if not Party.objects.on(day).filter(pk=party.pk).exists():
        raise ValidationError(f"{party} was no party on {long_date(day)}.")
