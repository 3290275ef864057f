"""The records of governed documents that pages and figures lead to."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.legaltext.governed.models import Circulation, DraftComment, Review


def not_named(text: str) -> None:
    """Nothing: none of them has a reference of its own."""


register("review of a document", Review, not_named)
register("draft for comment", Circulation, not_named)
register("comment on a draft", DraftComment, not_named)
