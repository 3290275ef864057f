"""The sample's committees at work: a group's members, agenda, papers and invitations, minutes, a series, an election.

That the Operations Group has a seat for each Large Supplier group and three for each other constituency is published.
Who sits in them, what they read and what was minuted is invented.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from secretariat.committees.elections.actions import plan_call
from secretariat.committees.elections.models import Call
from secretariat.committees.elections.procedure import CALLS
from secretariat.committees.elections.windows import nominations_close
from secretariat.committees.models import Committee
from secretariat.committees.seats.actions import lay_out
from secretariat.committees.seats.models import Appointment, Constituency, Seat
from secretariat.committees.seats.procedure import APPOINTMENTS
from secretariat.core import journal
from secretariat.core.classification import Class
from secretariat.core.people import Role, Team
from secretariat.meetings.agenda.candidates import put
from secretariat.meetings.agenda.models import Act, AgendaItem, StandingItem
from secretariat.meetings.attending.actions import invite, members_to_invite
from secretariat.meetings.minutes.actions import minutes_of, write_row
from secretariat.meetings.minutes.models import Kind, Minute, Outcome
from secretariat.meetings.minutes.procedure import MINUTES
from secretariat.meetings.models import Meeting
from secretariat.meetings.packs.actions import draft, write
from secretariat.meetings.packs.models import MeetingPaper
from secretariat.meetings.packs.procedure import MEETING_PAPERS
from secretariat.meetings.series.actions import begin
from secretariat.meetings.series.models import Series
from secretariat.plain.dates import LONDON
from secretariat.site.sample.crew import OPERATIONS_MEMBER, RECORDED, Crew, SignIn, noon, told

BODY, MINUTED = "OPSG", "TABASC"
SEATED, ASKED, PAPER_DAY = date(2019, 9, 2), date(2020, 2, 18), date(2020, 3, 3)
MEETS, WAS_HELD, SINCE = date(2020, 3, 10), date(2020, 3, 3), date(2020, 5, 1)
VACANT = "Small Suppliers 3"
"""The seat that nobody holds, and for which nominations are open."""

STANDING = (
    ("Minutes of the last meeting, and actions", Act.AGREE, 10, "Chair"),
    ("Performance of the central service", Act.NOTE, 30, "DCC"),
)
PURPOSE = "Invented: to tell the group how the month went."
RECOMMENDATION = "Invented: the group is asked to note the paper."
PAPERS = (
    ("Performance of the central service in February", Act.NOTE, Class.WHITE, "ready issue", "# The month\n\n"
     "Invented: the service was available as agreed, and two releases went in without an incident.\n\n"
     "[Amber] Invented: one provider missed a measure, and has been asked for a plan."),
    ("Notification of a test", Act.DISCUSS, Class.AMBER, "ready issue", "Invented: a test is planned for April."),
    ("Ageing incidents", Act.NOTE, Class.GREEN, "ready", "Invented: three incidents are older than thirty days."),
    ("Returns of communications hubs", Act.NOTE, Class.WHITE, "", ""),
)  # fmt: skip
"""Title, what is asked, class, the steps taken, and words; the last one is still awaited."""


def enter(crew: Crew) -> None:
    """Seats the Operations Group, prepares its meeting of March, and begins what the rest of the room shows."""
    _seat(crew)
    meeting = Meeting.objects.get(committee__code=BODY, day=MEETS)
    _agenda(crew, meeting)
    _invite(crew, meeting)
    _minutes(crew)
    _series(crew)
    _election(crew)


def _seat(crew: Crew) -> None:
    """Lays out the seats and appoints somebody to each, save one."""
    secretary, body = crew["committee.secretary"], Committee.objects.get(code=BODY)
    for seat in lay_out(body, **told(secretary, noon(SEATED))):
        journal.amend(seat, {"invented": True}, **told(secretary, noon(SEATED)))
        if seat.title != VACANT:
            name = OPERATIONS_MEMBER if seat.title == "Small Suppliers 1" else f"operations.member.{seat.pk}"
            if name not in crew.people:
                member = SignIn(name, f"Sample Member, {seat.title}", Role.COMMITTEE_MEMBER, audience=BODY)
                crew.add(member, signs_in=False)
            row = Appointment(seat=seat, person=crew[name], from_day=SEATED, recorded=RECORDED, invented=True)
            APPOINTMENTS.take("appoint", row, **told(secretary, noon(SEATED)))


def _agenda(crew: Crew, meeting: Meeting) -> None:
    """The agenda, with papers that are issued, ready and awaited."""
    secretary = crew["committee.secretary"]
    for place, (title, act, minutes, presenter) in enumerate(STANDING, start=1):
        row = StandingItem(committee=meeting.committee, position=place * 10, title=title, act=act, minutes=minutes,
                           presenter=presenter, from_day=SEATED, audience=BODY, invented=True)  # fmt: skip
        journal.enter(row, **told(secretary, noon(ASKED)))
    first = AgendaItem(meeting=meeting, title=STANDING[0][0], act=STANDING[0][1], minutes=10, invented=True)
    put(first, **told(secretary, noon(ASKED)))
    for title, act, level, steps, words in PAPERS:
        item = AgendaItem(meeting=meeting, title=title, act=act, classification=level, minutes=15, invented=True)
        put(item, **told(secretary, noon(ASKED)))
        _paper(crew, item, steps, words)


def _paper(crew: Crew, item: AgendaItem, steps: str, words: str) -> None:
    secretary, author = crew["committee.secretary"], crew["operations.reviewer"]
    paper = MeetingPaper(
        item=item, title=item.title, act=item.act, purpose=PURPOSE, recommendation=RECOMMENDATION, team="Operations",
        author=author, issue_class=item.classification, invented=True,
    )  # fmt: skip
    draft(paper, **told(secretary, noon(ASKED)))
    if words:
        write(paper, words, 0, **told(author, noon(ASKED)))
    for step in steps.split():
        MEETING_PAPERS.take(step, paper, **told(secretary, noon(PAPER_DAY)))


def _invite(crew: Crew, meeting: Meeting) -> None:
    """Everybody who has a seat is invited, three weeks ahead."""
    guests = members_to_invite(meeting)
    invite(meeting, guests, place="Invented: room 4", call="Invented: dial 0000",
           **told(crew["committee.secretary"], noon(ASKED)))  # fmt: skip


def _minutes(crew: Crew) -> None:
    """Minutes of an invented meeting, circulated, with an action and its headlines."""
    secretary = crew["committee.secretary"]
    meeting = Meeting.objects.get(committee__code=MINUTED, day=WAS_HELD)
    at = told(secretary, datetime.combine(WAS_HELD, time(15), tzinfo=LONDON))
    rows: tuple[tuple[Kind, Class, str, dict[str, Any], dict[str, Any]], ...] = (
        (Kind.DECISION, Class.WHITE, "Invented: the design of the change was agreed.", {"outcome": Outcome.AGREED}, {}),
        (Kind.DISCUSSION, Class.AMBER, "Invented: a provider's costs were discussed.", {}, {}),
        (Kind.ACTION, Class.WHITE, "Invented: bring the list of affected interfaces.", {},
         {"owner": {"team": Team.TECHNICAL}, "days": 10}),
    )  # fmt: skip
    for kind, level, text, more, placed in rows:
        write_row(Minute(minutes=minutes_of(meeting), kind=kind, text=text, published_class=level, **more),
                  **placed, **at)  # fmt: skip
    minutes = minutes_of(meeting)
    MINUTES.take("circulate", minutes, **told(secretary, noon(date(2020, 3, 5))))
    MINUTES.take("publish_headlines", minutes, **told(secretary, noon(date(2020, 3, 6))))


def _series(crew: Crew) -> None:
    """The group meets on the first Tuesday of every month from May on."""
    body = Committee.objects.get(code=BODY)
    series = Series(committee=body, rhythm="months", weekday=1, nth=1, from_day=SINCE, starts=time(10), ends=time(13),
                    invented=True)  # fmt: skip
    begin(series, **told(crew["committee.secretary"], noon(date(2020, 3, 2))))


def _election(crew: Crew) -> None:
    """Nominations for the vacant seat of the Small Suppliers are open."""
    secretary, body, opens = crew["committee.secretary"], Committee.objects.get(code=BODY), date(2020, 3, 2)
    call = Call(committee=body, occasion=Call.Occasion.INTERIM, opens_on=opens, frozen_on=opens, invented=True,
                term_from=date(2020, 5, 1), closes_at=nominations_close(body, opens))  # fmt: skip
    seats = Seat.objects.filter(committee=body, title=VACANT, constituency=Constituency.SMALL_SUPPLIERS)
    plan_call(call, seats, **told(secretary, noon(date(2020, 2, 27))))
    CALLS.take("open", call, **told(secretary, noon(opens)))
