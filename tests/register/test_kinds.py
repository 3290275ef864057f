"""Finding parties by what prose calls them."""

from __future__ import annotations

import pytest

from secretariat.core.kinds import by_word
from tests.register.factories import party, withdraw

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["amber-energy-limited", "Amber Energy Limited", "amber energy limited"])
def test_a_party_is_found_by_key_and_by_name(text: str) -> None:
    made = party()
    kind = by_word("party")
    assert kind is not None
    assert kind.find(text) == made
    assert kind.title(made) == "Amber Energy Limited"


def test_of_several_rows_of_an_organisation_the_latest_is_found() -> None:
    withdraw(party(day="2018-01-10"), "2019-01-10")
    again = party(day="2020-01-10", key="again")
    kind = by_word("party")
    assert kind is not None
    assert kind.find("Amber Energy Limited") == again
    assert kind.find("Amber") is None


def test_a_voting_group_is_found_by_key() -> None:
    party()
    kind = by_word("voting group")
    assert kind is not None
    assert str(kind.find("amber-energy-limited")) == "Amber Energy Limited"
