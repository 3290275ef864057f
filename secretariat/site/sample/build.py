"""Builds the sample administration: published facts, and invented records that agree with them.

Every record is written in one transaction, and the file that says so last: a build that is stopped leaves nothing, or
a whole record of which only that file is still to be written.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from secretariat.core.journal import Event
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.site.sample import (
    accountability,
    alerts,
    applications,
    assessment_plan,
    assessments,
    baseline,
    board_cases,
    budget,
    certificates,
    change_cases,
    committee_cases,
    consultation_cases,
    contacts,
    enquiries,
    events,
    guidance,
    hubs,
    identifiers,
    incidents,
    leaving,
    legal_text,
    mail,
    meetings,
    newsletters,
    observations,
    panel_actions,
    paper,
    parties,
    performance,
    portal,
    product_lists,
    products,
    proposals,
    readings,
    role_entries,
    security,
    smets1,
    standing,
    sub_committee,
    testing,
    timesheets,
    tracker,
    transitional,
)
from secretariat.site.sample.crew import OTHERS, PASSWORD, SECRETARIAT, Crew, address

CLOCK = datetime(2020, 3, 9, 10, 0, tzinfo=UTC)
"""The instant at which the sample administration stands still."""

WELCOME = """\
A sample administration of the Smart Energy Code, standing still on Monday 9 March 2020.

Where to look first
  {february}
    The Operations Report for February 2020, issued on 6 March, open to all. Every number leads to what it counted.
  {sub_committees}
    The Sub-Committee Report of that month, from minutes and figures; its Red appendix is the Panel member's to read.
  {march}
    March's report, just begun; for the secretariat, so sign in as the operations lead.
    February's words are carried over, and wait to be affirmed or rewritten.
  {figure}
    Thirteen months of helpdesk e-mails: twelve as printed, February counted from 2,104 enquiries. For the secretariat.
  {proposal}
    A proposal that was consulted on and is being voted on: sign in as the Change Board member, or as the analyst.
  {queue}
    The helpdesk's queue, worked without a mouse: sign in as the helpdesk agent, and press ? for the keys.
  {code}
    The code's documents, every word invented: each clause as it stood, stands and will stand on any day since 2016.
  {procedures}
    Who may do what, and by which rule.

Who can sign in (the password of all: {password})
{people}

What is invented
  Taken from published documents, each named on the page Publications: the monthly figures before February 2020, and
  the companies, meetings and proposals that those documents name. Everything else is made up so that it adds up to
  the printed figures: parties with a number in their name, enquiries, timesheets, assessments, default cases,
  consultations, votes, portal users, device models, every word of the code and all people. Such records are marked as
  invented. Of the code only its documents' titles, and the numbers and days of its versions, are published. Where a
  document names a company or a proposal but gives no day, the day is made up too; a named proposal whose outcome is
  assumed is marked.
"""


def build(say: Callable[[str], None]) -> None:
    """Builds the sample in a migrated database and marks the home folder. Raises Refused where other records are."""
    if not Person.objects.filter(email=address(SECRETARIAT[0].address)).exists():
        if Event.objects.exists():
            raise Refused("The database holds records that are not the sample's. Give the sample a home of its own.")
        with transaction.atomic():
            enter(say)
    settings.HOME.mkdir(parents=True, exist_ok=True)
    (settings.HOME / "clock").write_text(CLOCK.isoformat(), encoding="ascii")
    marker = settings.HOME / "demo"
    partial = marker.with_suffix(".partial")
    partial.write_text(welcome(), encoding="utf-8")
    partial.replace(marker)


def enter(say: Callable[[str], None]) -> None:
    """Enters every record of the sample."""
    crew = Crew()
    for person in SECRETARIAT:
        crew.add(person)
    say("  schemes, published figures and parties")
    baseline.enter(crew)
    parties.enter(crew)
    standing.enter(crew)
    applications.enter(crew)
    for person in OTHERS:
        crew.add(person)
    role_entries.enter(crew)
    contacts.enter(crew)
    identifiers.enter(crew)
    panel_actions.enter(crew)
    leaving.enter(crew)
    say("  meetings, proposals, product lists and assessments")
    meetings.enter(crew)
    proposals.enter(crew)
    products.enter(crew)
    certificates.enter(crew)
    product_lists.enter(crew)
    assessments.enter(crew)
    observations.enter(crew)
    security.enter(crew)
    assessment_plan.enter(crew)
    say("  cases of change: assessments, consultations, ballots and the release of June 2020")
    change_cases.before_the_board(crew)
    consultation_cases.enter(crew)
    change_cases.enter(crew)
    board_cases.enter(crew)
    say("  committees at work: seats, an agenda with its papers, minutes and an election")
    committee_cases.enter(crew)
    say("  the code itself: 25 documents, their versions since 2016, and two drafts")
    legal_text.enter(crew)
    say("  the central service: hubs, and the tracker of spurious alerts")
    _central_service(crew)
    say("  enquiries, timesheets and portal users")
    enquiries.enter(crew)
    timesheets.enter(crew)
    budget.enter(crew)
    portal.enter(crew)
    mail.enter(crew)
    guidance.enter(crew)
    events.enter(crew)
    newsletters.enter(crew)
    say("  the Operations and Sub-Committee Reports of February 2020, issued, and the first one's of March begun")
    _papers(crew)


def _central_service(crew: Crew) -> None:
    """What is watched of the central service."""
    performance.enter(crew)
    alerts.enter(crew)
    readings.enter(crew)
    hubs.enter(crew)
    tracker.enter(crew)
    incidents.enter(crew)
    smets1.enter(crew)
    testing.enter(crew)
    accountability.enter(crew)


def _papers(crew: Crew) -> None:
    """The papers, which are put together from everything else."""
    paper.enter(crew)
    sub_committee.enter(crew)
    transitional.enter(crew)


def welcome() -> str:
    """Where to look, who can sign in, and what is invented: in a newcomer's words."""
    site = settings.SITE_URL
    people = [*SECRETARIAT, *OTHERS]
    return WELCOME.format(
        february=site + reverse("paper", args=[f"operations-{paper.FEBRUARY.iso}"]),
        sub_committees=site + reverse("paper", args=[f"sub-committee-{sub_committee.FEBRUARY.iso}"]),
        march=site + reverse("paper", args=[f"operations-{paper.MARCH.iso}"]),
        figure=site + reverse("figure", args=["helpdesk_emails", paper.FEBRUARY.iso]),
        proposal=site + reverse("proposal", args=["MP081"]),
        queue=site + reverse("queue"),
        code=site + reverse("code"),
        procedures=site + reverse("procedures"),
        password=PASSWORD,
        people="\n".join(f"  {address(one.address):34}{one.name}" for one in people),
    )
