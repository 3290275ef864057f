"""Pages of user entry that are more than one record: a party's grid, its evidence form, completion, who is behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from secretariat.core.calendar import calendar
from secretariat.core.capacities import secretariat
from secretariat.core.exports import csv_file, xlsx_file
from secretariat.core.form_page import FormPage, found
from secretariat.core.lists import attachment
from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.procedure import Who
from secretariat.plain.dates import local_day
from secretariat.register.models import Party, UserEntry
from secretariat.register.user_entry.actions import complete
from secretariat.register.user_entry.due import book_by, booking, reckoned
from secretariat.register.user_entry.figures import not_known
from secretariat.register.user_entry.forms import BehindForm, CompletionForm, EvidenceForm
from secretariat.register.user_entry.models import ENDED, QUERIED, SUBMITTED, Confirmer, Kind, Requirement, RoleEntry
from secretariat.register.user_entry.procedure import ROLE_ENTRIES, own_contact, party_support


@dataclass(frozen=True)
class Line:
    """One requirement over all roles of a party: who confirms it, and the row of each role, in the grid's order."""

    kind: Kind
    confirmer: str
    rows: tuple[Requirement | None, ...]


class PartyGrid(Page):
    """Requirements by role of one party, as far as the reader may read them; its mandates, with their working."""

    template = "register/user_entry/grid.html"
    model = Party
    key = "key"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The grid."""
        party: Party = found(Party, key, self, "key")
        person, at = reader(self.request), self.request.at
        rows = Requirement.objects.filter(entry__party=party).exclude(entry__state=ENDED).visible_to(person, at)
        entries = RoleEntry.objects.filter(party=party).exclude(state=ENDED)
        readable = entries.visible_to(person, at)
        shown = list(
            entries.filter(models.Q(pk__in=readable) | models.Q(pk__in=rows.values("entry"))).select_related("role")
        )
        shown.sort(key=lambda entry: entry.role.position)
        may_know = party_support(person, None, at) or any(entry.pk for entry in readable)
        dues = reckoned(local_day(at), party).dues if may_know or self._speaks_for(party) else ()
        return self.shown(
            {
                "party": party,
                "entries": shown,
                "readable": set(readable.values_list("pk", flat=True)),
                "lines": lines(shown, rows.select_related("entry__party", "entry__role")),
                "dues": [(due, booking(due.day)) for due in dues],
                "completed": party.user_entries.visible_to(person, at).prefetch_related("roles"),
                "may_complete": party_support(person, None, at)
                and any(one.state in (SUBMITTED, QUERIED) for one in shown),
                "crumbs": (
                    Crumb("Parties", reverse("parties")),
                    Crumb(party.name, party.get_absolute_url()),
                    Crumb("User entry"),
                ),
            }
        )

    def _speaks_for(self, party: Party) -> bool:
        return own_contact(reader(self.request), RoleEntry(party=party), self.request.at)


def lines(entries: list[RoleEntry], rows: models.QuerySet[Any]) -> list[Line]:
    """The lines of the grid for some entries; a line of which nothing may be read is left out."""
    known = {(row.kind, row.entry_id): row for row in rows}
    found = []
    for kind in Kind:
        cells = tuple(known.get((kind, entry.pk)) for entry in entries)
        bodies = {row.confirmer for row in cells if row is not None}
        if bodies:
            found.append(Line(kind, ", ".join(str(Confirmer(body).label) for body in sorted(bodies)), cells))
    return found


class Evidence(FormPage):
    """The User Entry Process Evidence Form of one role (rule UEP-4)."""

    template = "register/user_entry/evidence.html"
    model = RoleEntry
    plural = "role entries"
    title = "Evidence form"

    def record(self, key: str) -> RoleEntry:
        """The role entry. Raises Http404, and PermissionDenied where another than its own contact sends the form."""
        entry: RoleEntry = super().record(key)
        if self.request.method == "POST" and not own_contact(reader(self.request), entry, self.request.at):
            raise PermissionDenied("The party's own contact sends this form.")
        return entry

    def form(self, record: RoleEntry, data: Any = None, files: Any = None) -> EvidenceForm:
        """What was sent last."""
        return EvidenceForm(data, initial={"reference": record.evidence, "note": record.note})

    def save(self, record: RoleEntry, form: EvidenceForm) -> RoleEntry:
        """Sends the form in."""
        ROLE_ENTRIES.take("submit", record, **self.told(), **form.cleaned_data)
        return record

    def context(self, record: RoleEntry) -> dict[str, Any]:
        """What is confirmed, what is not, and whether the form can be sent now."""
        person, at = reader(self.request), self.request.at
        open_now = {one.step.name: one for one in ROLE_ENTRIES.open_steps(record, person, at)}
        rows = record.requirements.visible_to(person, at)
        return {"entry": record, "rows": rows, "step": open_now.get("submit")}


class Completion(FormPage):
    """Completes roles of a party: what the evidence forms say is accepted."""

    model = Party
    key = "key"
    title = "Complete"
    who: ClassVar[Who] = staticmethod(party_support)

    def heading(self, record: Party) -> str:
        """Whose user entry."""
        return f"Complete user entry of {record.name}"

    def back(self, record: Party) -> str:
        """The grid."""
        return reverse("party user entry", args=[record.key])

    def trail(self, record: Party) -> tuple[Crumb, ...]:
        """By way of the grid."""
        grid = Crumb("User entry", self.back(record))
        return Crumb(record.name, record.get_absolute_url()), grid, Crumb(self.title)

    def form(self, record: Party, data: Any = None, files: Any = None) -> CompletionForm:
        """The roles whose evidence form is in."""
        return CompletionForm(record, data, initial={"day": local_day(self.request.at)})

    def save(self, record: Party, form: CompletionForm) -> UserEntry:
        """Completes them as one user entry."""
        return complete(form.cleaned_data["entries"], day=form.cleaned_data["day"], **self.told())


class Behind(Page):
    """Who is behind a mandate today, with how the day and the last safe day to book were reckoned."""

    template = "register/user_entry/behind.html"
    who: ClassVar[Who] = staticmethod(secretariat)
    heads = ("party", "mandate", "due", "working", "booked_by", "verified")

    def get(self, request: HttpRequest, ending: str = "") -> HttpResponse:
        """The list, or the same rows as a file."""
        form = BehindForm(request.GET or None)
        chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
        today, days = local_day(self.request.at), calendar()
        found = reckoned(today)
        late = [due for due in found.behind(today) if _is_chosen(due, chosen)]
        rows = [(due, book_by(due.day, days)) for due in late]
        if not ending:
            context = {
                "rows": rows,
                "remarks": not_known(len(found.unknown)),
                "form": form,
                "day": today,
                "query": request.GET.urlencode(),
            }
            return self.shown(
                {**context, "crumbs": (Crumb("Mandates", reverse("mandates")), Crumb("Behind their mandate"))}
            )
        told = [
            (due.party.name, due.mandate.name, due.day, due.working, last, due.entry.verified) for due, last in rows
        ]
        if ending == "csv":
            return attachment(csv_file(self.heads, told), "text/csv; charset=utf-8", "behind-their-mandate.csv")
        if ending == "xlsx":
            media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            return attachment(xlsx_file("Behind their mandate", self.heads, told), media, "behind-their-mandate.xlsx")
        raise Http404(f"The list is not given as .{ending}.")


def _is_chosen(due: Any, chosen: dict[str, Any]) -> bool:
    category, mandate = chosen.get("category"), chosen.get("mandate")
    return (not category or due.mandate.category == category) and mandate in (None, due.mandate)
