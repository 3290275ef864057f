"""What readers keep of papers, and the pages on which papers are written and read."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from secretariat.core.classification import Class, Recipient
from secretariat.core.journal import Event
from secretariat.core.people import Person
from secretariat.meetings.models import Meeting
from secretariat.meetings.packs import actions
from secretariat.meetings.packs.looking import news
from secretariat.meetings.packs.models import MeetingPaper, PaperAttachment
from secretariat.meetings.packs.procedure import MEETING_PAPERS
from secretariat.post.notices import NOTICES
from tests.meetings.agendas import drafted, issue, issued, item, member, panel_78, pdf_file, secretary, told
from tests.meetings.factories import planned
from tests.register.factories import NOON, person
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
WHITE, GREEN, AMBER, RED = Class
AROUND = (("2020-02-14", 77), ("2020-04-17", 79), ("2020-03-13", 78))
CLOSE = datetime(2020, 3, 6, 17, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon(settings: Any) -> None:
    settings.CLOCK, settings.MFA_REQUIRED_ROLES = NOON.isoformat(), []


# What readers keep


def test_what_changed_since_the_last_look_is_told_as_far_as_one_may_read_it() -> None:
    meeting, who = panel_78(), member("SSC")
    first = item(meeting, "First")
    old = issued(first, "Words.\n\n[Amber] Secret.")
    gone = issued(first, title="Gone")
    assert news(meeting, who, NOON) == []
    actions.look(meeting, **told(by=who))
    later = NOON + timedelta(hours=1)
    assert news(meeting, who, later) == []
    item(meeting, "Amber item", AMBER)
    issued(first, "More.", title="New", at=later)
    MEETING_PAPERS.take("withdraw", gone, **told(later), reason="Wrong.")
    new = actions.replace(old, **told(later))
    actions.write(new, "Words.\n\n[Amber] Other secret.", 1, **told(later))
    issue(new, later)
    assert [(one.what, one.record.title) for one in news(meeting, who, later)] == [
        ("New paper", "New"),
        ("Withdrawn paper", "Gone"),
    ]
    assert "Changed paper" in [one.what for one in _after_looking(meeting, member(), later)]
    actions.look(meeting, **told(later + timedelta(hours=1), who))
    assert news(meeting, who, later + timedelta(hours=1)) == []


def _after_looking(meeting: Meeting, who: Person, later: datetime) -> list[Any]:
    actions.look(meeting, **told(NOON, who))
    return news(meeting, who, later)


def test_a_private_note_is_read_by_its_writer_alone_and_the_journal_does_not_hold_its_words() -> None:
    of, who = item(panel_78()), member()
    row = actions.note(of, "Ask about the canary.", **told(by=who))
    actions.note(of, "Ask about the canary twice.", **told(by=who))
    rows = type(row).objects.all()
    assert rows.visible_to(who, NOON).get().text == "Ask about the canary twice."
    for other in (None, secretary(), person(), member("SSC")):
        assert not rows.visible_to(other, NOON).exists()
        assert b"canary" not in signed_in(other).get(f"/meetings/{of.meeting_id}/agenda/").content
    assert not [event for event in Event.objects.all() if "canary" in str(event.facts)]
    assert b"canary twice" in signed_in(who).get(f"/meetings/{of.meeting_id}/agenda/").content


def test_read_receipts_are_kept_only_where_the_body_decided_so() -> None:
    paper, who = issued(item(panel_78())), member()
    with pytest.raises(ValidationError, match="not decided"):
        actions.receipt(paper, **told(by=who))
    paper.meeting.committee.keeps_receipts = True
    paper.meeting.committee.save()
    actions.receipt(paper, **told(by=who))
    actions.receipt(paper, **told(by=who))
    assert [row.person for row in paper.read_receipts.all()] == [who]
    assert not paper.read_receipts.visible_to(None, NOON).exists()


# Pages


def test_the_secretary_asks_writes_attaches_issues_and_compares_on_pages() -> None:
    meeting, client = panel_78(), signed_in(secretary())
    of = item(meeting)
    front = {"item": of.pk, "number": "", "title": "Title", "act": "note", "purpose": "P.", "recommendation": "R.",
             "team": "Team", "author": "", "issue_class": "0", "about": ""}  # fmt: skip
    assert client.get(f"/meeting-papers/new/?item={of.pk}").status_code == 200
    assert client.post("/meeting-papers/new/", front).status_code == 302
    paper = MeetingPaper.objects.get()
    base = paper.get_absolute_url()
    assert client.post(f"{base}write/", {"text": "One.", "seen": "0"}).status_code == 302
    refused = client.post(f"{base}write/", {"text": "Two, kept.", "seen": "0"})
    assert refused.status_code == 422
    assert b"Two, kept." in refused.content
    assert client.post(f"{base}write/", {"text": "One more.", "seen": "1"}).status_code == 302
    assert b"more." in client.get(f"{base}compare/?version=2").content
    file = io.BytesIO(pdf_file())
    file.name = "a.pdf"
    sent = {"label": "Appendix A", "title": "File", "classification": "2", "file": file}
    assert client.post(f"{base}attach/", sent).status_code == 302
    assert PaperAttachment.objects.get().audience == "SECP"
    for step in ("ready", "issue"):
        assert client.post(f"/steps/meetings.meetingpaper/{paper.pk}/{step}/", {}).status_code == 302
    own = [f"{base}{name}" for name in ("", "read/", "replace/", "readers/")]
    others = [f"/meetings/{meeting.pk}/agenda/", f"/meetings/{meeting.pk}/readiness/", f"/agenda-items/{of.pk}/note/"]
    for path in (*own, *others, "/paper-readiness/"):
        assert client.get(path).status_code == 200, path
    assert client.get(f"{base}edit/").status_code == 404
    assert client.post(f"{base}replace/", {}).status_code == 302


def test_the_pages_of_the_secretary_are_for_nobody_else() -> None:
    paper = drafted(item(panel_78()))
    base = paper.get_absolute_url()
    for name in ("write", "attach"):
        assert signed_in(None).get(f"{base}{name}/").status_code == 302
        assert signed_in(member()).get(f"{base}{name}/").status_code == 404
        assert signed_in(person()).get(f"{base}{name}/").status_code == 403
    paths = [f"{base}{name}/" for name in ("readers", "replace", "edit")]
    paths += ["/meeting-papers/new/", "/paper-readiness/", f"/meetings/{paper.meeting_id}/readiness/"]
    for path in paths:
        assert signed_in(None).get(path).status_code == 302, path
        assert signed_in(member()).get(path).status_code == 403, path
    for path in (base, f"{base}read/", f"{base}compare/", f"{base}receipt/"):
        assert signed_in(member()).get(path).status_code == 404, path


def test_a_member_says_on_the_page_what_was_seen_and_read() -> None:
    paper, client = issued(item(panel_78())), signed_in(member())
    paper.meeting.committee.keeps_receipts = True
    paper.meeting.committee.save()
    agenda = f"/meetings/{paper.meeting_id}/agenda/"
    assert b"everything here is new" in client.get(agenda).content
    assert client.post(agenda).status_code == 302
    assert b"Nothing that you may read has changed" in client.get(agenda).content
    assert client.post(f"{paper.get_absolute_url()}receipt/").status_code == 302
    assert b"You have said that you read it" in client.get(paper.get_absolute_url()).content
    assert signed_in(None).post(agenda).status_code == 404


def test_the_author_writes_the_paper_and_marks_it_as_ready_whatever_the_team() -> None:
    paper, client = drafted(item(panel_78()), author=person()), signed_in(person())
    assert client.post(f"{paper.get_absolute_url()}write/", {"text": "Mine.", "seen": "1"}).status_code == 302
    assert client.post(f"/steps/meetings.meetingpaper/{paper.pk}/ready/", {}).status_code == 302
    assert client.post(f"/steps/meetings.meetingpaper/{paper.pk}/issue/", {}).status_code == 403


def test_a_paper_begins_with_the_title_and_the_action_of_its_item_and_is_not_white_by_itself() -> None:
    of = item(panel_78(), "Budget", AMBER, act="approve")
    content = signed_in(secretary()).get(f"/meeting-papers/new/?item={of.pk}").content.decode()
    for control in ('value="Budget"', '<option value="approve" selected>', '<option value="2" selected>'):
        assert control in content, control
    of = item(of.meeting, "Welcome")
    content = signed_in(secretary()).get(f"/meeting-papers/new/?item={of.pk}").content.decode()
    assert '<option value="1" selected>Green' in content


def test_a_member_finds_the_papers_of_the_next_meetings_on_the_first_page_the_next_meeting_first() -> None:
    last, later, meeting = (planned("SECP", day, number) for day, number in AROUND)
    for of, title in ((later, "Later"), (meeting, "Next"), (last, "Past")):
        issued(item(of, f"{title} paper"))
    drafted(item(meeting, "Draft paper"))
    content = signed_in(member()).get("/").content.decode()
    part = content.partition("Papers for the next meetings of SECP")[2].partition("</section>")[0]
    assert 0 < part.index("Next paper") < part.index("Later paper")
    assert "Past paper" not in part
    assert "Draft paper" not in part


def test_the_form_of_a_paper_does_not_name_a_red_item_to_others_than_its_readers() -> None:
    of = item(panel_78(), "Canary", RED)
    assert b"Canary" in signed_in(secretary()).get("/meeting-papers/new/").content
    Recipient.objects.filter(person=secretary()).delete()
    assert b"Canary" not in signed_in(secretary()).get(f"/meeting-papers/new/?item={of.pk}").content


# Notices


def test_authors_members_and_who_asked_are_told_in_words_that_name_the_paper() -> None:
    paper = drafted(item(panel_78()), author=secretary())
    MEETING_PAPERS.take("chase", paper, by=None, at=NOON, recorded=NOON)
    issue(paper)
    MEETING_PAPERS.take("withdraw", paper, **told(), reason="It was wrong.")
    paper.refresh_from_db()
    who = {"draft": secretary(), "chase": secretary(), "issue": member(), "withdraw": member()}
    for step, expected in who.items():
        name = f"meeting_paper.{step}"
        (notice,), event = NOTICES[name], Event.objects.get(name=name)
        assert list(notice.to(event, paper, NOON)) == [expected], step
        subject, body = notice.written(event, paper, expected, NOON)
        assert "SECP_78_1303_01" in subject
        assert paper.title in body
