"""A record of ten times the sample's volume, made up and the same every time, for the month of February 2020.

Rows are inserted in bulk without the events that every real write leaves: figures and lists read none.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.management import call_command
from django.db import connection, models, transaction

from secretariat.assurance.models import Assessment, AssessmentMilestone, MilestoneKind
from secretariat.assurance.models import Kind as AssessmentKind
from secretariat.change.models import Proposal, Stage, StageSpell, label
from secretariat.committees.models import Committee
from secretariat.core.published import Keeping, Publication, PublishedFigure
from secretariat.core.schemes import Heading, Scheme
from secretariat.effort.models import DRIVERS, DayEntry
from secretariat.engagement.models import CATEGORIES as PORTAL_CATEGORIES
from secretariat.engagement.models import PortalUser, WebsiteMonth
from secretariat.helpdesk.models import ANSWERED, CATEGORIES, Channel, Enquiry
from secretariat.meetings.models import HELD, PANEL, PLANNED, Meeting, MeetingDocument
from secretariat.plain.months import Month
from secretariat.products.models import CENTRAL, DeviceModel, DeviceType, ListVersion, ProductList
from secretariat.register.models import (
    Category,
    CategoryMembership,
    CompletedRole,
    DefaultCase,
    Departure,
    GroupMembership,
    Limb,
    Party,
    UserEntry,
    UserRole,
    VotingGroup,
)

FEBRUARY = Month(2020, 2)
AT = datetime(2020, 3, 3, 10, tzinfo=UTC)
CODE_BEGAN = date(2013, 9, 23)
PROPOSALS = 5_000
PARTIES, GROUPS = 3_300, 2_610
EMAILS, CALLS = 21_040, 3_000
WORKERS, DRIVERS_A_DAY = 60, 10
PORTAL_USERS, ASSESSMENTS, USER_ENTRIES = 9_000, 1_000, 400
VERSIONS, MODELS, MEETINGS = 10, 1_000, 25
PATH_OF_STAGES = (Stage.DEVELOPMENT, Stage.REFINEMENT, Stage.REPORT, Stage.DECISION, Stage.APPROVED, Stage.IMPLEMENTED)
MATTERS = ("notices", "timetables", "measures", "charges")
KEPT_SINCE = {
    "parties": CODE_BEGAN,
    "party events": CODE_BEGAN,
    "proposals": CODE_BEGAN,
    "enquiries": FEBRUARY.first,
    "timesheets": FEBRUARY.first,
    "portal users": FEBRUARY.first,
}


def fill() -> None:
    """Makes the database that the settings name and fills it. Takes some seconds."""
    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic():
        for part in (keeping, register, proposals, helpdesk, effort, engagement, assurance, products, meetings):
            part()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # after a while of use the planner's statistics are there, on both databases


def put(model: type[models.Model], rows: list[Any]) -> list[Any]:
    """Inserts rows in bulk and returns them with their keys."""
    return model._default_manager.bulk_create(rows, batch_size=2_000)


def spread(number: int, of: int, first: date, last: date) -> date:
    """The day of the n-th of many things that are spread evenly over some days."""
    return first + timedelta(days=(last - first).days * number // of)


def keeping() -> None:
    """From which day the record is kept."""
    put(Keeping, [Keeping(matter=matter, since=since) for matter, since in KEPT_SINCE.items()])


def scheme(subject: str, name: str, number: int) -> list[Heading]:
    """A scheme of some headings, in force for good, and its headings."""
    made = Scheme.objects.create(subject=subject, name=subject.capitalize(), from_day=CODE_BEGAN, recorded=AT)
    return put(Heading, [Heading(scheme=made, name=f"{name} {place:02}", position=place) for place in range(number)])


def register() -> None:
    """Parties in voting groups; some left, some are or were in default, some completed user entry."""
    categories = [category for category in Category if category != Category.DCC]
    groups = [VotingGroup(key=f"group-{n}", name=f"Group {n}", category=categories[n % 5]) for n in range(GROUPS)]
    groups = put(VotingGroup, groups)
    parties = put(Party, [party(n) for n in range(PARTIES)])
    since = [{"party": one, "from_day": one.acceded_on, "recorded": AT} for one in parties]
    joined = list(zip(since, (groups[n % GROUPS] for n in range(PARTIES)), strict=True))
    put(CategoryMembership, [CategoryMembership(category=group.category, **row) for row, group in joined])
    put(GroupMembership, [GroupMembership(group=group, **row) for row, group in joined])
    put(Departure, [departure(one, one.left_on, n) for n, one in enumerate(parties) if one.left_on])
    put(DefaultCase, [default(one, n) for n, one in enumerate(parties) if n % 25 == 3])
    user_entries(parties)


def party(number: int) -> Party:
    """The n-th party; one in fifty left within the months shown."""
    left = spread(number, PARTIES, date(2019, 2, 1), FEBRUARY.last) if number % 50 == 7 else None
    acceded = spread(number, PARTIES, CODE_BEGAN, date(2019, 1, 31) if left else FEBRUARY.last)
    name = f"Invented Energy {number:04} Limited"
    state = "left" if left else "party"
    return Party(key=f"party-{number}", name=name, acceded_on=acceded, left_on=left, state=state, invented=True)


def departure(one: Party, day: date, number: int) -> Departure:
    """How a party left."""
    how = Departure.How.EXPELLED if number % 4 else Departure.How.WITHDRAWN
    return Departure(party=one, day=day, how=how, reason="Made up")


def default(one: Party, number: int) -> DefaultCase:
    """An Event of Default of a party; every second one was cured."""
    entered = spread(number, PARTIES, date(2018, 12, 1), FEBRUARY.last)
    if number % 2:
        return DefaultCase(party=one, limb=Limb.C, entered_on=entered, state="in default")
    ended = entered + timedelta(days=30)
    return DefaultCase(party=one, limb=Limb.C, entered_on=entered, ended_on=ended, outcome="cured", state="cured")


def user_entries(parties: list[Party]) -> None:
    """Completions of user entry from February on, each for two roles."""
    chosen = parties[:USER_ENTRIES]
    days = [spread(n, USER_ENTRIES, FEBRUARY.first, date(2020, 3, 6)) for n in range(USER_ENTRIES)]
    entries = put(UserEntry, [UserEntry(party=one, completed_on=day) for one, day in zip(chosen, days, strict=True)])
    roles = list(UserRole.objects.all()[:2])
    put(
        CompletedRole, [CompletedRole(entry=one, party_id=one.party_id, role=role) for one in entries for role in roles]
    )


def proposals() -> None:
    """Proposals, each in one of the stages, having passed through those before it."""
    put(Proposal, [proposal(number) for number in range(1, PROPOSALS + 1)])
    made = Proposal.objects.order_by("pk")
    put(StageSpell, [spell for one in made for spell in spells(one)])


def proposal(number: int) -> Proposal:
    """The proposal of a number."""
    raised = spread(number, PROPOSALS + 1, CODE_BEGAN, FEBRUARY.last)
    stage = PATH_OF_STAGES[number % len(PATH_OF_STAGES)]
    return Proposal(
        number=number,
        reference=label(number, "", raised, None),
        title=f"A change to the {MATTERS[number % len(MATTERS)]} of Section {number % 26 + 1}",
        proposer_name=f"Invented Energy {number % PARTIES:04} Limited",
        raised_on=raised,
        state=stage,
        invented=True,
    )


def spells(one: Proposal) -> list[StageSpell]:
    """The stages that a proposal passed through, twenty days in each, and the one in which it stands."""
    passed = PATH_OF_STAGES[: PATH_OF_STAGES.index(Stage(one.state)) + 1]
    begins = [one.raised_on + timedelta(days=20 * place) for place in range(len(passed))]
    ends = [*(begin - timedelta(days=1) for begin in begins[1:]), None]
    told = zip(passed, begins, ends, strict=True)
    return [StageSpell(proposal=one, stage=stage, from_day=a, to_day=z, recorded=AT) for stage, a, z in told]


def helpdesk() -> None:
    """February's enquiries one by one, and those of the twelve months before as they were printed."""
    headings = scheme(CATEGORIES, "Category", 14)
    put(Enquiry, [enquiry(n, headings[n * n % 14]) for n in range(EMAILS + CALLS)])
    printed = Publication.objects.create(slug="printed", title="An invented paper", day=FEBRUARY.first, invented=True)
    rows = []
    for month in FEBRUARY.plus(-1).back(12):
        told = {"publication": printed, "figure": "helpdesk_emails", "month": month.first}
        rows += [PublishedFigure(row=one.name, value=Decimal(100 + one.position), **told) for one in headings]
        rows.append(PublishedFigure(is_total=True, value=Decimal(14 * 100 + 91), **told))
    put(PublishedFigure, rows)


