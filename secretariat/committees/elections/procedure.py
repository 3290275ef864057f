"""How an election is held: the call, the seats of each constituency in it, and how they are settled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms

from secretariat.committees.ballots.count import NO_DECISION, TIE
from secretariat.committees.ballots.models import CANCELLED as BALLOT_CANCELLED
from secretariat.committees.ballots.models import CLOSED as BALLOT_CLOSED
from secretariat.committees.ballots.models import OPEN, PREPARED, Ballot, Electorate, TieRule
from secretariat.committees.ballots.procedure import keeper_or_clock
from secretariat.committees.elections import windows
from secretariat.committees.elections.models import (
    ACCEPTED,
    APPOINTED,
    CANCELLED,
    CLOSED,
    CONTESTED,
    ELECTED,
    NOMINATING,
    PLANNED,
    PUBLISHED,
    RECEIVED,
    SETTLED,
    UNOPPOSED,
    VACANT,
    VOTING,
    Call,
    Contest,
    IneligibleVote,
    running,
)
from secretariat.committees.elections.results import result_of
from secretariat.committees.elections.roll import categories_of, entitled, roll_of
from secretariat.committees.seats.models import Filling, Seat
from secretariat.committees.who import committees_team
from secretariat.core.facts import a_line
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.plain.dates import local_day
from secretariat.post.due import Due, register

Facts = Mapping[str, Any]


@rule("ELE-3, ELE-4")
def the_window_is_long_enough(call: Call, at: datetime) -> bool:
    """Nominations are open for as many Working Days as the rules of the body give, or more, and close at 17:00."""
    closes, day = call.closes_at, local_day(call.closes_at)
    earliest = windows.nominations_close(call.committee, call.opens_on)
    return closes >= earliest and closes == windows.at_five(day)


@rule("ELE-4")
def terms_begin_after_the_nominations(call: Call, at: datetime) -> bool:
    """New terms begin after nominations have closed."""
    return call.term_from > local_day(call.closes_at)


@rule("ELE-3")
def the_opening_day_has_come(call: Call, at: datetime) -> bool:
    """Nominations open on the day that the call names, and not once their time is over."""
    return call.opens_on <= local_day(at) and at < call.closes_at


@rule("ELE-1, ELE-6")
def seats_are_called_for(call: Call, at: datetime) -> bool:
    """A call names at least one vacant seat."""
    return call.contests.exists()


@rule("ELE-3")
def nominations_are_over(call: Call, at: datetime) -> bool:
    """Nominations are closed after their closing instant: one at that very instant still counts."""
    return at > call.closes_at


def once_nominations_are_over(person: Person | None, call: Call, at: datetime) -> bool:
    """Nobody before their closing instant has passed."""
    return nominations_are_over(call, at)


@rule("ELE-3, ELE-6")
def every_seat_is_settled(call: Call, at: datetime) -> bool:
    """The result is published once the seats of every constituency are filled, or known to stay vacant."""
    return not call.contests.exclude(state__in=SETTLED).exists()


@rule("ELE-3")
def no_vote_is_on(call: Call, at: datetime) -> bool:
    """A vote is prepared or open, or seats are filled already: cancel the ballot first; what is settled stays."""
    settled = call.contests.filter(state__in=(UNOPPOSED, ELECTED)).exists()
    return not settled and not call.contests.filter(ballot__state__in=(PREPARED, OPEN)).exists()


@rule("ELE-1")
def the_call_is_not_open_yet(contest: Contest, at: datetime) -> bool:
    """Seats are called for before nominations open."""
    return contest.call.state == PLANNED


@rule("ELE-5")
def somebody_elects(contest: Contest, at: datetime) -> bool:
    """No Party Category elects these seats: let another electorate vote, or appoint."""
    seats = contest.call.electorate == Electorate.SEATS
    return seats or bool(categories_of(contest.constituency, contest.call.frozen_on))


@rule("ELE-1, ELE-5")
def seats_to_be_elected(contest: Contest, at: datetime, facts: Facts) -> bool:
    """Name seats of this body and constituency that are filled by election, and of no single Voting Group."""
    return all(
        seat.committee_id == contest.call.committee_id and seat.constituency == contest.constituency
        and seat.filling == Filling.ELECTED and seat.voting_group_id is None
        for seat in facts["seats"]
    )  # fmt: skip


@rule("ELE-1, ELE-6")
def vacant_when_terms_begin(contest: Contest, at: datetime, facts: Facts) -> bool:
    """A seat is still held, or is no seat any more, on the day on which the new terms begin."""
    day = contest.call.term_from
    there = {seat.pk for seat in Seat.objects.on(day)}
    return all(seat.pk in there and seat.member_on(day) is None for seat in facts["seats"])


@rule("ELE-3")
def in_no_other_call(contest: Contest, at: datetime, facts: Facts) -> bool:
    """A seat is in another call that is not settled yet."""
    return not any(running(seat).exclude(pk=contest.pk).exists() for seat in facts["seats"])


@rule("ELE-3")
def the_nominations_are_closed(contest: Contest, at: datetime) -> bool:
    """Seats are settled once nominations have closed."""
    return contest.call.state == CLOSED


@rule("ELE-3")
def every_nomination_is_judged(contest: Contest, at: datetime) -> bool:
    """Each nomination is first accepted or found ineligible."""
    return not contest.nominations.filter(state=RECEIVED).exists()


@rule("ELE-3")
def candidates_for_each_seat(contest: Contest, at: datetime) -> bool:
    """Only as many candidates as seats, and at least one, are appointed unopposed."""
    return 1 <= candidates(contest) <= contest.seats.count()


@rule("ELE-3")
def all_are_appointed(contest: Contest, at: datetime) -> bool:
    """Each of those who have a seat is first appointed to it."""
    return not contest.nominations.filter(state=ACCEPTED).exists()


@rule("ELE-3, ELE-5")
def more_candidates_than_seats(contest: Contest, at: datetime) -> bool:
    """A vote is held where more are nominated than there are seats."""
    return candidates(contest) > contest.seats.count()


@rule("ELE-3, ELE-5")
def the_ballot_is_for_these_seats(contest: Contest, at: datetime, facts: Facts) -> bool:
    """The ballot is prepared for these seats, with a place for each and the candidates as its options."""
    ballot: Ballot = facts["ballot"]
    of_it = (ballot.about_kind, ballot.about_id) == (kind_of(contest), contest.pk)
    names = sorted(contest.nominations.filter(state=ACCEPTED).values_list("name", flat=True))
    same_roll = (ballot.electorate, ballot.roll) == (contest.call.electorate, contest.roll)
    places = ballot.places == contest.seats.count()
    return of_it and places and same_roll and ballot.state == PREPARED and sorted(ballot.options) == names


@rule("ELE-6")
def nobody_stands(contest: Contest, at: datetime) -> bool:
    """Seats are left vacant where nobody stands for them."""
    return candidates(contest) == 0


@rule("ELE-3")
def the_vote_is_decided(contest: Contest, at: datetime) -> bool:
    """The ballot is closed and its outcome is neither a tie nor nothing."""
    return contest.ballot is not None and contest.ballot.is_decided


@rule("ELE-3")
def the_winners_are_appointed(contest: Contest, at: datetime) -> bool:
    """Those who were elected, and nobody else, are first appointed."""
    won = sorted(contest.nominations.filter(state=APPOINTED).values_list("name", flat=True))
    return contest.ballot is not None and sorted(contest.ballot.elected) == won


@rule("ELE-3")
def the_vote_is_to_be_held_again(contest: Contest, at: datetime) -> bool:
    """A vote is held again after a tie that is not settled otherwise, or after a ballot that was cancelled."""
    ballot = contest.ballot
    if ballot is None or ballot.state not in (BALLOT_CLOSED, BALLOT_CANCELLED):
        return False
    return ballot.state == BALLOT_CANCELLED or (ballot.outcome == TIE and ballot.tie_rule == TieRule.AGAIN)


@rule("ELE-6")
def nobody_is_elected(contest: Contest, at: datetime) -> bool:
    """Seats stay vacant after a vote only where no vote was cast that counts."""
    return contest.ballot is not None and contest.ballot.outcome == NO_DECISION


@rule("ELE-5")
def a_vote_is_on_or_over(contest: Contest, at: datetime) -> bool:
    """A vote is told as ineligible once the ballot is open."""
    return contest.ballot is not None and contest.ballot.state in (OPEN, BALLOT_CLOSED)


def candidates(contest: Contest) -> int:
    """How many stand for the seats, those appointed to them included."""
    return int(contest.nominations.filter(state__in=(ACCEPTED, APPOINTED)).count())


def _freeze(call: Call, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Freezes who is entitled; the event lists them by constituency."""
    if call.electorate == Electorate.SEATS:
        return
    facts["roll"] = {}
    for contest in call.contests.all():
        contest.roll = roll_of(contest)
        contest.save(update_fields=["roll"])
        facts["roll"][contest.constituency] = [name for name, _ in entitled(contest)]


