"""Pages of elections: who sees what, and the secretary's and a party's way through one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from secretariat.committees.elections.models import Call, Nomination
from secretariat.committees.elections.procedure import CALLS
from secretariat.committees.seats.models import Constituency
from secretariat.core.people import Person
from tests.committees.electing import (
    AFTER,
    DURING,
    PLANNING,
    accepted,
    closed,
    contested,
    opened,
    panel,
    told,
    vacant,
    vote_on,
)
from tests.committees.factories import groups, keeper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.MFA_REQUIRED_ROLES = []


def signed_in(person: Person | None, settings: Any, at: datetime) -> Client:
    """A browser in which a person is signed in, at an instant."""
    settings.CLOCK = at.isoformat()
    client = Client()
    if person is not None:
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


def test_the_secretary_plans_an_election_in_one_form(settings: Any) -> None:
    seats = [vacant(f"Small Supplier {one}", Constituency.SMALL_SUPPLIERS) for one in (1, 2)]
    client = signed_in(keeper(), settings, PLANNING)
    assert client.get(f"/elections/new/?committee={panel().pk}").status_code == 200
    sent = {"committee": panel().pk, "occasion": "annual", "opens_on": "2020-06-15", "term_from": "2020-09-01",
            "electorate": "voting groups", "seats": [seat.pk for seat in seats]}  # fmt: skip
    assert client.post("/elections/new/", {**sent, "closes_on": "2020-06-16"}).status_code == 422
    answer = client.post("/elections/new/", sent)
    call = Call.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/elections/{call.pk}/")
    assert (call.state, call.frozen_on, call.contests.get().seats.count()) == ("planned", call.opens_on, 2)
    assert "15 Working Days after Mon 15 Jun 2020 is Mon 6 Jul 2020" in client.get(f"/elections/{call.pk}/").text


def test_a_partys_contact_nominates_from_the_duty_and_sees_only_the_own_party_to_choose(settings: Any) -> None:
    (_, alder, contact), (_, birch, other) = groups("Alder", "Birch")
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    contest = call.contests.get()
    client = signed_in(contact, settings, DURING)
    form = client.get(f"/nominations/new/?contest={contest.pk}&party={alder.pk}").text
    assert alder.name in form
    assert birch.name not in form
    sent = {"contest": contest.pk, "party": alder.pk, "name": "Ada Ash", "email": "ada@example.test", "consents": "on"}
    assert client.post("/nominations/new/", {**sent, "party": birch.pk}).status_code == 422
    assert client.post("/nominations/new/", sent).status_code == 302
    made = Nomination.objects.get()
    assert (made.written_by, made.state) == (contact, "received")
    assert client.get(f"/nominations/{made.pk}/").status_code == 200
    assert client.get(f"/nominations/{made.pk}/edit/").status_code == 200
    assert signed_in(other, settings, DURING).get(f"/nominations/{made.pk}/").status_code == 404
    assert signed_in(None, settings, DURING).get("/nominations/new/").status_code == 302
    assert signed_in(None, settings, DURING).get(f"/elections/contests/{contest.pk}/").status_code == 200


def test_a_nomination_is_not_amended_once_it_is_accepted_but_by_the_secretary(settings: Any) -> None:
    ((_, alder, contact),) = groups("Alder")
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    made = accepted(call, Constituency.SMALL_SUPPLIERS, "Ada Ash", alder)
    address = f"/nominations/{made.pk}/edit/"
    assert signed_in(contact, settings, DURING).get(address).status_code == 403
    sent = {"name": "Ada M Ash", "email": made.email, "consents": "on"}
    assert signed_in(keeper(), settings, DURING).post(address, sent).status_code == 302
    assert Nomination.objects.get().name == "Ada M Ash"


def test_the_secretary_settles_what_follows_and_nobody_else(settings: Any) -> None:
    ((_, alder, contact),) = groups("Alder")
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    accepted(call, Constituency.SMALL_SUPPLIERS, "Ada Ash", alder)
    closed(call)
    address, contest = f"/elections/{call.pk}/follows/", call.contests.get()
    assert signed_in(contact, settings, AFTER).get(address).status_code == 403
    client = signed_in(keeper(), settings, AFTER)
    assert "Unopposed: Ada Ash." in client.get(address).text
    assert client.post(address, {"contest": "x"}).status_code == 404
    assert client.post(address, {"contest": contest.pk}).status_code == 302
    contest.refresh_from_db()
    assert contest.state == "unopposed"
    assert client.post(address, {"contest": contest.pk}).status_code == 422


def test_the_result_is_the_secretarys_until_it_is_published_and_then_everybodys(settings: Any) -> None:
    ((_, alder, contact),) = groups("Alder")
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    accepted(call, Constituency.SMALL_SUPPLIERS, "Ada Ash", alder)
    closed(call)
    address = f"/elections/{call.pk}/result/"
    assert "not published yet" in signed_in(keeper(), settings, AFTER).get(address).text
    assert signed_in(contact, settings, AFTER).get(address).status_code == 404
    client = signed_in(keeper(), settings, AFTER)
    client.post(f"/elections/{call.pk}/follows/", {"contest": call.contests.get().pk})
    call.refresh_from_db()
    CALLS.take("publish", call, **told(AFTER))
    public = signed_in(None, settings, AFTER).get(address)
    assert public.status_code == 200
    assert "Ada Ash: appointed unopposed." in public.text


def test_before_the_result_the_public_reads_the_seats_and_no_candidate(settings: Any) -> None:
    contest, _ = contested(2, 1, "Ada Ash", "Ben Birch")
    vote_on(contest)
    client = signed_in(None, settings, AFTER + timedelta(hours=1))
    pages = [f"/elections/{contest.call_id}/", f"/elections/contests/{contest.pk}/", "/elections/", "/nominations/",
             "/elections.csv", "/nominations.csv"]  # fmt: skip
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert "Ada Ash" not in answer.text


def test_a_vote_for_two_seats_is_cast_on_the_page_by_ticking_two(settings: Any) -> None:
    contest, found = contested(2, 2, "Ada Ash", "Ben Birch", "Cleo Cedar")
    ballot = vote_on(contest)
    address = f"/ballots/{ballot.pk}/vote/{ballot.electors.get(name='Small 01').pk}/"
    client = signed_in(found[0][2], settings, AFTER + timedelta(hours=1))
    assert 'type="checkbox"' in client.get(address).text
    answer = client.post(address, {"choice": ["Ada Ash", "Ben Birch", "Cleo Cedar"]})
    assert (answer.status_code, ballot.papers.count()) == (422, 0)
    assert client.post(address, {"choice": ["Ada Ash", "Cleo Cedar"]}).status_code == 200
    assert ballot.papers.get().choice == "Ada Ash; Cleo Cedar"
