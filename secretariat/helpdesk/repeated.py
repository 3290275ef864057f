"""Questions that come again and again: candidates for guidance, each with the enquiries behind it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify

from secretariat.core.capacities import secretariat
from secretariat.core.kinds import kind_of
from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.people import Person
from secretariat.core.procedure import Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.engagement.guidance.actions import begin
from secretariat.engagement.guidance.models import Article, Kind
from secretariat.helpdesk.actions import link
from secretariat.helpdesk.models import Enquiry, Link
from secretariat.helpdesk.procedure import helpdesk_team
from secretariat.helpdesk.suggesting import words_of

REPLIED = re.compile(r"^\s*(?:(?:re|fw|fwd|aw|wg)\s*:\s*)+", re.IGNORECASE)
PAGE_SIZE = 20
ENQUIRIES_CITED = 20
ANSWERED_BY = "Its question is answered by this guidance."
LED_TO = "Its question led to this guidance."
WRITE, MARK = "write", "mark"


@dataclass(frozen=True)
class Asked:
    """One enquiry as far as it matters here."""

    number: str
    subject: str
    category: str
    received: datetime | None = None


@dataclass(frozen=True)
class Repeated:
    """A question that was asked often: its words, its category, who asked it (the newest first), and when last."""

    subject: str
    category: str
    numbers: tuple[str, ...]
    last: datetime | None = None


def repeated(asked: Iterable[Asked], least: int) -> list[Repeated]:
    """The questions whose subjects have the same telling words in the same category, the most frequent first.

    Enquiries come in the newest first; the newest subject names the question. Fewer than `least` are left out.
    """
    groups: defaultdict[tuple[str, frozenset[str]], list[Asked]] = defaultdict(list)
    for one in asked:
        if words := words_of(REPLIED.sub("", one.subject)):
            groups[one.category, words].append(one)
    found = [
        Repeated(REPLIED.sub("", same[0].subject), category, tuple(one.number for one in same), same[0].received)
        for (category, _), same in groups.items()
        if len(same) >= least
    ]
    return sorted(found, key=lambda one: (-len(one.numbers), one.category, one.subject))


@dataclass(frozen=True)
class Answer:
    """Guidance that answers a question, and by how many of its enquiries it was cited."""

    article: Article
    cited: int


class RepeatedQuestions(Page):
    """The questions of the last weeks that guidance could answer, each with the enquiries behind it."""

    template = "helpdesk/repeated.html"
    who: ClassVar[Who] = staticmethod(secretariat)
    crumbs: ClassVar[tuple[Crumb, ...]] = (Crumb("Queue", "/queue/"), Crumb("Repeated questions"))

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list, the most frequent first, a page at a time."""
        person, at = reader(self.request), self.request.at
        asked = {name: request.GET.get(name, "") for name in ("category", "open")}
        every = self._found()
        answers = answers_of(every, person, at)
        chosen = [
            one
            for one in every
            if asked["category"] in ("", one.category) and not (asked["open"] and answers.get(one.numbers[0]))
        ]
        page = Paginator(chosen, PAGE_SIZE).get_page(request.GET.get("page"))
        least, days = self._bounds()
        told = {
            "page": page, "total": len(chosen), "least": least, "days": days, "asked": asked, "query_of": self._query,
            "rows": [(one, answers.get(one.numbers[0], [])) for one in page.object_list],
            "categories": sorted({one.category for one in every}), "may": helpdesk_team(person, None, at),
            "articles": Article.objects.approved().visible_to(person, at).order_by("title"),
        }  # fmt: skip
        return self.shown(told)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begins guidance that answers a question, or says which guidance answers it already.

        Raises PermissionDenied for other teams, and Http404 for a question that is not asked so often any more.
        """
        person, at = reader(self.request), self.request.at
        if person is None or not helpdesk_team(person, None, at):
            raise PermissionDenied("The helpdesk team says which guidance answers a question.")
        number = request.POST.get("question", "")
        question = next((one for one in self._found() if number in one.numbers), None)
        if question is None:
            raise Http404("That question is not among the repeated ones any more.")
        if request.POST.get("go") == WRITE:
            return redirect(self._written(question, person).get_absolute_url())
        key = request.POST.get("article", "")
        rows = Article.objects.approved().visible_to(person, at)
        article = rows.filter(pk=int(key) if key.isdigit() else 0).first()
        if article is None:
            raise Http404("There is no such guidance that you may read.")
        self._cite(question.numbers[:1], article, ANSWERED_BY)
        return redirect(f"{reverse('repeated questions')}?{self._query()}")

    def _written(self, question: Repeated, person: Person) -> Article:
        """A new article with its first draft, and the newest enquiries that it is to answer linked to it."""
        with transaction.atomic():
            article = Article(
                title=question.subject[:200], slug=free_slug(question.subject), kind=Kind.QUESTION, owner=person,
                topic=question.category[:80],
            )  # fmt: skip
            begin(article, **self.told())
            self._cite(question.numbers[:ENQUIRIES_CITED], article, LED_TO)
        return article

    def _cite(self, numbers: tuple[str, ...], article: Article, reason: str) -> None:
        linked = Link.objects.filter(about_kind=kind_of(article), about_id=article.pk).values("enquiry")
        for enquiry in Enquiry.objects.filter(number__in=numbers).exclude(pk__in=linked):
            link(enquiry, article, reason, **self.told())

    def _bounds(self) -> tuple[int, int]:
        least, days = (RULEBOOK.number(f"helpdesk.repeated_{word}", self.request.at) for word in ("least", "days"))
        return least, days

    def _found(self) -> list[Repeated]:
        at = self.request.at
        least, days = self._bounds()
        rows = Enquiry.objects.visible_to(reader(self.request), at).filter(received__gte=at - timedelta(days=days))
        newest = rows.filter(received__lte=at).order_by("-received", "-pk")
        told = newest.values_list("number", "subject", "category__name", "received")
        return repeated((Asked(*row) for row in told), least)

    def _query(self, **changes: Any) -> str:
        kept = {name: self.request.GET.get(name, "") for name in ("category", "open", "page")}
        return urlencode({name: value for name, value in {**kept, **changes}.items() if value})


def answers_of(questions: list[Repeated], person: Person | None, at: datetime) -> dict[str, list[Answer]]:
    """The guidance to which enquiries behind each question are linked, by the question's newest number.

    What is cited most stands first.
    """
    of = {number: one.numbers[0] for one in questions for number in one.numbers}
    rows = Link.objects.filter(about_kind=kind_of(Article), enquiry__received__lte=at)
    counted: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for number, article in rows.values_list("enquiry__number", "about_id"):
        if number in of:
            counted[of[number]][article] += 1
    wanted = {article for counts in counted.values() for article in counts}
    readable = {one.pk: one for one in Article.objects.filter(pk__in=wanted).visible_to(person, at)}
    return {
        number: [Answer(readable[pk], cited) for pk, cited in counts.most_common() if pk in readable]
        for number, counts in counted.items()
    }


def free_slug(title: str) -> str:
    """A slug made of a title that no article has yet."""
    base = slugify(title)[:40].strip("-") or "question"
    taken = set(Article.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for n in range(1, len(taken) + 2) if (slug := base if n == 1 else f"{base}-{n}") not in taken)
