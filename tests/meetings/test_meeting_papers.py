"""Papers of meetings: paper day, their life, and their words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from secretariat.core import kinds
from secretariat.core.classification import Class
from secretariat.core.journal import Event
from secretariat.core.procedure import Refused
from secretariat.meetings.agenda.procedure import AGENDA_ITEMS
from secretariat.meetings.packs import actions
from secretariat.meetings.packs.board import board
from secretariat.meetings.packs.comparing import compare
from secretariat.meetings.packs.models import MeetingPaper
from secretariat.meetings.packs.paper_day import due_words, paper_day
from secretariat.meetings.packs.procedure import MEETING_PAPERS, chasers
from secretariat.meetings.packs.words import Piece, read, sections, typed
from secretariat.papers import document as doc
from secretariat.plain.workdays import default_calendar
from secretariat.post.due import take_due
from tests.meetings.agendas import (
    attached,
    drafted,
    everything_in,
    issue,
    issued,
    item,
    member,
    pack_of,
    panel_78,
    pdf_file,
    secretary,
    told,
    words_of,
)
from tests.meetings.factories import planned
from tests.register.factories import NOON

pytestmark = pytest.mark.django_db
WHITE, GREEN, AMBER, RED = Class
CLOSE = datetime(2020, 3, 6, 17, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon(settings: Any) -> None:
    settings.CLOCK, settings.MFA_REQUIRED_ROLES = NOON.isoformat(), []


# Paper day


@pytest.mark.parametrize(
    ("day", "number", "papers"),
    [("2018-07-13", 58, date(2018, 7, 6)), ("2020-02-14", 77, date(2020, 2, 7)), ("2020-03-13", 78, date(2020, 3, 6))],
)
def test_papers_are_issued_five_working_days_before_as_in_the_record(day: str, number: int, papers: date) -> None:
    assert paper_day(planned("SECP", day, number)) == papers


def test_a_paper_is_late_after_the_close_of_paper_day_and_not_before() -> None:
    meeting = panel_78()
    assert not issued(item(meeting, "In time"), at=CLOSE).late
    late = issued(item(meeting, "Late"), at=CLOSE + timedelta(minutes=1))
    assert late.late
    assert "late paper" in " ".join(words_of(pack_of(meeting, WHITE)))


def test_authors_are_reminded_twice_before_paper_day_and_on_the_day_after_each_once() -> None:
    paper = drafted(item(panel_78()), author=secretary(), at=datetime(2020, 2, 20, 12, tzinfo=UTC))
    reminded = []
    for day in (date(2020, 2, 21) + timedelta(days=n) for n in range(20)):
        at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        if list(chasers(at)):
            reminded.append(day)
        take_due(at, at)
        take_due(at + timedelta(hours=1), at + timedelta(hours=1))
    paper.refresh_from_db()
    assert reminded == [date(2020, 2, 28), date(2020, 3, 5), date(2020, 3, 9)]
    assert Event.objects.filter(name="meeting_paper.chase").count() == 3


def test_nobody_is_reminded_before_the_first_of_these_days() -> None:
    at = datetime(2020, 2, 27, 12, tzinfo=UTC)
    paper = drafted(item(panel_78()), author=secretary(), at=at)
    with pytest.raises(Refused, match="The author is reminded on the days before paper day that the rulebook says"):
        MEETING_PAPERS.take("chase", paper, by=None, at=at, recorded=at)


def test_nobody_is_reminded_of_a_paper_that_is_in() -> None:
    paper = drafted(item(panel_78()), author=secretary())
    assert list(chasers(NOON))
    MEETING_PAPERS.take("ready", paper, **told())
    assert not list(chasers(NOON))


def test_the_days_to_paper_day_are_told_in_working_days() -> None:
    days, at = default_calendar(), datetime(2020, 3, 5, 12, tzinfo=UTC)
    told_ = [due_words(day, at, days) for day in (date(2020, 3, 6), date(2020, 3, 5), date(2020, 3, 3))]
    assert told_ == ["in 1 Working Day", "today", "2 Working Days ago"]
    assert due_words(date(2020, 3, 10), at, days) == "in 3 Working Days"


def test_the_readiness_board_tells_item_by_item_what_is_awaited() -> None:
    meeting = panel_78()
    first, second = item(meeting, "First"), item(meeting, "Second")
    item(meeting, "Third")
    issued(first)
    drafted(second, author=secretary())
    told_ = board(meeting, secretary(), datetime(2020, 3, 9, 9, tzinfo=UTC))
    assert [(line.item.title, line.state, line.due, line.overdue) for line in told_.lines] == [
        ("First", "issued", "", False),
        ("Second", "draft", "1 Working Day ago", True),
        ("Third", "no paper asked for", "", False),
    ]
    assert (told_.issued, told_.awaited, told_.paper_day) == (1, 1, date(2020, 3, 6))


# The life of a paper


def test_a_paper_is_ready_only_with_its_front_matter_and_content() -> None:
    paper = drafted(item(panel_78()), text="", purpose="")
    with pytest.raises(Refused, match="The front matter lacks the purpose, the recommendation") as refusal:
        MEETING_PAPERS.take("ready", paper, **told())
    assert "neither words nor an attachment" in str(refusal.value)


def test_a_paper_that_is_written_is_the_secretariats_alone_until_it_is_issued() -> None:
    paper = drafted(item(panel_78()))
    row = attached(paper, "Appendix A", WHITE, pdf_file())
    reading = MeetingPaper.objects.filter(pk=paper.pk)
    files = type(row.file).objects.filter(pk=row.file_id)
    for who in (None, member()):
        assert not reading.visible_to(who, NOON).exists()
        assert not files.visible_to(who, NOON).exists()
    issue(paper)
    assert reading.visible_to(None, NOON).exists()
    assert files.visible_to(None, NOON).exists()


def test_a_red_paper_is_issued_to_named_readers_alone() -> None:
    paper = drafted(item(panel_78()), issue_class=RED)
    reading = MeetingPaper.objects.filter(pk=paper.pk)
    assert reading.visible_to(secretary(), NOON).exists()
    actions.name_readers(paper, [], **told())
    assert not reading.visible_to(secretary(), NOON).exists()
    MEETING_PAPERS.take("ready", paper, **told())
    with pytest.raises(Refused, match="none is named"):
        MEETING_PAPERS.take("issue", paper, **told())
    actions.name_readers(paper, [member()], **told())
    MEETING_PAPERS.take("issue", paper, **told())
    assert reading.visible_to(member(), NOON).exists()
    assert not reading.visible_to(secretary(), NOON).exists()


def test_an_issued_paper_is_not_written_on_and_gives_way_to_another_under_its_number() -> None:
    meeting = panel_78()
    paper = issued(item(meeting), "Old words.", attachments=[("Appendix A", AMBER, pdf_file())])
    with pytest.raises(Refused, match="issued"):
        actions.write(paper, "New words.", 1, **told())
    new = actions.replace(paper, **told())
    actions.write(new, "New words.", 1, **told())
    assert [one.label for one in new.attachments.all()] == ["Appendix A"]
    issue(new)
    paper.refresh_from_db()
    assert (paper.state, new.state, new.reference) == ("superseded", "issued", "SECP_78_1303_01")
    assert "New words." in " ".join(words_of(pack_of(meeting, WHITE)))
    assert "Old words." not in " ".join(words_of(pack_of(meeting, WHITE)))


def test_an_issued_paper_is_superseded_by_nobody_but_its_replacement() -> None:
    paper = issued(item(panel_78()))
    with pytest.raises(Refused, match="No other paper replaces this one"):
        MEETING_PAPERS.take("supersede", paper, by=None, at=NOON, recorded=NOON)


def test_a_paper_whose_item_was_taken_off_the_agenda_is_not_issued() -> None:
    of = item(panel_78())
    paper = drafted(of)
    MEETING_PAPERS.take("ready", paper, **told())
    AGENDA_ITEMS.take("take_off", of, **told(), why="Not now.")
    with pytest.raises(Refused, match="item was taken off the agenda"):
        MEETING_PAPERS.take("issue", paper, **told())


def test_a_withdrawn_paper_is_in_no_pack() -> None:
    meeting = panel_78()
    paper = issued(item(meeting), "Canary in a coal mine.")
    MEETING_PAPERS.take("withdraw", paper, **told(), reason="It was wrong.")
    assert b"Canary" not in everything_in(pack_of(meeting, WHITE))


def test_each_class_counts_its_papers_by_itself() -> None:
    of = item(panel_78())
    numbers = [drafted(of, issue_class=level).number for level in (WHITE, AMBER, WHITE, AMBER, GREEN, RED)]
    assert numbers == [1, 70, 2, 71, 50, 90]


def test_two_papers_of_a_meeting_have_not_the_same_number() -> None:
    of = item(panel_78())
    drafted(of, number=30)
    with pytest.raises(Refused, match="paper of this number"):
        drafted(of, number=30)


def test_a_paper_is_found_by_every_form_of_its_reference() -> None:
    paper = drafted(item(panel_78()), number=30)
    for text in ("SECP_78_1303_30", "SECP 78 1303 30"):
        assert kinds.find(text) == [paper]
    assert kinds.find("SECP_78_1303_31") == []


def test_no_paper_is_of_a_lower_class_than_its_item_nor_an_attachment_than_its_paper() -> None:
    of = item(panel_78(), classification=AMBER)
    with pytest.raises(Refused, match="no lower class"):
        drafted(of, issue_class=GREEN)
    with pytest.raises(ValidationError, match="no lower class"):
        attached(drafted(of, issue_class=AMBER), "Appendix A", WHITE, pdf_file())


# The words


def test_words_are_read_as_headings_paragraphs_and_bullets_each_with_its_class() -> None:
    pieces = read("# Background\n\nOne\nline.\n- a bullet\n- [Amber] another\n\n[red] Secret.", GREEN)
    assert pieces == [
        Piece("heading", "Background", GREEN),
        Piece("paragraph", "One line.", GREEN),
        Piece("bullet", "a bullet", GREEN),
        Piece("bullet", "another", AMBER),
        Piece("paragraph", "Secret.", RED),
    ]
    assert read(typed(pieces, GREEN), GREEN) == pieces


def test_a_paragraph_of_a_lower_class_than_its_paper_is_refused() -> None:
    with pytest.raises(Refused, match="The paper is Amber: no paragraph of it is White"):
        drafted(item(panel_78()), "[White] Words.", issue_class=AMBER)


def test_strong_and_linked_words_are_kept_and_other_addresses_are_words() -> None:
    (section,) = sections(read("A **strong** [link](https://example.org) and [no](javascript:x).", WHITE), WHITE)
    (paragraph,) = section.blocks
    assert isinstance(paragraph, doc.Paragraph)
    assert paragraph.runs[1] == doc.Text("strong", strong=True)
    assert paragraph.runs[3] == doc.Link("link", "https://example.org")
    assert paragraph.runs[4] == doc.Text(" and [no](javascript:x).")


def test_versions_are_kept_and_who_began_from_an_older_one_is_told() -> None:
    paper = drafted(item(panel_78()), "First.")
    actions.write(paper, "Second.", 1, **told())
    with pytest.raises(Refused, match="Somebody wrote version 2"):
        actions.write(paper, "Third.", 1, **told())
    assert [one.paragraphs.get().text for one in paper.versions.all()] == ["First.", "Second."]


def test_a_comparison_shows_word_by_word_what_came_and_went() -> None:
    old = read("Same.\n\nThe meeting is on Friday.\n\nQuite another matter.", WHITE)
    new = read("Same.\n\nThe meeting is on Monday.\n\nNew here.", WHITE)
    same, changed, gone, come = compare(old, new)
    assert same.how == "same"
    assert changed.words == (("same", "The meeting is on "), ("removed", "Friday."), ("added", "Monday."))
    assert (gone.how, come.how) == ("removed", "added")


@pytest.mark.parametrize(
    ("content", "why"),
    [(pdf_file(password="secret"), "password"), (b"%PDF-1.7\n" + b"0" * 200, "damaged")],
)
def test_a_pdf_that_cannot_be_joined_is_refused_when_it_is_attached(content: bytes, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        attached(drafted(item(panel_78())), "Appendix A", WHITE, content)
