"""A proposal's label, and finding it by any of its labels."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from secretariat.change import kinds
from secretariat.change.actions import raise_proposal
from secretariat.change.models import Body, Proposal, label
from secretariat.core.procedure import Refused
from tests.change.factories import LATER, change_person, converted, raised, take

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("raised_on", "converted_on", "expected"),
    [
        (date(2018, 10, 31), None, "SECMP0062"),
        (date(2018, 10, 31), date(2019, 1, 1), "SECMP0062"),
        (date(2018, 11, 1), None, "DP062"),
        (date(2018, 11, 1), date(2018, 12, 1), "MP062"),
    ],
)
def test_the_label_follows_era_and_conversion(raised_on: date, converted_on: date | None, expected: str) -> None:
    assert label(62, "", raised_on, converted_on) == expected


def test_three_digits_are_a_minimum_and_a_split_proposal_has_its_letter() -> None:
    assert label(1234, "", date(2020, 1, 1), None) == "DP1234"
    assert label(102, "A", date(2020, 1, 1), date(2020, 2, 1)) == "MP102A"


def test_the_sequence_continues_and_does_not_restart() -> None:
    old = raised("2018-10-31", number=62)
    new = raised("2018-11-01")
    assert (old.reference, new.reference) == ("SECMP0062", "DP063")


def test_a_number_is_never_used_again() -> None:
    raised("2020-01-06", number=90)
    with pytest.raises(Refused, match="never used again"):
        raised("2020-01-07", number=90)


def test_conversion_keeps_the_digits_and_the_event_tells_both_labels() -> None:
    draft = raised("2020-01-06", number=98)
    event = take("convert", draft, "2020-02-14", decided_by=Body.PANEL)
    draft.refresh_from_db()
    assert draft.reference == "MP098"
    assert event.facts["reference"] == {"old": "DP098", "new": "MP098"}


@pytest.mark.parametrize("typed", ["DP079", "MP079", "mp079", "MP0079"])
def test_every_old_label_finds_the_proposal(typed: str) -> None:
    made = converted("2019-07-12", number=79)
    assert kinds.proposal(typed) == made


def test_an_old_proposal_is_found_by_the_label_that_reports_gave_it() -> None:
    made = raised("2018-05-01", number=46)
    assert kinds.proposal("SECMP0046") == made
    assert kinds.proposal("MP0046") == made


@pytest.mark.parametrize("typed", ["", "MP080", "MP079A", "a change", "SSC_94_1202"])
def test_what_names_no_proposal_finds_none(typed: str) -> None:
    converted("2019-07-12", number=79)
    assert kinds.proposal(typed) is None


def test_a_wrong_label_is_refused() -> None:
    wrong = Proposal(number=79, reference="SECMP0079", title="A change", raised_on=date(2019, 6, 3))
    with pytest.raises(ValidationError, match="The label of this proposal is DP079"):
        wrong.full_clean()


def test_nothing_was_raised_before_the_code() -> None:
    with pytest.raises(Refused, match="no value for change.shape"):
        raised("2013-01-01")


def test_a_proposal_is_not_raised_on_a_day_to_come() -> None:
    made = Proposal(title="A change", proposer_name="A party")
    from_now = LATER.replace(year=LATER.year + 1)
    with pytest.raises(Refused, match="not before"):
        raise_proposal(made, by=change_person(), at=from_now, recorded=LATER)
    assert not Proposal.objects.exists()
