"""What became of the sample's parties: who left, who was in default, who became a User and who passed tests.

The withdrawals and expulsions of the months that the papers print are as printed. Of default cases the papers print
only numbers: the cases are invented, that of the company named as expelled in February 2020 included.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.plain.months import Month
from secretariat.plain.workdays import default_calendar
from secretariat.register import actions
from secretariat.register.models import DefaultCase, Limb, Party, TestNotification, UserEntry, UserRole
from secretariat.register.procedure import DEFAULTS, PARTIES
from secretariat.site.sample import leaving, panel_actions, parties
from secretariat.site.sample.calendar import panel_day
from secretariat.site.sample.crew import Crew, noon, told
from secretariat.site.sample.facts import facts

TOTO = "toto-energy-limited"
CEASED, ASKED, DISSOLVED = "ceased trading", "at its own request", "company dissolved"
REASONS = {"CNG (Group) Limited": ASKED, "Wingas UK Limited": ASKED, "Enterprise Gas Ltd": DISSOLVED}
SUPPLIER_OF_LAST_RESORT = "EDF Energy was appointed Supplier of Last Resort."


@dataclass(frozen=True)
class Exit:
    """A party that left: how, on which day, and why."""

    key: str
    how: str
    day: date
    reason: str
    note: str = ""


@dataclass(frozen=True)
class Spell:
    """A default of an invented party: when it began, and when it was cured; none where it runs, or the party left."""

    key: str
    day: date
    cured: date | None = None
    limb: str = Limb.C


EXPELLED = (
    date(2018, 7, 13), date(2018, 8, 10), date(2018, 9, 14), date(2018, 10, 12), date(2018, 11, 9), date(2018, 12, 14),
    date(2019, 2, 8), date(2019, 3, 8), date(2019, 7, 12), date(2019, 9, 13), date(2019, 9, 13), date(2019, 10, 11),
    date(2019, 11, 8), date(2020, 1, 10),
)  # fmt: skip
"""Of the invented parties that left, in order; the first six in months of which no document prints any."""

WITHDRAWN = (date(2018, 7, 20), date(2018, 9, 21), date(2018, 10, 19), date(2018, 11, 23), date(2018, 12, 21))
"""Of the other invented parties that left: in the months of which no document prints any."""

SREPT_NOTIFIED = (date(2020, 2, 18), date(2020, 2, 25), date(2020, 3, 3))


def enter(crew: Crew) -> None:
    """Takes the steps: those of a default, then those of the party that left because of it."""
    known = {party.key: party for party in Party.objects.all()}
    adviser = crew["party.support"]
    happenings: list[Exit | Spell] = [*exits(), *spells()]
    for happening in sorted(happenings, key=lambda one: (one.day, one.key)):
        if isinstance(happening, Exit):
            leaving.before(known[happening.key], happening.day, adviser)
            _leave(known[happening.key], happening, adviser)
        else:
            _default(known[happening.key], happening, adviser)
    _users(known, adviser)
    _tests(known, adviser)


def exits() -> Iterator[Exit]:
    """Every party that left."""
    for row in facts("market_entry"):
        if row["event"] in ("withdrawn", "expelled"):
            name = row["party"]
            key = next(party.key for party in parties.all_parties() if party.name == name)
            day = panel_day(Month.parse(row["date"]))
            reason = REASONS.get(name, CEASED)
            yield Exit(key, row["event"], day, reason, SUPPLIER_OF_LAST_RESORT if key == TOTO else "")
    invented = [party.key for party in parties.leavers()]
    for key, day in zip(invented, EXPELLED, strict=False):
        yield Exit(key, "expelled", day, CEASED)
    for key, day in zip(invented[len(EXPELLED) :], WITHDRAWN, strict=True):
        yield Exit(key, "withdrawn", day, ASKED)


def spells() -> Iterator[Spell]:
    """Defaults that leave as many parties in default at each month's end as the papers print."""
    left = [party.key for party in parties.leavers()]
    others = [party.key for party in parties.invented() if party.category == parties.SMALL]
    yield Spell(others[0], date(2018, 4, 18), date(2018, 7, 4))
    yield Spell(left[6], date(2019, 1, 8))
    yield Spell(left[7], date(2019, 1, 10))
    yield Spell(others[1], date(2019, 1, 14), date(2019, 4, 9))
    yield Spell(left[8], date(2019, 1, 16))
    yield Spell(others[2], date(2019, 1, 17), date(2019, 8, 6))
    yield Spell(others[3], date(2019, 1, 22), date(2019, 8, 20))
    yield Spell(left[9], date(2019, 1, 24))
    yield Spell(left[10], date(2019, 7, 9))
    yield Spell(others[4], date(2019, 7, 16), date(2020, 1, 14))
    yield Spell(left[11], date(2019, 7, 23))
    yield Spell(left[12], date(2019, 9, 10))
    yield Spell(others[5], date(2019, 9, 17), date(2020, 1, 21))
    yield Spell(TOTO, date(2019, 10, 23), limb=Limb.H)
    yield Spell(others[6], date(2019, 10, 29))
    yield Spell(left[13], date(2019, 11, 12))
    yield Spell(others[7], date(2020, 2, 7), date(2020, 2, 11))
    yield Spell(others[8], date(2020, 2, 18))


