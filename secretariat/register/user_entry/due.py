"""By when each party has to be a User (rule UEP-7), who is behind, and the last safe day to book an assessment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from secretariat.core.calendar import calendar
from secretariat.core.rulebook import RULEBOOK, Entry, UnknownRule
from secretariat.plain.dates import long_date, parse_day
from secretariat.plain.workdays import Calendar, OutsideCalendarError
from secretariat.register.contacts.licences import CATEGORIES_OF, Licence
from secretariat.register.contacts.supply import CONFIRMED, SupplyMeasure
from secretariat.register.entry import CompletedRole
from secretariat.register.parties import CategoryMembership, Party
from secretariat.register.procedure import months_after
from secretariat.register.user_entry.mandates import Anchor, Mandate, Supply


@dataclass(frozen=True)
class Due:
    """One party under one mandate: the day by which it is a User, how that is reckoned, and when it became one."""

    party: Party
    mandate: Mandate
    day: date
    working: str
    entry: Entry
    met_on: date | None

    def is_behind(self, on: date) -> bool:
        """Whether the day has passed without the party being a User: the day itself is still in time."""
        return self.day < on and self.met_on is None

    @property
    def names(self) -> str:
        """The roles of which any meets the mandate."""
        return ", ".join(role.name for role in self.mandate.roles.all())


@dataclass(frozen=True)
class Reckoned:
    """Every party under every mandate that binds it, and the suppliers of which nobody knows what they supply."""

    dues: tuple[Due, ...]
    unknown: tuple[Party, ...]

    def behind(self, on: date) -> list[Due]:
        """Those behind on a day, longest first."""
        late = [due for due in self.dues if due.is_behind(on)]
        return sorted(late, key=lambda due: (due.day, due.party.name, due.mandate.name))


class Known:
    """What is known on a day of the parties that may be bound, asked in a fixed number of queries."""

    def __init__(self, day: date, party: Party | None) -> None:
        one: dict[str, Any] = {"party": party} if party else {}
        self.day = day
        self.parties = list(Party.objects.on(day).filter(**({"pk": party.pk} if party else {}), is_dcc=False))
        self.categories: dict[int, list[CategoryMembership]] = defaultdict(list)
        for row in CategoryMembership.objects.filter(**one):
            self.categories[row.party_id].append(row)
        measures: Any = SupplyMeasure.objects.filter(**one, state=CONFIRMED, measured_on__lte=day)
        told = measures.order_by("measured_on", "pk").values_list("party", "premises")
        self.premises: dict[int, int] = dict(told)
        self.licences: dict[int, list[tuple[str, date]]] = defaultdict(list)
        for holder, kind, since in Licence.objects.filter(**one).values_list("party", "kind", "from_day"):
            self.licences[holder].append((kind, since))
        self.completed: dict[int, dict[int, date]] = defaultdict(dict)
        done = CompletedRole.objects.filter(**one, entry__completed_on__lte=day)
        for holder, role, since in done.values_list("party", "role", "entry__completed_on"):
            self.completed[holder][role] = since

    def category(self, party: Party, day: date) -> str:
        """The category of a party on a day; nothing when it is none."""
        rows = (row for row in self.categories[party.pk] if row.from_day <= day <= (row.to_day or date.max))
        return next((row.category for row in rows), "")

    def supply(self, party: Party) -> str:
        """What a party supplies, by its last confirmed measure; nothing when nobody has confirmed one."""
        premises = self.premises.get(party.pk)
        if premises is None:
            return ""
        return Supply.DOMESTIC if premises else Supply.NON_DOMESTIC

    def anchor(self, party: Party, mandate: Mandate) -> date | None:
        """The day from which a mandate's months run for a party."""
        if mandate.anchor == Anchor.ACCESSION:
            return party.acceded_on
        days = [since for kind, since in self.licences[party.pk] if mandate.category in CATEGORIES_OF[kind]]
        return min(days, default=None)

    def met(self, party: Party, mandate: Mandate) -> date | None:
        """The first day on which a party completed any of a mandate's roles."""
        done = self.completed[party.pk]
        return min((done[role.pk] for role in mandate.roles.all() if role.pk in done), default=None)


