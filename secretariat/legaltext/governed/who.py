"""Who acts for a document that is governed beside the code: the secretariat, and the body that owns it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from secretariat.core.capacities import secretariat
from secretariat.core.people import Person, Role
from secretariat.legaltext.models import Document
from secretariat.plain.dates import local_day


def sits_on(person: Person | None, code: str, at: datetime) -> bool:
    """Whether a person is a member of the body with a code."""
    if person is None or not code:
        return False
    rows = person.capacities_on(local_day(at))
    return any(row.role == Role.COMMITTEE_MEMBER and row.audience == code for row in rows)


def its_body(person: Person | None, record: Any, at: datetime) -> bool:
    """A member of the body that owns the document, or the secretariat for the body."""
    document: Document | None = record.document if record is not None else None
    return secretariat(person, record, at) or (document is not None and sits_on(person, document.owner, at))


def secretariat_or_clock(person: Person | None, record: Any, at: datetime) -> bool:
    """The secretariat, or time alone."""
    return person is None or secretariat(person, record, at)
