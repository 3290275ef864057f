"""Incidents of the central service: their steps, who reads them and who hears of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from secretariat.core.journal import Event
from secretariat.core.procedure import Refused
from secretariat.oversight.incidents.actions import link
from secretariat.oversight.incidents.duties import own_incidents
from secretariat.oversight.incidents.models import (
    CLOSED,
    OPEN,
    RESOLVED,
    WAITING,
    Incident,
    Problem,
    Side,
)
from secretariat.oversight.incidents.notices import the_user, who_watches_major_ones
from secretariat.oversight.incidents.procedure import INCIDENTS, PROBLEMS
from tests.oversight.incident_facts import (
    LATER,
    analyst,
    contact,
    dcc,
    logged,
    london,
    member,
    party,
    take,
)

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def refused(name: str, incident: Any, on: str, by: Any = None, **facts: Any) -> str:
    with pytest.raises(Refused) as told:
        take(INCIDENTS, name, incident, on, by, **facts)
    return str(told.value)


def test_an_incident_keeps_its_categories_its_sides_and_the_stops_of_its_clock() -> None:
    made = logged(category=2)
    take(INCIDENTS, "respond", made, "2020-02-03 09:15")
    take(
        INCIDENTS, "recategorise", made, "2020-02-03 10:00", member(), category="1", decided_by="OPSG", why="All users."
    )
    take(INCIDENTS, "stop_clock", made, "2020-02-03 11:00", why="Asked the User.")
    assert made.state == WAITING
    take(INCIDENTS, "resume", made, "2020-02-03 12:00")
    take(
        INCIDENTS,
        "assign",
        made,
        "2020-02-03 13:00",
        side="user",
        party=party().pk,
        assignee="Their team",
        why="Theirs.",
    )
    take(INCIDENTS, "resolve", made, "2020-02-03 14:00", contact(party()), resolution="Mended.")
    take(INCIDENTS, "close", made, "2020-02-04 09:00")
    assert (made.state, made.category, made.side) == (CLOSED, 1, Side.USER)
    assert [(one.category, one.decided_by) for one in made.categorisations.all()] == [(2, "As raised"), (1, "OPSG")]
    assert [one.side for one in made.assignments.all()] == ["dcc", "user"]
    assert [(one.from_at, one.to_at) for one in made.stops.all()] == [
        (london("2020-02-03 11:00"), london("2020-02-03 12:00"))
    ]
    assert Event.objects.filter(kind="oversight.incident", subject_id=made.pk).count() == 8


def test_a_clock_that_stands_when_an_incident_is_resolved_stands_until_then() -> None:
    made = logged()
    take(INCIDENTS, "stop_clock", made, "2020-02-03 11:00", why="Waits.")
    take(INCIDENTS, "resolve", made, "2020-02-03 15:00", resolution="Mended.")
    assert made.state == RESOLVED
    assert made.stops.get().to_at == london("2020-02-03 15:00")


def test_a_reopened_incident_did_not_run_while_it_was_taken_for_resolved() -> None:
    made = logged()
    take(INCIDENTS, "resolve", made, "2020-02-04 09:00", resolution="Mended.")
    take(INCIDENTS, "close", made, "2020-02-05 09:00")
    take(INCIDENTS, "reopen", made, "2020-02-06 09:00", why="It came back.")
    stop = made.stops.get()
    assert (made.state, made.reopened, made.resolved_at, made.closed_at) == (OPEN, 1, None, None)
    assert (stop.from_at, stop.to_at, stop.resolved) == (london("2020-02-04 09:00"), london("2020-02-06 09:00"), True)


def test_it_was_raised_before() -> None:
    made = Incident(reference="INC9", title="Words", raised_at=london("2020-02-04"), category=3)
    assert "once it was raised, not before" in refused("log", made, "2020-02-03")
    assert made.pk is None


def test_its_user_is_named_at_first() -> None:
    told: dict[str, Any] = {"title": "Words", "raised_at": london("2020-02-03 09:00"), "category": 3}
    assert "names the Service User" in refused("log", Incident(reference="A", side="user", **told), "2020-02-04")
    assert "no other incident does" in refused("log", Incident(reference="B", party=party(), **told), "2020-02-04")


def test_nobody_responded_yet() -> None:
    made = logged()
    take(INCIDENTS, "respond", made, "2020-02-03 09:15")
    assert "first responded to once" in refused("respond", made, "2020-02-03 09:20")


@pytest.mark.parametrize(
    ("step", "facts"),
    [("stop_clock", {"why": "Waits."}), ("resolve", {"resolution": "Mended."}),
     ("recategorise", {"category": "2", "decided_by": "OPSG", "why": "Graver."}),
     ("assign", {"side": "provider", "assignee": "Theirs", "why": "Theirs."})],
)  # fmt: skip
def test_nothing_later_is_recorded(step: str, facts: dict[str, str]) -> None:
    made = logged()
    take(INCIDENTS, "recategorise", made, "2020-02-05", category="4", decided_by="DCC", why="Less grave.")
    assert "something later is recorded already" in refused(step, made, "2020-02-04", **facts)


def test_a_user_is_named_and_it_goes_to_somebody_else() -> None:
    made = logged()
    assert "names the Service User" in refused("assign", made, "2020-02-04", side="user", assignee="", why="Theirs.")
    told = {"side": "dcc", "party": party().pk, "assignee": "", "why": "Ours."}
    assert "no other does" in refused("assign", made, "2020-02-04", **told)
    assert "assigned so already" in refused("assign", made, "2020-02-04", side="dcc", assignee="", why="Ours.")


def test_the_category_is_another() -> None:
    told = {"category": "3", "decided_by": "OPSG", "why": "The same."}
    assert "of this category already" in refused("recategorise", logged(), "2020-02-04", **told)


def test_a_service_user_works_on_its_own_incidents_only_and_changes_no_category() -> None:
    own, other = party(), party("Beech Networks Limited")
    made = logged(side=Side.USER, party=own)
    assert "is for others" in refused("resolve", made, "2020-02-04", contact(other), resolution="Mended.")
    told = {"category": "5", "decided_by": "Us", "why": "Not grave."}
    assert "is for others" in refused("recategorise", made, "2020-02-04", contact(own), **told)
    take(INCIDENTS, "resolve", made, "2020-02-04", contact(own), resolution="Mended.")


def test_a_problem_is_understood_mended_and_may_come_back() -> None:
    made = Problem(reference="PBI1", title="Words", raised_on=date(2020, 2, 3))
    take(PROBLEMS, "investigate", made, "2020-02-03")
    take(PROBLEMS, "understand", made, "2020-02-04", cause="A full disk.", workaround="")
    take(PROBLEMS, "mend", made, "2020-02-05")
    assert (made.cause, made.mended_on) == ("A full disk.", date(2020, 2, 5))
    take(PROBLEMS, "come_back", made, "2020-02-06", why="Full again.")
    assert made.mended_on is None


def test_the_operator_the_group_and_its_own_user_read_an_incident_and_nobody_else() -> None:
    own, other = party(), party("Beech Networks Limited")
    logged(side=Side.USER, party=own)
    readers = [dcc(), member(), analyst(), contact(own)]
    assert [Incident.objects.visible_to(one, LATER).count() for one in readers] == [1, 1, 1, 1]
    others = [None, contact(other), member("SSC")]
    assert [Incident.objects.visible_to(one, LATER).count() for one in others] == [0, 0, 0]


def test_an_incident_is_linked_once_to_another_record_and_not_to_itself() -> None:
    made, other = logged(), logged("INC2")
    told: Any = {"by": dcc(), "at": london("2020-02-05"), "recorded": LATER}
    link(made, other, "The same cause.", **told)
    for wrong, reason in ((other, "linked to this record already"), (made, "not linked to itself")):
        with pytest.raises(Refused, match=reason):
            link(made, wrong, "", **told)


def test_a_link_is_made_by_reference_and_shown_to_who_may_read_the_other(client: Client) -> None:
    made, _ = logged(), logged("INC2", side=Side.USER, party=party("Beech Networks Limited"))
    client.force_login(member(), backend=BACKEND)
    address = reverse("link an incident", args=[made.pk])
    assert "No record has this reference" in client.post(address, {"reference": "INC77"}).content.decode()
    assert client.post(address, {"reference": "inc2", "how": "Alike"}).status_code == 302
    assert "INC2 Words" in client.get(made.get_absolute_url()).content.decode()


def test_a_user_to_whom_an_incident_is_assigned_hears_of_it_and_finds_it_among_its_duties() -> None:
    own = party()
    made = logged()
    assert list(own_incidents(own.pk, contact(own), LATER)) == []
    told = {"side": "user", "party": own.pk, "assignee": "", "why": "Theirs."}
    event = take(INCIDENTS, "assign", made, "2020-02-04 09:00", **told)
    assert list(the_user(event, made, LATER)) == [contact(own)]
    duty = next(iter(own_incidents(own.pk, contact(own), LATER)))
    assert (duty.about, duty.due) == (made, london("2020-02-06 09:00"))
    assert list(own_incidents(own.pk, contact(party("Beech Networks Limited")), LATER)) == []
    take(INCIDENTS, "assign", made, "2020-02-05 09:00", side="dcc", assignee="Them", why="Not theirs.")
    assert list(the_user(event, made, LATER)) == []


def test_the_group_and_the_operator_hear_of_a_major_incidents_category_and_who_changed_it_does_not() -> None:
    made, grave = logged(category=4), logged("INC2", category=1)
    told = {"decided_by": "OPSG", "why": "Words."}
    group, operator, team = member(), dcc(), analyst()
    event = take(INCIDENTS, "recategorise", made, "2020-02-04", group, category="3", **told)
    assert list(who_watches_major_ones(event, made, LATER)) == []
    event = take(INCIDENTS, "recategorise", grave, "2020-02-04", group, category="2", **told)
    assert set(who_watches_major_ones(event, grave, LATER)) == {operator, team}
