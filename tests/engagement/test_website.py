"""The website's own records: pages counted, accounts asked for, and the operations contact list."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client

from secretariat.core.journal import Event
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.core.procedure import Refused
from secretariat.engagement.models import WebsiteMonth
from secretariat.engagement.website.actions import put_right, take_month, use
from secretariat.engagement.website.counting import GATHERED, MANY, add_up, secret_of
from secretariat.engagement.website.models import (
    AccountRequest,
    ContactUse,
    DaySecret,
    OperationsContact,
    ViewCount,
    VisitCount,
    Visitor,
)
from secretariat.engagement.website.procedure import ACCOUNT_REQUEST, OPERATIONS_CONTACT
from secretariat.engagement.website.visits import Seen
from secretariat.plain.months import Month
from secretariat.post.models import Message
from secretariat.register.models import Party
from tests.engagement.factories import NOON, person

pytestmark = pytest.mark.django_db
BROWSER = {"HTTP_USER_AGENT": "Mozilla/5.0"}


@pytest.fixture
def support() -> Person:
    return person(Role.SECRETARIAT, Team.PARTY_SUPPORT)


@pytest.fixture
def party() -> Party:
    made: Party = Party.objects.create(key="a-supplier", name="A Supplier", state="party", acceded_on=date(2015, 1, 1))
    return made


@pytest.fixture
def counting(settings: Any) -> None:
    settings.VISITS_COUNTED = True
    GATHERED.take()


def told(by: Person | None, at: datetime = NOON) -> dict[str, Any]:
    return {"by": by, "at": at, "recorded": at}


def test_pages_are_counted_by_their_kind_and_the_secretariats_own_are_not(
    client: Client, counting: None, support: Person
) -> None:
    for address in ("/", "/glossary/", "/glossary/", "/robots.txt", "/articles/none/"):
        client.get(address, **BROWSER)  # type: ignore[arg-type]
    client.force_login(support)
    client.get("/questions/", **BROWSER)  # type: ignore[arg-type]
    add_up(GATHERED.take())
    counts = dict(ViewCount.objects.values_list("page", "views"))
    assert counts == {"/": 1, "/glossary/": 2}
    assert VisitCount.objects.get().visits == 1


def test_nothing_is_counted_where_the_settings_say_so(client: Client, counting: None, settings: Any) -> None:
    settings.VISITS_COUNTED = False
    client.get("/glossary/", **BROWSER)  # type: ignore[arg-type]
    assert list(GATHERED.take()) == []


def test_counting_sets_no_cookie(client: Client, counting: None) -> None:
    assert not client.get("/glossary/", **BROWSER).cookies  # type: ignore[arg-type]


def test_pages_are_added_up_when_many_are_gathered(counting: None) -> None:
    rows = [Seen(NOON, "/", "a")] * MANY
    assert [len(GATHERED.add(one)) for one in rows] == [0] * (MANY - 1) + [MANY]
    assert len(GATHERED.add(Seen(NOON, "/", "a"))) == 0
    assert len(GATHERED.add(Seen(NOON + timedelta(minutes=1), "/", "a"))) == 2


def test_a_visit_goes_on_over_two_rounds_of_adding_up() -> None:
    for minutes in (0, 20, 70):
        add_up([Seen(NOON + timedelta(minutes=minutes), "/", "a")])
    assert VisitCount.objects.get().visits == 2
    assert ViewCount.objects.get().views == 3
    assert Visitor.objects.get().last_at == NOON + timedelta(minutes=70)


def test_what_visitors_were_known_by_is_gone_with_the_day() -> None:
    today, tomorrow = date(2020, 3, 5), date(2020, 3, 6)
    secret = secret_of(today)
    assert secret_of(today) == secret
    add_up([Seen(NOON, "/", "a")])
    assert secret_of(tomorrow) != secret
    assert list(DaySecret.objects.values_list("day", flat=True)) == [tomorrow]
    assert not Visitor.objects.exists()
    assert VisitCount.objects.get().visits == 1


def test_a_month_is_taken_from_the_counter_once_it_was_counted_and_is_over(support: Person) -> None:
    with pytest.raises(Refused, match="nothing yet"):
        take_month(Month(2020, 2), **told(support))
    add_up([Seen(datetime(2020, 1, 31, 12, tzinfo=UTC), "/", "a")])
    for day in (1, 29):
        add_up([Seen(datetime(2020, 2, day, 12, tzinfo=UTC), page, "a") for page in ("/", "/x/")])
    with pytest.raises(Refused, match="since Fri 31 Jan 2020 only"):
        take_month(Month(2020, 1), **told(support))
    with pytest.raises(Refused, match="not over"):
        take_month(Month(2020, 3), **told(support))
    row = take_month(Month(2020, 2), **told(support))
    assert (row.visits, row.page_views, row.new_visitors, row.counted) == (2, 4, None, True)
    with pytest.raises(Refused, match="there already"):
        take_month(Month(2020, 2), **told(support))
    assert WebsiteMonth.objects.count() == 1


def asked(**more: Any) -> AccountRequest:
    request = AccountRequest(**{"name": "N", "email": "n@example.org", "organisation": "A Supplier", **more})
    ACCOUNT_REQUEST.take("ask", request, **told(None))
    return request


def test_an_account_is_asked_for_by_anybody_and_given_by_hand(client: Client, support: Person, party: Party) -> None:
    cache.clear()
    form = {"name": "N", "email": "N@example.org", "organisation": "A Supplier"}
    assert client.post("/ask-for-an-account/", form).status_code == 302
    assert client.post("/ask-for-an-account/", form).status_code == 422
    request = AccountRequest.objects.get()
    assert not AccountRequest.objects.visible_to(None, NOON).exists()
    at = request.asked_on and datetime(2030, 1, 1, tzinfo=UTC)
    assert at is not None
    ACCOUNT_REQUEST.take("approve", request, **told(support, at), party=party.pk)
    made = Person.objects.get(email="n@example.org")
    assert not made.has_usable_password()
    assert Capacity.objects.get(person=made).organisation_id == party.pk
    assert request in AccountRequest.objects.visible_to(made, at)


def test_a_request_is_open_once_for_an_address(support: Person) -> None:
    asked()
    with pytest.raises(Refused, match="An account was asked for with this address already"):
        asked(email="N@EXAMPLE.org")


def test_nobody_gets_an_account_twice_or_one_that_was_closed(support: Person, party: Party) -> None:
    ACCOUNT_REQUEST.take("approve", asked(), **told(support), party=party.pk)
    again = asked()
    with pytest.raises(Refused, match="can sign in for this party"):
        ACCOUNT_REQUEST.take("approve", again, **told(support), party=party.pk)
    Person.objects.filter(email="n@example.org").update(is_active=False)
    with pytest.raises(Refused, match="The account with this address was closed"):
        ACCOUNT_REQUEST.take("approve", again, **told(support), party=party.pk)


def test_who_is_declined_is_told_why_by_mail(support: Person) -> None:
    ACCOUNT_REQUEST.take("decline", asked(), **told(support), reason="No party is known by this name.")
    message = Message.objects.get(notice="account_request.decline")
    assert message.address == "n@example.org"
    assert "No party is known" in message.body


def contact(by: Person, party: Party | None, **more: Any) -> OperationsContact:
    row = OperationsContact(**{"party": party, "sort": "supplier", "role": "Duty desk", "email": "d@example.org",
                               "organisation": party.name if party else "", **more})  # fmt: skip
    OPERATIONS_CONTACT.take("list", row, **told(by))
    return row


def test_an_organisation_keeps_its_own_contacts(support: Person, party: Party) -> None:
    own = person(Role.PARTY_CONTACT, organisation_id=party.pk)
    row = contact(own, party)
    other = Party.objects.create(key="b", name="B", state="party", acceded_on=date(2015, 1, 1))
    with pytest.raises(Refused, match="for others"):
        contact(own, other)
    with pytest.raises(Refused, match="are on the list as parties"):
        contact(support, None, organisation="Nobody's Networks", sort="network")
    contact(support, None, organisation="Maker of Meters", sort="manufacturer")
    with pytest.raises(Refused, match="amend that one"):
        contact(own, party)
    later = NOON + timedelta(days=40)
    OPERATIONS_CONTACT.take("affirm", row, **told(own, later))
    assert row.affirmed_on == date(2020, 4, 14)
    OPERATIONS_CONTACT.take("remove", row, **told(own, later))
    with pytest.raises(Refused, match="no longer on the list"):
        put_right(row, {"name": "X"}, **told(own, later))


def test_a_contact_is_entered_by_form_for_ones_own_party_only(client: Client, support: Person, party: Party) -> None:
    other = Party.objects.create(key="b", name="B", state="party", acceded_on=date(2015, 1, 1))
    form = {"sort": "supplier", "role": "Desk", "email": "d@example.org", "party": other.pk}
    client.force_login(person(Role.PARTY_CONTACT, organisation_id=party.pk))
    assert client.post("/operations-contacts/new/", form).status_code == 422
    assert client.post("/operations-contacts/new/", {**form, "party": party.pk}).status_code == 302
    client.force_login(support)
    unnamed = {**form, "party": "", "sort": "manufacturer"}
    assert b"or choose its party" in client.post("/operations-contacts/new/", unnamed).content
    assert client.post("/operations-contacts/new/", {**unnamed, "organisation": "Maker"}).status_code == 302
    assert set(OperationsContact.objects.values_list("organisation", flat=True)) == {"A Supplier", "Maker"}


def test_a_contact_can_be_reached_somehow(support: Person, party: Party) -> None:
    with pytest.raises(Refused, match="telephone number, or both"):
        contact(support, party, email="")


def test_the_journal_keeps_which_fields_of_a_contact_changed_and_not_what_they_say(
    support: Person, party: Party
) -> None:
    row = contact(support, party)
    put_right(row, {"name": "Private Person", "telephone": "0300"}, **told(support))
    facts = str(list(Event.objects.filter(subject_id=row.pk).values_list("name", "facts")))
    assert "telephone" in facts
    assert "Private Person" not in facts
    assert "d@example.org" not in facts


def test_addresses_are_opened_only_for_a_purpose_and_for_some_hours(
    client: Client, support: Person, party: Party
) -> None:
    contact(support, party, name="Private Person")
    supplier, other = (person(role, organisation_id=7) for role in (Role.PARTY_CONTACT, Role.DCC))
    assert client.get("/operations-contacts/").status_code == 302
    client.force_login(supplier)
    for address in ("/operations-contacts/", "/operations-contacts.csv"):
        page = client.get(address).content
        assert b"A Supplier" in page
        assert b"d@example.org" not in page
    row = OperationsContact.objects.get()
    assert b"d@example.org" not in client.get(row.get_absolute_url()).content
    form = {"purpose": "critical alert", "matter": "Alert 8F3E after a change of supplier"}
    assert client.post("/operations-contacts/addresses/", {"purpose": "marketing", "matter": "x"}).status_code == 422
    opened = client.post("/operations-contacts/addresses/", form)
    assert b"d@example.org" in client.get(opened["Location"]).content
    for reader in (other, support):
        client.force_login(reader)
        assert b"d@example.org" not in client.get(opened["Location"]).content
    client.force_login(supplier)
    ContactUse.objects.update(used_at=NOON - timedelta(days=2))
    assert b"d@example.org" not in client.get(opened["Location"]).content


def test_a_use_is_by_somebody_and_tells_for_what(support: Person) -> None:
    with pytest.raises(Refused, match="signed in"):
        use("customers", "An outage", **told(None))
    with pytest.raises(ValidationError):
        use("marketing", "A product", **told(support))


def test_another_organisations_contact_is_not_put_right(client: Client, support: Person, party: Party) -> None:
    row = contact(support, party)
    client.force_login(person(Role.PARTY_CONTACT, organisation_id=party.pk + 1))
    assert client.get(f"/operations-contacts/{row.pk}/edit/").status_code == 403
    client.force_login(support)
    form = {"role": "Night desk", "email": "n@example.org"}
    assert client.post(f"/operations-contacts/{row.pk}/edit/", form).status_code == 302
    row.refresh_from_db()
    assert (row.role, row.email) == ("Night desk", "n@example.org")