def _default(party: Party, spell: Spell, adviser: Person) -> None:
    """Unpaid Charges begin with a notice, four Working Days before; ceasing to trade needs none."""
    case = DefaultCase(party=party, limb=spell.limb, invented=True)
    if spell.limb == Limb.C:
        notice = default_calendar().add(spell.day, -4)
        DEFAULTS.take("serve", case, day=notice, cites="J2.1", **told(adviser, noon(notice)))
    DEFAULTS.take("enter", case, day=spell.day, **told(adviser, noon(spell.day)))
    panel_actions.while_it_lasts(case, adviser)
    if spell.cured:
        DEFAULTS.take("cure", case, day=spell.cured, **told(adviser, noon(spell.cured)))


def _leave(party: Party, exit_: Exit, adviser: Person) -> None:
    facts_ = {"day": exit_.day, "reason": exit_.reason, "note": exit_.note, **told(adviser, noon(exit_.day))}
    if exit_.how == "expelled":
        actions.expel(party, **facts_)
    elif exit_.how == "withdrawn":
        PARTIES.take("withdraw", party, **facts_)
    else:
        raise Refused(f"{party} did not leave by being {exit_.how}.")


def _users(known: dict[str, Party], adviser: Person) -> None:
    """The completions that the documents tell of, and invented ones of the year before."""
    roles = {role.name: role for role in UserRole.objects.all()}
    by_name = {party.name: party for party in known.values()}
    for row in facts("market_entry"):
        if row["event"] == "user entry completed":
            day, names = date.fromisoformat(row["date"]), row["user_roles"].split("; ")
            entry = UserEntry(party=by_name[row["party"]], completed_on=day)
            actions.complete_user_entry(entry, [roles[name] for name in names], **told(adviser, noon(day)))
    others = [party.key for party in parties.invented() if party.category == parties.SMALL][40:64:2]
    for place, key in enumerate(others):
        day = default_calendar().add(date(2019, 1, 31), 20 * place)
        entry = UserEntry(party=known[key], completed_on=day, invented=True)
        completed = [roles[name] for name in ("Import Supplier", "Gas Supplier")[: 2 - bool(place % 3)]]
        actions.complete_user_entry(entry, completed, **told(adviser, noon(day)))


def _tests(known: dict[str, Party], adviser: Person) -> None:
    """The DCC's words since the Panel meeting of February, about invented parties, and two from before it."""
    keys = [party.key for party in parties.invented() if party.category == parties.SMALL][70:]
    kinds = TestNotification.Kind
    earlier = ((kinds.SREPT, date(2020, 1, 21)), (kinds.UEPT, date(2020, 2, 5)))
    words = [*earlier, *((kinds.SREPT, day) for day in SREPT_NOTIFIED)]
    for key, (kind, day) in zip(keys, words, strict=False):
        notification = TestNotification(party=known[key], kind=kind, notified_on=day, invented=True)
        actions.notify_test(notification, [], **told(adviser, noon(day)))
