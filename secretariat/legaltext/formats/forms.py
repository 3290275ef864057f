"""The forms that a text is given in, by the ending of the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from secretariat.legaltext.formats.akoma_ntoso import akoma_ntoso
from secretariat.legaltext.formats.editions import Edition
from secretariat.legaltext.formats.html import page
from secretariat.legaltext.formats.markdown import markdown
from secretariat.legaltext.formats.pdf import pdf
from secretariat.legaltext.formats.plain_json import plain_json
from secretariat.legaltext.formats.word_writing import word


@dataclass(frozen=True, slots=True)
class Form:
    """A form of file: what it is called, its media type, and what writes an edition so, the same bytes each time."""

    name: str
    media_type: str
    write: Callable[[Edition], bytes]


FORMS: Final = {
    "docx": Form("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", word),
    "pdf": Form("PDF", "application/pdf", pdf),
    "html": Form("HTML", "text/html; charset=utf-8", page),
    "md": Form("Markdown", "text/markdown; charset=utf-8", markdown),
    "json": Form("JSON", "application/json", plain_json),
    "xml": Form("Akoma Ntoso", "application/akn+xml; charset=utf-8", akoma_ntoso),
}
