"""The sample's Change Board: its seats and members, its ballots, and what was decided.

That SECMP0035 was approved unanimously, could be referred until 17:00 on 6 July 2017 and was then implemented is told
by the newsletter of June 2017. Who sat on the Board and how each seat voted is invented, as is every other case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from secretariat.change.decision.actions import decide, hear, prepare_ballots, record_letter, refer
from secretariat.change.decision.models import Decision, Letter, Referral
from secretariat.change.decision.procedure import DECISIONS
from secretariat.change.judging.objectives import objectives
from secretariat.change.models import Proposal
from secretariat.change.procedure import CHANGE
from secretariat.committees.ballots.models import Ballot, Elector
from secretariat.committees.ballots.procedure import BALLOTS, ELECTORS
from secretariat.committees.models import Committee
from secretariat.committees.seats.actions import lay_out
from secretariat.committees.seats.models import CHANGE_BOARD, Appointment, Constituency, Seat
from secretariat.committees.seats.procedure import APPOINTMENTS
from secretariat.core import journal
from secretariat.core.people import Role
from secretariat.plain.dates import LONDON
from secretariat.register.models import Party
from secretariat.site.sample.crew import BOARD_MEMBER, RECORDED, SINCE, Crew, SignIn, noon, told

SEATED = (SINCE, date(2020, 3, 2))
"""The days on which the seats were compared with the Voting Groups of the register."""

OPENS, CLOSES, TAKEN = time(9), time(11, 30), time(12)
NOTIFIED, FREE, IMPLEMENTED = date(2017, 6, 22), date(2017, 7, 7), date(2017, 7, 13)
"""Of SECMP0035: told to the parties, no longer to be referred, and part of the code."""

REFERRED, HEARD = date(2019, 10, 2), date(2019, 10, 11)
BY_LETTER, FROM_THE_AUTHORITY = date(2019, 8, 29), date(2019, 8, 30)
PRESENT = 2
"""Of the Large Suppliers' members, as many voted where the documents do not tell of the vote."""

REASON = "Invented: the case for it was made in the Modification Report."
AGAINST = "Invented: the report does not show that the benefit is worth the cost."
PUT_TO_DECISION, CONSULTED_UNTIL, VOTES_UNTIL = date(2020, 3, 2), date(2020, 2, 10), date(2020, 3, 25)


def enter(crew: Crew) -> None:
    """Seats the Board, takes three of its decisions, and opens the ballot of March 2020."""
    for day in SEATED:
        _seat(crew, day)
    _approval(crew)
    _referral(crew)
    _letter(crew)
    _open_ballot(crew)


def _seat(crew: Crew, day: date) -> None:
    """Lays out the seats as at a day and appoints somebody to each that is vacant; all of them are invented."""
    board, secretary = Committee.objects.get(code=CHANGE_BOARD), crew["committee.secretary"]
    for seat in lay_out(board, **told(secretary, noon(day))):
        journal.amend(seat, {"invented": True}, **told(secretary, noon(day)))
    for seat in Seat.objects.filter(committee=board, to_day__isnull=True, appointments__isnull=True):
        name = BOARD_MEMBER if seat.title == "Small Suppliers 1" else f"board.member.{seat.pk}"
        if name not in crew.people:
            member = SignIn(name, f"Sample Member, {seat.title}", Role.COMMITTEE_MEMBER, audience=CHANGE_BOARD)
            crew.add(member, signs_in=False)
        row = Appointment(seat=seat, person=crew[name], from_day=day, recorded=RECORDED, invented=True)
        APPOINTMENTS.take("appoint", row, **told(secretary, noon(day)))


def _ballot(crew: Crew, proposal: Proposal, day: date, against: Sequence[str] = ()) -> Ballot:
    """A closed ballot of the Board's meeting on a day; the constituencies named vote against, or all vote for it."""
    analyst, closes = crew["change.analyst"], _at(day, CLOSES)
    judged = {one.key: str(one.entry.value) for one in objectives(day) if not one.charging}
    (ballot,) = prepare_ballots(
        proposal, opens_at=_at(day, OPENS), closes_at=closes, objectives=judged, **told(analyst, _at(day, time(8)))
    )
    journal.amend(ballot, {"invented": True}, **told(analyst, _at(day, time(8))))
    BALLOTS.take("open", ballot, **told(analyst, _at(day, OPENS)))
    _vote(crew, _present(ballot, PRESENT if against else None), closes, against)
    BALLOTS.take("close", ballot, **told(analyst, closes + timedelta(minutes=1)))
    return ballot


def _present(ballot: Ballot, large: int | None) -> list[Elector]:
    """Who votes: of the Large Suppliers' members the first few, or all; of the other constituencies everybody."""
    electors = ballot.electors.filter(has_vote=True).order_by("pk")
    suppliers = electors.filter(constituency=Constituency.LARGE_SUPPLIERS.label)
    return [*suppliers[:large], *electors.exclude(constituency=Constituency.LARGE_SUPPLIERS.label)]


