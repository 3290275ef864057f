"""Which assessment every User has next, by when and why: the cycle of its category and size (SEC-3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef

from secretariat.assurance.models import ENDED, Assessment, AssessmentMilestone, Frame, MilestoneKind
from secretariat.assurance.planning.cycle import YEARLY, Done, Next, kinds_of, next_assessment
from secretariat.assurance.planning.models import OPEN, Booking, SystemsReport
from secretariat.core.rulebook import RULEBOOK, Entry
from secretariat.plain.dates import long_date
from secretariat.register.contacts.licences import SUPPLIERS
from secretariat.register.contacts.supply import CONFIRMED, SupplyMeasure
from secretariat.register.models import CompletedRole, GroupMembership, Party
from secretariat.register.parties import PLURALS, Category, CategoryMembership
from secretariat.register.user_entry.models import ENTERING, RoleEntry

NETWORKS = (Category.ELECTRICITY_NETWORK, Category.GAS_NETWORK)
DONE_BY = (MilestoneKind.FIELDWORK, MilestoneKind.PREPARED, MilestoneKind.REVIEWED)
"""What shows that an assessment was done: its fieldwork, or that a self-assessment came."""


@dataclass(frozen=True)
class Size:
    """Whether a party is at or above the threshold, where that matters and is known, and the words for it."""

    above: bool | None
    words: str


@dataclass(frozen=True)
class UserDue:
    """One User: the rulebook's cycle for it, the next assessment with its working, and how far that has come."""

    party: Party
    category: Category
    size: Size
    entry: Entry
    next: Next
    under_way: Assessment | None
    is_asked_for: bool
    booking_weeks: int

    @property
    def book_by(self) -> date | None:
        """The last day to ask for its fieldwork; none for what has no fieldwork or no day (SEC-5)."""
        if self.next.due is None or self.next.kind == "SSA":
            return None
        return self.next.due - timedelta(weeks=self.booking_weeks)

    @property
    def stands(self) -> str:
        """How far it has come: booked, asked for, under way, or nothing yet."""
        case = self.under_way
        if case is None:
            return "nothing yet"
        if case.fieldwork_due is not None:
            return f"booked from {long_date(case.fieldwork_due)}"
        return "fieldwork asked for" if self.is_asked_for else case.get_state_display().lower()

    @property
    def is_booked(self) -> bool:
        """Whether its fieldwork has a day; of a self-assessment, whether it is asked for."""
        case = self.under_way
        return case is not None and (self.next.kind == "SSA" or case.fieldwork_due is not None)

    def is_late(self, day: date) -> bool:
        """Whether its day has passed."""
        return self.next.due is not None and self.next.due < day


def users_due(day: date, party: Party | None = None) -> list[UserDue]:
    """Every User, or one, with its next assessment; those due first before the others, then by name.

    A User is who completed user entry for a role, is entering, or was assessed. A fixed number of queries.
    """
    known = Known(day, party)
    found = [known.due(one) for one in known.users if known.category(one.pk, day) in PLURALS]
    return sorted(found, key=lambda due: (due.next.due or date.max, due.party.name))


