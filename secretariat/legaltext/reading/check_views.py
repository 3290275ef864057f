"""What the checks find: in the whole code, in one document, or in one with a draft as if it were approved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from secretariat.core.pages import Crumb
from secretariat.legaltext.checking.findings import CHECKS, Check, Finding, brought_in, check
from secretariat.legaltext.models import Document
from secretariat.legaltext.reading.addresses import Addresses, cited_as
from secretariat.legaltext.reading.views import CODE, Reading
from secretariat.legaltext.reading.world import documents


@dataclass(frozen=True)
class Told:
    """A finding with where its clause, and the others that it concerns, are read."""

    finding: Finding
    place: Crumb
    others: list[Crumb]


class Checks(Reading):
    """The report of the checks."""

    template = "legaltext/checks.html"

    def get(self, request: HttpRequest, key: str = "") -> HttpResponse:
        """What each check finds; with a draft, first what the draft brings in."""
        world = self.world()
        document = self.document(key) if key else None
        addresses = Addresses(world)
        rows = {row.code: row for row in documents(world.reader, world.at)}
        texts = world.texts()
        found = check(texts, None if document is None else {document.code} & texts.keys())
        new = brought_in(world.plain().texts(), texts) if world.draft else []
        where = (Crumb(document.reference, addresses.document(document.code)),) if document else ()
        return self.shown({
            "crumbs": (Crumb(CODE, addresses.code()), *where, Crumb("Checks")), "world": world, "addresses": addresses,
            "document": document, "total": len(found), "documents": len(texts),
            "groups": grouped(found, rows, addresses),
            "brought": grouped(new, rows, addresses), "new": len(new),
            "misfit": world.misfit(world.plain().text(world.draft.document)) if world.draft else "",
        })  # fmt: skip


def grouped(
    found: Sequence[Finding], rows: dict[str, Document], addresses: Addresses
) -> list[tuple[Check, list[Told]]]:
    """The findings of each check that found something, those that stand in the way of approval first."""
    made = [
        (told, [_told(one, rows, addresses) for one in found if one.check == name]) for name, told in CHECKS.items()
    ]
    return sorted((one for one in made if one[1]), key=lambda one: not one[0].stops)


def _told(finding: Finding, rows: dict[str, Document], addresses: Addresses) -> Told:
    label = cited_as(rows[finding.document], finding.number)
    others = [Crumb(rows[code].reference, addresses.clause(code, uid)) for code, uid in finding.others]
    return Told(finding, Crumb(label, addresses.clause(finding.document, finding.uid)), others)