def _publish(call: Call, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    call.result = result_of(call)
    facts["result"] = call.result


def _call_for(contest: Contest, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    facts["seats"] = list(facts["seats"])
    contest.seats.set(facts["seats"])


def _put(contest: Contest, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    contest.ballot = facts["ballot"]


def _keep_ineligible(contest: Contest, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Counts it by its reason; who sent it is kept on the row alone, which fewer may read than the contest."""
    row = IneligibleVote(contest=contest, name=facts.pop("sender"), why=facts["why"], received_at=at)
    row.full_clean()
    row.save()


def _seats() -> forms.Field:
    return forms.ModelMultipleChoiceField(Seat.objects.filter(filling=Filling.ELECTED, voting_group=None))


def _ballot() -> forms.Field:
    return forms.ModelChoiceField(Ballot.objects.filter(state=PREPARED))


CALLS = Procedure(
    "call",
    Call,
    Step("plan", NEW, PLANNED, committees_team, (the_window_is_long_enough, terms_begin_after_the_nominations)),
    Step("open", PLANNED, NOMINATING, keeper_or_clock, (the_opening_day_has_come, seats_are_called_for),
         change=_freeze, primary=True, says="Open nominations"),
    Step("close", NOMINATING, CLOSED, keeper_or_clock, (nominations_are_over,), primary=True,
         says="Close nominations", turn=once_nominations_are_over),
    Step("publish", CLOSED, PUBLISHED, committees_team, (every_seat_is_settled,), change=_publish, primary=True,
         says="Publish the result"),
    Step("cancel", (PLANNED, NOMINATING, CLOSED), CANCELLED, committees_team, (no_vote_is_on,),
         {"reason": a_line(200)}),
)  # fmt: skip

CONTESTS = Procedure(
    "contest",
    Contest,
    Step("call", NEW, CONTESTED, committees_team, facts={"seats": _seats}, change=_call_for, says="Call for seats",
         rules=(the_call_is_not_open_yet, somebody_elects, seats_to_be_elected, vacant_when_terms_begin,
                in_no_other_call)),
    Step("fill_unopposed", CONTESTED, UNOPPOSED, committees_team, says="Fill unopposed",
         rules=(the_nominations_are_closed, every_nomination_is_judged, candidates_for_each_seat, all_are_appointed)),
    Step("put_to_vote", CONTESTED, VOTING, committees_team, facts={"ballot": _ballot}, change=_put,
         says="Put to the vote",
         rules=(the_nominations_are_closed, every_nomination_is_judged, more_candidates_than_seats,
                the_ballot_is_for_these_seats)),
    Step("leave_vacant", CONTESTED, VACANT, committees_team, says="Leave vacant",
         rules=(the_nominations_are_closed, every_nomination_is_judged, nobody_stands)),
    Step("declare", VOTING, ELECTED, committees_team, (the_vote_is_decided, the_winners_are_appointed),
         says="Declare who is elected"),
    Step("vote_again", VOTING, VOTING, committees_team, facts={"ballot": _ballot}, change=_put,
         says="Hold the vote again", rules=(the_vote_is_to_be_held_again, the_ballot_is_for_these_seats)),
    Step("declare_vacant", VOTING, VACANT, committees_team, (nobody_is_elected,), says="Declare vacant"),
    Step("note_ineligible_vote", VOTING, None, committees_team, (a_vote_is_on_or_over,),
         {"sender": a_line(200, "Who sent it"),
          "why": lambda: forms.ChoiceField(choices=IneligibleVote.Why.choices, label="Why it does not count")},
         _keep_ineligible, "Note an ineligible vote"),
)  # fmt: skip


@register
def what_time_does(at: datetime) -> Iterator[Due]:
    """Calls whose day has come are opened, and those whose nominations are over are closed."""
    for call in Call.objects.filter(state=PLANNED, opens_on__lte=local_day(at), closes_at__gt=at):
        if call.contests.exists():
            yield Due(CALLS, "open", call)
    for call in Call.objects.filter(state=NOMINATING, closes_at__lt=at):
        yield Due(CALLS, "close", call, at=call.closes_at + timedelta(microseconds=1))
