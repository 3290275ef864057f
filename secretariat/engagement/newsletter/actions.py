"""Writing a newsletter: begin it, write and change paragraphs, accept a finding."""

from __future__ import annotations

from typing import Any, Unpack

from django.db import transaction

from secretariat.core import journal
from secretariat.core.journal import Told
from secretariat.core.procedure import Refused
from secretariat.engagement.newsletter.checks import checked
from secretariat.engagement.newsletter.models import WORDS_KEPT, AcceptedFinding, Newsletter, Passage
from secretariat.engagement.newsletter.procedure import NEWSLETTER, editors


def begin(newsletter: Newsletter, **told: Unpack[Told]) -> Newsletter:
    """Begins a newsletter. Raises Refused for others than the editors."""
    newsletter.begun_by = told["by"]
    NEWSLETTER.take("begin", newsletter, **told)
    return newsletter


def write(passage: Passage, changes: dict[str, Any] | None = None, **told: Unpack[Told]) -> Passage:
    """Adds a paragraph, or changes one that is there. Raises Refused for others than the editors."""
    newsletter = passage.newsletter
    if not editors(told["by"], newsletter, told["at"]):
        raise Refused("Paragraphs are for the editors of the newsletter.")
    if passage._state.adding:
        journal.enter(passage, **told)
    else:
        journal.amend(passage, changes or {}, **told)
    return passage


def strike(passage: Passage, **told: Unpack[Told]) -> None:
    """Takes a paragraph out; the journal keeps that one was. Raises Refused once it is approved."""
    newsletter = passage.newsletter
    if not editors(told["by"], newsletter, told["at"]) or not newsletter.is_open:
        raise Refused("A paragraph is taken out by the editors, while the newsletter is written.")
    with transaction.atomic():
        journal.record("newsletter.strike", newsletter, **told, block=passage.block)
        passage.delete()


def accept(newsletter: Newsletter, rule: str, words: str, reason: str, **told: Unpack[Told]) -> AcceptedFinding:
    """Lets a finding stand with a reason. Raises Refused without one, and for what must be mended."""
    if not editors(told["by"], newsletter, told["at"]) or not newsletter.is_open:
        raise Refused("A finding is accepted by the editors, while the newsletter is written.")
    if not reason.strip():
        raise Refused("Say why it may stand; the reason is kept.")
    standing = checked(newsletter, told["at"]).findings
    found = next((one for one in standing if one.rule == rule and one.words[:WORDS_KEPT] == words), None)
    if found is None:
        raise Refused("The check no longer finds this; nothing needs to be accepted.")
    if found.serious:
        raise Refused("This must be mended: it cannot be accepted.")
    row = AcceptedFinding(newsletter=newsletter, rule=rule, words=words, reason=reason.strip()[:WORDS_KEPT])
    journal.enter(row, **told, verb="accept")
    return row
