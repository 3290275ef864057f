"""Contacts by purpose, their consents and their erasure, and the yearly confirmation of details."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from secretariat.core import journal
from secretariat.core.figures import Span
from secretariat.core.journal import Event, verify
from secretariat.core.people import Person, Role
from secretariat.plain.dates import LONDON
from secretariat.plain.months import Month
from secretariat.post.due import take_due
from secretariat.post.models import Message
from secretariat.post.outbox import gather
from secretariat.register.contacts.actions import amend_contact, end_contact, enter_contact, erase_contact
from secretariat.register.contacts.confirming import CONFIRMATIONS, ROUNDS, confirmations_due
from secretariat.register.contacts.figures import details_confirmed
from secretariat.register.models import (
    Confirmation,
    ConfirmationRound,
    Consent,
    Contact,
    DetailsChange,
    OperationalContact,
    Party,
    PartyDetails,
)
from tests.register.factories import NOON, dcc, expel, party, person, refused, told

pytestmark = pytest.mark.django_db
DAY = date(2020, 3, 5)
SECRET = ("Ann Sample", "ann@example.test", "020 7946 0001")


def contact(of: Party, *purposes: str, hearers: Iterable[str] = (), **more: Any) -> Contact:
    """A contact of a party."""
    made = Contact(party=of, name=SECRET[0], email=SECRET[1], telephone=SECRET[2])
    return enter_contact(made, purposes or ("main",), hearers, **told(**more))


def own(of: Party, name: str = "own") -> Person:
    """A party's own contact who can sign in."""
    return person(Role.PARTY_CONTACT, name, organisation_id=of.pk)


def seen(client: Client, who: Person | None, address: str) -> int:
    """The status with which a page answers somebody."""
    client.logout()
    if who is not None:
        client.force_login(who)
    return client.get(address).status_code


def test_a_contact_serves_purposes_and_may_be_told_to_whom_it_consented() -> None:
    made = contact(party(), "security", "main", hearers=("dcc",))
    assert (made.purpose_keys, made.hearers_on(DAY)) == (["main", "security"], ["dcc"])
    assert made.hearers_on(DAY - timedelta(days=1)) == []
    amend_contact(made, {}, None, ("alt han",), **told())
    assert made.hearers_on(DAY) == ["alt han"]
    assert Consent.objects.filter(withdrawn_on=DAY).count() == 1


@pytest.mark.parametrize(
    ("change", "purposes", "hearers", "words"),
    [
        ({"name": " "}, ("main",), (), "has a name and an e-mail address"),
        ({"email": ""}, ("main",), (), "has a name and an e-mail address"),
        ({}, (), (), "at least one purpose"),
        ({}, ("gossip",), (), "is not one of main"),
        ({}, ("main",), ("everybody",), "is not one of dcc"),
    ],
)
def test_a_contact_that_cannot_be_is_refused_and_leaves_nothing(
    change: dict[str, str], purposes: tuple[str, ...], hearers: tuple[str, ...], words: str
) -> None:
    made = Contact(party=party(), **{"name": "Ann", "email": "ann@example.test", **change})
    with pytest.raises(ValidationError, match=words):
        enter_contact(made, purposes, hearers, **told())
    assert not Contact.objects.exists()


def test_an_amendment_names_what_changed_and_never_what_it_was() -> None:
    made = contact(party())
    assert amend_contact(made, {"name": "Bob Other", "telephone": SECRET[2]}, ("main",), **told()) == ["name"]
    assert amend_contact(made, {"name": "Bob Other"}, **told()) == []
    events = journal.history(made)
    assert [event.name for event in events] == ["contact.enter", "contact.amend"]
    assert events.last().facts == {"particulars": ["name"]}  # type: ignore[union-attr]
    end_contact(made, DAY, **told())
    with pytest.raises(ValidationError, match="has ended"):
        amend_contact(made, {"name": "Carol"}, **told())


def test_an_ended_contact_is_none_from_its_day_on_and_nobody_is_told_of_it() -> None:
    made = contact(party(), hearers=("dcc",))
    with refused("has not come yet"):
        end_contact(made, date(2020, 3, 6), **told())
    end_contact(made, DAY, **told())
    assert list(Contact.objects.on(date(2020, 3, 4))) == [made]
    assert not Contact.objects.on(DAY).exists()
    assert made.hearers_on(DAY) == []
    with refused("ended on"):
        end_contact(made, DAY, **told())


