"""Decisions and letters as kinds of record."""

from __future__ import annotations

from secretariat.change.decision.models import Decision, Letter
from secretariat.core.kinds import register


def decision(text: str) -> Decision | None:
    """The decision that "decision 12" names."""
    found: Decision | None = Decision.objects.filter(pk=_number("decision", text)).first()
    return found


def letter(text: str) -> Letter | None:
    """The letter of the Authority with this reference."""
    found: Letter | None = Letter.objects.filter(reference__iexact=text.strip()).exclude(reference="").first()
    return found


def _number(word: str, text: str) -> int:
    said, _, number = text.strip().lower().partition(" ")
    return int(number) if said == word and number.isascii() and number.isdigit() and len(number) < 10 else 0


register("decision", Decision, decision)
register("letter", Letter, letter)
