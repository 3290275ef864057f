"""The dated rows that the steps of a party write: its category and its Voting Group."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import chain, count

from django.core.exceptions import ValidationError
from django.utils.text import slugify

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
    """The group of a party's own name in a category, made when there is none."""
    own: VotingGroup | None = VotingGroup.objects.filter(name__iexact=party.name, category=category).first()
    if own is not None:
        return own
    group = VotingGroup(key=free_key(party.name, category, _keys()), name=party.name, category=category)
    group.invented = party.invented
    journal.enter(group, by=None, at=at, recorded=recorded, party=party)
    return group


def _keys() -> set[str]:
    return set(VotingGroup.objects.values_list("key", flat=True))


def free_key(name: str, category: str, taken: set[str]) -> str:
    """A key for a group that no group has: its name's, or with the category, or with a number besides."""
    plain = slugify(name)[:50] or "group"
    numbered = (f"{plain}-{category}-{number}" for number in count(2))
    return next(key for key in chain((plain, f"{plain}-{category}"), numbered) if key not in taken)
