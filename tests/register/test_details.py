"""A party asks for its details to be changed, and the secretariat checks."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from secretariat.core import journal
from secretariat.core.figures import Span
from secretariat.core.journal import Event, verify
from secretariat.core.people import Person, Role
from secretariat.plain.months import Month
from secretariat.post.models import Message
from secretariat.post.outbox import gather
from secretariat.register.contacts.actions import end_contact, erase_contact
from secretariat.register.contacts.applying import asked_for
from secretariat.register.contacts.figures import details_changes
from secretariat.register.contacts.procedure import DETAILS
from secretariat.register.models import Contact, DetailsChange, Disclosure, FormerName, Party, PartyDetails
from tests.register.factories import NOON, party, person, refused, told, withdraw
from tests.register.test_contacts import contact, own, seen

pytestmark = pytest.mark.django_db
DAY = date(2020, 3, 5)
NEW_CONTACT = {"contact_name": "Dora New", "contact_email": "dora@example.test", "contact_purposes": ["main"]}


@pytest.fixture
def supplier() -> Party:
    return party("Amber Energy Limited", company_number="01234567")


def asked(of: Party, wanted: dict[str, Any], about: Contact | None = None, **more: Any) -> DetailsChange:
    """A request that was submitted."""
    change = DetailsChange(party=of, contact=about, asked=asked_for(of, about, wanted, DAY), from_day=DAY, **more)
    DETAILS.take("submit", change, **told(by=own(of)))
    return change


def accept(change: DetailsChange, checked: str = "companies register") -> None:
    """Accepts a request."""
    DETAILS.take("accept", change, checked=checked, **told())
    change.party.refresh_from_db()


def test_a_party_asks_and_the_secretariat_accepts_with_old_and_new_kept(supplier: Party) -> None:
    change = asked(supplier, {"registered_address": "1 Sample Street\nLondon", "trading_names": "Amber"})
    assert (change.state, change.asked_on) == ("submitted", DAY)
    accept(change, "party")
    details = PartyDetails.objects.get(party=supplier)
    assert (details.registered_address, details.trading_names) == ("1 Sample Street\nLondon", "Amber")
    again = asked(supplier, {"registered_address": "2 Sample Street", "trading_names": "Amber"})
    accept(again, "party")
    assert again.lines() == [("Registered address", "1 Sample Street, London", "2 Sample Street")]
    assert (again.state, again.decided_on, again.checked) == ("accepted", DAY, "party")


def test_a_changed_legal_name_leaves_the_former_one(supplier: Party) -> None:
    change = asked(supplier, {"name": "Bright Energy Limited"})
    accept(change)
    supplier.refresh_from_db()
    assert supplier.name == "Bright Energy Limited"
    former = FormerName.objects.get()
    assert (former.name, former.until) == ("Amber Energy Limited", date(2020, 3, 4))
    event = journal.history(supplier).last()
    assert event is not None
    assert event.facts["name"] == {"old": "Amber Energy Limited", "new": "Bright Energy Limited"}


def test_a_name_that_another_party_has_is_refused_and_nothing_is_changed(supplier: Party) -> None:
    party("Bright Energy Limited")
    change = asked(supplier, {"name": "Bright Energy Limited", "registered_address": "1 Sample Street"})
    with refused("A party of this name is in the register already"):
        accept(change)
    supplier.refresh_from_db()
    assert (supplier.name, change.state, FormerName.objects.exists()) == ("Amber Energy Limited", "submitted", False)
    assert not PartyDetails.objects.exists()


def test_details_are_a_partys(supplier: Party) -> None:
    withdraw(supplier, "2020-03-02")
    with refused("Details are kept of an organisation while it is a party"):
        asked(supplier, {"trading_names": "Amber"})


def test_something_is_to_change(supplier: Party) -> None:
    with refused("something to be otherwise than it is"):
        asked(supplier, {"name": supplier.name, "trading_names": ""})


def test_contact_is_its_own(supplier: Party) -> None:
    other = contact(party("Other Limited"))
    with refused("only while they are its contacts"):
        asked(supplier, {"contact_name": "Eve"}, other)
    mine = contact(supplier)
    end_contact(mine, DAY, **told())
    with refused("only while they are its contacts"):
        asked(supplier, {"contact_name": "Eve"}, mine)


@pytest.mark.parametrize("missing", sorted(NEW_CONTACT))
def test_a_new_contact_can_be_reached(supplier: Party, missing: str) -> None:
    with refused("A new contact has a name, an e-mail address"):
        asked(supplier, {name: value for name, value in NEW_CONTACT.items() if name != missing})


def test_only_operational_contacts_are_shared(supplier: Party) -> None:
    shared = {"contact_consents": ["suppliers"]}
    with refused("Other suppliers are told of an operational contact only"):
        asked(supplier, NEW_CONTACT | shared)
    asked(supplier, NEW_CONTACT | shared | {"contact_purposes": ["operational"]})
    with refused("Other suppliers are told of an operational contact only"):
        asked(supplier, shared, contact(supplier))
    assert asked(supplier, shared, contact(supplier, "operational")).state == "submitted"


def test_the_change_has_taken_effect(supplier: Party) -> None:
    change = DetailsChange(party=supplier, asked={"trading_names": {"old": "", "new": "A"}})
    change.from_day = DAY + timedelta(days=1)
    DETAILS.take("submit", change, **told())
    with refused("on the day from which it holds, or later"):
        accept(change, "party")


def test_nothing_was_changed_since(supplier: Party) -> None:
    first, second = asked(supplier, {"trading_names": "A"}), asked(supplier, {"trading_names": "B"})
    accept(first, "party")
    with refused("the party asks again on what is there now"):
        accept(second, "party")


@pytest.mark.parametrize("wanted", [{"name": "Bright Limited"}, {"company_number": "76543210"}])
def test_a_companys_name_was_looked_up(supplier: Party, wanted: dict[str, str]) -> None:
    change = asked(supplier, wanted)
    with refused("checked against the register of companies"):
        accept(change, "party")
    accept(change)
    assert change.state == "accepted"


def test_a_natural_persons_name_is_not_looked_up_among_companies() -> None:
    change = asked(party("Zoe Sample", category="other-sec-party"), {"name": "Zoe Other"})
    accept(change, "party")
    assert change.party.name == "Zoe Other"


def test_a_question_is_answered_by_the_party_alone_and_stays_out_of_the_journal(supplier: Party) -> None:
    change = asked(supplier, {"trading_names": "A"})
    DETAILS.take("query", change, question="Is it Ann's?", **told())
    with refused("is not possible here"):
        accept(change)
    with refused("is for others"):
        DETAILS.take("answer", change, answer="Yes", **told())
    event = DETAILS.take("answer", change, answer="Ann says yes", **told(by=own(supplier)))
    assert event.facts == {"state": {"old": "queried", "new": "answered"}}
    assert [(one["question"], one["answer"]) for one in change.exchange] == [("Is it Ann's?", "Ann says yes")]
    accept(change, "party")
    assert "Ann" not in json.dumps(list(Event.objects.values_list("facts", flat=True)))


def test_a_request_is_refused_with_a_reason_or_taken_back_by_the_party(supplier: Party) -> None:
    one, two = (asked(supplier, {"trading_names": name}) for name in "AB")
    with refused("Reason"):
        DETAILS.take("refuse", one, **told())
    DETAILS.take("refuse", one, reason="It is another's", **told())
    with refused("is for others"):
        DETAILS.take("withdraw", two, **told())
    DETAILS.take("withdraw", two, **told(by=own(supplier)))
    assert (one.state, one.refusal, two.state) == ("refused", "It is another's", "withdrawn")
    assert not PartyDetails.objects.exists()


def test_who_may_ask(supplier: Party) -> None:
    other = own(party("Other Limited"), "other")
    change = DetailsChange(party=supplier, asked=asked_for(supplier, None, {"trading_names": "A"}, DAY), from_day=DAY)
    with refused("is for others"):
        DETAILS.take("submit", change, **told(by=other))
    DETAILS.take("submit", change, **told())
    with refused("is for others"):
        DETAILS.take("accept", change, checked="party", **told(by=own(supplier)))


def test_a_new_contact_is_entered_and_a_known_one_changed_and_ended(supplier: Party) -> None:
    new = asked(supplier, NEW_CONTACT | {"contact_consents": ["dcc"]})
    accept(new, "party")
    made = Contact.objects.get()
    assert (new.contact, made.name, made.confirmed_on, made.hearers_on(DAY)) == (made, "Dora New", DAY, ["dcc"])
    known = asked(supplier, {"contact_telephone": "1", "contact_purposes": ["security", "main"]}, made)
    accept(known, "party")
    made.refresh_from_db()
    assert (made.telephone, made.purpose_keys) == ("1", ["main", "security"])
    accept(asked(supplier, {"contact_ended": "yes"}, made), "party")
    made.refresh_from_db()
    assert made.ended_on == DAY
    assert "Dora" not in json.dumps(list(Event.objects.values_list("facts", flat=True)))


def hearing(audience: str) -> Person:
    """Somebody who reads what a recipient is told."""
    return person(Role.DCC, audience, audience=audience)


def test_only_those_consented_to_are_told(supplier: Party, client: Client) -> None:
    dcc, alt_han = hearing("DCC"), hearing("ALTHAN")
    accept(asked(supplier, {"trading_names": "Silent"}), "party")
    assert not Disclosure.objects.exists()
    accept(asked(supplier, {"trading_names": "Told"}, tell_dcc=True), "party")
    told_of = Disclosure.objects.get()
    gather(NOON, NOON)
    assert [message.person for message in Message.objects.filter(notice="disclosure.tell")] == [dcc]
    readers = {dcc: 200, alt_han: 404, own(supplier): 200, own(party("Other Limited"), "other"): 404, person(): 200}
    for who, status in readers.items():
        assert seen(client, who, told_of.get_absolute_url()) == status, who
    client.force_login(dcc)
    assert "Told" in client.get(told_of.get_absolute_url()).content.decode()
    assert client.get(told_of.change.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(("consents", "told_of"), [([], 0), (["alt han"], 0), (["dcc"], 1)])
def test_of_a_contact_is_told_only_with_its_own_consent_too(supplier: Party, consents: list[str], told_of: int) -> None:
    accept(asked(supplier, NEW_CONTACT | {"contact_consents": consents}, tell_dcc=True), "party")
    assert Disclosure.objects.count() == told_of


def test_what_is_told_of_the_party_keeps_silent_on_a_contact_that_did_not_consent(supplier: Party) -> None:
    accept(asked(supplier, {"trading_names": "Told"} | NEW_CONTACT, tell_dcc=True), "party")
    assert [line[0] for line in Disclosure.objects.get().lines] == ["Trading names"]


def test_that_a_contact_is_gone_is_told_to_whom_it_was_told(supplier: Party) -> None:
    made = contact(supplier, hearers=("dcc",))
    accept(asked(supplier, {"contact_ended": "yes"}, made, tell_dcc=True, tell_alt_han=True), "party")
    assert [row.hearer for row in Disclosure.objects.all()] == ["dcc"]


def test_erasing_a_contact_reaches_the_requests_about_it_and_leaves_the_chain_whole(supplier: Party) -> None:
    accept(asked(supplier, NEW_CONTACT | {"contact_consents": ["dcc"]}, tell_dcc=True), "party")
    made = Contact.objects.get()
    waiting = asked(supplier, {"contact_name": "Dora Newer"}, made)
    with refused("decide it first"):
        erase_contact(made, **told())
    DETAILS.take("query", waiting, question="Dora who?", **told())
    DETAILS.take("refuse", waiting, reason="Dora is unknown", **told())
    erase_contact(made, **told())
    kept = json.dumps(list(DetailsChange.objects.values("asked", "exchange", "refusal")))
    assert "Dora" not in kept
    assert "dora" not in kept
    assert "Dora" not in str(Disclosure.objects.get().lines)
    assert list(verify()) == []


def test_a_party_changes_its_details_on_a_form(client: Client, supplier: Party) -> None:
    address = reverse("change-details", args=[supplier.key])
    for who, status in ((None, 302), (own(party("Other Limited"), "other"), 403), (person(), 200)):
        assert seen(client, who, address) == status
    client.force_login(own(supplier))
    assert client.get(reverse("details change-new")).headers["Location"] == address
    assert "Amber Energy Limited" in client.get(address).content.decode()
    form = {"name": "Bright Limited", "company_number": "01234567", "from_day": "2020-03-05", "tell_dcc": "on"}
    answer = client.post(address, form | {"name": ""})
    assert (answer.status_code, "01234567" in answer.content.decode()) == (422, True)
    assert client.post(address, form | {"name": supplier.name}).status_code == 422
    assert client.post(address, form).status_code == 302
    change = DetailsChange.objects.get()
    assert change.asked == {"name": {"old": "Amber Energy Limited", "new": "Bright Limited"}}
    assert (change.tell_dcc, change.tell_alt_han, change.asked_by) == (True, False, own(supplier))
    page = client.get(change.get_absolute_url()).content.decode()
    assert "Bright Limited" in page
    assert "The DCC" in page
    client.force_login(person())
    accept(change)
    assert "Issue it with the new name" in client.get(change.get_absolute_url()).content.decode()
    assert client.get("/details-changes/?state=accepted").status_code == 200


def test_a_party_names_changes_and_ends_a_contact_on_a_form(client: Client, supplier: Party) -> None:
    address = reverse("change-details", args=[supplier.key])
    client.force_login(own(supplier))
    form: dict[str, Any] = NEW_CONTACT | {"from_day": "2020-03-05"}
    assert client.post(f"{address}?contact=new", form | {"contact_email": "no"}).status_code == 422
    assert client.post(f"{address}?contact=new", form).status_code == 302
    accept(DetailsChange.objects.get(), "party")
    made = Contact.objects.get()
    assert "Dora New" in client.get(f"{address}?contact={made.pk}").content.decode()
    assert client.post(f"{address}?contact={made.pk}", form | {"contact_ended": "on"}).status_code == 302
    assert DetailsChange.objects.order_by("-pk")[0].asked == {"contact_ended": {"old": "", "new": "yes"}}
    stranger = contact(party("Other Limited"))
    for wrong in (stranger.pk, "none"):
        assert client.get(f"{address}?contact={wrong}").status_code == 404


def test_whoever_speaks_for_no_party_cannot_ask(client: Client, supplier: Party) -> None:
    address = reverse("details change-new")
    assert seen(client, person(Role.DCC, "dcc"), address) == 403
    party("Other Limited")
    assert seen(client, person(), address) == 200
    assert client.post(address, {"party": supplier.pk}).headers["Location"] == reverse(
        "change-details", args=[supplier.key]
    )
    assert client.post(address, {}).status_code == 422


def test_who_reads_a_request(client: Client, supplier: Party) -> None:
    change = asked(supplier, {"trading_names": "A"})
    for who, status in (
        (None, 302),
        (own(supplier), 200),
        (own(party("Other Limited"), "other"), 404),
        (person(), 200),
    ):
        assert seen(client, who, change.get_absolute_url()) == status


def test_requests_are_counted_when_made_and_when_decided(supplier: Party) -> None:
    accept(asked(supplier, {"trading_names": "A"}), "party")
    asked(supplier, {"trading_names": "B"})
    grid = details_changes(Span.of(Month(2020, 3)))
    assert {key: grid.cells[key, "value"].value for key in ("received", "accepted", "refused")} == {
        "received": 2, "accepted": 1, "refused": 0,
    }  # fmt: skip


def test_the_party_hears_what_became_of_its_request_and_support_that_there_is_one(supplier: Party) -> None:
    mine, support = own(supplier), person()
    change = asked(supplier, {"trading_names": "Secret trade"})
    accept(change, "party")
    gather(NOON, NOON)
    heard = {message.notice: message.person for message in Message.objects.filter(notice__startswith="details_change")}
    assert heard == {"details_change.submit": support, "details_change.accept": mine}
    assert "Secret trade" not in "".join(Message.objects.values_list("body", flat=True))
