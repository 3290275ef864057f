"""Labels, splits, solutions, issues and Issue Resolution Proposals."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from secretariat.change import kinds
from secretariat.change.figures import proposals_by_month
from secretariat.change.models import Body, Proposal, Stage
from secretariat.change.naming import page
from secretariat.change.naming.actions import next_letter, split
from secretariat.change.naming.models import Issue, IssueResolution, Solution, Split, forebears
from secretariat.change.naming.procedure import ISSUES, RESOLUTIONS, SOLUTIONS
from secretariat.change.procedure import CHANGE
from secretariat.core import kinds as all_kinds
from secretariat.core.figures import Span
from secretariat.core.journal import history, verify
from secretariat.core.people import Role
from secretariat.core.procedure import Refused
from tests.change.factories import (
    LATER,
    change_person,
    converted,
    in_decision,
    keep,
    london,
    party,
    person,
    raised,
    take,
)
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
TITLES: dict[str, Any] = {"title": "Documents", "other_title": "Enduring solution", "reason": "They go different ways"}


def told(on: str = "2020-06-01") -> dict[str, Any]:
    return {"by": change_person(), "at": london(on), "recorded": LATER}


def divided(on: str = "2020-06-01") -> tuple[Proposal, Proposal]:
    made = converted("2020-02-14", raised_on="2020-01-06", number=102, title="Alerts")
    return made, split(made, **TITLES, **told(on))


def test_a_proposal_is_split_into_modifications_that_live_apart() -> None:
    one, two = divided()
    assert [(row.reference, row.title) for row in (one, two)] == [
        ("MP102A", "Documents"), ("MP102B", "Enduring solution"),
    ]  # fmt: skip
    assert {(row.raised_on, row.proposer_name, row.converted_on, row.state) for row in (one, two)} == {
        (date(2020, 1, 6), "Alder Energy Limited", date(2020, 2, 14), Stage.REFINEMENT)
    }
    take("report", one, "2020-07-01")
    two.refresh_from_db()
    assert (one.state, two.state) == (Stage.REPORT, Stage.REFINEMENT)
    assert list(forebears(two)) == [(one, date(2020, 6, 1))]
    assert not list(verify())


@pytest.mark.parametrize("typed", ["DP102", "MP102", "mp102", "MP0102"])
def test_a_label_from_before_the_split_leads_to_the_page_that_names_both_parts(typed: str) -> None:
    divided()
    assert kinds.proposal(typed) is None
    assert all_kinds.find(typed) == [Split.objects.get()]
    answer = Client().get(f"/proposals/{typed}/", follow=True)
    assert answer.status_code == 200
    assert all(label in answer.content.decode() for label in ("MP102A", "MP102B"))


@pytest.mark.parametrize(("typed", "found"), [("MP102A", 0), ("DP102A", 0), ("MP102B", 1)])
def test_a_lettered_label_finds_its_own_part(typed: str, found: int) -> None:
    parts = divided()
    assert kinds.proposal(typed) == parts[found]


def test_parts_that_were_loaded_without_their_split_are_both_named_too() -> None:
    for suffix in "AB":
        Proposal.objects.create(
            number=85, suffix=suffix, reference=f"MP085{suffix}", title=f"Part {suffix}", raised_on=date(2019, 9, 2)
        )
    answer = Client().get("/proposals/MP085/", follow=True)
    assert all(label in answer.content.decode() for label in ("MP085A", "MP085B"))


def test_a_part_is_split_again_and_has_the_next_letter() -> None:
    one, two = divided()
    three = split(two, **TITLES, **told("2020-08-03"))
    assert (two.reference, three.reference) == ("MP102B", "MP102C")
    assert [row.reference for row, _ in forebears(three)] == ["MP102B", one.reference]


def test_there_is_no_letter_after_z() -> None:
    Proposal.objects.create(number=85, suffix="Z", reference="MP085Z", title="Z", raised_on=date(2019, 9, 2))
    with pytest.raises(Refused, match="no letter after Z"):
        next_letter(85)


def test_only_an_open_proposal_is_split_and_a_refused_split_leaves_nothing() -> None:
    made = converted("2020-02-14", raised_on="2020-01-06", number=102)
    take("withdraw", made, "2020-03-02")
    with pytest.raises(Refused, match="Only an open proposal is split"):
        split(made, **TITLES, **told())
    made.refresh_from_db()
    assert (made.reference, Split.objects.count(), Proposal.objects.count()) == ("MP102", 0, 1)


def test_a_part_that_is_split_off_begins_where_the_proposal_stands_that_it_comes_from() -> None:
    made = Proposal(title="A part", number=9, suffix="B", reference="DP009B", raised_on=date(2020, 1, 6))
    with pytest.raises(Refused, match="A part that is split off begins"):
        CHANGE.take("split_off_in_refinement", made, **told())


def test_a_part_that_was_split_off_is_not_counted_as_raised_again() -> None:
    keep("2013-09-23")
    divided()
    grid = proposals_by_month.grid(Span(date(2020, 6, 30), date(2020, 6, 30)))
    assert grid.cell("raised", "2020-01").value == 1
    assert (grid.cell("open", "2020-05").value, grid.cell("open", "2020-06").value) == (1, 2)


def test_the_page_tells_earlier_labels_and_the_other_parts() -> None:
    one, two = divided()
    facts = {fact.label: fact.value for fact in page.facts(one, None, LATER)}
    assert facts["Earlier labels"] == "DP102, MP102"
    assert facts["Part of"] == "MP102"
    assert [table.rows for table in page.related(two, None, LATER)] == [[(one, "Refinement Process")]]


def solution(made: Proposal, letter: str = "", **more: Any) -> Solution:
    kind = Solution.Kind.ALTERNATIVE if letter else Solution.Kind.PROPOSED
    row = Solution(proposal=made, kind=kind, letter=letter, title="A way", **more)
    SOLUTIONS.take("propose", row, **told())
    return row


def test_solutions_are_voted_on_apart_and_at_most_one_is_implemented() -> None:
    made = converted("2020-02-14", raised_on="2020-01-06")
    one, two = solution(made), solution(made, "A")
    with pytest.raises(Refused, match="voted on when its modification is put to decision"):
        SOLUTIONS.take("approve", one, **told())
    made = finished(made)
    for row in (one, two):
        SOLUTIONS.take("approve", row, **told("2020-09-25"))
        with pytest.raises(Refused, match="A solution is implemented with its modification"):
            SOLUTIONS.take("implement", row, **told("2020-09-25"))
    take("implement", made, "2020-11-29")
    for row in (one, two):
        row.refresh_from_db()
    SOLUTIONS.take("implement", one, **told("2020-11-29"))
    with pytest.raises(Refused, match="At most one solution of a modification is implemented"):
        SOLUTIONS.take("implement", two, **told("2020-11-29"))


def finished(made: Proposal) -> Proposal:
    take("report", made, "2020-07-01")
    take("approve_report", made, "2020-07-01", decided_by=Body.PANEL)
    take("vote", made, "2020-08-01", consultation_closed=date(2020, 7, 22))
    take("approve", made, "2020-08-01", decided_by=Body.CHANGE_BOARD)
    return made


def test_a_solution_is_put_forward_while_its_modification_is_open() -> None:
    made = in_decision("2019-09-19")
    take("reject", made, "2019-09-25", decided_by=Body.CHANGE_BOARD)
    with pytest.raises(Refused, match="while its modification is open"):
        solution(made)


def resolution(number: int = 550, **more: Any) -> IssueResolution:
    row = IssueResolution(number=number, title="A typo", document="GBCS", category=3, **more)
    RESOLUTIONS.take("raise", row, **told())
    return row


def test_agreed_resolutions_are_bundled_into_a_modification() -> None:
    made, one, two = converted("2020-02-14", raised_on="2020-01-06"), resolution(550), resolution(571)
    for row in (one, two):
        RESOLUTIONS.take("agree", row, **told())
        RESOLUTIONS.take("bundle", row, proposal=made.reference, **told())
    assert [row.reference for row in made.issue_resolutions.all()] == ["IRP571", "IRP550"]
    RESOLUTIONS.take("unbundle", one, reason="Not ready", **told())
    assert (one.state, one.proposal) == ("agreed", None)
    assert "IRP571 A typo" in [str(row[0]) for row in page.related(made, None, LATER)[0].rows]


def test_an_agreed_resolution_is_bundled_into_an_open_modification() -> None:
    made, row = converted("2020-02-14", raised_on="2020-01-06"), resolution()
    take("withdraw", made, "2020-03-02")
    RESOLUTIONS.take("agree", row, **told())
    with pytest.raises(Refused, match="bundled into an open modification"):
        RESOLUTIONS.take("bundle", row, proposal=made.reference, **told())


@pytest.mark.parametrize(("typed", "count"), [("IRP550", 1), ("irp 550", 1), ("IRP551", 0), ("550", 0), ("IRPx", 0)])
def test_a_resolution_is_found_by_its_label(typed: str, count: int) -> None:
    resolution()
    assert len(all_kinds.find(typed)) == count


def test_an_issue_leads_to_a_proposal_or_is_closed() -> None:
    made = raised("2020-01-06")
    one, two = (Issue(number=n, title="It fails", raised_by="A user", raised_on=date(2019, 12, 2)) for n in (1, 2))
    for row in (one, two):
        ISSUES.take("tell", row, **told())
    ISSUES.take("lead_on", one, proposal=made.reference, **told())
    ISSUES.take("close", two, reason="It works as meant", **told())
    assert (one.proposal, two.state, two.outcome) == (made, "closed", "It works as meant")
    assert all_kinds.find("ISSUE001") == [one]


@pytest.mark.parametrize("plural", ["split-proposals", "solutions", "issues", "issue-resolutions"])
def test_anybody_reads_the_lists_and_only_the_change_team_enters(plural: str) -> None:
    contact = signed_in(person(Role.PARTY_CONTACT, organisation_id=party().pk))
    team = signed_in(change_person())
    assert {client.get(f"/{plural}/").status_code for client in (Client(), contact, team)} == {200}
    answers = [client.get(f"/{plural}/new/").status_code for client in (Client(), contact, team)]
    assert answers == [302, 403, 200]
    assert team.get(f"/{plural}/999/").status_code == 404


def test_what_is_entered_by_the_forms_has_its_page() -> None:
    team, made = signed_in(change_person()), converted("2019-07-12", number=79)
    asked = {"proposal": "MP079", "kind": "alternative", "title": "Another way"}
    for letter in "AB":
        assert team.post("/solutions/new/", asked).status_code == 302
        assert made.solutions.filter(letter=letter).exists()
    assert team.post("/issues/new/", {"title": "It fails", "raised_by": "A user", "raised_on": "2019-12-02"})[
        "Location"] == "/issues/1/"  # fmt: skip
    entered = {"number": 550, "title": "A typo", "document": "GBCS", "category": 3, "raised_on": "2019-01-07"}
    assert team.post("/issue-resolutions/new/", entered)["Location"] == "/issue-resolutions/550/"
    assert Client().get("/issue-resolutions/IRP550/").status_code == 200
    assert Client().get("/issues/1/").status_code == 200
    assert Client().get(made.solutions.get(letter="A").get_absolute_url()).status_code == 200
    answer = team.post("/split-proposals/new/", {"proposal": "MP079", **TITLES})
    assert answer["Location"] == "/split-proposals/MP079/"
    assert "MP079B" in Client().get("/split-proposals/MP079/").content.decode()


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 2), ("?category=3", 1), ("?document=SMETS", 1), ("?state=agreed", 0), ("?text=typo", 1)],
)
def test_resolutions_are_chosen_by_category_document_state_and_words(query: str, count: int) -> None:
    resolution()
    RESOLUTIONS.take("raise", IssueResolution(number=571, title="Systems", document="SMETS", category=1), **told())
    assert len(Client().get(f"/api/issue-resolutions{query}").json()["items"]) == count


def test_history_tells_the_split_with_both_labels() -> None:
    one, two = divided()
    amended = history(one).get(name="proposal.amend")
    assert amended.facts["reference"] == {"old": "MP102", "new": "MP102A"}
    begun = history(two).get()
    assert begun.facts["split_from"]["label"].startswith("MP102A")


def test_a_modification_in_refinement_needs_a_solution() -> None:
    made = converted("2020-02-14", raised_on="2020-01-06")
    assert [need.what for need in page.needs(made, None, LATER)] == ["A solution is put forward."]
    solution(made)
    assert page.needs(made, None, LATER) == []
