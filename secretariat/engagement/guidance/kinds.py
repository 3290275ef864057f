"""The kinds of record of guidance that a reference can name."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.engagement.guidance.models import Article


def by_slug(text: str) -> Article | None:
    """The published article at this address; a single word is looked for, and names none."""
    word = text.strip().lower()
    found: Article | None = Article.objects.exclude(number=0).filter(slug=word).first() if "-" in word else None
    return found


register("article", Article, by_slug)
