"""The budget: from the first draft to 1 April, what is spent of it, and why it differs."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from secretariat.consultations.models import Consultation, Kind
from secretariat.consultations.procedure import CONSULTATIONS
from secretariat.consultations.responses import Point, Response
from secretariat.core import journal
from secretariat.core.classification import Class
from secretariat.core.figures import Span
from secretariat.core.kinds import find
from secretariat.core.load import LOADS, Loading, load, preview
from secretariat.core.people import Person, Role
from secretariat.core.procedure import Refused
from secretariat.effort.budget.actions import Planned, add_version, as_text, changed, lines_of, prepare_consultation
from secretariat.effort.budget.figures import budget_spend
from secretariat.effort.budget.models import BudgetCycle, BudgetMonth, BudgetVersion, SpendEntry, State
from secretariat.effort.budget.procedure import (
    BUDGET,
    MONTHS,
    a_later_one_holds_or_its_years_are_over,
    every_large_variance_is_explained,
    every_point_is_answered,
    it_has_lines,
    its_first_of_april_has_come,
    notice_end,
    published_when_or_after_it_was_approved,
    the_consultation_is_open,
    the_consultation_is_over,
    the_month_is_over,
    the_notice_is_over,
    the_notice_runs,
    the_version_is_a_whole_one,
    there_is_something_to_explain,
    unexplained,
)
from secretariat.effort.money import pence_of
from secretariat.plain.dates import LONDON
from secretariat.plain.months import Month
from secretariat.post.due import take_due
from tests.effort.factories import person, refused

pytestmark = pytest.mark.django_db
CONTRACT, PROJECTS = "SECAS contract", "Projects"
LINES = [Planned(CONTRACT, "Core team", (1_200_000_00, 1_250_000_00, 1_300_000_00)),
         Planned(PROJECTS, "Data quality", (120_000_00, 0, 0))]  # fmt: skip


@pytest.fixture(autouse=True)
def files_in_a_folder_of_their_own(settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def lead() -> Person:
    return person(Role.SECRETARIAT, "operations")


def at(day: date, hour: int = 12) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=LONDON)


def told(by: Person | None, day: date, hour: int = 12) -> dict[str, Any]:
    return {"by": by, "at": at(day, hour), "recorded": at(day, hour)}


def drafted(lead: Person, first_year: int = 2018) -> BudgetCycle:
    cycle = BudgetCycle(first_year=first_year)
    BUDGET.take("draft", cycle, **told(lead, date(first_year - 1, 10, 30)))
    return cycle


def version(cycle: BudgetCycle, number: str, lead: Person, day: date, lines: list[Planned] = LINES) -> BudgetVersion:
    return add_version(cycle, number, day, lines, **told(lead, day))


def consulted(lead: Person) -> BudgetCycle:
    """The budget of 2018 to 2021, by the days that are published of it, up to the end of its consultation."""
    cycle = drafted(lead)
    version(cycle, "0.1", lead, date(2017, 11, 1))
    BUDGET.take("put_to_finance_group", cycle, **told(lead, date(2017, 11, 2)))
    BUDGET.take("put_to_panel", cycle, **told(person(Role.COMMITTEE_MEMBER, audience="PFCG"), date(2017, 11, 20)))
    found = prepare_consultation(cycle, at(date(2018, 1, 31), 17), **told(lead, date(2017, 12, 8)))
    CONSULTATIONS.take("open", found, **told(lead, date(2018, 1, 2), 9))
    BUDGET.take("consult", cycle, **told(lead, date(2018, 1, 2)))
    return cycle


def closed_consultation(cycle: BudgetCycle, lead: Person) -> None:
    CONSULTATIONS.take("close", Consultation.objects.get(about_id=cycle.pk), **told(lead, date(2018, 1, 31), 17))


def approved(lead: Person) -> BudgetCycle:
    cycle = consulted(lead)
    closed_consultation(cycle, lead)
    version(cycle, "1.0", lead, date(2018, 2, 9))
    days: Any = {"approved_on": date(2018, 2, 9), "published_on": date(2018, 2, 15)}
    BUDGET.take("approve", cycle, **told(lead, date(2018, 2, 15)), **days)
    return cycle


def effective(lead: Person) -> BudgetCycle:
    cycle = approved(lead)
    for day in (date(2018, 3, 8), date(2018, 4, 1)):
        take_due(at(day), at(day))
    cycle.refresh_from_db()
    return cycle


def test_the_cycle_of_2018_runs_by_its_published_days(lead: Person) -> None:
    assert notice_end(date(2018, 2, 15)) == date(2018, 3, 8)
    cycle = approved(lead)
    assert (cycle.state, cycle.notice_ends_on) == (State.PANEL_APPROVED, date(2018, 3, 8))
    for day, state in ((date(2018, 3, 7), State.PANEL_APPROVED), (date(2018, 3, 8), State.APPROVED),
                       (date(2018, 3, 31), State.APPROVED), (date(2018, 4, 1), State.EFFECTIVE)):  # fmt: skip
        assert take_due(at(day), at(day)).refused == []
        cycle.refresh_from_db()
        assert cycle.state == state, day
    assert (cycle.approved_on, cycle.effective_on) == (date(2018, 3, 8), date(2018, 4, 1))


def test_a_budget_without_lines_is_not_put_forward(lead: Person) -> None:
    cycle = drafted(lead)
    with refused(it_has_lines):
        BUDGET.take("put_to_finance_group", cycle, **told(lead, date(2017, 11, 2)))
    with pytest.raises(Refused, match="at least one line"):
        version(cycle, "0.1", lead, date(2017, 11, 1), [])


def test_the_panel_approves_after_the_consultation_and_a_whole_version(lead: Person) -> None:
    cycle = consulted(lead)
    days: Any = {"approved_on": date(2018, 2, 9), "published_on": date(2018, 2, 8)}
    with refused(the_consultation_is_over, the_version_is_a_whole_one, published_when_or_after_it_was_approved):
        BUDGET.take("approve", cycle, **told(lead, date(2018, 2, 9)), **days)
    closed_consultation(cycle, lead)
    with refused(the_version_is_a_whole_one):
        BUDGET.take("approve", cycle, **told(lead, date(2018, 2, 9)), **days | {"published_on": date(2018, 2, 9)})


def test_a_budget_is_consulted_on_by_an_open_consultation(lead: Person) -> None:
    cycle = drafted(lead)
    with pytest.raises(Refused, match="before the Panel|when the Panel"):
        prepare_consultation(cycle, at(date(2018, 1, 31), 17), **told(lead, date(2017, 12, 8)))
    version(cycle, "0.1", lead, date(2017, 11, 1))
    for step in ("put_to_finance_group", "put_to_panel"):
        BUDGET.take(step, cycle, **told(lead, date(2017, 11, 2)))
    found = prepare_consultation(cycle, at(date(2018, 1, 31), 17), **told(lead, date(2017, 12, 8)))
    assert (found.kind, found.state) == (Kind.BUDGET, "draft")
    with pytest.raises(Refused, match="already"):
        prepare_consultation(cycle, at(date(2018, 1, 31), 17), **told(lead, date(2017, 12, 8)))
    with refused(the_consultation_is_open):
        BUDGET.take("consult", cycle, **told(lead, date(2017, 12, 8)))


def test_a_budget_that_was_taken_back_is_consulted_on_anew(lead: Person) -> None:
    """The consultation on the draft before, open or over, opens no way to the Panel's approval."""
    cycle = consulted(lead)
    BUDGET.take("take_back", cycle, **told(lead, date(2018, 1, 10)), reason="A line is missing.")
    version(cycle, "0.2", lead, date(2018, 1, 11))
    for step in ("put_to_finance_group", "put_to_panel"):
        BUDGET.take(step, cycle, **told(lead, date(2018, 1, 11)))
    with refused(the_consultation_is_open):
        BUDGET.take("consult", cycle, **told(lead, date(2018, 1, 11)))
    closed_consultation(cycle, lead)
    with refused(the_consultation_is_open):
        BUDGET.take("consult", cycle, **told(lead, date(2018, 2, 1)))
    found = prepare_consultation(cycle, at(date(2018, 2, 20), 17), **told(lead, date(2018, 2, 1)))
    CONSULTATIONS.take("open", found, **told(lead, date(2018, 2, 2)))
    BUDGET.take("consult", cycle, **told(lead, date(2018, 2, 2)))
    version(cycle, "1.0", lead, date(2018, 2, 21))
    CONSULTATIONS.take("close", found, **told(lead, date(2018, 2, 20), 17))
    days: Any = {"approved_on": date(2018, 2, 19), "published_on": date(2018, 2, 21)}
    with refused(published_when_or_after_it_was_approved):
        BUDGET.take("approve", cycle, **told(lead, date(2018, 2, 22)), **days)


