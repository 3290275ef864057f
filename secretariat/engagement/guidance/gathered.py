"""The glossary and the questions: all terms, or all answers, on one page."""

from __future__ import annotations

from itertools import groupby
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse

from secretariat.core.pages import Crumb, Page, reader
from secretariat.engagement.guidance.markup import html
from secretariat.engagement.guidance.models import Article, Kind

DEEPER = 2
"""How many levels deeper a text stands here than on its own page."""


class Gathered(Page):
    """The published articles of a kind, one below the other in groups."""

    template = "engagement/guidance/gathered.html"
    kind: ClassVar[str]
    title: ClassVar[str]
    lead: ClassVar[str]

    def group(self, article: Article) -> str:
        """The heading below which an article stands."""
        raise NotImplementedError

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        rows: Any = Article.objects.approved().filter(kind=self.kind)
        told = sorted(rows.visible_to(reader(self.request), self.request.at), key=self._place)
        groups = [
            (name, [(one, html(one.body, deeper=DEEPER)) for one in below]) for name, below in groupby(told, self.group)
        ]
        context = {"groups": groups, "title": self.title, "lead": self.lead, "kind": self.kind}
        return self.shown({**context, "crumbs": (Crumb(self.title),)})

    def _place(self, article: Article) -> tuple[str, str]:
        return self.group(article), article.title.lower()


class Glossary(Gathered):
    """The glossary, by first letters."""

    kind = Kind.TERM
    title = "Glossary"
    lead = "What the words and abbreviations of the code mean. The code's own definitions prevail."

    def group(self, article: Article) -> str:
        """Its first letter."""
        return article.title[:1].upper()


class Questions(Gathered):
    """The frequently asked questions, by topics."""

    kind = Kind.QUESTION
    title = "Frequently asked questions"
    lead = "Questions that the helpdesk is often asked, each with its source."

    def group(self, article: Article) -> str:
        """Its topic."""
        return article.topic or "Other"
