"""The quorum of a meeting as people arrive: for those who may read who is there; the secretary marks who comes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.core.capacities import anyone_signed_in
from secretariat.core.form_page import found
from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.procedure import Refused, Step, Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.meetings.attending.models import PRESENT, WITHDRAWN, Attendance
from secretariat.meetings.attending.procedure import ATTENDANCES
from secretariat.meetings.attending.quorum import quorum
from secretariat.meetings.models import Meeting
from secretariat.meetings.procedure import committees_team

MARKS = ("arrive", "leave", "take_the_chair")
"""The steps that are one button each."""


@dataclass(frozen=True)
class Listed:
    """One line of the list: who, and the steps that the reader can take there."""

    attendance: Attendance
    is_there: bool
    steps: tuple[Step, ...]


class QuorumPage(Page):
    """Whether there is a quorum now, and who is there."""

    template = "meetings/quorum.html"
    model = Meeting
    key = "pk"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The page; with `?refresh=1` it is shown anew by itself, without a script."""
        return self._page(self._meeting(key))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Marks that somebody arrived, left or took the chair, now. A refusal is said on the page."""
        meeting = self._meeting(key)
        if not committees_team(reader(self.request), meeting, self.request.at):
            raise PermissionDenied("Who arrives and leaves is marked by the secretariat's committees team.")
        step, whose = request.POST.get("step", ""), request.POST.get("attendance", "")
        rows = Attendance.objects.filter(meeting=meeting, pk__in=[whose] if whose.isdigit() else [])
        attendance = rows.visible_to(reader(self.request), self.request.at).first()
        if step not in MARKS or attendance is None:
            raise Http404("There is no such step, or nobody of that number on the list.")
        try:
            ATTENDANCES.take(step, attendance, **self.told())
        except Refused as refusal:
            return self._page(meeting, " ".join(refusal.messages), 422)
        asked = "?refresh=1" if request.GET.get("refresh") else ""
        return redirect(f"{reverse('meeting-quorum', args=[meeting.pk])}{asked}")

    def _meeting(self, key: str) -> Meeting:
        """The meeting, for who may read who is invited to it. Raises Http404 for everybody else."""
        meeting: Meeting = found(Meeting, key, self)
        if not (committees_team(reader(self.request), meeting, self.request.at) or self._listed(meeting).exists()):
            raise Http404("There is no such meeting of which you may read who is there.")
        return meeting

    def _listed(self, meeting: Meeting) -> Any:
        """Who is on the list, as far as the reader may read it."""
        rows = Attendance.objects.filter(meeting=meeting).exclude(state=WITHDRAWN)
        return rows.visible_to(reader(self.request), self.request.at)

    def _page(self, meeting: Meeting, problem: str = "", status: int = 200) -> HttpResponse:
        person, at = reader(self.request), self.request.at
        rows = self._listed(meeting).select_related("person", "seat").prefetch_related("presences")
        back = meeting.get_absolute_url()
        context = {
            "meeting": meeting, "quorum": quorum(meeting, at), "problem": problem, "at": at,
            "listed": [self._line(row) for row in rows.order_by("capacity", "seat__title", "person__name", "pk")],
            "may_mark": committees_team(person, meeting, at),
            "add": f"{reverse('attendance-new')}?meeting={meeting.pk}",
            "seconds": RULEBOOK.number("meetings.quorum_seconds", at),
            "refreshes": bool(self.request.GET.get("refresh")) and not problem,
            "crumbs": (Crumb("Meetings", reverse("meetings")), Crumb(str(meeting), back), Crumb("Quorum")),
        }  # fmt: skip
        return self.shown(context, status)

    def _line(self, row: Attendance) -> Listed:
        steps = ATTENDANCES.open_steps(row, reader(self.request), self.request.at)
        marks = tuple(one.step for one in steps if one.step.name in MARKS and not one.lacking)
        return Listed(row, row.state == PRESENT, marks)
