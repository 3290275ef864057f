"""Projects: milestones whose moved dates say why, and what lets a project begin and end."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from secretariat.core.figures import Span
from secretariat.core.journal import Event
from secretariat.core.people import Person, Role
from secretariat.core.procedure import Refused
from secretariat.effort.projects.actions import add_milestone, move, reach
from secretariat.effort.projects.figures import days_booked, projects_running
from secretariat.effort.projects.models import Project
from secretariat.effort.projects.procedure import PROJECTS, every_milestone_is_done, it_has_a_lead, it_has_a_milestone
from secretariat.plain.months import Month
from tests.effort.factories import NOON, entry, heading, person, refused, two_schemes

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Person:
    return person(Role.SECRETARIAT, "operations")


def told(by: Person | None) -> dict[str, Any]:
    return {"by": by, "at": NOON, "recorded": NOON}


def proposed(by: Person, **more: Any) -> Project:
    made = Project(title="Data Quality", **{"lead": by, **more})
    PROJECTS.take("propose", made, **told(by))
    return made


def test_a_project_begins_with_a_lead_and_a_milestone_and_ends_when_all_are_done(lead: Person) -> None:
    made = proposed(lead, lead=None)
    with refused(it_has_a_lead, it_has_a_milestone):
        PROJECTS.take("start", made, **told(lead))
    Project.objects.filter(pk=made.pk).update(lead=lead)
    milestone = add_milestone(made, "A plan", date(2020, 3, 2), **told(lead))
    PROJECTS.take("start", made, **told(lead))
    with refused(every_milestone_is_done):
        PROJECTS.take("finish", made, **told(lead))
    PROJECTS.take("pause", made, **told(lead), reason="Waits for data.")
    PROJECTS.take("resume", made, **told(lead))
    reach(milestone, date(2020, 3, 4), **told(lead))
    PROJECTS.take("finish", made, **told(lead))
    assert (made.state, made.ended_on) == ("done", date(2020, 3, 5))
    with pytest.raises(Refused, match="The project is done"):
        add_milestone(made, "More", date(2020, 4, 1), **told(lead))


def test_a_date_that_moves_says_from_when_to_when_and_why(lead: Person) -> None:
    made = proposed(lead)
    milestone = add_milestone(made, "A plan", date(2020, 3, 2), **told(lead))
    with pytest.raises(Refused, match="already"):
        move(milestone, date(2020, 3, 2), "Nothing.", **told(lead))
    with pytest.raises(ValidationError):
        move(milestone, date(2020, 3, 9), "", **told(lead))
    milestone.refresh_from_db()
    moved = move(milestone, date(2020, 3, 9), "The data came late.", **told(lead))
    assert (moved.old, moved.new) == (date(2020, 3, 2), date(2020, 3, 9))
    assert Event.objects.get(name="project.move_milestone").facts["reason"] == "The data came late."
    with pytest.raises(Refused, match="not before"):
        reach(milestone, date(2020, 3, 6), **told(lead))
    reach(milestone, date(2020, 3, 5), **told(lead))
    with pytest.raises(Refused, match="does not move"):
        move(milestone, date(2020, 3, 20), "Again.", **told(lead))
    with pytest.raises(ValidationError, match="already"):
        add_milestone(made, "A plan", date(2020, 5, 1), **told(lead))


def test_days_are_booked_under_a_project_s_driver_and_running_ones_listed(lead: Person) -> None:
    _, new = two_schemes()
    driver = heading(new, "Meter Splitting")
    made = proposed(lead, driver=driver)
    entry(driver, date(2020, 2, 3), 75)
    assert days_booked(made) == 75
    assert days_booked(Project(title="None")) == 0
    add_milestone(made, "A plan", date(2020, 2, 2), **told(lead))
    [row] = projects_running.listing(Span.of(Month(2020, 2))).rows
    assert row.values == ("Data Quality", "proposed", "A plan", "Sun 2 Feb 2020 (late)")
    PROJECTS.take("stop", made, **told(lead), reason="No money.")
    assert projects_running.listing(Span.of(Month(2020, 2))).rows == ()


def test_a_project_is_written_about_by_its_lead_and_the_operations_team(client: Client, lead: Person) -> None:
    analyst = person(Role.SECRETARIAT, "change")
    made = proposed(lead)
    client.force_login(analyst)
    assert client.get(f"/projects/{made.pk}/milestone/").status_code == 403
    Project.objects.filter(pk=made.pk).update(lead=analyst)
    typed = {"what": "A plan", "due_on": "2020-03-20"}
    assert client.post(f"/projects/{made.pk}/milestone/", typed).status_code == 302
    milestone = made.milestones.get()
    answer = client.post(f"/projects/{made.pk}/move/", {"milestone": milestone.pk, "new": "2020-03-27", "reason": ""})
    assert answer.status_code == 422
    assert b"2020-03-27" in answer.content


def test_a_milestone_whose_day_has_passed_is_said_to_be_late_while_its_project_runs(
    client: Client, lead: Person, settings: Any
) -> None:
    settings.CLOCK = NOON.isoformat()
    made = proposed(lead)
    for what, day in (("A plan", date(2020, 3, 4)), ("A result", date(2020, 3, 5))):
        add_milestone(made, what, day, **told(lead))
    client.force_login(lead)
    page = client.get(made.get_absolute_url()).content.decode()
    assert "Wed 4 Mar 2020, late" in page
    assert "Thu 5 Mar 2020, late" not in page
    assert "-04,late," in client.get("/projects.csv").content.decode()
    PROJECTS.take("stop", made, **told(lead), reason="No money.")
    assert "-04,late," not in client.get("/projects.csv").content.decode()
    assert ", late" not in client.get(made.get_absolute_url()).content.decode()
