"""The sample code: texts of any size, the same for the same seed for ever, by a grammar of plausible clauses.

Invented from the first word to the last; only the documents' letters and titles are published facts. Terms are
defined once and used, cross-references lead somewhere, and one event has one limit, so that checks of a text find
nothing here but what a test puts in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import cycle
from random import Random
from typing import Final

from secretariat.legaltext.text import Clause, Text, in_order, places
from secretariat.site.sample.code_words import (
    ACTS,
    CONDITIONS,
    COSTS,
    DOCUMENTS,
    DOINGS,
    EVENTS,
    FIRST_WORDS,
    GENERAL,
    GOVERNED,
    LIMITS,
    MATTERS,
    PART_HEADINGS,
    ROLES,
    SECOND_WORDS,
    STATES,
    WHENS,
    Title,
)

THINGS: Final = tuple(f"{first} {second}" for first in FIRST_WORDS for second in SECOND_WORDS)
ORDER: Final = ("section", "schedule", "appendix")
CLAUSES_IN_A_PART: Final = 7
ROMAN: Final = ("(i)", "(ii)", "(iii)", "(iv)")
WORDS_OF_A_PART: Final = 575
"""About as many as come out; more parts are planned where the words are too few."""


def in_contents(title: Title) -> tuple[int, int, str, int]:
    """By which documents stand in the code's own order: A to X, 1 to 11, A to Z, AA to AS."""
    number = int(title.letter) if title.letter.isdigit() else 0
    return ORDER.index(title.kind), len(title.letter), "" if number else title.letter, number


def titles(documents: int = 25) -> list[Title]:
    """The documents of a code of some size, in their order. Raises ValueError for more than there are titles."""
    if not 1 <= documents <= len(DOCUMENTS):
        raise ValueError(f"The sample code has from 1 to {len(DOCUMENTS)} documents.")
    return sorted(DOCUMENTS[:documents], key=in_contents)


def texts(words: int = 60_000, documents: int = 25, seed: int = 1) -> dict[str, tuple[str, Text]]:
    """The title and text of each document by its code, in the code's order; at least so many words in all.

    Raises ValueError for more documents than there are titles.
    """
    chosen = titles(documents)
    planned = words
    while True:
        made = _made(chosen, planned, seed)
        if sum(word_count(text) for _, text in made.values()) >= words:
            return made
        planned += words // 20 + 1


def governed(words: int = 6_000, seed: int = 1) -> dict[str, tuple[str, Text]]:
    """The title and text of each document governed beside the code; they refer to the sample code of that seed."""
    targets = [target for plan in _plans(titles(), 60_000) for target in plan.targets]
    grammar = Grammar(Random(f"governed {seed}"), targets)  # noqa: S311 - the same text each time is what is wanted
    plans = _plans(list(GOVERNED), words)
    return {plan.title.code: (plan.title.title, in_order(_filled(plan, grammar))) for plan in plans}


def word_count(text: Text) -> int:
    """How many words the headings and bodies of a text have, numbers and marks of tables left out."""
    printed = " ".join(f"{clause.heading} {clause.body}" for clause in text.clauses)
    return sum(any(letter.isalnum() for letter in word) for word in printed.split())


def _made(chosen: list[Title], words: int, seed: int) -> dict[str, tuple[str, Text]]:
    plans = _plans(chosen, words)
    targets = [target for plan in plans for target in plan.targets]
    grammar = Grammar(Random(seed), targets)  # noqa: S311 - the same text each time is what is wanted
    clauses = [list(_filled(plan, grammar)) for plan in plans]
    clauses[0] += _definitions(plans[0], grammar)
    return {plan.title.code: (plan.title.title, in_order(held)) for plan, held in zip(plans, clauses, strict=True)}


def _plans(chosen: list[Title], words: int) -> list[Plan]:
    shares = sum(title.share for title in chosen)
    return [Plan(title, max(1, round(words * title.share / shares / WORDS_OF_A_PART))) for title in chosen]


