"""Small documents of the code, and drafts on them, for tests of drafting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from secretariat.core.people import Person
from secretariat.legaltext.drafting.actions import begin, edit
from secretariat.legaltext.drafting.composing import reworded
from secretariat.legaltext.drafting.values import text_of_draft
from secretariat.legaltext.models import ClauseText, Document, DocumentVersion, Draft
from secretariat.legaltext.standing import text_in
from secretariat.legaltext.text import Clause, Edit, Text, edits, in_order
from secretariat.plain.dates import LONDON
from tests.change.factories import change_person

AT = datetime(2020, 3, 5, 12, tzinfo=LONDON)


def told(by: Person | None = None, at: datetime = AT) -> dict[str, Any]:
    """By the change team, or another, at noon on 5 March 2020."""
    return {"by": by or change_person(), "at": at, "recorded": at}


def clause(uid: str, place: str, number: str = "", body: str = "Words.", parent: str = "", **other: str) -> Clause:
    """A clause of few words."""
    return Clause(uid, parent, place, number=number, body=body, **({"kind": "clause", "heading": ""} | other))


SECTION_H = in_order(
    [
        clause("part", "a", "H3", "", kind="part", heading="Gateway"),
        clause("one", "a", "H3.1", "The DCC shall act within 5 Working Days of each request of a party.", "part"),
        clause("two", "b", "H3.2", "A party shall tell the DCC, as Section H3.1 says.", "part"),
        clause("sub", "a", "(a)", "in writing;", "two"),
        clause("three", "c", "H3.3", "The DCC shall publish it.", "part"),
    ]
)


def document(code: str = "section-h", **more: Any) -> Document:
    """A document of the code; made once."""
    kind, _, letter = code.partition("-")
    told = {"kind": kind, "letter": letter.upper(), "title": "Services"} | more
    made, _ = Document.objects.get_or_create(code=code, defaults=told)
    return made


def version(
    text: Text, number: str = "1.0", on: date = date(2020, 1, 1), of: Document | None = None
) -> DocumentVersion:
    """A version of a document that gives it a text, whatever it was before."""
    whose = of or document()
    before = whose.versions.order_by("-order").first()
    was = text_in(before) if before else Text(())
    made = DocumentVersion(document=whose, number=number, effective_from=on, recorded=AT.replace(year=2019))
    made.full_clean(exclude=["order"])
    made.save()
    ClauseText.objects.bulk_create([ClauseText.of(made, one) for one in edits(was, text)])
    return made


def draft(title: str = "Shorter times", baseline: DocumentVersion | None = None, **more: Any) -> Draft:
    """A pending draft on a version; on version 1.0 of Section H unless told."""
    found = baseline or DocumentVersion.objects.filter(document=document()).order_by("order").first()
    found = found or version(SECTION_H)
    fields = {"classification": 0, "audience": ""} | more
    made = Draft(title=title, document=found.document, baseline=found, **fields)
    begin(made, **told())
    return made


def says(made: Draft, uid: str, body: str, why: str = "", **asked: Any) -> Edit:
    """The body of a clause reworded in a draft, and saved."""
    text = text_of_draft(made)
    there = text.by_uid[uid]
    one = reworded(text, uid, number=there.number, heading=there.heading, body=body)
    edit(made, [one], why, **(told() | asked))
    return one


def write(made: Draft, *ones: Edit) -> None:
    """Edits saved in a draft as one step."""
    edit(made, list(ones), **told())


def bodies(text: Text, uids: Sequence[str]) -> list[str]:
    """What some clauses say."""
    return [text.by_uid[uid].body for uid in uids]
