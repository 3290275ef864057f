"""The pages of a party for its own people: who may open them, and of which party they are."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from secretariat.core.capacities import party_contact, speaks_for
from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.people import Person
from secretariat.core.procedure import Who
from secretariat.register.models import Party


class OwnPartyPage(Page):
    """A page of a party for its own contacts; for everybody else it is not there."""

    who: ClassVar[Who] = staticmethod(party_contact)

    @property
    def person(self) -> Person:
        """Who reads it; the guard has let in nobody else."""
        found = reader(self.request)
        if found is None:
            raise PermissionDenied("This page is for others.")
        return found

    def party(self, key: str) -> Party:
        """The party with this key, for which the person speaks. Raises Http404."""
        found: Party | None = Party.objects.filter(key=key, pk__in=speaks_for(self.person, self.request.at)).first()
        if found is None:
            raise Http404("There is no such party for which you speak.")
        return found

    @staticmethod
    def where(party: Party, label: str) -> tuple[Crumb, ...]:
        """Where a page below the party's own home page is."""
        return Crumb(str(party), reverse("own party", args=[party.key])), Crumb(label)
