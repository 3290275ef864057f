"""The sample's Sub-Committee Report of February 2020: the meetings, minutes and findings behind it, and the paper.

The facts are published; the meetings of January, their numbers, and at which of them each thing was said are invented,
and so is every word of the Red appendix. The facts and the words of the sample stand in the file beside this one.
"""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from secretariat.assurance.models import Assessment, Frame, MilestoneKind
from secretariat.assurance.observations.exchange import take_in
from secretariat.assurance.observations.models import Observation
from secretariat.assurance.observations.naming import name_reader
from secretariat.assurance.observations.procedure import OBSERVATION
from secretariat.core import journal
from secretariat.core.classification import Class
from secretariat.core.people import Person, Role
from secretariat.meetings.agenda.models import LISTED, Act, AgendaItem
from secretariat.meetings.minutes.actions import minutes_of, write_row
from secretariat.meetings.minutes.models import Kind, Minute
from secretariat.meetings.minutes.procedure import MINUTES
from secretariat.meetings.models import PANEL, Meeting
from secretariat.papers.actions import add_passage, begin
from secretariat.papers.appendices import compose
from secretariat.papers.procedure import PAPER
from secretariat.papers.proofing import accept, proofread
from secretariat.plain.dates import LONDON
from secretariat.plain.months import Month
from secretariat.reports.sub_committee import SUB_COMMITTEE
from secretariat.site.sample.crew import RECORDED, Crew, SignIn, noon, told
from secretariat.site.sample.facts import table
from secretariat.site.sample.meetings import COLUMNS
from secretariat.site.sample.paper import WRITERS

FILE = Path(__file__).with_suffix(".toml")
FEBRUARY = Month(2020, 2)
AUTHOR = "Sample Operations Lead"

HELD = (
    (PANEL, date(2020, 1, 10), 76, ""), ("SSC", date(2020, 1, 8), 92, "headlines"),
    ("SSC", date(2020, 1, 22), 93, "headlines"), ("SECPMA", date(2020, 1, 28), 65, "headlines"),
    ("TABASC", date(2020, 1, 9), 49, "headlines"), ("TAG", date(2020, 1, 8), 38, "minutes (Amber)"),
    ("TAG", date(2020, 1, 22), 39, "minutes (Amber)"), ("TAG", date(2020, 1, 29), 40, "minutes (Amber)"),
)  # fmt: skip
"""The meetings of January 2020, all invented: body, day, number and what was published."""

ACTS = {"approved": Act.APPROVE, "agreed": Act.AGREE, "noted": Act.NOTE}
HEADS = ("obligation", "severity", "found", "evidence")
FOUND = (
    (("G3.8", "Medium", "Invented: sample finding on how changes are recorded.", "Invented: a list of changes."),
     ("G5.14", "Low", "Invented: sample finding on the register of risks.", "Invented: the register.")),
    (("G3.18", "High", "Invented: sample finding on the telling of incidents.", "Invented: a procedure."),),
    (("G4.2", "Low", "Invented: sample finding on the review of suppliers.", "Invented: minutes of a review."),),
)  # fmt: skip
"""What was found in each assessment that was given a status in January 2020."""

ACCEPTED: dict[str, str] = {}
"""Why errors of the published paper are let stand, by rule; any other keeps the sample from being built."""


def enter(crew: Crew) -> None:
    """Enters meetings, minutes and findings, then writes and issues the paper."""
    rows = [(body, day, number, "", "", published, "", "yes") for body, day, number, published in HELD]
    crew.load("meetings", "committee.secretary", COLUMNS, rows)
    agenda = _agenda(crew)
    for item, told_item in zip(agenda, content()["items"], strict=True):
        _minute(crew, item, told_item["rows"])
    for meeting in {item.meeting_id: item.meeting for item in agenda}.values():
        circulated = noon(meeting.day + timedelta(days=2))
        MINUTES.take("circulate", minutes_of(meeting), **told(crew["committee.secretary"], circulated))
    _findings(crew)
    _write(crew)


