"""Pages of what a survey found: each question as a chart and a table, and every answer as a file."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString

from secretariat.core.capacities import secretariat
from secretariat.core.exports import csv_file, xlsx_file
from secretariat.core.figures import Span
from secretariat.core.form_page import found
from secretariat.core.lists import attachment
from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.procedure import Refused, Who
from secretariat.engagement.surveys.export import table
from secretariat.engagement.surveys.figures import least, results, survey_satisfaction
from secretariat.engagement.surveys.models import CLOSED, PUBLISHED, Kind, Survey, survey_keeper
from secretariat.engagement.surveys.tally import together
from secretariat.papers import charts
from secretariat.plain.dates import local_day
from secretariat.plain.months import Month


def may_read_results(survey: Survey, person: Any, at: Any) -> bool:
    """Whether a person reads what was found: everybody who reads the survey once it is published, its keepers before.

    Nobody reads anything while it is open.
    """
    return survey.state == PUBLISHED or (survey.state == CLOSED and survey_keeper(person, survey, at))


class ResultsPage(Page):
    """What was found: each question as a chart and a table, nothing where so few answered that it would tell who."""

    template = "engagement/surveys/results.html"

    def get(self, request: HttpRequest, key: str, ending: str = "") -> HttpResponse:
        """The page, or the same as a file."""
        survey = found(Survey, key, self)
        if not may_read_results(survey, reader(self.request), self.request.at):
            raise Http404("What was found is told once the survey is closed, and published.")
        findings = survey.results or [] if survey.state == PUBLISHED else [one.stored() for one in results(survey)]
        if ending not in ("", "csv"):
            raise Http404("What was found is given as .csv.")
        if not ending:
            return self._page(survey, findings)
        rows = [(one["number"], one["text"], *row) for one in findings for row in one["rows"]]
        content = csv_file(("number", "question", "answer", "count"), rows)
        return attachment(content, "text/csv; charset=utf-8", f"survey-{survey.pk}-results.csv")

    def _page(self, survey: Survey, findings: list[dict[str, Any]]) -> HttpResponse:
        mean, marks = together(findings)
        crumbs = (Crumb("Surveys", reverse("surveys")), Crumb(str(survey), survey.get_absolute_url()),
                  Crumb("What was found"))  # fmt: skip
        told = {
            "survey": survey, "findings": [(one, _drawing(one)) for one in findings], "least": least(survey),
            "mean": mean, "marks": marks, "figure": self._figure(survey),
            "file": reverse("survey-results-file", args=[survey.pk, "csv"]),
        }  # fmt: skip
        return self.shown({**told, "crumbs": crumbs})

    def _figure(self, survey: Survey) -> str:
        """Where the figure of satisfaction is, for who opens figures."""
        ours = secretariat(reader(self.request), None, self.request.at)
        if not ours or survey.kind != Kind.SATISFACTION or survey.state != PUBLISHED:
            return ""
        return survey_satisfaction.address(Span.of(Month.of(local_day(survey.closes_at))))


def _drawing(finding: dict[str, Any]) -> SafeString | str:
    rows = finding["rows"]
    if not rows:
        return ""
    spec = charts.breakdown([str(answer) for answer, _ in rows], [count for _, count in rows])
    return SafeString(charts.svg(spec, finding["text"], theme="page"))


class SheetsFile(Page):
    """Every sheet of answers as a file, for who keeps the survey."""

    who: ClassVar[Who] = staticmethod(survey_keeper)

    def get(self, request: HttpRequest, key: str, ending: str) -> HttpResponse:
        """The file; a page that says why where there is none."""
        survey = found(Survey, key, self)
        try:
            heads, rows = table(survey)
        except Refused as refusal:
            raise Http404(str(refusal)) from refusal
        if ending == "csv":
            return attachment(csv_file(heads, rows), "text/csv; charset=utf-8", f"survey-{survey.pk}.csv")
        if ending != "xlsx":
            raise Http404("Answers are given as .csv and .xlsx.")
        media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return attachment(xlsx_file(f"Survey {survey.pk}", heads, rows), media, f"survey-{survey.pk}.xlsx")
