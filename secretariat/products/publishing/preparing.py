"""Preparing a version of a list of its entries, or of the DCC's file (section 7.1)."""

from __future__ import annotations

from typing import Unpack

from django.db import transaction

from secretariat.core.classification import Class
from secretariat.core.journal import Told
from secretariat.products.models import ProductList
from secretariat.products.publishing.files import kept
from secretariat.products.publishing.models import PreparedVersion
from secretariat.products.publishing.procedure import PREPARING


def prepare(
    of: ProductList, file: tuple[str, bytes] | None, note: str = "", invented: bool = False, **told: Unpack[Told]
) -> PreparedVersion:
    """Prepares a version of a list, of the DCC's file (its name and its bytes) or else of the list's entries.

    Raises Refused with a sentence for each row that may not be, or ValidationError for a file of another kind.
    """
    with transaction.atomic():
        stored = kept(*file, told["recorded"], Class.GREEN) if file is not None else None
        prepared = PreparedVersion(list=of, file=stored, note=note, invented=invented)
        PREPARING.take("prepare", prepared, **told)
    return prepared
