"""The one door: what a person's capacities open, on which days, and on which ground."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from secretariat.core.calendar import ProclaimedHoliday
from secretariat.core.classification import PUBLIC, Class, Recipient, clearance, why_visible
from secretariat.core.people import Capacity, Person, Role
from secretariat.register.models import Party

pytestmark = pytest.mark.django_db

AT = datetime(2020, 2, 17, 14, tzinfo=UTC)


def person(role: str = "", **capacity: Any) -> Person:
    made = Person.objects.create_user(f"p{Person.objects.count()}@example.org", "A Person")
    if role:
        told = {"from_day": date(2020, 1, 1), "recorded": AT, **capacity}
        Capacity.objects.create(person=made, role=role, **told)
    return made


def holiday(classification: Class, audience: str = "") -> ProclaimedHoliday:
    day = date(2022, 6, 1 + ProclaimedHoliday.objects.count())
    told = {"classification": classification, "audience": audience}
    return ProclaimedHoliday.objects.create(day=day, name="A day", source="A source", recorded=AT, **told)


def may_read(reader: Any, record: Any, at: datetime = AT) -> bool:
    return bool(type(record)._default_manager.filter(pk=record.pk).visible_to(reader, at).exists())


@pytest.mark.parametrize(
    ("role", "highest"),
    [
        (Role.SECRETARIAT, Class.AMBER),
        (Role.PARTY_CONTACT, Class.GREEN),
        (Role.COMMITTEE_MEMBER, Class.GREEN),
        (Role.DCC, Class.GREEN),
        (Role.AUTHORITY, Class.GREEN),
        (Role.ASSESSOR, Class.GREEN),
        ("", Class.WHITE),
    ],
)
def test_a_role_opens_all_up_to_its_class(role: str, highest: Class) -> None:
    reader = person(role)
    opened = [klass for klass in Class if may_read(reader, holiday(klass, "SSC"))]
    assert opened == [klass for klass in Class if klass <= highest]


def test_a_member_reads_the_amber_of_their_own_body_alone() -> None:
    member = person(Role.COMMITTEE_MEMBER, audience="SSC")
    assert may_read(member, holiday(Class.AMBER, "SSC"))
    assert not may_read(member, holiday(Class.AMBER, "TABASC"))
    assert not may_read(member, holiday(Class.AMBER))
    assert not may_read(member, holiday(Class.RED, "SSC"))


@pytest.mark.parametrize(
    ("at", "open_"),
    [
        (datetime(2020, 6, 30, 22, 59, tzinfo=UTC), False),
        (datetime(2020, 6, 30, 23, 0, tzinfo=UTC), True),
        (datetime(2020, 7, 31, 22, 59, tzinfo=UTC), True),
        (datetime(2020, 7, 31, 23, 0, tzinfo=UTC), False),
    ],
    ids=["before the first London midnight", "from it", "to the last London midnight", "after it"],
)
def test_a_capacity_opens_from_its_first_day_to_its_last(at: datetime, open_: bool) -> None:
    member = person(Role.COMMITTEE_MEMBER, audience="SSC", from_day=date(2020, 7, 1), to_day=date(2020, 7, 31))
    assert may_read(member, holiday(Class.AMBER, "SSC"), at) is open_


def test_capacities_add_up() -> None:
    reader = person(Role.COMMITTEE_MEMBER, audience="SSC")
    Capacity.objects.create(person=reader, role=Role.SECRETARIAT, from_day=date(2020, 2, 1), recorded=AT)
    found = clearance(reader, AT)
    assert (found.rank, found.audiences, found.person_id) == (Class.AMBER, {"SSC"}, reader.pk)


def test_who_is_not_active_reads_as_the_public_does() -> None:
    reader = person(Role.SECRETARIAT)
    reader.is_active = False
    assert clearance(reader, AT) == clearance(AnonymousUser(), AT) == clearance(None, AT) == PUBLIC


def test_an_organisation_reads_its_own_up_to_amber() -> None:
    told = {"state": "party", "acceded_on": date(2020, 1, 1), "classification": Class.AMBER}
    own, other = (Party.objects.create(name=name, key=name.lower(), **told) for name in ("Own", "Other"))
    contact = person(Role.PARTY_CONTACT, organisation_id=own.pk)
    assert may_read(contact, own)
    assert not may_read(contact, other)
    Party.objects.update(classification=Class.RED)
    assert not may_read(contact, own)
    own.refresh_from_db()
    own.classification = Class.AMBER
    assert why_visible(own, contact, AT).startswith("You read this because it is your own organisation's.")


def test_red_opens_to_its_named_recipients_alone() -> None:
    record, other = holiday(Class.RED, "SSC"), holiday(Class.RED, "SSC")
    named, lead = person(), person(Role.SECRETARIAT)
    Recipient.objects.create(kind="core.proclaimedholiday", record_id=record.pk, person=named)
    assert may_read(named, record)
    assert not may_read(named, other)
    assert not may_read(lead, record)


def test_a_recipient_of_one_kind_of_record_is_none_of_another_with_its_number() -> None:
    record, named = holiday(Class.RED), person()
    Recipient.objects.create(kind="core.storedfile", record_id=record.pk, person=named)
    assert not may_read(named, record)


@pytest.mark.parametrize(
    ("klass", "role", "ground"),
    [
        (Class.WHITE, "", "Anyone may read this"),
        (Class.GREEN, Role.PARTY_CONTACT, "You read this as a person cleared for Green. For parties"),
        (Class.AMBER, Role.SECRETARIAT, "You read this as a person cleared for Amber. For the body"),
        (Class.AMBER, Role.COMMITTEE_MEMBER, "You read this as a member of SSC. For the body"),
        (Class.RED, "", "You read this as a named recipient. For the named"),
    ],
)
def test_a_page_says_why_it_can_be_read(klass: Class, role: str, ground: str) -> None:
    reader = person(role, audience="SSC" if role == Role.COMMITTEE_MEMBER else "")
    assert why_visible(holiday(klass, "SSC"), reader, AT).startswith(ground)