def enquiry(number: int, category: Heading) -> Enquiry:
    """The n-th enquiry of February."""
    received = FEBRUARY.bounds()[0] + timedelta(seconds=100 * number)
    channel = Channel.EMAIL if number < EMAILS else Channel.TELEPHONE
    return Enquiry(
        number=f"ENQ-{number:06}", channel=channel, category=category, received=received,
        answered=received + timedelta(hours=2), state=ANSWERED, invented=True,
    )  # fmt: skip


def effort() -> None:
    """February's timesheets: every worker on ten drivers on each of twenty days."""
    headings = scheme(DRIVERS, "Driver", 22)
    days = [FEBRUARY.first + timedelta(days=day) for day in range(28) if day % 7 < 5]
    rows = [
        DayEntry(worker_code=f"W{worker}", driver=headings[(worker + n) % 22], day=day, hundredths=5 + n, invented=True)
        for worker in range(WORKERS) for day in days for n in range(DRIVERS_A_DAY)
    ]  # fmt: skip
    put(DayEntry, rows)


def engagement() -> None:
    """Portal accounts, one in ten of them closed, and thirteen months of the website."""
    headings = scheme(PORTAL_CATEGORIES, "User category", 8)
    day = date(2019, 6, 1)
    closed = [FEBRUARY.first if n % 10 == 0 else None for n in range(PORTAL_USERS)]
    rows = [
        PortalUser(code=f"U{n}", category=headings[n % 8], registered_on=day, closed_on=end)
        for n, end in enumerate(closed)
    ]
    put(PortalUser, rows)
    put(WebsiteMonth, [WebsiteMonth(month=one.first, visits=9_000, page_views=30_000) for one in FEBRUARY.back(13)])


