"""How an article is read: its text as a page, its contents, its sources as links, and what changed between versions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from markupsafe import Markup

from secretariat.core import kinds
from secretariat.core.pages import Crumb
from secretariat.core.people import Person
from secretariat.engagement.guidance.markup import Heading, headings, html
from secretariat.engagement.guidance.models import PUBLISHED, WRITTEN, Article, Kind, Written, lines
from secretariat.legaltext.redlines.tokens import Run, compared
from secretariat.plain.dates import day_words, instant

CONTENTS_FROM = 3
"""A text with so many headings begins with its contents."""


def abbreviations(person: Person | None, at: datetime) -> dict[str, str]:
    """The abbreviations of the glossary that a reader may read, each with its term."""
    terms = Article.objects.filter(kind=Kind.TERM, state=PUBLISHED).exclude(short="").visible_to(person, at)
    return dict(terms.values_list("short", "title"))


def as_page(said: Written, person: Person | None, at: datetime) -> Markup:
    """What is said, as HTML, in which the glossary explains its abbreviations."""
    known = abbreviations(person, at)
    return html(said.body, {short: words for short, words in known.items() if short != said.short})


def contents(said: Written) -> list[Heading]:
    """The headings of a long text; none of a short one."""
    found = [one for one in headings(said.body) if one.level <= CONTENTS_FROM]
    return found if len(found) >= CONTENTS_FROM else []


def sources(said: Written, person: Person | None, at: datetime) -> list[Any]:
    """The sources of a text: a link where one names a record that the reader may read, else its words."""
    return [_source(line, person, at) for line in lines(said.sources)]


def _source(line: str, person: Person | None, at: datetime) -> Any:
    named = [one for one in kinds.find(line) if _is_readable(one, person, at) and hasattr(one, "get_absolute_url")]
    return Crumb(line, named[0].get_absolute_url()) if len(named) == 1 else line


def _is_readable(record: Any, person: Person | None, at: datetime) -> bool:
    rows = type(record)._default_manager.filter(pk=record.pk)
    return bool(rows.visible_to(person, at).exists()) if hasattr(rows, "visible_to") else False


LABELS: Mapping[str, str] = {
    "title": "Title",
    "summary": "Summary",
    "body": "Text",
    "sources": "Sources",
    "short": "Abbreviation",
    "recording": "Recording",
    "closes_at": "Applications close",
    "holds_from": "In force from",
    "holds_until": "In force until",
}


def changes(old: Written, new: Written) -> list[tuple[str, tuple[Run, ...]]]:
    """What differs between two versions: what it is called, and its words laid against each other."""
    return [
        (LABELS[name], compared(_shown(getattr(old, name)), _shown(getattr(new, name))))
        for name in WRITTEN
        if getattr(old, name) != getattr(new, name)
    ]


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return instant(value)
    return value if isinstance(value, str) else day_words(value)