@dataclass(frozen=True)
class Plan:
    """A document before its words: how many parts, and where a cross-reference can lead."""

    title: Title
    parts: int

    @property
    def stem(self) -> str:
        """What the numbers of its parts begin with: H, or nothing outside the sections."""
        return self.title.letter if self.title.kind == "section" else ""

    @property
    def targets(self) -> list[str]:
        """Its clauses and itself, as others refer to them."""
        numbers = (f"{part}.{clause}" for part in range(1, self.parts + 1) for clause in range(1, CLAUSES_IN_A_PART))
        return [*map(self.reference, numbers), self.itself]

    @property
    def places(self) -> tuple[str, ...]:
        """The places of its parts, and one more after them."""
        return places(self.parts + 1)

    @property
    def itself(self) -> str:
        """Section H, Schedule 5, Appendix AB."""
        return f"{self.title.kind.capitalize()} {self.title.letter}"

    def reference(self, number: str) -> str:
        """Section H3.4, or Clause 4.2 of Appendix AB."""
        return f"Section {self.stem}{number}" if self.stem else f"Clause {number} of {self.itself}"


@dataclass
class Grammar:
    """Makes sentences: chance, where references can lead, and the limits already given to events."""

    chance: Random
    targets: list[str]
    limits: dict[str, int] = field(default_factory=dict)
    things: Iterator[str] = field(default_factory=lambda: cycle(THINGS))

    def filled(self, pattern: str, thing: str, role: str = "") -> str:
        """A pattern with its blanks filled, about a thing; never {role} telling itself."""
        other = self.chance.choice([one for one in THINGS[:: len(SECOND_WORDS)] if one != thing])
        whom = self.chance.choice([named for _, named, _ in ROLES if named.startswith("the ") and named != role])
        return pattern.format(thing=thing, other=other, whom=whom, role=role)

    def deadline(self, thing: str) -> str:
        """Within so many Working Days of an event; the same event always has the same limit."""
        event = self.chance.choice(EVENTS).format(thing=thing)
        limit = self.limits.setdefault(event, self.chance.choice(LIMITS))
        return f"within {limit} Working Day{'s' if limit > 1 else ''} after {event}"

    def duty(self, role: str, act: str, thing: str) -> str:
        """Who must do what, by when."""
        return f"{_capital(role)} shall {self.filled(act, thing, role)} {self.deadline(thing)}."

    def sentence(self, role: str, thing: str) -> str:
        """One more sentence about a thing, of one of several shapes."""
        shape = self.chance.randrange(6)
        condition = self.filled(self.chance.choice(CONDITIONS), thing, role)
        state = self.filled(self.chance.choice(STATES), thing, role)
        act = self.filled(self.chance.choice(ACTS)[1], thing, role)
        if shape == 0:
            return f"Subject to {self.target()}, {role} shall ensure that {state}."
        if shape == 1:
            return f"It may do so at another time where {condition}."
        if shape == 2:
            return f"This does not apply where {condition}, save as set out in {self.target()}."
        if shape == 3:
            return f"Before doing so, {role} shall take reasonable steps to see that {state}."
        if shape == 4:
            return f"Unless {condition}, {role} shall not {act} more often than {self.target()} requires."
        return self.chance.choice(COSTS)

    def target(self) -> str:
        """Somewhere in the code."""
        return self.chance.choice(self.targets)


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


@dataclass
class _Names:
    """The identities of a document's clauses, one after the other."""

    stem: str
    last: int = 0

    def next(self) -> str:
        """An identity not given before."""
        self.last += 1
        return f"{self.stem}{self.last:05}"


def _filled(plan: Plan, grammar: Grammar) -> Iterator[Clause]:
    """The clauses of a document; the last place is kept for a part of definitions."""
    names = _Names(stem(plan.title))
    for part, at in enumerate(plan.places[:-1], start=1):
        role, thing = grammar.chance.choice(ROLES)[1], next(grammar.things)
        heading = grammar.filled(grammar.chance.choice(PART_HEADINGS), thing, role)
        if part == 1:
            heading = "Purpose and scope"
        head = Clause(names.next(), "", at, "part", f"{plan.stem}{part}", _capital(heading), "")
        yield head
        yield from _part(head, role, grammar, names)