def assurance() -> None:
    """Assessments with three milestones each, from December on; one in four is closed."""
    parties = list(Party.objects.order_by("pk")[:ASSESSMENTS])
    kinds = (AssessmentKind.FUSA, AssessmentKind.VUSA, AssessmentKind.SSA)
    opened = date(2019, 12, 2)
    rows = [
        Assessment(party=one, kind=kinds[n % 3], opened_on=opened, closed_on=FEBRUARY.last if n % 4 == 0 else None)
        for n, one in enumerate(parties)
    ]
    reached = (MilestoneKind.VALIDATION_1, MilestoneKind.FIELDWORK, MilestoneKind.PREPARED)
    milestones = [
        AssessmentMilestone(assessment=one, kind=kind, day=opened + timedelta(days=(n + 30 * place) % 90))
        for n, one in enumerate(put(Assessment, rows)) for place, kind in enumerate(reached)
    ]  # fmt: skip
    put(AssessmentMilestone, milestones)


def products() -> None:
    """Versions of every product list in February, and the device models that those of the Central list added."""
    lists = list(ProductList.objects.all())
    rows = [
        ListVersion(list=one, number=n + 1, published_on=FEBRUARY.first + timedelta(days=n))
        for one in lists
        for n in range(VERSIONS)
    ]
    central = [version for version in put(ListVersion, rows) if version.list.code == CENTRAL]
    made = [
        DeviceModel(
            entry_id=f"E{n}", device_type=DeviceType.ESME, manufacturer="Invented Meters", model=f"M{n}",
            technical_specification="SMETS2 v4.2" if n % 2 else "SMETS1", firmware="1.0",
            added_in=central[n % VERSIONS], invented=True,
        )
        for n in range(MODELS)
    ]  # fmt: skip
    put(DeviceModel, made)


def meetings() -> None:
    """Many meetings of every body in February, with their documents; of the Panel only its regular ones."""
    panel = Committee.objects.get(code=PANEL)
    for day, number, state in ((date(2020, 2, 14), 77, HELD), (date(2020, 3, 13), 78, PLANNED)):
        one = Meeting(committee=panel, day=day, number=number, state=state)
        one.reference = one.reckoned_reference()
        put(Meeting, [one])
    bodies = Committee.objects.between(FEBRUARY.first, FEBRUARY.last).exclude(pk=panel.pk)
    days = [FEBRUARY.first + timedelta(days=day) for day in range(MEETINGS)]
    held = put(Meeting, [Meeting(committee=body, day=day, state=HELD) for body in bodies for day in days])
    kinds = (MeetingDocument.Kind.AGENDA, MeetingDocument.Kind.HEADLINES)
    put(MeetingDocument, [MeetingDocument(meeting=one, kind=kind, classification=0) for one in held for kind in kinds])
