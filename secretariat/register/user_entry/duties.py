"""What a party must do to become a User, and by when: its mandates, its queried forms, its open requirements."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from secretariat.core.duties import Duty, Weight, duties
from secretariat.core.people import Person
from secretariat.plain.dates import local_day, long_date
from secretariat.register.parties import Party
from secretariat.register.user_entry.due import book_by, reckoned
from secretariat.register.user_entry.models import (
    CONFIRMED,
    IN_PROGRESS,
    QUERIED,
    Kind,
    Requirement,
    RoleEntry,
    lacking,
)


@duties
def mandated(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The day of each mandate that binds the party while it is no User, and the last safe day to book for it."""
    day = local_day(at)
    party = Party.objects.filter(pk=party_id).visible_to(person, at).first()
    open_dues = [due for due in reckoned(day, party).dues if due.met_on is None] if party else []
    grid = reverse("party user entry", args=[party.key]) if party else ""
    for due in open_dues:
        yield Duty(f"Be a User: {due.names}", due.mandate, due.day, why=due.mandate.name, citation="UEP-7",
                   working=due.working, does="See the mandate", href=grid)  # fmt: skip
        last = book_by(due.day)
        if last is not None and not _is_assessed(party_id):
            yield Duty("Book your security assessment", due.mandate, last, why=f"To be a User by {long_date(due.day)}.",
                       citation="UEP-7, SEC-5", does="See the working", name="booking", href=grid)  # fmt: skip


def _is_assessed(party_id: int) -> bool:
    rows = Requirement.objects.filter(entry__party=party_id, kind=Kind.SECURITY)
    return rows.filter(state=CONFIRMED).exists()


@duties
def entering(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """Forms that were queried, forms that can be sent in, and what each role still needs."""
    rows = RoleEntry.objects.filter(party=party_id, state__in=(IN_PROGRESS, QUERIED)).visible_to(person, at)
    for entry in rows.select_related("party", "role").prefetch_related("requirements"):
        form = reverse("role entry-evidence", args=[entry.pk])
        left = lacking(entry)
        if entry.state == QUERIED:
            yield Duty(f"Answer the query on your evidence form: {entry.role}", entry, why=entry.query,
                       citation="UEP-4", does="Send the form again", href=form, name="query")  # fmt: skip
        elif left:
            labels = "; ".join(str(Kind(kind).label) for kind in left)
            yield Duty(f"Meet what entry as {entry.role} still needs: {labels}", entry,
                       why="Entry is not complete before.", citation="UEP-3", does="See the grid",
                       weight=Weight.MAY, name="open",
                       href=reverse("party user entry", args=[entry.party.key]))  # fmt: skip
        else:
            yield Duty(f"Send the evidence form: {entry.role}", entry, why="Every requirement is confirmed.",
                       citation="UEP-4", does="Send the form", href=form, weight=Weight.MAY, name="form")  # fmt: skip