def test_a_budget_with_a_point_that_is_not_answered_is_not_approved(lead: Person) -> None:
    cycle = consulted(lead)
    sent: Any = {"state": "submitted", "submitted_at": at(date(2018, 1, 20)), "sha256": "0" * 64}
    response = Response.objects.create(consultation=Consultation.objects.get(about_id=cycle.pk), name="X", **sent)
    point = Point.objects.create(response=response, text="Too much.", state="raised")
    closed_consultation(cycle, lead)
    version(cycle, "1.0", lead, date(2018, 2, 9))
    days: Any = {"approved_on": date(2018, 2, 9), "published_on": date(2018, 2, 15)}
    with refused(every_point_is_answered):
        BUDGET.take("approve", cycle, **told(lead, date(2018, 2, 15)), **days)
    Point.objects.filter(pk=point.pk).update(state="disposed of", disposition="noted", reply="We looked again.")
    BUDGET.take("approve", cycle, **told(lead, date(2018, 2, 15)), **days)


def test_what_is_consulted_on_is_for_everybody_and_earlier_versions_are_not(lead: Person) -> None:
    cycle = consulted(lead)
    assert cycle.classification == Class.WHITE
    second = version(cycle, "0.2", lead, date(2018, 2, 1))
    assert list(cycle.versions.visible_to(None, at(date(2018, 2, 2))).values_list("number", flat=True)) == ["0.1"]
    assert second.classification == Class.AMBER


