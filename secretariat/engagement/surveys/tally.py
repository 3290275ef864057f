"""What sheets of answers say together, told only where no small number tells who said it: plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from secretariat.assurance.planning.small_numbers import withheld

Sheets = Sequence[Mapping[str, Any]]
WITHHELD = "withheld: too few to tell"


@dataclass(frozen=True)
class Asked:
    """A question as the tally knows it; `answers` is empty for one that asks for words."""

    number: int
    text: str
    answers: tuple[str, ...] = ()
    is_scale: bool = False


@dataclass(frozen=True)
class Finding:
    """What was answered to one question.

    `rows` are each answer with its number; `mean` is that of a scale, to one decimal; `words` is what was said in
    words; `groups` are the means, or shares in percent of the first answer, by group. `why_not` says why nothing is
    told.
    """

    number: int
    text: str
    answered: int
    rows: list[tuple[str, int]] = field(default_factory=list)
    mean: str = ""
    words: list[str] = field(default_factory=list)
    groups: list[tuple[str, str]] = field(default_factory=list)
    why_not: str = ""

    def stored(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self)


def findings(asked: Sequence[Asked], sheets: Sheets, groups: Sequence[str], least: int) -> list[Finding]:
    """What was answered to each question; nothing at all while there are fewer sheets than the least number.

    `groups` names the group of each sheet, in the same order, or is empty where groups are not told.
    """
    return [_finding(one, sheets, groups, least) for one in asked]


def _finding(asked: Asked, sheets: Sheets, groups: Sequence[str], least: int) -> Finding:
    said = [str(sheet.get(str(asked.number), "")) for sheet in sheets]
    given = [answer for answer in said if answer]
    if len(given) < least:
        return Finding(asked.number, asked.text, 0, why_not=f"Fewer than {least} answered it.")
    if not asked.answers:
        return Finding(asked.number, asked.text, len(given), words=sorted(given))
    counts = Counter(given)
    rows = [(answer, counts[answer]) for answer in asked.answers]
    split = _by_group(asked, said, groups, least) if groups else []
    return Finding(asked.number, asked.text, len(given), rows, mean(given) if asked.is_scale else "", [], split)


def mean(given: Sequence[str]) -> str:
    """The mean of numbers on a scale to one decimal, halves up; nothing of no numbers."""
    if not given:
        return ""
    return str(_to_one_decimal(Decimal(sum(map(int, given))) / len(given)))


def together(told: Sequence[Mapping[str, Any]]) -> tuple[Decimal | None, int]:
    """The mean, to one decimal, of all marks given to questions on a scale, and how many marks there are.

    `told` are findings as they are stored; a question that is not told takes no part. None where there are no marks.
    """
    marks = [(int(answer), count) for one in told if one["mean"] for answer, count in one["rows"]]
    number = sum(count for _, count in marks)
    if not number:
        return None, 0
    return _to_one_decimal(Decimal(sum(mark * count for mark, count in marks)) / number), number


def _to_one_decimal(exact: Decimal) -> Decimal:
    return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _by_group(asked: Asked, said: Sequence[str], groups: Sequence[str], least: int) -> list[tuple[str, str]]:
    """A line for each group; a group that is small is withheld, and another with it, so that none is found out."""
    by_group: dict[str, list[str]] = {}
    for group, answer in zip(groups, said, strict=True):
        if answer:
            by_group.setdefault(group, []).append(answer)
    hidden = withheld({group: (len(given),) for group, given in by_group.items()}, least)
    return [
        (group, WITHHELD if group in hidden else _in_short(asked, given)) for group, given in sorted(by_group.items())
    ]


def _in_short(asked: Asked, given: Sequence[str]) -> str:
    if asked.is_scale:
        return f"{mean(given)} of 5 ({len(given)} answered)"
    first = asked.answers[0]
    share = Decimal(100 * given.count(first)) / len(given)
    return f"{first}: {share.quantize(Decimal(1), ROUND_HALF_UP)} % ({len(given)} answered)"


def group_columns(groups: Sequence[str], least: int) -> list[str]:
    """The group of each sheet as an export tells it: all of them, or none where a group is too small to be told."""
    counts = Counter(groups)
    return ["" for _ in groups] if any(number < least for number in counts.values()) else list(groups)
