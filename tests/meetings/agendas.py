"""Small facts for tests of agendas, papers and packs: meeting 78 of the Panel, on 13 March 2020."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import pikepdf
import pypdfium2

from secretariat.committees.models import Committee
from secretariat.core.classification import Clearance
from secretariat.core.people import Person, Role, Team
from secretariat.meetings.agenda.candidates import put
from secretariat.meetings.agenda.models import AgendaItem, StandingItem
from secretariat.meetings.models import Meeting
from secretariat.meetings.packs import actions
from secretariat.meetings.packs.edition import edition, pack_clearance
from secretariat.meetings.packs.models import MeetingPaper, PaperAttachment
from secretariat.meetings.packs.printing import made
from secretariat.meetings.packs.procedure import MEETING_PAPERS
from tests.meetings.factories import planned
from tests.meetings.factories import told as told_now
from tests.register.factories import NOON, person

PAPER_DAY_NOON = datetime(2020, 3, 6, 12, tzinfo=UTC)
FRONT = {"purpose": "To tell the Panel.", "recommendation": "The Panel is asked to NOTE it.", "team": "Operations"}


def told(at: datetime = NOON, by: Person | None = None) -> Any:
    """The committees team, or whoever is told, at an instant."""
    return {**told_now(), "at": at, "recorded": at, **({"by": by} if by else {})}


def panel_78() -> Meeting:
    """Meeting 78 of the Panel, planned."""
    return planned("SECP", "2020-03-13", 78)


def standing(title: str, position: int = 10, **more: Any) -> StandingItem:
    """A standing item of the Panel since 2013."""
    body = Committee.objects.get(code="SECP")
    made: StandingItem = StandingItem.objects.create(
        committee=body, title=title, position=position, from_day="2013-09-23", audience="SECP", **more
    )
    made.refresh_from_db()
    return made


def item(meeting: Meeting, title: str = "Operations Report", classification: int = 0, **more: Any) -> AgendaItem:
    """An item on the agenda."""
    return put(AgendaItem(meeting=meeting, title=title, classification=classification, **more), **told())


def drafted(of: AgendaItem, text: str = "Words.", issue_class: int = 0, **more: Any) -> MeetingPaper:
    """A paper that is being written."""
    at = more.pop("at", NOON)
    made = MeetingPaper(item=of, issue_class=issue_class, **{"title": of.title, **FRONT, **more})
    actions.draft(made, **told(at))
    if text:
        actions.write(made, text, 0, **told(at))
    return made


def issued(
    of: AgendaItem, text: str = "Words.", issue_class: int = 0, at: datetime = NOON, **more: Any
) -> MeetingPaper:
    """An issued paper, with attachments as (label, class, bytes) where they are told."""
    attachments = more.pop("attachments", ())
    made = drafted(of, text, issue_class, at=at, **more)
    for label, level, content in attachments:
        attached(made, label, level, content, at)
    return issue(made, at)


def issue(paper: MeetingPaper, at: datetime = NOON) -> MeetingPaper:
    """The paper after it was marked as ready and issued."""
    for step in ("ready", "issue"):
        MEETING_PAPERS.take(step, paper, **told(at))
    return paper


def attached(paper: MeetingPaper, label: str, level: int, content: bytes, at: datetime = NOON) -> PaperAttachment:
    """A PDF attached to a paper."""
    row = PaperAttachment(paper=paper, label=label, title=f"Title of {label}", classification=level)
    return actions.attach(row, f"{label}.pdf".replace(" ", "-"), content, **told(at))


def pdf_file(pages: int = 1, words: str = "", password: str = "", turned: int = 0) -> bytes:
    """A PDF with some words on each page."""
    with pikepdf.new() as made:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name("/Font"), Subtype=pikepdf.Name("/Type1"), BaseFont=pikepdf.Name("/Helvetica")
        )
        for number in range(pages):
            page = made.add_blank_page(page_size=(595, 842))
            page.obj["/Rotate"] = turned
            page.add_resource(font, pikepdf.Name("/Font"), pikepdf.Name("/F1"))
            page.contents_add(f"BT /F1 12 Tf 72 700 Td ({words} {number + 1}) Tj ET".encode())
        out = io.BytesIO()
        made.save(out, encryption=pikepdf.Encryption(owner=password, user=password) if password else False)
    return out.getvalue()


def member(audience: str = "SECP") -> Person:
    """A member of a body."""
    return person(Role.COMMITTEE_MEMBER, f"member of {audience}", audience=audience)


def secretary() -> Person:
    """The committee secretary."""
    return person(team=Team.COMMITTEES)


def pack_of(meeting: Meeting, level: int, reader: Clearance | None = None) -> bytes:
    """The pack of a class of a meeting, made anew."""
    return made(edition(meeting, level, pack_clearance(meeting, level, reader or Clearance())))


def words_of(content: bytes) -> list[str]:
    """The words on each page of a PDF."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]


def everything_in(content: bytes) -> bytes:
    """A PDF's bytes with all its streams unpacked, and the words on its pages."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as found:
        found.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all)
    return out.getvalue() + " ".join(words_of(content)).encode()