def content() -> dict[str, Any]:
    """What was minuted, and the narrative."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _agenda(crew: Crew) -> list[AgendaItem]:
    """The agendas of meetings that were held, numbered as they stood; agendas were not kept here then.

    They begin listed, as imported records do: nothing is put on the agenda of a meeting that was held.
    """
    made: list[AgendaItem] = []
    for one in content()["items"]:
        body, day = one["meeting"].split()
        meeting = Meeting.objects.select_related("committee").get(committee__code=body, day=day)
        number = 1 + sum(item.meeting_id == meeting.pk for item in made)
        act = next((ACTS[word] for word, _ in one["rows"] if word in ACTS), Act.DISCUSS)
        made.append(AgendaItem(
            meeting=meeting, title=one["title"], act=act, number=number, position=10 * number, state=LISTED,
            audience=body, invented=meeting.invented,
        ))  # fmt: skip
    journal.enter_all(made, **told(crew["committee.secretary"], RECORDED))
    return made


def _minute(crew: Crew, item: AgendaItem, rows: list[list[str]]) -> None:
    """The rows of one item: decisions, discussions, and what is Amber."""
    secretary = told(crew["committee.secretary"], datetime.combine(item.meeting.day, time(16), tzinfo=LONDON))
    for word, text in rows:
        outcome = word if word in ACTS else ""
        row = Minute(minutes=minutes_of(item.meeting), item=item, outcome=outcome, text=text.strip())
        row.kind = Kind.DECISION if outcome else Kind.DISCUSSION
        row.published_class = Class.AMBER if word == "amber" else Class.WHITE
        write_row(row, **secretary)


def cases() -> list[Assessment]:
    """The assessments that were given a status in January 2020."""
    kinds = (MilestoneKind.ASSURANCE_STATUS, MilestoneKind.COMPLIANCE_STATUS)
    days = (date(2020, 1, 1), date(2020, 1, 31))
    rows = Assessment.objects.filter(frame=Frame.SECURITY, milestones__kind__in=kinds, milestones__day__range=days)
    return list(rows.distinct().order_by("opened_on", "pk"))


def _findings(crew: Crew) -> None:
    analyst = crew["security.analyst"]
    for place, (case, found) in enumerate(zip(cases(), FOUND, strict=True), start=1):
        at, contact = told(analyst, noon(date(2020, 1, 23))), f"reviewed.party.{place}"
        crew.add(SignIn(contact, f"Sample Contact, Reviewed Party {place}", Role.PARTY_CONTACT, party=case.party.key),
                 signs_in=False)  # fmt: skip
        for person in (crew["ssc.member"], crew[contact]):
            name_reader(case, person, **at)
        take_in(case, "observations.csv", table(HEADS, found), **at)
        for one in Observation.objects.filter(assessment=case):
            OBSERVATION.take("share", one, **at)


def _write(crew: Crew) -> None:
    """The paper, from its beginning on 5 February to its issue on the 7th."""
    lead, analyst = crew["operations.lead"], crew["security.analyst"]
    meeting = Meeting.objects.get(committee__code=PANEL, number=77)
    begun = _on(5, 9)
    paper = begin(SUB_COMMITTEE, FEBRUARY, meeting, by=lead, author=AUTHOR, at=begun, recorded=begun)
    for one in content()["passages"]:
        writer = crew[WRITERS[SUB_COMMITTEE.part(one["part"]).owner]]
        add_passage(paper, one["part"], one["kind"], one["text"], by=writer, at=_on(6, 9), recorded=_on(6, 9))
    compose(paper.attachments.get(), [crew["panel.member"], crew["ssc.member"]], **_by(analyst, 6, 11))
    for finding in proofread(paper).errors:
        accept(paper, finding, ACCEPTED[finding.rule], **_by(lead, 6, 12))
    PAPER.take("review", paper, **_by(crew["operations.reviewer"], 7, 9))
    PAPER.take("sign_off", paper, **_by(lead, 7, 11))
    PAPER.take("issue", paper, **_by(lead, 7, 15))


def _on(day: int, hour: int) -> datetime:
    return datetime(2020, 2, day, hour, tzinfo=LONDON)


def _by(person: Person, day: int, hour: int) -> dict[str, Any]:
    at = _on(day, hour)
    return {"by": person, "at": at, "recorded": at}
