"""The sample code's history: the versions that publications date, with invented changes and causes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from secretariat.legaltext.models import PUBLICATION, WHOLE
from secretariat.legaltext.text import Clause, Edit, Text, apply, between, edits, in_order
from secretariat.site.sample.code_text import texts
from secretariat.site.sample.code_words import COSTS

NOTICE: Final = timedelta(days=10)
"""How long before its first day the sample says that a version was notified."""
KNOWN_BY: Final = date(2020, 2, 28)


@dataclass(frozen=True)
class Published:
    """A version of the whole code: number and day as published, and what the sample says caused it."""

    scheme: str
    number: str
    day: date
    documents: int
    causes: tuple[tuple[str, str], ...]
    note: str = ""

    @property
    def notified_on(self) -> date:
        """From when it is known; the sample stands still in March 2020 and knows what comes later already."""
        return min(self.day - NOTICE, KNOWN_BY)


PUBLISHED: Final = (
    Published(WHOLE, "4.15", date(2016, 8, 18), 0, (("first", ""),), "The sample begins here."),
    Published(WHOLE, "5.3", date(2017, 1, 26), 4, (("designation", "Sample letter of January 2017"),)),
    Published(WHOLE, "5.14", date(2018, 2, 22), 6, (("modification", "Sample modification 1"),
                                                   ("modification", "Sample modification 2"))),
    Published(WHOLE, "5.19", date(2018, 6, 25), 5, (("re-designation", "Sample letter of June 2018"),)),
    Published(WHOLE, "5.23", date(2018, 10, 4), 5, (("modification", "Sample modification 3"),
                                                   ("activation", "Sample direction of October 2018"))),
    Published(PUBLICATION, "6.0", date(2020, 2, 27), 7, (("modification", "Sample modification 4"),),
              "This number is invented: the first of the later scheme that the sample has."),
    Published(PUBLICATION, "27.0", date(2020, 11, 29), 8, (("modification", "Sample modification 5"),
                                                          ("designation", "Sample letter of February 2020"))),
)  # fmt: skip
"""Numbers and days of DOC-1 and DOC-2, but for 6.0; what changed and why is invented throughout."""


@dataclass(frozen=True)
class Change:
    """A new version of one document: its number, the publication it came with, and its edits."""

    code: str
    number: str
    published: Published
    edits: tuple[Edit, ...]


def changes(words: int = 60_000, documents: int = 25, seed: int = 1) -> Iterator[Change]:
    """Every version of every document from the first, in order of time: numbered with the code until 2020, then alone.

    Each follows on the one before. Raises ValueError for more documents than there are titles.
    """
    chance = Random(f"history {seed}")  # noqa: S311 - the same history each time is what is wanted
    standing = {code: text for code, (_, text) in texts(words, documents, seed).items()}
    numbers = dict.fromkeys(standing, 5)
    for published in PUBLISHED:
        first = not published.documents
        chosen = (
            sorted(standing) if first else sorted(chance.sample(sorted(standing), min(documents, published.documents)))
        )
        for code in chosen:
            old = Text(()) if first else standing[code]
            new = standing[code] if first else amended(old, chance)
            numbers[code] += published.scheme == PUBLICATION
            number = published.number if published.scheme == WHOLE else f"{numbers[code]}.0"
            standing[code] = new
            yield Change(code, number, published, edits(old, new))


def amended(text: Text, chance: Random) -> Text:
    """The text after an invented change: some words, a clause put in at the end of a part, one no longer used."""
    plain = [one for one in text.clauses if one.kind == "clause" and one.heading and not text.children.get(one.uid)]
    if len(plain) < 8:
        return _with_a_clause(text, chance)
    chosen = chance.sample(plain, max(3, len(plain) // 30))
    made = [Edit(one, replace(one, body=_reworded(one.body, chance))) for one in chosen[1:]]
    made.append(Edit(chosen[0], replace(chosen[0], heading="", body="Not used.")))
    return _with_a_clause(apply(text, (edit for edit in made if edit.before != edit.after)), chance)


def _reworded(body: str, chance: Random) -> str:
    """Other words for the same; else a sentence more, or one less where all are there."""
    if "take reasonable steps to see" in body:
        return body.replace("take reasonable steps to see", "do what it reasonably can to see")
    if "more often than" in body:
        return body.replace("more often than", "at shorter intervals than")
    kept = [sentence for sentence in COSTS if sentence not in body]
    return f"{body} {chance.choice(kept)}" if kept else body.replace(f" {COSTS[0]}", "", 1)


def _with_a_clause(text: Text, chance: Random) -> Text:
    """A clause more at the end of a part, numbered after its last one."""
    parts = [one for one in text.clauses if one.kind == "part" and _numbered(text, one)]
    part = chance.choice(parts)
    siblings = text.children[part.uid]
    last = _numbered(text, part)[-1]
    at = siblings.index(last)
    following = siblings[at + 1].place if at + 1 < len(siblings) else ""
    number = f"{part.number}.{int(last.number.rpartition('.')[2]) + 1}"
    uid = f"{last.uid}n{chance.randrange(10**6):06}"
    body = f"This part is kept under review by the Panel. {chance.choice(COSTS)}"
    new = Clause(uid, part.uid, between(last.place, following), "clause", number, "Review of this part", body)
    return in_order([*text.clauses, new])


def _numbered(text: Text, part: Clause) -> list[Clause]:
    return [one for one in text.children.get(part.uid, ()) if one.kind == "clause"]
