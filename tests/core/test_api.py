"""The API: what a page shows, a program may read, and a step that is refused says why."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import schemathesis
from django.test import Client
from ninja.throttling import SimpleRateThrottle

from secretariat.core.capacities import the_clock
from secretariat.core.journal import Event
from secretariat.core.lists import LISTS
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.core.procedure import PROCEDURES
from secretariat.register.models import Category, Party

pytestmark = pytest.mark.django_db
AT = datetime(2020, 3, 5, 12, tzinfo=UTC)


@pytest.fixture
def clerk(client: Client, settings: Any) -> Client:
    settings.CLOCK, settings.MFA_REQUIRED_ROLES = AT.isoformat(), []
    person = Person.objects.create_user("a@example.org", "A")
    told = {"role": Role.SECRETARIAT, "team": Team.PARTY_SUPPORT, "from_day": date(2020, 1, 1), "recorded": AT}
    Capacity.objects.create(person=person, **told)
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def party() -> Party:
    return Party.objects.create(name="Example Energy", key="example-energy")


ACCEDES = {"day": "2020-02-03", "category": Category.SMALL_SUPPLIER.value}


def take(client: Client, party: Party, step: str, body: Any) -> Any:
    content = body if isinstance(body, str) else json.dumps(body)
    return client.post(f"/api/steps/register.party/{party.pk}/{step}", content, content_type="application/json")


def test_the_description_of_the_api_is_valid_openapi(client: Client) -> None:
    described = client.get("/api/openapi.json").json()
    schema = schemathesis.openapi.from_dict(described)
    schema.validate()
    operations = [one["operationId"] for path in described["paths"].values() for one in path.values()]
    assert len(operations) == len(set(operations))


def test_every_list_is_described_with_its_filters(client: Client) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    for plural, page in LISTS.items():
        described = paths[f"/api/{plural.replace(' ', '-')}"]["get"]
        names = {parameter["name"] for parameter in described["parameters"]}
        assert names == {*page.filters.base_filters, "sort", "page", "size"}


def test_every_list_answers_those_who_may_open_it(clerk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SimpleRateThrottle, "allow_request", lambda *_asked: True)
    answers = {plural: clerk.get(f"/api/{plural.replace(' ', '-')}") for plural in LISTS}
    assert {plural for plural, answer in answers.items() if answer.status_code not in (200, 403)} == set()
    given = [answer.json() for answer in answers.values() if answer.status_code == 200]
    assert len(given) > 10
    assert all(set(one) == {"count", "page", "pages", "items"} for one in given)


@pytest.mark.parametrize(("size", "given"), [("2", 2), ("0", 1), ("x", 3), ("9999", 3), ("-5", 3)])
def test_a_page_of_the_api_is_as_long_as_asked_within_bounds(clerk: Client, size: str, given: int) -> None:
    for number in range(3):
        Party.objects.create(name=f"P{number}", key=f"p{number}", classification=0)
    answer = clerk.get(f"/api/parties?size={size}")
    assert len(answer.json()["items"]) == given if answer.status_code == 200 else answer.status_code == 422


def test_a_step_is_taken_and_answers_with_its_event_and_the_state(clerk: Client, party: Party) -> None:
    answer = take(clerk, party, "accede", ACCEDES)
    assert answer.status_code == 200, answer.content
    party.refresh_from_db()
    assert answer.json() == {"event": Event.objects.get(name="party.accede").pk, "state": party.state}
    assert party.acceded_on == date(2020, 2, 3)


def test_a_refused_step_answers_409_with_every_reason_and_changes_nothing(clerk: Client, party: Party) -> None:
    answer = take(clerk, party, "accede", {**ACCEDES, "day": "2020-03-06"})
    assert answer.status_code == 409
    assert answer.json() == {"problems": ["A day that has not come yet cannot be recorded as past. (PTY-24)"]}
    assert take(clerk, party, "accede", {}).json()["problems"] == [
        "Day: This field is required.",
        "Category: This field is required.",
    ]
    party.refresh_from_db()
    assert party.state == ""
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "body",
    ["{", "[]", "1", '"x"', "null", '{"by": 1}', '{"at": "2020"}', '{"name": "x"}', '{"day": -1}', '{"day": [1]}'],
)
def test_a_body_that_is_no_set_of_facts_answers_409(clerk: Client, party: Party, body: str) -> None:
    answer = take(clerk, party, "accede", body)
    assert answer.status_code == 409
    assert answer.json()["problems"]


def test_what_is_not_there_answers_404(clerk: Client, party: Party) -> None:
    assert take(clerk, party, "fly", {}).status_code == 404
    assert clerk.post("/api/steps/none.such/1/accede", "{}", content_type="application/json").status_code == 404
    party.pk = 9999
    assert take(clerk, party, "accede", ACCEDES).status_code == 404


def test_nobody_takes_a_step_of_the_secretariat(client: Client, party: Party) -> None:
    answer = take(client, party, "accede", ACCEDES)
    assert answer.status_code == 401
    assert "taken by somebody" in answer.json()["problems"][0]


def test_a_step_on_what_one_may_not_read_is_not_found(client: Client, party: Party) -> None:
    Party.objects.update(classification=1)
    outsider = Person.objects.create_user("outsider@example.org", "Outsider")
    client.force_login(outsider, "django.contrib.auth.backends.ModelBackend")
    assert take(client, party, "accede", ACCEDES).status_code == 404


def test_a_step_of_the_clock_is_nobodys_to_take(client: Client, party: Party, monkeypatch: pytest.MonkeyPatch) -> None:
    step = replace(PROCEDURES["register.party"].steps["accede"], who=the_clock)
    monkeypatch.setitem(PROCEDURES["register.party"].steps, "accede", step)
    assert take(client, party, "accede", ACCEDES).status_code == 401
    page = client.post(f"/steps/register.party/{party.pk}/accede/", ACCEDES)
    assert page.status_code == 302
    assert page["Location"].startswith("/account/login/")
    party.refresh_from_db()
    assert party.state == ""


def test_a_step_from_another_site_in_a_signed_in_browser_is_refused(party: Party, settings: Any) -> None:
    settings.CLOCK, settings.MFA_REQUIRED_ROLES = AT.isoformat(), []
    person = Person.objects.create_user("b@example.org", "B")
    told = {"role": Role.SECRETARIAT, "team": Team.PARTY_SUPPORT, "from_day": date(2020, 1, 1), "recorded": AT}
    Capacity.objects.create(person=person, **told)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person, "django.contrib.auth.backends.ModelBackend")
    assert take(browser, party, "accede", ACCEDES).status_code == 403
    party.refresh_from_db()
    assert party.state == ""