def test_an_appeal_within_the_notice_holds_a_budget_up(lead: Person) -> None:
    cycle = approved(lead)
    with refused(the_notice_runs):
        BUDGET.take("appeal", cycle, **told(lead, date(2018, 3, 9)), reason="A Party: too much.")
    with refused(the_notice_is_over):
        BUDGET.take("stand", cycle, **told(lead, date(2018, 3, 7)))
    BUDGET.take("appeal", cycle, **told(lead, date(2018, 3, 8)), reason="A Party: too much.")
    take_due(at(date(2018, 3, 9)), at(date(2018, 3, 9)))
    cycle.refresh_from_db()
    assert cycle.state == State.APPEALED
    BUDGET.take("dismiss", cycle, **told(person(Role.AUTHORITY), date(2018, 3, 20)), reason="It is reasonable.")
    take_due(at(date(2018, 3, 21)), at(date(2018, 3, 21)))
    cycle.refresh_from_db()
    assert (cycle.state, cycle.approved_on) == (State.APPROVED, date(2018, 3, 21))
    with refused(its_first_of_april_has_come):
        BUDGET.take("take_effect", cycle, **told(None, date(2018, 3, 31)))


def test_a_budget_that_is_sent_back_is_drafted_again(lead: Person) -> None:
    cycle = approved(lead)
    BUDGET.take("appeal", cycle, **told(lead, date(2018, 3, 1)), reason="A Party: too much.")
    BUDGET.take("remit", cycle, **told(lead, date(2018, 3, 20)), reason="Say what the projects are.")
    assert (cycle.state, cycle.notice_ends_on) == (State.DRAFTING, None)
    version(cycle, "1.1", lead, date(2018, 3, 21))
    BUDGET.take("put_to_finance_group", cycle, **told(lead, date(2018, 3, 21)))
    BUDGET.take("take_back", cycle, **told(lead, date(2018, 3, 22)), reason="A line is missing.")
    BUDGET.take("withdraw", cycle, **told(lead, date(2018, 3, 23)), reason="A new one is begun.")
    with pytest.raises(Refused, match="no further version"):
        version(cycle, "1.2", lead, date(2018, 3, 24))


