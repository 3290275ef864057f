"""Writes of more than one step: a call with its seats, a nomination, and what follows from nominations and votes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Unpack

from django.db import transaction

from secretariat.committees.ballots.count import NO_DECISION, TIE
from secretariat.committees.ballots.models import CANCELLED as BALLOT_CANCELLED
from secretariat.committees.ballots.models import Ballot, Method, TieRule
from secretariat.committees.ballots.procedure import BALLOTS
from secretariat.committees.elections import windows
from secretariat.committees.elections.models import (
    ACCEPTED,
    CLOSED,
    CONTESTED,
    RECEIVED,
    VOTING,
    Call,
    Contest,
    Interest,
    Nomination,
)
from secretariat.committees.elections.nominating import INTERESTS, NOMINATIONS
from secretariat.committees.elections.procedure import CALLS, CONTESTS
from secretariat.committees.seats.models import Appointment, How, Seat
from secretariat.committees.seats.procedure import APPOINTMENTS
from secretariat.core.journal import Told
from secretariat.core.kinds import kind_of
from secretariat.core.procedure import Refused
from secretariat.plain.dates import instant, local_day


def plan_call(call: Call, seats: Iterable[Seat], **told: Unpack[Told]) -> Call:
    """Plans a call for some vacant seats of its body, by constituency, all or nothing. Raises Refused."""
    by_constituency: dict[str, list[int]] = defaultdict(list)
    for seat in seats:
        by_constituency[seat.constituency].append(seat.pk)
    if not by_constituency:
        raise Refused("Name the vacant seats that the call is for.")
    with transaction.atomic():
        CALLS.take("plan", call, **told)
        for constituency, named in by_constituency.items():
            contest = Contest(call=call, constituency=constituency, invented=call.invented)
            CONTESTS.take("call", contest, seats=named, **told)
    return call


def nominate(nomination: Nomination, **told: Unpack[Told]) -> Nomination:
    """Puts somebody forward and keeps who wrote it. Raises Refused."""
    nomination.written_by = told["by"]
    NOMINATIONS.take("nominate", nomination, **told)
    return nomination


def write_in(interest: Interest, **told: Unpack[Told]) -> Interest:
    """Keeps that somebody would sit on a body, and who wrote it (rule ELE-2). Raises Refused."""
    interest.written_by = told["by"]
    INTERESTS.take("write_in", interest, **told)
    return interest


def settle(call: Call, **told: Unpack[Told]) -> None:
    """Settles every constituency after the close (rule ELE-3), all or nothing. Raises Refused.

    As many candidates as seats, or fewer, are appointed unopposed; more make a ballot; where nobody stands the seats
    stay vacant (rule ELE-6).
    """
    with transaction.atomic():
        for contest in call.contests.filter(state=CONTESTED):
            settle_contest(contest, **told)


def settle_contest(contest: Contest, **told: Unpack[Told]) -> None:
    """Settles the seats of one constituency after the close. Raises Refused."""
    found = list(contest.nominations.filter(state=ACCEPTED))
    with transaction.atomic():
        if len(found) > contest.seats.count():
            put_to_vote(contest, **told)
        elif found:
            _give_seats(contest, found, How.UNOPPOSED, **told)
            CONTESTS.take("fill_unopposed", contest, **told)
        else:
            CONTESTS.take("leave_vacant", contest, **told)


def put_to_vote(contest: Contest, **told: Unpack[Told]) -> Ballot:
    """Prepares the ballot of a constituency by the rules of its body, and returns it. Raises Refused."""
    call, at = contest.call, told["at"]
    body, places = call.committee, contest.seats.count()
    names = contest.nominations.filter(state=ACCEPTED).order_by("name").values_list("name", flat=True)
    what = "the seat" if places == 1 else f"the {places} seats"
    ballot = Ballot(
        committee=body, question=f"Who takes {what} of {contest.get_constituency_display()} on the {body.name}?",
        about_kind=kind_of(contest), about_id=contest.pk, electorate=call.electorate, roll=contest.roll, places=places,
        method=Method.MOST_VOTES, options=list(names), reasons_required=False, quorum=False,
        secret=windows.secret(body, at), tie_rule=windows.on_a_tie(body, at),
        opens_at=at, closes_at=windows.voting_closes(body, local_day(at)), invented=call.invented,
    )  # fmt: skip
    with transaction.atomic():
        BALLOTS.take("prepare", ballot, **told)
        CONTESTS.take("vote_again" if contest.state == VOTING else "put_to_vote", contest, ballot=ballot.pk, **told)
    return ballot


def declare(contest: Contest, **told: Unpack[Told]) -> None:
    """Appoints those whom the vote elected and tells the others, all or nothing. Raises Refused."""
    contest.refresh_from_db()
    ballot = contest.ballot
    if ballot is None:
        raise Refused("No vote is held for these seats.")
    with transaction.atomic():
        standing = list(contest.nominations.filter(state=ACCEPTED))
        won = [one for one in standing if one.name in ballot.elected]
        _give_seats(contest, won, How.ELECTED, **told)
        for nomination in standing if won or ballot.outcome == NO_DECISION else ():
            if nomination not in won:
                NOMINATIONS.take("miss", nomination, **told)
        CONTESTS.take("declare_vacant" if ballot.outcome == NO_DECISION else "declare", contest, **told)


def _give_seats(contest: Contest, nominations: Sequence[Nomination], how: How, **told: Unpack[Told]) -> None:
    """Appoints candidates, who keep the seat that they have where it is among those called for."""
    free = list(contest.seats.order_by("title", "pk"))
    held = {nomination.pk: _own_seat(contest, nomination, free) for nomination in nominations}
    left = iter([seat for seat in free if seat not in held.values()])
    for nomination in nominations:
        seat = held[nomination.pk] or next(left)
        appointment = Appointment(
            seat=seat, person=nomination.candidate, from_day=contest.call.term_from, how=how,
            employer=nomination.party.name if nomination.party else "", recorded=told["recorded"],
            invented=nomination.invented,
        )  # fmt: skip
        APPOINTMENTS.take("appoint", appointment, **told)
        NOMINATIONS.take("appoint", nomination, appointment=appointment.pk, **told)


def _own_seat(contest: Contest, nomination: Nomination, seats: Sequence[Seat]) -> Seat | None:
    held = Appointment.objects.on(contest.call.opens_on).filter(person=nomination.candidate, alternate_for=None)
    numbers = set(held.values_list("seat", flat=True))
    return next((seat for seat in seats if seat.pk in numbers), None)


@dataclass(frozen=True)
class Following:
    """What follows for the seats of one constituency, in words, and what does it; nothing while it must wait."""

    contest: Contest
    words: str
    does: Callable[..., object] | None = None


def follows(contest: Contest) -> Following:
    """What follows where a contest stands, after the close of nominations or of the vote (rules ELE-3, ELE-6)."""
    if contest.state == CONTESTED:
        return Following(contest, *_after_nominations(contest))
    if contest.state == VOTING and contest.ballot is not None:
        return Following(contest, *_after_vote(contest.ballot))
    return Following(contest, "Nothing: these seats are settled.")


def _after_nominations(contest: Contest) -> tuple[str, Callable[..., object] | None]:
    if contest.call.state != CLOSED:
        return "Nominations are not closed yet.", None
    if waiting := contest.nominations.filter(state=RECEIVED).count():
        return f"Nominations to be accepted or found ineligible first: {waiting}.", None
    names = list(contest.nominations.filter(state=ACCEPTED).order_by("name").values_list("name", flat=True))
    seats = contest.seats.count()
    if not names:
        return f"Nobody stands: vacant seats: {seats}.", settle_contest
    if len(names) > seats:
        return f"A vote between {' and '.join(names)}; seats: {seats}.", settle_contest
    left = f"; seats that stay vacant: {seats - len(names)}" if seats > len(names) else ""
    return f"Unopposed: {' and '.join(names)}{left}.", settle_contest


def _after_vote(ballot: Ballot) -> tuple[str, Callable[..., object] | None]:
    if ballot.is_decided:
        return f"Elected: {' and '.join(ballot.elected)}.", declare
    if ballot.state == BALLOT_CANCELLED or (ballot.outcome == TIE and ballot.tie_rule == TieRule.AGAIN):
        return "The vote is held again.", put_to_vote
    if ballot.outcome == TIE:
        return f"A tie: {ballot.get_tie_rule_display()}. Settle it on the ballot's page first.", None
    if ballot.outcome == NO_DECISION:
        return "No vote that counts was cast: the seats stay vacant.", declare
    return f"The vote is open until {instant(ballot.closes_at)}.", None
