"""What is written about an article besides its steps: that it begins, its drafts, and its files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Unpack

from django.db import transaction

from secretariat.core import journal
from secretariat.core.classification import Class
from secretariat.core.files import StoredFile, keep
from secretariat.core.journal import Told
from secretariat.core.procedure import Refused
from secretariat.engagement.guidance.models import WRITTEN, Article, ArticleFile, Draft
from secretariat.engagement.guidance.procedure import ARTICLE


def begin(article: Article, said: Mapping[str, Any] | None = None, **told: Unpack[Told]) -> Draft:
    """Begins an article, and its first draft. Raises Refused."""
    with transaction.atomic():
        ARTICLE.take("begin", article, **told)
        return write(article, said, **told)


def write(article: Article, said: Mapping[str, Any] | None = None, **told: Unpack[Told]) -> Draft:
    """Begins a draft with what the article says now, but for what `said` says already.

    Raises Refused where somebody is writing one.
    """
    person = told["by"]
    if person is None:
        raise Refused("A draft has a writer.")
    if article.draft is not None:
        raise Refused("Somebody is writing a draft of this article already.")
    draft = Draft(article=article, writer=person, recorded=told["recorded"], invented=article.invented)
    for name in WRITTEN:
        setattr(draft, name, (said or {}).get(name, getattr(article, name)))
    journal.enter(draft, **told)
    return draft


def revise(draft: Draft, said: dict[str, object], **told: Unpack[Told]) -> None:
    """Changes what a draft says. Raises Refused for one that was handed over, and ValidationError."""
    if draft.submitted_at is not None:
        raise Refused("The draft is with somebody else: it can be changed once it is sent back.")
    with transaction.atomic():
        if told["by"] is not None and draft.writer_id != told["by"].pk:
            said = {**said, "writer": told["by"]}
        journal.amend(draft, said, **told)


def add_file(article: Article, words: str, name: str, content: bytes, **told: Unpack[Told]) -> ArticleFile:
    """Keeps a picture or a file for an article; it is the secretariat's until a version that names it is published.

    Raises ValidationError for a file that is not taken.
    """
    sha256 = keep(name, content)
    file = StoredFile(name=name, sha256=sha256, size=len(content), recorded=told["recorded"])
    file.classification, file.audience = Class.AMBER, "SECAS"
    with transaction.atomic():
        journal.enter(file, **told)
        row = ArticleFile(article=article, file=file, words=words, recorded=told["recorded"])
        row.invented = article.invented
        journal.enter(row, **told)
    return row
