"""A draft carried over to a newer text: what fits is kept, what merges is merged, the rest a person settles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from secretariat.legaltext.redlines.merge import ThreeWay, three_way
from secretariat.legaltext.text import Clause, Edit, Text, apply, edits


def rebase(base: Text, made: Iterable[Edit], onto: Text) -> ThreeWay:
    """A draft (ours) against a newer text (theirs), clause by clause. Raises DoesNotApply where it is not of `base`."""
    return three_way(base, apply(base, made), onto)


def carried(found: ThreeWay, onto: Text, answers: Mapping[str, Clause | None]) -> tuple[Edit, ...]:
    """The draft's edits on the newer text, with a person's answer to each conflict by identity; None takes it out.

    Raises Unsettled for a conflict without an answer, ValueError where the answers make no text.
    """
    return edits(onto, found.text(answers))
