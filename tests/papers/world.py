"""A small administration with one report, for the tests of a paper's life."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from secretariat.committees.models import Committee
from secretariat.core import journal
from secretariat.core.classification import Class
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.core.published import Keeping
from secretariat.meetings.models import Meeting
from secretariat.meetings.procedure import MEETINGS
from secretariat.papers.actions import begin
from secretariat.papers.models import Paper
from secretariat.papers.report import REPORTS, Attached, Part, Report
from secretariat.papers.tables import grid_table, listing_table
from secretariat.plain.months import Month
from secretariat.register.figures import accessions, party_statistics
from secretariat.register.models import Category, Party
from secretariat.register.procedure import PARTIES

AT = datetime(2020, 3, 3, 10, tzinfo=UTC)
FEBRUARY = Month(2020, 2)


def _layout(assembly: Any, part: Part) -> list[Any]:
    return [
        *assembly.narrative(part),
        listing_table(assembly, accessions, "Accessions", empty="None."),
        grid_table(assembly, party_statistics, "Statistics"),
    ]


REPORT = Report(
    name="small",
    title="Small Report",
    body="SECP",
    paper_number=30,
    action="For Information",
    purpose="What happened in [[month]].",
    recommendation="**NOTE** this paper.",
    classification=Class.WHITE,
    attachments=(Attached("Appendix A", "Names", Class.AMBER, "SECP"),),
    editions=(Class.AMBER,),
    parts=(
        Part("entry", "Entry", Team.PARTY_SUPPORT, _layout),
        Part("gone", "Gone", Team.CHANGE, until=Month(2019, 12)),
    ),
)
REPORTS[REPORT.name] = REPORT


def told(by: Person | None = None, at: datetime = AT) -> dict[str, Any]:
    """Who writes, and when."""
    return {"by": by, "at": at, "recorded": at}


def person(name: str, role: str = Role.SECRETARIAT, team: str = "", audience: str = "") -> Person:
    """A person with one capacity since 2019."""
    made = Person.objects.create_user(f"{name}@example.org", name)
    row = Capacity(person=made, role=role, team=team, audience=audience, from_day=date(2019, 1, 1), recorded=AT)
    journal.enter(row, **told())
    return made


def panel_meeting(day: date, number: int) -> Meeting:
    """A planned meeting of the Panel."""
    panel = Committee.objects.filter(code="SECP").first()
    if panel is None:
        panel = Committee(code="SECP", name="SEC Panel", short_name="SEC Panel", position=900, classification=0)
        journal.enter(panel, **told())
    meeting = Meeting(committee=panel, day=day, number=number)
    MEETINGS.take("plan", meeting, by=_secretary(), at=AT, recorded=AT)
    return meeting


def _secretary() -> Person:
    known = Person.objects.filter(email="secretary@example.org").first()
    return known or person("secretary", team=Team.COMMITTEES)


def accede(name: str, day: date, category: str = Category.SMALL_SUPPLIER) -> Party:
    """A party that acceded on a day."""
    party = Party(name=name, key=name.lower().replace(" ", "-"))
    support = Person.objects.filter(email="support@example.org").first() or person("support", team=Team.PARTY_SUPPORT)
    PARTIES.take("accede", party, by=support, at=AT, recorded=AT, day=day, category=category, voting_group=None)
    return party


def begun(month: Month = FEBRUARY, lead: Person | None = None) -> Paper:
    """February's paper, begun for Panel 78."""
    Keeping.objects.create(matter="party events", since=date(2020, 2, 1))
    panel_meeting(date(2020, 2, 14), 77)
    meeting = panel_meeting(date(2020, 3, 13), 78)
    return begin(REPORT, month, meeting, author="Operations team", **told(lead or person("lead", team=Team.OPERATIONS)))


def begun_before(paper: Paper) -> Paper:
    """January's paper, begun for the same meeting: a draft, and so Amber."""
    lead = Person.objects.get(email="lead@example.org")
    return begin(REPORT, paper.month.plus(-1), paper.meeting, author="Operations team", **told(lead))
