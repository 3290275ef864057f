"""The navigation links to what exists and what the person may open."""

from __future__ import annotations

import pytest

from secretariat.site.navigation import navigation
from tests.site.people import AT, client_of, person_as

pytestmark = pytest.mark.django_db


def test_the_public_is_not_shown_the_secretariats_links() -> None:
    found = navigation(None, AT, "/")
    assert "Rulebook" in [link.label for link in found.public]
    assert found.staff == ()


def test_meetings_committees_actions_and_elections_are_in_everybodys_menu() -> None:
    labels = [link.label for link in navigation(None, AT, "/").public]
    assert {"Committees", "Meetings", "Calendar", "Actions", "Elections"} <= set(labels)


def test_the_secretariat_has_its_own_row_of_links() -> None:
    labels = [link.label for link in navigation(person_as("operations"), AT, "/").staff]
    assert {"Load files", "Figures", "Journal", "People"} <= set(labels)


def test_a_link_that_the_person_may_not_open_is_left_out() -> None:
    assert "People" not in [link.label for link in navigation(person_as("helpdesk"), AT, "/").staff]


def test_the_page_shown_is_marked_in_the_navigation() -> None:
    assert [link.label for link in navigation(None, AT, "/rulebook/").public if link.current] == ["Rulebook"]


@pytest.mark.parametrize("role", ["public", "party", "member", "operations"])
def test_every_link_of_the_navigation_opens(role: str) -> None:
    person = None if role == "public" else person_as(role)
    client, found = client_of(person), navigation(person, AT, "/")
    opened = {link.href: client.get(link.href).status_code for link in (*found.public, *found.staff)}
    assert set(opened.values()) == {200}, opened
