"""Packs: by class, joined with page numbers through, current, and published."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.test import Client

from secretariat.core.classification import STATEMENTS, Class, clearance
from secretariat.core.files import StoredFile, keep
from secretariat.core.procedure import Refused
from secretariat.meetings.models import Meeting
from secretariat.meetings.packs import actions, printing
from secretariat.meetings.packs.edition import edition, opens, pack_clearance
from secretariat.meetings.packs.joining import Part, join
from secretariat.meetings.packs.models import MeetingPaper
from secretariat.meetings.packs.printing import pack
from secretariat.meetings.packs.publishing import publish, take_in
from secretariat.papers import document as doc
from secretariat.papers.models import Issue, Paper
from secretariat.papers.pdf import pdf
from tests.meetings.agendas import (
    PAPER_DAY_NOON,
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
from tests.register.factories import NOON, person
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
WHITE, GREEN, AMBER, RED = Class
CLOSE = datetime(2020, 3, 6, 17, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon(settings: Any) -> None:
    settings.CLOCK, settings.MFA_REQUIRED_ROLES = NOON.isoformat(), []


# Packs


@pytest.fixture
def full() -> Meeting:
    """A meeting with something of every class at every level: item, paper, paragraph, attachment."""
    meeting = panel_78()
    first = item(meeting, "First", minutes=10)
    for level in (GREEN, AMBER, RED):
        item(meeting, f"Item canary{level}", level)
        text = f"Words canary{level}.\n\n# Heading canary{level}"
        attachments = [(f"Appendix canary{level}", level, pdf_file(2, f"File canary{level}"))]
        paper = issued(first, text, level, title=f"Paper canary{level}", attachments=attachments)
        if level == RED:
            actions.name_readers(paper, [member()], **told())
    text = "White words.\n\n[Green] canary1 told\n\n- [Amber] canary2 told\n\n[Red] canary3 told\n\nThe end."
    attachments = [
        (f"Appendix {name}", level, pdf_file(3, f"of canary{int(level)}"))
        for name, level in zip("DCBA", Class, strict=True)
    ]
    issued(first, text, title="White paper", attachments=attachments)
    return meeting


@pytest.mark.parametrize("level", [WHITE, GREEN, AMBER])
def test_a_copy_of_a_paper_is_headed_with_the_class_of_the_highest_thing_in_it(full: Meeting, level: Class) -> None:
    papers = edition(full, level, pack_clearance(full, level)).papers
    (paper,) = [one for one in papers if one.title == "White paper"]
    front = printing.paper_document(paper, full.day).front
    assert (paper.classification, front.classification) == (WHITE, level.label)
    assert front.class_statement == STATEMENTS[level]


@pytest.mark.parametrize("level", [WHITE, GREEN, AMBER])
def test_a_pack_holds_what_its_class_may_read_and_nothing_higher(full: Meeting, level: Class) -> None:
    content = everything_in(pack_of(full, level))
    for other in (GREEN, AMBER, RED):
        assert (f"canary{int(other)}".encode() in content) is (other <= level)


def test_the_red_pack_is_made_for_its_reader_by_name(full: Meeting) -> None:
    own = clearance(member(), NOON)
    assert opens(full, RED, own)
    content = everything_in(pack_of(full, RED, own))
    assert b"Words canary3" in content
    stranger = clearance(person(), NOON)
    assert not opens(full, RED, stranger)
    assert b"canary3" not in everything_in(pack_of(full, RED, stranger))


def _raise_words(meeting: Meeting) -> None:
    rows = meeting.papers.get(title="White paper").versions.get().paragraphs.filter(classification__gte=AMBER)
    rows.update(text="Quite other and much longer words. " * 300, kind="heading")


def _take_paragraphs_out(meeting: Meeting) -> None:
    meeting.papers.get(title="White paper").versions.get().paragraphs.filter(classification__gte=AMBER).delete()


def _rename_appendices(meeting: Meeting) -> None:
    rows = meeting.papers.get(title="White paper").attachments.filter(classification__gte=AMBER)
    rows.filter(classification=AMBER).update(title="Other", label="0")
    rows.filter(classification=RED).delete()


def _rename_higher_papers(meeting: Meeting) -> None:
    for level in (AMBER, RED):
        meeting.papers.filter(issue_class=level).update(title="Other", number=level, purpose="Other", late=True)


def _withdraw_higher_papers(meeting: Meeting) -> None:
    meeting.papers.filter(issue_class__gte=AMBER).update(state="withdrawn")


def _change_higher_items(meeting: Meeting) -> None:
    meeting.agenda.filter(classification__gte=AMBER).update(title="Other", position=0, minutes=400)


def _add_higher_items(meeting: Meeting) -> None:
    for level in (AMBER, RED):
        of = item(meeting, "Another", level)
        issued(of, "More.", level, attachments=[("Appendix A", level, pdf_file(4))], at=PAPER_DAY_NOON)
    issued(meeting.agenda.get(title="First"), "And more.", AMBER)


def _replace_for_an_amber_word(meeting: Meeting) -> None:
    new = actions.replace(meeting.papers.get(title="White paper"), **told(CLOSE + timedelta(days=1)))
    last = new.versions.get()
    last.paragraphs.filter(classification=AMBER).update(text="Put right.")
    issue(new, CLOSE + timedelta(days=1))


CHANGES = (
    _raise_words,
    _rename_appendices,
    _take_paragraphs_out,
    _rename_higher_papers,
    _withdraw_higher_papers,
    _change_higher_items,
    _add_higher_items,
    _replace_for_an_amber_word,
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__.strip("_"))
def test_the_white_pack_is_byte_identical_whatever_happens_to_amber_and_red(full: Meeting, change: Any) -> None:
    white, amber = pack_of(full, WHITE), pack_of(full, AMBER)
    change(full)
    assert pack_of(full, WHITE) == white
    assert pack_of(full, AMBER) != amber


def test_white_numbers_and_places_do_not_depend_on_what_came_before_them_of_a_higher_class(full: Meeting) -> None:
    last = item(full, "Last")
    paper = drafted(last)
    assert (last.label, paper.number) == ("2", 2)


def test_the_pack_has_page_numbers_through_bookmarks_and_links_to_each_part(full: Meeting) -> None:
    content = pack_of(full, WHITE)
    pages = words_of(content)
    assert len(pages) == 1 + 1 + 3
    for number, words in enumerate(pages, start=1):
        assert f"SECP_78_1303, White pack: page {number} of {len(pages)}" in words
    with pikepdf.open(io.BytesIO(content)) as found, found.open_outline() as outline:
        assert [mark.title for mark in outline.root] == ["Agenda and contents", "SECP_78_1303_01: White paper"]
        assert [mark.title for mark in outline.root[1].children] == ["Appendix D: Title of Appendix D"]
        linked = {_page_of(found, link) for link in found.pages[0].obj["/Annots"] if "/Dest" in link}
        assert {2, 3} <= linked
        assert b"pack.invalid" not in everything_in(content)


def _page_of(found: pikepdf.Pdf, link: Any) -> int:
    return next(n for n, page in enumerate(found.pages, start=1) if page.objgen == link["/Dest"][0].objgen)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_the_foot_stands_upright_at_the_foot_however_a_page_is_turned(turned: int) -> None:
    content = join([Part("One", pdf_file(turned=turned))], "Title", "Foot ", date(2020, 3, 6))
    page = pypdfium2.PdfDocument(content)[0]
    shown = page.render(scale=1)
    rows = [bytes(shown.buffer)[row * shown.stride : (row + 1) * shown.stride] for row in range(shown.height)]
    assert [row for row in range(shown.height) if min(rows[row]) < 200 and shown.height - 30 < row < shown.height - 5]
    assert "Foot page 1 of 1" in page.get_textpage().get_text_range()


def test_nothing_of_a_joined_file_but_its_pages_is_in_the_pack() -> None:
    with pikepdf.open(io.BytesIO(pdf_file())) as found:
        found.docinfo["/Author"] = "Canary"
        found.Root["/Secret"] = pikepdf.String("Canary")
        out = io.BytesIO()
        found.save(out)
    assert b"Canary" not in everything_in(join([Part("One", out.getvalue())], "T", "F ", date(2020, 3, 6)))


def test_the_same_papers_give_the_same_bytes_and_a_change_prints_the_changed_paper_alone(
    full: Meeting, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any
) -> None:
    before = pack_of(full, WHITE)
    settings.FILES_ROOT, kept = tmp_path, settings.FILES_ROOT
    printed: list[str] = []
    real = pdf

    def counted(document: doc.Document, **more: Any) -> bytes:
        printed.append(document.front.title)
        return real(document, **more)

    monkeypatch.setattr(printing, "pdf", counted)
    monkeypatch.setattr(printing, "place", lambda sha256: kept / sha256[:2] / sha256)
    told_ = edition(full, WHITE, pack_clearance(full, WHITE))
    assert pack(told_) == before
    assert "White paper" in printed
    printed.clear()
    assert pack(told_) == before
    assert printed == []
    issued(full.agenda.get(title="First"), "One more.", title="Another")
    after = pack(edition(full, WHITE, pack_clearance(full, WHITE)))
    assert after != before
    assert "White paper" not in printed
    assert "Another" in printed


def test_the_queries_of_an_edition_do_not_grow_with_its_papers(
    full: Meeting, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        issued(item(full), attachments=[("Appendix A", WHITE, pdf_file())])
    with django_assert_max_num_queries(12):
        edition(full, AMBER, pack_clearance(full, AMBER))


def test_packs_are_got_by_those_who_may_read_them_and_are_not_there_for_others(full: Meeting) -> None:
    addresses = {level: f"/meetings/{full.pk}/pack/{level.label.lower()}.pdf" for level in Class}
    expected = {None: {WHITE}, person(): {WHITE, GREEN, AMBER}, member(): set(Class), member("SSC"): {WHITE, GREEN}}
    for who, levels in expected.items():
        client = signed_in(who)
        got = {level for level in Class if client.get(addresses[level]).status_code == 200}
        assert got == levels, who
    answer = signed_in(None).get(addresses[WHITE])
    assert answer["Content-Disposition"] == 'attachment; filename="SECP_78_1303-White-pack.pdf"'
    assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize("change", CHANGES[:6], ids=lambda change: change.__name__.strip("_"))
def test_the_public_pages_of_the_agenda_are_the_same_whatever_happens_to_amber_and_red(
    full: Meeting, change: Any
) -> None:
    paper = full.papers.get(title="White paper")
    paths = [f"/meetings/{full.pk}/agenda/", "/meeting-papers/", "/agenda-items/", paper.get_absolute_url(),
             f"{paper.get_absolute_url()}read/", "/meeting-papers.csv", f"/meetings/{full.pk}/"]  # fmt: skip
    before = [_steady(path) for path in paths]
    assert not [path for path, text in zip(paths, before, strict=True) if b"canary" in text]
    change(full)
    assert [_steady(path) for path in paths] == before


def _steady(path: str) -> bytes:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    content: bytes = answer.content
    return content


# In and out


def test_the_pack_is_published_among_the_documents_of_its_meeting_and_takes_the_place_of_the_one_before() -> None:
    meeting = panel_78()
    of = item(meeting)
    issued(of)
    client = signed_in(secretary())
    assert client.get(f"/meetings/{meeting.pk}/publish-pack/").status_code == 200
    for _ in range(2):
        assert client.post(f"/meetings/{meeting.pk}/publish-pack/", {"level": "0"}).status_code == 302
    first = meeting.documents.get()
    assert (first.title, first.published_on) == ("Papers", NOON.date())
    assert first.file is not None
    assert first.file.name == "SECP_78_1303-White-pack.pdf"
    issued(of, title="Another")
    publish(meeting, WHITE, **told())
    second = meeting.documents.get().file
    assert second is not None
    assert second.sha256 != first.file.sha256
    with pytest.raises(Refused, match="No Amber pack"):
        publish(meeting, AMBER, **told())
    answer = Client().get(second.get_absolute_url())
    assert b"".join(answer).startswith(b"%PDF")
    answer.close()


def test_only_an_issued_report_of_the_meeting_is_taken_in() -> None:
    of = item(panel_78())
    told_ = {"first_day": date(2020, 2, 1), "number": 30, "meeting_id": of.meeting_id, "key": "operations-2020-02"}
    report = Paper(report_name="operations", meeting_kind="meetings.meeting", author="Operations", **told_)
    report.save()
    with pytest.raises(Refused, match="not issued"):
        take_in(report, of, **told())
    kept = StoredFile(name="report.pdf", sha256=keep("report.pdf", pdf_file(4)), size=1, recorded=NOON)
    kept.save()
    Issue.objects.create(
        paper=report, at=NOON, recorded=NOON, content=kept, figures=kept, html=kept, pdf=kept, docx=kept
    )
    Paper.objects.filter(pk=report.pk).update(state="issued")
    path = f"/agenda-items/{of.pk}/take-in/"
    Paper.objects.filter(pk=report.pk).update(classification=WHITE)
    assert signed_in(secretary()).post(path, {"report": report.pk}).status_code == 302
    taken = MeetingPaper.objects.get()
    assert (taken.reference, taken.about, taken.attachments.get().label) == ("SECP_78_1303_30", report, "Report")
    issue(taken)
    assert len(words_of(pack_of(of.meeting, WHITE))) == 1 + 1 + 4
