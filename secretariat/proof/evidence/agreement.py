"""Numbers and nouns that do not agree: "One validations", "two meeting were held", "There was 12 responses"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from secretariat.plain.dates import MONTH_NAMES
from secretariat.proof.words.nouns import (
    is_plural,
    is_singular,
    lexicon,
    may_be_plural,
    may_be_singular,
    plural,
    singular,
)

_TOKEN: Final = re.compile(
    r"[A-Za-z][A-Za-z0-9]*(?:[’'&/‑-][A-Za-z0-9]+)*[’']?|[0-9]+(?:[A-Za-z/][A-Za-z0-9/]*)|[0-9][0-9,.]*[0-9]|[0-9]|[^\sA-Za-z0-9]"
)
_NUMERALS: Final = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty"
)
_WORDS: Final = {word: at for at, word in enumerate(_NUMERALS.split(), 2)} | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "several": 2,
    "many": 2,
    "these": 2,
    "those": 2,
}
_UNITS: Final = lexicon("day week month year hour minute")
_COLLECTIVES: Final = lexicon("committee board company party body group authority organisation network")
_PREPOSITIONS: Final = lexicon(
    "of for in on to from by with at after before under during since within per who that which"
)
_VERBS: Final = lexicon("were are have was is has had will would may must can could should do did")
_AUXILIARIES: Final = lexicon("were are was had have has will")
_GOVERNS: Final = lexicon(
    "of for in on from by with at after before during since within per to had has have was were is"
)
_AGENTS: Final = lexicon("user member supplier customer party committee panel industry security code")
_POINTS_BACK: Final = lexicon("the these those all first last other both of which")
_PARTICIPLES: Final = lexicon(
    "held made sent set put given taken seen won lost met run begun left stood went came fell rose began took gave got "
    "became ran sat spoke"
)
_STOPS: Final = (
    _PREPOSITIONS
    | _VERBS
    | lexicon("and or but nor as than if when where while not also the a an its their this be been")
)
_AFTER_TIME: Final = lexicon("of after before later ago from prior to")
_LABELS: Final = lexicon(
    "phase stage tier part step level round option section table figure version release item no number day week batch "
    "group question page chapter paragraph clause article rule requirement class band type zone unit terminal runway "
    "gate quarter meeting annex appendix schedule schedules issue category criterion condition priority milestone "
    "objective principle wave tranche lot edition draft revision case scenario test area code action reference paper "
    "standard drop form grade scope box room floor route line track year month model mode plan project programme "
    "sections tables figures parts phases stages items options tiers levels parts steps"
)
_ARTICLES: Final = lexicon("a an each every this another")
_PRONOUNS: Final = lexicon("no this that each every any another which the some")
_BEFORE_DIGIT_ONE: Final = lexicon(
    "were was are is and only received of with by from the had have has plus just including to included there"
)
_COUNTLESS: Final = lexicon(
    "few many dozen couple hundred thousand million billion several more most lot good great"
) | set(_WORDS)
_MODIFIERS: Final = lexicon(
    "new further additional open full first second third fourth fifth last next final draft stage public working panel "
    "change security committee code party user member supplier customer industry site board email telephone web online "
    "late early recent major minor main key separate different formal informal outstanding urgent joint single small "
    "large medium high low old valid invalid good bad fresh self desktop follow-up on-site face-to-face"
)
_ADJECTIVE: Final = re.compile(r"[a-z]{2,}(?:al|ive|ary|ous|ic|ful|ent|able|ible)$")
_FIGURE: Final = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3}){1,2}|[1-9][0-9]{0,5}")
_AND: Final = re.compile(r"\band\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Slip:
    """Words that do not agree, as printed; what is wrong with them, what they should be, whether that is sure."""

    text: str
    message: str
    suggestion: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A noun phrase after a number: its words, and the tokens after it, which bound it."""

    words: tuple[_Token, ...]
    rest: Sequence[_Token]

    @property
    def head(self) -> _Token:
        return self.words[-1]

    @property
    def is_plain(self) -> bool:
        """Whether every word before the head can only modify it."""
        return all(_modifies(word) for word in self.words[:-1])


