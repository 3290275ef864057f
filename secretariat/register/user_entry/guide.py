"""The public page that says how a party becomes a User, with the days reckoned from the one that the reader chooses."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse

from secretariat.core.pages import Crumb, Page
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day
from secretariat.plain.workdays import OutsideCalendarError
from secretariat.register.entry import UserRole
from secretariat.register.user_entry.eligibility import ANY_PARTY, licence_for, said_of
from secretariat.register.user_entry.forms import TimelineForm
from secretariat.register.user_entry.models import PER_ROLE, Confirmer, Kind
from secretariat.register.user_entry.timeline import timeline


class Guide(Page):
    """What it takes to become a User: who confirms what, who may hold which role, and how long it takes."""

    template = "register/user_entry/guide.html"
    crumbs: ClassVar[tuple[Crumb, ...]] = (Crumb("Becoming a User"),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The guide; without a choice from today."""
        today = local_day(self.request.at)
        form = TimelineForm(request.GET) if request.GET else TimelineForm(initial={"start": today})
        way: Any = ()
        if not form.is_bound:
            way = timeline(today)
        elif form.is_valid():
            try:
                way = timeline(form.cleaned_data["start"], form.cleaned_data["role"])
            except OutsideCalendarError as error:
                form.add_error("start", str(error))
        lines = []
        for kind in Kind:
            entry = RULEBOOK.entry(f"user_entry.confirms.{kind.value.replace(' ', '_')}", today)
            lines.append((kind, Confirmer(str(entry.value)).label, kind in PER_ROLE, entry))
        roles = [(role, _who(role, today), said_of(role, today)) for role in UserRole.objects.on(today)]
        return self.shown({"form": form, "way": way, "lines": lines, "roles": roles})


def _who(role: UserRole, today: date) -> str:
    needed = licence_for(role, today)
    return {ANY_PARTY: "Any party", None: "Not said yet"}.get(needed, f"A party with a licence: {needed}")