def _vote(crew: Crew, electors: Iterable[Elector], at: datetime, against: Sequence[str] = ()) -> None:
    """The votes given in the meeting, written down by the secretariat while the ballot is open."""
    for elector in electors:
        choice = "reject" if elector.constituency in against else "approve"
        effect = "neutral" if choice == "reject" else "better"
        ELECTORS.take(
            "vote", elector, choice=choice, reason=AGAINST if choice == "reject" else REASON,
            objectives={"g": effect}, by=crew["change.analyst"], at=at, recorded=at,
        )  # fmt: skip


def _decide(crew: Crew, ballot: Ballot, day: date, notified: date, invented: bool = True) -> Decision:
    analyst = crew["change.analyst"]
    reasons = REASON if ballot.outcome == "approve" else AGAINST
    (made,) = decide([ballot], reasons=reasons if invented else "", **told(analyst, _at(day, TAKEN)))
    journal.amend(made, {"invented": invented}, **told(analyst, _at(day, TAKEN)))
    DECISIONS.take("notify", made, day=notified, **told(analyst, noon(notified)))
    return made


def _approval(crew: Crew) -> None:
    """SECMP0035: not referred within ten Working Days, and implemented five Working Days after."""
    proposal, day, analyst = Proposal.objects.get(number=35), date(2017, 6, 21), crew["change.analyst"]
    made = _decide(crew, _ballot(crew, proposal, day), day, NOTIFIED, invented=False)
    DECISIONS.take("stand", made, **told(analyst, noon(FREE)))
    CHANGE.take("implement", proposal, **told(analyst, noon(IMPLEMENTED)))


def _referral(crew: Crew) -> None:
    """SECMP0048, rejected by the Board; a party referred that, and the Panel upheld it."""
    proposal, day, analyst = Proposal.objects.get(number=48), date(2019, 9, 25), crew["change.analyst"]
    made = _decide(crew, _ballot(crew, proposal, day, ("Small Suppliers", "Networks", "Other SEC Parties", "Consumer")),
                   day, date(2019, 9, 26))  # fmt: skip
    party = Party.objects.filter(invented=True, left_on__isnull=True, acceded_on__lt=day).order_by("pk").first()
    referral = Referral(decision=made, party=party, grounds="Invented: the costs were told twice.", invented=True)
    refer(referral, **told(analyst, noon(REFERRED)))
    reasons = "Invented: the costs were told twice in the report, and counted once by the Board."
    hear(referral, "uphold", day=HEARD, reasons=reasons, **told(analyst, noon(HEARD)))


def _letter(crew: Crew) -> None:
    """MP067: the Board recommended to reject it, and the Authority did so by letter."""
    proposal, day, analyst = Proposal.objects.get(number=67), date(2019, 8, 28), crew["change.analyst"]
    _decide(crew, _ballot(crew, proposal, day, ("Large Suppliers", "Networks", "Small Suppliers")), day, BY_LETTER)
    letter = Letter(
        reference="Invented letter", dated_on=BY_LETTER, received_on=FROM_THE_AUTHORITY, says=Letter.Says.REJECT,
        invented=True,
    )  # fmt: skip
    made = record_letter(letter, [proposal], AGAINST, **told(analyst, noon(FROM_THE_AUTHORITY)))
    journal.amend(made, {"invented": True}, **told(analyst, noon(FROM_THE_AUTHORITY)))


def _open_ballot(crew: Crew) -> None:
    """MP081: consulted on, put to decision, and voted on until the Board's meeting of 25 March 2020."""
    proposal, analyst = Proposal.objects.get(number=81), crew["change.analyst"]
    CHANGE.take("vote", proposal, consultation_closed=CONSULTED_UNTIL, **told(analyst, noon(PUT_TO_DECISION)))
    opens = _at(date(2020, 3, 4), OPENS)
    judged = {one.key: str(one.entry.value) for one in objectives(PUT_TO_DECISION) if not one.charging}
    (ballot,) = prepare_ballots(
        proposal, opens_at=opens, closes_at=_at(VOTES_UNTIL, time(17)), objectives=judged,
        **told(analyst, noon(date(2020, 3, 3))),
    )  # fmt: skip
    journal.amend(ballot, {"invented": True}, **told(analyst, noon(date(2020, 3, 3))))
    BALLOTS.take("open", ballot, **told(analyst, opens))
    _vote(crew, _present(ballot, PRESENT)[:4], noon(date(2020, 3, 6)))


def _at(day: date, moment: time) -> datetime:
    """An instant of a day on the London clock."""
    return datetime.combine(day, moment, tzinfo=LONDON)
