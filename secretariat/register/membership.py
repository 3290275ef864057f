"""The dated rows that the steps of a party write: its category and its Voting Group."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError

from secretariat.core import journal
from secretariat.core.procedure import Refused
from secretariat.register.models import CategoryMembership, GroupMembership, Party, VotingGroup


def begin(party: Party, day: date, category: str, group: VotingGroup | None, at: datetime, recorded: datetime) -> None:
    """Begins a category and a group on a day; without a group the party is a group of one (rule PTY-10).

    Raises Refused with a sentence when the rows may not be.
    """
    try:
        told = group or group_of_one(party, category, at, recorded)
        _save(CategoryMembership(party=party, category=category, from_day=day, recorded=recorded))
        _save(GroupMembership(party=party, group=told, from_day=day, recorded=recorded))
    except ValidationError as error:
        raise Refused(*error.messages) from error


def _save(row: CategoryMembership | GroupMembership) -> None:
    row.full_clean()
    row.save()


def end(party: Party, day: date) -> None:
    """Ends what is in force: the day before `day` is the last on which it holds."""
    for rows in (party.categories, party.groups):
        rows.overlapping(day, None).update(to_day=day - timedelta(days=1))


def group_of_one(party: Party, category: str, at: datetime, recorded: datetime) -> VotingGroup:
    """The group that bears the party's own name in a category, made when there is none.

    A group of that name that others are members of is not the party's: the new one is told apart by the party's key.
    """
    own = VotingGroup.objects.filter(name__iexact=party.name, category=category).first()
    if own is not None and not own.members.exclude(party__in=Party.objects.same_organisation(party)).exists():
        return own
    name = party.name if own is None else f"{party.name} ({party.key})"
    key = party.key if not VotingGroup.objects.filter(key=party.key).exists() else f"{party.key[:58]}-{category}"
    group = VotingGroup(key=key, name=name, category=category, invented=party.invented)
    journal.enter(group, by=None, at=at, recorded=recorded, party=party)
    return group
