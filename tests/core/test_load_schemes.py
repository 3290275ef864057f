"""Loading dated schemes of headings."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from secretariat.core.journal import Event
from secretariat.core.load import LOADS, Loading, load, preview
from secretariat.core.procedure import Refused
from secretariat.core.schemes import Heading, Scheme, continued_names, scheme_on

pytestmark = pytest.mark.django_db
NOON = datetime(2020, 3, 5, 12, tzinfo=UTC)
LOADING = Loading(None, NOON, NOON)
HEAD = "subject,scheme,from,to,group,heading,continues,source\n"
OLD = (
    "effort drivers,Of 2018,2018-01-01,2018-12-31,Core,Security,,Report\n"
    "effort drivers,Of 2018,2018-01-01,2018-12-31,Core,Modifications,,Report\n"
    "effort drivers,Of 2018,2018-01-01,2018-12-31,Core,Panel and Board,,Report\n"
)
NEW = (
    "effort drivers,Of 2020,2019-01-01,,Services,Change,Modifications; Panel and Board,Later\n"
    "effort drivers,Of 2020,2019-01-01,,Services,Security,,Later\n"
)


@pytest.fixture(autouse=True)
def files_in_a_folder_of_their_own(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


def loaded(rows: str) -> str:
    return load(LOADS["schemes"], "s.csv", (HEAD + rows).encode(), LOADING).sentence


def refusals(rows: str) -> list[str]:
    return [str(one) for one in preview(LOADS["schemes"], "s.csv", (HEAD + rows).encode(), LOADING).refused]


def test_a_scheme_is_loaded_whole_with_what_each_heading_continues() -> None:
    loaded(NEW + OLD)
    new = scheme_on("effort drivers", date(2020, 2, 29))
    assert [(row.group, row.name) for row in new.headings.all()] == [("Services", "Change"), ("Services", "Security")]
    assert continued_names(new) == {"Modifications": "Change", "Panel and Board": "Change", "Security": "Security"}
    assert scheme_on("effort drivers", date(2018, 12, 31)).name == "Of 2018"
    assert Event.objects.filter(name="scheme.load").count() == 2


def test_a_preview_writes_nothing() -> None:
    assert refusals(OLD + NEW) == []
    assert not Scheme.objects.exists()


def test_a_file_is_loaded_once_however_often_it_is_given() -> None:
    loaded(OLD + NEW)
    assert loaded(OLD + NEW) == "0 accepted, 5 already there, 0 refused."
    assert (Scheme.objects.count(), Heading.objects.count()) == (2, 5)


def test_a_new_scheme_ends_the_open_one_before_it() -> None:
    old = OLD.replace("2018-12-31", "")
    loaded(old)
    loaded(NEW)
    assert Scheme.objects.get(name="Of 2018").to_day == date(2018, 12, 31)
    assert Event.objects.filter(name="scheme.amend").count() == 1
    assert loaded(old) == "0 accepted, 3 already there, 0 refused."


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (OLD + NEW.replace("2019-01-01", "2018-12-31"), "overlaps “Of 2018”, in force from Mon 1 Jan 2018 until Mon"),
        (OLD + NEW.replace("; Panel and Board", "; Nothing"), "“Nothing” is not a heading of “Of 2018”"),
        (NEW, "“Modifications” is not a heading of any earlier scheme"),
        (OLD + OLD.splitlines()[0], "“Security” stands in the scheme already, in row 2"),
        (OLD.replace("2018-12-31", "2017-12-31"), "the scheme ends before it begins"),
        (OLD + "effort drivers,Other,2018-01-01,2018-12-31,Core,Else,,Report\n", "tells another name, end or source"),
        (OLD.replace("2018-01-01", "2018-02-30"), "no 30 February 2018"),
        (OLD.replace("Modifications", ""), "heading: is empty"),
    ],
)
def test_a_scheme_is_refused_with_its_reason(rows: str, said: str) -> None:
    assert said in " ".join(refusals(rows))
    with pytest.raises(Refused):
        loaded(rows)
    assert not Scheme.objects.exists()


def test_a_scheme_that_is_there_with_other_headings_is_refused() -> None:
    loaded(OLD)
    changed = refusals(OLD.replace("Modifications", "Releases"))
    assert len(changed) == 3
    assert "is already there with other content" in changed[0]
    assert refusals(OLD.splitlines()[0]) != []


def test_schemes_of_different_subjects_do_not_meet() -> None:
    assert refusals(OLD + OLD.replace("effort drivers", "enquiry categories")) == []