def reckoned(day: date, party: Party | None = None) -> Reckoned:
    """By when every party, or one, has to be a User, as known on a day.

    A mandate with a fixed day binds who was of its category on that day; one with months, who is of it when they end.
    What a supplier supplies is what its last confirmed measure says.
    """
    known = Known(day, party)
    dues: list[Due] = []
    unknown: dict[int, Party] = {}
    for mandate in Mandate.objects.prefetch_related("roles"):
        for due in _bound(mandate, known):
            supply = known.supply(due.party)
            if mandate.supply and not supply:
                unknown[due.party.pk] = due.party
            elif mandate.supply in ("", supply):
                dues.append(due)
    return Reckoned(tuple(dues), tuple(unknown.values()))


def _bound(mandate: Mandate, known: Known) -> Iterator[Due]:
    try:
        entry = RULEBOOK.entry(mandate.rule, known.day)
    except UnknownRule:
        return
    for party in known.parties:
        found = _day(mandate, entry, party, known)
        if found is not None and known.category(party, min(found[0], known.day)) == mandate.category:
            yield Due(party, mandate, *found, entry, known.met(party, mandate))


def _day(mandate: Mandate, entry: Entry, party: Party, known: Known) -> tuple[date, str] | None:
    """The day and its working; none where the mandate does not bind the party."""
    if isinstance(entry.value, str):
        day = parse_day(entry.value)
        return day, f"The day is fixed: {long_date(day)}."
    anchor = known.anchor(party, mandate)
    if anchor is None or not (mandate.anchored_from or date.min) <= anchor <= (mandate.anchored_until or date.max):
        return None
    day, months = months_after(anchor, int(entry.value)), int(entry.value)
    of_what = Anchor(mandate.anchor).label
    return day, f"{months} calendar months after {long_date(anchor)}, {of_what}, is {long_date(day)}."


@dataclass(frozen=True)
class Back:
    """One line of a count back: what has to be done by a day, and the lead that it takes from the line before."""

    what: str
    by: date
    lead: str
    entries: tuple[Entry, ...]


LEADS = (
    ("Send the evidence form, every requirement confirmed", "completion"),
    ("The assessment's report is ready for its status to be set", "status"),
    ("Fieldwork ends", "report"),
    ("Fieldwork begins", "fieldwork"),
)
"""What is counted back from a mandate's day, each with the lead that follows it."""


def booking(due: date, days: Calendar | None = None) -> tuple[Back, ...]:
    """How the last safe day to book an assessment is counted back from a day; the last line is that day.

    Leads are this administration's settings, where no document states them. Nothing where the count runs outside the
    years whose bank holidays are known.
    """
    try:
        return tuple(_counted_back(due, days or calendar()))
    except OutsideCalendarError:
        return ()


def _counted_back(due: date, days: Calendar) -> Iterable[Back]:
    by = due
    for what, name in LEADS:
        entry = RULEBOOK.entry(f"user_entry.lead.{name}_wd", due)
        by = days.add(by, -int(entry.value))
        yield Back(what, by, f"{entry.value} Working Days", (entry,))
    entry = RULEBOOK.entry("user_entry.lead.booking_weeks", due)
    by -= timedelta(weeks=int(entry.value))
    if not days.is_working_day(by):
        by = days.add(by, -1)
    yield Back("Book the assessment, at the latest", by, f"{entry.value} weeks", (entry,))


def book_by(due: date, days: Calendar | None = None) -> date | None:
    """The last safe day to book an assessment for a mandate's day; none where the calendar does not reach."""
    lines = booking(due, days)
    return lines[-1].by if lines else None
