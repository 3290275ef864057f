"""The kinds of record of entries that a reference can name."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.products.entries.checks import specification_label
from secretariat.products.models import Specification


def specification(text: str) -> Specification | None:
    """The version that a text such as "SMETS2 v4.2" names."""
    return Specification.objects.filter(label=specification_label(text)).first()


register("specification", Specification, specification)
