"""Printed numbers in sequence: where captions, notes and headings repeat, skip or start again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from secretariat.proof.paper import Heading

Part: TypeAlias = int | str
Number: TypeAlias = tuple[Part, ...]
How: TypeAlias = Literal["repeats", "skips", "restarts", "starts", "disorder", "parent", "unnumbered"]

_PARTS: Final = re.compile(r"[0-9]{1,3}|[A-Za-z]")
_NUMBER: Final = re.compile(r"(?:[A-Za-z](?![A-Za-z])|[0-9]{1,3})(?:[.\-]?(?:[0-9]{1,3}|[A-Za-z](?![A-Za-z])))*\.?")
_OWN_SEQUENCE: Final = re.compile(
    r"(?:Appendix|Annexe?|Schedule|Attachment|Part|Chapter|Volume|Enclosure)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Break:
    """Where a sequence breaks: the place in it, how, the number before, and the one that was due there.

    `instead` is the place of the unnumbered heading that stands where the number was due.
    """

    at: int
    how: How
    due: Number
    before: Number = ()
    instead: int | None = None


def parsed(number: str) -> Number | None:
    """The parts of a printed number: "3.2" is (3, 2), "B1" is ("B", 1); None for what is no such number."""
    printed = number.strip().strip("()")
    if not _NUMBER.fullmatch(printed):
        return None
    return tuple(int(part) if part.isdigit() else part for part in _PARTS.findall(printed))


def printed(number: Number) -> str:
    """The number as papers print it: "3.2", "B1", "2a"."""
    text = ""
    for at, part in enumerate(number):
        joined = at == 0 or isinstance(part, str) or (at == 1 and isinstance(number[0], str) and len(number) == 2)
        text += f"{part}" if joined else f".{part}"
    return text


def after(part: Part) -> Part:
    """The part that follows: 4 after 3, "B" after "A"."""
    return part + 1 if isinstance(part, int) else chr(ord(part) + 1)


def follows(before: Number, number: Number) -> bool:
    """Whether a heading of the number may stand after one of the number before: its first child, or a next one."""
    if number[:-1] == before and number[-1] in (0, 1, "a", "A"):
        return True
    at = len(number) - 1
    return at < len(before) and number[:at] == before[:at] and same_kind(number[at], before[at], step=True)


def same_kind(part: Part, before: Part, *, step: bool) -> bool:
    """Whether both are numbers or both letters, and, where a step is asked for, the part is the next."""
    return type(part) is type(before) and (not step or part == after(before))


def is_start(number: Number) -> bool:
    """Whether a sequence may begin with the number: 1, 1.1, 0, A, A1."""
    return all(part in (0, 1) or (at == 0 and isinstance(part, str)) for at, part in enumerate(number))


def breaks(numbers: Sequence[int]) -> Iterator[Break]:
    """Where a plain sequence of numbers, in printed order, repeats, skips, restarts or is out of order.

    One wrong number is one break: where the next shows which number was meant, the sequence goes on from that.
    """
    seen: set[int] = set()
    last = 0
    for at, number in enumerate(numbers):
        ahead = numbers[at + 1] if at + 1 < len(numbers) else None
        due = last + 1
        meant = due if number != due and ahead == due + 1 and at > 0 else number
        how = _how(number, seen, last, numbers[at + 1 :])
        if how:
            yield Break(at, how, (due,), (last,))
        if how == "restarts":
            seen, last = {number}, number
            continue
        if how in ("repeats", "skips") and ahead == number and number > due:
            meant = due
        seen.add(meant)
        last = max(last, meant)


def _how(number: int, seen: set[int], last: int, rest: Sequence[int]) -> How | None:
    ahead = rest[0] if rest else None
    if number == last + 1 or (not seen and number == 0):
        return None
    if number in seen:
        again = ahead == number + 1 and ahead in seen and number < last
        return "restarts" if again else "repeats"
    if number < last:
        return "disorder"
    if not seen:
        return "starts"
    later = set(rest)
    return None if all(each in later for each in range(last + 1, number)) else "skips"


def section_breaks(headings: Sequence[Heading]) -> Iterator[Break]:
    """Where the numbers of headings repeat, skip, restart, or stand under a parent that is not theirs."""
    walk = _Walk(headings)
    for at, heading in enumerate(headings):
        number = parsed(heading.number)
        if number is None:
            walk.passed(at, heading)
        else:
            yield from walk.met(at, number)


class _Walk:
    """Goes through the headings, knowing the number before, those seen, and the unnumbered ones since."""

    def __init__(self, headings: Sequence[Heading]) -> None:
        self.headings = headings
        self.numbers = [parsed(heading.number) for heading in headings]
        self.tops = any(number is not None and len(number) == 1 for number in self.numbers)
        self.before: Number | None = None
        self.seen: set[Number] = set()
        self.unnumbered: list[int] = []

    def passed(self, at: int, heading: Heading) -> None:
        """An unnumbered heading: an appendix begins a sequence of its own."""
        self.unnumbered.append(at)
        if _OWN_SEQUENCE.match(heading.text):
            self.before, self.seen = None, set()

    def met(self, at: int, number: Number) -> Iterator[Break]:
        """A numbered heading, judged against the one before."""
        ahead = next((each for each in self.numbers[at + 1 :] if each is not None), None)
        found = None if self._may_stand(at, number) else self._judged(at, number, ahead)
        self.before, kept = (self._meant(number, found, ahead), found)
        self.seen.add(self.before)
        self.unnumbered = []
        if kept is not None:
            yield kept

    def _may_stand(self, at: int, number: Number) -> bool:
        if self.before is None:
            ahead = next((each for each in self.numbers[at + 1 :] if each is not None), None)
            return is_start(number) or ahead is None or not follows(number, ahead) or bool(self.seen)
        if follows(self.before, number) and number not in self.seen:
            return True
        if isinstance(number[0], str) and is_start(number) and number[0] != self.before[0]:
            return isinstance(self.before[0], int) or number[0] == after(self.before[0])
        above = [self.headings[each].level < self.headings[at].level for each in self.unnumbered]
        if is_start(number) and any(above):
            self.seen = set()
            return True
        return not self.tops and len(number) > 1 and number[-1] == 1 and number not in self.seen

    def _judged(self, at: int, number: Number, ahead: Number | None) -> Break | None:
        if self.before is None:
            return Break(at, "starts", (1,))
        due = _due(self.before, number)
        if number in self.seen:
            return Break(at, self._again(number, due, ahead), due, self.before)
        top = len(number) - 1
        if top and number[:top] != self.before[:top] and number[:top] not in self.seen:
            missing = number[:top]
            if follows(self.before, missing) and self.unnumbered:
                return Break(at, "unnumbered", missing, self.before, self._instead(at, missing))
            return Break(at, "parent", due, self.before)
        if _is_less(number, due):
            return Break(at, "disorder", due, self.before)
        if ahead == due:
            return None  # two headings changed places: the next one is told
        if number == _next(due) and self.unnumbered and self._instead(at, due) is not None:
            return Break(at, "unnumbered", due, self.before, self._instead(at, due))
        return Break(at, "skips", due, self.before)

    def _again(self, number: Number, due: Number, ahead: Number | None) -> How:
        if number == self.before or ahead is None:
            return "repeats"
        return "restarts" if follows(number, ahead) and not follows(due, ahead) else "repeats"

    def _instead(self, at: int, missing: Number) -> int | None:
        """The unnumbered heading that stands where the missing number was due: one as high as its siblings."""
        siblings = [
            heading.level
            for heading, number in zip(self.headings, self.numbers, strict=True)
            if number is not None and len(number) == len(missing)
        ]
        level = siblings[0] if siblings else self.headings[at].level
        return next((each for each in self.unnumbered if self.headings[each].level <= level), None)

    def _meant(self, number: Number, found: Break | None, ahead: Number | None) -> Number:
        if found is None or found.how in ("restarts", "starts", "unnumbered") or self.before is None:
            if found is not None and found.how == "restarts":
                self.seen = set()
            return number
        if ahead is not None and follows(found.due, ahead) and (not follows(number, ahead) or found.how == "disorder"):
            return found.due
        return self.before if found.how in ("repeats", "disorder") else number


def _due(before: Number, number: Number) -> Number:
    """The number of that depth that was due after the one before."""
    depth = len(number)
    if depth > len(before):
        return before + (1,) * (depth - len(before))
    return (*before[: depth - 1], after(before[depth - 1]))


def _next(number: Number) -> Number:
    return (*number[:-1], after(number[-1]))


def _is_less(number: Number, due: Number) -> bool:
    one, other = number[-1], due[-1]
    return number[:-1] == due[:-1] and same_kind(one, other, step=False) and str(one).zfill(4) < str(other).zfill(4)
