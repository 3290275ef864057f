"""The scope of a release: what is aimed at it, approved, put in its baseline and taken out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from secretariat.change.models import Body, Stage
from secretariat.change.releases.models import ReleaseItem, targets
from secretariat.change.releases.procedure import ITEMS, MOVE_REQUESTS, RELEASES
from secretariat.change.standing.models import Part
from secretariat.core.journal import Event, verify
from secretariat.core.people import Role
from secretariat.core.procedure import Refused
from tests.change.factories import LATER, change_person, london, party, person, raised, take
from tests.change.releasing import answer, approved, live_release, planned, request, step, targeted

pytestmark = pytest.mark.django_db


def item_step(name: str, item: ReleaseItem, on: str, **facts: Any) -> Event:
    return ITEMS.take(name, item, by=change_person(), at=london(on), recorded=LATER, **facts)


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