def _part(head: Clause, role: str, grammar: Grammar, names: _Names) -> Iterator[Clause]:
    """The clauses of a part: most numbered, some with lists, now and then a table and a paragraph."""
    at = places(CLAUSES_IN_A_PART + 2)
    for place in range(1, CLAUSES_IN_A_PART + 1):
        thing = next(grammar.things)
        yield from _clause(Clause(names.next(), head.uid, at[place], "clause", f"{head.number}.{place}", "", ""),
                           role, thing, grammar, names)  # fmt: skip
        role = grammar.chance.choice(ROLES)[1]
    if grammar.chance.random() < 0.4:
        yield _table(Clause(names.next(), head.uid, at[-1], "table", "", "", ""), grammar)
    if grammar.chance.random() < 0.3:
        words = f"This part is to be read with {grammar.target()} and {grammar.target()}."
        yield Clause(names.next(), head.uid, at[0], "paragraph", "", "", f"{words} {grammar.chance.choice(COSTS)}")


def _clause(bare: Clause, role: str, thing: str, grammar: Grammar, names: _Names) -> Iterator[Clause]:
    word, act = grammar.chance.choice(ACTS)
    heading = f"{DOINGS[word]} of the {thing}"
    if grammar.chance.random() < 0.3:
        when = grammar.filled(grammar.chance.choice(WHENS), thing, role)
        yield replace(bare, heading=heading, body=f"Where {when}, {role} shall:")
        yield from _items(bare, role, thing, grammar, names)
        return
    more = " ".join(grammar.sentence(role, thing) for _ in range(grammar.chance.randint(1, 2)))
    yield replace(bare, heading=heading, body=f"{grammar.duty(role, act, thing)} {more}")


def _items(bare: Clause, role: str, thing: str, grammar: Grammar, names: _Names) -> Iterator[Clause]:
    """A list of duties under a clause, (a) to at most (d); sometimes one of them has a list (i), (ii)."""
    count = grammar.chance.randint(2, 4)
    acts = grammar.chance.sample(ACTS, count)
    for place, (at, (_, act)) in enumerate(zip(places(count), acts, strict=True)):
        end = "." if place == count - 1 else "; and" if place == count - 2 else ";"
        item = Clause(names.next(), bare.uid, at, "clause", f"({chr(ord('a') + place)})", "", "")
        nested = grammar.chance.random() < 0.15
        when = "," if nested else f" {grammar.deadline(thing)}{end}"
        yield replace(item, body=f"{grammar.filled(act, thing, role)}{when}{' provided that:' if nested else ''}")
        if nested:
            yield from _conditions(item, thing, role, end, grammar, names)


def _conditions(item: Clause, thing: str, role: str, end: str, grammar: Grammar, names: _Names) -> Iterator[Clause]:
    held = grammar.chance.sample(CONDITIONS, 2)
    for place, (at, condition) in enumerate(zip(places(2), held, strict=True)):
        last = end if place else "; and"
        body = f"{grammar.filled(condition, thing, role)}{last}"
        yield Clause(names.next(), item.uid, at, "clause", ROMAN[place], "", body)


def _table(bare: Clause, grammar: Grammar) -> Clause:
    thing = next(grammar.things)
    rows = ["| Step | Who | What | By when |", "|---|---|---|---|"]
    for step in range(1, grammar.chance.randint(3, 6)):
        role = grammar.chance.choice(ROLES)[1]
        act = grammar.filled(grammar.chance.choice(ACTS)[1], thing, role)
        rows.append(f"| {step} | {_capital(role)} | {_capital(act)} | {_capital(grammar.deadline(thing))} |")
    return replace(bare, heading=f"Steps for the {thing}", body="\n".join(rows))


def _definitions(plan: Plan, grammar: Grammar) -> Iterator[Clause]:
    """Every term of the code, in the order of the alphabet, in a part of its own after all others."""
    meanings = {term: meaning for term, _, meaning in ROLES} | dict(GENERAL)
    for thing in THINGS:
        role, matter = grammar.chance.choice(ROLES)[1], grammar.chance.choice(MATTERS)
        meanings[thing] = f"what {role} states about {matter}, in the form that {grammar.target()} requires"
    names = _Names(f"{stem(plan.title)}d")
    head = Clause(names.next(), "", plan.places[-1], "part", f"{plan.stem}{plan.parts + 1}", "Definitions", "")
    yield head
    terms = sorted(meanings, key=str.casefold)
    for at, term in zip(places(len(terms)), terms, strict=True):
        yield Clause(names.next(), head.uid, at, "definition", "", term, f"**{term}** means {meanings[term]}.")


def stem(title: Title) -> str:
    """What the identities of a document's clauses begin with."""
    return f"{title.kind[:3]}{title.letter.lower()}"
