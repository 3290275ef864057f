"""Whether a printed total is the sum of what it plausibly sums."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import product
from typing import Final

from secretariat.proof.words.labels import Role
from secretariat.proof.words.quantities import cell_number, is_nought, printed

_LETTERS: Final = str.maketrans(
    {"O": "0", "o": "0", "Q": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8", "Z": "2"}
)
_DAMAGED: Final = re.compile(r"[\dOoQlI|SBZ]*[\dOolI][\dOoQlI|SBZ,.]*")
_MOST_SIGNS: Final = 8


class Outcome(Enum):
    """What comes of adding up: it fits, fits within rounding, does not, or cannot be told."""

    FITS = "fits"
    ROUNDED = "rounded"
    OFF = "off"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Series:
    """The cells along one row or column in order, as printed; what names it; whether its numbers may be rounded."""

    name: str
    texts: tuple[str, ...]
    rounded: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """A total judged by one reading: which cells were added, their sum, the total, and what comes of it."""

    series: Series
    parts: tuple[int, ...]
    sum: Decimal
    total: Decimal
    outcome: Outcome
    noughts: int = 0

    @property
    def difference(self) -> Decimal:
        """The printed total less the sum."""
        return self.total - self.sum


def readings(roles: Sequence[Role], at: int, *, excluded: frozenset[int] = frozenset()) -> list[tuple[int, ...]]:
    """What the total at a place may plausibly sum, the likeliest first, each as the places of its parts.

    Totals stand under (after) their parts; where the first row is a total, over them. `excluded` are parts that its
    label leaves out ("Total excluding DCC").
    """
    found: list[tuple[int, ...]] = []
    leads = next((each.is_total for each in roles if each is not Role.HEADING), False)
    before, after = range(at), range(at + 1, len(roles))
    if leads and at < len(roles) - 1:
        found += _beyond(roles, at, after)
    if not leads or at == len(roles) - 1 or roles[at] is Role.GRAND:
        found += _beyond(roles, at, before[::-1])
    without = [tuple(part for part in parts if part not in excluded) for parts in found] if excluded else []
    return list(dict.fromkeys(parts for parts in (*without, *found) if parts))


def _beyond(roles: Sequence[Role], at: int, order: range) -> Iterator[tuple[int, ...]]:
    """The readings in one direction, nearest first."""
    parts = [place for place in order if roles[place] is Role.PART]
    totals = [place for place in order if roles[place].is_total]
    asides = [place for place in order if roles[place] is Role.ASIDE]
    near = list(_until(roles, order, lambda role: role.is_total))
    group = list(_until(roles, order, lambda role: role.is_total or role is Role.HEADING))
    nearest = [place for place in near if roles[place] is Role.PART]
    lower = [place for place in totals if roles[place] < roles[at]]
    subtotals = [place for place in totals if roles[place] is Role.SUBTOTAL]
    higher = roles[at] is not Role.SUBTOTAL and bool(lower)
    # With parts of its own beside it, a total is never the sum of other totals alone.
    summed = [] if nearest else [lower, subtotals, totals, *(totals[:count] for count in range(1, 6))]
    yield from map(
        _ordered,
        [
            *([lower] if higher and not nearest else []), *([[*lower, *nearest], parts] if higher else []),
            nearest, [place for place in group if roles[place] is Role.PART], parts, *summed,
            [*lower, *nearest], [*totals, *nearest], [*parts, *totals],
            [place for place in near if roles[place] is not Role.HEADING], [*parts, *asides],
        ],
    )  # fmt: skip


def _until(roles: Sequence[Role], order: range, stop: object) -> Iterator[int]:
    for place in order:
        if callable(stop) and stop(roles[place]):
            return
        yield place


def _ordered(places: Sequence[int]) -> tuple[int, ...]:
    return tuple(sorted(places))


def judged(
    series: Series, at: int, parts: Sequence[int], *, marks: frozenset[str] = frozenset(), negative: bool = False
) -> Verdict:
    """One reading of one total. `marks` are the paper's footnote marks, which may hang on a number; with `negative`,
    some parts may be taken from others."""
    texts = [series.texts[place] for place in parts]
    total, values = _value(series.texts[at]), [_value(text) for text in texts]
    told = [value for value in values if value is not None]
    noughts = sum(is_nought(text) for text in texts)
    if total is None or None in values or len(told) == noughts or is_nought(series.texts[at]):
        return Verdict(series, tuple(parts), Decimal(0), Decimal(0), Outcome.UNKNOWN)
    outcome = _outcome(series, total, told, negative=negative)
    if outcome is Outcome.OFF and _mended([series.texts[at], *texts], total, told, marks):
        outcome = Outcome.FITS
    return Verdict(series, tuple(parts), sum(told, Decimal(0)), total, outcome, noughts)


def _outcome(series: Series, total: Decimal, values: Sequence[Decimal], *, negative: bool) -> Outcome:
    difference = abs(total - sum(values, Decimal(0)))
    if not difference or (negative and _signed(total, values)):
        return Outcome.FITS
    within = (len([value for value in values if value]) + 1) * _last_place([total, *values]) / 2
    loose = series.rounded or _looks_rounded([total, *values])
    return Outcome.ROUNDED if loose and difference <= within else Outcome.OFF


def _signed(total: Decimal, values: Sequence[Decimal]) -> bool:
    if len(values) > _MOST_SIGNS:
        return False
    choices = product((1, -1), repeat=len(values))
    return any(sum(sign * value for sign, value in zip(signs, values, strict=True)) == total for signs in choices)


def _value(text: str) -> Decimal | None:
    """The cell's number; nought for a blank or a dash; letters that stand for digits read as such."""
    if is_nought(text):
        return Decimal(0)
    value = cell_number(text)
    if value is None and _DAMAGED.fullmatch(text.strip()):
        value = cell_number(text.strip().translate(_LETTERS))
    return value


