"""Small facts for tests of the record of the code."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.legaltext.models import Cause, Document, DocumentVersion
from secretariat.legaltext.recording import add_version
from secretariat.legaltext.text import Clause, Edit
from secretariat.plain.dates import LONDON

NOON = datetime(2020, 3, 2, 12, tzinfo=LONDON)
JANUARY = date(2020, 1, 2)


def analyst(team: str = Team.CHANGE) -> Person:
    """A person of the change team, or of another; made once."""
    email = f"{team}@example.test".replace(" ", "-")
    found: Person | None = Person.objects.filter(email=email).first()
    if found is not None:
        return found
    made = Person.objects.create_user(email, f"Analyst {team}")
    Capacity.objects.create(person=made, role=Role.SECRETARIAT, team=team, from_day=date(2013, 9, 23), recorded=NOON)
    return made


def section(letter: str = "H", **more: Any) -> Document:
    """A section without versions."""
    told = {"code": f"section-{letter.lower()}", "kind": "section", "letter": letter, "title": f"Services {letter}"}
    made: Document = Document.objects.create(**{**told, **more})
    return made


def clause(uid: str, body: str = "", parent: str = "", place: str = "i", **more: str) -> Clause:
    """A small clause, numbered as its identity."""
    told = {"kind": "clause", "number": uid.upper(), "heading": "", **more}
    return Clause(uid=uid, parent=parent, place=place, body=body, **told)


def version(of: Document, number: str, day: date, changes: Iterable[Edit], **fields: Any) -> DocumentVersion:
    """A version of a document with what it changes, known at noon."""
    made = DocumentVersion(document=of, number=number, effective_from=day, **fields)
    return add_version(made, changes, [Cause(kind="modification")], by=None, at=NOON, recorded=NOON)
