"""Who must do what by when, pulled out of clauses by patterns that can be read: a role, "shall", a limit of time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from secretariat.legaltext.checking.numbering import Numbering
from secretariat.legaltext.checking.prose import sentences, singular
from secretariat.legaltext.text import Clause, Text

AMOUNTS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "sixty": 60,
}  # fmt: skip
UNIT: Final = r"Working\s+Days?|(?:calendar\s+)?days?|hours?|minutes?|weeks?|months?|years?"
SENSES: Final = {
    "within": ("within", "no later than", "not later than", "no more than", "not more than"),
    "at least": ("at least", "not less than", "no less than", "no fewer than", "not fewer than"),
}
"""The words of a limit, and in which sense it limits."""
LIMIT: Final = re.compile(
    rf"\b(?P<sense>{'|'.join(word for told in SENSES.values() for word in told)})\s+(?:the\s+)?(?:period\s+of\s+)?"
    rf"(?P<amount>\d+|{'|'.join(AMOUNTS)})(?:\s*\(\s*\w+\s*\))?\s+(?P<unit>{UNIT})(?:[’']?)"
    r"(?P<event>(?:\s+(?:\w+\s+)?notice\b(?:[^,;:.]|\.(?=\d))*)|(?:\s+(?:after|before|of|following|from|prior\s+to|in\s+advance\s+of)"
    r"\s+(?:[^,;:.]|\.(?=\d))*))?",
    re.IGNORECASE,
)
NAME: Final = r"[A-Z][\w’'\-]*(?:\s+(?:(?:of|and|or|for)\s+(?:the\s+)?)?[A-Z][\w’'\-]*)*"
MODAL: Final = r"shall|must|is\s+required\s+to|are\s+required\s+to|may\s+not"
DUTY: Final = re.compile(
    rf"(?:\b(?P<each>[Tt]he|[Ee]ach|[Ee]very|[Aa]ny|[Aa]n?|[Aa]ll|[Tt]hat|[Ss]uch|[Nn]o)\s+)?(?P<role>{NAME})"
    rf"(?P<that>(?:\s+(?:that|which|who|to\s+which|to\s+whom|other\s+than|in\s+respect\s+of)\b[^,.;:]{{0,120}}?,?)|"
    rf"(?:,\s*[^,.;:]{{0,80}},)|(?:\s+\([^()]*\)))?"
    rf"\s+(?P<modal>{MODAL})\b(?P<not>\s+not\b|\s+never\b)?"
)
PASSIVE: Final = re.compile(
    r"\s*(?:,\s*[^,]*,)?\s*(?:be\b(?!\s+(?:responsible|obliged|required|ready|available))|have\b(?!\s+regard)|apply\b|"
    r"mean\b|include\b|cease\b|come\b|take\s+effect\b)"
)
"""What "shall" says of a thing, not of somebody: "the notice shall be sent", "this Section shall apply"."""
BEFORE_A_ROLE: Final = frozenset(re.findall(r"\w+", "The Each Every Any A An All That Such No Where If When This"))
PLAIN: Final = frozenset(re.findall(
    r"\w+", "the a an of to and or in on for by with any each that such its it is be as at from under this their all"
))  # fmt: skip
"""Words that do not tell one action from another."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of time: "within 10 Working Days after the receipt"; `event` is from what it is counted."""

    sense: str
    amount: int
    unit: str
    event: str

    @property
    def time(self) -> tuple[int, str]:
        """How long it is."""
        return self.amount, self.unit

    def __str__(self) -> str:
        unit = self.unit if self.amount == 1 else f"{self.unit}s"
        return f"{self.sense} {self.amount} {unit} {self.event}".strip()


@dataclass(frozen=True, slots=True)
class Duty:
    """One obligation that a clause puts on a role. `words` are the sentence; `action` is what must (not) be done."""

    uid: str
    number: str
    role: str
    is_not: bool
    action: str
    limit: Limit | None
    words: str

    @property
    def event(self) -> tuple[str, bool, frozenset[str], frozenset[str]]:
        """What is to be done and from when it counts, by the words that tell it apart: the same for the same event."""
        since = self.limit.event if self.limit else ""
        return self.role, self.is_not, content_words(self.action), content_words(since)


