"""How an article is written, checked by somebody else, published, looked at again and withdrawn, as a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django import forms

from secretariat.core.calendar import calendar
from secretariat.core.capacities import secretariat, team, the_clock
from secretariat.core.facts import a_line
from secretariat.core.people import Person, Team
from secretariat.core.procedure import NEW, Procedure, Refused, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.engagement.guidance.accessible import stopping
from secretariat.engagement.guidance.markup import addresses
from secretariat.engagement.guidance.models import (
    PUBLISHED,
    SOURCED,
    UNPUBLISHED,
    WITHDRAWN,
    WRITTEN,
    Article,
    ArticleVersion,
    Kind,
    fingerprint,
    lines,
)
from secretariat.engagement.guidance.review import is_to_be_reminded, next_review
from secretariat.plain.dates import local_day
from secretariat.post.due import Due, register

Facts = Mapping[str, Any]
PRACTICE = "this administration's practice"
REVIEW_MONTHS = "engagement.review_months"
REMIND_AGAIN = "engagement.review_reminder_wd"
TRANSCRIPT_WORDS = "engagement.transcript_words"
party_support = team(Team.PARTY_SUPPORT)
TO_ARTICLE = re.compile(r"/articles/([a-z0-9-]+)/")
ALL = (UNPUBLISHED, PUBLISHED, WITHDRAWN)


def another_than_the_writer(person: Person | None, record: Any, at: datetime) -> bool:
    """Somebody of the secretariat other than who wrote the draft."""
    if person is None or not secretariat(person, record, at):
        return False
    return not isinstance(record, Article) or record.handed_over_id != person.pk


def whoever_answers_for_it(person: Person | None, record: Any, at: datetime) -> bool:
    """The article's owner, or the secretariat's party support team."""
    owns = person is not None and isinstance(record, Article) and record.owner_id == person.pk
    return (owns and secretariat(person, record, at)) or party_support(person, record, at)


def a_draft_waits(person: Person | None, record: Any, at: datetime) -> bool:
    """A draft of it was submitted."""
    return record.handed_over_id is not None


def its_review_is_due(person: Person | None, record: Any, at: datetime) -> bool:
    """The owner, once the day to look at it again has come."""
    owns = person is not None and record.owner_id == person.pk
    return owns and record.review_on is not None and record.review_on <= local_day(at)


@rule(PRACTICE)
def a_draft_is_written(article: Article, at: datetime) -> bool:
    """Begin a draft first."""
    return article.draft is not None


@rule(PRACTICE)
def not_submitted_yet(article: Article, at: datetime) -> bool:
    """The draft is with somebody else already."""
    return article.handed_over_id is None


@rule(PRACTICE)
def it_was_submitted(article: Article, at: datetime) -> bool:
    """The draft is first handed over by who wrote it."""
    return article.handed_over_id is not None and article.draft is not None


@rule(PRACTICE)
def it_says_something(article: Article, at: datetime) -> bool:
    """An article has a text, and one sentence that says in lists what it is about."""
    draft = article.draft
    return draft is None or bool(draft.body.strip() and draft.summary.strip())


@rule("HLP-14")
def it_names_its_source(article: Article, at: datetime) -> bool:
    """Guidance, answers, terms and rate cards name where they have it from: the section, the decision or the record."""
    draft = article.draft
    return draft is None or article.kind not in SOURCED or bool(lines(draft.sources))


@rule("HLP-14")
def a_rate_card_tells_its_year(article: Article, at: datetime) -> bool:
    """A rate card says from which day until which day its rates are in force."""
    draft = article.draft
    return draft is None or article.kind != Kind.RATES or None not in (draft.holds_from, draft.holds_until)


@rule(PRACTICE)
def a_vacancy_tells_its_closing(article: Article, at: datetime) -> bool:
    """A vacancy says until when applications are taken, and that time is to come."""
    draft = article.draft
    if draft is None or article.kind != Kind.VACANCY:
        return True
    return draft.closes_at is not None and draft.closes_at > at


@rule("HLP-13")
def a_briefing_is_also_in_words(article: Article, at: datetime) -> bool:
    """A recorded briefing names its recording, and its text tells in words what was said."""
    draft = article.draft
    if draft is None or article.kind != Kind.BRIEFING:
        return True
    return bool(draft.recording) and len(draft.body.split()) >= RULEBOOK.number(TRANSCRIPT_WORDS, at)


@rule("WCAG 2.2 AA")
def everybody_can_read_it(article: Article, at: datetime) -> bool:
    """The check of the text found what keeps people from reading it: put that right first."""
    return article.draft is None or not stopping(article.draft.body)


@rule(PRACTICE)
def its_links_lead_to_what_is_published(article: Article, at: datetime) -> bool:
    """A link to another article leads to one that is published: publish that one first."""
    named = {match[1] for one in _addresses(article) if (match := TO_ARTICLE.match(one))} - {article.slug}
    return Article.objects.approved().filter(slug__in=named).count() == len(named)


@rule(PRACTICE)
def its_pictures_are_its_own(article: Article, at: datetime) -> bool:
    """The pictures and files of an article are added to it first, so that they are published with it."""
    named = {one for one in _addresses(article) if one.startswith("/files/")}
    return named <= {one.get_absolute_url() for one in article.files.select_related("file")}


def _addresses(article: Article) -> list[str]:
    return addresses(article.draft.body) if article.draft is not None else []


@rule(PRACTICE)
def nothing_new_waits(article: Article, at: datetime) -> bool:
    """Somebody has submitted a new text of it: publish that, or send it back, first."""
    return article.handed_over_id is None


@rule(PRACTICE)
def what_takes_its_place_is_published(article: Article, at: datetime, facts: Facts) -> bool:
    """The article that takes its place is another one, and published."""
    slug = facts["successor"]
    return not slug or Article.objects.approved().filter(slug=slug).exclude(pk=article.pk).exists()


@rule(PRACTICE)
def its_owner_is_to_be_reminded(article: Article, at: datetime) -> bool:
    """The owner is reminded when the day to look at it again has come, and then at the rulebook's distance."""
    day, every = local_day(at), RULEBOOK.number(REMIND_AGAIN, at)
    return is_to_be_reminded(article.review_on, article.reminded_on, day, every, calendar())


