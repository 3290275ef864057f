"""How long it takes to become a User: each step's days reckoned from a start, with what each takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from secretariat.core.calendar import calendar
from secretariat.core.rulebook import RULEBOOK, Entry
from secretariat.plain.workdays import Calendar
from secretariat.register.entry import UserRole
from secretariat.register.user_entry.eligibility import needs_privacy
from secretariat.register.user_entry.models import Confirmer, Kind

WEEKS = "booking_weeks"


@dataclass(frozen=True)
class Leg:
    """One step on the way: what follows what, and the leads that it takes, each a key of the rulebook."""

    key: str
    what: str
    after: tuple[str, ...]
    leads: tuple[str, ...]


LEGS = (
    Leg(Kind.DETAILS, "Bring your Party Details up to date", (), ("details_wd",)),
    Leg(Kind.USER_ID, "Choose an identifier in your range; the DCC accepts it", (Kind.DETAILS,), ("user_id_wd",)),
    Leg(Kind.SREPT, "Pass the SMKI and Repository Entry Process Tests", (Kind.USER_ID,), ("srept_wd",)),
    Leg(Kind.SMKI, "Become an SMKI subscriber and connect to the DCC", (Kind.SREPT,), ("smki_wd",)),
    Leg(Kind.UEPT, "Pass the User Entry Process Tests of the role", (Kind.SMKI,), ("uept_wd",)),
    Leg(Kind.SECURITY, "Book and go through your Full User Security Assessment", (),
        (WEEKS, "fieldwork_wd", "report_wd", "status_wd")),
    Leg(Kind.PRIVACY, "Book and go through your Full Privacy Assessment", (), (WEEKS, "report_wd", "status_wd")),
    Leg(Kind.CREDIT, "Put in place any Credit Support that the DCC requires", (), ("credit_wd",)),
)  # fmt: skip
"""The way to one role; legs that wait for nothing run beside each other."""


@dataclass(frozen=True)
class Milestone:
    """One leg with its days: who confirms it, when it begins and ends, and the leads reckoned with."""

    what: str
    confirmer: str
    begins: date
    ends: date
    entries: tuple[Entry, ...]

    @property
    def takes(self) -> list[tuple[str, Entry]]:
        """What is reckoned with, one after the other: each in words, and the entry that says so."""
        return [
            (f"{one.value} {'weeks' if one.key.endswith('weeks') else 'Working Days'}", one) for one in self.entries
        ]


def timeline(start: date, role: UserRole | None = None) -> tuple[Milestone, ...]:
    """The way of who starts on a day into a role: its legs, then completion and going live.

    Without a role, or for one whose holders are not assessed for privacy, that assessment is left out. Raises
    OutsideCalendarError for years whose bank holidays are not known.
    """
    days = calendar()
    private = role is not None and needs_privacy(role, start)
    found: dict[str, Milestone] = {}
    for leg in LEGS:
        if leg.key != Kind.PRIVACY or private:
            begins = max((found[key].ends for key in leg.after), default=start)
            confirmer = RULEBOOK.text(f"user_entry.confirms.{leg.key.replace(' ', '_')}", start)
            found[leg.key] = _leg(leg.what, Confirmer(confirmer).label, begins, leg.leads, days)
    last = max(one.ends for one in found.values())
    done = _leg("Send the evidence form; your entry is complete", Confirmer.SECAS.label, last, ("completion_wd",), days)
    live = _leg("The DCC takes its last steps; you are live", Confirmer.DCC.label, done.ends, ("live_wd",), days)
    return (*found.values(), done, live)


def _leg(what: str, confirmer: str, begins: date, leads: tuple[str, ...], days: Calendar) -> Milestone:
    entries = tuple(RULEBOOK.entry(f"user_entry.lead.{name}", begins) for name in leads)
    ends = begins
    for name, entry in zip(leads, entries, strict=True):
        number = int(entry.value)
        ends = ends + timedelta(weeks=number) if name == WEEKS else days.add(ends, number)
    return Milestone(what, str(confirmer), begins, ends, entries)
