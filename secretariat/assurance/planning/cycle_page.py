"""The page of the cycle: which assessment every User has next, by when and why; also as a file."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse

from secretariat.assurance.planning.calendar_page import of_the_work
from secretariat.assurance.planning.due import UserDue, users_due
from secretariat.assurance.planning.forms import CycleForm
from secretariat.core.capacities import party_contact, speaks_for
from secretariat.core.exports import csv_file, xlsx_file
from secretariat.core.lists import attachment
from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.people import Person
from secretariat.core.procedure import Who
from secretariat.plain.dates import local_day

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def concerned(person: Person | None, record: Any, at: Any) -> bool:
    """The security team, the assessing bodies, a member of the SSC; and a party's contact, for its own party."""
    return of_the_work(person, record, at) or party_contact(person, record, at)


class CyclePage(Page):
    """Every User's next assessment, those due first before the others."""

    template = "assurance/cycle.html"
    crumbs = (Crumb("Assessments", "/assessments/"), Crumb("The cycle"))
    who: ClassVar[Who] = staticmethod(concerned)
    heads = ("party", "category", "next", "year_of_cycle", "due", "ask_by", "stands", "working", "cycle", "verified")

    def get(self, request: HttpRequest, ending: str = "") -> HttpResponse:
        """The page, or the same rows as a file."""
        form = CycleForm(request.GET or None)
        chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
        today = local_day(self.request.at)
        found = [one for one in users_due(today) if self._is_for_reader(one) and _is_chosen(one, chosen, today)]
        if ending:
            return self._file(found, ending)
        late = sum(one.is_late(today) for one in found)
        told = {"rows": found, "form": form, "day": today, "late": late, "query": request.GET.urlencode()}
        return self.shown(told, 422 if form.errors else 200)

    def _is_for_reader(self, one: UserDue) -> bool:
        person, at = reader(self.request), self.request.at
        return of_the_work(person, None, at) or one.party.pk in speaks_for(person, at)

    def _file(self, found: list[UserDue], ending: str) -> HttpResponse:
        rows = [
            (one.party.name, str(one.category.label), one.next.kind, one.next.year, one.next.due, one.book_by,
             one.stands, " ".join(one.next.working), str(one.entry.value), one.entry.verified)
            for one in found
        ]  # fmt: skip
        if ending == "csv":
            return attachment(csv_file(self.heads, rows), "text/csv; charset=utf-8", "assessment-cycle.csv")
        if ending == "xlsx":
            return attachment(xlsx_file("Assessment cycle", self.heads, rows), SHEET, "assessment-cycle.xlsx")
        raise Http404(f"The list is not given as .{ending}.")


def _is_chosen(one: UserDue, chosen: dict[str, Any], today: Any) -> bool:
    if chosen.get("category") not in (None, "", one.category) or chosen.get("kind") not in (None, "", one.next.kind):
        return False
    return not (chosen.get("open") and one.is_booked) and (not chosen.get("late") or one.is_late(today))
