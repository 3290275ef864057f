"""How somebody is nominated, and how an interest told between elections is passed on (rules ELE-2, ELE-3, ELE-7)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from secretariat.committees.ballots.models import Ballot
from secretariat.committees.elections import windows
from secretariat.committees.elections.models import (
    ACCEPTED,
    APPOINTED,
    CANCELLED,
    CLOSED,
    CONTESTED,
    INELIGIBLE,
    INVITED,
    NOMINATING,
    NOT_ELECTED,
    PASSED_ON,
    RECEIVED,
    VOTING,
    WITHDRAWN,
    WRITTEN,
    Call,
    Interest,
    Nomination,
    incumbent,
)
from secretariat.committees.elections.roll import on_roll
from secretariat.committees.seats.models import Appointment
from secretariat.committees.who import committees_team
from secretariat.core.capacities import in_a_capacity, speaks_for
from secretariat.core.classification import Class
from secretariat.core.facts import a_line
from secretariat.core.people import Person
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.register.accession.actions import person_at

Facts = Mapping[str, Any]


def nominator(person: Person | None, nomination: Nomination | None, at: datetime) -> bool:
    """The contact of the party that nominates, an interested person, or the secretariat's committees team."""
    if nomination is None or nomination.party_id is None or committees_team(person, nomination, at):
        return in_a_capacity(person, nomination, at)
    return nomination.party_id in speaks_for(person, at)


def who_wrote_or_stands(person: Person | None, nomination: Nomination | None, at: datetime) -> bool:
    """Who nominated, another contact of the same party, the candidate, or the secretariat's committees team."""
    if person is None or nomination is None:
        return False
    own = person.pk in (nomination.written_by_id, nomination.candidate_id)
    return own or committees_team(person, nomination, at) or nomination.party_id in speaks_for(person, at)


def anybody_interested(person: Person | None, interest: Interest | None, at: datetime) -> bool:
    """Anybody who acts in any capacity; the committees team for who wrote by letter."""
    return in_a_capacity(person, interest, at)


def who_wrote(person: Person | None, interest: Interest | None, at: datetime) -> bool:
    """Who wrote it, or the secretariat's committees team."""
    if person is None or interest is None:
        return False
    return person.pk == interest.written_by_id or committees_team(person, interest, at)


@rule("ELE-3")
def nominations_are_open(nomination: Nomination, at: datetime) -> bool:
    """Nominations are taken from the opening of the call to its closing instant, that instant included."""
    call = nomination.contest.call
    opened = call.state == NOMINATING or (call.state == CLOSED and nomination.contest.state == CONTESTED)
    return opened and windows.begins(call.opens_on) <= at <= call.closes_at


@rule("ELE-3")
def nominated_once(nomination: Nomination, at: datetime) -> bool:
    """This candidate is nominated for these seats already."""
    same = nomination.contest.nominations.filter(email__iexact=nomination.email).exclude(pk=nomination.pk)
    return not same.filter(state__in=(RECEIVED, ACCEPTED)).exists()


@rule("ELE-3, ELE-5")
def the_nominator_is_entitled(nomination: Nomination, at: datetime) -> bool:
    """The party that nominates is not on the roll of these seats, as the register was on the day of the freeze.

    An interested person needs no party where the rulebook says so (ELE-2).
    """
    call = nomination.contest.call
    if nomination.party is None:
        return bool(windows.said(call.committee, "interested_persons", call.opens_on).value)
    return on_roll(nomination.contest, nomination.party, call.frozen_on)


@rule("ELE-3")
def the_candidate_agrees(nomination: Nomination, at: datetime) -> bool:
    """Nobody is a candidate who did not agree to stand."""
    return nomination.consents


@rule("ELE-3")
def the_name_tells_them_apart(nomination: Nomination, at: datetime) -> bool:
    """Another candidate for these seats has the same name: amend one, so that electors can tell them apart."""
    same = nomination.contest.nominations.filter(name__iexact=nomination.name, state=ACCEPTED)
    return not same.exclude(pk=nomination.pk).exists()


@rule("ELE-3")
def nothing_is_settled_yet(nomination: Nomination, at: datetime) -> bool:
    """The seats are put to the vote or filled: the candidates stand."""
    contest = nomination.contest
    return contest.state == CONTESTED and contest.call.state != CANCELLED


@rule("ELE-3")
def appointed_to_one_of_the_seats(nomination: Nomination, at: datetime, facts: Facts) -> bool:
    """The appointment is the candidate's, to one of the seats, from the day on which terms begin."""
    found: Appointment = facts["appointment"]
    seats = nomination.contest.seats.filter(pk=found.seat_id).exists()
    same = (found.person_id, found.from_day) == (nomination.candidate_id, nomination.contest.call.term_from)
    return seats and same and found.alternate_for_id is None


