"""Pages of redlines: two texts of a document, and the whole code on two days; on screen, as PDF and as Word file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from secretariat.core.pages import Crumb, reader
from secretariat.legaltext.formats.editions import INVENTED
from secretariat.legaltext.models import Document
from secretariat.legaltext.reading.coming import drafts_of
from secretariat.legaltext.reading.views import CODE, Reading
from secretariat.legaltext.reading.world import NO_TEXT, World, documents
from secretariat.legaltext.redlines import wording
from secretariat.legaltext.redlines.compare import Redline, redline
from secretariat.legaltext.redlines.html import html
from secretariat.legaltext.redlines.pdf import pdf
from secretariat.legaltext.redlines.sides import Side, earlier, side, versions
from secretariat.legaltext.redlines.word import word
from secretariat.plain.dates import long_date, parse_day

MEDIA: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""The forms of a redline besides the page."""


@dataclass(frozen=True)
class Compared:
    """Two texts of a document and their redline."""

    document: Document
    old: Side
    new: Side
    found: Redline

    @property
    def lines(self) -> list[str]:
        """What stands under the title of a file."""
        told = [f"From {self.old.says}", f"to {self.new.says}"]
        return [*told, INVENTED] if self.document.invented else told


class Compare(Reading):
    """What differs between two texts of a document: of days, of versions, or with a draft as if it were approved."""

    template = "legaltext/compare.html"

    def get(self, request: HttpRequest, key: str, ending: str = "") -> HttpResponse:
        """The redline as a page or a file; a side that cannot be read is told, and what was typed stays."""
        document, world = self.document(key), self.world()
        if ending and ending not in MEDIA:
            raise Http404(f"A redline is given as {', '.join(MEDIA)}.")
        try:
            made = self._compared(document, world)
        except ValueError as wrong:
            if ending:
                raise Http404(str(wrong)) from None
            return self._page(document, world, None, str(wrong))
        return self._file(made, ending) if ending else self._page(document, world, made, "")

    def _compared(self, document: Document, world: World) -> Compared:
        asked = self.request.GET
        new = side(document, asked.get("to", "").strip() or world.day.isoformat(), world)
        old = side(document, asked.get("from", "").strip() or earlier(document, new, world), world)
        return Compared(document, old, new, redline(old.text, new.text))

    def _page(self, document: Document, world: World, made: Compared | None, wrong: str) -> HttpResponse:
        asked = self.request.GET
        whole = asked.get("whole", "") == "1"
        names = {"from": made.old.name, "to": made.new.name} if made else {}
        query = urlencode({**names, **({"known": asked["known"]} if asked.get("known") else {})})
        there = Crumb(document.reference, reverse("reading", args=[document.code]))
        return self.shown({
            "crumbs": (Crumb(CODE, reverse("code")), there, Crumb("Compare")),
            "document": document, "world": world, "made": made, "wrong": wrong, "whole": whole, "query": query,
            "typed": {"from": names.get("from", asked.get("from", "")), "to": names.get("to", asked.get("to", ""))},
            "choices": self._choices(document, world), "forms": tuple(MEDIA),
            "redline": html(made.found, whole=whole) if made else "",
        }, status=400 if wrong else 200)  # fmt: skip

    def _choices(self, document: Document, world: World) -> list[tuple[str, str]]:
        """What may be typed: versions and drafts, each with what it is."""
        made = [(f"version-{row.number}", f"Version {row.number}, from {long_date(row.effective_from)}")
                for row in versions(document, world)]  # fmt: skip
        return [*made, *((f"draft-{row.pk}", f"If “{row.title}” is approved") for row in drafts_of(document, world))]

    def _file(self, made: Compared, ending: str) -> HttpResponse:
        """The file, dated with the later of its two days: the same texts give the same bytes."""
        title, day = f"{made.document}: what differs", max(made.old.day, made.new.day)
        if ending == "pdf":
            content = pdf(made.found, title, made.lines, day=day, whole=self.request.GET.get("whole", "") == "1")
        else:
            at = datetime.combine(day, time.min, tzinfo=UTC)
            content = word(made.found, title, made.lines, author=settings.ADMINISTRATION, at=at)
        response = HttpResponse(content, content_type=MEDIA[ending])
        name = f"{made.document.code}_{made.old.name}_{made.new.name}.{ending}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class CompareCode(Reading):
    """What differs in the whole code between two days, document by document. Two queries for the texts."""

    template = "legaltext/compare_code.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The documents that differ, each with how many clauses changed and a link to its redline."""
        world, asked = self.world(), self.request.GET
        try:
            new = _day(asked.get("to", ""), world.day)
            old = _day(asked.get("from", ""), date(new.year, 1, 1))
        except ValueError as wrong:
            return self._page({name: asked.get(name, "") for name in ("from", "to")}, [], str(wrong), status=400)
        before, after = (replace(world, day=day, draft=None).texts() for day in (old, new))
        rows = [
            (
                document,
                summary,
                reverse("compare", args=[document.code]) + f"?from={old.isoformat()}&to={new.isoformat()}",
            )
            for document in documents(reader(self.request), self.request.at)
            if (summary := _summary(before.get(document.code, NO_TEXT), after.get(document.code, NO_TEXT)))
        ]
        return self._page({"from": old.isoformat(), "to": new.isoformat()}, rows, "")

    def _page(self, typed: dict[str, Any], rows: list[Any], wrong: str, status: int = 200) -> HttpResponse:
        crumbs = (Crumb(CODE, reverse("code")), Crumb("Compare"))
        return self.shown({"crumbs": crumbs, "typed": typed, "rows": rows, "wrong": wrong}, status=status)


def _day(typed: str, otherwise: date) -> date:
    return parse_day(typed.strip()) if typed.strip() else otherwise


def _summary(old: Any, new: Any) -> str:
    """How many clauses of a document changed; nothing where none did."""
    found = redline(old, new)
    return wording.summary(found) if found.touched else ""