def everything_told() -> str:
    """All facts of the journal as text."""
    return json.dumps(list(Event.objects.values_list("facts", flat=True)))


def test_no_event_holds_a_contacts_name_or_address() -> None:
    made = contact(party(), hearers=("dcc", "suppliers"))
    amend_contact(made, {"name": "Bob Other", "email": "bob@example.test"}, ("finance",), (), **told())
    assert not [word for word in (*SECRET, "Bob Other", "bob@example.test") if word in everything_told()]


def test_a_contact_is_erased_and_the_chain_of_events_stays_whole() -> None:
    made = contact(party())
    made.person = person()
    made.save()
    before = list(Event.objects.values_list("hash", flat=True))
    erase_contact(made, **told())
    made.refresh_from_db()
    assert (made.name, made.email, made.telephone, made.person_id) == ("", "", "", None)
    assert (made.ended_on, made.erased_on) == (DAY, DAY)
    assert list(Event.objects.values_list("hash", flat=True))[: len(before)] == before
    assert list(verify()) == []
    with refused("erased on"):
        erase_contact(made, **told())


def test_who_reads_a_contact(client: Client) -> None:
    supplier, other = party(), party("Other Limited")
    made = contact(supplier)
    readers = {None: 302, own(supplier): 200, own(other, "other"): 404, person(): 200, person(Role.DCC, "dcc"): 404}
    for who, status in readers.items():
        assert seen(client, who, made.get_absolute_url()) == status, who
    client.force_login(own(other, "other"))
    assert "Ann Sample" not in client.get("/contacts.csv").content.decode()
    client.force_login(own(supplier))
    page = client.get("/contacts.csv?purpose=main&text=ann").content.decode()
    assert "Ann Sample,ann@example.test,020 7946 0001,main" in page
    assert "Ann" not in client.get("/contacts.csv?purpose=security").content.decode()
    assert "Ann" not in client.get("/contacts.csv?consent=dcc").content.decode()
    client.logout()
    assert "Ann" not in client.get(supplier.get_absolute_url()).content.decode()


def test_contacts_are_entered_amended_ended_and_erased_on_pages(client: Client) -> None:
    supplier = party()
    form = {"party": supplier.pk, "name": "Ann", "email": "ann@example.test", "telephone": "", "person": ""}
    client.force_login(own(supplier))
    assert client.post(reverse("contact-new"), form).status_code == 403
    client.force_login(person())
    assert client.post(reverse("contact-new"), form).status_code == 422
    assert client.post(reverse("contact-new"), form | {"purposes": ["main"], "hearers": ["dcc"]}).status_code == 302
    made = Contact.objects.get()
    edit = reverse("contact-edit", args=[made.pk])
    assert client.get(edit).content.decode().count("checked") == 2
    assert client.post(edit, form | {"name": "", "purposes": ["main"]}).status_code == 422
    assert client.post(edit, form | {"name": "Bob", "purposes": ["main", "finance"]}).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.purpose_keys) == ("Bob", ["main", "finance"])
    end = reverse("contact-end", args=[made.pk])
    assert client.get(end).status_code == 200
    assert client.post(end, {"day": "2031-01-01"}).status_code == 422
    assert client.post(end, {"day": "2020-03-05"}).status_code == 302
    assert client.post(end, {}).status_code == 422
    assert client.post(end, {"erase": "on"}).status_code == 302
    assert "erased on" in client.get(made.get_absolute_url()).content.decode()
    assert seen(client, person(), reverse("contact-end", args=["none"])) == 404


def test_a_refused_erasure_does_not_end_the_contact(client: Client) -> None:
    made = contact(party())
    DetailsChange.objects.create(party=made.party, contact=made, from_day=DAY, state="submitted")
    client.force_login(person())
    end = reverse("contact-end", args=[made.pk])
    assert client.post(end, {"day": "2020-03-05", "erase": "on"}).status_code == 422
    made.refresh_from_db()
    assert (made.ended_on, made.name) == (None, "Ann Sample")


