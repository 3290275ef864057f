"""Reading a paper: as a page, as files, number by number, and what of it would be different today."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from markupsafe import Markup

from secretariat.core.classification import Class
from secretariat.core.figure_pages import opened
from secretariat.core.figures import FIGURES, Span
from secretariat.core.lists import attachment
from secretariat.core.pages import Crumb, reader
from secretariat.papers import document as doc
from secretariat.papers import html
from secretariat.papers.assembly import Assembly
from secretariat.papers.frozen import differences, frozen_figures, thawed, told, written
from secretariat.papers.issuing import frozen_document, issued_figures, rendered
from secretariat.papers.models import Issue, Paper, PaperEdition
from secretariat.papers.readers import named_to_every, red_passages
from secretariat.papers.views import CRUMB, PaperPageBase

MEDIA = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}


class EditionPage(PaperPageBase):
    """What the pages of a paper as it reads share: finding the edition that was issued through the one door."""

    def asked_edition(self, paper: Paper) -> int:
        """The class of the edition that an address asks for; the paper's own unless told. Raises Http404."""
        word = self.request.GET.get("edition", "")
        if not word:
            return paper.issue_class
        for level in paper.report.editions:
            if Class(level).label.lower() == word and (level < Class.RED or self._reads_what_is_red(paper)):
                return level
        raise Http404("The paper has no such edition that you may read.")

    def _reads_what_is_red(self, paper: Paper) -> bool:
        """Of a draft, who is named to all that is Red in it; what was issued is opened file by file."""
        person = reader(self.request)
        draft = getattr(paper, "issue", None) is None
        return draft and person is not None and person.pk in named_to_every(red_passages(paper))

    def in_edition(self, issue: Issue, level: int) -> Issue | PaperEdition:
        """What was issued in a class. Raises Http404 where there is nothing that the person may read."""
        if level == issue.paper.issue_class:
            return issue
        rows = issue.editions.visible_to(reader(self.request), self.request.at)
        found: PaperEdition | None = rows.filter(classification=level).first()
        if found is None:
            raise Http404("There is no such edition that you may read.")
        return found


class ReadPaper(EditionPage):
    """The paper as a page: as issued, or as it would read now."""

    template = "papers/read.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The paper."""
        paper = self.paper(key)
        issue = getattr(paper, "issue", None)
        level = self.asked_edition(paper)
        assembly = Assembly(paper, level)
        document = frozen_document(self.in_edition(issue, level)) if issue else assembly.document()
        return self.shown(
            {
                "paper": paper,
                "issue": issue,
                "problems": assembly.problems,
                "body": Markup(html.body(document)),  # noqa: S704 - our own renderer escapes every text
                "crumbs": (CRUMB, Crumb(paper.title, paper.get_absolute_url()), Crumb("Read")),
            }
        )


class PaperFile(EditionPage):
    """The paper as a file: the issued bytes, or a draft made on the spot."""

    def get(self, request: HttpRequest, key: str, form: str) -> HttpResponse:
        """The file."""
        paper = self.paper(key)
        issue = getattr(paper, "issue", None)
        level = self.asked_edition(paper)
        if issue is not None and form == "json":
            content = issue.figures.read()
        elif issue is not None:
            content = getattr(self.in_edition(issue, level), form).read()
        else:
            content = self._draft(paper, form, level)
        above = f"-{Class(level).label.lower()}" if level != paper.issue_class else ""
        name = f"{paper.key}{above}{'' if issue else '-draft'}.{form}"
        response = attachment(content, MEDIA[form], name)
        if level == Class.RED:
            response["Cache-Control"] = "no-store, private"
        return response

    @staticmethod
    def _draft(paper: Paper, form: str, level: int) -> bytes:
        assembly = Assembly(paper, level)
        document = assembly.document()
        if form == "json":
            return written(frozen_figures(assembly))
        return rendered(doc.to_json(document).encode(), forms=(form,))[form]


class Differences(PaperPageBase):
    """What of an issued paper would be different today, and why, record by record."""

    template = "papers/differences.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The differences."""
        paper = self.paper(key)
        issue = getattr(paper, "issue", None)
        if issue is None:
            raise Http404("The paper has not been issued, so there is nothing to compare.")
        crumbs = (CRUMB, Crumb(paper.title, paper.get_absolute_url()), Crumb("Different today"))
        person, at = reader(self.request), self.request.at
        found = [told(one, person, at) for one in differences(issued_figures(issue))]
        return self.shown({"paper": paper, "issue": issue, "differences": found, "crumbs": crumbs})


class PaperCell(PaperPageBase):
    """Opens a number of a paper: as it was issued, or as it is counted now."""

    template = "papers/cell.html"

    def get(self, request: HttpRequest, key: str, name: str, span: str) -> HttpResponse:
        """The number, its rule, what it counted, and whether it would be the same today."""
        paper = self.paper(key)
        if name not in FIGURES:
            raise Http404("There is no such figure.")
        try:
            when = Span.parse(span)
        except ValueError as error:
            raise Http404(str(error)) from error
        row, column = request.GET.get("row", ""), request.GET.get("column", "")
        issue = getattr(paper, "issue", None)
        figure = self._issued(issue, name, span) if issue else None
        result = thawed(figure) if figure else FIGURES[name](when)
        found = opened(result, row, column, reader(self.request), self.request.at)
        title = f"{FIGURES[name].title}{', ' + found.label if found.label else ''}"
        crumbs = (CRUMB, Crumb(paper.title, reverse("paper-read", args=[key])), Crumb(title))

        def address(row: str = "", column: str = "") -> str:
            base = reverse("paper-cell", args=[key, name, span])
            return f"{base}?{urlencode({'row': row, 'column': column})}" if row else base

        return self.shown(
            {
                "paper": paper,
                "issue": issue if figure else None,
                "figure": FIGURES[name],
                "span": when,
                "opened": found,
                "changed": self._changed(figure, row, column) if figure else [],
                "address": address,
                "crumbs": crumbs,
            }
        )

    def _issued(self, issue: Issue, name: str, span: str) -> dict[str, Any] | None:
        """The figure as it was issued; nothing for who reads an edition above, whose own figures are counted anew.

        Raises Http404 when no edition that the person may read can print it.
        """
        for figure in issued_figures(issue)["figures"]:
            if (figure["figure"], figure["span"]) == (name, span):
                return dict(figure)
        if issue.editions.visible_to(reader(self.request), self.request.at).exists():
            return None
        raise Http404("The issued paper does not print this figure.")

    @staticmethod
    def _changed(figure: dict[str, Any], row: str, column: str) -> list[Any]:
        """What of the figure, or of the one number, would be printed otherwise today."""
        found = differences({"figures": [figure]})
        return [one for one in found if not row or (one.row, one.column) == (row, column)]
