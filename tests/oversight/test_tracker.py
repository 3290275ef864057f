"""The centralised tracker: alert codes, the way of an entry, dates that move and say why, and what was measured."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from secretariat.core.classification import Class
from secretariat.core.figures import Span
from secretariat.core.journal import history
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.core.procedure import Refused
from secretariat.oversight.tracker.actions import done, hurts, measure, move, plan, report
from secretariat.oversight.tracker.codes import Rate, against, normal, ratio
from secretariat.oversight.tracker.figures import tracker_entries, tracker_moves, tracker_open
from secretariat.oversight.tracker.models import (
    FIXED,
    REPORTED,
    WATCHED,
    BeforeAfter,
    Impact,
    PlanDate,
    PlanMove,
    TrackerEntry,
    Work,
)
from secretariat.oversight.tracker.procedure import (
    TRACKER,
    deployment_has_a_date,
    deployment_is_done,
    it_has_an_owner,
    somebody_is_hurt,
    the_last_measurement_shows_a_fall,
    the_plan_has_a_part,
)
from secretariat.oversight.tracker.views import next_date
from secretariat.plain.dates import LONDON
from secretariat.plain.months import Month

FEBRUARY = datetime(2020, 2, 10, 12, tzinfo=LONDON)
MAY = datetime(2020, 5, 29, 12, tzinfo=LONDON)
TOLD: dict[str, Any] = {"by": None, "at": FEBRUARY, "recorded": MAY}


@pytest.mark.parametrize(("typed", "kept"), [("0x8f3e", "8F3E"), (" 81A0 ", "81A0"), ("ad1", "AD1"), ("n53", "N53")])
def test_an_alert_code_has_one_form(typed: str, kept: str) -> None:
    assert normal(typed) == kept


@pytest.mark.parametrize("typed", ["", "7F3E", "8F3", "8F3EE", "AD2", "N0", "8G00"])
def test_what_is_no_alert_code_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="no alert code"):
        normal(typed)


def test_a_ratio_is_of_rates_and_corrected_by_devices_that_were_not_changed() -> None:
    before, after = Rate(2800, 100, 28), Rate(700, 200, 28)
    assert before.value == pytest.approx(1000)
    assert ratio(before, after) == pytest.approx(0.125)
    assert against(0.125, 0.5) == pytest.approx(0.25)
    assert against(0.125, None) == pytest.approx(0.125)
    assert ratio(Rate(0, 100, 28), after) is None
    assert Rate(5, 0, 28).value is None


@pytest.mark.parametrize(
    ("high", "control", "falls"), [(0.6, None, True), (1.2, None, False), (None, None, True), (None, 0.2, False)]
)
def test_a_fall_is_shown_by_the_interval_or_else_by_the_corrected_ratio(
    high: float | None, control: float | None, falls: bool
) -> None:
    found = measurement(low=high and high / 2, high=high, control=control)
    assert found.shows_a_fall is falls


def measurement(**told: Any) -> BeforeAfter:
    """Four weeks before and after a deployment of 1 April: a third of the alerts is left."""
    days = {"before_from": date(2020, 3, 4), "before_to": date(2020, 3, 31), "taken_on": date(2020, 5, 1)}
    days |= {"after_from": date(2020, 4, 2), "after_to": date(2020, 4, 29)}
    counts = {"alerts_before": 900, "devices_before": 10, "alerts_after": 300, "devices_after": 10}
    return BeforeAfter(**{**days, **counts, **told})


def somebody(role: str, **told: Any) -> Person:
    made = Person.objects.create_user(f"{role}-{Person.objects.count()}@example.org".replace(" ", "-"), role)
    Capacity.objects.create(person=made, role=role, from_day=date(2013, 9, 23), recorded=FEBRUARY, **told)
    return made


def entry(by: Person, **told: Any) -> TrackerEntry:
    facts = {"device_type": "Communications Hub", "manufacturer": "Alder Hubs", "alert_code": "0x8f3e", "region": "C"}
    made = TrackerEntry(**{**facts, "description": "The same alert again and again.", "source": "Invented", **told})
    return report(made, **{**TOLD, "by": by})


@pytest.fixture
def analyst() -> Person:
    return somebody(Role.SECRETARIAT, team=Team.TECHNICAL)


@pytest.mark.django_db
def test_an_entry_goes_from_its_report_to_a_fall_that_was_measured(analyst: Person) -> None:
    told: dict[str, Any] = {"by": analyst, "at": FEBRUARY, "recorded": MAY}
    one = entry(analyst)
    assert (one.state, one.reference, one.alert_code) == (REPORTED, "TRK-0001", "8F3E")
    assert not it_has_an_owner(one, FEBRUARY)
    with pytest.raises(Refused, match="Name the owner first"):
        TRACKER.take("examine", one, **told)
    TrackerEntry.objects.filter(pk=one.pk).update(owner="central service")
    TRACKER.take("examine", one, **told)
    assert not somebody_is_hurt(one, FEBRUARY)
    assert not the_plan_has_a_part(one, FEBRUARY)
    with pytest.raises(Refused, match="on whom"):
        TRACKER.take("plan", one, **told)
    hurts(one, Impact(on_whom="The DSP", what="Its capacity is used up."), **told)
    part = plan(one, PlanDate(work=Work.DEPLOY), **told)
    TRACKER.take("plan", one, **told)
    assert next_date(one) == ("To be confirmed", "", "No day is confirmed to deploy.")
    assert not deployment_has_a_date(one, FEBRUARY)
    move(part, date(2020, 3, 31), "The day was confirmed.", **told)
    move(part, date(2020, 4, 1), "A test failed.", **told)
    TRACKER.take("deploy", one, **told)
    assert not deployment_is_done(one, FEBRUARY)
    april: dict[str, Any] = {**told, "at": MAY - timedelta(days=40)}
    done(part, date(2020, 4, 1), **april)
    TRACKER.take("watch", one, **april)
    may: dict[str, Any] = {**told, "at": MAY}
    measure(one, measurement(low=0.9, high=1.4), **may)
    assert not the_last_measurement_shows_a_fall(one, MAY)
    with pytest.raises(Refused, match="fewer alerts come"):
        TRACKER.take("fix", one, **may)
    measure(one, measurement(low=0.2, high=0.5, taken_on=date(2020, 5, 20)), **may)
    TRACKER.take("fix", one, **may)
    assert (one.state, one.closed_on) == (FIXED, MAY.date())
    with pytest.raises(Refused, match="take it up again"):
        hurts(one, Impact(on_whom="Users", what="More."), **may)
    TRACKER.take("take_up_again", one, reason="They came back.", **may)
    assert (one.closed_on, one.reason) == (None, "They came back.")


@pytest.mark.django_db
def test_a_measurement_from_before_the_deployment_proves_nothing(analyst: Person) -> None:
    one = entry(analyst, owner="CSP")
    told: dict[str, Any] = {"by": analyst, "at": MAY, "recorded": MAY}
    TrackerEntry.objects.filter(pk=one.pk).update(state=WATCHED)
    one.refresh_from_db()
    part = plan(one, PlanDate(work=Work.DEPLOY, due_on=date(2020, 4, 1)), **told)
    measure(one, measurement(low=0.1, high=0.2), **told)
    assert not the_last_measurement_shows_a_fall(one, MAY)
    done(part, date(2020, 4, 20), **told)
    assert not the_last_measurement_shows_a_fall(one, MAY)
    PlanDate.objects.update(done_on=date(2020, 4, 1))
    assert the_last_measurement_shows_a_fall(one, MAY)


@pytest.mark.django_db
def test_every_move_of_a_date_keeps_from_when_to_when_and_why(analyst: Person) -> None:
    one = entry(analyst, owner="CSP")
    told: dict[str, Any] = {**TOLD, "by": analyst}
    part = plan(one, PlanDate(work=Work.TEST, due_on=date(2020, 3, 1)), **told)
    moved = move(part, date(2020, 3, 15), "The rig was not free.", **told)
    assert (moved.days, str(moved)) == (14, "Test: Sun 1 Mar 2020 became Sun 15 Mar 2020")
    assert move(part, None, "The supplier withdrew the day.", **told).days is None
    assert part.told == "to be confirmed"
    with pytest.raises(Refused, match="already"):
        move(part, None, "Again.", **told)
    done(part, date(2020, 2, 10), **told)
    with pytest.raises(Refused, match="is done"):
        move(part, date(2020, 4, 1), "Too late.", **told)
    facts = [event.facts["reason"] for event in history(one) if event.name == "trackerentry.move_date"]
    assert facts == ["The rig was not free.", "The supplier withdrew the day."]


@pytest.mark.django_db
def test_what_is_still_to_come_is_neither_done_nor_measured(analyst: Person) -> None:
    one = entry(analyst, owner="CSP")
    told: dict[str, Any] = {**TOLD, "by": analyst}
    part = plan(one, PlanDate(work=Work.TEST), **told)
    with pytest.raises(Refused, match="once it is done"):
        done(part, date(2020, 2, 11), **told)
    with pytest.raises(Refused, match="once it was taken"):
        measure(one, measurement(), **told)
    with pytest.raises(ValidationError, match="has this part already"):
        plan(one, PlanDate(work=Work.TEST), **told)


@pytest.mark.django_db
def test_an_entry_is_read_at_its_class_and_its_moves_with_it(analyst: Person) -> None:
    one = entry(analyst, owner="CSP")
    part = plan(one, PlanDate(work=Work.TEST, due_on=date(2020, 3, 1)), **{**TOLD, "by": analyst})
    move(part, date(2020, 3, 15), "The rig was not free.", **{**TOLD, "by": analyst})
    contact = somebody(Role.PARTY_CONTACT, organisation_id=1)
    member = somebody(Role.COMMITTEE_MEMBER, audience="OPSG")
    seen = [TrackerEntry.objects.visible_to(reader, MAY).count() for reader in (None, contact, member)]
    assert seen == [0, 1, 1]
    TrackerEntry.objects.update(classification=Class.AMBER)
    seen = [PlanMove.objects.visible_to(reader, MAY).count() for reader in (None, contact, member, analyst)]
    assert seen == [0, 0, 1, 1]


@pytest.mark.django_db
def test_the_figures_count_all_and_list_what_parties_may_read(analyst: Person) -> None:
    told: dict[str, Any] = {**TOLD, "by": analyst}
    one, secret = entry(analyst), entry(analyst, region="")
    TrackerEntry.objects.filter(pk=secret.pk).update(classification=Class.AMBER)
    for each in (one, secret):
        part = plan(each, PlanDate(work=Work.TEST), **told)
        move(part, date(2020, 3, 1), "Confirmed.", **told)
    PlanMove.objects.filter(date__entry=secret).update(classification=Class.AMBER)
    TRACKER.take("set_aside", one, reason="The meter is right.", **{**told, "at": MAY})
    february, may = (Span.of(Month(2020, month)) for month in (2, 5))
    grid = tracker_entries.grid(february)
    assert [grid.cell("total", key).value for key in ("reported", "over", "open")] == [2, 0, 2]
    assert tracker_entries.grid(may).cell("C", "over").value == 1
    assert tracker_entries.grid(may).cell("total", "open").value == 1
    listing = tracker_open.listing(february)
    assert [row.record for row in listing.rows] == [one]
    assert listing.remarks == ("1 more of a higher class is not listed.",)
    assert [row.values[4] for row in tracker_moves.listing(february).rows] == ["Confirmed."]


@pytest.mark.django_db
def test_the_owner_moves_a_date_in_the_browser_and_a_stranger_may_not(client: Client) -> None:
    analyst = somebody(Role.SECRETARIAT, team=Team.TECHNICAL)
    one = entry(analyst, owner="CSP")
    part = plan(one, PlanDate(work=Work.TEST, due_on=date(2020, 3, 1)), **{**TOLD, "by": analyst})
    client.force_login(somebody(Role.DCC, audience="DCC"))
    typed = {"part": part.pk, "new": "2020-03-20", "reason": ""}
    refused = client.post(f"/tracker-entries/{one.number}/move/", typed)
    assert refused.status_code == 422
    assert client.post(f"/tracker-entries/{one.number}/move/", {**typed, "reason": "Late."}).status_code == 302
    page = client.get(f"/tracker-entries/{one.number}/").content.decode()
    assert "Late." in page
    assert "Fri 20 Mar 2020" in page
    client.force_login(somebody(Role.PARTY_CONTACT, organisation_id=1))
    assert client.get(f"/tracker-entries/{one.number}/move/").status_code == 403
    assert client.get(f"/tracker-entries/{one.number}/").status_code == 200


@pytest.mark.parametrize("asked", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_a_measurement_names_a_question_of_this_site(asked: str) -> None:
    measurement(asked="/firmware-changes/?model=7").clean()
    with pytest.raises(ValidationError, match="page of this site"):
        measurement(asked=asked).clean()