def test_suppliers_share_operational_contacts_that_agreed_among_themselves_alone(client: Client) -> None:
    supplier, other = party(), party("Other Limited", category="large-supplier")
    network = party("Network Limited", category="gas-network")
    shared = contact(supplier, "operational", hearers=("suppliers",))
    for of, purpose, hearers in (
        (supplier, "main", ("suppliers",)),
        (supplier, "operational", ("dcc",)),
        (network, "operational", ("suppliers",)),
    ):
        contact(of, purpose, hearers=hearers)
    gone = contact(other, "operational", hearers=("suppliers",))
    end_contact(gone, DAY, **told())
    page = reverse("operational contact", args=[shared.pk])
    expected = {None: 302, own(other, "other"): 200, own(network, "network"): 403, person(): 200}
    for who, status in expected.items():
        assert seen(client, who, page) == status, who
        assert seen(client, who, "/operational-contacts/") == status, who
    client.force_login(own(other, "other"))
    rows = client.get("/operational-contacts.csv").content.decode().splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == ["Amber Energy Limited"]
    assert "agreed to be shared" in client.get(page).content.decode()
    assert client.get(shared.get_absolute_url()).status_code == 404
    amend_contact(shared, {}, None, (), **told())
    assert client.get(page).status_code == 404
    assert not OperationalContact.objects.visible_to(None, NOON).exists()


