"""The weekly digests before they are sent: exactly who gets what, why, and when. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from secretariat.core.capacities import secretariat
from secretariat.core.kinds import model_of
from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.people import Person
from secretariat.core.procedure import Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import instant
from secretariat.post.following import News, newest_event, news
from secretariat.post.models import Subscription

A_PAGE = 20
"""Followed lists on one page: each is asked as its follower would ask it."""


@dataclass(frozen=True)
class Preview:
    """One followed list: whose, why, when it is next looked at, and what its follower would be told by now.

    `hidden` counts the rows told to the follower that whoever previews may not read.
    """

    row: Subscription
    due: str
    is_due: bool
    lines: tuple[str, ...]
    more: int
    hidden: int
    why_not: str = ""


def preview(row: Subscription, upto: int, staff: Person | None, at: datetime) -> Preview:
    """What the digest tells the follower of one list if it were made at an instant, as far as staff may read it."""
    due = row.digested + timedelta(days=RULEBOOK.number("post.digest_days", at))
    told = news(row, upto, at) if row.person.is_active else None
    lines = _readable(told, staff, at) if told else ()
    why_not = "" if told else "Nothing is new in it." if row.person.is_active else "The person's account is closed."
    hidden = len(told.lines) - len(lines) if told else 0
    return Preview(row, instant(due), due <= at, lines, told.more if told else 0, hidden, why_not)


def _readable(told: News, staff: Person | None, at: datetime) -> tuple[str, ...]:
    """The lines of the records that staff may read too; a list without classes is told whole."""
    if not told.ids:
        return told.lines
    rows: Any = model_of(told.kind)._default_manager.filter(pk__in=told.ids)
    seen = set(rows.visible_to(staff, at).values_list("pk", flat=True))
    return tuple(line for pk, line in zip(told.ids, told.lines, strict=True) if pk in seen)


class DigestPreview(Page):
    """Who would be sent what in the weekly digest, for the secretariat."""

    template = "post/digest_preview.html"
    who: ClassVar[Who] = staticmethod(secretariat)
    crumbs = (Crumb("Digests to come"),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The followed lists by person, soonest due first."""
        staff, at = reader(self.request), self.request.at
        rows = Subscription.objects.filter(to_day=None).select_related("person").order_by("digested", "person", "pk")
        page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
        upto = newest_event()
        return self.shown({"page": page, "previews": [preview(row, upto, staff, at) for row in page.object_list]})
