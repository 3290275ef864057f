"""Rows about one person each: who else than that person may read them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.db.models import Q

from secretariat.core.classification import ClassifiedQuerySet
from secretariat.core.people import Person
from secretariat.core.procedure import Who

if TYPE_CHECKING:
    from secretariat.core.classification import Reader


class OwnQuerySet(ClassifiedQuerySet):
    """Asks rows with a `person`; `keepers` are those whose work is with them."""

    keepers: ClassVar[Who]

    def visible_to(self, person: Reader, at: datetime) -> Self:
        """A person's own, and for their keepers all that their class opens; nobody else's business."""
        if not isinstance(person, Person) or not person.is_active:
            return self.none()
        rows = Q(person=person)
        if type(self).keepers(person, None, at):
            rows |= Q(pk__in=super().visible_to(person, at).values("pk"))
        return self.filter(rows)
