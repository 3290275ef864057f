"""How parties leave, and what is gone through when a supplier fails."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from secretariat.core import journal
from secretariat.core.capacities import speaks_for
from secretariat.core.figures import Span
from secretariat.core.people import Role
from secretariat.plain.months import Month
from secretariat.register.leaving.actions import appoint, withdraw
from secretariat.register.leaving.figures import party_reconciliation, suppliers_of_last_resort
from secretariat.register.leaving.procedure import CHECKLISTS, EXITS
from secretariat.register.models import CheckItem, LastResort, Leaving, Party
from tests.register.factories import NOON, case, cure, expel, keep, party, person, refused, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent() -> Party:
    return party("Agent Example Limited", "2019-01-07", "other-sec-party")


def leaving(of: Party, ground: str = "withdrawal", day: str = "2020-01-06", **more: Any) -> Leaving:
    """An exit that has begun."""
    made = Leaving(party=of, ground=ground)
    EXITS.take("notify" if ground == "withdrawal" else "open", made, day=day, **told(**more))
    return made


def fixed(of: Party, day: str = "2020-02-14") -> Leaving:
    """An exit whose day the Board has fixed."""
    made = leaving(of)
    EXITS.take("settle", made, day="2020-01-20", **told())
    EXITS.take("fix", made, day=day, meeting="Board, 14 February 2020", **told())
    return made


def test_a_party_gives_notice_settles_and_leaves_on_the_day_that_the_board_fixed(agent: Party) -> None:
    going = fixed(agent)
    withdraw(going, **told())
    agent.refresh_from_db()
    assert (going.state, agent.state, agent.left_on) == ("left", "left", date(2020, 2, 14))
    assert agent.departure.how == "withdrawn"


def test_nobody_leaves_before_the_day(agent: Party) -> None:
    going = fixed(agent, "2020-03-20")
    with refused("that day has not come"):
        withdraw(going, **told())
    with refused("has not fixed the day"):
        withdraw(leaving(party("Other Example Limited", category="other-sec-party")), **told())
    agent.refresh_from_db()
    assert agent.state == "party"


def test_the_dcc_stays() -> None:
    with refused("never leaves"):
        leaving(party("Smart DCC Limited", "2013-09-23", "dcc", is_dcc=True))


def test_it_is_a_party(agent: Party) -> None:
    withdraw(fixed(agent), **told())
    with refused("Only a party leaves"):
        leaving(Party.objects.get())


def test_it_wishes_to_leave_or_something_else_makes_it_leave(agent: Party) -> None:
    with refused("open the exit instead"):
        EXITS.take("notify", Leaving(party=agent, ground="dissolved"), day="2020-01-06", **told())
    with refused("gives notice"):
        EXITS.take("open", Leaving(party=agent, ground="withdrawal"), day="2020-01-06", **told())


def test_no_licence_keeps_it() -> None:
    with refused("licence obliges"):
        leaving(party("Supplier Example Limited", category="small-supplier"))


def test_no_default_runs(agent: Party) -> None:
    going, owing = leaving(agent), case(agent)
    with refused("while a notice of default"):
        EXITS.take("settle", going, day="2020-01-20", **told())
    cure(owing, "2020-01-08")
    EXITS.take("settle", going, day="2020-01-20", **told())
    assert going.state == "nothing outstanding"


def test_settled_after_the_notice_and_leaves_after_the_notice(agent: Party) -> None:
    going = leaving(agent)
    with refused("on the day of the notice or later"):
        EXITS.take("settle", going, day="2020-01-03", **told())
    EXITS.take("settle", going, day="2020-01-06", **told())
    with refused("a day after the notice"):
        EXITS.take("fix", going, day="2020-01-06", meeting="Board", **told())


def test_the_day_has_come(agent: Party) -> None:
    with refused("has not come yet"):
        leaving(agent, day="2021-01-06")


def test_a_party_leaves_once_at_a_time(agent: Party) -> None:
    leaving(agent)
    with refused("leaving already"):
        leaving(agent, "dissolved")


def test_it_has_left(agent: Party) -> None:
    going = leaving(agent, "dissolved")
    with refused("let it withdraw, or expel it"):
        EXITS.take("close", going, **told())
    expel(agent, "2020-02-03", "dissolved")
    going.refresh_from_db()
    EXITS.take("close", going, **told())
    assert (going.state, going.day) == ("left", date(2020, 2, 3))


def test_a_notice_can_be_taken_back_by_the_party_itself_and_by_no_other(agent: Party) -> None:
    going = leaving(agent)
    own = person(Role.PARTY_CONTACT, "own", organisation_id=agent.pk)
    other = person(Role.PARTY_CONTACT, "other", organisation_id=agent.pk + 1)
    with refused("is for others"):
        EXITS.take("stay", going, reason="we stay", **told(by=other))
    EXITS.take("stay", going, reason="we stay", **told(by=own))
    assert going.state == "stayed"


def test_uninstalled_hubs_are_counted_and_no_more_return_than_were_held(agent: Party) -> None:
    going = leaving(agent)
    assert going.hubs_missing is None
    with refused("than were held"):
        EXITS.take("count_hubs", going, held=10, returned=11, **told())
    EXITS.take("count_hubs", going, held=10, returned=4, **told())
    assert going.hubs_missing == 6


def appointed() -> LastResort:
    """An appointment with its checklists."""
    failing, other = party("Failing Example Limited"), party("Steady Example Limited")
    return appoint(LastResort(failing=failing, appointed=other, appointed_on=date(2020, 2, 7)), **told())


def test_an_appointment_comes_with_a_checklist_for_each_of_three_readers() -> None:
    event = appointed()
    assert {side: event.items.filter(side=side).count() > 0 for side in ("failing", "appointed", "shared")} == {
        "failing": True, "appointed": True, "shared": True,
    }  # fmt: skip


def test_the_item_is_done_on_a_day_and_can_be_undone() -> None:
    item = appointed().items.first()
    with refused("not before the appointment"):
        CHECKLISTS.take("do", item, day="2020-02-06", **told())
    CHECKLISTS.take("do", item, day="2020-02-07", **told())
    assert (item.state, item.done_on) == ("done", date(2020, 2, 7))
    CHECKLISTS.take("undo", item, **told())
    assert item.state == "to do"


def test_an_appointment_to_come_is_refused_and_leaves_nothing() -> None:
    failing, other = party("Failing Example Limited"), party("Steady Example Limited")
    with refused("has not come yet"):
        appoint(LastResort(failing=failing, appointed=other, appointed_on=date(2021, 2, 7)), **told())
    assert not CheckItem.objects.exists()


def test_a_public_reader_sees_the_appointment_and_no_checklist(client: Any) -> None:
    event = appointed()
    page = client.get(event.get_absolute_url()).content.decode()
    assert "Steady Example Limited" in page
    assert "prepayment" not in page
    client.force_login(person(Role.PARTY_CONTACT, "some"))
    assert "prepayment" in client.get(event.get_absolute_url()).content.decode()


def test_parties_reconcile_from_the_start_to_the_end_of_the_month(agent: Party) -> None:
    keep("party events", "2013-09-23")
    keep("parties", "2013-09-23")
    party("New Example Limited", "2020-02-03")
    withdraw(fixed(agent), **told())
    grid = party_reconciliation(Span.of(Month(2020, 2)))
    values = {key: grid.cells[key, "value"].value for key in ("start", "acceded", "withdrawn", "expelled", "end")}
    assert values == {"start": 1, "acceded": 1, "withdrawn": 1, "expelled": 0, "end": 1}
    assert grid.remarks == ()


def test_suppliers_of_last_resort_are_listed_in_their_month() -> None:
    appointed()
    assert [row.values[:2] for row in suppliers_of_last_resort(Span.of(Month(2020, 2))).rows] == [
        ("Failing Example Limited", "Steady Example Limited")
    ]
    assert suppliers_of_last_resort(Span.of(Month(2020, 1))).rows == ()


def test_pages_of_exits(client: Any, agent: Party) -> None:
    client.force_login(person())
    form = {"party": agent.pk, "ground": "withdrawal", "day": "2020-01-06"}
    assert client.post(reverse("exit-new"), form | {"day": "2031-01-06"}).status_code == 422
    assert client.post(reverse("exit-new"), form).status_code == 302
    going = Leaving.objects.get()
    assert "nobody has counted them" in client.get(going.get_absolute_url()).content.decode()
    assert client.get("/exits/").status_code == 200
    client.logout()
    assert client.get(going.get_absolute_url()).status_code == 404


def test_the_exit_s_page_lets_party_support_record_that_the_party_has_left(client: Any, agent: Party) -> None:
    going = fixed(agent)
    contact = person(Role.PARTY_CONTACT, "agent", organisation_id=agent.pk)
    assert speaks_for(contact, NOON) == {agent.pk}
    client.force_login(contact)
    assert client.post(reverse("exit-left", args=[going.pk])).status_code == 403
    client.force_login(person())
    assert "User Roles end" in client.get(reverse("exit-left", args=[going.pk])).content.decode()
    assert client.post(reverse("exit-left", args=[going.pk])).status_code == 302
    again = client.post(reverse("exit-left", args=[going.pk]))
    assert again.status_code == 422
    agent.refresh_from_db()
    assert agent.left_on == date(2020, 2, 14)


def test_the_contacts_of_a_party_that_has_left_speak_for_it_no_longer(agent: Party) -> None:
    contact = person(Role.PARTY_CONTACT, "agent", organisation_id=agent.pk)
    staying = person(Role.PARTY_CONTACT, "other", organisation_id=party("Other Example Limited").pk)
    withdraw(fixed(agent), **told())
    assert not speaks_for(contact, NOON)
    assert speaks_for(staying, NOON)
    assert journal.history(contact.capacities.get()).filter(name="capacity.amend").exists()


def test_a_contact_gives_notice_for_its_own_party_alone(client: Any, agent: Party) -> None:
    other = party("Other Example Limited", "2019-01-07", "other-sec-party")
    client.force_login(person(Role.PARTY_CONTACT, "agent", organisation_id=agent.pk))
    form = client.get(reverse("exit-new")).content.decode()
    assert (agent.name in form, other.name in form) == (True, False)
    facts = {"ground": "withdrawal", "day": "2020-01-06"}
    assert client.post(reverse("exit-new"), facts | {"party": other.pk}).status_code == 422
    assert client.post(reverse("exit-new"), facts | {"party": agent.pk}).status_code == 302
    assert [going.party for going in Leaving.objects.all()] == [agent]
