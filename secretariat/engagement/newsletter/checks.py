"""What the newsletter's check finds before it is approved and again before it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from secretariat.core.rulebook import RULEBOOK
from secretariat.engagement.newsletter.calls import Finding, too_late, typed_calls
from secretariat.engagement.newsletter.composing import Composed, composed, says_something
from secretariat.engagement.newsletter.constructs import check_mail
from secretariat.engagement.newsletter.fields import sent_at
from secretariat.engagement.newsletter.models import WORDS_KEPT, AcceptedFinding, Newsletter, Passage
from secretariat.engagement.newsletter.writing import Foot, mail
from secretariat.engagement.subscribing.models import every_topic
from secretariat.papers.narrative import FIELD, typed

TYPED = "Is it a figure or a day of the record? Then name it by a live field, so that it stays right."


@dataclass(frozen=True)
class Checked:
    """The findings that stand, and those that were accepted with their reason."""

    findings: tuple[Finding, ...]
    accepted: tuple[tuple[Finding, str], ...] = ()

    @property
    def serious(self) -> tuple[Finding, ...]:
        """What must be mended."""
        return tuple(one for one in self.findings if one.serious)


def checked(newsletter: Newsletter, at: datetime, whole: Composed | None = None) -> Checked:
    """What is found in a newsletter at an instant; calls are held against the day on which it is to be sent."""
    whole = whole or composed(newsletter, at)
    reasons = {
        (rule, words): reason
        for rule, words, reason in AcceptedFinding.objects.filter(newsletter=newsletter).values_list(
            "rule", "words", "reason"
        )
    }
    standing, accepted = [], []
    for finding in dict.fromkeys(_found(newsletter, sent_at(newsletter, at), whole)):
        reason = "" if finding.serious else reasons.get((finding.rule, finding.words[:WORDS_KEPT]), "")
        if reason:
            accepted.append((finding, reason))
        else:
            standing.append(finding)
    standing.sort(key=lambda one: not one.serious)
    return Checked(tuple(standing), tuple(accepted))


def _found(newsletter: Newsletter, sent: datetime, whole: Composed) -> Iterator[Finding]:
    for problem, place in whole.problems:
        yield Finding(
            "unknown-field", problem, "The field names nothing that may be printed.", serious=True, href=place
        )
    if not says_something(whole.edition(every_topic())):
        yield Finding("says-nothing", newsletter.title, "It holds nothing but a greeting.", serious=True)
    least = RULEBOOK.number("newsletter.call_days", sent)
    yield from too_late(whole.calls, sent, least)
    for passage in newsletter.passages.all():
        yield from _typed(passage, newsletter, least)
    yield from check_mail(as_mail(whole))


def _typed(passage: Passage, newsletter: Newsletter, least: int) -> Iterator[Finding]:
    bare = FIELD.sub("", passage.text)
    for found in typed_calls(bare, newsletter.day, least):
        yield replace(found, href=passage.own_address)
    if words := ", ".join(dict.fromkeys(typed(passage.text))):
        yield Finding("typed-figure", f"{passage}: {words}"[:WORDS_KEPT], TYPED, href=passage.own_address)


def as_mail(whole: Composed) -> str:
    """The newsletter as mail with every reader's parts, with links that lead nowhere in particular."""
    site = settings.SITE_URL
    foot = Foot(f"{site}/newsletters/", "You receive it as a reader.", f"{site}/newsletter/", f"{site}/newsletter/")
    return mail(whole.document, foot, site)
