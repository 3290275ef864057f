"""What a release can hold, what must happen before it, its pages and its figure."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from secretariat.change.judging.models import Impact, SystemImpact
from secretariat.change.models import Body, Path, Proposal, Release
from secretariat.change.releases import page
from secretariat.change.releases.figures import release_scope
from secretariat.change.releases.models import GoLiveMove, Milestone, MoveRequest, ReleaseItem
from secretariat.change.releases.notices import NOTICES, followers
from secretariat.change.releases.scope import Scoped, load_of, misplaced, too_close, touching, unmet
from secretariat.change.standing.models import Relation
from secretariat.core import journal
from secretariat.core.classification import Class
from secretariat.core.figures import Span
from secretariat.core.journal import history
from secretariat.core.people import Role
from secretariat.plain.months import Month
from secretariat.post.following import follow
from tests.change.factories import LATER, change_person, london, party, person, raised, take
from tests.change.releasing import DOCUMENTS, SYSTEM, answer, approved, move, planned, request, targeted
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


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
