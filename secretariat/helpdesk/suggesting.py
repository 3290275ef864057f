"""Suggestions of a category by counts of words: shown with their reason to a person, who decides.

What was learnt is nothing but how many answered enquiries with a word stood in each category, so every suggestion can
be checked by looking at them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from secretariat.core.rulebook import RULEBOOK
from secretariat.core.schemes import Heading
from secretariat.helpdesk.models import ANSWERED, Enquiry, categories

Counts = Mapping[str, Counter[int]]
WORD = re.compile(r"[a-z][a-z'-]{2,}")
COMMON = frozenset(
    WORD.findall(
        "about above after all also and any are been before being between but can could did does for from had has have"
        " her here him his how into its just like may might more most much new not now off one only other our out over"
        " please regarding should some such than that the their them then there these they this those thank thanks"
        " through too under until was were what when where which while who why will with would you your hello dear kind"
        " regards fwd sent mail email message"
    )
)
LEAST_SEEN = 3
"""In fewer enquiries a word says nothing yet."""
WORDS_USED = 5
SHOWN = 3
LEFT_OVER = "other"
"""The heading that holds what nothing else holds, by its name in small letters."""


@dataclass(frozen=True)
class Suggestion:
    """One category, how surely (in percent of the counts looked at), and the words that speak for it."""

    category: int
    percent: int
    reason: str


def words_of(text: str) -> frozenset[str]:
    """The different words of a text that can tell something, in small letters."""
    return frozenset(WORD.findall(text.lower())) - COMMON


def learn(answered: Iterable[tuple[str, int]]) -> Counts:
    """In how many of some texts, each with its category, a word stood: by word and category."""
    counts: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for text, category in answered:
        for word in words_of(text):
            counts[word][category] += 1
    return counts


def suggest(text: str, counts: Counts) -> list[Suggestion]:
    """The likeliest categories of a text, the likeliest first; nothing where no word of it is known well enough."""
    known = [word for word in words_of(text) if counts.get(word, Counter()).total() >= LEAST_SEEN]
    telling = sorted(known, key=lambda word: (-_lean(counts[word]), word))[:WORDS_USED]
    shares: Counter[int] = Counter()
    for word in telling:
        for category, seen in counts[word].items():
            # In parts of a million, so that no sum hangs on the order of adding.
            shares[category] += 1_000_000 * seen // counts[word].total()
    total = shares.total()
    ranked = sorted(shares.items(), key=lambda one: (-one[1], one[0]))[:SHOWN]
    return [
        Suggestion(category, 100 * share // total, _reason(category, telling, counts)) for category, share in ranked
    ]


def _lean(counted: Counter[int]) -> float:
    """How much a word speaks for one category alone."""
    return max(counted.values()) / counted.total()


def _reason(category: int, words: list[str], counts: Counts) -> str:
    parts = [
        f"“{word}” in {counts[word][category]} of {counts[word].total()}" for word in words if counts[word][category]
    ]
    return f"Answered enquiries with its words stood here: {', '.join(parts)}."


def learnt(day: date) -> Counts:
    """What the newest answered enquiries teach about the categories of the scheme in force on a day."""
    rows = Enquiry.objects.filter(state=ANSWERED, category__in=categories(day)).exclude(subject="")
    newest = rows.order_by("-received", "-pk").values_list("subject", "category_id")
    return learn(newest[: RULEBOOK.number("helpdesk.learnt_from", day)])


def suggestions(subject: str, body: str, day: date) -> list[tuple[Heading, Suggestion]]:
    """Categories in force on a day that a subject and a text suggest, with the reason of each."""
    found = suggest(f"{subject} {body[:2000]}", learnt(day))
    names = {heading.pk: heading for heading in categories(day)}
    return [(names[one.category], one) for one in found]


def category_for(day: date) -> Heading:
    """Where mail stands until a person sorts it: with what nothing else holds, in the scheme in force on the day.

    Raises ValueError when no categories are in force. What is suggested is shown beside it and never acts alone.
    """
    known = list(categories(day).order_by("position"))
    if not known:
        raise ValueError("No categories of enquiries are in force. Load a scheme first.")
    return next((heading for heading in known if heading.name.lower() == LEFT_OVER), known[-1])
