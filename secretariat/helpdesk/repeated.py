"""Questions that come again and again: candidates for guidance, each with the enquiries behind it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from secretariat.core.capacities import secretariat
from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.procedure import Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.helpdesk.models import Enquiry
from secretariat.helpdesk.suggesting import words_of

REPLIED = re.compile(r"^\s*(?:(?:re|fw|fwd|aw|wg)\s*:\s*)+", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """One enquiry as far as it matters here."""

    number: str
    subject: str
    category: str


@dataclass(frozen=True)
class Repeated:
    """A question that was asked often: its words, its category, and who asked it, the newest first."""

    subject: str
    category: str
    numbers: tuple[str, ...]


def repeated(asked: Iterable[Asked], least: int) -> list[Repeated]:
    """The questions whose subjects have the same telling words in the same category, the most frequent first.

    Enquiries come in the newest first; the newest subject names the question. Fewer than `least` are left out.
    """
    groups: defaultdict[tuple[str, frozenset[str]], list[Asked]] = defaultdict(list)
    for one in asked:
        if words := words_of(REPLIED.sub("", one.subject)):
            groups[one.category, words].append(one)
    found = [
        Repeated(REPLIED.sub("", same[0].subject), category, tuple(one.number for one in same))
        for (category, _), same in groups.items()
        if len(same) >= least
    ]
    return sorted(found, key=lambda one: (-len(one.numbers), one.category, one.subject))


class RepeatedQuestions(Page):
    """The questions of the last weeks that guidance could answer, each with the enquiries behind it."""

    template = "helpdesk/repeated.html"
    who: ClassVar[Who] = staticmethod(secretariat)
    crumbs: ClassVar[tuple[Crumb, ...]] = (Crumb("Queue", "/queue/"), Crumb("Repeated questions"))

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list, the most frequent first."""
        at = self.request.at
        least, days = (RULEBOOK.number(f"helpdesk.repeated_{word}", at) for word in ("least", "days"))
        rows = Enquiry.objects.visible_to(reader(self.request), at).filter(received__gte=at - timedelta(days=days))
        newest = rows.filter(received__lte=at).order_by("-received", "-pk")
        told = newest.values_list("number", "subject", "category__name")
        found = [(one, write_address(one)) for one in repeated((Asked(*row) for row in told), least)]
        return self.shown({"found": found, "least": least, "days": days})


def write_address(question: Repeated) -> str:
    """Where guidance is begun that answers a question."""
    return f"{reverse('article-new')}?{urlencode({'title': question.subject, 'kind': 'question'})}"
