"""What a body's page says of its meetings."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from secretariat.meetings.procedure import MEETINGS
from tests.meetings.factories import planned, told
from tests.meetings.minuting import BODY, member
from tests.meetings.test_actions import placed, step
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


def test_a_bodys_page_tells_its_next_meetings_and_none_that_is_past_cancelled_or_of_others(settings: Any) -> None:
    settings.CLOCK = "2020-03-05T12:00:00+00:00"
    planned("SSC", "2020-03-04", note="Past meeting")
    planned("SSC", "2020-03-05", 96, note="Today's meeting")
    planned("SSC", "2020-03-25", note="Later meeting")
    planned("OPSG", "2020-03-25", note="Meeting of another body")
    MEETINGS.take("cancel", planned("SSC", "2020-04-08", note="Cancelled meeting"), reason="No business.", **told())
    content = Client().get("/committees/SSC/").content.decode()
    for words, told_there in (("Today&#39;s", True), ("Later", True), ("Past", False), ("Cancelled", False)):
        assert (f"{words} meeting" in content) is told_there, words
    assert "Meeting of another body" not in content


def test_a_bodys_page_tells_its_actions_until_they_are_closed_to_those_who_may_read_them(settings: Any) -> None:
    settings.CLOCK, settings.MFA_REQUIRED_ROLES = "2020-03-05T12:00:00+00:00", []
    placed("Bring the numbers.")
    dropped = placed("Ask the providers.")
    step("drop", dropped, why="It was answered.")
    address = f"/committees/{BODY}/"
    content = signed_in(member()).get(address).content.decode()
    assert "Open actions" in content
    assert "Bring the numbers." in content
    assert "Ask the providers." not in content
    assert "Open actions" not in Client().get(address).content.decode()
