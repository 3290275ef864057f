"""A holiday proclaimed later is data, and moves every open deadline."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from secretariat.core.calendar import calendar
from secretariat.core.journal import Event
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.papers.deadlines import deadlines

pytestmark = pytest.mark.django_db
AT = datetime(2020, 3, 2, 9, tzinfo=UTC)
NEW = {"day": "2020-03-10", "name": "A day of rest", "source": "The London Gazette"}


def signed_in(client: Client, team: str) -> Client:
    person = Person.objects.create_user("somebody@example.org", "Somebody")
    Capacity.objects.create(
        person=person, role=Role.SECRETARIAT, team=team, from_day=date(2020, 1, 1), recorded=AT
    )  # fmt: skip
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


def test_a_proclaimed_holiday_moves_the_papers_deadlines(client: Client) -> None:
    meeting = date(2020, 3, 13)
    before = {one.what: one.closes.date() for one in deadlines(meeting, calendar())}
    answer = signed_in(client, Team.OPERATIONS).post("/proclaimed-holidays/new/", NEW)
    assert answer.status_code == 302
    after = {one.what: one.closes.date() for one in deadlines(meeting, calendar())}
    assert (before["Issued"], after["Issued"]) == (date(2020, 3, 6), date(2020, 3, 5))
    assert Event.objects.get().name == "proclaimedholiday.enter"
    assert "A day of rest" in client.get("/workdays/?start=2020-03-09&days=1").content.decode()
    assert Client().get(answer["Location"]).status_code == 200


def test_only_operations_proclaims(client: Client) -> None:
    assert Client().post("/proclaimed-holidays/new/", NEW).status_code == 302
    assert signed_in(client, Team.HELPDESK).post("/proclaimed-holidays/new/", NEW).status_code == 403
    assert "None has been entered" in client.get("/proclaimed-holidays/").content.decode()


def test_one_day_is_proclaimed_once(client: Client) -> None:
    operations = signed_in(client, Team.OPERATIONS)
    operations.post("/proclaimed-holidays/new/", NEW)
    assert operations.post("/proclaimed-holidays/new/", NEW).status_code == 422