def is_damaged(text: str) -> bool:
    """Whether the cell can be read as a number only with letters taken for digits."""
    return cell_number(text) is None and not is_nought(text) and _value(text) is not None


def _mended(texts: Sequence[str], total: Decimal, values: Sequence[Decimal], marks: frozenset[str]) -> bool:
    """Whether taking a footnote's mark off one number makes the sum right."""
    difference = total - sum(values, Decimal(0))
    for at, (text, value) in enumerate(zip(texts, [total, *values], strict=True)):
        for mark in marks:
            plain = cell_number(text.strip().removesuffix(mark)) if text.strip().endswith(mark) else None
            if plain is not None and (value - plain) == (difference if at == 0 else -difference):
                return True
    return False


def _last_place(values: Sequence[Decimal]) -> Decimal:
    """The unit of the coarsest last place that the numbers are printed to; of round hundreds or more, that."""
    exponents = [int(value.as_tuple().exponent) for value in values if value]
    coarsest = max(exponents, default=0)
    if coarsest == 0:
        coarsest = _round_tens(values)
    return Decimal(1).scaleb(coarsest)


def _looks_rounded(values: Sequence[Decimal]) -> bool:
    return any(value.as_tuple().exponent != 0 for value in values if value) or _round_tens(values) > 0


def _round_tens(values: Sequence[Decimal]) -> int:
    """How many noughts every one of at least four numbers ends in, if two or more."""
    told = [abs(value) for value in values if value]
    if len(told) < 4:
        return 0
    return next((power for power in (6, 5, 4, 3, 2) if all(value % 10**power == 0 for value in told)), 0)


def one_digit_apart(printed_as: Decimal, meant: Decimal) -> str:
    """How one slip turns the number meant into that printed: "one digit differs", "one digit is lost" and so on; ""
    when it takes more than one."""
    one, other = f"{abs(printed_as):f}", f"{abs(meant):f}"
    if one == other or (printed_as < 0) != (meant < 0) or ("." in one) != ("." in other):
        return ""
    if len(one) == len(other):
        unlike = [at for at, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
        if len(unlike) == 1:
            return "one digit differs"
        swapped = len(unlike) == 2 and unlike[1] == unlike[0] + 1 and sorted(one) == sorted(other)
        return "two digits have changed places" if swapped else ""
    if len(one) + 1 == len(other) and _without_one(other, one):
        return "one digit is lost"
    return "one digit is added" if len(one) == len(other) + 1 and _without_one(one, other) else ""


def _without_one(longer: str, shorter: str) -> bool:
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def mending(verdict: Verdict, at: int, names: Sequence[str]) -> str:
    """What would put a sum right: the total as it should be, or the one part in which a single digit is damaged."""
    texts = verdict.series.texts
    how = one_digit_apart(verdict.total, verdict.sum)
    whole = f"Print {printed(verdict.sum, texts[at])} as the total"
    if how:
        return f"{whole}: in {texts[at].strip()} {how}."
    slips = list(_slips(verdict))
    if len(slips) == 1:
        place, meant, why = slips[0]
        named = f"“{names[place]}” would be {printed(meant, texts[at])} rather than {texts[place].strip()}"
        return f"{whole}; or, if the total is right, {named} ({why})."
    return f"{whole}, or mend the part that is wrong."


def _slips(verdict: Verdict) -> Iterator[tuple[int, Decimal, str]]:
    for place in verdict.parts:
        value = _value(verdict.series.texts[place])
        if value:
            meant = value + verdict.difference
            why = one_digit_apart(value, meant)
            if why:
                yield place, meant, why
