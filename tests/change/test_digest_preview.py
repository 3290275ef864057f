"""The preview of digests: who gets what and why, and nothing that the previewer may not read."""

from __future__ import annotations

import pytest
from django.test import Client

from secretariat.change.models import Proposal
from secretariat.core.people import Person, Role
from secretariat.post.following import follow
from secretariat.post.models import Message
from secretariat.site import urls
from tests.change.factories import LATER, change_person, party, person, raised

pytestmark = pytest.mark.django_db
assert urls.urlpatterns, "the addresses make the lists known"


def page(someone: Person | None) -> str:
    client = Client()
    if someone is not None:
        client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/digest-preview/")
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


@pytest.fixture
def contact() -> Person:
    return person(Role.PARTY_CONTACT, organisation_id=party().pk)


def test_staff_see_who_is_told_what_and_why_and_nothing_is_sent(contact: Person) -> None:
    follow("proposals", "stage=development", "", person=contact, at=LATER, recorded=LATER)
    raised("2020-02-03", number=90, title="A change of meters")
    found = page(change_person())
    for words in (str(contact), "stage Development Stage", "A change of meters"):
        assert words in found, words
    assert not Message.objects.exists()


def test_what_the_filters_leave_out_is_not_told(contact: Person) -> None:
    follow("proposals", "stage=report", "", person=contact, at=LATER, recorded=LATER)
    raised("2020-02-03", number=90, title="A change of meters")
    found = page(change_person())
    assert "A change of meters" not in found
    assert "Nothing is new in it." in found


def test_a_row_that_the_previewer_may_not_read_is_counted_and_not_shown(contact: Person) -> None:
    follow("proposals", "", "", person=contact, at=LATER, recorded=LATER)
    made = raised("2020-02-03", number=90, title="A change of meters")
    staff = change_person()
    assert "A change of meters" in page(staff)
    Proposal.objects.filter(pk=made.pk).update(classification=3)
    assert "A change of meters" not in page(staff)


def test_the_preview_is_for_the_secretariat(contact: Person) -> None:
    assert page(contact) == "403"
    assert page(None) == "302"
