"""Meetings: their references, their order, their procedure."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from secretariat.core import journal
from secretariat.core.kinds import by_word
from secretariat.core.people import Team
from secretariat.core.procedure import Refused
from secretariat.meetings.models import Meeting
from secretariat.meetings.procedure import MEETINGS
from tests.meetings.factories import document, held, planned, told
from tests.register.factories import NOON, person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("code", "day", "number", "extraordinary", "reference"),
    [
        ("SECP", "2020-02-14", 77, 0, "SECP_77_1402"),
        ("OPSG", "2018-06-26", 9, 0, "OPSG_09_2606"),
        ("OPSG", "2020-02-24", 29, 2, "OPSG_29xx_2402"),
        ("TAG", "2020-02-12", None, 0, ""),
    ],
)
def test_a_reference_is_reckoned_and_never_typed(
    code: str, day: str, number: int | None, extraordinary: int, reference: str
) -> None:
    made = planned(code, day, number, extraordinary)
    made.refresh_from_db()
    assert (made.reference, made.state) == (reference, "planned")


def test_an_amended_day_or_number_moves_the_reference_with_it() -> None:
    made = planned("TAG", "2020-02-12")
    journal.amend(made, {"number": 40}, **told())
    journal.amend(made, {"day": date(2020, 2, 13)}, **told())
    made.refresh_from_db()
    assert made.reference == "TAG_40_1302"


def test_a_body_does_not_meet_twice_on_a_day() -> None:
    planned("SSC", "2020-02-12", 94)
    with pytest.raises(Refused, match="has a meeting on this day already"):
        planned("SSC", "2020-02-12", 95)


def test_a_body_does_not_give_a_number_twice() -> None:
    planned("SSC", "2020-02-12", 94)
    with pytest.raises(Refused, match="has a meeting of this number already"):
        planned("SSC", "2020-02-26", 94)
    assert planned("SSC", "2020-02-26", 94, 1).reference == "SSC_94x_2602"


def test_a_cancelled_meeting_gives_its_day_and_its_number_free() -> None:
    first = planned("SSC", "2020-02-12", 94)
    MEETINGS.take("cancel", first, reason="No quorum", **told())
    assert (first.state, first.cause_of_none) == ("cancelled", "No quorum")
    assert planned("SSC", "2020-02-12", 94).state == "planned"


def test_its_day_has_come() -> None:
    made = planned("SSC", "2020-03-06", 96)
    with pytest.raises(Refused, match=r"A meeting is not held before its day. \(GOV-9\)"):
        MEETINGS.take("hold", made, **told())
    at = datetime(2020, 3, 6, tzinfo=UTC)
    MEETINGS.take("hold", made, by=person(team=Team.COMMITTEES), at=at, recorded=at)
    assert made.state == "held"


def test_only_the_committees_team_takes_the_steps() -> None:
    made = planned("SSC", "2020-02-12", 94)
    for who in (None, person(team=Team.HELPDESK)):
        with pytest.raises(Refused, match="is for others"):
            MEETINGS.take("hold", made, by=who, at=NOON, recorded=NOON)


@pytest.mark.parametrize("number", [0, 1000])
def test_a_number_that_no_reference_can_carry_is_refused(number: int) -> None:
    with pytest.raises(Refused, match="runs from 1 to 999"):
        planned("SSC", "2020-02-12", number)


def test_a_body_does_not_meet_before_it_exists() -> None:
    with pytest.raises(Refused, match="CSC did not exist on Wed 31 Oct 2018"):
        planned("CSC", "2018-10-31", 1)


def test_the_meeting_before_the_panels_is_its_regular_one() -> None:
    first = held("SECP", "2020-01-10", 76)
    held("SECP", "2020-01-24", 76, 1)
    held("SSC", "2020-02-12", 94)
    cancelled = planned("SECP", "2020-02-07")
    MEETINGS.take("cancel", cancelled, reason="Not needed", **told())
    second = planned("SECP", "2020-02-14", 77)
    assert second.previous == first
    assert first.previous is None


def test_the_meeting_before_another_bodys_may_be_extraordinary() -> None:
    held("OPSG", "2020-02-04", 29)
    extra = held("OPSG", "2020-02-07", 29, 1)
    assert planned("OPSG", "2020-02-24", 29, 2).previous == extra


@pytest.mark.parametrize("text", ["SECPMA_66_2502", "SMKI PMA 66 2502", "secpma_66_2502"])
def test_a_meeting_is_found_by_any_form_of_its_reference(text: str) -> None:
    made = held("SECPMA", "2020-02-25", 66)
    kind = by_word("meeting")
    assert kind is not None
    assert kind.find(text) == made
    assert kind.find("SECPMA_66_2602") is None
    assert kind.find("no reference") is None


def test_a_meeting_that_took_place_is_found_before_a_cancelled_one() -> None:
    MEETINGS.take("cancel", planned("SSC", "2020-02-12", 94), reason="Moved", **told())
    again = planned("SSC", "2020-02-12", 94)
    MEETINGS.take("cancel", planned("SSC", "2021-02-12", 95), reason="Moved", **told())
    kind = by_word("meeting")
    assert kind is not None
    assert kind.find("SSC_94_1202") == again


def test_a_document_of_a_kind_and_class_is_there_once() -> None:
    made = held("SECP", "2020-02-14", 77)
    document(made, "papers", 0)
    document(made, "papers", 1)
    with pytest.raises(ValidationError, match="document of this kind and class already"):
        document(made, "papers", 1)
    assert Meeting.objects.count() == 1
