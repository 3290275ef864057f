"""The forms that a paper's content is written in: each gives the file's bytes and the lines of each block."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from benchmarks.proof.content import Content
from benchmarks.proof.forms import html, markdown, pdf, text, word
from benchmarks.proof.forms.written import Written

FORMS: Final[dict[str, tuple[str, Callable[[Content], Written]]]] = {
    "Markdown": (".md", markdown.write),
    "HTML": (".html", html.write),
    "Word": (".docx", word.write),
    "PDF": (".pdf", pdf.write),
    "text": (".txt", text.write),
}

__all__ = ["FORMS", "Written"]
