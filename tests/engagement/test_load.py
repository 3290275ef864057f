"""Loading portal users and the months of the website."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from secretariat.core.journal import Event
from secretariat.core.kinds import find
from secretariat.core.load import LOADS, Loading, load, preview
from secretariat.core.procedure import Refused
from secretariat.engagement.models import PortalUser, WebsiteMonth
from tests.engagement.factories import NOON, categories, user, website

pytestmark = pytest.mark.django_db
LOADING = Loading(None, NOON, NOON)
USERS = "code,category,registered,closed\n"
MONTHS = "month,visits,page_views,new_visitors,returning_visitors\n"
GOOD = {
    "portal-users": USERS + "A1,DCC,2019-02-03,\nA2,large supplier,03/02/2019,2020-02-29\n",
    "website-months": MONTHS + '2020-01,"10,419",28344,,\n2020-02,6099,22712,400,300\n',
}
MODELS: dict[str, Any] = {"portal-users": PortalUser, "website-months": WebsiteMonth}


@pytest.fixture(autouse=True)
def files_in_a_folder_of_their_own(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


def refusals(kind: str, text: str) -> list[str]:
    return [str(one) for one in preview(LOADS[kind], "f.csv", text.encode(), LOADING).refused]


@pytest.mark.parametrize("kind", GOOD)
def test_a_preview_writes_nothing(kind: str) -> None:
    categories()
    sentence = preview(LOADS[kind], "f.csv", GOOD[kind].encode(), LOADING).sentence
    assert sentence == "2 accepted, 0 already there, 0 refused."
    assert not MODELS[kind].objects.exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize("kind", GOOD)
def test_a_file_is_loaded_once_however_often_it_is_given(kind: str) -> None:
    categories()
    for expected in ("2 accepted, 0 already", "0 accepted, 2 already"):
        assert load(LOADS[kind], "f.csv", GOOD[kind].encode(), LOADING).sentence.startswith(expected)
    assert MODELS[kind].objects.count() == 2
    assert Event.objects.filter(imported=True).count() == 2


@pytest.mark.parametrize(
    ("kind", "row"), [("portal-users", "A3,Nobody,2019-02-03,\n"), ("website-months", "2019-12,-1,5,,\n")]
)
def test_one_refused_row_refuses_the_file(kind: str, row: str) -> None:
    categories()
    with pytest.raises(Refused, match="row 4"):
        load(LOADS[kind], "f.csv", (GOOD[kind] + row).encode(), LOADING)
    assert not MODELS[kind].objects.exists()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A1,Nobody,2019-02-03,", "“Nobody” is none on Sun 3 Feb 2019. In force are DCC, Large Supplier, Small"),
        ("A1,DCC,2017-12-31,", "No categories are in force then"),
        ("A1,DCC,2020-03-06,", "registered: Fri 6 Mar 2020 is still to come"),
        ("A1,DCC,2019-02-03,2020-03-06", "closed: Fri 6 Mar 2020 is still to come"),
        ("A1,DCC,2019-02-03,2019-02-02", "closed: is before the day of registration"),
        ("A1,DCC,2019-02-30,", "no 30 February 2019"),
        (",DCC,2019-02-03,", "code: is empty"),
    ],
)
def test_an_account_is_refused_with_its_reason(row: str, said: str) -> None:
    categories()
    [refusal] = refusals("portal-users", USERS + row)
    assert said in refusal


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2020-01,-5,1,,", "-5 is below nought"),
        ("2020-01,many,1,,", "“many” is not a whole number"),
        ("2020-13,1,1,,", "There is no month 13"),
        ("2020-03,1,1,,", "month: March 2020 is not over"),
    ],
)
def test_a_month_is_refused_with_its_reason(row: str, said: str) -> None:
    [refusal] = refusals("website-months", MONTHS + row)
    assert said in refusal


def test_the_same_twice_in_a_file_is_refused() -> None:
    categories()
    row = "A1,DCC,2019-02-03,\n"
    assert refusals("portal-users", USERS + row + row.lower()) == ["row 3, code: a1 stands in row 2 already."]
    assert refusals("website-months", MONTHS + "2020-01,1,2,,\n" * 2) == ["row 3, month: stands in row 2 already."]


def test_the_same_key_with_other_content_is_refused() -> None:
    user(categories()["DCC"], date(2019, 2, 3))
    website("2020-01", 1, 2)
    [first] = refusals("portal-users", USERS + "U1,DCC,2019-02-04,")
    [second] = refusals("website-months", MONTHS + "2020-01,1,3,,")
    assert "U1 is already there with other content" in first
    assert "January 2020 is already there with other content" in second


def test_a_portal_user_is_found_by_its_code() -> None:
    made = user(categories()["DCC"], date(2019, 2, 3))
    assert made in find(" u1 ")
    assert made not in find("u2")


def test_an_account_is_not_closed_before_it_is_registered() -> None:
    made = PortalUser(
        code="A1", category=categories()["DCC"], registered_on=date(2019, 2, 3), closed_on=date(2019, 2, 2)
    )
    with pytest.raises(ValidationError, match="not closed before it is registered"):
        made.full_clean()


def test_a_category_must_be_in_force_on_the_day_of_registration() -> None:
    made = PortalUser(code="A1", category=categories()["DCC"], registered_on=date(2017, 12, 31))
    with pytest.raises(ValidationError, match="not in force on Sun 31 Dec 2017"):
        made.full_clean()


def test_a_month_is_kept_by_its_first_day() -> None:
    with pytest.raises(ValidationError, match="kept by its first day"):
        WebsiteMonth(month=date(2020, 2, 2), visits=1, page_views=1).full_clean()
