"""The review of a major incident, and the lessons that are learnt from it."""

from __future__ import annotations

from datetime import date

import pytest

from secretariat.core.procedure import Refused
from secretariat.oversight.incidents.learning import LESSONS, REVIEWS
from secretariat.oversight.incidents.models import (
    REVIEWED,
    VERIFIED,
    Lesson,
    MajorReview,
)
from secretariat.oversight.incidents.procedure import INCIDENTS
from tests.oversight.incident_facts import (
    logged,
    london,
    member,
    take,
)

pytestmark = pytest.mark.django_db


def major() -> MajorReview:
    """The review of a major incident that was closed on 7 February 2020."""
    incident = logged(category=1)
    take(INCIDENTS, "resolve", incident, "2020-02-03 20:00", resolution="Mended.")
    take(INCIDENTS, "close", incident, "2020-02-07 16:00")
    review = MajorReview(incident=incident)
    take(REVIEWS, "open", review, "2020-02-07 17:00")
    return review


def lesson(review: MajorReview) -> Lesson:
    made = Lesson(review=review, text="Watch the disk.", owner="The DCC", due_on=date(2020, 2, 28))
    take(LESSONS, "agree", made, "2020-02-20", member())
    return made


def test_its_incident_is_major() -> None:
    with pytest.raises(Refused, match="Only a major incident is reviewed"):
        take(REVIEWS, "open", MajorReview(incident=logged(category=2)), "2020-02-04")


def test_its_incident_is_resolved() -> None:
    review = MajorReview(incident=logged(category=1))
    take(REVIEWS, "open", review, "2020-02-04")
    with pytest.raises(Refused, match="once the incident is resolved"):
        take(REVIEWS, "report", review, "2020-02-04", findings="Words.")


def test_every_lesson_is_verified_before_a_review_is_done() -> None:
    review = major()
    take(REVIEWS, "summarise", review, "2020-02-11", summary="A full disk.")
    take(REVIEWS, "report", review, "2020-02-12", findings="Words.")
    take(REVIEWS, "ask_again", review, "2020-02-18", member(), why="No cause is told.")
    assert review.reported_on is None
    take(REVIEWS, "report", review, "2020-02-19", findings="A full disk.")
    take(REVIEWS, "accept", review, "2020-02-25", member(), accepted_in="A meeting of February")
    made = lesson(review)
    take(LESSONS, "move", made, "2020-02-26", due_on="2020-03-31", why="The supplier is late.")
    assert (made.moved, made.first_due_on, made.due_on) == (1, date(2020, 2, 28), date(2020, 3, 31))
    with pytest.raises(Refused, match="each of its lessons is verified"):
        take(REVIEWS, "finish", review, "2020-02-27", member())
    take(LESSONS, "do", made, "2020-02-27", evidence="Said so.")
    take(LESSONS, "refuse", made, "2020-02-28", member(), why="No evidence.")
    assert made.done_on is None
    take(LESSONS, "do", made, "2020-03-02", evidence="A test of the disk.")
    take(LESSONS, "verify", made, "2020-03-03", member())
    take(REVIEWS, "finish", review, "2020-03-04", member())
    assert (made.state, review.state) == (VERIFIED, REVIEWED)
    with pytest.raises(Refused, match="belongs to another incident"):
        lesson(review)


def test_its_review_still_runs_and_the_day_is_another() -> None:
    made = lesson(major())
    assert not made.is_late(london("2020-02-28"))
    assert made.is_late(london("2020-02-29"))
    with pytest.raises(Refused, match="due on this day already"):
        take(LESSONS, "move", made, "2020-02-26", due_on="2020-02-28", why="No reason.")
