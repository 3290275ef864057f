"""Releases: their scope, their days and who moved them, requests to the Authority, and what else must happen."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from secretariat.change.judging.models import Impact, SystemImpact
from secretariat.change.models import Body, Path, Proposal, Release, Stage
from secretariat.change.releases import page
from secretariat.change.releases.figures import release_scope
from secretariat.change.releases.models import GoLiveMove, Milestone, MoveRequest, ReleaseItem, targets
from secretariat.change.releases.notices import NOTICES, followers
from secretariat.change.releases.procedure import ITEMS, MOVE_REQUESTS, RELEASES
from secretariat.change.releases.schedule import ad_hoc, is_scheduled, scheduled
from secretariat.change.releases.scope import Scoped, day_note, load_of, misplaced, too_close, touching, unmet
from secretariat.change.standing.models import Part, Relation
from secretariat.core import journal
from secretariat.core.calendar import calendar
from secretariat.core.classification import Class
from secretariat.core.figures import Span
from secretariat.core.journal import Event, history, verify
from secretariat.core.people import Person, Role
from secretariat.core.procedure import Refused
from secretariat.plain.months import Month
from secretariat.post.following import follow
from tests.change.factories import LATER, change_person, in_decision, london, party, person, raised, take

pytestmark = pytest.mark.django_db

SYSTEM, DOCUMENTS = Release.Kind.SYSTEM, Release.Kind.DOCUMENT_ONLY
PUBLISHED = (
    ("2018-11-01", DOCUMENTS, True), ("2019-02-28", DOCUMENTS, True), ("2019-11-29", SYSTEM, True),
    ("2020-02-27", DOCUMENTS, True), ("2020-11-29", SYSTEM, True), ("2021-06-24", SYSTEM, True),
    ("2021-11-04", SYSTEM, True), ("2022-02-24", DOCUMENTS, True), ("2022-06-30", SYSTEM, True),
    ("2022-08-01", DOCUMENTS, False), ("2022-11-03", SYSTEM, True),
)  # fmt: skip
"""The days of REL-2 and that of the ad-hoc release of MP209; kinds that no document tells are assumed."""


def planned(name: str = "November 2019 SEC Release", day: str = "2019-11-07", on: str = "2019-01-07",
            kind: str = SYSTEM, **more: Any) -> Release:  # fmt: skip
    """A release planned at noon of a day."""
    made = Release(name=name, go_live_on=date.fromisoformat(day), kind=kind, **more)
    RELEASES.take("plan", made, by=change_person(), at=london(on), recorded=LATER)
    return made


def step(name: str, release: Release, on: str, **facts: Any) -> Event:
    return RELEASES.take(name, release, by=change_person(), at=london(on), recorded=LATER, **facts)


def move(release: Release, day: str, on: str, by: str = Body.PANEL, why: str = "Testing is late") -> Event:
    return step("move", release, on, day=day, moved_by=by, why=why)


def targeted(proposal: Proposal, release: Release, on: str = "2019-07-20", **more: Any) -> ReleaseItem:
    made = ReleaseItem(proposal=proposal, release=release, **more)
    ITEMS.take("target", made, by=change_person(), at=london(on), recorded=LATER)
    return made


def item_step(name: str, item: ReleaseItem, on: str, **facts: Any) -> Event:
    return ITEMS.take(name, item, by=change_person(), at=london(on), recorded=LATER, **facts)


def request(release: Release, on: str) -> MoveRequest:
    made = MoveRequest(release=release, reason="Testing is late", letter="Panel letter")
    MOVE_REQUESTS.take("ask", made, by=change_person(), at=london(on), recorded=LATER)
    return made


def answer(made: MoveRequest, name: str, on: str, **facts: Any) -> Event:
    return MOVE_REQUESTS.take(name, made, by=change_person(), at=london(on), recorded=LATER, **facts)


def approved(number: int, on: str = "2019-08-20", **more: Any) -> Proposal:
    """A modification that the Change Board approved on a day."""
    made = in_decision(on, number=number, **more)
    take("approve", made, on, decided_by=Body.CHANGE_BOARD)
    return made


# The real days


def test_the_published_days_are_loaded_and_all_but_one_are_scheduled() -> None:
    for day, kind, _ in PUBLISHED:
        planned(f"Release of {day}", day, "2018-01-02", kind)
    told = {release.go_live_on.isoformat(): is_scheduled(release) for release in Release.objects.all()}
    assert told == {day: right for day, _, right in PUBLISHED}
    assert [str(one) for one in ad_hoc(Release.objects.all(), date(2022, 9, 1))] == ["Release of 2022-08-01"]
    assert scheduled(Release.objects.all(), date(2022, 9, 1)).count() == len(PUBLISHED) - 1


def test_29_november_2020_is_allowed_and_said_to_be_no_working_day() -> None:
    assert day_note(date(2020, 11, 29), calendar()).startswith("Sun 29 Nov 2020 is not a Working Day")
    assert day_note(date(2019, 11, 29), calendar()) == ""
    release = planned("November 2020 SEC Release", "2020-11-29", "2020-01-07")
    note = page.release_facts(release, None, london("2020-02-03"))[0].note
    assert "not a Working Day" in note


def test_the_move_of_november_2019_comes_out_as_it_was() -> None:
    """Asked on 1 October 2019, allowed on 8 October until 1 December, set on 30 October to 29 November (REL-4)."""
    release = planned()
    targeted(approved(62), release, "2019-08-21")
    with pytest.raises(Refused, match="only by leave of the Authority"):
        move(release, "2019-11-29", "2019-09-30")
    made = request(release, "2019-10-01")
    with pytest.raises(Refused, match="only by leave of the Authority"):
        move(release, "2019-11-29", "2019-10-04")
    answer(made, "allow", "2019-10-08", window_until="2019-12-01", letter="Letter of 8 October")
    with pytest.raises(Refused, match="within the window"):
        move(release, "2019-12-02", "2019-10-30")
    move(release, "2019-11-29", "2019-10-30")
    release.refresh_from_db()
    assert release.go_live_on == date(2019, 11, 29)
    kept = release.moves.get(old__isnull=False)
    assert (kept.old, kept.new, kept.moved_on) == (date(2019, 11, 7), date(2019, 11, 29), date(2019, 10, 30))
    assert kept.request is not None
    assert (kept.moved_by, kept.request, kept.request.window_until) == (Body.PANEL, made, date(2019, 12, 1))
    assert is_scheduled(release)


def test_a_leave_does_not_reach_back_before_the_day_on_which_it_was_given() -> None:
    release = planned()
    targeted(approved(62), release, "2019-08-21")
    answer(request(release, "2019-10-01"), "allow", "2019-10-08", window_until="2019-12-01")
    with pytest.raises(Refused, match="only by leave"):
        move(release, "2019-11-29", "2019-10-07")
    move(release, "2019-12-01", "2019-10-08")


def test_a_refused_request_gives_no_leave() -> None:
    release = planned()
    targeted(approved(62), release, "2019-08-21")
    answer(request(release, "2019-10-01"), "refuse", "2019-10-08", letter="No")
    with pytest.raises(Refused, match="only by leave"):
        move(release, "2019-11-29", "2019-10-30")


def test_before_approval_the_panel_moves_the_day_itself_and_does_not_ask() -> None:
    release = planned()
    targeted(raised("2019-06-03", 80), release)
    with pytest.raises(Refused, match="once a modification of the release is approved"):
        request(release, "2019-07-22")
    move(release, "2019-11-29", "2019-07-22")
    assert [(one.old, one.new) for one in release.moves.order_by("pk")] == [
        (None, date(2019, 11, 7)), (date(2019, 11, 7), date(2019, 11, 29)),
    ]  # fmt: skip


def test_the_authority_itself_moves_a_day_after_approval() -> None:
    release = planned()
    targeted(approved(62), release, "2019-08-21")
    move(release, "2019-11-29", "2019-09-30", by=Body.AUTHORITY)
    assert release.moves.get(moved_by=Body.AUTHORITY).request is None


def test_only_the_panel_or_the_authority_moves_the_day_of_a_release() -> None:
    with pytest.raises(Refused, match="by the Panel or by the Authority"):
        move(planned(), "2019-11-29", "2019-07-22", by=Body.CHANGE_BOARD)


@pytest.mark.parametrize("day", ["2019-11-07", "2019-07-21"])
def test_a_release_moves_to_a_day_other_than_the_one_it_has_and_not_into_the_past(day: str) -> None:
    with pytest.raises(Refused, match="not into the past"):
        move(planned(), day, "2019-07-22")


def test_one_request_at_a_time() -> None:
    release = planned()
    targeted(approved(62), release, "2019-08-21")
    request(release, "2019-10-01")
    with pytest.raises(Refused, match="has not answered the last request"):
        request(release, "2019-10-02")


def test_a_request_is_answered_on_the_day_on_which_it_was_asked_or_later_and_its_window_is_ahead() -> None:
    release = planned()
    targeted(approved(62), release, "2019-08-21")
    made = request(release, "2019-10-01")
    with pytest.raises(Refused, match="on which it was asked or later"):
        answer(made, "allow", "2019-09-30", window_until="2019-12-01")
    with pytest.raises(Refused, match="window in which the Panel sets the day"):
        answer(made, "allow", "2019-10-08", window_until="2019-10-07")
    answer(made, "take_back", "2019-10-08", why="It is in time after all")


def test_only_a_release_that_is_not_live_yet_is_moved() -> None:
    release = live_release()
    with pytest.raises(Refused):
        move(release, "2019-12-05", "2019-11-29")
    with pytest.raises(Refused, match="Only a release that is not live yet is moved"):
        request(release, "2019-11-29")


# The scope


def live_release() -> Release:
    release = planned()
    targeted(approved(62), release, "2019-08-21")
    step("approve_scope", release, "2019-09-13")
    step("baseline", release, "2019-09-13", meeting="SECP_72")
    step("go_live", release, "2019-11-07")
    return release


def test_a_scope_is_targeted_approved_baselined_and_implemented() -> None:
    release = planned()
    proposal = approved(62)
    item = targeted(proposal, release, "2019-08-21")
    undecided = targeted(raised("2019-06-03", 80), release)
    step("approve_scope", release, "2019-09-13")
    step("baseline", release, "2019-09-16")
    item.refresh_from_db()
    undecided.refresh_from_db()
    assert (item.state, item.approved_on, item.baselined_on) == (
        "in the baseline",
        date(2019, 9, 16),
        date(2019, 9, 16),
    )
    assert undecided.state == "targeted"
    with pytest.raises(Refused, match="goes live on its day"):
        step("go_live", release, "2019-11-06")
    step("go_live", release, "2019-11-07")
    item.refresh_from_db()
    proposal.refresh_from_db()
    assert (item.state, item.implemented_on) == ("implemented", date(2019, 11, 7))
    assert (proposal.state, proposal.release) == (Stage.IMPLEMENTED, release)
    with pytest.raises(Refused, match="nothing is left in its scope"):
        step("close", release, "2019-11-08")
    item_step("remove", undecided, "2019-11-08", why="It is not decided yet")
    step("close", release, "2019-11-08")
    assert list(verify()) == []


def test_a_scope_is_approved_when_at_least_one_modification_is_targeted() -> None:
    with pytest.raises(Refused, match="at least one modification is targeted"):
        step("approve_scope", planned(), "2019-09-13")


def test_nothing_is_left_in_scope_of_a_release_that_is_cancelled() -> None:
    release = planned()
    item = targeted(raised("2019-06-03", 80), release)
    with pytest.raises(Refused, match="implement, move or remove it first"):
        step("cancel", release, "2019-09-13", why="No capacity")
    item_step("remove", item, "2019-09-13", why="No capacity")
    step("cancel", release, "2019-09-13", why="No capacity")
    assert release.state == "cancelled"


def test_a_modification_is_targeted_to_a_release_that_is_planned() -> None:
    release = live_release()
    with pytest.raises(Refused, match="neither live, closed nor cancelled"):
        targeted(raised("2019-06-03", 80), release, "2019-11-08")


def test_proposal_can_still_be_implemented_when_it_is_targeted() -> None:
    withdrawn = raised("2019-06-03", 80)
    take("withdraw", withdrawn, "2019-06-04")
    with pytest.raises(Refused, match="rejected, withdrawn or implemented already"):
        targeted(withdrawn, planned())


def test_modification_is_approved_before_it_is_approved_for_a_release() -> None:
    item = targeted(raised("2019-06-03", 80), planned())
    with pytest.raises(Refused, match="once it is approved itself"):
        item_step("approve", item, "2019-09-13")


def test_scope_is_baselined_before_a_modification_enters_the_baseline() -> None:
    item = targeted(approved(62), planned(), "2019-08-21")
    item_step("approve", item, "2019-08-22")
    with pytest.raises(Refused, match="once the Panel has baselined the scope"):
        item_step("baseline", item, "2019-08-22")
    with pytest.raises(Refused, match="when its release has gone live"):
        item_step("implement", item, "2019-08-22")


def test_a_part_is_in_one_release_and_moves_with_its_history_kept() -> None:
    first, second = planned(), planned("February 2020 SEC Release", "2020-02-27")
    proposal = raised("2019-06-03", 80)
    item = targeted(proposal, first, points=5)
    with pytest.raises(Refused, match="in the scope of a release already"):
        targeted(proposal, second)
    with pytest.raises(Refused, match="a release other than the one it is in"):
        item_step("retarget", item, "2019-08-01", release=first.pk, moved_by=Body.PANEL, why="Late")
    item_step("retarget", item, "2019-08-01", release=second.pk, moved_by=Body.PANEL, why="The assessment is late")
    told = [(one.release, one.state, one.removed_on, one.points) for one in targets(proposal)]
    assert told == [(first, "removed", date(2019, 8, 1), 5), (second, "targeted", None, 5)]


def test_an_approved_modification_moves_with_leave_of_the_authority_or_by_its_decision() -> None:
    first, second = planned(), planned("February 2020 SEC Release", "2020-02-27")
    one, other = targeted(approved(62), first, "2019-08-21"), targeted(approved(80), first, "2019-08-21")
    told = {"release": second.pk, "why": "Late"}
    with pytest.raises(Refused, match="by decision of the Authority, or by leave"):
        item_step("retarget", one, "2019-10-09", moved_by=Body.PANEL, **told)
    item_step("retarget", one, "2019-10-09", moved_by=Body.AUTHORITY, **told)
    answer(request(first, "2019-10-10"), "allow", "2019-10-11", window_until="2020-02-27")
    item_step("retarget", other, "2019-10-11", moved_by=Body.PANEL, **told)
    assert second.items.count() == 2


def test_a_move_to_a_release_that_takes_nothing_changes_nothing() -> None:
    live = live_release()
    item = targeted(raised("2019-06-03", 80), planned("February 2020 SEC Release", "2020-02-27"))
    events = Event.objects.count()
    with pytest.raises(Refused):
        item_step("retarget", item, "2019-11-09", release=live.pk, moved_by=Body.PANEL, why="x")
    assert (item.state, Event.objects.count()) == ("targeted", events)


def test_parts_of_one_modification_land_in_different_releases_and_it_is_implemented_with_the_last() -> None:
    first, second = planned(), planned("February 2020 SEC Release", "2020-02-27")
    proposal = approved(62)
    targeted(proposal, first, "2019-08-21", part="documents")
    targeted(proposal, second, "2019-08-21", part="systems")
    parts = [Part.objects.create(proposal=proposal, name=name) for name in ("documents", "systems")]
    for release, day in ((first, "2019-11-07"), (second, "2020-02-27")):
        step("approve_scope", release, "2019-09-13")
        step("baseline", release, "2019-09-13")
        step("go_live", release, day)
        proposal.refresh_from_db()
        assert proposal.state == (Stage.APPROVED if release == first else Stage.IMPLEMENTED)
    assert proposal.release == second
    for part in parts:
        part.refresh_from_db()
    assert [part.release for part in parts] == [first, second]


def test_what_can_still_be_referred_is_not_implemented_and_the_release_says_which_it_is() -> None:
    release = planned(day="2019-08-26")
    targeted(approved(62), release, "2019-08-21")
    for name in ("approve_scope", "baseline"):
        step(name, release, "2019-08-22")
    with pytest.raises(Refused, match=r"MP062.*no longer be referred"):
        step("go_live", release, "2019-08-26")
    assert release.state == "baselined"


def test_only_the_change_team_takes_the_steps_of_a_release_and_the_authority_answers() -> None:
    release = planned()
    stranger = person(Role.PARTY_CONTACT, organisation_id=party().pk)
    with pytest.raises(Refused, match="is for others"):
        RELEASES.take("cancel", release, by=stranger, at=london("2019-09-13"), recorded=LATER, why="x")
    targeted(approved(62), release, "2019-08-21")
    made = request(release, "2019-10-01")
    told: dict[str, Any] = {"at": london("2019-10-08"), "recorded": LATER, "window_until": "2019-12-01"}
    with pytest.raises(Refused, match="is for others"):
        MOVE_REQUESTS.take("allow", made, by=stranger, **told)
    MOVE_REQUESTS.take("allow", made, by=person(Role.AUTHORITY), **told)


# Capacity, dependencies, clashes


def scoped(
    what: str, proposal: int, release: str = "June", day: str = "2020-06-25", points: int | None = None
) -> Scoped:
    return Scoped(what, proposal, release, date.fromisoformat(day), points)


def test_capacity_is_counted_in_modifications_each_once_or_in_points_with_the_unit_said() -> None:
    rows = [scoped("MP001 (a)", 1, points=5), scoped("MP001 (b)", 1, points=3), scoped("MP002", 2)]
    assert str(load_of(rows, 2, "modifications")) == "2 of 2 modifications"
    assert not load_of(rows, 2, "modifications").is_over
    assert load_of(rows, 7, "points").is_over
    assert str(load_of(rows, 7, "points")) == "8 of 7 effort points: 1 over its capacity; 1 without points"
    assert str(load_of(rows[:1], None, "modifications")) == "1 modification; no capacity is told"


def test_a_dependency_is_met_by_the_same_or_an_earlier_release_or_one_of_the_past() -> None:
    early = scoped("MP001", 1, "February", "2020-02-27")
    late, needs = scoped("MP003", 3, "November", "2020-11-05"), scoped("MP002", 2)
    depends = {2: [(1, "MP001"), (3, "MP003"), (4, "MP004"), (5, "MP005")]}
    said = [one.what for one in unmet([early, late, needs], depends, {5})]
    assert said == [
        "MP002 depends on MP003, which comes later, with the November.",
        "MP002 depends on MP004, which is in no release.",
    ]
    assert unmet([scoped("MP001", 1), needs], {2: [(1, "MP001")]}, set()) == []


def test_a_dependency_is_met_only_when_its_last_part_comes_in_time() -> None:
    parts = [scoped("MP001 (a)", 1, "February", "2020-02-27"), scoped("MP001 (b)", 1, "November", "2020-11-05")]
    assert len(unmet([*parts, scoped("MP002", 2)], {2: [(1, "MP001")]}, set())) == 1


def test_two_modifications_of_one_release_that_change_the_same_document_clash() -> None:
    rows = [scoped("MP001", 1), scoped("MP002", 2), scoped("MP003", 3, "November", "2020-11-05")]
    told = touching(rows, {1: ["Section D", "Section H"], 2: ["Section H"], 3: ["Section H"]})
    assert [one.what for one in told] == ["MP001 and MP002 both change Section H."]


def test_a_change_of_systems_in_a_document_only_release_is_said() -> None:
    rows = [Scoped("MP001", 1, "June", date(2020, 6, 25), documents_only=True), scoped("MP002", 2), scoped("MP003", 3)]
    assert [one.what for one in misplaced(rows, {1, 2})] == [
        "MP001 changes DCC Systems; the June changes documents only."
    ]


def test_the_warnings_take_documents_and_systems_from_the_impacts_recorded() -> None:
    release = planned(kind=DOCUMENTS)
    for number in (80, 81):
        proposal = raised("2019-06-03", number)
        targeted(proposal, release)
        Impact.objects.create(proposal=proposal, kind=Impact.Kind.DOCUMENT, subject="Section H", recorded=LATER)
    SystemImpact.objects.create(proposal=proposal, answer="yes", told_on=date(2019, 6, 3), recorded=LATER)
    assert [warned.what for warned in page.warnings(None, london("2019-07-22"))] == [
        "DP080 and DP081 both change Section H.",
        "DP081 changes DCC Systems; the November 2019 SEC Release changes documents only.",
    ]


def test_a_release_tells_what_aims_at_it_without_being_in_its_scope() -> None:
    release, one, other = planned(), raised("2019-06-03", 80), raised("2019-06-03", 81)
    for proposal in (one, other):
        take("target", proposal, "2019-07-20", release=release.pk, set_by=Body.PANEL)
    targeted(one, release)
    tables = {table.title: table.rows for table in page.release_tables(release, None, london("2019-07-22"))}
    assert [row[0] for row in tables["Aim at it, not in its scope"]] == ["DP081"]


def test_two_releases_too_few_days_apart_are_said() -> None:
    days = [("A", date(2022, 6, 30)), ("B", date(2022, 7, 28)), ("C", date(2022, 8, 1)), ("D", date(2022, 8, 1))]
    assert [one.what for one in too_close(days, 28)] == [
        "The B and the C are 4 days apart.", "The C and the D are on the same day.",
    ]  # fmt: skip


def test_the_page_of_a_release_warns_of_what_depends_on_a_later_one() -> None:
    first, second = planned(), planned("February 2020 SEC Release", "2020-02-27")
    one, other = raised("2019-06-03", 80), raised("2019-06-03", 81)
    targeted(one, first)
    targeted(other, second)
    Relation.objects.create(
        proposal=one, kind=Relation.Kind.DEPENDS, other=other, from_day=date(2019, 6, 3), recorded=LATER
    )
    said = [warned.what for warned in page.warnings(None, london("2019-07-22"))]
    assert said == ["DP080 depends on DP081, which comes later, with the February 2020 SEC Release."]


# What else must happen, the pages, the figure


def milestone(release: Release, kind: str, **more: Any) -> Milestone:
    made = Milestone(release=release, kind=kind, **more)
    journal.enter(made, by=change_person(), at=london("2019-08-01"), recorded=LATER)
    return made


def test_a_system_release_needs_a_testing_approach_an_implementation_document_and_supporting_changes() -> None:
    release = planned()
    assert len(page.missing(release)) == 3
    milestone(release, Milestone.Kind.TESTING_APPROACH, done_on=date(2019, 8, 1))
    milestone(release, Milestone.Kind.IMPLEMENTATION_DOCUMENT, version="v0.1", due_on=date(2019, 9, 1))
    assert page.missing(release) == ["implementation document", "supporting changes"]
    milestone(release, Milestone.Kind.IMPLEMENTATION_DOCUMENT, version="v1.0", done_on=date(2019, 9, 1))
    assert page.missing(release) == ["supporting changes"]
    assert page.missing(planned("June", "2020-06-25", kind=DOCUMENTS)) == ["implementation document"]


def test_a_milestone_is_told_once_and_says_what() -> None:
    release = planned()
    milestone(release, Milestone.Kind.IMPLEMENTATION_DOCUMENT, version="v1.0", due_on=date(2019, 9, 1))
    with pytest.raises(ValidationError, match="has this milestone already"):
        milestone(release, Milestone.Kind.IMPLEMENTATION_DOCUMENT, version="v1.0", due_on=date(2019, 9, 2))
    with pytest.raises(ValidationError, match="Say what must happen"):
        milestone(release, Milestone.Kind.OTHER, due_on=date(2019, 9, 2))


def test_a_proposal_page_tells_its_release_its_needs_and_its_next_dates() -> None:
    release, proposal, at = planned(), approved(62), london("2019-09-01")
    assert [need.what for need in page.needs(proposal, None, at)] == ["A release that implements it"]
    targeted(proposal, release, "2019-08-21")
    milestone(release, Milestone.Kind.TESTING_APPROACH, due_on=date(2019, 9, 20), owner="TAG")
    assert next(fact.value for fact in page.facts(proposal, None, at)) == "November 2019 SEC Release"
    assert len(page.needs(proposal, None, at)) == 3
    assert [(one.day, one.who) for one in page.coming(proposal, None, at)] == [
        (date(2019, 11, 7), "The DCC and all parties"), (date(2019, 9, 20), "TAG"),
    ]  # fmt: skip
    assert page.related(proposal, None, at)[0].rows[0][3] == "Targeted"


def test_what_is_said_of_an_amber_proposal_in_a_release_is_not_there_for_the_public() -> None:
    release, proposal = planned(), raised("2019-06-03", 80, title="Hidden words")
    Proposal.objects.filter(pk=proposal.pk).update(classification=Class.AMBER)
    proposal.refresh_from_db()
    item = targeted(proposal, release)
    assert item.classification == Class.AMBER
    for path in (release.get_absolute_url(), "/release-items/", "/releases/plan/?from=2019-06&months=12",
                 item.get_absolute_url()):  # fmt: skip
        assert "Hidden words" not in Client().get(path).content.decode()
    Proposal.objects.filter(pk=proposal.pk).update(classification=Class.WHITE)
    assert Client().get(item.get_absolute_url()).status_code == 404


def signed_in(someone: Person) -> Client:
    client = Client()
    client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_release_is_planned_by_its_form_and_its_day_then_moves_by_a_step_only() -> None:
    team = signed_in(change_person())
    told = {"name": "June 2020 SEC Release", "go_live_on": "2020-06-25", "kind": SYSTEM, "capacity_unit": "points"}
    assert team.post("/releases/new/", told).status_code == 302
    release = Release.objects.get()
    assert (release.state, release.planned_for) == ("planned", date(2020, 6, 25))
    assert [event.name for event in history(release)] == ["release.plan"]
    assert GoLiveMove.objects.get().new == date(2020, 6, 25)
    assert 'name="go_live_on"' not in team.get(f"/releases/{release.pk}/edit/").content.decode()
    team.post(f"/releases/{release.pk}/edit/", told | {"go_live_on": "2020-07-01", "capacity": "5"})
    release.refresh_from_db()
    assert (release.go_live_on, release.capacity) == (date(2020, 6, 25), 5)


def test_a_modification_is_targeted_a_milestone_entered_and_a_request_made_by_form() -> None:
    team, release, proposal = signed_in(change_person()), planned(), approved(62)
    told: dict[str, Any] = {"release": release.pk, "proposal": proposal.pk}
    assert team.post("/release-items/new/", told).status_code == 302
    assert team.post("/milestones/new/", {"release": release.pk, "kind": "testing approach"}).status_code == 422
    done = {"release": release.pk, "kind": "testing approach", "due_on": "2019-09-01"}
    assert team.post("/milestones/new/", done).status_code == 302
    assert team.post("/move-requests/new/", {"release": release.pk, "reason": "Late"}).status_code == 302
    entered = (ReleaseItem.objects.get(), Milestone.objects.get(), MoveRequest.objects.get())
    addresses = [record.get_absolute_url() for record in entered]
    for path in ("/release-items/", "/milestones/", "/move-requests/", *addresses):
        assert {client.get(path).status_code for client in (Client(), team)} == {200}
    assert Client().post("/release-items/new/", told).status_code == 302
    assert ReleaseItem.objects.count() == 1
    stranger = signed_in(person(Role.PARTY_CONTACT, organisation_id=party().pk))
    assert stranger.get("/milestones/new/").status_code == 403


def test_the_page_of_a_release_tells_scope_days_requests_and_last_days() -> None:
    release = planned()
    targeted(approved(62, title="Vehicle"), release, "2019-08-21")
    answer(request(release, "2019-10-01"), "allow", "2019-10-08", window_until="2019-12-01")
    move(release, "2019-11-29", "2019-10-30")
    text = Client().get(release.get_absolute_url()).content.decode()
    for said in ("Vehicle", "First planned for Thu 7 Nov 2019", "Wed 30 Oct 2019", "Sun 1 Dec 2019"):
        assert said in text
    assert "/releases/plan/" in Client().get("/releases/").content.decode()


@pytest.mark.parametrize(("query", "number"), [("scheduled=yes", 1), ("scheduled=no", 1), ("state=planned", 2),
                                              ("state=live", 0), ("live=2022-08", 1)])  # fmt: skip
def test_releases_are_chosen_by_schedule_state_and_month(query: str, number: int) -> None:
    planned("June 2022 SEC Release", "2022-06-30")
    planned("MP209", "2022-08-01")
    assert Client().get(f"/releases/?{query}").status_code == 200
    assert len(Client().get(f"/releases.csv?{query}").content.decode().splitlines()) == number + 1


def test_the_figure_tells_the_scope_of_the_releases_of_a_span_with_the_status_of_each() -> None:
    release = planned()
    targeted(approved(62, path=Path.SELF_GOVERNANCE, title="Vehicle"), release, "2019-08-21")
    targeted(raised("2019-06-03", 80), planned("Outside", "2019-12-01"))
    listing = release_scope.listing(Span.of(Month(2019, 11)))
    assert [row.values for row in listing.rows] == [
        ("November 2019 SEC Release", "7 November 2019", "MP062", "Vehicle", "targeted")
    ]
    assert listing.counted.ids == [row.record.pk for row in listing.rows]


def test_who_follows_releases_hears_that_a_day_moved_and_others_do_not() -> None:
    release, other = planned(), planned("February 2020 SEC Release", "2020-02-27")
    reader, of_other = person(Role.PARTY_CONTACT, organisation_id=party().pk), person(Role.DCC)
    for plural, query, who in (("releases", "", reader), ("releases", "live=2020-02", of_other)):
        follow(plural, query, "", person=who, at=london("2019-07-01"), recorded=LATER)
    event = move(release, "2019-11-29", "2019-07-22")
    assert list(followers(event, release, london("2019-07-22"))) == [reader]
    assert set(followers(event, other, london("2019-07-22"))) == {reader, of_other}
    subject, body = NOTICES[0].written(event, release, reader, london("2019-07-22"))
    assert subject == "November 2019 SEC Release: goes live on another day"
    assert "Fri 29 Nov 2019" in body
    assert "It had been planned for Thu 7 Nov 2019" in body
    assert "Testing is late" in body