def _submit(article: Article, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    draft = _draft(article)
    draft.submitted_at, draft.returned = at, ""
    draft.save()
    article.handed_over = draft.writer


def _send_back(article: Article, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    draft = _draft(article)
    draft.submitted_at, draft.returned = None, facts["reason"]
    draft.save()
    article.handed_over = None


def _drop(article: Article, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    draft = _draft(article)
    draft.dropped_on = local_day(at)
    draft.save()
    article.handed_over = None


def _publish(article: Article, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    draft, article.number = _draft(article), article.number + 1
    said = {name: getattr(draft, name) for name in WRITTEN}
    told = {"number": article.number, "change": draft.change, "published_at": at, "recorded": recorded,
            "classification": article.classification, "audience": article.audience, "invented": article.invented,
            "sha256": fingerprint(draft)}  # fmt: skip
    version = ArticleVersion(article=article, writer=draft.writer, **told, **said)
    version.full_clean()
    version.save()
    draft.version = version.number
    draft.save()
    _open_files(article, set(addresses(draft.body)))
    for name, value in said.items():
        setattr(article, name, value)
    article.published_on, article.reason, article.successor, article.handed_over = local_day(at), "", None, None
    _reviewed(article, at)


def _open_files(article: Article, named: set[str]) -> None:
    for one in article.files.select_related("file"):
        if one.get_absolute_url() in named and one.classification != article.classification:
            for row in (one, one.file):
                row.classification, row.audience = article.classification, article.audience
                row.save(update_fields=["classification", "audience"])


def _affirm(article: Article, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    article.affirmed_on = local_day(at)
    _reviewed(article, at)


def _reviewed(article: Article, at: datetime) -> None:
    months = RULEBOOK.number(REVIEW_MONTHS, at)
    article.reminded_on = None
    article.review_on = None if article.is_passing() else next_review(local_day(at), months, article.holds_until)


def _remind(article: Article, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    article.reminded_on = local_day(at)


def _withdraw(article: Article, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    article.reason, article.review_on = facts["reason"], None
    article.successor = Article.objects.filter(slug=facts["successor"]).first() if facts["successor"] else None


def _draft(article: Article) -> Any:
    draft = article.draft
    if draft is None:
        raise Refused("Begin a draft first.")
    return draft


def _successor() -> forms.Field:
    return forms.SlugField(required=False, label="What takes its place", help_text="The address of another article.")


FIT = (it_says_something, it_names_its_source, a_rate_card_tells_its_year, a_vacancy_tells_its_closing,
       a_briefing_is_also_in_words, everybody_can_read_it, its_links_lead_to_what_is_published,
       its_pictures_are_its_own)  # fmt: skip

ARTICLE = Procedure(
    "article",
    Article,
    Step("begin", NEW, UNPUBLISHED, who=secretariat),
    Step("submit", ALL, None, who=secretariat, says="Hand the draft over", change=_submit,
         rules=(a_draft_is_written, not_submitted_yet, *FIT)),
    Step("send_back", ALL, None, who=another_than_the_writer, says="Send the draft back", change=_send_back,
         rules=(it_was_submitted,), facts={"reason": a_line(300, "Why")}),
    Step("publish", ALL, PUBLISHED, who=another_than_the_writer, primary=True, turn=a_draft_waits,
         rules=(it_was_submitted, *FIT), change=_publish),
    Step("drop", ALL, None, who=secretariat, says="Drop the draft", change=_drop, rules=(a_draft_is_written,)),
    Step("affirm", PUBLISHED, None, who=whoever_answers_for_it, says="It is still true", primary=True,
         turn=its_review_is_due, rules=(nothing_new_waits,), change=_affirm),
    Step("remind", PUBLISHED, None, who=the_clock, says="Remind its owner", change=_remind,
         rules=(its_owner_is_to_be_reminded,)),
    Step("withdraw", PUBLISHED, WITHDRAWN, who=whoever_answers_for_it, change=_withdraw,
         rules=(what_takes_its_place_is_published,), facts={"reason": a_line(300, "Why"), "successor": _successor}),
)  # fmt: skip
"""What is published was read by two people, names its source, and is looked at again; its versions stay."""


@register
def to_look_at_again(at: datetime) -> Iterator[Due]:
    """The articles whose owners are to be reminded."""
    day, days = local_day(at), calendar()
    every = RULEBOOK.number(REMIND_AGAIN, at)
    for article in Article.objects.filter(state=PUBLISHED, review_on__lte=day):
        if is_to_be_reminded(article.review_on, article.reminded_on, day, every, days):
            yield Due(ARTICLE, "remind", article)
