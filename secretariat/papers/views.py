"""Pages of the papers room: the list, a paper's desk, its sections, reading it, its files, and opening its numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.core.calendar import calendar
from secretariat.core.capacities import secretariat, team
from secretariat.core.classification import Class
from secretariat.core.figures import FIGURES
from secretariat.core.form_page import FormPage, found
from secretariat.core.kinds import KINDS
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, Page, reader, timeline
from secretariat.core.people import Team
from secretariat.core.procedure import Refused, Who
from secretariat.papers.actions import add_passage, begin, restate
from secretariat.papers.appendices import readable
from secretariat.papers.assembly import Assembly
from secretariat.papers.current import Matter, changes, open_matters, worth_a_look
from secretariat.papers.deadlines import deadlines
from secretariat.papers.filters import PaperFilter
from secretariat.papers.models import Paper, Passage
from secretariat.papers.procedure import PAPER, PASSAGE, lower_class, someone_other_than_who_asked
from secretariat.papers.report import REPORTS
from secretariat.plain.months import Month

CRUMB = Crumb("Papers", "/papers/")


class Papers(ListPage):
    """The papers: issued ones for everybody, drafts for the secretariat."""

    model = Paper
    word, plural = "paper", "papers"
    filters = PaperFilter
    link = "key"
    order = "-first_day"
    about = "Papers written from the record, month by month."
    empty = "No paper has been issued yet. When one is, it stands here with its files."
    columns = (
        Column("report", "Report", "report_name", lambda name: REPORTS[name].title),
        Column("month", "Month", "first_day", lambda day: Month.of(day).label),
        Column("version", "Version", "version", numeric=True),
        Column("state", "State", "state"),
        class_column(),
    )
    day = "first_day"


class PaperPageBase(Page):
    """What every page of one paper shares: finding it through the one door."""

    def paper(self, key: str) -> Paper:
        """The paper. Raises Http404 when there is none that the person may read."""
        paper: Paper = found(Paper, key, self, "key")
        return paper


class PaperPage(PaperPageBase):
    """A paper's desk: where it stands, what it still needs, its days, its sections, its story."""

    template = "papers/paper.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The desk."""
        paper = self.paper(key)
        person, at = reader(self.request), self.request.at
        issue = getattr(paper, "issue", None)
        assembly = Assembly(paper)
        mine = set(paper.passages.visible_to(person, at).values_list("pk", flat=True))
        matters = [one for one in open_matters(paper, assembly) if one.passage.pk in mine] if paper.is_open else []
        return self.shown(
            {
                "paper": paper,
                "record": paper,
                "issue": issue,
                "issued_files": [(file.name, file.size, file.sha256) for file in issue.files] if issue else [],
                "matters": matters,
                "deadlines": deadlines(assembly.meeting.day, calendar()),
                "parts": self._parts(paper, assembly, matters),
                "steps": [one for one in PAPER.open_steps(paper, person, at) if one.step.name != "restate"],
                "readable": readable(paper, person, at),
                "editions": issue.editions.visible_to(person, at) if issue else (),
                "red": Class.RED,
                "may_restate": paper.state == "issued" and secretariat(person, paper, at),
                "procedure": PAPER,
                "kind": "papers.paper",
                "timeline": timeline(paper, person, at),
                "crumbs": (CRUMB, Crumb(paper.title)),
            }
        )

    @staticmethod
    def _parts(paper: Paper, assembly: Assembly, matters: list[Matter]) -> list[tuple[Any, bool, int, int]]:
        """Each part: whether it stands below another, its passages, and how many of them have something to settle."""
        open_in = Counter(part for part, _ in {(one.passage.part, one.passage.pk) for one in matters})
        parts = [(one, one is not part) for part, below in paper.report.parts_in(paper.month) for one in (part, *below)]
        return [(part, low, len(assembly.passages.get(part.key, [])), open_in[part.key]) for part, low in parts]


class StartForm(forms.Form):
    """Which report, for which month, received by which meeting."""

    report = forms.ChoiceField(choices=lambda: [(name, report.title) for name, report in REPORTS.items()])
    month = forms.CharField(help_text="The month by which the paper is named, as 2020-02.")
    meeting = forms.CharField(help_text="Reference of the meeting that receives it, such as SECP_78_1303.")

    def clean_month(self) -> Month:
        """The month. Raises ValidationError with what to type."""
        try:
            return Month.parse(self.cleaned_data["month"])
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def clean_meeting(self) -> Any:
        """The meeting. Raises ValidationError when none has the reference."""
        kind = KINDS.get("meetings.meeting")
        found = kind.find(self.cleaned_data["meeting"]) if kind else None
        if found is None:
            raise ValidationError("No meeting has this reference. Enter the meeting first.")
        return found


