"""Freezing a paper: its figures, its text and its files, with their hashes, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings

from secretariat.core.classification import Class
from secretariat.core.files import StoredFile, kept
from secretariat.papers import document as doc
from secretariat.papers import html, pdf, word
from secretariat.papers.assembly import Assembly
from secretariat.papers.frozen import frozen_figures, written
from secretariat.papers.models import Issue, Paper, PaperEdition
from secretariat.papers.readers import name, named_to_every, red_passages


def freeze(paper: Paper, at: datetime, recorded: datetime) -> Issue:
    """Puts the paper together once and keeps what it printed; the files are made from what was kept.

    For the readers of each class above its own that the report is issued in, what it says to them is kept beside it.
    """
    assembly = Assembly(paper)
    document = assembly.document()
    figures = written(frozen_figures(assembly))
    files = _files(paper, paper.key, paper.issue_class, document, recorded)
    files["figures"] = _kept(paper, f"{paper.key}.figures.json", figures, paper.issue_class, recorded)
    issue = Issue(paper=paper, at=at, recorded=recorded, classification=paper.issue_class, **files)
    issue.save()
    said = document.sections
    for level in sorted(paper.report.editions):
        above = edition(assembly, level)
        if above.sections != said:
            _keep_edition(issue, level, above, recorded)
        said = above.sections
    return issue


def _keep_edition(issue: Issue, level: int, document: doc.Document, recorded: datetime) -> None:
    """An edition with its files; a Red one is for those who are named to every Red paragraph in it."""
    paper = issue.paper
    files = _files(paper, f"{paper.key}-{Class(level).label.lower()}", level, document, recorded)
    made = PaperEdition(issue=issue, classification=level, audience=paper.audience, **files)
    made.save()
    if level == Class.RED:
        readers = named_to_every(red_passages(paper))
        for record in (made, *files.values()):
            name(record, readers)


def edition(assembly: Assembly, level: int) -> doc.Document:
    """What the readers of a class read, its figures those that were counted already."""
    above = Assembly(assembly.paper, level)
    above.results = dict(assembly.results)
    return above.document()


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


def _files(paper: Paper, stem: str, level: int, document: doc.Document, recorded: datetime) -> dict[str, StoredFile]:
    """The document in every form, kept under a class."""
    content = doc.to_json(document).encode()
    made = {"content": (f"{stem}.paper.json", content)}
    made |= {form: (f"{stem}.{form}", drawn) for form, drawn in rendered(content).items()}
    return {form: _kept(paper, called, drawn, level, recorded) for form, (called, drawn) in made.items()}


def _kept(paper: Paper, called: str, content: bytes, level: int, recorded: datetime) -> StoredFile:
    file = kept(called, content, classification=level, audience=paper.audience, recorded=recorded)
    file.save()
    return file


def frozen_document(issue: Issue | PaperEdition) -> doc.Document:
    """The paper as it was issued."""
    return doc.from_json(issue.content.read().decode())


def issued_figures(issue: Issue) -> dict[str, Any]:
    """The figures as they were issued."""
    known: dict[str, Any] = json.loads(issue.figures.read())
    return known
