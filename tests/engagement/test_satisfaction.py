"""Satisfaction as figures: of surveys as published, of enquirers by the month in which they were asked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from secretariat.core.figures import Records, Span
from secretariat.engagement.surveys import actions
from secretariat.engagement.surveys.figures import survey_satisfaction
from secretariat.engagement.surveys.models import Survey
from secretariat.engagement.surveys.procedure import SURVEYS
from secretariat.engagement.surveys.tally import together
from secretariat.helpdesk.public.figures import helpdesk_satisfaction
from secretariat.helpdesk.public.models import Satisfaction
from secretariat.plain.months import Month
from tests.consultations.factories import london, told
from tests.engagement.gatherings import AFTER, asking, organiser
from tests.helpdesk.factories import enquiry, heading, scheme

pytestmark = pytest.mark.django_db
MARCH, FEBRUARY = Span.of(Month(2020, 3)), Span.of(Month(2020, 2))


@pytest.fixture(autouse=True)
def keys_in_a_folder_of_their_own(settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT, settings.SEALING_KEYS = tmp_path / "files", tmp_path / "keys"
    settings.CLOCK = "2020-03-09T12:00:00+00:00"


def answered(*said: dict[str, str]) -> Survey:
    """A satisfaction survey that is closed, with these answers."""
    made = asking(6, kind="satisfaction")
    for invitee, answers in zip(made.invitees.all(), said, strict=False):
        actions.answer(invitee, answers, **told(None, "2020-02-12"))
    SURVEYS.take("close", made, **told(organiser(), AFTER))
    return made


def test_the_mean_of_all_marks_is_that_of_the_questions_that_are_told() -> None:
    told_of = [
        {"mean": "4.5", "rows": [("4", 1), ("5", 1)]},
        {"mean": "", "rows": []},
        {"mean": "", "rows": [("Yes", 3), ("No", 2)]},
        {"mean": "1.0", "rows": [["1", 2]]},
    ]
    assert together(told_of) == (Decimal("2.8"), 4)
    assert together([]) == (None, 0)


def test_satisfaction_is_told_as_published_and_a_question_that_few_answered_is_not() -> None:
    said = [{"1": "5", "2": "4"}] * 4 + [{"1": "4"}] * 2
    made = answered(*said)
    assert survey_satisfaction.grid(MARCH).rows == ()
    SURVEYS.take("publish", made, commentary="", **told(organiser(), AFTER))
    grid = survey_satisfaction.grid(MARCH)
    assert [head.key for head in grid.rows] == ["q1", "q2", "q3", "q4", "q5", "all"]
    assert (grid.cell("q1", "marks").value, grid.cell("q1").value) == (6, Decimal("4.7"))
    assert grid.cell("q2").value is grid.cell("q2", "marks").value is None
    assert grid.cell("q2").counted.why == "Fewer than 5 answered it."  # type: ignore[union-attr]
    assert (grid.cell("all", "marks").value, grid.headline.value) == (6, Decimal("4.7"))
    assert isinstance(grid.headline.counted, Records)
    assert list(grid.headline.counted.queryset) == [made]
    assert survey_satisfaction.grid(FEBRUARY).rows == ()


def test_the_page_of_results_tells_the_mean_and_leads_staff_to_how_it_is_counted(client: Client) -> None:
    made = answered(*[{"1": "5"}] * 6)
    SURVEYS.take("publish", made, commentary="", **told(organiser(), AFTER))
    client.force_login(made.invitees.first().person)
    page = client.get(f"/surveys/{made.pk}/results/").content.decode()
    assert "is the mean of all 6 marks" in page
    assert "/figures/" not in page
    client.force_login(organiser())
    page = client.get(f"/surveys/{made.pk}/results/").content.decode()
    assert "/figures/survey_satisfaction/2020-03/" in page
    assert "How satisfied are you" in client.get("/figures/survey_satisfaction/2020-03/").content.decode()


def test_enquirers_are_counted_in_the_london_month_in_which_they_were_asked() -> None:
    category = heading(scheme("Categories", MARCH.first, ("Modifications",)), "Modifications")
    said = {"2020-02-01 00:00": 5, "2020-02-12 12:00": 2, "2020-02-29 23:59": None, "2020-03-01 00:00": 1}
    for asked, marks in said.items():
        Satisfaction.objects.create(
            enquiry=enquiry(category, asked), asked=london(asked), marks=marks,
            answered=london(asked) if marks else None, recorded=london(asked),
        )  # fmt: skip
    grid = helpdesk_satisfaction.grid(FEBRUARY)
    assert [grid.cell(key).value for key in ("asked", "answered", "content", "mean")] == [3, 2, 1, Decimal("3.5")]
    assert len(grid.cell("content").counted.ids) == 1  # type: ignore[union-attr]
    assert helpdesk_satisfaction.grid(Span.of(Month(2020, 4))).headline.value is None
