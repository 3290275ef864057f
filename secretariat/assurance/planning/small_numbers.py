"""The guard of small numbers: which rows of a breakdown are withheld, so that nothing can be subtracted back."""

from __future__ import annotations

from collections.abc import Mapping

Parts = tuple[int, ...]


def withheld(rows: Mapping[str, Parts], threshold: int) -> set[str]:
    """The rows that are not told: those of which a part is small, and as many more as hide them in the total.

    A row's parts add up to it. What is withheld together has no small part either, and is never one row alone; where
    that cannot be reached every row is withheld. Otherwise an empty row, all parts nought, is told.
    """
    told = {key: parts for key, parts in rows.items() if any(parts)}
    hidden = {key for key, parts in told.items() if min(parts) < threshold}
    for key in sorted(told.keys() - hidden, key=lambda one: (sum(told[one]), one)):
        if not hidden or _hides(hidden, told, threshold):
            return hidden
        hidden.add(key)
    return set(rows) if hidden and not _hides(hidden, told, threshold) else hidden


def total_is_told(rows: Mapping[str, Parts], hidden: set[str], threshold: int) -> bool:
    """Whether the totals can be told beside the rows that are: what is withheld is not small as a whole."""
    return not hidden or _hides(hidden, rows, threshold)


def _hides(hidden: set[str], rows: Mapping[str, Parts], threshold: int) -> bool:
    together = [sum(column) for column in zip(*(rows[key] for key in hidden), strict=True)]
    return len(hidden) > 1 and min(together) >= threshold