class StartPaper(Page):
    """Starts a month's paper."""

    template = "core/entry.html"
    who: ClassVar[Who] = staticmethod(team(Team.OPERATIONS))

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self._form(StartForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Starts the paper and goes to its desk."""
        form = StartForm(request.POST)
        if not form.is_valid():
            return self._form(form, 422)
        chosen = form.cleaned_data
        author = "Operations team"
        try:
            paper = begin(REPORTS[chosen["report"]], chosen["month"], chosen["meeting"], author=author, **self.told())
        except Refused as refusal:
            form.add_error(None, refusal.messages)
            return self._form(form, 422)
        return redirect(paper)

    def _form(self, form: forms.Form, status: int = 200) -> HttpResponse:
        title = "Start a month's paper"
        return self.shown(
            {"form": form, "title": title, "crumbs": (CRUMB, Crumb(title)), "back": "/papers/", "word": "paper"}, status
        )


def classes(paper: Paper) -> list[tuple[int, str]]:
    """The classes in which a paper is issued, lowest first."""
    return [(level, Class(level).label) for level in sorted((paper.issue_class, *paper.report.editions))]


class PartPage(PaperPageBase):
    """One section's desk: its paragraphs, each with what is open about it, and a place to add one."""

    template = "papers/part.html"
    who: ClassVar[Who] = staticmethod(secretariat)

    def get(self, request: HttpRequest, key: str, part: str) -> HttpResponse:
        """The section."""
        return self._page(self.paper(key), part)

    def post(self, request: HttpRequest, key: str, part: str) -> HttpResponse:
        """Adds, affirms, rewrites or removes a paragraph; a conflict shows both texts."""
        paper = self.paper(key)
        asked = request.POST
        verb = asked.get("verb", "")
        try:
            if verb == "add":
                self._add(paper, part)
            elif verb in ("affirm", "rewrite", "remove"):
                self._change(paper, part, verb)
            else:
                raise Http404("There is no such thing to do with a paragraph.")
        except Refused as refusal:
            return self._page(paper, part, refusal.messages, status=409)
        return redirect(f"{reverse('paper-part', args=[key, part])}#passage-{asked.get('passage', '')}")

    def _add(self, paper: Paper, part: str) -> None:
        owner = team(self._part(paper, part).owner)
        if not owner(reader(self.request), paper, self.request.at):
            raise PermissionDenied("This section has another owner.")
        asked = self.request.POST
        if not asked.get("text", "").strip():
            raise Refused("The paragraph is empty; write something.")
        level = int(asked["class"]) if asked.get("class", "").isdigit() else None
        words = asked["text"].strip()
        add_passage(paper, part, asked.get("kind", "paragraph"), words, classification=level, **self.told())

    def _change(self, paper: Paper, part: str, verb: str) -> None:
        asked = self.request.POST
        passage = self._readable(paper, part).filter(pk=asked.get("passage", "0")).first()
        if passage is None:
            raise Http404("There is no such paragraph.")
        facts: dict[str, Any] = {name: asked.get(name) for name in PASSAGE.steps[verb].facts}
        PASSAGE.take(verb, passage, **self.told(), **facts)

    @staticmethod
    def _part(paper: Paper, part: str) -> Any:
        try:
            return paper.report.part(part)
        except KeyError as error:
            raise Http404(str(error.args[0])) from error

    def _readable(self, paper: Paper, part: str) -> Any:
        """The paragraphs of the section that the person may read."""
        return paper.passages.filter(part=part).visible_to(reader(self.request), self.request.at)

    def _page(self, paper: Paper, part: str, reasons: Sequence[str] = (), status: int = 200) -> HttpResponse:
        found = self._part(paper, part)
        assembly = Assembly(paper)
        passages = self._readable(paper, part).exclude(state="removed")
        rows = [
            {
                "passage": passage,
                "words": "".join(run.text for run in assembly.words(passage)),
                "changes": changes(passage, assembly),
                "look": worth_a_look(passage),
                "lower": lower_class(passage),
                "may_agree": someone_other_than_who_asked(reader(self.request), passage, self.request.at),
            }
            for passage in passages
        ]
        may_write = paper.is_open and team(found.owner)(reader(self.request), paper, self.request.at)
        crumbs = (CRUMB, Crumb(paper.title, paper.get_absolute_url()), Crumb(found.title))
        return self.shown(
            {
                "paper": paper,
                "part": found,
                "rows": rows,
                "kinds": Passage.Kind.choices,
                "classes": classes(paper),
                "red": Class.RED,
                "may_write": may_write,
                "reasons": reasons,
                "typed": {
                    name: self.request.POST.get(name, "") for name in ("verb", "passage", "text", "kind", "class")
                },
                "figures": sorted(FIGURES.values(), key=lambda figure: figure.name),
                "problems": assembly.problems,
                "crumbs": crumbs,
            },
            status,
        )


class RestateForm(forms.Form):
    """Why an issued paper is restated."""

    reason = forms.CharField(max_length=300)


class Restate(FormPage):
    """Restates an issued paper as a new version."""

    model = Paper
    key = "key"
    plural = Papers.plural
    title = "Restate"
    who: ClassVar[Who] = staticmethod(team(Team.OPERATIONS))

    def heading(self, record: Paper) -> str:
        """Which paper."""
        return f"Restate {record.title}"

    def form(self, record: Paper, data: Any = None, files: Any = None) -> RestateForm:
        """Why."""
        return RestateForm(data)

    def save(self, record: Paper, form: RestateForm) -> Paper:
        """Starts the next version."""
        return restate(record, reason=form.cleaned_data["reason"], **self.told())
