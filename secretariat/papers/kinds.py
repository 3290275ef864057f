"""The kinds of record of this room that a reference in prose can name."""

from secretariat.core.kinds import register
from secretariat.papers.models import Paper


def find_paper(text: str) -> Paper | None:
    """The newest version of the paper with a key such as operations-2020-02."""
    return (
        Paper.objects.filter(key__startswith=text.strip().lower()).order_by("version").last() if text.strip() else None
    )


register("paper", Paper, find_paper, lambda paper: paper.title)