class Known:
    """What is known on a day of Users: categories, sizes, what was done, and what is open."""

    def __init__(self, day: date, party: Party | None = None) -> None:
        self.day = day
        self.one: dict[str, Any] = {"party": party} if party else {}
        self.months = RULEBOOK.number("assessment.cycle_months", day)
        self.threshold = RULEBOOK.number("assessment.cycle_threshold", day)
        self.weeks = RULEBOOK.number("user_entry.lead.booking_weeks", day)
        self.sums_families = RULEBOOK.switch("party.supply_counts_affiliates", day)

    @cached_property
    def users(self) -> list[Party]:
        """The parties of the day that are Users, are entering, or were assessed."""
        completed = CompletedRole.objects.filter(entry__completed_on__lte=self.day, **self.one).order_by()
        entering = RoleEntry.objects.filter(state__in=ENTERING, **self.one).order_by()
        told = completed.values_list("party_id").union(entering.values_list("party_id"))
        ids = {*(pk for (pk,) in told), *self.done, *self.open}
        parties = {rows[0].party for rows in self.categories.values() if rows}
        return sorted((one for one in parties if one.pk in ids and self._is_party(one)), key=lambda one: one.name)

    def _is_party(self, party: Party) -> bool:
        acceded = party.acceded_on is not None and party.acceded_on <= self.day
        return acceded and (party.left_on is None or party.left_on > self.day)

    @cached_property
    def categories(self) -> dict[int, list[CategoryMembership]]:
        """The dated categories of every party, the DCC apart."""
        found: dict[int, list[CategoryMembership]] = defaultdict(list)
        for row in CategoryMembership.objects.filter(party__is_dcc=False, **self.one).select_related("party"):
            found[row.party_id].append(row)
        return found

    def category(self, party_id: int, day: date) -> str:
        """The category of a party on a day; nothing when it is none."""
        rows = (row for row in self.categories[party_id] if row.from_day <= day <= (row.to_day or date.max))
        return next((row.category for row in rows), "")

    @cached_property
    def done(self) -> dict[int, list[Done]]:
        """The yearly security assessments of every party that were done by the day: each by its first sign."""
        rows = AssessmentMilestone.objects.filter(
            kind__in=DONE_BY, day__lte=self.day, assessment__kind__in=YEARLY,
            **{f"assessment__{name}": value for name, value in self.one.items()},
        )  # fmt: skip
        first: dict[int, tuple[int, Done]] = {}
        told = ("assessment_id", "assessment__party_id", "assessment__kind", "day")
        for pk, party_id, kind, day in rows.order_by("day", "pk").values_list(*told):
            first.setdefault(pk, (party_id, Done(kind, day)))
        found: dict[int, list[Done]] = defaultdict(list)
        for party_id, done in first.values():
            found[party_id].append(done)
        return found

    @cached_property
    def open(self) -> dict[int, list[Assessment]]:
        """The security assessments of every party that are open and whose fieldwork is still to come."""
        rows = Assessment.objects.filter(frame=Frame.SECURITY, opened_on__lte=self.day, kind__in=YEARLY, **self.one)
        asked = Booking.objects.filter(assessment=OuterRef("pk"), state__in=OPEN)
        rows = rows.exclude(state__in=ENDED).exclude(milestones__kind__in=DONE_BY).annotate(asked_for=Exists(asked))
        found: dict[int, list[Assessment]] = defaultdict(list)
        for row in rows.order_by("opened_on", "pk"):
            found[row.party_id].append(row)
        return found

    @cached_property
    def measures(self) -> dict[int, list[tuple[date, int]]]:
        """The confirmed premises of every supplier, oldest first; of all, since affiliates are added up."""
        rows: Any = SupplyMeasure.objects.filter(state=CONFIRMED, measured_on__lte=self.day)
        found: dict[int, list[tuple[date, int]]] = defaultdict(list)
        for pk, day, premises in rows.order_by("measured_on", "pk").values_list("party", "measured_on", "premises"):
            found[pk].append((day, premises))
        return found

    @cached_property
    def systems(self) -> dict[int, list[tuple[date, int]]]:
        """The reported smart metering systems of every party, oldest first."""
        rows = SystemsReport.objects.filter(as_at__lte=self.day, **self.one)
        found: dict[int, list[tuple[date, int]]] = defaultdict(list)
        for pk, day, systems in rows.order_by("as_at", "pk").values_list("party", "as_at", "systems"):
            found[pk].append((day, systems))
        return found

    @cached_property
    def families(self) -> dict[int, list[int]]:
        """The suppliers of every supplier's family on the day: those whose Voting Groups have one name."""
        rows = GroupMembership.objects.on(self.day).filter(group__category__in=SUPPLIERS)
        named: dict[str, list[int]] = defaultdict(list)
        for pk, name in rows.values_list("party_id", "group__name"):
            named[name.lower()].append(pk)
        return {pk: family for family in named.values() for pk in family}

    def size(self, party_id: int, day: date) -> Size:
        """How large a party is, as known on a day: of a supplier by its premises, of a network by its systems."""
        category = self.category(party_id, day)
        if category in SUPPLIERS:
            return self._supplier(party_id, category, day)
        if category not in NETWORKS:
            return Size(None, "Its size makes no difference.")
        known = _last(self.systems[party_id], day)
        if known is None:
            return Size(above=True, words=f"Its systems are not known: taken as {self.threshold:,} or more.")
        return self._compared(known, "smart metering systems")

    def _supplier(self, party_id: int, category: str, day: date) -> Size:
        family = self.families.get(party_id, [party_id]) if self.sums_families else [party_id]
        told = [_last(self.measures[one], day) for one in family]
        premises = [one for one in told if one is not None]
        if not premises or (len(premises) < len(told) and sum(premises) < self.threshold):
            label = Category(category).label
            return Size(category == Category.LARGE_SUPPLIER, f"Its premises are not all known: taken as a {label}.")
        return self._compared(sum(premises), "domestic premises, its affiliates' with them")

    def _compared(self, number: int, of_what: str) -> Size:
        """Without the number itself, which fewer people may read."""
        above = number >= self.threshold
        return Size(above, f"{'At or above' if above else 'Below'} {self.threshold:,} {of_what}.")

    def cycle(self, party_id: int, day: date) -> Entry:
        """The rulebook's cycle for a party of its category and size on a day."""
        category, above = Category(self.category(party_id, day)), self.size(party_id, day).above
        if category in SUPPLIERS:
            category = Category.LARGE_SUPPLIER if above else Category.SMALL_SUPPLIER
        below = category in NETWORKS and not above
        return RULEBOOK.entry(f"party.assessment_cycle{'_below' if below else ''}.{category.value}", day)

    def due(self, party: Party) -> UserDue:
        """One User's next assessment, with everything that it is reckoned from."""
        done, entry = self.done.get(party.pk, []), self.cycle(party.pk, self.day)
        size = self.size(party.pk, self.day)
        reckoned = next_assessment(done, kinds_of(str(entry.value)), self.months)
        reckoned = Next(reckoned.kind, reckoned.year, reckoned.due, (size.words, *reckoned.working))
        case = next(iter(self.open.get(party.pk, [])), None)
        return UserDue(
            party, Category(self.category(party.pk, self.day)), size, entry, self._moved(party.pk, done, reckoned),
            case, bool(getattr(case, "asked_for", False)), self.weeks,
        )  # fmt: skip

    def _moved(self, party_id: int, done: Iterable[Done], reckoned: Next) -> Next:
        """The same, saying what it would have been by the size of the party when it was last assessed."""
        last = max((one.day for one in done), default=None)
        if last is None or self.category(party_id, last) not in PLURALS:
            return reckoned
        then, now = self.size(party_id, last), self.size(party_id, self.day)
        before = kinds_of(str(self.cycle(party_id, last).value))
        was = next_assessment(done, before, self.months).kind
        if then.above == now.above or was == reckoned.kind:
            return reckoned
        moved = f"It has passed the threshold since {long_date(last)}: it would have been {was}."
        return Next(reckoned.kind, reckoned.year, reckoned.due, (*reckoned.working, moved))


def _last(rows: list[tuple[date, int]], day: date) -> int | None:
    """The newest number known on a day."""
    return next((number for known, number in reversed(rows) if known <= day), None)
