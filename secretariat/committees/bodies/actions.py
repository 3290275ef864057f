"""Keeping a version of a body's terms of reference with its file."""

from __future__ import annotations

from pathlib import PurePath
from typing import Unpack

from django.db import transaction

from secretariat.committees.bodies.models import TermsOfReference
from secretariat.core import journal
from secretariat.core.files import StoredFile, keep
from secretariat.core.journal import Told


def keep_terms(terms: TermsOfReference, name: str, content: bytes, **told: Unpack[Told]) -> TermsOfReference:
    """Enters a version with its file, all or nothing, under a name that tells body and version.

    Raises ValidationError for a file that is not taken, and for what the version's own checks refuse.
    """
    terms.recorded, terms.audience = told["recorded"], terms.committee.code
    called = f"{terms.committee.code}-terms-of-reference-{terms.version}{PurePath(name).suffix.lower()}"
    with transaction.atomic():
        file = StoredFile(name=called, sha256=keep(name, content), size=len(content), recorded=told["recorded"])
        file.classification, file.audience = terms.classification, terms.audience
        journal.enter(file, **told)
        terms.file = file
        journal.enter(terms, received_as=name, **told)
    return terms
