"""Freezing a paper: its figures, its text and its files, with their hashes, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings

from secretariat.core.files import StoredFile, keep
from secretariat.papers import document as doc
from secretariat.papers import html, pdf, word
from secretariat.papers.assembly import Assembly
from secretariat.papers.frozen import frozen_figures, written
from secretariat.papers.models import Issue, Paper


def freeze(paper: Paper, at: datetime, recorded: datetime) -> Issue:
    """Puts the paper together once and keeps what it printed; the files are made from what was kept."""
    assembly = Assembly(paper)
    document = assembly.document()
    content = doc.to_json(document).encode()
    files = {
        "content": (f"{paper.key}.paper.json", content),
        "figures": (f"{paper.key}.figures.json", written(frozen_figures(assembly))),
        **{form: (f"{paper.key}.{form}", made) for form, made in rendered(content).items()},
    }
    kept = {form: _kept(paper, name, made, recorded) for form, (name, made) in files.items()}
    issue = Issue(paper=paper, at=at, recorded=recorded, classification=paper.issue_class, **kept)
    issue.save()
    return issue


FORMS = ("html", "pdf", "docx")
"""The forms in which a paper is written."""


def rendered(content: bytes, annex: bool = True, forms: Iterable[str] = FORMS) -> dict[str, bytes]:
    """The files of a frozen paper, by form: the same content gives the same bytes."""
    document, base = doc.from_json(content.decode()), settings.SITE_URL
    make = {
        "html": lambda: html.page(document, base),
        "pdf": lambda: pdf.pdf(document, annex, base),
        "docx": lambda: word.docx(document, annex, base),
    }
    return {form: make[form]() for form in forms}


def _kept(paper: Paper, name: str, content: bytes, recorded: datetime) -> StoredFile:
    file = StoredFile(name=name, sha256=keep(name, content), size=len(content), recorded=recorded)
    file.classification, file.audience = paper.issue_class, paper.audience
    file.save()
    return file


def frozen_document(issue: Issue) -> doc.Document:
    """The paper as it was issued."""
    return doc.from_json(issue.content.read().decode())


def issued_figures(issue: Issue) -> dict[str, Any]:
    """The figures as they were issued."""
    known: dict[str, Any] = json.loads(issue.figures.read())
    return known