@rule("ELE-3")
def has_a_seat(nomination: Nomination, at: datetime) -> bool:
    """There are more candidates than seats, and the vote has not given this candidate one."""
    contest = nomination.contest
    if contest.state == CONTESTED:
        standing = contest.nominations.filter(state__in=(ACCEPTED, APPOINTED)).count()
        return contest.call.state == CLOSED and standing <= contest.seats.count()
    return _won(contest.ballot, nomination)


@rule("ELE-3")
def lost_the_vote(nomination: Nomination, at: datetime) -> bool:
    """Only a vote that is over tells who is not elected."""
    ballot = nomination.contest.ballot
    over = ballot is not None and bool(ballot.is_decided or (ballot.tally and not ballot.tally.get("tied")))
    return nomination.contest.state == VOTING and over and not _won(ballot, nomination)


def _won(ballot: Ballot | None, nomination: Nomination) -> bool:
    return ballot is not None and nomination.name in ballot.elected


@rule("ELE-2")
def a_call_of_the_body(interest: Interest, at: datetime, facts: Facts) -> bool:
    """A nomination form is sent for a call of the same body in which nominations are open."""
    call: Call | None = facts["call"]
    return call is None or (call.committee_id == interest.committee_id and call.state == NOMINATING)


def _receive(nomination: Nomination, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    nomination.received_at = at
    nomination.candidate = Person.objects.filter(email__iexact=nomination.email).first()
    nomination.renominated = incumbent(nomination.contest, nomination.candidate)


def _accept(nomination: Nomination, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Makes the candidate a person of the record, marks who is put forward again, and tells the electors."""
    nomination.candidate = person_at(nomination.email, nomination.name, at, recorded)
    nomination.renominated = incumbent(nomination.contest, nomination.candidate)
    nomination.classification = Class.GREEN
    facts["renominated"] = nomination.renominated


def _refuse(nomination: Nomination, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Keeps the reason on the record, which is no candidacy any more and is read as before it was accepted."""
    nomination.reason, nomination.classification = facts["reason"], Class.AMBER


def _withdraw(nomination: Nomination, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    nomination.classification = Class.AMBER


def _appoint(nomination: Nomination, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    nomination.appointment = facts["appointment"]


def _write(interest: Interest, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    interest.received_at = at


def _invite(interest: Interest, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    interest.call = facts["call"]


def _appointment() -> forms.Field:
    return forms.ModelChoiceField(Appointment.objects.filter(alternate_for=None))


def _call() -> forms.Field:
    return forms.ModelChoiceField(
        Call.objects.filter(state=NOMINATING), required=False, help_text="Empty: for the next election."
    )


NOMINATIONS = Procedure(
    "nomination",
    Nomination,
    Step("nominate", NEW, RECEIVED, nominator, (nominations_are_open, nominated_once), change=_receive),
    Step("accept", RECEIVED, ACCEPTED, committees_team, change=_accept, primary=True,
         rules=(nothing_is_settled_yet, the_nominator_is_entitled, the_candidate_agrees, the_name_tells_them_apart)),
    Step("find_ineligible", (RECEIVED, ACCEPTED), INELIGIBLE, committees_team, (nothing_is_settled_yet,),
         {"reason": a_line()}, _refuse, "Find ineligible"),
    Step("withdraw", (RECEIVED, ACCEPTED), WITHDRAWN, who_wrote_or_stands, (nothing_is_settled_yet,),
         change=_withdraw),
    Step("appoint", ACCEPTED, APPOINTED, committees_team, (has_a_seat, appointed_to_one_of_the_seats),
         {"appointment": _appointment}, _appoint, "Tell the appointment"),
    Step("miss", ACCEPTED, NOT_ELECTED, committees_team, (lost_the_vote,), says="Tell that it was not elected"),
)  # fmt: skip

INTERESTS = Procedure(
    "expression_of_interest",
    Interest,
    Step("write_in", NEW, WRITTEN, anybody_interested, change=_write),
    Step("pass_on", WRITTEN, PASSED_ON, committees_team, says="Pass on to the Chair", primary=True),
    Step("send_form", (WRITTEN, PASSED_ON), INVITED, committees_team, (a_call_of_the_body,), {"call": _call}, _invite,
         "Send a nomination form"),
    Step("withdraw", (WRITTEN, PASSED_ON, INVITED), WITHDRAWN, who_wrote, says="Withdraw"),
)  # fmt: skip
