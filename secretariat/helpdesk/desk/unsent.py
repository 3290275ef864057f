"""What somebody typed and did not send: kept with every word, so that no refusal and no dying process loses it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from secretariat.core.files import keep, place
from secretariat.core.people import Person
from secretariat.helpdesk.desk.models import OpenReply
from secretariat.helpdesk.models import Enquiry, Sort

WORDS = ("text", "then", "to", "cc")
FILES, CITES, QUOTE, AT = "files", "cites", "quote", "at"


def typed_by(enquiry: Enquiry, person: Person) -> dict[str, Any]:
    """What a person typed about an enquiry and did not send, by the names of the form's fields; or nothing."""
    found = OpenReply.objects.filter(enquiry=enquiry, person=person).values_list("typed", flat=True).first() or {}
    return dict(found) if found.get("text") or found.get(FILES) else {}


def keep_typed(enquiry: Enquiry, person: Person, data: Any, uploads: Iterable[Any], at: datetime) -> list[str]:
    """Keeps what was typed and the files that were added; returns why a file was not kept, as sentences.

    Of files added before only those that are still ticked stay. What comes after the reply was sent, as a browser may
    still have it under way, is passed over.
    """
    if _was_sent(enquiry, person, data.get("seen", "")):
        return []
    before = {file["sha256"]: file for file in typed_by(enquiry, person).get(FILES, [])}
    files = [before[sha256] for sha256 in data.getlist("kept") if sha256 in before]
    problems: list[str] = []
    for upload in uploads:
        content = upload.read()
        try:
            files.append({"name": upload.name, "sha256": keep(upload.name or "", content), "size": len(content)})
        except ValidationError as error:
            problems += error.messages
    typed = {name: data.get(name, "") for name in WORDS} | {
        QUOTE: bool(data.get(QUOTE)), CITES: data.getlist(CITES), FILES: files, AT: at.isoformat()
    }  # fmt: skip
    typed = typed if typed["text"].strip() or files else {}
    OpenReply.objects.update_or_create(enquiry=enquiry, person=person, defaults={"at": at, "typed": typed})
    return problems


def put_back(enquiry: Enquiry, person: Person, typed: Mapping[str, Any], at: datetime) -> None:
    """Makes something a draft again, as what was taken back before it was sent."""
    told = {**typed, AT: at.isoformat()}
    OpenReply.objects.update_or_create(enquiry=enquiry, person=person, defaults={"at": at, "typed": told})


def throw_away(enquiry: Enquiry, person: Person) -> None:
    """Forgets what a person typed about an enquiry."""
    OpenReply.objects.filter(enquiry=enquiry, person=person).update(typed={})


def sent(enquiry: Enquiry, person: Person | None) -> None:
    """Forgets what the sender typed, and who else has the form open; what others typed stays theirs."""
    OpenReply.objects.filter(Q(person=person) | Q(typed={}), enquiry=enquiry).delete()


def contents(typed: Mapping[str, Any]) -> tuple[tuple[str, bytes], ...]:
    """The names and bytes of the files of a draft."""
    return tuple((file["name"], place(file["sha256"]).read_bytes()) for file in typed.get(FILES, []))


def _was_sent(enquiry: Enquiry, person: Person, seen: str) -> bool:
    newest = int(seen) if seen.isdigit() else 0
    return bool(enquiry.messages.filter(sort=Sort.OUT, by=person, pk__gt=newest).exists())
