"""Working Days of consultations (rules NEW-8, NEW-9), against what was published."""

from __future__ import annotations

from datetime import date

import pytest

from secretariat.consultations.models import Kind
from secretariat.consultations.timing import customary_closing, warnings, working
from tests.consultations.factories import drafted, london

pytestmark = pytest.mark.django_db

PUBLISHED = {
    "MP112": ("2020-03-17", "2020-04-07 17:00"),
    "MP076": ("2019-08-12", "2019-09-03 17:00"),
    "MP078": ("2022-01-18", "2022-02-08 17:00"),
}


@pytest.mark.parametrize(("issued", "closed"), PUBLISHED.values(), ids=PUBLISHED)
def test_a_modification_report_consultation_closes_when_it_was_published_to(issued: str, closed: str) -> None:
    assert customary_closing(Kind.REPORT, date.fromisoformat(issued)) == london(closed)
    one = drafted(opens_at=london(f"{issued} 09:00"), closes_at=london(closed))
    assert warnings(one) == []
    assert "15 Working Days" in working(one)


def test_fourteen_working_days_over_a_bank_holiday_are_taken_with_a_warning() -> None:
    one = drafted(opens_at=london("2021-04-19 09:00"), closes_at=london("2021-05-10 17:00"))
    assert one.state == "draft"
    (warning,) = warnings(one)
    assert "runs for 14 Working Days; by custom it is 15. (NEW-9." in warning


def test_a_refinement_consultation_of_ten_days_is_warned_of_with_its_doubt() -> None:
    one = drafted(Kind.REFINEMENT, opens_at=london("2019-07-15"), closes_at=london("2019-07-29 17:00"))
    (warning,) = warnings(one)
    assert "runs for 10 Working Days; by custom it is 15. (NEW-8. Deduced" in warning


def test_a_closing_at_noon_or_on_a_saturday_is_warned_of() -> None:
    noon = drafted(Kind.BUDGET, closes_at=london("2020-04-07 12:00"))
    assert warnings(noon) == ["It closes at 12:00; by custom it is 17:00. (NEW-9)"]
    saturday = drafted(Kind.BUDGET, closes_at=london("2020-04-11 17:00"))
    assert warnings(saturday) == ["It closes on a day that is no Working Day."]


def test_no_custom_is_known_for_other_kinds() -> None:
    assert customary_closing(Kind.BUDGET, date(2020, 3, 17)) is None
