"""Pages of user entry that are more than one record: a party's grid, its evidence form, completion, who is behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.core.calendar import calendar
from secretariat.core.capacities import secretariat
from secretariat.core.exports import csv_file, xlsx_file
from secretariat.core.lists import attachment
from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.procedure import Refused, Who
from secretariat.plain.dates import local_day
from secretariat.register.parties import Party
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


class PartyPages(Page):
    """A page about one party."""

    model: ClassVar[type[models.Model]] = Party
    word, key = "party", "key"

    def party(self, key: str) -> Party:
        """The party. Raises Http404."""
        found: Party | None = Party.objects.filter(key=key).visible_to(reader(self.request), self.request.at).first()
        if found is None:
            raise Http404(f"There is no party {key} that you may read.")
        return found


class PartyGrid(PartyPages):
    """Requirements by role of one party, as far as the reader may read them; its mandates, with their working."""

    template = "register/user_entry/grid.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The grid."""
        party, person, at = self.party(key), reader(self.request), self.request.at
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


class Evidence(Page):
    """The User Entry Process Evidence Form of one role (rule UEP-4)."""

    template = "register/user_entry/evidence.html"
    model: ClassVar[type[models.Model]] = RoleEntry
    word, key = "role entry", "pk"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """What is confirmed, what is not, and the form for the party's own contact."""
        entry = self._entry(key)
        return self._page(entry, EvidenceForm(initial={"reference": entry.evidence, "note": entry.note}))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Sends the form in; a refusal keeps what was typed and says why."""
        entry = self._entry(key)
        if not own_contact(reader(self.request), entry, self.request.at):
            raise PermissionDenied("The party's own contact sends this form.")
        form = EvidenceForm(request.POST)
        if not form.is_valid():
            return self._page(entry, form, 422)
        try:
            ROLE_ENTRIES.take("submit", entry, **self.told(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.messages)
            return self._page(entry, form, 422)
        return redirect(entry)

    def _entry(self, key: str) -> RoleEntry:
        rows = RoleEntry.objects.visible_to(reader(self.request), self.request.at).select_related("party", "role")
        found: RoleEntry | None = rows.filter(pk=key).first() if key.isdigit() else None
        if found is None:
            raise Http404(f"There is no role entry {key} that you may read.")
        return found

    def _page(self, entry: RoleEntry, form: EvidenceForm, status: int = 200) -> HttpResponse:
        person, at = reader(self.request), self.request.at
        open_now = {one.step.name: one for one in ROLE_ENTRIES.open_steps(entry, person, at)}
        rows = entry.requirements.visible_to(person, at)
        crumbs = (
            Crumb("Role entries", reverse("role entries")),
            Crumb(str(entry), entry.get_absolute_url()),
            Crumb("Evidence form"),
        )
        return self.shown(
            {"entry": entry, "rows": rows, "form": form, "crumbs": crumbs, "step": open_now.get("submit")}, status
        )


class Completion(PartyPages):
    """Completes roles of a party: what the evidence forms say is accepted."""

    template = "core/entry.html"
    who: ClassVar[Who] = staticmethod(party_support)

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The roles whose evidence form is in."""
        party = self.party(key)
        return self._page(party, CompletionForm(party, initial={"day": local_day(self.request.at)}))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Completes them as one user entry; a refusal keeps what was chosen."""
        party = self.party(key)
        form = CompletionForm(party, request.POST)
        if not form.is_valid():
            return self._page(party, form, 422)
        try:
            made = complete(form.cleaned_data["entries"], day=form.cleaned_data["day"], **self.told())
        except (ValidationError, Refused) as error:
            form.add_error(None, error.messages)
            return self._page(party, form, 422)
        return redirect(made)

    def _page(self, party: Party, form: CompletionForm, status: int = 200) -> HttpResponse:
        back = reverse("party user entry", args=[party.key])
        crumbs = (Crumb(party.name, party.get_absolute_url()), Crumb("User entry", back), Crumb("Complete"))
        return self.shown(
            {"form": form, "title": f"Complete user entry of {party.name}", "back": back, "crumbs": crumbs}, status
        )


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
