"""Proposals whose words are like those of a problem: by words alone, in one query.

Words of four letters or more are compared with titles and with the published plain-words summaries; a word in the
title counts twice. What is meant is not judged: two texts about one matter in other words are not found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import add
from typing import Any

from django.db.models import Case, F, IntegerField, Q, Value, When

from secretariat.change.models import Proposal
from secretariat.core.classification import Class
from secretariat.core.people import Person

MOST_WORDS = 8
LEAST_LETTERS = 4
LEAST_SCORE = 2
COMMON = frozenset(
    re.findall(
        r"\w+",
        "about after also because been before being could does from have into like more most must need only other over "
        "party parties should some such than that their them then there these they this those through under very want "
        "were what when where which while will with within without would your change changes code problem proposal "
        "section",
    )
)
"""Words that nearly every proposal has."""


@dataclass(frozen=True)
class Alike:
    """A proposal that shares words with a problem, and which."""

    proposal: Proposal
    words: tuple[str, ...]


def telling_words(title: str, text: str = "") -> tuple[str, ...]:
    """The words to look for: those of the title first, then the longest of the text; a plural's s is left off."""
    return tuple(dict.fromkeys([*_words(title), *sorted(_words(text), key=len, reverse=True)]))[:MOST_WORDS]


def _words(text: str) -> list[str]:
    found = re.findall(r"[^\W\d_]+", text.casefold())
    kept = [word for word in found if len(word) >= LEAST_LETTERS and word not in COMMON]
    return [word[:-1] if word.endswith("s") and len(word) > LEAST_LETTERS else word for word in kept]


def similar(title: str, text: str, person: Person | None, at: datetime, most: int = 5) -> list[Alike]:
    """The proposals that the person may read and that share the most words with a problem, most alike first."""
    words = telling_words(title, text)
    if not words:
        return []
    summary = Q(summary__classification=Class.WHITE)
    counts = [_points(Q(title__icontains=word), 2) for word in words]
    counts += [_points(summary & Q(summary__problem__icontains=word), 1) for word in words]
    rows = Proposal.objects.visible_to(person, at).annotate(alike=reduce(add, counts), plain=F("summary__problem"))
    found: Any = rows.filter(alike__gte=LEAST_SCORE).order_by("-alike", "-number", "suffix")
    return [Alike(one, _shared(one, words)) for one in found[:most]]


def _points(where: Q, points: int) -> Case:
    return Case(When(where, then=Value(points)), default=Value(0), output_field=IntegerField())


def _shared(one: Any, words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word in f"{one.title} {one.plain or ''}".casefold())
