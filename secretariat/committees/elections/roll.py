"""Who may nominate and vote for the seats of a constituency: read off the register as at a day, and then frozen."""

from __future__ import annotations

from datetime import date

from secretariat.committees.ballots.models import Electorate
from secretariat.committees.elections.models import Contest
from secretariat.committees.seats.models import CATEGORIES, Constituency
from secretariat.core.rulebook import RULEBOOK, UnknownRule
from secretariat.register.parties import Category, CategoryMembership, GroupMembership, Party, VotingGroup


def categories_of(constituency: str, day: date) -> list[Category]:
    """The Party Categories that elect the seats of a constituency: its own, or those that the rulebook lends to it."""
    if constituency in CATEGORIES:
        return list(CATEGORIES[constituency])
    try:
        told = RULEBOOK.text(f"election.electors.{Constituency(constituency).name.lower()}", day)
    except UnknownRule:
        return []
    return [Category(word.strip()) for word in told.split(",")]


def roll_of(contest: Contest) -> list[int]:
    """The Voting Groups or parties of the constituency as at the frozen day; none where a body's seats elect."""
    day = contest.call.frozen_on
    categories = categories_of(contest.constituency, day)
    if contest.call.electorate == Electorate.GROUPS:
        members = GroupMembership.objects.on(day).filter(group__category__in=categories)
        return sorted({*members.values_list("group", flat=True)})
    if contest.call.electorate == Electorate.PARTIES:
        named = CategoryMembership.objects.on(day).filter(category__in=categories)
        found = Party.objects.on(day).filter(pk__in=named.values("party"), is_dcc=False)
        return sorted(found.values_list("pk", flat=True))
    return []


def on_roll(contest: Contest, party: Party, day: date) -> bool:
    """Whether a party is entitled for the seats: itself or by its Voting Group on the frozen day (rule ELE-5)."""
    if contest.call.electorate == Electorate.SEATS:
        return True
    if contest.call.electorate == Electorate.PARTIES:
        return party.pk in contest.roll
    group = party.group_on(day)
    return group is not None and group.pk in contest.roll


def entitled(contest: Contest) -> list[tuple[str, str]]:
    """Each name on the roll with its category, by category and name."""
    if contest.call.electorate == Electorate.GROUPS:
        rows = VotingGroup.objects.filter(pk__in=contest.roll).order_by("category", "name")
        return [(group.name, group.get_category_display()) for group in rows]
    parties = Party.objects.filter(pk__in=contest.roll).order_by("name")
    return [(party.name, str(party.category_on(contest.call.frozen_on) or "")) for party in parties]


def parties_entitled(contest: Contest) -> set[int]:
    """The parties that speak for the roll: those named, or the members of its groups on the frozen day."""
    if contest.call.electorate == Electorate.GROUPS:
        members = GroupMembership.objects.on(contest.call.frozen_on).filter(group__in=contest.roll)
        return set(members.values_list("party", flat=True))
    return set(contest.roll)
