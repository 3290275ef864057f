"""Judging a proposal: objectives, impacts, costs, priority and plain words (MOD-20 to MOD-22, NEW-12)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from secretariat.change.judging import impacts, page
from secretariat.change.judging.actions import Form, judge, set_priority
from secretariat.change.judging.amounts import Amount, read_amount
from secretariat.change.judging.models import Cost, Impact, Judgement, Priority, Summary, SystemImpact
from secretariat.change.judging.objectives import objective, objectives
from secretariat.change.models import Proposal
from secretariat.core import journal
from secretariat.core.classification import Class
from secretariat.core.journal import Event
from secretariat.core.pages import Crumb
from secretariat.core.people import Role
from secretariat.plain.dates import LONDON
from tests.change.factories import LATER, change_person, converted, london, party, person

pytestmark = pytest.mark.django_db
AT = london("2020-03-05")
BETTER = ("better", "Meters are installed sooner.")


def told() -> Any:
    return {"by": change_person(), "at": AT, "recorded": LATER}


def form(source: str = "proposer", by_whom: str = "Alder Energy Limited", **more: Any) -> Form:
    return Form(source, by_whom, more.pop("judged_on", date(2020, 3, 2)), **more)


def entered(record: Any) -> Any:
    record.recorded = LATER
    journal.enter(record, **told())
    return record


def touches(proposal: Proposal, kind: str, subject: str, level: str = "", **more: Any) -> Impact:
    made: Impact = entered(Impact(proposal=proposal, kind=kind, subject=subject, level=level, **more))
    return made


def cost(proposal: Proposal, on: str, low: int, **more: Any) -> Cost:
    values = {"borne_by": "central", "source": "DCC PA", "dated_on": date.fromisoformat(on)} | more
    made: Cost = entered(Cost(proposal=proposal, low=low, **values))
    return made


def test_there_are_eight_general_objectives_of_which_h_was_added_later() -> None:
    def letters(day: date) -> str:
        return "".join(one.key for one in objectives(day) if not one.charging)

    assert letters(date(2013, 9, 23)) == "abcdefg"
    assert letters(date(2020, 1, 1)) == "abcdefgh"


def test_every_objective_has_a_source_and_says_how_sure_it_is() -> None:
    assert len(objectives()) == 13
    assert all(one.entry.source and one.entry.doubt for one in objectives())
    charging = [one for one in objectives() if one.charging]
    assert {one.entry.verified for one in charging} == {False}


def test_a_source_judges_on_all_objectives_in_one_form() -> None:
    made = converted("2019-07-12")
    verdicts = {"a": BETTER, "b": ("neutral", "Nothing changes."), "c": ("not applicable", "")}
    judge(made, form(), verdicts, **told())
    assert list(Judgement.objects.values_list("objective", "verdict")) == [
        ("a", "better"), ("b", "neutral"), ("c", "not applicable"),
    ]  # fmt: skip
    assert Event.objects.filter(name="judgement.enter").count() == 3


def test_one_judgement_of_a_source_is_current_and_what_it_said_before_stays_in_the_journal() -> None:
    made = converted("2019-07-12")
    judge(made, form(), {"a": BETTER}, **told())
    judge(made, form(), {"a": ("worse", "It costs time.")}, **told())
    kept = Judgement.objects.get()
    assert (kept.verdict, kept.reason) == ("worse", "It costs time.")
    event = Event.objects.get(name="judgement.amend")
    assert event.facts["verdict"] == {"old": "better", "new": "worse"}


def test_different_sources_judge_apart() -> None:
    made = converted("2019-07-12")
    judge(made, form(), {"a": BETTER}, **told())
    judge(made, form("board member", "Member for Networks"), {"a": ("worse", "No.")}, **told())
    assert Judgement.objects.count() == 2


def test_a_verdict_has_a_reason_unless_it_is_not_applicable_and_then_nothing_of_the_form_is_kept() -> None:
    made = converted("2019-07-12")
    with pytest.raises(ValidationError, match=r"\(b\): Give the reason"):
        judge(made, form(), {"a": BETTER, "b": ("neutral", "")}, **told())
    assert not Judgement.objects.exists()
    assert not Event.objects.filter(name__startswith="judgement").exists()


def test_an_empty_form_is_no_judgement() -> None:
    with pytest.raises(ValidationError, match="one objective at least"):
        judge(converted("2019-07-12"), form(), {}, **told())


def test_nobody_judges_against_an_objective_before_it_was_added() -> None:
    with pytest.raises(ValidationError, match=r"\(h\) was added after 2015-12-31"):
        judge(converted("2019-07-12"), form(judged_on=date(2015, 12, 31)), {"h": BETTER}, **told())


@pytest.mark.parametrize("key", ["i", "", "charging"])
def test_nobody_judges_against_what_is_no_objective(key: str) -> None:
    with pytest.raises(ValidationError):
        judge(converted("2019-07-12"), form(), {key: BETTER}, **told())


def test_charging_objectives_apply_only_to_a_change_of_section_k() -> None:
    made = converted("2019-07-12")
    with pytest.raises(ValidationError, match="only to a change of Section K"):
        judge(made, form(), {"cost_reflective": BETTER}, **told())
    touches(made, "document", "section k")
    judge(made, form(), {"cost_reflective": BETTER}, **told())
    assert Judgement.objects.get().objective_label == "Cost reflective"


def test_the_matrix_has_a_row_a_source_and_a_column_an_objective_in_force() -> None:
    made = converted("2019-07-12")
    judge(made, form(), {"a": BETTER}, **told())
    judge(made, form("working group", "Working Group"), {"b": ("neutral", "No change.")}, **told())
    table, reasons = page.verdicts(made, None, AT)
    assert table.heads == ("Judged by", "As", *(f"({letter})" for letter in "abcdefgh"))
    first, second = table.rows
    assert (first[0], first[2].label, first[3]) == ("Alder Energy Limited", "Better", "")
    assert (second[1], second[2], second[3].label) == ("Working Group", "", "Neutral")
    assert [row[-1] for row in reasons.rows] == ["Meters are installed sooner.", "No change."]


def test_a_respondent_s_amber_judgement_is_read_by_that_party_and_not_by_the_public() -> None:
    made, mine = converted("2019-07-12"), party("Birch Networks")
    own = form("respondent", "Birch Networks", party=mine, classification=Class.AMBER, audience="SECCB")
    judge(made, own, {"a": BETTER}, **told())
    contact = person(Role.PARTY_CONTACT, organisation_id=mine.pk)
    assert page.verdicts(made, None, AT)[0].rows == []
    assert len(page.verdicts(made, contact, AT)[0].rows) == 1


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("category", "large supplier", "large-supplier"),
        ("category", "All SEC Parties", "all"),
        ("role", "import supplier", "Import Supplier"),
        ("device", "ppmid", "PPMID"),
        ("document", "appendix ad", "Appendix AD"),
        ("document", "Technical  Specification", "Technical Specification"),
        ("system", "DCC  System", "DCC System"),
    ],
)
def test_what_is_touched_is_kept_in_one_way(kind: str, typed: str, kept: str) -> None:
    assert touches(converted("2019-07-12"), kind, typed).subject == kept


@pytest.mark.parametrize(("kind", "typed"), [("category", "Suppliers"), ("role", "Baker"), ("device", "Toaster")])
def test_what_is_not_of_its_kind_is_refused(kind: str, typed: str) -> None:
    with pytest.raises(ValidationError, match=f"“{typed}” is not one of"):
        touches(converted("2019-07-12"), kind, typed)


def test_a_thing_is_touched_once_by_a_proposal() -> None:
    made = converted("2019-07-12")
    touches(made, "device", "PPMID", "high")
    with pytest.raises(ValidationError, match="recorded already"):
        touches(made, "device", "ppmid", "low")


def test_proposals_are_found_by_what_they_touch_together() -> None:
    one, two = converted("2019-07-12"), converted("2019-07-12")
    touches(one, "category", "dcc", "high")
    touches(one, "document", "Section D", "low")
    touches(two, "category", "all")
    assert set(impacts.affecting(category="DCC")) == {one, two}
    assert set(impacts.affecting(category="small-supplier")) == {two}
    assert set(impacts.affecting(category="dcc", document="section d")) == {one}
    assert set(impacts.affecting(category="dcc", level="high")) == {one}
    assert set(impacts.affecting(level="low")) == {one}
    assert set(impacts.affecting(role="Baker")) == set()
    assert set(impacts.affecting()) == {one, two}
    assert impacts.subjects("document") == ["Section D"]


def test_an_impact_above_white_finds_its_proposal_only_for_who_may_read_it() -> None:
    made = converted("2019-07-12")
    touches(made, "device", "IHD", classification=Class.GREEN)
    assert not impacts.affecting(device="IHD").exists()
    everything = Impact.objects.visible_to(change_person(), AT)
    assert impacts.affecting(device="IHD", among=everything).get() == made


def test_dcc_system_impact_is_not_known_until_it_is_told() -> None:
    made = converted("2019-07-12")

    def answer() -> str:
        return next(fact.value for fact in page.facts(made, None, AT) if fact.label == "DCC System impact")

    assert answer() == "Not known"
    told_ = SystemImpact(proposal=made, answer="yes", told_by="DCC", told_on=date(2020, 1, 6))
    entered(told_)
    assert answer() == "Yes"


@pytest.mark.parametrize(
    ("typed", "amount", "printed"),
    [
        ("£120,000", Amount(120_000), "£120,000"),
        ("about £120,000", Amount(120_000, about=True), "about £120,000"),
        ("approx. 1.2m", Amount(1_200_000, about=True), "about £1,200,000"),
        ("£100k to £150k", Amount(100_000, 150_000), "£100,000 to £150,000"),
        ("about £1,000 – £2,000", Amount(1_000, 2_000, about=True), "about £1,000 to £2,000"),
        ("between £5 and £5", Amount(5), "£5"),
        ("0", Amount(0), "£0"),
    ],
)
def test_an_amount_is_read_and_printed_with_about_kept_as_about(typed: str, amount: Amount, printed: str) -> None:
    assert read_amount(typed) == amount
    assert str(amount) == printed


@pytest.mark.parametrize(
    "typed", ["£1.50", "£0.0000001m", "-£5", "£150k to £100k", "£100 to £2k and more", "a lot", ""]
)
def test_pence_falling_ranges_and_what_is_no_amount_are_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_amount(typed)


@given(low=st.integers(0, 10**12), more=st.integers(1, 10**9) | st.none(), about=st.booleans())
def test_what_is_printed_of_an_amount_is_read_back_as_it_was(low: int, more: int | None, about: bool) -> None:
    amount = Amount(low, None if more is None else low + more, about)
    assert read_amount(str(amount)) == amount


def test_a_later_cost_supersedes_an_earlier_one_and_both_are_kept() -> None:
    made = converted("2019-07-12")
    first = cost(made, "2020-01-06", 100_000, about=True)
    second = cost(made, "2020-02-03", 150_000, source="DCC IA")
    other = cost(made, "2019-12-02", 9, borne_by="small-supplier")
    assert set(Cost.objects.all().current()) == {second, other}
    table = next(one for one in page.related(made, None, AT) if one.title == "Costs")
    assert {row[2].label: row[-1] for row in table.rows} == {
        "about £100,000": "superseded", "£150,000": "", "£9": "",
    }  # fmt: skip
    assert first.amount.about


def test_of_two_costs_of_one_day_the_one_entered_later_counts() -> None:
    made = converted("2019-07-12")
    cost(made, "2020-01-06", 100)
    later = cost(made, "2020-01-06", 200, source="DCC IA")
    assert Cost.objects.all().current().get() == later


def test_a_cost_that_the_reader_may_not_read_supersedes_nothing_for_that_reader() -> None:
    made = converted("2019-07-12")
    public = cost(made, "2020-01-06", 100)
    cost(made, "2020-02-03", 200, classification=Class.AMBER, audience="SECCB")
    assert Cost.objects.all().visible_to(None, AT).current().get() == public


def test_a_range_ends_above_where_it_begins() -> None:
    with pytest.raises(ValidationError, match="ends above"):
        cost(converted("2019-07-12"), "2020-01-06", 100, high=100)


def priority(proposal: Proposal, level: str, on: str) -> Priority:
    made = Priority(proposal=proposal, level=level, reason="Because.", from_day=date.fromisoformat(on))
    return set_priority(made, **told())


def test_a_new_priority_ends_the_one_before_on_the_day_before() -> None:
    made = converted("2019-07-12")
    first, second = priority(made, "low", "2020-01-06"), priority(made, "high", "2020-02-03")
    first.refresh_from_db()
    assert (first.to_day, second.to_day) == (date(2020, 2, 2), None)
    assert page.facts(made, None, london("2020-02-02"))[0].value == "Low"
    assert page.facts(made, None, london("2020-02-03"))[0].value == "High"


@pytest.mark.parametrize("on", ["2020-01-06", "2020-01-05"])
def test_a_priority_begins_after_the_one_in_force(on: str) -> None:
    made = converted("2019-07-12")
    priority(made, "low", "2020-01-06")
    with pytest.raises(ValidationError, match="begin later"):
        priority(made, "high", on)
    assert Priority.objects.get().to_day is None


def test_plain_words_keep_their_versions_in_the_journal() -> None:
    made = converted("2019-07-12")
    assert page.summary(made, None, AT) is None
    words = Summary(proposal=made, problem="Meters are slow.")
    entered(words)
    journal.amend(words, {"problem": "Meters answer slowly."}, **told())
    found = page.summary(made, None, AT)
    assert found is not None
    assert found.problem == "Meters answer slowly."
    assert [event.name for event in journal.history(words)] == ["summary.enter", "summary.amend"]


def test_nothing_judged_of_a_proposal_has_a_lower_class_than_the_proposal() -> None:
    made = converted("2019-07-12")
    Proposal.objects.filter(pk=made.pk).update(classification=Class.AMBER, audience="CSC")
    made.refresh_from_db()
    with pytest.raises(ValidationError, match="lower class"):
        entered(Summary(proposal=made, problem="Meters are slow."))


def test_an_objective_is_found_by_its_key_on_a_day() -> None:
    assert objective("h", date(2014, 1, 1)) is None
    found = objective("h", date(2020, 1, 1))
    assert found is not None
    assert found.short == "(h)"


def test_the_cells_of_the_matrix_lead_to_the_judgements() -> None:
    made = converted("2019-07-12")
    kept = judge(made, form(), {"a": BETTER}, **told())[0]
    cell = page.verdicts(made, None, AT)[0].rows[0][2]
    assert cell == Crumb("Better", kept.get_absolute_url())
    assert AT.tzinfo == LONDON