def slips(sentence: str, nouns: frozenset[str] = frozenset()) -> Iterator[Slip]:
    """The disagreements of number in a sentence, in order; `nouns` are count nouns that the paper is known to use."""
    tokens = [_Token(hit[0], hit.start(), hit.end()) for hit in _TOKEN.finditer(sentence)]
    for at, token in enumerate(tokens):
        if token.lower == "there":
            yield from _there(sentence, tokens, at)
        phrase = _phrase(tokens, at + 1)
        if phrase is None:
            continue
        if token.lower in ("one", "1", "a", "an", "each", "every"):
            yield from _one(sentence, tokens, at, phrase)
        elif _is_many(tokens, at):
            yield from _many(sentence, tokens, at, phrase, nouns)


def repeated(sentence: str) -> Iterator[Slip]:
    """Words printed twice in a row: "the the"; not words that may be, names, or a word and a name."""
    words = list(_WORD.finditer(sentence))
    for one, other in pairwise(words):
        word = one[0].lower()
        same = other[0] == one[0] or (one.start() == 0 and other[0] == word)
        if not same or sentence[one.end() : other.start()] != " " or word in _OFTEN_TWICE:
            continue
        if word in _NEVER_TWICE or (len(word) > 4 and other[0].islower()):
            yield Slip(sentence[one.start() : other.end()], f"“{other[0]}” is printed twice.", one[0])


_WORD: Final = re.compile(r"(?<![\w’'-])[A-Za-z]{1,20}(?![\w’'-])")
_NEVER_TWICE: Final = lexicon(
    "the a an of to and for with by at from was were are be been this have has will or our not but been"
)
_OFTEN_TWICE: Final = lexicon("that very much many long really more well had again never bye")


def _one(sentence: str, tokens: Sequence[_Token], at: int, phrase: _Phrase) -> Iterator[Slip]:
    token, head = tokens[at], phrase.head
    numeral = token.lower in ("one", "1")
    if not phrase.is_plain or not _may_count_one(tokens, at, phrase):
        return
    is_many = may_be_plural(head.text) if numeral and _no_verb_here(tokens, at, phrase) else is_plural(head.text)
    if is_many and _bounded(phrase, at_start=token.text == "1" and at == 0, comma=numeral):
        if not numeral and phrase.rest and phrase.rest[0].lower.endswith("ed"):
            return
        said = sentence[token.start : head.end]
        mended = sentence[token.start : head.start] + singular(head.text)
        yield Slip(said, f"“{token.text}” stands with the plural “{head.text}”.", mended, sure=numeral)
    elif numeral and at == 0 and is_singular(head.text) and head.lower not in _COLLECTIVES:
        yield from _verb(sentence, tokens, at, phrase, {"were": "was", "are": "is", "have": "has"})


def _many(sentence: str, tokens: Sequence[_Token], at: int, phrase: _Phrase, nouns: frozenset[str]) -> Iterator[Slip]:
    token, head = tokens[at], phrase.head
    if not phrase.is_plain:
        return
    if is_singular(head.text) or (_is_noun(head, nouns) and _no_plural_verb_here(tokens, at, phrase)):
        if head.lower in _UNITS and not (_next_is(phrase, _AFTER_TIME) or _ends(phrase)):
            return
        if _bounded(phrase, at_start=token.text[0].isdigit() and at == 0, comma=False):
            said = sentence[token.start : head.end]
            mended = sentence[token.start : head.start] + plural(head.text)
            yield Slip(said, f"“{token.text}” stands with the singular “{head.text}”.", mended)
    elif at == 0 and is_plural(head.text) and singular(head.lower) not in _UNITS:
        yield from _verb(sentence, tokens, at, phrase, {"was": "were", "is": "are", "has": "have"})


def _is_noun(head: _Token, nouns: frozenset[str]) -> bool:
    return head.text.islower() and (may_be_singular(head.text) or head.text in nouns)


