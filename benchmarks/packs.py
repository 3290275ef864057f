"""A pack of 40 papers and 600 pages, made from the record, against joining the same PDFs and nothing else."""

from __future__ import annotations

import io
import shutil
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
from django.conf import settings

from benchmarks.measure import paired, seconds, show, thousandths
from secretariat.committees.models import Committee
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.meetings.agenda.candidates import put
from secretariat.meetings.agenda.models import AgendaItem
from secretariat.meetings.models import Meeting
from secretariat.meetings.packs import actions
from secretariat.meetings.packs.edition import edition, pack_clearance
from secretariat.meetings.packs.joining import page_count
from secretariat.meetings.packs.models import MeetingPaper, PaperAttachment
from secretariat.meetings.packs.printing import pack
from secretariat.meetings.packs.procedure import MEETING_PAPERS
from secretariat.meetings.procedure import MEETINGS
from secretariat.papers import document as doc
from secretariat.papers.pdf import pdf
from secretariat.site.commands import migrate

AT = datetime(2020, 3, 5, 12, tzinfo=UTC)
PAPERS, PAGES = 40, 600
OF_EACH = PAGES // PAPERS - 2
"""Pages of each attachment: the paper's own page, and a share of the cover, make up the rest."""


def run(*, quick: bool) -> None:
    """Prints the medians of making the pack anew, after one paper changed, and again unchanged, each with its ratio."""
    migrate()
    told = as_secretary()
    meeting = with_papers(told)
    parts, runs = joined_parts(meeting), 3 if quick else 9
    made = pack_of(meeting)
    cases = {"made anew": anew, "one paper changed": changed, "unchanged": unchanged}
    rows = []
    for name, prepare in cases.items():
        both = paired(seconds(partial(joined, parts)), partial(timed, meeting, prepare, told), runs)
        rows.append((name, thousandths(both.floor), thousandths(both.ours), f"{both.ratio:.1f}"))
    title = f"A pack of {PAPERS} papers, {page_count(made)} pages, {len(made) / 2**20:.1f} MiB"
    show(title, ("the White pack", "joining alone", "from the record", "ratio"), rows)


def as_secretary() -> dict[str, Any]:
    """A committee secretary who does it all, at one instant."""
    who = Person.objects.create_user("secretary@example.org", "Secretary")
    Capacity.objects.create(
        person=who, role=Role.SECRETARIAT, team=Team.COMMITTEES, from_day=date(2013, 1, 1), recorded=AT
    )
    return {"by": who, "at": AT, "recorded": AT}


def with_papers(told: dict[str, Any]) -> Meeting:
    """A meeting with forty issued papers, each with an attachment."""
    body = Committee.objects.get(code="SECP")
    meeting = Meeting(committee=body, day=date(2020, 3, 13), number=78)
    MEETINGS.take("plan", meeting, **told)
    for number in range(1, PAPERS + 1):
        issued(meeting, f"Paper {number}", told)
    return meeting


def issued(meeting: Meeting, title: str, told: dict[str, Any]) -> MeetingPaper:
    """One issued paper of some paragraphs, with its attachment."""
    item = put(AgendaItem(meeting=meeting, title=title), **told)
    paper = MeetingPaper(item=item, title=title, issue_class=0, team="Team", purpose="To tell.", recommendation="Note.")
    actions.draft(paper, **told)
    actions.write(paper, "\n\n".join(f"Paragraph {n} of {title}. " + "Words. " * 40 for n in range(6)), 0, **told)
    row = PaperAttachment(paper=paper, label="Appendix A", title="Figures", classification=0)
    actions.attach(row, f"{title}.pdf".replace(" ", "-"), pages(title), **told)
    for step in ("ready", "issue"):
        MEETING_PAPERS.take(step, paper, **told)
    return paper


def pages(title: str) -> bytes:
    """An attachment of as many pages as each has, set as papers are."""
    front = doc.Front(title, "", "For information", "White", "", "Team", date(2020, 3, 6))
    block = doc.Paragraph((doc.Text("Words of an attachment that is read. " * 100),))
    with pikepdf.open(io.BytesIO(pdf(doc.Document(front, (doc.Section("s", "S", (block,) * 3 * OF_EACH),))))) as found:
        del found.pages[OF_EACH:]
        out = io.BytesIO()
        found.save(out)
    return out.getvalue()


def pack_of(meeting: Meeting) -> bytes:
    """The White pack, as a page hands it out."""
    return pack(edition(meeting, 0, pack_clearance(meeting, 0)))


def joined_parts(meeting: Meeting) -> list[bytes]:
    """The PDFs of which the pack consists, cut out of it as single files."""
    whole = pack_of(meeting)
    with pikepdf.open(io.BytesIO(whole)) as found, found.open_outline() as outline:
        marks = [mark for top in outline.root for mark in (top, *top.children)]
        numbers = {page.objgen: number for number, page in enumerate(found.pages)}
        places: list[Any] = [mark.destination for mark in marks]
        starts = [numbers[place[0].objgen] for place in places]
        return [_cut(found, start, end) for start, end in zip(starts, [*starts[1:], len(found.pages)], strict=True)]


def _cut(found: pikepdf.Pdf, start: int, end: int) -> bytes:
    with pikepdf.new() as part:
        part.pages.extend(found.pages[start:end])
        out = io.BytesIO()
        part.save(out)
    return out.getvalue()


def joined(parts: list[bytes]) -> bytes:
    """The floor: the pages of all parts in one file, without numbers, bookmarks or links."""
    with pikepdf.new() as whole:
        for part in parts:
            with pikepdf.open(io.BytesIO(part)) as found:
                whole.pages.extend(found.pages)
        out = io.BytesIO()
        whole.save(out)
    return out.getvalue()


def anew(meeting: Meeting, told: dict[str, Any]) -> None:
    """Nothing that was made before is kept."""
    shutil.rmtree(Path(settings.FILES_ROOT) / "packs", ignore_errors=True)


def changed(meeting: Meeting, told: dict[str, Any]) -> None:
    """One more White paper is replaced by another."""
    old = meeting.papers.filter(state="issued").order_by("number").first()
    if old is None:
        raise SystemExit("No paper is issued.")
    new = actions.replace(old, **told)
    last = new.versions.get()
    actions.write(new, f"Other words, {new.pk}.", last.number, **told)
    for step in ("ready", "issue"):
        MEETING_PAPERS.take(step, new, **told)


def unchanged(meeting: Meeting, told: dict[str, Any]) -> None:
    """Everything stands as it stood."""
    pack_of(meeting)


def timed(meeting: Meeting, prepare: Any, told: dict[str, Any]) -> float:
    """The seconds of one making, after what is prepared for it, which does not count."""
    prepare(meeting, told)
    return seconds(partial(pack_of, meeting))()
