"""Who hears of an election: those entitled, the candidates and who put them forward, and the Chair."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from secretariat.committees.ballots.models import Ballot
from secretariat.committees.elections.models import Call, Contest, Interest, Nomination
from secretariat.committees.elections.roll import parties_entitled
from secretariat.committees.seats.models import Appointment, Constituency
from secretariat.core.journal import Event
from secretariat.core.people import Person, Role, acting
from secretariat.plain.dates import local_day
from secretariat.post.notices import Notice, notify


def _contacts(parties: set[int], at: datetime) -> set[Person]:
    return set(acting(at, role=Role.PARTY_CONTACT, organisation_id__in=parties))


def those_entitled(event: Event, call: Call, at: datetime) -> Iterable[Person]:
    """The contacts of the parties that are on a roll of the call, each once."""
    return _contacts({party for contest in call.contests.all() for party in parties_entitled(contest)}, at)


def those_who_vote(event: Event, ballot: Ballot, at: datetime) -> Iterable[Person]:
    """The contacts of the parties on the roll, where the ballot is one of an election."""
    contest = Contest.objects.filter(ballot=ballot).select_related("call").first()
    return _contacts(parties_entitled(contest), at) if contest is not None else ()


def those_entitled_and_the_candidates(event: Event, call: Call, at: datetime) -> Iterable[Person]:
    """The contacts of those entitled, and whoever stood."""
    stood = Nomination.objects.filter(contest__call=call).exclude(candidate=None)
    return {*those_entitled(event, call, at), *Person.objects.filter(pk__in=stood.values("candidate"), is_active=True)}


def who_nominated_and_who_stands(event: Event, nomination: Nomination, at: datetime) -> Iterable[Person]:
    """Who wrote the nomination, and the candidate."""
    return {one for one in (nomination.written_by, nomination.candidate) if one is not None and one.is_active}


def the_chair(event: Event, interest: Interest, at: datetime) -> Iterable[Person]:
    """Who chairs the body on the day."""
    seats = {"seat__committee": interest.committee_id, "seat__constituency": Constituency.CHAIR}
    held = Appointment.objects.on(local_day(at)).filter(alternate_for=None, **seats)
    return Person.objects.filter(pk__in=held.values("person"), is_active=True)


def who_wrote_in(event: Event, interest: Interest, at: datetime) -> Iterable[Person]:
    """Who wrote it."""
    return [interest.written_by] if interest.written_by is not None else []


NOTICES = notify(
    Notice("call.open", to=those_entitled, subject="Nominations are open: {{ record }}",
           body="Nominations for vacant seats on the {{ record.committee.name }} are open until "
                "{{ record.closes_at | instant }}.\n\n{{ link }}"),
    Notice("ballot.open", name="election.ballot.open", to=those_who_vote, subject="Vote: {{ record.question }}",
           body="The vote is open until {{ record.closes_at | instant }}. Each Voting Group has one vote for each "
                "seat.\n\n{{ link }}"),
    Notice("nomination.accept", to=who_nominated_and_who_stands, subject="A nomination is accepted",
           body="The nomination of {{ record.name }} is accepted.\n\n{{ link }}"),
    Notice("nomination.find_ineligible", to=who_nominated_and_who_stands, subject="A nomination is ineligible",
           body="The nomination of {{ record.name }} is ineligible: {{ facts.reason }}\n\n{{ link }}"),
    Notice("call.publish", to=those_entitled_and_the_candidates, subject="The result is published: {{ record }}",
           body="The result of the {{ record.committee.name }} election is published.\n\n{{ link }}"),
    Notice("expression_of_interest.pass_on", to=the_chair,
           subject="Somebody would sit on the {{ record.committee.name }}",
           body="An expression of interest is passed on to you as Chair.\n\n{{ link }}"),
    Notice("expression_of_interest.send_form", to=who_wrote_in,
           subject="Nominating for the {{ record.committee.name }}",
           body="{% if record.call %}Nominations are open until {{ record.call.closes_at | instant }}.{% else %}"
                "You are told when nominations open.{% endif %}\n\n{{ link }}"),
)  # fmt: skip
