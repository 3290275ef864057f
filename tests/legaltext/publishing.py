"""Small texts, documents and drafts for the tests of publishing and of governed documents. All invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from secretariat.core.people import Person, Role, Team
from secretariat.legaltext.models import APPROVED, Cause, CauseKind, Document, DocumentVersion, Draft, DraftEdit
from secretariat.legaltext.publishing.models import PlannedItem, PlannedVersion
from secretariat.legaltext.publishing.procedure import GATHERING, PUBLISHING
from secretariat.legaltext.recording import add_version
from secretariat.legaltext.standing import text_of
from secretariat.legaltext.text import Clause, Edit, Text, edits, in_order, places
from secretariat.plain.dates import LONDON
from tests.committees.factories import someone

SINCE = date(2016, 1, 4)
NOON = datetime(2021, 3, 1, 12, tzinfo=LONDON)
TODAY = NOON.date()
DAY = date(2021, 6, 24)
EVE = DAY - timedelta(days=1)
LATER = NOON + timedelta(days=30)
EMPTY = Text(())


def drafter() -> Person:
    """A person of the change team."""
    return someone("Drafter", Role.SECRETARIAT, team=Team.CHANGE)


def told(at: datetime = NOON) -> dict[str, Any]:
    """Who acts, and when."""
    return {"by": drafter(), "at": at, "recorded": at}


def plain_text(letter: str = "H", number: int = 5, word: str = "notify") -> Text:
    """A part with so many clauses."""
    part = Clause(letter.lower(), "", "i", "part", letter, "Services", "")
    below = (
        Clause(f"{letter.lower()}-{one}", part.uid, place, "clause", f"{letter}{one}", f"Duty {one}",
               f"The Company shall {word} each person of matter {one}.")
        for one, place in enumerate(places(number), start=1)
    )  # fmt: skip
    return in_order((part, *below))


def document(code: str = "section-h", **more: Any) -> Document:
    """A document of the code with a first version."""
    kind, _, letter = code.partition("-")
    known = {"kind": kind, "letter": letter.upper()[:4], "title": f"Title of {code}", "invented": True}
    made: Document = Document.objects.create(code=code, **{**known, **more})
    return made


def first_version(of: Document, text: Text | None = None, day: date = SINCE, number: str = "1.0") -> DocumentVersion:
    """The first text of a document."""
    at = datetime.combine(day, NOON.timetz())
    version = DocumentVersion(document=of, number=number, effective_from=day, invented=True)
    changed = edits(EMPTY, text if text is not None else plain_text(of.letter or "H"))
    return add_version(version, changed, [Cause(kind=CauseKind.FIRST)], **told(at))


def reworded(text: Text, uid: str, word: str) -> Edit:
    """An edit that puts a word at the end of a clause."""
    before = text.by_uid[uid]
    return Edit(before, replace(before, body=f"{before.body} {word}."))


def draft(of: Document, *changed: Edit, state: str = APPROVED, **more: Any) -> Draft:
    """A draft on the newest version."""
    known = {"title": "A change", "baseline": of.versions.order_by("-order").first(), "invented": True}
    made: Draft = Draft.objects.create(document=of, state=state, recorded=NOON, **{**known, **more})
    DraftEdit.objects.bulk_create(
        DraftEdit.of(made, one, order, recorded=NOON) for order, one in enumerate(changed, start=1)
    )
    return made


def a_word(of: Document, uid: str, word: str, day: date = TODAY, **more: Any) -> Draft:
    """A draft that puts a word at the end of a clause as it stands on a day."""
    return draft(of, reworded(text_of(of, day), uid, word), **more)


def planned(number: str = "40.0", day: date = date(2021, 6, 24), **more: Any) -> PlannedVersion:
    """A planned version."""
    known = {"cause": "June 2021 Release", "note": "What it brings.", "invented": True}
    made = PlannedVersion(number=number, effective_from=day, **{**known, **more})
    PUBLISHING.take("plan", made, **told())
    return made


def gather(into: PlannedVersion, of: Draft | None = None, number: str = "2.0", **more: Any) -> PlannedItem:
    """Something put into a planned version."""
    known: dict[str, Any] = {"document": of.document if of is not None else None, "reference": "MP001"}
    item = PlannedItem(planned=into, draft=of, number=number, invented=True, **{**known, **more})
    GATHERING.take("gather", item, **told())
    return item


def published(plan: PlannedVersion, at: datetime = NOON) -> PlannedVersion:
    """The same, checked and published."""
    PUBLISHING.take("check", plan, **told(at))
    PUBLISHING.take("publish", plan, **told(at))
    return plan