def _no_verb_here(tokens: Sequence[_Token], at: int, phrase: _Phrase) -> bool:
    """Whether a word after "one" cannot be its verb: another modifies it, a verb follows it, or one governs it."""
    before = tokens[at - 1].lower if at else ""
    governed = before in _GOVERNS or (before.endswith("ed") and len(before) > 4)
    modifier = phrase.words[-2].text if len(phrase.words) > 1 else ""
    modified = modifier.islower() and not is_singular(modifier) and modifier not in _AGENTS
    return (
        modified
        or phrase.head.lower == "times"
        or (governed and len(phrase.words) == 1)
        or _next_is(phrase, _AUXILIARIES)
    )


def _no_plural_verb_here(tokens: Sequence[_Token], at: int, phrase: _Phrase) -> bool:
    """Whether a word after a number cannot be its verb, as in "the two report to the Board"."""
    before = tokens[at - 1].lower if at else ""
    if before in _POINTS_BACK or _next_is(phrase, _PREPOSITIONS - {"of"}):
        return False
    return not (phrase.rest and phrase.rest[0].text == "," and len(phrase.words) == 1)


def _verb(sentence: str, tokens: Sequence[_Token], at: int, phrase: _Phrase, mend: dict[str, str]) -> Iterator[Slip]:
    verb = phrase.rest[0] if phrase.rest else None
    follower = phrase.rest[1] if len(phrase.rest) > 1 else None
    if verb is None or follower is None or verb.lower not in mend or not _is_participle(follower):
        return
    said = sentence[tokens[at].start : verb.end]
    mended = sentence[tokens[at].start : verb.start] + mend[verb.lower]
    yield Slip(said, f"“{sentence[tokens[at].start : phrase.head.end]}” stands with “{verb.text}”.", mended)


def _there(sentence: str, tokens: Sequence[_Token], at: int) -> Iterator[Slip]:
    """ "There was 12 responses" and "There were 1 response"; not amounts of time, money or parts of a hundred."""
    if at + 2 >= len(tokens):
        return
    verb, number = tokens[at + 1], tokens[at + 2]
    phrase = _phrase(tokens, at + 3)
    if phrase is None:
        return
    several = (
        _count(number) is not None and phrase.head.lower.endswith("s") and singular(phrase.head.lower) not in _UNITS
    )
    if (
        verb.lower in ("was", "is")
        and several
        and number.lower not in ("these", "those")
        and is_plural(phrase.head.text)
    ):
        mended = {"was": "were", "is": "are"}[verb.lower]
        message = f"“{verb.text}” stands with “{number.text} {phrase.head.text}”."
    elif verb.lower in ("were", "are") and number.lower in ("1", "one") and not _AND.search(sentence, number.end):
        mended = {"were": "was", "are": "is"}[verb.lower]
        message = f"“{verb.text}” stands with “{number.text}”."
    else:
        return
    said = sentence[tokens[at].start : phrase.head.end]
    yield Slip(said, message, f"{tokens[at].text} {mended} {sentence[number.start : phrase.head.end]}")


def _phrase(tokens: Sequence[_Token], start: int) -> _Phrase | None:
    """The words from the place up to a word or mark that cannot be part of the phrase, six at most."""
    end = start
    while end < len(tokens) and end - start < 7 and _continues(tokens, start, end):
        end += 1
    words = tuple(tokens[start:end])
    if not words or len(words) > 6 or any(word.text[-1] in "’'" for word in words):
        return None
    return _Phrase(words, tokens[end : end + 12])


def _continues(tokens: Sequence[_Token], start: int, at: int) -> bool:
    token = tokens[at]
    if not token.is_word or token.lower in _STOPS or token.text in MONTH_NAMES:
        return False
    return at == start or not _is_participle(token) or not _closes(tokens[at + 1 : at + 2])


def _closes(rest: Sequence[_Token]) -> bool:
    return not rest or rest[0].text in ".;,:()" or rest[0].lower in _STOPS