def at(day: str, hour: int = 12) -> datetime:
    """An hour of a day in London."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), LONDON).replace(hour=hour)


def opened(*parties: Party, day: str = "2020-03-05") -> list[Confirmation]:
    """A round that was opened on a day and whose parties were asked."""
    round_ = ConfirmationRound(year=int(day[:4]))
    ROUNDS.take("open", round_, **told(at=at(day), recorded=at(day)))
    take_due(at(day), at(day))
    return [Confirmation.objects.get(round=round_, party=one) for one in parties]


def test_a_round_asks_every_party_but_the_dcc_and_those_that_left() -> None:
    stays, gone, _ = party(), party("Gone Limited"), dcc()
    expel(gone, "2020-03-02")
    (asked,) = opened(stays)
    assert Confirmation.objects.count() == 1
    assert (asked.state, asked.asked_on, asked.due_on) == ("asked", DAY, date(2020, 4, 2))
    assert [event.name for event in journal.history(asked)] == ["confirmation.enter", "confirmation.ask"]


def test_a_round_is_opened_once_a_year_in_its_year() -> None:
    opened(party())
    with refused("was opened already"):
        ROUNDS.take("open", ConfirmationRound(year=2020), **told())
    with refused("The round of a year is opened in that year"):
        ROUNDS.take("open", ConfirmationRound(year=2021), **told())


def test_parties_are_reminded_by_time_alone_and_once_however_long_nothing_ran() -> None:
    (asked,) = opened(party())
    days = ("2020-03-11", "2020-03-12", "2020-03-12", "2020-03-26", "2020-03-27", "2020-04-02")
    reminded = [take_due(at(day), at(day)).taken for day in days]
    asked.refresh_from_db()
    assert (reminded, asked.reminders, asked.state) == ([0, 1, 0, 1, 0, 0], 3, "asked")
    with refused("A reminder goes out every so many Working Days"):
        CONFIRMATIONS.take("remind", asked, by=None, at=at("2020-03-27"), recorded=at("2020-03-27"))
    with refused("is for others"):
        CONFIRMATIONS.take("remind", asked, **told())


def test_its_time_has_run_out_at_17_00_and_the_round_then_closes() -> None:
    (asked,) = opened(party())
    with refused("The time to confirm runs until 17:00"):
        CONFIRMATIONS.take("lapse", asked, by=None, at=at("2020-04-02", 17), recorded=at("2020-04-02", 17))
    assert [due.step for due in confirmations_due(at("2020-04-02", 17))] == ["remind"]
    late = at("2020-04-02", 17) + timedelta(minutes=1)
    with refused("every party has confirmed or its time has run out"):
        ROUNDS.take("close", asked.round, by=None, at=late, recorded=late)
    assert [take_due(late, late).taken for _ in range(3)] == [1, 1, 0]
    asked.refresh_from_db()
    assert (asked.state, asked.round.state) == ("lapsed", "closed")


def test_its_round_is_open() -> None:
    closed = ConfirmationRound.objects.create(year=2019)
    late = Confirmation.objects.create(round=closed, party=party())
    with refused("A party is asked while the round is open"):
        CONFIRMATIONS.take("ask", late, by=None, at=NOON, recorded=NOON)


def test_a_party_confirms_its_own_details_when_it_has_a_main_contact() -> None:
    supplier, other = party(), party("Other Limited")
    asked, _ = opened(supplier, other)
    mine = told(by=own(supplier))
    with refused("when its details name a main contact"):
        CONFIRMATIONS.take("confirm", asked, all_is_right="on", **mine)
    made = contact(supplier)
    with refused("All is right"):
        CONFIRMATIONS.take("confirm", asked, **mine)
    for stranger in (own(other, "other"), person()):
        with refused("is for others"):
            CONFIRMATIONS.take("confirm", asked, all_is_right="on", **told(by=stranger))
    CONFIRMATIONS.take("confirm", asked, all_is_right="on", **mine)
    made.refresh_from_db()
    assert (asked.state, asked.confirmed_on, made.confirmed_on) == ("confirmed", DAY, DAY)
    assert PartyDetails.objects.get().confirmed_on == DAY


def test_a_party_that_lapsed_can_still_confirm() -> None:
    supplier = party()
    (asked,) = opened(supplier)
    late = at("2020-04-03")
    take_due(late, late)
    contact(supplier)
    CONFIRMATIONS.take("confirm", asked, all_is_right="on", **told(by=own(supplier), at=late, recorded=late))
    assert (asked.state, asked.confirmed_on) == ("confirmed", date(2020, 4, 3))


def test_confirmed_of_asked_is_counted() -> None:
    supplier, other, third = party(), party("Other Limited"), party("Third Limited")
    asked, *_ = opened(supplier, other, third)
    contact(supplier)
    CONFIRMATIONS.take("confirm", asked, all_is_right="on", **told(by=own(supplier)))
    grid = details_confirmed(Span.of(Month(2020, 3)))
    values = {key: grid.cells[key, "value"].value for key in ("confirmed", "lapsed", "asked")}
    assert values == {"confirmed": 1, "lapsed": 0, "asked": 3}
    assert details_confirmed(Span.of(Month(2020, 2))).cells["asked", "value"].value == 0


def test_the_partys_people_are_asked_by_mail_and_nobody_else() -> None:
    supplier, other = party(), party("Other Limited")
    mine, person_elsewhere = own(supplier), person(Role.PARTY_CONTACT, "elsewhere", organisation_id=other.pk)
    opened(supplier)
    gather(NOON, NOON)
    sent = {message.person: message for message in Message.objects.filter(notice="confirmation.ask")}
    assert set(sent) == {mine, person_elsewhere}
    assert sent[mine].subject == "Please confirm the details of Amber Energy Limited"
    assert "by 17:00 on Thu 2 Apr 2020" in sent[mine].body


def test_pages_of_the_round(client: Client) -> None:
    supplier, other = party(), party("Other Limited")
    asked, _ = opened(supplier, other)
    contact(supplier)
    for who, status in ((own(supplier), 200), (own(other, "other"), 404), (person(), 200), (None, 302)):
        assert seen(client, who, asked.get_absolute_url()) == status
    for who, status in ((own(supplier), 403), (person(), 200), (None, 302)):
        assert seen(client, who, asked.round.get_absolute_url()) == status
        assert seen(client, who, "/confirmation-rounds/") == status
    client.force_login(own(supplier))
    page = client.get(asked.get_absolute_url()).content.decode()
    assert "Ann Sample" in page
    assert "Confirm our details" in page
    step = reverse("step", args=["register.confirmation", asked.pk, "confirm"])
    assert client.post(step, {}).status_code == 422
    assert client.post(step, {"all_is_right": "on"}).status_code == 302
    rows = client.get("/confirmations.csv?year=2020&state=confirmed").content.decode().splitlines()
    assert len(rows) == 2


def test_a_round_is_opened_on_a_page(client: Client, settings: Any) -> None:
    party()
    settings.CLOCK = NOON.isoformat()
    client.force_login(person())
    assert client.post(reverse("confirmation round-new"), {"year": 2019}).status_code == 422
    assert client.post(reverse("confirmation round-new"), {"year": 2020}).status_code == 302
    assert "To be asked" in client.get(ConfirmationRound.objects.get().get_absolute_url()).content.decode()


def test_many_parties_are_asked_without_a_query_each(django_assert_max_num_queries: Any) -> None:
    for number in range(5):
        party(f"Party {number} Limited")
    with django_assert_max_num_queries(20):
        ROUNDS.take("open", ConfirmationRound(year=2020), **told())
    with django_assert_max_num_queries(3):
        assert len(list(confirmations_due(NOON))) == 5