def duties(text: Text) -> Iterator[Duty]:
    """The obligations of a text, in its order.

    A list below "the DCC shall:" gives an obligation for each of its items.
    """
    numbers = Numbering(text).full
    for clause in text.clauses:
        if clause.kind in ("table", "figure"):
            continue
        lead = leading(text.by_uid[clause.parent]) if clause.parent else None
        for start, end in sentences(clause.body):
            found = duty_of(clause, clause.body[start:end], numbers[clause.uid], lead if start == 0 else None)
            if found is not None and not (found.words.endswith(":") and clause.uid in text.children):
                yield found


def leading(clause: Clause) -> str | None:
    """The words that the items below a clause go on from: its last sentence where that ends in a colon."""
    body = clause.body.rstrip()
    if not body.endswith(":"):
        return None
    last = list(sentences(body))[-1]
    return body[last[0] : last[1]].rstrip(": ")


def duty_of(clause: Clause, sentence: str, number: str, lead: str | None = None) -> Duty | None:
    """The obligation that a sentence puts on a role, if any; `lead` are the words from which it goes on."""
    if not re.search(rf"\b(?:{MODAL})\b", sentence):
        if lead is None or sentence[:1].isupper():
            return None
        sentence = f"{lead} {sentence}"
    for found in DUTY.finditer(sentence):
        role = role_of(found["role"])
        told = sentence[found.end() :]
        if role and not PASSIVE.match(told):
            limit, action = limited(told)
            if limit is None:
                limit, _front = limited(sentence[: found.start()])
            is_not = bool(found["not"]) or found["modal"] == "may not" or (found["each"] or "").lower() == "no"
            return Duty(clause.uid, number, role, is_not, tidy(action), limit, sentence)
    return None


def role_of(told: str) -> str:
    """The role in the singular, without what comes before it; "" where no role is named."""
    parts = told.split()
    while parts and parts[0] in BEFORE_A_ROLE:
        parts = parts[1:]
    if not parts or parts[-1] in ("Section", "Clause", "Schedule", "Appendix", "Code"):
        return ""
    last = parts[-1]
    if last.endswith("s") and not last.endswith(("ss", "us", "is")) and len(last) > 3:
        forms = singular(last)
        parts[-1] = forms[1] if last.endswith("ies") else last[:-1]
    return " ".join(parts)


def limited(told: str) -> tuple[Limit | None, str]:
    """The first limit of time in some words, and the words without it."""
    found = LIMIT.search(told)
    if found is None:
        return None, told
    sense = next(name for name, words in SENSES.items() if _squeezed(found["sense"]).lower() in words)
    amount = found["amount"].lower()
    unit = _squeezed(found["unit"])
    unit = (unit if unit.startswith("Working") else unit.lower()).removesuffix("s")
    whole = found["event"] or ""
    event = re.split(r"\s+(?:and|or)\s+(?:shall|must)\b", whole)[0]
    limit = Limit(sense, AMOUNTS.get(amount) or int(amount), unit, _squeezed(event))
    return limit, told[: found.start()] + " " + told[found.end() - len(whole) + len(event) :]


def tidy(action: str) -> str:
    """An action as a phrase: without the marks around it."""
    told = _squeezed(action.replace("**", "")).strip(" ,;:.")
    told = re.sub(r"\s+([,;:.])", r"\1", told)
    return re.sub(r"[,;]?\s+(?:and|or)$", "", re.sub(r",\s*,", ",", told))


def content_words(told: str) -> frozenset[str]:
    """The words of a phrase that tell it from another, in small letters and the singular."""
    found = re.findall(r"[a-z0-9][\w.()\-]*", told.lower())
    return frozenset(singular(word.rstrip("."))[-1] for word in found if word not in PLAIN)


def _squeezed(told: str) -> str:
    return " ".join(told.split())
