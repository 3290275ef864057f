"""The kinds of record of the change room that a reference can name."""

from __future__ import annotations

from secretariat.change.models import Proposal, Release
from secretariat.core.kinds import register
from secretariat.plain.references import UnreadableReferenceError, parse_proposal


def proposal(text: str) -> Proposal | None:
    """The proposal that any of its labels names: the number decides, so DP079 and MP079 find the same one (MOD-1)."""
    try:
        named = parse_proposal(text)
    except UnreadableReferenceError:
        return None
    return Proposal.objects.filter(number=named.number, suffix=named.suffix).first()


def release(text: str) -> Release | None:
    """The release of this name."""
    return Release.objects.filter(name__iexact=text.strip()).first()


register("proposal", Proposal, proposal, lambda record: record.title)
register("release", Release, release)
