"""The dictionary of codes and the pages that ask alerts: who may, what is told without data, what files hold."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from secretariat.core.kinds import find
from secretariat.core.load import Loading, Prepared, load, preview
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.core.procedure import Refused
from secretariat.oversight.alerts import load as dictionary
from secretariat.oversight.alerts.load import ALERT_CODES
from secretariat.oversight.alerts.meanings import called, meanings
from secretariat.oversight.alerts.models import AlertCode
from secretariat.oversight.readings.invented import T
from secretariat.plain.dates import LONDON
from tests.oversight.readings import filled

pytestmark = pytest.mark.django_db
NOW = datetime(2020, 3, 9, 10, tzinfo=LONDON)
HEAD = "code,name,family,goes_to,from_day,to_day,source,mark,note\n"
LAST = T.span[-1].iso


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("pages"), T).root


@pytest.fixture(autouse=True)
def _at_the_clock(settings: Any, tmp_path: Path) -> None:
    settings.CLOCK = NOW.isoformat()
    settings.READINGS_ROOT = tmp_path / "none"


def person(role: str = Role.SECRETARIAT, team: str = Team.TECHNICAL, **more: Any) -> Person:
    made = Person.objects.create_user(f"{role}.{team}@example.org".replace(" ", "-"), role)
    Capacity.objects.create(person=made, role=role, team=team, from_day=date(2013, 9, 23), recorded=NOW, **more)
    return made


def client_of(someone: Person) -> Client:
    client = Client()
    client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
    return client


def asked(rows: str) -> Prepared:
    return preview(ALERT_CODES, "codes.csv", (HEAD + rows).encode(), Loading(None, NOW, NOW))


def shipped() -> bytes:
    return (Path(dictionary.__file__).parent / "codes.csv").read_bytes()


def test_the_dictionary_that_is_shipped_loads_whole_and_again_without_doubling() -> None:
    loading = Loading(person(), NOW, NOW)
    first = load(ALERT_CODES, "codes.csv", shipped(), loading)
    again = load(ALERT_CODES, "codes.csv", shipped(), loading)
    assert (len(first.accepted), len(again.repeated), len(again.accepted)) == (86, 86, 0)
    assert called(0x8F3E, meanings(date(2020, 2, 1))).startswith("8F3E Unauthorised")
    assert called(0x8F3E, {}) == "8F3E"
    assert [str(one) for one in find("0x8F75")] == ["8F75 Strong magnetic field"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("8F3,x,other,,2020-01-01,,s,sourced,", "not an alert code"),
        ("8F3E,x,nothing,,2020-01-01,,s,sourced,", "is not one of"),
        ("8F3E,x,other,,2020-01-01,,s,certain,", "is not one of"),
        ("8F3E,x,other,,2020-01-02,2020-01-01,s,sourced,", "on or after the day"),
        ("8F3E,x,other,,2019-01-01,,s,sourced,\n8F3E,y,other,,2020-01-01,,s,sourced,", "means: x"),
    ],
)
def test_a_fault_of_the_dictionary_is_told_at_its_row(row: str, says: str) -> None:
    assert says in str(asked(row).refused[0])
    with pytest.raises(Refused):
        load(ALERT_CODES, "codes.csv", (HEAD + row).encode(), Loading(None, NOW, NOW))
    assert not AlertCode.objects.exists()


def test_a_code_means_one_thing_at_a_time_and_may_change_its_meaning() -> None:
    told = {"family": "other", "source": "s", "recorded": NOW}
    AlertCode.objects.create(code="N53", name="First", from_day=date(2016, 1, 1), to_day=date(2019, 12, 31), **told)
    AlertCode(code="N53", name="Second", from_day=date(2020, 1, 1), **told).full_clean()
    with pytest.raises(ValidationError, match="means: First"):
        AlertCode(code="N53", name="Second", from_day=date(2019, 12, 31), **told).full_clean()
    with pytest.raises(ValidationError, match="Write it as 8F3E"):
        AlertCode(code="8f3e", name="x", from_day=date(2020, 1, 1), **told).full_clean()


def test_without_data_a_page_says_so_and_a_file_has_no_rows() -> None:
    client = client_of(person())
    page = client.get("/oversight/alerts/volumes/")
    assert "No alerts are taken in yet" in page.content.decode()
    assert client.get("/oversight/alerts/volumes.json").json()["rows"] == []


def test_what_names_models_is_for_the_operations_group_the_dcc_and_the_secretariat() -> None:
    party = client_of(person(Role.PARTY_CONTACT, ""))
    assert party.get("/oversight/alerts/volumes/").status_code == 200
    assert party.get("/oversight/alerts/spurious/").status_code == 403
    assert "/oversight/alerts/spurious/" not in party.get("/oversight/alerts/volumes/").content.decode()
    for role, audience in ((Role.COMMITTEE_MEMBER, "OPSG"), (Role.DCC, "DCC")):
        reader = client_of(person(role, "", audience=audience))
        assert reader.get("/oversight/alerts/spurious/").status_code == 200
    assert Client().get("/oversight/alerts/volumes/").status_code == 302


def test_a_page_draws_its_answer_and_opens_to_its_query(data: Path, settings: Any) -> None:
    settings.READINGS_ROOT = data
    client = client_of(person())
    page = client.get("/oversight/alerts/storms/", {"month": LAST}).content.decode()
    assert "<svg" in page
    assert "answered from the roll-up" in page
    told = client.get("/oversight/alerts/codes.json", {"first": LAST, "last": LAST}).json()
    assert told["asked"][0]["form"] == "rollup"
    assert "FROM cube_h" in told["asked"][0]["query"]
    assert sum(row["messages"] for row in told["rows"]) > 1_000
    assert client.get("/oversight/alerts/codes.csv").content.startswith(b"code,messages,alerts,north")


@pytest.mark.parametrize(
    "asked_for", ["first=2020-09&last=2020-01", f"first={LAST}&last=2019-02", "code=XX", "first=never"]
)
def test_filters_that_mean_nothing_are_told(data: Path, settings: Any, asked_for: str) -> None:
    settings.READINGS_ROOT = data
    answer = client_of(person()).get(f"/oversight/alerts/days/?{asked_for}")
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()


@pytest.mark.parametrize("slug", ["models", "model", "spurious", "without", "throttling", "firmware", "false-outages"])
def test_every_other_page_answers_with_its_usual_filters(data: Path, settings: Any, slug: str) -> None:
    settings.READINGS_ROOT = data
    answer = client_of(person()).get(f"/oversight/alerts/{slug}/")
    assert answer.status_code == 200
    assert "How it is counted" in answer.content.decode()


def test_maintenance_tells_what_is_missing(data: Path, settings: Any) -> None:
    settings.READINGS_ROOT = data
    assert client_of(person()).get("/oversight/alerts/maintenance/", {"month": LAST}).status_code == 200
