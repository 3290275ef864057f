"""Assessments by the DCC: asked for, due, revised with agreement, returned in time or late (NEW-6)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from secretariat.change.assessments import page
from secretariat.change.assessments.actions import request_assessment
from secretariat.change.assessments.models import Assessment, Revision, awaited, returned
from secretariat.change.assessments.procedure import ASSESSMENTS
from secretariat.change.documents.actions import keep_document
from secretariat.change.documents.models import Document
from secretariat.change.models import Proposal
from secretariat.core.duties import duties_of
from secretariat.core.figures import FIGURES, Cell, Records, Span, Unknown
from secretariat.core.journal import history
from secretariat.core.people import Person, Role
from secretariat.core.procedure import Refused
from secretariat.core.published import Keeping
from secretariat.plain.dates import LONDON
from secretariat.post.models import Message
from secretariat.post.outbox import gather
from tests.change.factories import LATER, change_person, converted, london, party, person, raised, take
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
FEBRUARY = Span(date(2020, 2, 1), date(2020, 2, 29))
GIVEN = {"cost_low": "120000", "cost_high": "", "cost_about": "on", "cost_note": "", "lead_time_months": "9"}


def dcc() -> Person:
    return Person.objects.filter(email="dcc.any@example.org").first() or person(Role.DCC)


def asked(on: str, proposal: Proposal | None = None, kind: str = "preliminary", **more: Any) -> Assessment:
    due = more.pop("due_on", None)
    made = Assessment(proposal=proposal or converted("2019-07-12"), kind=kind, **more)
    request_assessment(made, due, by=change_person(), at=london(on), recorded=LATER)
    return made


def step(name: str, assessment: Assessment, on: str, by: Person | None = None, **facts: Any) -> None:
    ASSESSMENTS.take(name, assessment, by=by or change_person(), at=london(on), recorded=LATER, **facts)


def gave(assessment: Assessment, on: str, by: Person | None = None, **more: Any) -> Assessment:
    step("return", assessment, on, by, **(GIVEN | {"document": ""} | more))
    return assessment


def test_a_preliminary_assessment_is_due_fifteen_working_days_after_its_request() -> None:
    made = asked("2020-02-03")
    assert (made.state, made.due_on) == ("requested", date(2020, 2, 24))
    assert made.standard
    working = made.working()
    assert working is not None
    assert working.n == 15


def test_an_impact_assessment_is_due_forty_working_days_after_its_request_passing_over_easter() -> None:
    assert asked("2020-02-24", kind="impact").due_on == date(2020, 4, 22)


def test_a_request_after_five_counts_from_the_next_working_day() -> None:
    made = asked("2020-02-07 17:01")
    assert (made.requested_on, made.counts_from) == (date(2020, 2, 7), date(2020, 2, 10))
    assert made.due_on == date(2020, 3, 2)


def test_where_there_is_no_standard_timescale_before_1_november_2018_and_on_the_urgent_track_a_day_is_agreed() -> None:
    old = raised("2018-06-04")
    with pytest.raises(Refused, match="no standard timescale"):
        asked("2018-10-31", old)
    assert asked("2018-10-31", old, due_on="2018-11-30").due_on == date(2018, 11, 30)
    assert asked("2018-11-01", old, kind="impact").standard
    with pytest.raises(Refused, match="no standard timescale"):
        asked("2020-02-03", urgent=True)


def test_a_day_agreed_at_the_request_is_kept_and_has_no_working() -> None:
    made = asked("2020-02-03", urgent=True, due_on="2020-02-07")
    assert (made.due_on, made.standard, made.working()) == (date(2020, 2, 7), False, None)


def test_an_assessment_is_due_after_the_day_on_which_it_is_asked_for() -> None:
    with pytest.raises(Refused, match="due after the day on which it is asked for"):
        asked("2020-02-03", due_on="2020-02-03")
    assert not Assessment.objects.exists()


def test_nothing_is_asked_for_on_a_proposal_that_is_decided_or_withdrawn() -> None:
    proposal = converted("2019-07-12")
    take("withdraw", proposal, "2019-08-01")
    with pytest.raises(Refused, match="decided or withdrawn"):
        asked("2020-02-03", proposal)


def test_none_of_the_kind_is_awaited_twice() -> None:
    first = asked("2020-02-03")
    with pytest.raises(Refused, match="awaited already"):
        asked("2020-02-04", first.proposal)
    asked("2020-02-04", first.proposal, kind="impact")
    assert awaited(first.proposal).count() == 2
    step("withdraw", first, "2020-02-05", why="Another solution")
    assert asked("2020-02-06", first.proposal).state == "requested"


def test_an_agreed_revision_keeps_old_and_new_day_by_whom_and_why() -> None:
    made = asked("2020-02-03")
    step("revise", made, "2020-02-20", due_on="2020-03-02", agreed_by="CSC", why="A second solution came")
    kept = Revision.objects.get()
    assert (kept.old_due_on, kept.new_due_on) == (date(2020, 2, 24), date(2020, 3, 2))
    assert (kept.agreed_by, kept.agreed_on, kept.was_late_already) == ("CSC", date(2020, 2, 20), False)
    assert (made.due_on, made.first_due_on) == (date(2020, 3, 2), date(2020, 2, 24))
    assert history(made).last().facts["due_on"] == {"old": "2020-02-24", "new": "2020-03-02"}  # type: ignore[union-attr]


def test_a_revision_agreed_once_the_day_has_passed_says_so() -> None:
    made = asked("2020-02-03")
    step("revise", made, "2020-02-25", due_on="2020-03-02", agreed_by="CSC", why="Late")
    assert Revision.objects.get().was_late_already


@pytest.mark.parametrize("day", ["2020-02-24", "2020-02-03", "2020-01-31"])
def test_a_revision_gives_another_day_than_the_one_agreed_after_the_request(day: str) -> None:
    made = asked("2020-02-03")
    with pytest.raises(Refused, match="another day than the one agreed"):
        step("revise", made, "2020-02-20", due_on=day, agreed_by="CSC", why="x")
    assert not Revision.objects.exists()


def test_nothing_happens_to_an_assessment_before_it_was_asked_for() -> None:
    made = asked("2020-02-03")
    with pytest.raises(Refused, match="before it was asked for"):
        gave(made, "2020-02-02")


def test_the_dcc_asks_for_another_day_and_the_change_team_agrees() -> None:
    made = asked("2020-02-03")
    step("ask_for_another_day", made, "2020-02-17", dcc(), due_on="2020-03-09", why="Two suppliers")
    assert (made.asked_due_on, made.due_on) == (date(2020, 3, 9), date(2020, 2, 24))
    with pytest.raises(Refused, match="for others"):
        step("revise", made, "2020-02-18", dcc(), due_on="2020-03-09", agreed_by="us", why="x")
    step("revise", made, "2020-02-18", due_on="2020-03-09", agreed_by="Panel", why="Two suppliers")
    assert made.asked_due_on is None


@pytest.mark.parametrize(
    ("at", "late", "days"),
    [("2020-02-24 17:00", False, 0), ("2020-02-24 17:01", True, 1), ("2020-02-25", True, 1), ("2020-02-28", True, 4)],
)
def test_it_is_late_when_it_comes_after_17_00_of_the_day_due(at: str, late: bool, days: int) -> None:
    made = gave(asked("2020-02-03"), at, dcc())
    assert made.returned_on is not None
    assert (made.is_late(made.returned_on), made.days_late(made.returned_on)) == (late, days)
    assert history(made).last().facts["working_days_late"] == days  # type: ignore[union-attr]


def test_what_is_still_out_is_late_from_the_day_after() -> None:
    made = asked("2020-02-03")
    assert not made.is_late(date(2020, 2, 24))
    assert made.days_late(date(2020, 2, 26)) == 2


def test_about_is_kept_as_about_and_a_range_as_a_range() -> None:
    made = gave(asked("2020-02-03"), "2020-02-20")
    assert (made.cost, made.lead_time_months) == ("about £120,000", 9)
    second = asked("2020-02-21", made.proposal)
    gave(second, "2020-02-24", cost_low="1000.50", cost_high="2000", cost_about="")
    assert second.cost == "£1,000.50 to £2,000"
    assert returned(made.proposal, "preliminary").count() == 2


@pytest.mark.parametrize(("low", "high"), [("", "5"), ("6", "5")])
def test_the_upper_end_of_a_cost_is_given_with_its_lower_end_and_is_not_below_it(low: str, high: str) -> None:
    with pytest.raises(Refused, match="upper end of a cost"):
        gave(asked("2020-02-03"), "2020-02-20", cost_low=low, cost_high=high)


def test_impact_gives_the_firm_cost() -> None:
    made = asked("2020-02-03", kind="impact")
    with pytest.raises(Refused, match="firm cost"):
        gave(made, "2020-02-20", cost_low="", cost_about="")
    assert gave(made, "2020-02-20", cost_low="0", cost_about="").cost_low == Decimal(0)


@pytest.mark.parametrize(("kind", "own"), [("impact assessment", True), ("preliminary assessment", False)])
def test_the_document_is_of_the_proposal(kind: str, own: bool) -> None:
    made = asked("2020-02-03")
    whose = made.proposal if own else converted("2019-07-12")
    with pytest.raises(Refused, match="one of the proposal's own, of the assessment's kind"):
        gave(made, "2020-02-20", document=written(whose, kind).pk)
    right = written(made.proposal, "preliminary assessment")
    gave(made, "2020-02-20", document=right.pk)
    assert made.document == right
    assert right.name in Client().get(made.get_absolute_url()).content.decode()


def written(proposal: Proposal, kind: str) -> Document:
    made = Document(proposal=proposal, kind=kind, version="1.0", dated_on=date(2020, 2, 19))
    return keep_document(made, "", b"", by=change_person(), at=london("2020-02-19"), recorded=LATER)


def test_only_the_dcc_and_the_change_team_return_an_assessment() -> None:
    made = asked("2020-02-03")
    with pytest.raises(Refused, match="for others"):
        gave(made, "2020-02-20", person(Role.PARTY_CONTACT, organisation_id=party().pk))


def kept(since: str = "2018-11-01") -> None:
    for matter in ("change assessments", "ideas"):
        Keeping.objects.create(matter=matter, since=date.fromisoformat(since))


def values(figure: str, span: Span, row: str) -> list[Any]:
    grid = FIGURES[figure].grid(span)
    return [grid.cell(row, column.key).value for column in grid.columns]


def ids(cell: Cell) -> list[int]:
    assert isinstance(cell.counted, Records)
    return cell.counted.ids


def test_late_assessments_counts_those_due_in_the_span_by_kind_and_opens_to_them() -> None:
    kept()
    in_time = gave(asked("2020-02-03"), "2020-02-24")
    late = gave(asked("2020-02-04", converted("2019-07-12")), "2020-02-28")
    out = gave(asked("2020-02-07", converted("2019-07-12")), "2020-03-02")
    gone = asked("2020-02-05", converted("2019-07-12"))
    step("withdraw", gone, "2020-02-06", why="x")
    asked("2020-02-10", converted("2019-07-12"))
    impact = asked("2020-02-03", kind="impact", due_on="2020-02-29", proposal=in_time.proposal)
    assert values("late_assessments", FEBRUARY, "preliminary") == [3, 1, 1, 1]
    assert values("late_assessments", FEBRUARY, "impact") == [1, 0, 0, 1]
    assert values("late_assessments", FEBRUARY, "total") == [4, 1, 1, 2]
    grid = FIGURES["late_assessments"].grid(FEBRUARY)
    assert ids(grid.cell("preliminary", "late")) == [late.pk]
    assert ids(grid.cell("preliminary", "still out")) == [out.pk]
    assert ids(grid.cell("impact", "due")) == [impact.pk]
    assert grid.remarks == ("Preliminary Assessment, returned late: a median of 3 Working Days after the day due.",)


def test_a_revision_moves_an_assessment_out_of_the_span() -> None:
    kept()
    made = asked("2020-02-03")
    step("revise", made, "2020-02-20", due_on="2020-03-02", agreed_by="CSC", why="x")
    assert values("late_assessments", FEBRUARY, "total") == [0, 0, 0, 0]


def test_nothing_is_told_of_spans_before_assessments_were_kept() -> None:
    grid = FIGURES["late_assessments"].grid(FEBRUARY)
    assert all(isinstance(cell.counted, Unknown) and cell.value is None for cell in grid.cells.values())


def test_timeliness_tells_the_share_in_time_and_none_where_nothing_was_due() -> None:
    kept()
    gave(asked("2020-02-03"), "2020-02-24")
    gave(asked("2020-02-04", converted("2019-07-12")), "2020-02-28")
    gave(asked("2020-02-05", converted("2019-07-12")), "2020-02-20")
    assert values("timeliness", FEBRUARY, "preliminary") == [3, 2, 1, 0, 67]
    assert values("timeliness", FEBRUARY, "impact") == [0, 0, 0, 0, None]


def test_the_figures_ask_the_same_few_queries_however_many(django_assert_max_num_queries: Any) -> None:
    kept()
    for _ in range(4):
        gave(asked("2020-02-04", converted("2019-07-12")), "2020-02-28")
    for name in ("late_assessments", "timeliness"):
        with django_assert_max_num_queries(6):
            FIGURES[name](FEBRUARY)


def test_the_dcc_has_it_as_a_duty_until_17_00_of_the_day_due() -> None:
    own = party("DCC")
    type(own).objects.filter(pk=own.pk).update(is_dcc=True)
    made = asked("2020-02-03")
    at = london("2020-02-10")
    found = duties_of(own.pk, dcc(), at)
    assert [(one.about, one.due) for one in found if one.about == made] == [
        (made, london("2020-02-24 17:00").astimezone(LONDON))
    ]
    assert not [one for one in duties_of(party("Other").pk, dcc(), at) if one.about == made]


def test_the_proposals_page_is_told_what_it_needs_and_what_is_coming() -> None:
    made = asked("2020-02-03")
    at = london("2020-02-26")
    (need,) = page.needs(made.proposal, None, at)
    (coming,) = page.coming(made.proposal, None, at)
    assert (need.what, need.who) == ("The Preliminary Assessment", "The DCC")
    assert coming.day == date(2020, 2, 24)
    assert "15 Working Days after Mon 3 Feb 2020" in coming.working
    (table,) = page.related(made.proposal, None, at)
    assert "2 Working Days late" in table.rows[0]
    gave(made, "2020-02-27")
    assert page.needs(made.proposal, None, at) == page.coming(made.proposal, None, at) == []
    assert [fact.value for fact in page.facts(made.proposal, None, at)] == ["about £120,000", "9 months"]


def test_what_the_reader_may_not_read_is_not_told_on_the_proposals_page() -> None:
    made = asked("2020-02-03")
    Assessment.objects.filter(pk=made.pk).update(classification=2)
    at = london("2020-02-26")
    assert page.needs(made.proposal, None, at) == page.coming(made.proposal, None, at) == []
    assert page.needs(made.proposal, change_person(), at)


def test_anybody_reads_a_white_assessment_and_its_list() -> None:
    made = asked("2020-02-03")
    for path in ("/change-assessments/", "/change-assessments.csv", f"/change-assessments/{made.pk}/",
                 "/api/change-assessments?lateness=late"):  # fmt: skip
        assert Client().get(path).status_code == 200, path
    text = Client().get(f"/change-assessments/{made.pk}/").content.decode()
    assert "15 Working Days after Mon 3 Feb 2020 is Mon 24 Feb 2020" in text
    assert "medium confidence" in text


def test_lists_choose_the_late_ones() -> None:
    late = gave(asked("2020-02-03"), "2020-02-28")
    asked("2020-02-03", converted("2019-07-12"), due_on="2999-01-01", urgent=True)
    found = Client().get("/api/change-assessments?lateness=late").json()["items"]
    assert [row["proposal"] for row in found] == [late.proposal.reference]
    assert Client().get("/api/change-assessments?lateness=in time").json()["count"] == 1


def test_only_the_change_team_asks_the_dcc_by_the_form() -> None:
    proposal = converted("2019-07-12")
    assert signed_in(None).get("/change-assessments/new/").status_code == 302
    assert signed_in(dcc()).get("/change-assessments/new/").status_code == 403
    team = signed_in(change_person())
    told = {"proposal": proposal.reference, "kind": "preliminary", "urgent": "on", "classification": 0}
    answer = team.post("/change-assessments/new/", told)
    assert answer.status_code == 422
    assert "no standard timescale" in answer.content.decode()
    answer = team.post("/change-assessments/new/", told | {"due_on": "2999-01-01"})
    assert answer.status_code == 302
    assert Assessment.objects.get().due_on == date(2999, 1, 1)


def test_the_dcc_returns_it_by_the_step_page_and_has_it_waiting() -> None:
    made = asked("2020-02-03")
    client = signed_in(dcc())
    assert str(made) in client.get("/").content.decode()
    answer = client.post(f"/steps/change.assessment/{made.pk}/return/", GIVEN | {"took_effect": "2020-02-20 10:00"})
    assert answer.status_code == 302
    made.refresh_from_db()
    assert (made.state, made.cost, made.returned_on) == ("returned", "about £120,000", date(2020, 2, 20))


def test_what_belongs_to_an_amber_proposal_is_not_lower() -> None:
    proposal = converted("2019-07-12")
    Proposal.objects.filter(pk=proposal.pk).update(classification=2, audience="SSC")
    proposal.refresh_from_db()
    with pytest.raises(Refused, match="lower class"):
        asked("2020-02-03", proposal)
    with pytest.raises(Refused, match="Amber of SSC"):
        asked("2020-02-03", proposal, classification=2)
    assert asked("2020-02-03", proposal, classification=2, audience="SSC").pk


def test_the_dcc_hears_what_it_is_asked_and_the_change_team_what_it_says() -> None:
    central, made = dcc(), asked("2020-02-03")
    step("ask_for_another_day", made, "2020-02-17", central, due_on="2020-03-09", why="Two suppliers")
    step("revise", made, "2020-02-18", due_on="2020-03-09", agreed_by="CSC", why="Two suppliers")
    gave(made, "2020-02-20", central)
    gather(LATER, LATER)
    told = {message.notice: (message.person, message.body) for message in Message.objects.all()}
    assert told["change_assessment.request"][0] == central
    assert "Mon 9 Mar 2020 by 17:00" in told["change_assessment.request"][1]
    assert "2020-03-09" in told["change_assessment.ask_for_another_day"][1]
    assert told["change_assessment.return"][0] == change_person()
