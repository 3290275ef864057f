"""The kinds of record of the change room that a reference can name."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from secretariat.change.models import Proposal, Release
from secretariat.change.naming.kinds import split
from secretariat.core.kinds import register
from secretariat.plain.references import UnreadableReferenceError, parse_proposal


def proposal(text: str) -> Proposal | None:
    """The proposal that any of its labels names: the number decides, so DP079 and MP079 find the same one (MOD-1)."""
    try:
        named = parse_proposal(text)
    except UnreadableReferenceError:
        return None
    return Proposal.objects.filter(number=named.number, suffix=named.suffix).first()


def parts_page(text: str) -> str:
    """The address of the page that names the parts of a proposal that was split; empty when it was not (MOD-3)."""
    if (found := split(text)) is not None:
        return found.get_absolute_url()
    try:
        named = parse_proposal(text)
    except UnreadableReferenceError:
        return ""
    lettered = not named.suffix and Proposal.objects.filter(number=named.number).exists()
    return f"{reverse('proposals')}?{urlencode({'text': text})}" if lettered else ""


def release(text: str) -> Release | None:
    """The release of this name."""
    return Release.objects.filter(name__iexact=text.strip()).first()


register("proposal", Proposal, proposal, lambda record: record.title)
register("release", Release, release)
