"""The Sub-Committee Report: what of the minutes it tells, in which class, how often; and who composes its appendix."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from secretariat.change.judging.interest import Interest
from secretariat.core.classification import Class
from secretariat.core.people import Role, Team
from secretariat.core.procedure import Refused
from secretariat.meetings.models import HELD, PLANNED, Meeting
from secretariat.papers import document as doc
from secretariat.papers.actions import begin
from secretariat.papers.appendices import compose
from secretariat.papers.assembly import Assembly
from secretariat.papers.models import Paper
from secretariat.plain.months import Month
from secretariat.reports.sub_committee import SUB_COMMITTEE
from tests.change import factories as change
from tests.meetings import minuting
from tests.papers import world

pytestmark = pytest.mark.django_db
FEBRUARY = Month(2020, 2)


@pytest.fixture
def paper() -> Paper:
    """February's paper, dated the 7th; the paper before it was dated 3 January."""
    world.panel_meeting(date(2020, 1, 10), 76)
    return begun(FEBRUARY, world.panel_meeting(date(2020, 2, 14), 77))


def begun(month: Month, meeting: Meeting) -> Paper:
    lead = world.person(f"lead.{month.iso}", team=Team.OPERATIONS)
    return begin(SUB_COMMITTEE, month, meeting, author="Team", **world.told(lead))


def told(paper: Paper, level: int = Class.WHITE) -> str:
    """The paper of a class once its meetings were held: an agenda is of a meeting to come."""
    Meeting.objects.filter(committee__code=minuting.BODY).update(state=HELD)
    return doc.to_json(Assembly(paper, level).document())


def test_an_item_is_told_under_its_title_with_how_the_body_decided_and_where(paper: Paper) -> None:
    minuting.decision("Buy two.", item=minuting.item("Spare hubs"))
    said = told(paper)
    assert all(word in said for word in ("Spare hubs", "Approved: ", "Buy two.", "TABASC_50_0602"))


def test_an_item_is_told_once_in_the_first_paper_dated_on_its_meetings_day_or_later(paper: Paper) -> None:
    minuting.row("Of February.", item=minuting.item("First"))
    later = minuting.meeting(51, date(2020, 3, 5))
    minuting.row("Of March.", of=later, item=minuting.item("Second", of=later))
    march = begun(FEBRUARY.plus(1), world.panel_meeting(date(2020, 3, 13), 78))
    assert ("Of February." in told(paper), "Of March." in told(paper)) == (True, False)
    assert ("Of February." in told(march), "Of March." in told(march)) == (False, True)


def test_of_a_headline_its_edited_words_are_told_and_one_edited_out_is_not(paper: Paper) -> None:
    on = minuting.item("Spare hubs")
    minuting.row("The long words.", item=on, headline="The short words.")
    minuting.row("Not for all.", item=on, in_headlines=False)
    said = told(paper)
    assert ("The short words." in said, "The long words." in said, "Not for all." in said) == (True, False, False)


def test_lines_that_begin_with_a_hyphen_are_bullets(paper: Paper) -> None:
    minuting.row("It saw:\n\n- one thing;\n- another.", item=minuting.item("Two things"))
    assert '"is":"Bullets"' in told(paper)
    assert "- one" not in told(paper)


@pytest.mark.parametrize("level", [Class.AMBER, Class.RED])
def test_what_is_minuted_above_white_changes_no_byte_of_the_public_edition(paper: Paper, level: int) -> None:
    minuting.row("For all.", item=minuting.item("Spare hubs"))
    before = told(paper)
    Meeting.objects.filter(committee__code=minuting.BODY).update(state=PLANNED)
    minuting.row("Hidden words.", level, item=minuting.item("Hidden title", level))
    minuting.row("Hidden too.", level, item=minuting.meeting().agenda.get(title="Spare hubs"))
    assert told(paper) == before


def test_the_amber_edition_marks_each_item_with_its_class_and_has_nothing_red(paper: Paper) -> None:
    minuting.row("For few.", Class.AMBER, item=minuting.item("Costs", Class.AMBER))
    minuting.row("For named ones.", Class.RED, item=minuting.item("Findings", Class.RED))
    said = told(paper, Class.AMBER)
    assert all(word in said for word in ("Costs (Amber)", "[Amber] ", "For few."))
    assert not any(word in said for word in ("Findings", "For named ones."))


def test_the_proposals_of_which_a_body_asked_in_the_month_are_listed_for_it_alone(paper: Paper) -> None:
    proposal = change.raised("2020-01-06", title="Watched change")
    for body, day in (("SSC", date(2020, 1, 31)), ("TABASC", date(2020, 2, 3))):
        Interest.objects.create(proposal=proposal, body=body, asked_on=day, recorded=world.AT)
    captions = [section["key"] for section in _sections(Assembly(paper).document())]
    assert ("ssc-proposals" in captions, "tabasc-proposals" in captions) == (True, False)


def _sections(document: doc.Document) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    waiting: list[Any] = list(document.sections)
    while waiting:
        block = waiting.pop()
        if isinstance(block, doc.Section):
            found.append({"key": block.key, "title": block.title})
            waiting += block.blocks
    return found


def test_only_who_is_named_to_every_case_composes_the_red_appendix(paper: Paper, monkeypatch: Any) -> None:
    analyst = world.person("analyst", team=Team.SECURITY)
    member = world.person("member", role=Role.COMMITTEE_MEMBER, audience="SECP")
    row = paper.attachments.get()
    assert compose(row, [member], **world.told(analyst)).classification == Class.RED
    monkeypatch.setattr("secretariat.reports.sub_committee.cases_decided", lambda assembly: [object()])
    monkeypatch.setattr("secretariat.reports.sub_committee.is_named", lambda person, case: False)
    with pytest.raises(Refused, match="named to every case"):
        compose(row, [member], **world.told(analyst))
