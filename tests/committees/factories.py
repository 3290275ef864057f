"""Small facts for tests of the seats and ballots."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.text import slugify

from secretariat.committees.ballots.models import Ballot, Elector
from secretariat.committees.ballots.procedure import BALLOTS, ELECTORS, hashed
from secretariat.committees.models import Committee
from secretariat.committees.seats.models import IN_OFFICE, Appointment, Constituency, Seat
from secretariat.core.journal import Event
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.plain.dates import LONDON
from secretariat.register.models import Party, VotingGroup
from tests.register.factories import group, party

OPENS = datetime(2020, 2, 26, 10, tzinfo=LONDON)
CLOSES = datetime(2020, 2, 26, 17, tzinfo=LONDON)
DURING = datetime(2020, 2, 26, 12, tzinfo=LONDON)
AFTER = CLOSES + timedelta(minutes=1)
SIDES = (Constituency.CONSUMER, Constituency.LARGE_SUPPLIERS, Constituency.SMALL_SUPPLIERS)


def keeper(team: str = Team.COMMITTEES) -> Person:
    """A person of the committees team; made once."""
    return someone(f"Keeper {team}", Role.SECRETARIAT, team=team)


def someone(name: str, role: str = Role.COMMITTEE_MEMBER, **more: Any) -> Person:
    """A person with one capacity since 2013; the same one when asked for again."""
    email = f"{slugify(name)}@example.test"
    found: Person | None = Person.objects.filter(email=email).first()
    if found is not None:
        return found
    made = Person.objects.create_user(email, name)
    told = {"audience": "SECCB"} if role == Role.COMMITTEE_MEMBER else {}
    Capacity.objects.create(
        person=made, role=role, from_day=date(2013, 9, 23), recorded=OPENS, **{**told, **more}
    )  # fmt: skip
    return made


def board() -> Committee:
    """The Change Board."""
    found: Committee = Committee.objects.get(code="SECCB")
    return found


def seat(title: str, constituency: str, member: str = "", **more: Any) -> Seat:
    """A seat since 2013, with a member where one is named."""
    told = {"committee": board(), "from_day": date(2013, 9, 23), "recorded": OPENS}
    made: Seat = Seat.objects.create(title=title, constituency=constituency, **{**told, **more})
    if member:
        appoint(made, member)
    return made


def appoint(of: Seat, name: str, alternate_for: Appointment | None = None) -> Appointment:
    """A person in a seat since 2013."""
    made: Appointment = Appointment.objects.create(
        seat=of,
        person=someone(name),
        alternate_for=alternate_for,
        from_day=date(2013, 9, 23),
        recorded=OPENS,
        state=IN_OFFICE,
    )
    return made


def a_board(**members: int) -> None:
    """Seats with members, by constituency: `a_board(consumer=1, networks=3)`."""
    for name, number in members.items():
        place = Constituency[name.upper()]
        for one in range(1, number + 1):
            seat(f"{place.label} {one}", place, f"{place.label} member {one}")


def prepared(**more: Any) -> Ballot:
    """A ballot of the Change Board that is not open yet."""
    told: dict[str, Any] = {"committee": board(), "question": "Approve MP099?", "opens_at": OPENS, "closes_at": CLOSES}
    made = Ballot(**{**told, "options": [], **more})
    BALLOTS.take("prepare", made, by=keeper(), at=OPENS - timedelta(days=1), recorded=OPENS - timedelta(days=1))
    return made


def opened(**more: Any) -> Ballot:
    """An open ballot."""
    made = prepared(**more)
    BALLOTS.take("open", made, by=keeper(), at=made.opens_at, recorded=made.opens_at)
    return made


def elector(ballot: Ballot, name: str) -> Elector:
    """An elector by name."""
    found: Elector = Elector.objects.select_related("ballot").get(ballot=ballot, name=name)
    return found


def cast(ballot: Ballot, name: str, choice: str, at: datetime = DURING, **more: Any) -> Event:
    """A vote of an elector, by its member or by whom is told; with a reason."""
    of = elector(ballot, name)
    by = more.pop("by", None) or of.seat.appointments.get(alternate_for=None).person  # type: ignore[union-attr]
    recorded = more.pop("recorded", at)
    return ELECTORS.take("vote", of, by=by, at=at, recorded=recorded, choice=choice, **{"reason": "Because.", **more})


def closed(ballot: Ballot, at: datetime | None = None) -> Ballot:
    """The ballot after its close."""
    at = at or ballot.closes_at + timedelta(minutes=1)
    BALLOTS.take("close", ballot, by=keeper(), at=at, recorded=at)
    return ballot


def groups(*names: str, category: str = "small-supplier") -> list[tuple[VotingGroup, Party, Person]]:
    """Voting Groups of one party each, with the party's contact."""
    found = []
    for name in names:
        made = group(name, category)
        one = party(f"{name} Energy Limited", "2018-01-10", category, made)
        found.append((made, one, someone(f"{name} contact", Role.PARTY_CONTACT, organisation_id=one.pk)))
    return found


def secret_vote(ballot: Ballot, name: str, choice: str, by: Person, token: str, **more: Any) -> Event:
    """A secret vote with a receipt."""
    at = more.pop("at", DURING)
    return ELECTORS.take(
        "vote", elector(ballot, name), by=by, at=at, recorded=at, choice=choice, receipt_hash=hashed(token), **more
    )
