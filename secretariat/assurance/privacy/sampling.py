"""Drawing a random sample that anybody can repeat (PRV-1)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def drawn(among: Iterable[str], number: int, words: str) -> list[str]:
    """So many of some keys, in the order drawn: those whose SHA-256, after the words and a line's end, is least.

    The same keys and words give the same draw, in whatever order the keys are told. All of them where there are fewer.
    """
    return sorted(set(among), key=lambda key: (_lot(words, key), key))[: max(number, 0)]


def _lot(words: str, key: str) -> str:
    return hashlib.sha256(f"{words}\n{key}".encode()).hexdigest()
