"""The sample's enquiries, all invented: those of February 2020 as many in each category as published, by e-mail and by
telephone, and those of the first days of March, so that some still wait.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from secretariat.helpdesk.models import Channel
from secretariat.plain.dates import LONDON
from secretariat.plain.months import Month
from secretariat.plain.workdays import default_calendar
from secretariat.site.sample import helpdesk, parties
from secretariat.site.sample.crew import RECORDED, Crew
from secretariat.site.sample.facts import facts_of

MONTH = Month(2020, 2)
WORKING = default_calendar()
MARCH = 310
COLUMNS = (
    "number", "channel", "category", "received", "answered", "mailbox", "subject", "organisation", "party", "follows",
    "invented",
)  # fmt: skip

SUBJECTS = {
    "Accessions": ("How to accede", "Application form", "Date of the next Board", "Application Fee invoice"),
    "Sub-Committees": ("Papers for the next meeting", "Apologies for a meeting", "Access to papers", "Action update"),
    "Modification Consultation Correspondence": ("Response to a consultation", "Closing date of a consultation"),
    "SEC Party Contact detail changes": ("Change of main contact", "Change of address", "New nominated contact"),
    "General Queries": ("Question on a section of the code", "Where to find guidance", "Question on the website"),
    "Panel & Board Correspondence": ("Paper for the Panel", "Question to the Board", "Panel dates"),
    "Modifications": ("State of a modification", "Comments on legal text", "Raising a Draft Proposal"),
    "User CIO Assessments": ("Booking an assessment", "Evidence for validation", "Moving fieldwork"),
    "Engagement Days": ("Booking a place", "Agenda of the day", "Dietary needs", "Place of the event"),
    "Other": ("CodeWorks password", "Link does not open", "Newsletter subscription", "Acknowledgement"),
}
MAILBOXES = {
    "User CIO Assessments": "security", "Modifications": "change", "Modification Consultation Correspondence": "change",
    "Sub-Committees": "committees", "Panel & Board Correspondence": "panel", "Engagement Days": "events",
}  # fmt: skip
ORGANISATIONS = ("a consultancy", "a software supplier", "a member of the public", "a meter maker", "a university")
SIGNED_IN = ("edf-energy", "green-supplier-limited")
"""The parties whose contacts can sign in, and find enquiries of their own."""

REPLIES_AFTER = (0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 5)
"""Working Days from the receipt to the answer: each as likely as the next."""

FOLLOWED = 41
"""Every so many enquiries one replies to the last of its category that had been answered."""


@dataclass
class Told:
    """One enquiry of the file."""

    channel: str
    category: str
    received: datetime
    answered: datetime | None = None
    number: str = ""
    follows: str = ""


def enter(crew: Crew) -> None:
    """Loads the enquiries in the order in which they came in, and lets some of the last be worked on."""
    crew.load("enquiries", "helpdesk.agent", COLUMNS, _rows(told()))
    helpdesk.enter(crew)


def told() -> list[Told]:
    """Every enquiry of the sample, numbered in the order of receipt."""
    dice = Random(2104)  # noqa: S311 - a fixed order, nothing secret
    categories = [row["category"] for row in facts_of("helpdesk_emails", MONTH.iso) for _ in range(int(row["emails"]))]
    calls = int(facts_of("helpdesk_published_totals", MONTH.iso)[0]["telephone"])
    found = [_one(dice, Channel.EMAIL, category, MONTH.days()) for category in categories]
    found += [_one(dice, Channel.TELEPHONE, dice.choice(categories), MONTH.days()) for _ in range(calls)]
    early = [date(2020, 3, day) for day in range(1, 5)]
    found += [_one(dice, Channel.EMAIL, dice.choice(categories), early) for _ in range(MARCH)]
    found.sort(key=lambda one: (one.received, one.category))
    for place, one in enumerate(found, start=1):
        one.number = f"ENQ-{place:06d}"
        if place % FOLLOWED == 0:
            one.follows = _answered_before(found[: place - 1], one)
    return found


def _answered_before(earlier: list[Told], one: Told) -> str:
    """The number of the last enquiry of the same category that was answered when one came in; empty for none."""
    same = (other for other in reversed(earlier) if other.category == one.category)
    return next((other.number for other in same if other.answered and other.answered < one.received), "")


def _one(dice: Random, channel: Channel, category: str, days: tuple[date, ...] | list[date]) -> Told:
    """An enquiry in working hours of a Working Day, or one in fifteen at any hour of any day."""
    working = [day for day in days if WORKING.is_working_day(day)]
    if channel == Channel.TELEPHONE or dice.randrange(15):
        received = _at(dice.choice(working), 9 * 60 + dice.randrange(8 * 60))
    else:
        received = _at(dice.choice(days), dice.randrange(24 * 60))
    if channel == Channel.TELEPHONE:
        return Told(channel, category, received, received + timedelta(minutes=5 + dice.randrange(20)))
    return Told(channel, category, received, _answer(dice, received))


def _answer(dice: Random, received: datetime) -> datetime | None:
    """Within some Working Days, in working hours; none for the few that wait for somebody else, or wait still."""
    day = WORKING.add(received.date(), dice.choice(REPLIES_AFTER))
    if not WORKING.is_working_day(day):
        day = WORKING.add(day, 1)
    answered = _at(day, 9 * 60 + dice.randrange(8 * 60))
    if answered <= received:
        answered = _at(WORKING.add(day, 1), 9 * 60 + dice.randrange(60))
    waits = dice.randrange(400) == 0
    return None if waits or answered > RECORDED else answered


def _rows(enquiries: list[Told]) -> Iterator[tuple[object, ...]]:
    dice = Random(26)  # noqa: S311 - a fixed order, nothing secret
    own = [*(party.key for party in parties.invented()), *SIGNED_IN * 4]
    for one in enquiries:
        party = dice.choice(own) if dice.randrange(3) else ""
        organisation = "" if party else dice.choice(ORGANISATIONS).capitalize()
        mailbox = "" if one.channel == Channel.TELEPHONE else f"{MAILBOXES.get(one.category, 'helpdesk')}@example.org"
        yield (
            one.number, one.channel, one.category, _local(one.received), _local(one.answered), mailbox,
            dice.choice(SUBJECTS[one.category]), organisation, party, one.follows, "yes",
        )  # fmt: skip


def _at(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time(minutes // 60, minutes % 60), tzinfo=LONDON)


def _local(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%d %H:%M") if moment else ""