def test_the_next_budget_in_effect_closes_the_one_before(lead: Person) -> None:
    cycle = effective(lead)
    with refused(a_later_one_holds_or_its_years_are_over):
        BUDGET.take("close", cycle, **told(None, date(2021, 3, 31)))
    later = BudgetCycle.objects.create(first_year=2019, state=State.APPROVED, approved_on=date(2019, 3, 1))
    for _ in range(2):
        assert take_due(at(date(2019, 4, 1)), at(date(2019, 4, 1))).refused == []
    assert {one.first_year: one.state for one in BudgetCycle.objects.all()} == {2018: "closed", 2019: "effective"}
    assert later.begins_on == date(2019, 4, 1)


def test_a_version_never_changes_and_says_how_it_differs(lead: Person) -> None:
    cycle = drafted(lead)
    one = version(cycle, "0.1", lead, date(2017, 11, 1))
    two = version(cycle, "0.2", lead, date(2017, 11, 8), [LINES[0], Planned(PROJECTS, "Other", (1, 2, 3))])
    assert [name for name, _, _ in changed(one, two)] == ["Projects: Data quality", "Projects: Other"]
    assert lines_of(as_text(one)) == LINES
    with pytest.raises(ValidationError, match="number already"):
        version(cycle, "0.2", lead, date(2017, 11, 9))
    with pytest.raises(ValidationError, match="not a category"):
        version(cycle, "0.3", lead, date(2017, 11, 9), [Planned("Wine", "Red", (1, 1, 1))])
    assert cycle.versions.count() == 2
    assert find("Budget 2018-2021") == [cycle]


def spend(day: date, pence: int, category: str = CONTRACT, reference: str = "") -> SpendEntry:
    made: SpendEntry = SpendEntry.objects.create(
        reference=reference or f"{category}-{day}", day=day, category=category, description="Invoice", pence=pence,
        recorded=at(day),
    )  # fmt: skip
    return made


def test_spend_stands_against_the_budget_in_effect(lead: Person) -> None:
    effective(lead)
    spend(date(2018, 4, 30), 100_000_00)
    spend(date(2018, 5, 31), 140_000_00)
    spend(date(2018, 6, 1), 7_00)
    spend(date(2018, 3, 31), 9_00, reference="of the year before")
    grid = budget_spend.grid(Span.of(Month(2018, 5)))
    row = {key: grid.cell("secas-contract", key).value for key in ("budget", "planned", "spent", "over", "run-rate",
                                                                     "by-plan")}  # fmt: skip
    assert row == {"budget": Decimal(1_200_000), "planned": Decimal(200_000), "spent": Decimal(240_000),
                   "over": Decimal(40_000), "run-rate": Decimal(1_440_000), "by-plan": Decimal(1_240_000)}  # fmt: skip
    assert grid.cell("total", "budget").value == 1_320_000
    assert "low confidence" in grid.remarks[0]
    assert budget_spend.grid(Span.of(Month(2017, 5))).cell("total", "budget").value is None


def test_a_month_closes_once_every_large_variance_is_explained_as_it_is(lead: Person) -> None:
    effective(lead)
    spend(date(2018, 4, 30), 120_000_00)
    month = BudgetMonth(month=date(2018, 4, 1))
    MONTHS.take("open", month, **told(lead, date(2018, 4, 30)))
    with refused(the_month_is_over, every_large_variance_is_explained):
        MONTHS.take("close", month, **told(lead, date(2018, 4, 30)))
    assert unexplained(month) == [CONTRACT, PROJECTS]
    with refused(every_large_variance_is_explained):
        MONTHS.take("close", month, **told(lead, date(2018, 5, 8)))
    with refused(there_is_something_to_explain):
        MONTHS.take("explain", month, **told(lead, date(2018, 5, 8)), category="Other categories", why="None.")
    for category in (CONTRACT, PROJECTS):
        MONTHS.take("explain", month, **told(lead, date(2018, 5, 8)), category=category, why="It came early.")
    late = spend(date(2018, 4, 29), 5_00)
    assert unexplained(month) == [CONTRACT]
    MONTHS.take("explain", month, **told(lead, date(2018, 5, 8)), category=CONTRACT, why="And a bit more.")
    MONTHS.take("close", month, **told(lead, date(2018, 5, 8)))
    with pytest.raises(ValidationError, match="closed"):
        journal.amend(late, {"pence": 6_00}, **told(lead, date(2018, 5, 9)))
    MONTHS.take("reopen", month, **told(lead, date(2018, 5, 9)), reason="An invoice was forgotten.")
    assert (month.state, month.closed_on) == ("open", None)


