"""Certificates by their dates: how they stand, when they end, and their file."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from secretariat.core.load import Loading, preview
from secretariat.core.people import Person, Team
from secretariat.core.procedure import Refused
from secretariat.plain.dates import LONDON
from secretariat.plain.months import Month
from secretariat.plain.workdays import default_calendar
from secretariat.post.due import take_due
from secretariat.products.certificates.actions import renew, withdraw
from secretariat.products.certificates.filters import standing_so
from secretariat.products.certificates.life import Standing, by_month, standing, told
from secretariat.products.certificates.load import CERTIFICATES
from secretariat.products.certificates.models import (
    PlanRequest,
)
from secretariat.products.certificates.procedure import (
    is_to_be_chased,
)
from secretariat.products.models import CURRENT, EXPIRING, Certificate
from tests.products.certified import END, FEBRUARY, JANUARY, carried, states, when
from tests.products.factories import device, person, version

TODAY = date(2020, 2, 10)


def certificate(**dates: Any) -> Certificate:
    """A certificate, not saved; the values of a rule need no database."""
    return Certificate(scheme="CPA", number="CPA-1", holder="Larch Meters", **dates)


@pytest.mark.parametrize(
    ("dates", "how"),
    [
        ({}, Standing.HOLDS),
        ({"expires_on": date(2020, 2, 9)}, Standing.ENDED),
        ({"expires_on": TODAY}, Standing.ENDING),
        ({"expires_on": date(2020, 5, 10)}, Standing.ENDING),
        ({"expires_on": date(2020, 5, 11)}, Standing.HOLDS),
        ({"renewal_on": date(2020, 2, 9)}, Standing.ENDED),
        ({"issued_on": date(2020, 2, 11), "expires_on": date(2020, 3, 1)}, Standing.NOT_YET),
        ({"expires_on": date(2026, 1, 1), "withdrawn_on": TODAY}, Standing.WITHDRAWN),
        ({"expires_on": date(2020, 2, 1), "withdrawn_on": date(2020, 2, 11)}, Standing.ENDED),
    ],
)
def test_a_certificate_stands_by_its_dates(dates: dict[str, date], how: Standing) -> None:
    assert standing(certificate(**dates), TODAY) is how


@pytest.mark.django_db
def test_the_list_finds_certificates_by_the_same_standing() -> None:
    near = [None, *(TODAY + timedelta(days=step) for step in (-1, 0, 1, 90, 91))]
    for place, (issued, ends, withdrawn) in enumerate((a, b, c) for a in near[:4] for b in near for c in near[:4]):
        dates = {"issued_on": issued, "renewal_on": ends, "withdrawn_on": withdrawn}
        Certificate.objects.create(scheme="CPA", number=str(place), holder="Larch Meters", **dates)
    for how in Standing:
        found = set(standing_so(Certificate.objects.with_end(), how, FEBRUARY))
        assert found == {one for one in Certificate.objects.all() if standing(one, TODAY) is how}
        assert found


def test_what_is_told_names_the_day_and_the_days_left() -> None:
    assert told(certificate(expires_on=END), TODAY) == "It expires on Fri 28 Feb 2020, in 18 days."
    assert told(certificate(renewal_on=date(2020, 2, 11)), TODAY) == "It is to be renewed by Tue 11 Feb 2020, in 1 day."
    assert told(certificate(expires_on=date(2020, 2, 9)), TODAY) == "It expired on Sun 9 Feb 2020."
    assert told(certificate(withdrawn_on=date(2019, 12, 2)), TODAY) == "Withdrawn on Mon 2 Dec 2019."
    assert told(certificate(), TODAY) == "It has neither an expiry nor a renewal date."


def test_the_calendar_tells_every_month_and_each_certificate_once() -> None:
    rows = [certificate(expires_on=END), certificate(renewal_on=date(2020, 2, 1)), certificate(), certificate(
        expires_on=date(2021, 2, 1))]  # fmt: skip
    found = by_month(rows, Month(2020, 2))
    assert [len(one.certificates) for one in found] == [2, *[0] * 11]
    assert [one.effective_end for one in found[0].certificates] == [date(2020, 2, 1), END]
    assert found[0].expiries == 1


def test_the_silent_are_chased_once_their_day_has_passed_and_again_after_ten_working_days() -> None:
    days, request = default_calendar(), PlanRequest(reply_by=date(2020, 2, 7))
    assert not is_to_be_chased(request, date(2020, 2, 7), days)
    assert is_to_be_chased(request, date(2020, 2, 8), days)
    request.chased_on = date(2020, 2, 10)
    assert not is_to_be_chased(request, date(2020, 2, 21), days)
    assert is_to_be_chased(request, date(2020, 2, 24), days)


@pytest.fixture
def analyst() -> Person:
    return person(team=Team.SECURITY)


@pytest.mark.django_db
def test_entries_are_marked_as_expiring_within_the_days_of_warning(analyst: Person) -> None:
    held = carried(expires_on=END)
    early = datetime(2019, 11, 29, 12, tzinfo=LONDON)
    take_due(early, early)
    assert states() == [CURRENT] * 2
    take_due(JANUARY, JANUARY)
    assert states() == [EXPIRING] * 2
    renew(held, date(2022, 2, 28), **when(JANUARY, analyst))
    take_due(JANUARY, JANUARY)
    assert states() == [CURRENT] * 2


@pytest.mark.django_db
def test_a_withdrawal_and_a_renewal_are_recorded_as_they_can_be(analyst: Person) -> None:
    held = carried(expires_on=END)
    with pytest.raises(Refused, match="once it has taken place"):
        withdraw(held, date(2020, 1, 16), "Cancelled.", **when(JANUARY, analyst))
    with pytest.raises(Refused, match="to a later day"):
        renew(held, END, **when(JANUARY, analyst))
    withdraw(held, date(2020, 1, 14), "Cancelled.", **when(JANUARY, analyst))
    assert states() == [CURRENT] * 2
    with pytest.raises(Refused, match="already"):
        withdraw(held, date(2020, 1, 14), "Cancelled.", **when(JANUARY, analyst))
    with pytest.raises(Refused, match="obtains a new one"):
        renew(held, date(2026, 1, 1), **when(JANUARY, analyst))


@pytest.mark.django_db
def test_certificates_are_loaded_with_the_entries_that_they_carry() -> None:
    device("9001", version("CPL", 1, "2019-03-01"), state=CURRENT)
    head = "scheme,number,holder,expires_on,renewal_on,withdrawn_on,entries"
    rows = (
        "cpa,C1,Larch Meters,2020-02-28,,,9001", "CPA,C2,Larch Meters,2020-02-28,2020-03-01,,",
        "CPA,C3,Larch Meters,,,2020-02-11,", "CPA,C4,Larch Meters,,,,9002; 9001", "CPA,C1,Larch Meters,,,,",
    )  # fmt: skip
    loading = Loading(None, FEBRUARY, FEBRUARY)
    found = preview(CERTIFICATES, "file.csv", "\n".join((head, *rows)).encode(), loading)
    assert [(one.row, one.column) for one in found.refused] == [
        (3, "renewal_on"), (4, "withdrawn_on"), (5, "entries"), (6, "number"),
    ]  # fmt: skip
    CERTIFICATES.write(found.accepted, loading)
    assert [one.entry_id for one in Certificate.objects.get().entries.all()] == ["9001"]
    again = preview(CERTIFICATES, "file.csv", "\n".join((head, rows[0])).encode(), loading)
    assert again.repeated == [2]
