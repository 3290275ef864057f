"""Allocating identifiers, taking one into use, and issuing the signed ID Allocation list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from secretariat.core import journal
from secretariat.core.classification import Class
from secretariat.core.exports import xlsx_file
from secretariat.core.files import StoredFile, keep
from secretariat.core.people import Person
from secretariat.core.rulebook import RULEBOOK
from secretariat.core.signing import sign
from secretariat.plain.dates import local_day, long_date
from secretariat.plain.eui64 import Range, block, written
from secretariat.register.identifiers.models import Allocation, FormerName, IdList, Participant, UserId
from secretariat.register.models import Party, UserRole

HEADS: Final = (
    "Organisation number", "Organisation", "Kind", "Signifier", "First identifier", "Last identifier", "Allocated on",
    "Former names",
)  # fmt: skip


def next_number() -> int:
    """The lowest organisation number above all that were ever allocated."""
    return int(Allocation.objects.aggregate(most=Max("number"))["most"] or 0) + 1


def range_of(number: int, day: date) -> Range:
    """The range that an organisation number stands for, by the prefix of the rulebook (rule PTY-42)."""
    return block(
        RULEBOOK.text("identifiers.prefix", day), number, RULEBOOK.number("identifiers.organisation_digits", day)
    )


def allocate(
    holder: Party | Participant, signifier: str, *, day: date, by: Person | None, at: datetime, recorded: datetime
) -> Allocation:
    """Gives an organisation its number, signifier and range, and returns the allocation (rule PTY-40).

    Raises ValidationError with a sentence: a day to come, a signifier or range that another holds, a second one.
    """
    if day > local_day(at):
        raise ValidationError(f"{long_date(day)} has not come yet.")
    if not signifier.strip():
        raise ValidationError("An allocation has a signifier.")
    number = next_number()
    span = range_of(number, day)
    held = {"party": holder} if isinstance(holder, Party) else {"participant": holder}
    made = Allocation(**held, number=number, signifier=signifier.strip(), first=span.first, last=span.last)
    made.allocated_on, made.invented = day, holder.invented
    with transaction.atomic():
        journal.enter(made, by=by, at=at, recorded=recorded, verb="allocate", signifier=made.signifier, number=number)
        if isinstance(holder, Party) and holder.signifier != made.signifier:
            journal.amend(holder, {"signifier": made.signifier}, by=by, at=at, recorded=recorded)
    return made


def take_into_use(
    user_id: UserId, roles: Iterable[UserRole], *, by: Person | None, at: datetime, recorded: datetime
) -> UserId:
    """Takes an identifier into use for some roles and returns it (rules PTY-41, PTY-43).

    One identifier may serve several roles. Raises ValidationError: outside the range, in use, no role.
    """
    told = list(roles)
    if not told:
        raise ValidationError("An identifier is used in at least one role.")
    user_id.recorded = recorded
    with transaction.atomic():
        names = [role.name for role in told]
        journal.enter(user_id, by=by, at=at, recorded=recorded, verb="use", about=user_id.allocation, roles=names)
        user_id.roles.set(told)
    return user_id


def issue_list(*, by: Person | None, at: datetime, recorded: datetime) -> IdList:
    """Writes the ID Allocation list as it stands, signs it, keeps both files, and returns the issue (rule PTY-40)."""
    number, day = int(IdList.objects.aggregate(most=Max("number"))["most"] or 0) + 1, local_day(at)
    rows = list(listed())
    content = xlsx_file("ID Allocation", HEADS, rows)
    name = f"id-allocation-{number}.xlsx"
    with transaction.atomic():
        issue = IdList(number=number, issued_on=day, rows=len(rows))
        issue.file = _kept(name, content, recorded)
        issue.signature = _kept(f"{name}.sig", sign(content), recorded)
        journal.enter(issue, by=by, at=at, recorded=recorded, verb="issue", number=number, rows=len(rows))
    return issue


def listed() -> Iterable[tuple[Any, ...]]:
    """The rows of the list by organisation number; those that left keep theirs, and nobody gets them again."""
    former: dict[int, list[str]] = {}
    for party, name in FormerName.objects.order_by("until").values_list("party_id", "name"):
        former.setdefault(party, []).append(name)
    for row in Allocation.objects.select_related("party", "participant").order_by("number"):
        kind = row.participant.get_kind_display() if row.participant else "DCC" if row.party.is_dcc else "Party"
        names = "; ".join(former.get(row.party_id, []))
        yield (
            row.number, row.holder.name, kind, row.signifier, written(row.first), written(row.last), row.allocated_on,
            names,
        )  # fmt: skip


def _kept(name: str, content: bytes, recorded: datetime) -> StoredFile:
    file = StoredFile(name=name, sha256=keep(name, content), size=len(content), recorded=recorded)
    file.classification = Class.GREEN
    file.save()
    return file