def test_the_page_of_a_month_adds_up_as_shown(client: Client, lead: Person, settings: Any) -> None:
    """A third of a year's spend has no whole pennies: the totals are those of the amounts that stand above them."""
    settings.CLOCK = at(date(2018, 11, 5)).isoformat()
    effective(lead)
    for category, pence in ((CONTRACT, 100_01), (PROJECTS, 100_03), ("Wine", -7)):
        spend(date(2018, 10, 31), pence, category)
    month = BudgetMonth(month=date(2018, 10, 1))
    MONTHS.take("open", month, **told(lead, date(2018, 11, 1)))
    client.force_login(lead)
    page = client.get(month.get_absolute_url()).content.decode()
    rows = re.findall(r'<tr>\s*<th scope="row"[^>]*>([^<]+)</th>(.*?)</tr>', page, re.DOTALL)
    amounts = [(name, [pence_of(one) for one in re.findall(r'class="number">([^<]+)<', row)]) for name, row in rows]
    tables = [[row for name, row in amounts if name == which] for which in (CONTRACT, PROJECTS, "Other categories")]
    none = [row for name, row in amounts if name.startswith(("Panel,", "SECCo"))]
    assert none == [[0, 0, 0]] * 4
    for place, total in enumerate(row for name, row in amounts if name == "Total"):
        assert total == [sum(column) for column in zip(*(table[place] for table in tables), strict=True)]
    assert "The year as it goes" in page


HEAD = "reference,day,category,description,pounds\n"
GOOD = HEAD + f"INV-1,2018-04-30,{CONTRACT},April,100000.00\nINV-2,2018-05-02,projects,A credit,-12.50\n"
LOADING = Loading(None, at(date(2018, 6, 1)), at(date(2018, 6, 1)))


def test_spend_is_loaded_once_however_often_it_is_given() -> None:
    for expected in ("2 accepted, 0", "0 accepted, 2"):
        assert load(LOADS["budget-spend"], "s.csv", GOOD.encode(), LOADING).sentence.startswith(expected)
    assert SpendEntry.objects.get(reference="INV-2").pence == -1250
    assert SpendEntry.objects.get(reference="INV-2").category == PROJECTS


@pytest.mark.parametrize(
    ("row", "said"),
    [("INV-9,2018-04-30,Wine,April,1.00", "There are SECAS contract"),
     ("INV-9,2018-06-02,Projects,June,1.00", "still to come"), ("INV-9,2018-04-30,Projects,April,0", "nought"),
     ("INV-9,2018-04-30,Projects,April,1.5", "not an amount"), ("INV-1,2018-04-30,Projects,April,2.00", "Amend that"),
     ("INV-9,2017-01-31,Projects,April,1.00", "are closed")],
)  # fmt: skip
def test_a_row_of_spend_is_refused_with_its_reason(row: str, said: str) -> None:
    load(LOADS["budget-spend"], "s.csv", GOOD.encode(), LOADING)
    BudgetMonth.objects.create(month=date(2017, 1, 1), state="closed")
    [refusal] = preview(LOADS["budget-spend"], "s.csv", (HEAD + row + "\n").encode(), LOADING).refused
    assert said in str(refusal)


def test_a_new_version_begins_with_the_lines_of_the_newest(client: Client, lead: Person, settings: Any) -> None:
    settings.CLOCK = datetime(2017, 11, 9, 12, tzinfo=UTC).isoformat()
    cycle = drafted(lead)
    version(cycle, "0.1", lead, date(2017, 11, 1))
    client.force_login(lead)
    assert b"Core team" in client.get("/budgets/2018/version/").content
    typed = {"number": "0.2", "made_on": "2017-11-08", "note": "", "lines": f"{CONTRACT}, Core team, 1, 2"}
    answer = client.post("/budgets/2018/version/", typed)
    assert answer.status_code == 422
    assert b"Core team, 1, 2" in answer.content
    assert client.post("/budgets/2018/version/", typed | {"lines": f"{CONTRACT}, New, 1, 2, 3"}).status_code == 302
    assert b"New" in client.get(cycle.newest().get_absolute_url()).content  # type: ignore[union-attr]
