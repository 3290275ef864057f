"""Publishing a version: its number, what may go into it, and variations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from secretariat.core.classification import Class
from secretariat.core.procedure import Refused
from secretariat.legaltext.models import (
    PENDING,
    PUBLICATION,
    WHOLE,
    CauseKind,
    ClauseText,
    CodeVersion,
    DocumentVersion,
    Draft,
)
from secretariat.legaltext.numbers import order_of
from secretariat.legaltext.publishing.actions import rehearsed
from secretariat.legaltext.publishing.models import CHECKED, PLANNED, PUBLISHED, ItemKind, PlannedItem
from secretariat.legaltext.publishing.numbering import following, is_in_order, next_number, scheme_on
from secretariat.legaltext.publishing.procedure import GATHERING, PUBLISHING
from secretariat.legaltext.standing import text_of, versions_on
from secretariat.legaltext.text import Clause, Edit
from tests.legaltext.publishing import (
    DAY,
    EVE,
    LATER,
    NOON,
    SINCE,
    a_word,
    document,
    draft,
    first_version,
    gather,
    plain_text,
    planned,
    published,
    told,
)

pytestmark = pytest.mark.django_db
OF_THE_RECORD = (
    ("4.15", date(2016, 8, 18)), ("5.3", date(2017, 1, 26)), ("5.14", date(2018, 2, 22)), ("5.19", date(2018, 6, 25)),
    ("5.23", date(2018, 10, 4)), ("27.0", date(2020, 11, 29)), ("40.0", date(2021, 6, 24)),
    ("43.0", date(2021, 7, 30)), ("45.0", date(2021, 9, 1)), ("61.0", date(2022, 6, 30)), ("62.0", date(2022, 7, 18)),
)  # fmt: skip
"""The versions of the code whose number and day were published (DOC-1, DOC-2)."""


@pytest.fixture
def section() -> Any:
    """Section H with five clauses."""
    made = document()
    first_version(made)
    return made


def entered(number: str, day: date, **more: Any) -> CodeVersion:
    """A version of the code as it was once published."""
    made: CodeVersion = CodeVersion.objects.create(
        number=number, effective_from=day, scheme=scheme_on(day), recorded=NOON, **more
    )
    return made


def test_the_published_versions_follow_each_other_by_number_as_by_day() -> None:
    for number, day in reversed(OF_THE_RECORD):
        assert is_in_order(order_of(number), day)
        entered(number, day)
    assert list(CodeVersion.objects.order_by("order").values_list("number", flat=True)) == [
        number for number, _ in OF_THE_RECORD
    ]


def test_the_scheme_changes_with_the_approach_of_february_2020() -> None:
    schemes = [scheme_on(day) for _, day in OF_THE_RECORD]
    assert schemes == [WHOLE] * 5 + [PUBLICATION] * 6


@pytest.mark.parametrize(
    ("number", "day", "after"),
    [("5.14", date(2018, 3, 1), "5.15"), ("5.9", date(2018, 3, 1), "5.10"), ("61.0", date(2022, 7, 18), "62.0"),
     ("5.23", date(2020, 3, 1), "6.0")],
)  # fmt: skip
def test_the_next_number_is_of_the_days_scheme(number: str, day: date, after: str) -> None:
    entered(number, SINCE)
    assert following(number, day) == next_number(day) == after


@pytest.mark.parametrize("number", ["5.4", "5.14", "60.9"])
def test_a_number_after_both_schemes_is_above_both(number: str) -> None:
    entered("5.14", date(2018, 2, 22))
    entered("61.0", date(2022, 6, 30))
    assert not is_in_order(order_of(number), date(2022, 7, 1))


@pytest.mark.parametrize(("number", "day"), [("40.0", DAY), ("45.0", EVE), ("39.0", DAY + timedelta(days=1))])
def test_the_number_follows_earlier_ones_and_comes_before_later_ones(number: str, day: date, section: Any) -> None:
    entered("40.0", DAY)
    plan = planned(number, day)
    gather(plan, a_word(section, "h-2", "promptly"))
    with pytest.raises(Refused, match="follows those of all versions"):
        PUBLISHING.take("check", plan, **told())


def test_the_number_is_of_the_days_scheme() -> None:
    with pytest.raises(Refused, match="DOC-2"):
        planned("5.24")


def test_a_version_is_the_approved_text_on_its_day_and_not_before(section: Any) -> None:
    before = text_of(section, EVE)
    plan = planned()
    gather(plan, a_word(section, "h-2", "promptly"))
    published(plan)
    assert text_of(section, EVE) == before
    assert text_of(section, DAY).by_uid["h-2"].body.endswith("promptly.")
    assert text_of(section, DAY, NOON - timedelta(seconds=1)) == before
    version = DocumentVersion.objects.get(document=section, number="2.0")
    assert [str(cause) for cause in version.causes.all()] == ["Modification MP001"]
    assert (version.posted_on, version.recorded) == (NOON.date(), NOON)
    assert [row.uid for row in version.clauses.all()] == ["h-2"]
    assert plan.published_as is not None
    assert (plan.published_as.number, plan.published_as.scheme) == ("40.0", PUBLICATION)
    assert plan.classification == Class.WHITE


def test_two_drafts_of_a_document_make_one_version_with_both_causes(section: Any) -> None:
    plan = planned()
    gather(plan, a_word(section, "h-2", "promptly"), order=1)
    gather(plan, a_word(section, "h-4", "in writing"), order=2, cause_kind=CauseKind.DESIGNATION, reference="A letter")
    published(plan)
    version = DocumentVersion.objects.get(document=section, number="2.0")
    assert [str(cause) for cause in version.causes.all()] == ["Modification MP001", "Designation A letter"]
    assert version.clauses.count() == 2


def test_two_drafts_that_meet_in_a_clause_are_not_published(section: Any) -> None:
    plan = planned()
    gather(plan, a_word(section, "h-2", "promptly"))
    gather(plan, a_word(section, "h-2", "in writing"))
    with pytest.raises(Refused, match="Both change H2"):
        PUBLISHING.take("check", plan, **told())
    assert plan.state == PLANNED
    assert not DocumentVersion.objects.filter(number="2.0").exists()


def test_a_draft_for_an_older_text_is_not_published(section: Any) -> None:
    stale = a_word(section, "h-2", "promptly")
    first = planned()
    gather(first, a_word(section, "h-2", "in writing"))
    published(first)
    second = planned("41.0", DAY + timedelta(days=30))
    gather(second, stale, number="3.0")
    with pytest.raises(Refused, match="Re-base"):
        PUBLISHING.take("check", second, **told())


def test_text_under_one_that_takes_effect_later_is_not_published(section: Any) -> None:
    first = planned("41.0", DAY + timedelta(days=30))
    gather(first, a_word(section, "h-2", "in writing"))
    published(first)
    second = planned()
    gather(second, a_word(section, "h-2", "promptly"), number="1.1")
    with pytest.raises(Refused, match="takes effect later"):
        PUBLISHING.take("check", second, **told())


def test_two_numbers_for_one_document_are_refused(section: Any) -> None:
    plan = planned()
    gather(plan, a_word(section, "h-2", "promptly"))
    gather(plan, a_word(section, "h-3", "promptly"), number="2.1")
    with pytest.raises(Refused, match=r"2\.0 and 2\.1"):
        PUBLISHING.take("check", plan, **told())


def test_every_draft_is_approved_when_it_is_gathered_and_when_it_is_published(section: Any) -> None:
    plan = planned()
    pending = a_word(section, "h-2", "promptly", state=PENDING)
    with pytest.raises(Refused, match="Only approved legal text goes"):
        gather(plan, pending)
    approved = a_word(section, "h-3", "promptly")
    gather(plan, approved)
    PUBLISHING.take("check", plan, **told())
    Draft.objects.filter(pk=approved.pk).update(state=PENDING)
    with pytest.raises(Refused, match="still pending"):
        PUBLISHING.take("publish", plan, **told())
    assert plan.state == CHECKED


def test_something_is_gathered_before_a_version_is_checked() -> None:
    plan = planned()
    with pytest.raises(Refused, match="nothing is gathered"):
        PUBLISHING.take("check", plan, **told())


def test_what_is_taken_out_is_not_published_and_can_go_into_another_version(section: Any) -> None:
    plan = planned()
    one, other = a_word(section, "h-2", "promptly"), a_word(section, "h-3", "promptly")
    item = gather(plan, one)
    gather(plan, other)
    with pytest.raises(Refused, match="in a version already"):
        gather(plan, one)
    GATHERING.take("take_out", item, **told())
    published(plan)
    assert text_of(section, DAY).by_uid["h-2"].body == text_of(section, EVE).by_uid["h-2"].body
    gather(planned("41.0", DAY + timedelta(days=9)), one, number="3.0")


def test_what_is_checked_is_what_is_published(section: Any) -> None:
    plan = planned()
    item = gather(plan, a_word(section, "h-2", "promptly"))
    PUBLISHING.take("check", plan, **told())
    with pytest.raises(Refused, match="taken back to the plan first"):
        GATHERING.take("take_out", item, **told())
    other = planned("39.0", DAY - timedelta(days=9))
    gather(other, a_word(section, "h-3", "promptly"), number="1.1")
    published(other)
    with pytest.raises(Refused, match="has changed since this version was checked"):
        PUBLISHING.take("publish", plan, **told(LATER))
    PUBLISHING.take("reopen", plan, **told(LATER))
    published(plan, LATER)
    text = text_of(section, DAY)
    assert all(text.by_uid[uid].body.endswith("promptly.") for uid in ("h-2", "h-3"))


def test_what_the_checks_newly_find_stands_in_the_way(section: Any) -> None:
    plan = planned()
    gather(plan, a_word(section, "h-2", "as Section H99 says"))
    with pytest.raises(Refused, match="H99"):
        PUBLISHING.take("check", plan, **told())


def test_a_rehearsal_leaves_nothing(section: Any) -> None:
    plan = planned()
    gather(plan, a_word(section, "h-2", "promptly"))
    before = (DocumentVersion.objects.count(), ClauseText.objects.count(), PlannedItem.objects.get().version)
    found = rehearsed(plan, NOON)
    assert found.changed == ["section-h"]
    assert found.reasons == ()
    assert (DocumentVersion.objects.count(), ClauseText.objects.count(), PlannedItem.objects.get().version) == before
    assert text_of(section, DAY) == found.before["section-h"]


def test_a_new_document_comes_with_its_first_text() -> None:
    schedule = document("appendix-ab")
    text = plain_text("AB", 3)
    made = draft(schedule, *(Edit(None, clause) for clause in text.clauses))
    plan = planned()
    gather(plan, made, number="1.0", cause_kind=CauseKind.DESIGNATION)
    published(plan)
    assert text_of(schedule, DAY) == text
    assert not text_of(schedule, EVE).clauses


def varied(section: Any, until: date = DAY + timedelta(days=60)) -> DocumentVersion:
    """Clause H2 varied from the day for a time."""
    plan = planned()
    gather(plan, a_word(section, "h-2", "by post"), kind=ItemKind.VARIATION, to_day=until,
           cause_kind=CauseKind.VARIATION)  # fmt: skip
    published(plan)
    return DocumentVersion.objects.get(document=section, number="2.0")


def is_varied(section: Any, day: date, known: datetime | None = None) -> bool:
    """Whether clause H2 is varied on a day."""
    return text_of(section, day, known).by_uid["h-2"].body.endswith("by post.")


def test_a_variation_lasts_until_its_day_and_the_text_is_then_as_before(section: Any) -> None:
    last = DAY + timedelta(days=60)
    varied(section, last)
    assert [is_varied(section, day) for day in (EVE, DAY, last, last + timedelta(days=1))] == [False, True, True, False]
    assert text_of(section, last + timedelta(days=1)) == text_of(section, EVE)


def test_an_extension_is_known_from_its_own_day_only(section: Any) -> None:
    first, last = DAY + timedelta(days=60), DAY + timedelta(days=90)
    version = varied(section, first)
    plan = planned("41.0", DAY + timedelta(days=40))
    gather(plan, kind=ItemKind.EXTENSION, document=section, varied=version, number="3.0", to_day=last,
           cause_kind=CauseKind.DIRECTION)  # fmt: skip
    published(plan, LATER)
    assert [is_varied(section, day) for day in (EVE, DAY, last, last + timedelta(days=1))] == [False, True, True, False]
    assert not is_varied(section, last, LATER - timedelta(seconds=1))
    assert versions_on(last)["section-h"].number == "3.0"


def test_a_cancellation_ends_a_variation_the_day_before(section: Any) -> None:
    version, end = varied(section), DAY + timedelta(days=20)
    plan = planned("41.0", end)
    gather(plan, kind=ItemKind.CANCELLATION, document=section, varied=version, number="3.0",
           cause_kind=CauseKind.DIRECTION)  # fmt: skip
    published(plan, LATER)
    assert [is_varied(section, day) for day in (DAY, end - timedelta(days=1), end)] == [True, True, False]
    assert is_varied(section, end, LATER - timedelta(seconds=1))
    again = planned("42.0", end + timedelta(days=5))
    gather(again, kind=ItemKind.CANCELLATION, document=section, varied=version, number="4.0",
           cause_kind=CauseKind.DIRECTION)  # fmt: skip
    with pytest.raises(Refused, match="already"):
        PUBLISHING.take("check", again, **told(LATER))


def test_text_is_not_changed_for_good_under_a_variation(section: Any) -> None:
    varied(section)
    plan = planned("41.0", DAY + timedelta(days=20))
    gather(plan, a_word(section, "h-2", "promptly", DAY + timedelta(days=20)), number="3.0")
    with pytest.raises(Refused, match="end that first"):
        PUBLISHING.take("check", plan, **told())


def test_a_variation_needs_a_last_day(section: Any) -> None:
    with pytest.raises((Refused, ValidationError), match="last day"):
        gather(planned(), a_word(section, "h-2", "by post"), kind=ItemKind.VARIATION)


def test_moving_and_taking_out_clauses_is_published_as_drafted(section: Any) -> None:
    text = text_of(section, NOON.date())
    gone, moved = text.by_uid["h-5"], text.by_uid["h-1"]
    new = Clause("h-9", "h", "0", "clause", "H0", "", "New words.")
    made = draft(section, Edit(gone, None), Edit(moved, replace(moved, place="z", number="H8")), Edit(None, new))
    plan = planned()
    gather(plan, made)
    published(plan)
    assert [clause.uid for clause in text_of(section, DAY).clauses] == ["h", "h-9", "h-2", "h-3", "h-4", "h-1"]
    assert PlannedItem.objects.get().version is not None
    assert plan.state == PUBLISHED
