"""The three files of the February paper made from the record, against the renderers alone on the same frozen content."""

from __future__ import annotations

from functools import partial

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.measure import paired, seconds, show, thousandths
from benchmarks.volume import FEBRUARY, fill
from secretariat.core.kinds import kind_of
from secretariat.meetings.models import Meeting
from secretariat.papers import document as doc
from secretariat.papers import html, pdf, word
from secretariat.papers.assembly import Assembly
from secretariat.papers.issuing import rendered
from secretariat.papers.models import Paper, Passage
from secretariat.reports.operations import OPERATIONS
from secretariat.site.sample.narrative import NARRATIVE

BASE = "http://localhost:8000"
Files = dict[str, bytes]


def run(*, quick: bool) -> None:
    """Prints the medians of making the files both ways, and of each renderer by itself."""
    fill()
    paper, runs = begun(), 3 if quick else 11
    with CaptureQueriesContext(connection) as captured:
        content = frozen(paper)
    if from_record(paper) != rendered(content):
        raise SystemExit("The files from the record are not those of the frozen content.")
    both = paired(seconds(partial(rendered, content)), seconds(partial(from_record, paper)), runs)
    heads = ("the three files of February 2020", "queries", "renderers alone", "from the record", "ratio")
    told = (str(len(captured)), thousandths(both.floor), thousandths(both.ours), f"{both.ratio:.2f}")
    show("The files of the paper, ten times the sample", heads, [("HTML, PDF and Word", *told)])
    show("Each renderer by itself", ("file", "time", "size"), each(content, runs))


def begun() -> Paper:
    """The February paper with the sample's narrative; what it names that is not in this record is printed as typed."""
    meeting = Meeting.objects.get(number=78)
    paper = Paper.objects.create(
        key="operations-2020-02", report_name=OPERATIONS.name, first_day=FEBRUARY.first, number=30,
        meeting_kind=kind_of(meeting), meeting_id=meeting.pk, issue_class=0, state="draft", author="Operations team",
    )  # fmt: skip
    passages = [
        Passage(paper=paper, part=part, position=place, kind=kind, text=text, state="written", classification=0)
        for part, told in NARRATIVE.items() for place, (kind, text) in enumerate(told)
    ]  # fmt: skip
    Passage.objects.bulk_create(passages)
    return paper


def frozen(paper: Paper) -> bytes:
    """The paper put together from the record, as its content is frozen."""
    return doc.to_json(Assembly(paper).document()).encode()


def from_record(paper: Paper) -> Files:
    """The three files, every figure counted anew."""
    return rendered(frozen(Paper.objects.get(pk=paper.pk)))


def each(content: bytes, runs: int) -> list[tuple[str, str, str]]:
    """The median time and the size of each file from the frozen content."""
    document = doc.from_json(content.decode())
    renderers = {
        "HTML": lambda: html.page(document, BASE),
        "PDF": lambda: pdf.pdf(document, True, BASE),
        "Word": lambda: word.docx(document, True, BASE),
    }
    rows = []
    for name, made in renderers.items():
        times = sorted(seconds(made)() for _ in range(runs))
        rows.append((name, thousandths(times[runs // 2]), f"{len(made()) / 1024:,.0f} KB"))
    return rows
