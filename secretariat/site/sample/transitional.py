"""The sample's Transitional Governance Update of February 2020, issued with the Panel's papers of March; invented."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path

from secretariat.core import journal
from secretariat.core.classification import Class
from secretariat.meetings.models import PANEL, Meeting
from secretariat.papers.actions import add_passage, begin
from secretariat.papers.procedure import PAPER
from secretariat.plain.dates import LONDON
from secretariat.plain.months import Month
from secretariat.reports.transitional import TRANSITIONAL_UPDATE
from secretariat.site.sample.crew import Crew, told
from secretariat.site.sample.paper import AUTHOR, WRITERS

FILE = Path(__file__).with_suffix(".toml")
FEBRUARY = Month(2020, 2)
BEGUN, WRITTEN, REVIEWED, SIGNED_OFF, ISSUED = (
    datetime(2020, 3, 6, hour, tzinfo=LONDON) for hour in (9, 10, 12, 14, 16)
)


def enter(crew: Crew) -> None:
    """Writes the paper and issues it."""
    lead, meeting = crew["operations.lead"], Meeting.objects.get(committee__code=PANEL, number=78)
    paper = begin(TRANSITIONAL_UPDATE, FEBRUARY, meeting, author=AUTHOR, **told(lead, BEGUN))
    journal.amend(paper, {"invented": True}, **told(lead, BEGUN))
    for one in tomllib.loads(FILE.read_text(encoding="utf-8"))["passages"]:
        writer = crew[WRITERS[TRANSITIONAL_UPDATE.part(one["part"]).owner]]
        level = Class[one["class"].upper()] if "class" in one else None
        add_passage(paper, one["part"], one["kind"], one["text"], classification=level, **told(writer, WRITTEN))
    PAPER.take("review", paper, **told(crew["operations.reviewer"], REVIEWED))
    PAPER.take("sign_off", paper, **told(lead, SIGNED_OFF))
    PAPER.take("issue", paper, **told(lead, ISSUED))
