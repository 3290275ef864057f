"""Messages that are written only as they are sent: long ones alike for many, and those that hold a private link.

What is queued of such a message says to whom it goes and why. Its text, its HTML and its own headers are written when
it is handed over, so that they are stored neither thousands of times nor, where they open something, at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from secretariat.post.models import Message


@dataclass(frozen=True)
class Letter:
    """What a message says: its text, the same as HTML, and headers of its own."""

    body: str
    html: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


LETTERS: dict[str, Callable[[Message], Letter | None]] = {}
"""By the notice of a message: who writes it as it is sent; nothing where what it was about is gone."""

UNWANTED: dict[str, Callable[[Message], str]] = {}
"""By the notice of a message: why its reader wants it no longer, as a sentence; nothing where it is wanted."""


def letter_of(message: Message) -> Letter:
    """What a message says as it is sent: as it is written now, or else as it was queued."""
    write = LETTERS.get(message.notice)
    return (write and write(message)) or Letter(message.body, message.html, message.headers)
