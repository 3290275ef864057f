"""What a change of category will move, told before it is made; the party's step "recategorise" then makes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from secretariat.core.people import Capacity, Role
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import long_date
from secretariat.register.contacts.licences import CATEGORIES_OF, LicenceKind, disagreement
from secretariat.register.models import (
    PLURALS,
    Category,
    GroupMembership,
    Party,
    Suspension,
    VotingGroup,
)
from secretariat.register.user_entry.eligibility import ANY_PARTY, licence_for
from secretariat.register.user_entry.mandates import Mandate


@dataclass(frozen=True)
class Effect:
    """One thing that a change of category moves, or that stays though one might think it moved."""

    what: str
    before: str
    after: str
    why: str = ""


def effects(party: Party, category: str, day: date, group: VotingGroup | None = None) -> list[Effect]:
    """Everything that moves when a party is of a category from a day on; nothing when neither that nor its group does.

    Without a group it joins that of its own name, which is made when there is none (rule PTY-10).
    """
    old, left = party.category_on(day), party.group_on(day)
    joined = group or VotingGroup.objects.filter(name__iexact=party.name, category=category).first()
    if old == category and (group is None or joined == left):
        return []
    found = [*_category(old, category, day)] if old != category else []
    if left is None or joined != left:
        found += _groups(party, left, joined, category, day)
    if old != category:
        found += [*_elections(old, category), *_assessments(old, category, day)]
    found += [*_capacities(party, old, day), *_suspensions(party, day)]
    if old != category:
        found += [*_roles(party, category, day), *_mandates(old, category), *_licences(party, category, day)]
    return found


def _name(category: str | None) -> str:
    return str(Category(category).label) if category else "none"


def _category(old: Category | None, category: str, day: date) -> Iterator[Effect]:
    last = long_date(day - timedelta(days=1))
    yield Effect(
        "Party Category", f"{_name(old)}, until {last}", f"{_name(category)}, from {long_date(day)}",
        "The earlier row stays in the party's history (PTY-6).",
    )  # fmt: skip


def _groups(
    party: Party, left: VotingGroup | None, joined: VotingGroup | None, category: str, day: date
) -> Iterator[Effect]:
    staying, there = _others(left, party, day), _others(joined, party, day)
    if left is not None:
        after = f"{_listed(staying)} stay in it" if len(staying) > 1 else f"{_listed(staying)} stays in it"
        yield Effect(
            f"Voting Group left: {left.name}", f"{len(staying) + 1} in it, {party.name} among them",
            after if staying else "Nobody is left in it: it no longer votes or counts",
            "Affiliates of one category are one group (PTY-10).",
        )  # fmt: skip
    name = joined.name if joined else party.name
    before = f"{_listed(there)} in it" if there else "Empty" if joined else "None of this name: it is made"
    yield Effect(
        f"Voting Group joined: {name}", before, f"{len(there) + 1} in it, {party.name} among them",
        "A party without affiliates in its category is a group of one (PTY-10).",
    )  # fmt: skip
    if left is not None and left.category == Category.LARGE_SUPPLIER and not staying:
        yield Effect("Change Board", f"A seat of {left.name}", "The seat ends with the group",
                     "Each Large Supplier group has one seat (PTY-10, CB-2).")  # fmt: skip
    if category == Category.LARGE_SUPPLIER and not there:
        yield Effect("Change Board", "No seat of its own", f"{name} appoints to a seat of its own",
                     "Each Large Supplier group has one seat (PTY-10, CB-2).")  # fmt: skip


def _others(group: VotingGroup | None, party: Party, day: date) -> list[str]:
    if group is None:
        return []
    rows = GroupMembership.objects.on(day).filter(group=group).exclude(party=party)
    return list(rows.order_by("party__name").values_list("party__name", flat=True))


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def _elections(old: Category | None, category: str) -> Iterator[Effect]:
    def voters(of: str | None) -> str:
        return f"Votes among {PLURALS[Category(of)]}" if of in PLURALS else "Votes in no category"

    yield Effect("Elections", voters(old), voters(category), "Each group has one voice in those of its category.")


def _assessments(old: Category | None, category: str, day: date) -> Iterator[Effect]:
    def cycle(of: str | None) -> str:
        known = of in PLURALS
        return RULEBOOK.text(f"party.assessment_cycle.{of}", day) if known else "none"

    if cycle(old) != cycle(category):
        doubt = RULEBOOK.entry(f"party.assessment_cycle.{category}", day).doubt if category in PLURALS else ""
        yield Effect("Yearly security assessments", cycle(old), cycle(category), f"As a User (SEC-3). {doubt}".strip())


def _capacities(party: Party, old: Category | None, day: date) -> Iterator[Effect]:
    """The seats that the party's own people hold: whether one is held for the old category is for people to say."""
    speaking = Capacity.objects.on(day).filter(role=Role.PARTY_CONTACT, organisation_id=party.pk)
    rows: Any = Capacity.objects.on(day).filter(person__in=speaking.values("person")).exclude(role=Role.SECRETARIAT)
    for row in rows.select_related("person").order_by("person__name", "pk"):
        if row.role == Role.PARTY_CONTACT:
            if row.organisation_id == party.pk:
                yield Effect(f"{row.person}, {row}", "Speaks for the party", "Still speaks for it")
            continue
        yield Effect(
            f"{row.person}, {row}", "Sits now", f"Sits on until the body says whether the seat was {_name(old)}’s",
            "A member of the Change Board represents a category (CB-2).",
        )  # fmt: skip


def _suspensions(party: Party, day: date) -> Iterator[Effect]:
    over = {"action__case__ended_on__isnull": False, "action__case__ended_on__lte": day}
    rows: Any = Suspension.objects.on(day).filter(party=party).exclude(**over)
    for row in rows.select_related("action"):
        yield Effect(f"Suspended: the right {row}", "Bites the group that it leaves", "Bites the group that it joins",
                     "A suspension goes with its party (DEF-4).")  # fmt: skip


def _roles(party: Party, category: str, day: date) -> Iterator[Effect]:
    """The User Roles that it completed: each stays where licence and category still allow it (rule UEP-2)."""
    held = set(party.licences.on(day).values_list("kind", flat=True))
    for completed in party.completed_roles.select_related("role").order_by("role__position"):
        needed = licence_for(completed.role, day)
        allowed = needed == ANY_PARTY or (needed in held and category in CATEGORIES_OF.get(str(needed), ()))
        why = "It needs no licence" if needed == ANY_PARTY else _needs(needed)
        yield Effect(
            f"User Role: {completed.role}", "Completed", "Stays" if allowed else "To be looked at", f"{why} (UEP-2)."
        )


def _needs(kind: str | None) -> str:
    if kind is None:
        return "The rulebook does not say who may hold it"
    return f"It needs a licence in force for {LicenceKind(kind).label.lower()}, and its category"


def _mandates(old: Category | None, category: str) -> Iterator[Effect]:
    """The mandates to be a User that end and begin to bind it, by its category alone (rule UEP-7)."""
    for row in Mandate.objects.filter(category__in=(old or "", category)):
        ends = row.category == old
        before, after = ("Binds it", "No longer binds it") if ends else ("Does not bind it", "May bind it")
        yield Effect(f"Mandate: {row}", before, after, "Mandates to be a User go by category (UEP-7).")


def _licences(party: Party, category: str, day: date) -> Iterator[Effect]:
    wrong = disagreement(party, category, day)
    if wrong:
        yield Effect("Licences", "", "They do not agree with the new category", wrong)
