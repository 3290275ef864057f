"""Documents beside the code: still true? draft for comment, approval by the body that owns them, publication."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from secretariat.committees.models import Committee
from secretariat.core.classification import Class
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.legaltext.drafting.values import live
from secretariat.legaltext.governed.models import (
    APPROVED,
    CLOSED,
    DECLINED,
    DUE,
    MADE,
    OPEN,
    PUBLISHED,
    STILL_TRUE,
    Circulation,
    DraftComment,
    Review,
)
from secretariat.legaltext.governed.notices import its_owner
from secretariat.legaltext.governed.procedure import CIRCULATING, COMMENTING, REVIEWS, next_review
from secretariat.legaltext.models import APPROVED as APPROVED_DRAFT
from secretariat.legaltext.models import DEAD, PENDING, CauseKind
from secretariat.legaltext.publishing.models import PlannedItem
from secretariat.legaltext.publishing.procedure import GATHERING
from secretariat.legaltext.standing import text_of
from secretariat.plain.dates import local_day
from secretariat.post.due import take_due
from tests.committees.factories import someone
from tests.legaltext.publishing import (
    NOON,
    SINCE,
    TODAY,
    a_word,
    document,
    draft,
    first_version,
    gather,
    plain_text,
    planned,
    told,
)

pytestmark = pytest.mark.django_db

MEETING = "TABASC_46_0103"
AFTER = NOON + timedelta(days=30)


@pytest.fixture
def policy() -> Any:
    """A release management policy, owned by a body, with a first version."""
    made = document("policy-r", kind="policy", letter="", title="Release policy", owner="TABASC")
    first_version(made, plain_text("R"))
    return made


def member(code: str = "TABASC") -> Person:
    """A member of a body."""
    return someone(f"Member of {code}", audience=code)


def asked(of: Any, **more: Any) -> Review:
    """A review of a document."""
    made = Review(document=of, due_on=TODAY, **more)
    REVIEWS.take("ask", made, **told())
    return made


def circulated(of: Any, state: str = OPEN, **more: Any) -> Circulation:
    """A draft for comment, brought so far."""
    made = Circulation(draft=a_word(of, "r-2", "promptly", state=PENDING, **more))
    CIRCULATING.take("open", made, **told())
    if state != OPEN:
        CIRCULATING.take("close", made, **told(AFTER))
    if state in (APPROVED, PUBLISHED):
        CIRCULATING.take("approve", made, **told(AFTER), meeting=MEETING)
    if state == PUBLISHED:
        day = local_day(AFTER) + timedelta(days=5)
        CIRCULATING.take("publish", made, **told(AFTER), number="2.0", effective_from=day)
    return made


def test_its_body_is_asked_so_many_months_after_the_last_version(policy: Any) -> None:
    assert next_review(policy, TODAY) == date(2017, 1, 4)
    day_before = datetime.combine(date(2017, 1, 3), NOON.timetz())
    take_due(day_before, NOON)
    assert not Review.objects.exists()
    take_due(day_before + timedelta(days=1), NOON)
    take_due(day_before + timedelta(days=2), NOON)
    assert list(Review.objects.values_list("due_on", "state")) == [(date(2017, 1, 4), DUE)]


def test_after_an_answer_the_time_begins_anew(policy: Any) -> None:
    review = asked(policy)
    assert next_review(policy, TODAY) is None
    REVIEWS.take("confirm", review, **told() | {"by": member()}, meeting=MEETING)
    assert (review.state, review.answered_on) == (STILL_TRUE, TODAY)
    assert next_review(policy, TODAY) == date(2022, 3, 1)


def test_only_its_own_body_and_the_secretariat_answer(policy: Any) -> None:
    review = asked(policy)
    with pytest.raises(Refused, match="for others"):
        REVIEWS.take("confirm", review, **told() | {"by": member("SECP")})
    REVIEWS.take("change", review, **told() | {"by": member()}, answer="Its second step is out of date.")
    assert review.answer == "Its second step is out of date."


def test_its_body_hears_of_a_review(policy: Any) -> None:
    other = member("SECP")
    found = set(its_owner(None, asked(policy), NOON))  # type: ignore[arg-type]
    assert member() not in found
    known = member()
    found = set(its_owner(None, Review.objects.get(), NOON))  # type: ignore[arg-type]
    assert known in found
    assert other not in found


def test_the_codes_own_text_is_not_reviewed_or_approved_by_a_body() -> None:
    section = document(owner="SECP")
    first_version(section)
    with pytest.raises(Refused, match="DOC-8"):
        asked(section)
    with pytest.raises(Refused, match="DOC-8"):
        CIRCULATING.take("open", Circulation(draft=a_word(section, "h-2", "x", state=PENDING)), **told())


def test_it_has_an_owner_or_nobody_is_asked() -> None:
    note = document("guidance-g", kind="guidance", letter="", title="A note")
    first_version(note)
    assert next_review(note, TODAY) is None
    with pytest.raises(Refused, match="which body owns"):
        asked(note)


def test_a_draft_is_open_for_comment_for_the_usual_working_days(policy: Any) -> None:
    made = circulated(policy)
    assert (made.opened_on, made.closes_on) == (TODAY, date(2021, 3, 15))
    with pytest.raises(Refused, match="until the end of the day"):
        CIRCULATING.take("close", made, **told(datetime(2021, 3, 15, 18, tzinfo=NOON.tzinfo)))
    take_due(datetime(2021, 3, 16, 9, tzinfo=NOON.tzinfo), AFTER)
    made.refresh_from_db()
    assert made.state == CLOSED


def test_comments_are_open_until_it_closes_and_answered_before_it_is_approved(policy: Any) -> None:
    made = circulated(policy)
    comment = DraftComment(circulation=made, made_by=member(), number="R2", text="Say how promptly.")
    COMMENTING.take("make", comment, **told() | {"by": member()})
    assert comment.state == MADE
    CIRCULATING.take("close", made, **told(AFTER))
    late = DraftComment(circulation=made, made_by=member(), text="And this.")
    with pytest.raises(Refused, match="out for comment"):
        COMMENTING.take("make", late, **told(AFTER))
    with pytest.raises(Refused, match="Answer every comment first"):
        CIRCULATING.take("approve", made, **told(AFTER), meeting=MEETING)
    COMMENTING.take("take_up", comment, **told(AFTER), answer="Within a day.")
    CIRCULATING.take("approve", made, **told(AFTER), meeting=MEETING)
    assert made.state == APPROVED


@pytest.mark.parametrize("meeting", ["SECP_46_0103", "Tuesday", ""])
def test_its_owner_met_to_approve_it(policy: Any, meeting: str) -> None:
    made = circulated(policy, CLOSED)
    with pytest.raises(Refused):
        CIRCULATING.take("approve", made, **told(AFTER), meeting=meeting)
    assert made.draft.state == PENDING


def test_approval_approves_the_draft_and_a_refusal_ends_it(policy: Any) -> None:
    approved = circulated(policy, APPROVED)
    approved.draft.refresh_from_db()
    assert approved.draft.state == APPROVED_DRAFT
    other = Circulation(draft=a_word(policy, "r-3", "gladly", state=PENDING))
    CIRCULATING.take("open", other, **told())
    CIRCULATING.take("decline", other, **told(AFTER), meeting=MEETING)
    other.draft.refresh_from_db()
    assert (other.state, other.draft.state) == (DECLINED, DEAD)


def test_publication_writes_the_next_version_and_leaves_the_draft_no_longer_live(policy: Any) -> None:
    made = circulated(policy, PUBLISHED)
    day = local_day(AFTER) + timedelta(days=5)
    assert text_of(policy, day).by_uid["r-2"].body.endswith("promptly.")
    assert not text_of(policy, day - timedelta(days=1)).by_uid["r-2"].body.endswith("promptly.")
    assert made.version is not None
    assert [(one.kind, one.reference) for one in made.version.causes.all()] == [
        (CauseKind.AMENDMENT, f"Approved at {MEETING}")
    ]
    assert made.draft not in live()
    assert next_review(policy, day) == date(day.year + 1, day.month, day.day)


def test_an_approved_draft_for_another_text_is_not_published(policy: Any) -> None:
    waiting = circulated(policy, APPROVED)
    with pytest.raises(Refused, match="another text|Re-base|does not change|before"):
        CIRCULATING.take("publish", waiting, **told(AFTER), number="2.0", effective_from=SINCE - timedelta(days=1))
    assert waiting.state == APPROVED


def test_its_draft_is_pending_and_not_empty_when_it_goes_out(policy: Any) -> None:
    with pytest.raises(Refused, match="pending draft"):
        CIRCULATING.take("open", Circulation(draft=draft(policy, state=PENDING)), **told())


def test_its_draft_is_ready_when_it_is_approved(policy: Any) -> None:
    dangling = Circulation(draft=a_word(policy, "r-2", "as Section R99 says", state=PENDING))
    CIRCULATING.take("open", dangling, **told())
    CIRCULATING.take("close", dangling, **told(AFTER))
    with pytest.raises(Refused, match="checks find no new error"):
        CIRCULATING.take("approve", dangling, **told(AFTER), meeting=MEETING)


def test_it_stands_alone_and_is_in_no_version_of_the_code(policy: Any) -> None:
    made = circulated(policy, PUBLISHED)
    assert made.draft.planned.get().planned is None
    with pytest.raises(Refused, match="published by the body that owns it"):
        gather(planned(), a_word(policy, "r-3", "gladly"))
    section = document()
    first_version(section)
    item = PlannedItem(document=section, draft=a_word(section, "h-2", "x"), number="2.0")
    with pytest.raises(Refused, match="published by itself"):
        GATHERING.take("publish_alone", item, by=None, at=NOON, recorded=NOON)


def test_a_draft_for_comment_has_the_class_of_its_draft(policy: Any) -> None:
    made = circulated(policy, classification=Class.AMBER, audience="TABASC")
    assert (made.classification, made.audience) == (Class.AMBER, "TABASC")
    assert not Circulation.objects.visible_to(None, NOON).exists()
    assert Circulation.objects.visible_to(member(), NOON).exists()
    assert Committee.objects.filter(code="TABASC").exists()