def _bounded(phrase: _Phrase, *, at_start: bool, comma: bool) -> bool:
    """Whether the phrase surely ends after its head. A line may begin with its own number: then only a verb tells."""
    rest = list(phrase.rest)
    if rest and rest[0].text == "(":
        closed = next((at for at, token in enumerate(rest) if token.text == ")"), None)
        rest = rest[closed + 1 :] if closed is not None else []
    if not rest:
        return not at_start
    token = rest[0]
    if token.lower in _VERBS or _is_participle(token):
        return True
    if token.lower in ("and", "or"):
        return len(rest) > 1 and not at_start and _begins_anew(rest[1])
    return not at_start and (token.text in ".;:)" or token.lower in _PREPOSITIONS or (comma and token.text == ","))


def _begins_anew(token: _Token) -> bool:
    """Whether a word after "and" begins a phrase of its own, so that the one before it has ended."""
    known = token.lower in _STOPS or token.lower in _WORDS or token.lower in ("no", "one", "our", "then", "agreed")
    return known or token.text[0].isdigit() or _is_participle(token)


def _is_many(tokens: Sequence[_Token], at: int) -> bool:
    token = tokens[at]
    if _count(token) is None:
        return False
    before = tokens[at - 1] if at else None
    if before is not None and (before.lower in _ARTICLES or _goes_on(tokens, at)):
        return False
    if token.text[0].isupper() and before is not None and before.text not in ".;:•–-(“‘":
        return False
    return before is None or not _labels(before, token)


def _goes_on(tokens: Sequence[_Token], at: int) -> bool:
    """Whether the number ends a row of numbers, as in "Sections 5, 6 and 8"."""
    return tokens[at - 1].text in (",", "and", "or", "to", "&") and any(
        token.text[0].isdigit() for token in tokens[max(0, at - 3) : at - 1]
    )


def _labels(before: _Token, token: _Token) -> bool:
    """Whether the word before makes the number a name: "Phase 2", "BSC 2", "£2", "and/2"."""
    if before.lower in _LABELS or before.text in MONTH_NAMES or before.text in "£$€#/.,-–’'&+":
        return True
    if not before.is_word:
        return before.text[0].isdigit()
    return token.text[0].isdigit() and before.text[0].isupper() and before.lower not in _STOPS and before.lower not in (
        "following", "all", "only", "over", "including"
    )  # fmt: skip


def _may_count_one(tokens: Sequence[_Token], at: int, phrase: _Phrase) -> bool:
    token = tokens[at]
    before = tokens[at - 1] if at else None
    if any(word.lower in _COUNTLESS for word in phrase.words):
        return False
    if token.text in ("A", "An", "One", "Each", "Every") and before is not None and before.text not in ".;:•–-(“‘":
        return False
    if token.text == "A" and len(tokens) > at + 1 and tokens[at + 1].text in ".:)":
        return False
    if before is None:
        return True
    if token.text == "1":
        earlier = tokens[at - 2] if at > 1 else None
        return before.lower in _BEFORE_DIGIT_ONE and not (earlier is not None and earlier.text[0].isdigit())
    if _next_is(phrase, _AUXILIARIES) and before.lower in ("that", "which"):
        return True
    return before.lower not in _PRONOUNS and before.lower not in _LABELS


def _count(token: _Token) -> int | None:
    """The number that a token tells, from 2; None for a year or no number."""
    if token.lower in _WORDS:
        return _WORDS[token.lower]
    if not _FIGURE.fullmatch(token.text):
        return None
    digits = token.text.replace(",", "")
    value = int(digits)
    is_year = "," not in token.text and 1900 <= value <= 2100
    return None if value < 2 or is_year else value


def _modifies(word: _Token) -> bool:
    known = word.text[0].isupper() or word.lower in _MODIFIERS or is_singular(word.text)
    return known or bool(_ADJECTIVE.match(word.text))


def _is_participle(token: _Token) -> bool:
    return token.lower in _PARTICIPLES or (token.text.islower() and len(token.text) > 4 and token.lower.endswith("ed"))


def _next_is(phrase: _Phrase, words: frozenset[str]) -> bool:
    return bool(phrase.rest) and phrase.rest[0].lower in words


def _ends(phrase: _Phrase) -> bool:
    return not phrase.rest or phrase.rest[0].text in ".;)"
