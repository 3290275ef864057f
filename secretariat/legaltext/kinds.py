"""The documents and versions of the code that a reference in prose can name."""

from __future__ import annotations

import re

from secretariat.core.kinds import register
from secretariat.legaltext.models import OF_THE_CODE, CodeVersion, Document, DocumentVersion, Draft

_DOCUMENT = re.compile(rf"(?P<kind>{'|'.join(OF_THE_CODE)}) (?P<letter>[a-z]{{1,2}}|[0-9]{{1,2}})", re.IGNORECASE)
_VERSION = re.compile(r"(?P<document>.+?) (?:version |v)(?P<number>[0-9.]{1,17})", re.IGNORECASE)
_CODE_VERSION = re.compile(r"(?:SEC|code version) (?:version |v)?(?P<number>[0-9]+\.[0-9]+)", re.IGNORECASE)


def find_document(text: str) -> Document | None:
    """The document that "Section H", "Appendix AB", a title or its code names."""
    match = _DOCUMENT.fullmatch(text.strip())
    if match is not None:
        return Document.objects.filter(kind=match["kind"].lower(), letter=match["letter"].upper()).first()
    named = Document.objects.filter(code=text.strip().lower()).first()
    return named or Document.objects.filter(title__iexact=text.strip()).first()


def find_version(text: str) -> DocumentVersion | None:
    """The version that "Section H version 5.14" names."""
    match = _VERSION.fullmatch(text.strip())
    document = find_document(match["document"]) if match else None
    if match is None or document is None:
        return None
    return DocumentVersion.objects.filter(document=document, number=match["number"]).first()


def find_code_version(text: str) -> CodeVersion | None:
    """The version of the whole code that "SEC 5.14" or "code version 61.0" names."""
    match = _CODE_VERSION.fullmatch(text.strip())
    return CodeVersion.objects.filter(number=match["number"]).first() if match else None


def no_name(text: str) -> Draft | None:
    """A draft has no reference of its own."""
    return None


register("document", Document, find_document)
register("document version", DocumentVersion, find_version)
register("code version", CodeVersion, find_code_version)
register("draft of legal text", Draft, no_name)
