"""What is counted of projects: days booked, and milestones reached and late."""

from __future__ import annotations

from django.db.models import Sum

from secretariat.core.classification import Class
from secretariat.core.figures import Listing, Records, Row, Span, figure
from secretariat.effort.models import DayEntry
from secretariat.effort.projects.models import RUNNING, Project
from secretariat.plain.dates import long_date


def days_booked(project: Project) -> int:
    """The hundredths of a day booked under a project's driver, in all; nought without one."""
    if project.driver_id is None:
        return 0
    found = DayEntry.objects.filter(driver=project.driver_id).aggregate(found=Sum("hundredths"))["found"]
    return int(found or 0)


@figure("projects_running", title="Projects that run", unit="projects")
def projects_running(span: Span) -> Listing:
    """The White, Green and Amber projects that are proposed, under way or paused, each with its next milestone and
    whether its date has passed by the span's last day.
    """
    rows = (
        Project.objects.filter(state__in=RUNNING, classification__lte=Class.AMBER)
        .prefetch_related("milestones")
        .order_by("title")
    )
    found = list(rows)
    told = tuple(Row(one, (one.title, one.state, *_next(one, span))) for one in found)
    counted = Records(Project, {"pk__in": [one.pk for one in found]})
    return Listing(("Project", "State", "Next milestone", "Due"), told, counted)


def _next(project: Project, span: Span) -> tuple[str, str]:
    for one in project.milestones.all():
        if one.done_on is None:
            late = " (late)" if one.due_on < span.last else ""
            return one.what, f"{long_date(one.due_on)}{late}"
    return "none", ""
