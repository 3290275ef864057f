"""The DCC's file of incidents."""

from __future__ import annotations

import pytest

from secretariat.oversight.incidents.load import SERVICE_INCIDENTS
from secretariat.oversight.incidents.models import (
    CLOSED,
    Incident,
)
from tests.oversight.incident_facts import (
    cause,
    loaded,
    london,
    party,
    previewed,
)

pytestmark = pytest.mark.django_db


HEAD = "reference,title,raised_at,category,side,party,cause,resolved_at,closed_at"


def test_a_file_of_incidents_is_entered_once_with_its_first_rows() -> None:
    cause(), party()
    rows = ("INC1,Words,2020-02-03 09:00,3,dcc,,,,",
            "INC2,Words,2020-02-03 10:00,2,user,alder-energy-limited,incorrect ch variant installed,"
            "2020-02-04 10:00,2020-02-05 10:00")  # fmt: skip
    assert len(loaded(SERVICE_INCIDENTS, HEAD, *rows).accepted) == 2
    assert loaded(SERVICE_INCIDENTS, HEAD, *rows).repeated == [2, 3]
    made = Incident.objects.get(reference="INC2")
    assert (made.state, made.party, made.assignments.get().side) == (CLOSED, party(), "user")
    assert made.categorisations.get().decided_by == "As told by the DCC"


@pytest.mark.parametrize(
    ("row", "reason"),
    [("INC1,Words,2020-02-03 09:00,6,dcc,,,,", "There is no category 6"),
     ("INC1,Words,2020-02-03 09:00,3,dcc,nobody,,,", "There is no party nobody"),
     ("INC1,Words,2020-02-03 09:00,3,user,,,,", "Name the Service User"),
     ("INC1,Words,2020-02-03 09:00,3,dcc,,Unknown,,", "is not one of the aged incident categories"),
     ("INC1,Words,2020-02-03 09:00,3,dcc,,,2020-02-02 09:00,", "This is before raised_at"),
     ("INC1,Words,2020-02-03 09:00,3,dcc,,,,2020-02-04 09:00", "tell when it was resolved"),
     ("INC1,Words,2020-04-03 09:00,3,dcc,,,,", "still to come"),
     ("INC1,Words,2019-10-27 01:30,3,dcc,,,,", "shows 2019-10-27 01:30 twice")],
)  # fmt: skip
def test_a_wrong_row_is_refused_with_its_reason(row: str, reason: str) -> None:
    found = previewed(SERVICE_INCIDENTS, HEAD, row)
    assert any(reason in one for one in found), found
    assert not Incident.objects.exists()


def test_a_reference_told_twice_or_with_other_content_is_refused() -> None:
    row = "INC1,Words,2020-02-03 09:00,3,dcc,,,,"
    assert any("is in row 2 too" in one for one in previewed(SERVICE_INCIDENTS, HEAD, row, row))
    loaded(SERVICE_INCIDENTS, HEAD, row)
    found = previewed(SERVICE_INCIDENTS, HEAD, row.replace("Words", "Other words"))
    assert any("another title" in one for one in found)


def test_a_later_file_moves_an_incident_on_by_its_steps_and_takes_nothing_back() -> None:
    loaded(SERVICE_INCIDENTS, HEAD, "INC1,Words,2020-02-03 09:00,3,dcc,,,,")
    later = "INC1,Words,2020-02-03 09:00,3,dcc,,,2020-02-04 10:00,2020-02-05 10:00"
    assert len(loaded(SERVICE_INCIDENTS, HEAD, later).accepted) == 1
    made = Incident.objects.get()
    assert (made.state, made.resolved_at) == (CLOSED, london("2020-02-04 10:00"))
    assert loaded(SERVICE_INCIDENTS, HEAD, later).repeated == [2]
    assert loaded(SERVICE_INCIDENTS, HEAD, "INC1,Words,2020-02-03 09:00,3,dcc,,,,").repeated == [2]
    found = previewed(SERVICE_INCIDENTS, HEAD, later.replace("02-04 10:00", "02-04 11:00"))
    assert any("another resolved_at" in one for one in found)
