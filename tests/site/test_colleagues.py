"""Colleagues: a party's leading contact invites and removes them, and a leaver loses access at once."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail
from django.test import Client

from secretariat.core.journal import Event
from secretariat.core.people import Capacity, Person, Role
from secretariat.core.procedure import Refused
from secretariat.post import outbox
from secretariat.post.models import Message
from secretariat.register.models import Party
from secretariat.site.colleagues import contacts_of, invite, leading, remove
from tests.register.factories import case, party, person
from tests.site.own import browser, capacity, contact
from tests.site.people import AT, PASSWORD, client_as, client_of

pytestmark = pytest.mark.django_db
TOLD = {"at": AT, "recorded": AT}


@pytest.fixture
def amber() -> Party:
    return party()


def invited(of: Party, by: Person, name: str = "New", **more: bool) -> Person:
    leads_too = more.get("leads_too", False)
    return invite(of, name=name, email=f"{name.lower()}@example.test", leads_too=leads_too, by=by, **TOLD).person


def names(of: Party) -> list[str]:
    return [row.person.name for row in contacts_of(of, AT)]


def test_a_colleague_is_invited_without_a_password_and_every_write_is_journaled(amber: Party) -> None:
    first = contact(amber)
    answer = client_of(first).post(
        f"/my-party/{amber.key}/colleagues/", {"name": "New Colleague", "email": "New@Example.test"}
    )
    assert answer.status_code == 302
    colleague = Person.objects.get(email="new@example.test")
    assert not colleague.has_usable_password()
    row = capacity(amber, colleague)
    assert (row.role, row.from_day, row.leads) == (Role.PARTY_CONTACT, date(2020, 3, 6), False)
    events = Event.objects.filter(name__in=("person.enter", "capacity.invite")).order_by("pk")
    assert [(event.name, event.subject_id, event.by) for event in events] == [
        ("person.enter", colleague.pk, first),
        ("capacity.invite", row.pk, first),
    ]
    assert "New Colleague" not in str([event.facts for event in events])


def test_the_invitation_goes_to_the_colleague_and_the_secretariat_is_told(
    amber: Party, mailoutbox: list[mail.EmailMessage]
) -> None:
    adviser = person()
    outbox.start_here()
    invitee = invited(amber, contact(amber))
    outbox.gather(AT, AT)
    told = {message.person: message.body for message in Message.objects.select_related("person")}
    assert told.keys() == {invitee, adviser}
    assert "/account/password/reset/" in told[invitee]
    assert "First has invited you to act for Amber Energy Limited" in told[invitee]
    assert f"/people/{invitee.pk}/" in told[adviser]
    assert invitee.email not in told[adviser]


def test_who_was_invited_chooses_a_password_by_mail_and_signs_in(
    amber: Party, mailoutbox: list[mail.EmailMessage]
) -> None:
    invitee = invited(amber, contact(amber))
    client = Client()
    client.post("/account/password/reset/", {"email": invitee.email})
    (sent,) = mailoutbox
    assert sent.to == [invitee.email]
    address = next(word for word in sent.body.split() if "/account/password/reset/key/" in word)
    form = client.get(address.partition("localhost:8000")[2] or address, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    client.post("/account/login/", {"login": invitee.email, "password": PASSWORD})
    assert client.get("/my-party/").status_code == 200


def test_a_person_known_already_keeps_their_name_and_speaks_for_both(amber: Party) -> None:
    other = party("Blue Energy Limited")
    known = contact(other, "Known")
    invite(amber, name="Another Name", email="KNOWN@example.test", leads_too=False, by=contact(amber), **TOLD)
    known.refresh_from_db()
    assert known.name == "Known"
    assert names(amber) == ["First", "Known"]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"name": "Twin", "email": "FIRST@example.test"}, "can sign in for your party already"),
        ({"name": "Closed", "email": "closed@example.test"}, "is closed. Ask the secretariat"),
        ({"name": "", "email": "x@example.test"}, "This field is required"),
        ({"name": "X", "email": "no address"}, "Enter a valid email address"),
    ],
)
def test_an_invitation_that_may_not_be_is_refused_and_what_was_typed_is_kept(
    amber: Party, told: dict[str, str], words: str
) -> None:
    Person.objects.create_user("closed@example.test", "Closed", is_active=False)
    answer = browser(amber).post(f"/my-party/{amber.key}/colleagues/", told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert f'value="{told["email"]}"' in page
    assert names(amber) == ["First"]


def test_the_first_contact_leads_until_somebody_is_invited_so(amber: Party) -> None:
    contact(amber, "Later", "2019-06-01")
    first = contact(amber, "First", "2019-01-01")
    assert [row.person for row in leading(contacts_of(amber, AT))] == [first]
    lead = invited(amber, first, leads_too=True)
    assert [row.person for row in leading(contacts_of(amber, AT))] == [lead]


def test_only_a_leading_contact_invites_and_removes(amber: Party) -> None:
    first, second = contact(amber), contact(amber, "Second", "2019-06-01")
    client, row = client_of(second), capacity(amber, first)
    assert client.get(f"/my-party/{amber.key}/colleagues/").status_code == 200
    for path in (f"/my-party/{amber.key}/colleagues/", f"/my-party/{amber.key}/colleagues/{row.pk}/remove/"):
        assert client.post(path, {"name": "X", "email": "x@example.test"}).status_code == 403
    with pytest.raises(Refused, match="leading contact"):
        invited(amber, second)
    with pytest.raises(Refused, match="leading contact"):
        remove(amber, first, successor=None, by=second, **TOLD)


def test_a_leaver_loses_access_at_once_and_is_signed_out_everywhere(amber: Party) -> None:
    first, second = contact(amber), contact(amber, "Second", "2019-06-01")
    mine = case(amber, "2020-03-05")
    elsewhere = Client()
    elsewhere.post("/account/login/", {"login": second.email, "password": PASSWORD})
    assert elsewhere.get(mine.get_absolute_url()).status_code == 200
    row = capacity(amber, second)
    assert client_of(first).post(f"/my-party/{amber.key}/colleagues/{row.pk}/remove/").status_code == 302
    assert elsewhere.get(mine.get_absolute_url()).status_code == 404
    assert elsewhere.get("/my-party/")["Location"].startswith("/account/login/")
    again = client_of(Person.objects.get(pk=second.pk))
    assert again.get(mine.get_absolute_url()).status_code == 404
    assert again.get("/my-party/").status_code == 403
    row.refresh_from_db()
    assert (row.to_day, row.ended) == (date(2020, 3, 6), AT)
    event = Event.objects.get(name="capacity.remove")
    assert (event.subject_id, event.by) == (row.pk, first)


def test_who_was_invited_today_can_be_removed_today(amber: Party) -> None:
    first = contact(amber)
    invitee = invited(amber, first)
    remove(amber, invitee, successor=None, by=first, **TOLD)
    assert names(amber) == ["First"]
    assert Person.objects.get(pk=invitee.pk).capacities_on(date(2020, 3, 6)) == []


def test_a_capacity_still_to_come_ends_with_the_one_in_force(amber: Party) -> None:
    first = contact(amber)
    second = contact(amber, "Second", "2019-06-01", to_day=date(2020, 4, 30))
    contact(amber, "Second", "2020-05-01")
    remove(amber, second, successor=None, by=first, **TOLD)
    assert not Capacity.objects.on(date(2020, 5, 1)).filter(person=second).exists()


def test_the_secretariat_is_told_of_a_removal(amber: Party) -> None:
    first, second = contact(amber), contact(amber, "Second", "2019-06-01")
    outbox.start_here()
    remove(amber, second, successor=None, by=first, **TOLD)
    outbox.gather(AT, AT)
    (message,) = Message.objects.all()
    assert (message.person, message.subject) == (person(), "Amber Energy Limited removed a colleague")


def test_the_last_one_is_not_removed_before_another_is_invited(amber: Party) -> None:
    first = contact(amber)
    answer = client_of(first).post(f"/my-party/{amber.key}/colleagues/{capacity(amber, first).pk}/remove/")
    assert answer.status_code == 422
    with pytest.raises(Refused, match="Invite a colleague first"):
        remove(amber, first, successor=None, by=first, **TOLD)
    assert names(amber) == ["First"]


def test_who_leads_names_who_leads_next_before_leaving(amber: Party) -> None:
    first, second = contact(amber), contact(amber, "Second", "2019-06-01")
    path = f"/my-party/{amber.key}/colleagues/{capacity(amber, first).pk}/remove/"
    client = client_of(first)
    assert client.post(path).status_code == 422
    answer = client.post(path, {"successor": second.pk})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert names(amber) == ["Second"]
    assert capacity(amber, second).leads
    assert client.get("/my-party/")["Location"].startswith("/account/login/")


def test_nobody_touches_another_partys_people(amber: Party) -> None:
    other = party("Blue Energy Limited")
    theirs = capacity(other, contact(other, "Theirs"))
    client = browser(amber)
    assert client.get(f"/my-party/{other.key}/colleagues/").status_code == 404
    assert client.post(f"/my-party/{other.key}/colleagues/{theirs.pk}/remove/").status_code == 404
    assert client.post(f"/my-party/{amber.key}/colleagues/{theirs.pk}/remove/").status_code == 404
    assert names(other) == ["Theirs"]


def test_who_also_speaks_for_another_party_keeps_that(amber: Party) -> None:
    other = party("Blue Energy Limited")
    first = contact(amber)
    contact(amber, "Both", "2019-06-01")
    both = contact(other, "Both")
    remove(amber, both, successor=None, by=first, **TOLD)
    assert names(other) == ["Both"]


@pytest.mark.parametrize(("role", "answer"), [("public", 302), ("nobody in particular", 403), ("operations", 403)])
def test_the_page_is_for_the_partys_contacts(amber: Party, role: str, answer: int) -> None:
    assert client_as(role).get(f"/my-party/{amber.key}/colleagues/").status_code == answer
