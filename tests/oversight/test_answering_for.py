"""Maintenance, differences, milestones, the joint plan and schemes, as records."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from secretariat.core.duties import duties_of
from secretariat.core.figures import Span
from secretariat.core.journal import history
from secretariat.core.people import Role, Team
from secretariat.core.procedure import Refused
from secretariat.oversight.accountability.actions import move_milestone
from secretariat.oversight.accountability.figures import scheme_scores
from secretariat.oversight.accountability.models import (
    ACHIEVED,
    BASELINED,
    DROPPED,
    NOT_ACHIEVED,
    REACHED,
    REJECTED,
    IncentiveMilestone,
    JointMilestone,
    PanelScore,
    PlanChange,
    Scheme,
    SchemePart,
)
from secretariat.oversight.accountability.procedure import INCENTIVE_MILESTONES, JOINT_MILESTONES, PLAN_CHANGES
from secretariat.oversight.differences.models import DECLINED, REFERRED, SETTLED, EngagementRules, PartyDifference
from secretariat.oversight.differences.models import WITHDRAWN as TAKEN_BACK
from secretariat.oversight.differences.procedure import DIFFERENCES, acknowledged_by, position_by
from secretariat.oversight.maintenance.feeds import with_hours
from secretariat.oversight.maintenance.figures import maintenance_hours
from secretariat.oversight.maintenance.models import CANCELLED, HELD, MaintenanceWindow
from secretariat.oversight.maintenance.procedure import MAINTENANCE
from secretariat.oversight.maintenance.standing import not_kept, windows
from secretariat.oversight.maintenance.views import MaintenanceWindows
from secretariat.plain.months import Month
from secretariat.post.feeds import FeedItem
from tests.oversight.incident_facts import LATER, contact, dcc, london, party, person
from tests.oversight.steps import take, the_dcc

pytestmark = pytest.mark.django_db
TOLD: dict[str, Any] = {"by": None, "at": LATER, "recorded": LATER}


def window(start: str = "2020-03-14 22:00", end: str = "2020-03-15 02:00", on: str = "2020-02-10") -> MaintenanceWindow:
    made = MaintenanceWindow(title="Database upgrade", starts_at=london(start), ends_at=london(end))
    take(MAINTENANCE, "announce", made, on, dcc())
    return made


def test_planned_maintenance_is_announced_before_it_starts_and_unplanned_may_be_told_after() -> None:
    with pytest.raises(Refused, match="announced before it starts"):
        window(on="2020-03-15")
    late = MaintenanceWindow(title="Failure", kind="unplanned", starts_at=london("2020-03-02 09:00"))
    late.ends_at = london("2020-03-02 11:00")
    take(MAINTENANCE, "announce", late, "2020-03-03", dcc())
    assert not_kept(late) == []


def test_maintenance_is_moved_while_it_is_to_come_and_counts_its_notice_anew() -> None:
    made = window()
    assert not_kept(made) == []
    same = {"starts_at": "2020-03-14 22:00", "ends_at": "2020-03-15 02:00", "reason": "None."}
    with pytest.raises(Refused, match="Maintenance is moved to another time that is to come"):
        take(MAINTENANCE, "move", made, "2020-03-02", dcc(), **same)
    later = {"starts_at": "2020-03-21 22:00", "ends_at": "2020-03-22 05:00", "reason": "The vendor is late."}
    take(MAINTENANCE, "move", made, "2020-03-02", dcc(), **later)
    assert made.moved == 1
    assert [one.split(" ")[0] for one in not_kept(made)] == ["It", "7"], "late notice, and more than six hours"
    with pytest.raises(Refused, match="Maintenance that has started is neither moved nor cancelled"):
        take(MAINTENANCE, "cancel", made, "2020-03-22", dcc(), reason="Too late.")


def test_what_was_held_counts_as_it_was_held_and_what_was_cancelled_does_not_count() -> None:
    made, other = window(), window("2020-03-20 22:00", "2020-03-21 01:00")
    held = {"started_at": "2020-03-14 22:00", "ended_at": "2020-03-15 00:45"}
    with pytest.raises(Refused, match="has ended, after it started"):
        take(
            MAINTENANCE,
            "hold",
            made,
            "2020-03-15 01:00",
            dcc(),
            started_at="2020-03-14 22:00",
            ended_at="2020-03-15 02:00",
        )
    take(MAINTENANCE, "hold", made, "2020-03-16", dcc(), **held)
    take(MAINTENANCE, "cancel", other, "2020-03-16", dcc(), reason="It is not needed.")
    assert (made.state, other.state) == (HELD, CANCELLED)
    grid = maintenance_hours.grid(Span.of(Month(2020, 3)))
    assert grid.cell("planned").value == Decimal("2.75")
    assert grid.cell("allowed").value == Decimal(6)
    assert grid.cell("unplanned").value == 0
    assert windows(london("2020-03-01"), london("2020-03-31")) == [made]


def test_maintenance_in_a_calendar_has_its_end_and_says_when_it_is_cancelled() -> None:
    made = window()
    take(MAINTENANCE, "cancel", made, "2020-03-02", dcc(), reason="It is not needed.")
    item = FeedItem("oversight.maintenancewindow", made.pk, "", made.starts_at, "T", "S", LATER)
    (told,) = with_hours(MaintenanceWindows(), [item])
    assert (told.ends, told.cancelled, told.changes, told.where) == (made.ends_at, True, 1, "The whole service")


def difference(on: str = "2020-02-03", *, rules: bool = True) -> PartyDifference:
    if rules:
        EngagementRules.objects.get_or_create(version="1.0", defaults={"from_day": date(2020, 1, 7)})
    asking = party("Alder Energy Limited")
    made = PartyDifference(party=asking, other=the_dcc(), subject="Reads", text="T", tried="Calls", wanted="W")
    take(DIFFERENCES, "request", made, on, contact(asking))
    return made


def operations() -> Any:
    return person(Role.SECRETARIAT, Team.OPERATIONS)


def test_a_difference_is_taken_on_under_rules_in_force_and_its_clocks_show_their_working() -> None:
    made = difference(rules=False)
    with pytest.raises(Refused, match="rules of engagement that are in force"):
        take(DIFFERENCES, "take_on", made, "2020-02-04", operations())
    EngagementRules.objects.create(version="1.0", from_day=date(2020, 1, 7))
    take(DIFFERENCES, "take_on", made, "2020-02-04", operations())
    first, second = acknowledged_by(made), position_by(made)
    assert first is not None
    assert second is not None
    assert (first.result, second.result) == (date(2020, 2, 10), date(2020, 2, 18))


def test_the_other_side_reads_a_difference_once_it_is_taken_on_and_others_never() -> None:
    made, at = difference(), london("2020-02-20")
    stranger = contact(party("Birch Energy Limited"))

    def seen() -> list[bool]:
        readers = (contact(made.party), dcc(), stranger, None)
        return [PartyDifference.objects.visible_to(one, at).exists() for one in readers]

    assert seen() == [True, False, False, False]
    take(DIFFERENCES, "take_on", made, "2020-02-04", operations())
    assert seen() == [True, True, False, False]


def test_a_difference_is_settled_after_both_sides_were_heard_and_a_meeting_was_held() -> None:
    made = difference()
    take(DIFFERENCES, "take_on", made, "2020-02-04", operations())
    told = {"referred_to": "The Panel", "outcome": "It stays open."}
    with pytest.raises(Refused, match="once the other side gave its view"):
        take(DIFFERENCES, "refer", made, "2020-02-18", operations(), **told)
    with pytest.raises(Refused, match="recorded once it was held"):
        take(DIFFERENCES, "meet", made, "2020-02-10", operations(), held_on="2020-02-11", note="N")
    take(DIFFERENCES, "meet", made, "2020-02-10", operations(), held_on="2020-02-07", note="N")
    take(DIFFERENCES, "answer", made, "2020-02-12", dcc(), position="It is otherwise.")
    take(DIFFERENCES, "settle", made, "2020-02-20", operations(), outcome="Both agree.")
    assert (made.state, made.meetings_held, made.outcome) == (SETTLED, 1, "Both agree.")


def test_a_difference_is_referred_once_the_others_time_is_over_declined_or_withdrawn() -> None:
    referred, declined, withdrawn = difference(), difference(), difference()
    take(DIFFERENCES, "take_on", referred, "2020-02-04", operations())
    take(DIFFERENCES, "refer", referred, "2020-02-19", operations(), referred_to="The Panel", outcome="No answer.")
    take(DIFFERENCES, "decline", declined, "2020-02-04", operations(), reason="It is an incident.")
    take(DIFFERENCES, "withdraw", withdrawn, "2020-02-04", contact(withdrawn.party), reason="Settled.")
    assert (referred.state, declined.state, withdrawn.state) == (REFERRED, DECLINED, TAKEN_BACK)


def test_a_difference_waits_on_the_other_party_until_five_in_the_afternoon() -> None:
    made = difference()
    other = party("Birch Energy Limited")
    PartyDifference.objects.filter(pk=made.pk).update(other=other)
    made.refresh_from_db()
    take(DIFFERENCES, "take_on", made, "2020-02-04", operations())
    (duty,) = [one for one in duties_of(other.pk, contact(other), london("2020-02-05")) if one.about == made]
    assert duty.due == london("2020-02-18 17:00")


def milestone(reference: str = "1A") -> IncentiveMilestone:
    made = IncentiveMilestone(programme="DCC Release 2.0", reference=reference, due_on=date(2018, 5, 31))
    take(INCENTIVE_MILESTONES, "set", made, "2018-04-02")
    return made


def test_the_panel_determines_a_milestone_after_both_advisers_gave_their_view() -> None:
    made = milestone()
    with pytest.raises(Refused, match="for a day that has come"):
        take(INCENTIVE_MILESTONES, "claim", made, "2018-06-01", dcc(), claimed_on="2018-06-02", evidence="E")
    take(INCENTIVE_MILESTONES, "claim", made, "2018-06-01", dcc(), claimed_on="2018-05-31", evidence="E")
    view = {"achieved": "yes", "reason": "R"}
    with pytest.raises(Refused, match="each give their view at a meeting"):
        take(INCENTIVE_MILESTONES, "view", made, "2018-06-05", meeting="SSC_56_0506", **view)
    take(INCENTIVE_MILESTONES, "view", made, "2018-06-05", meeting="TAG_20_0506", **view)
    with pytest.raises(Refused, match="one view of a milestone"):
        take(INCENTIVE_MILESTONES, "view", made, "2018-06-06", meeting="TAG_20_0506", **view)
    with pytest.raises(Refused, match="gave their views"):
        take(INCENTIVE_MILESTONES, "achieve", made, "2018-06-15", meeting="SECP_57_1506", reason="R")
    take(INCENTIVE_MILESTONES, "view", made, "2018-06-06", meeting="OPSG_09_0606", achieved="no", reason="Too thin.")
    with pytest.raises(Refused, match="determined at a meeting of the Panel"):
        take(INCENTIVE_MILESTONES, "achieve", made, "2018-06-15", meeting="TAG_21_1506", reason="R")
    take(INCENTIVE_MILESTONES, "achieve", made, "2018-06-15", meeting="SECP_57_1506", reason="R")
    assert made.state == ACHIEVED
    assert [(one.body, one.achieved) for one in made.views.all()] == [("TAG", True), ("OPSG", False)]


def test_a_milestone_can_be_missed() -> None:
    made = milestone("1B")
    take(INCENTIVE_MILESTONES, "claim", made, "2018-06-01", dcc(), claimed_on="2018-05-31", evidence="E")
    for meeting in ("TAG_20_0506", "OPSG_09_0606"):
        take(INCENTIVE_MILESTONES, "view", made, "2018-06-06", meeting=meeting, achieved="no", reason="R")
    take(INCENTIVE_MILESTONES, "miss", made, "2018-06-15", meeting="SECP_57_1506", reason="R")
    assert made.state == NOT_ACHIEVED


def joint(name: str, due: date | None = None) -> JointMilestone:
    made = JointMilestone(programme="ECoS", name=name, due_on=due)
    take(JOINT_MILESTONES, "enter", made, "2021-06-01")
    return made


def request() -> PlanChange:
    made = PlanChange(title="ECoS go-live", closes_at=london("2022-02-04 17:00"))
    take(PLAN_CHANGES, "issue", made, "2022-01-14", dcc())
    return made


def test_a_change_request_moves_and_adds_milestones_once_its_consultation_is_over() -> None:
    live, new, change = joint("Go Live", date(2022, 9, 30)), joint("Entry to migration"), request()
    move_milestone(change, live, date(2023, 6, 30), **TOLD)
    move_milestone(change, new, date(2023, 3, 31), **TOLD)
    with pytest.raises(Refused, match="has this day already"):
        move_milestone(change, live, date(2022, 9, 30), **TOLD)
    with pytest.raises(Refused, match="once its consultation has closed"):
        take(PLAN_CHANGES, "consult", change, "2022-02-04 17:00", responses=3, summary="")
    take(PLAN_CHANGES, "consult", change, "2022-02-07", responses=3, summary="All agree.")
    with pytest.raises(Refused, match="told while it is consulted on"):
        move_milestone(change, live, date(2023, 7, 31), **TOLD)
    take(PLAN_CHANGES, "baseline", change, "2022-02-17", decided_at="SMDG, 17 February 2022")
    live.refresh_from_db()
    new.refresh_from_db()
    assert (change.state, live.due_on, new.due_on) == (BASELINED, date(2023, 6, 30), date(2023, 3, 31))
    assert history(live).get(name="jointmilestone.amend").facts["due_on"]["old"] == "2022-09-30"


def test_a_milestone_that_moved_meanwhile_is_not_moved_from_a_day_that_it_no_longer_has() -> None:
    live, change, empty = joint("Go Live", date(2022, 9, 30)), request(), request()
    move_milestone(
        change, live, date(2023, 6, 30), **{**TOLD, "at": london("2022-01-14"), "recorded": london("2022-01-14")}
    )
    for one in (change, empty):
        take(PLAN_CHANGES, "consult", one, "2022-02-07", responses=0, summary="")
    JointMilestone.objects.filter(pk=live.pk).update(due_on=date(2022, 10, 31))
    with pytest.raises(Refused, match="from the day that the change request names"):
        take(PLAN_CHANGES, "baseline", change, "2022-02-17", decided_at="SMDG")
    with pytest.raises(Refused, match="moves or adds a milestone"):
        take(PLAN_CHANGES, "baseline", empty, "2022-02-17", decided_at="SMDG")
    take(PLAN_CHANGES, "reject", empty, "2022-02-17", decided_at="SMDG")
    take(PLAN_CHANGES, "withdraw", change, "2022-02-18", dcc(), reason="Begun anew.")
    assert empty.state == REJECTED


def test_a_change_request_is_issued_before_it_closes_and_a_milestone_is_reached_on_a_day_that_has_come() -> None:
    late = PlanChange(title="Late", closes_at=london("2022-01-13 17:00"))
    with pytest.raises(Refused, match="issued before its consultation closes"):
        take(PLAN_CHANGES, "issue", late, "2022-01-14", dcc())
    one, other = joint("Design"), joint("Build")
    with pytest.raises(Refused, match="reached on a day that has come"):
        take(JOINT_MILESTONES, "reach", one, "2021-07-01", reached_on="2021-07-02")
    take(JOINT_MILESTONES, "reach", one, "2021-07-02", reached_on="2021-07-02")
    take(JOINT_MILESTONES, "drop", other, "2021-07-02", reason="It is part of another.")
    assert (one.state, other.state) == (REACHED, DROPPED)


def scheme() -> Scheme:
    told = {"source": "Words", "mark": "general knowledge, low", "at_risk": Decimal(7_000_000)}
    made: Scheme = Scheme.objects.create(name="Regime", from_day=date(2021, 4, 1), **told)
    return made


def test_a_scheme_scores_the_panels_part_and_says_between_what_the_whole_lies() -> None:
    made = scheme()
    part = SchemePart.objects.create(scheme=made, category="Engagement", name="Engagement", weight=Decimal(15))
    SchemePart.objects.create(scheme=made, category="System", name="Availability", weight=Decimal(85))
    for question, score in (("Did it listen?", 3), ("Did it answer?", 1)):
        PanelScore.objects.create(part=part, question=question, score=score, reason="R", given_on=date(2021, 7, 1))
    grid = scheme_scores.grid(Span.of(Month(2021, 9)))
    assert grid.cell(f"part-{part.pk}", "points").value == Decimal("10.00")
    assert grid.cell(f"scheme-{made.pk}", "points").value == Decimal("10.00")
    assert grid.remarks[0].startswith(
        "Regime, from Thu 1 Apr 2021: 10.00 to 95.00 of 100 points. Parts of which nothing is reported may still"
    )
    assert "£350,000.00 to £6,300,000.00 of £7,000,000.00 at risk" in grid.remarks[0]
    before = scheme_scores.grid(Span.of(Month(2021, 3)))
    assert [one.label for one in before.rows] == ["No scheme is in force"]


def test_the_parts_of_a_scheme_weigh_no_more_than_the_whole() -> None:
    made = scheme()
    SchemePart.objects.create(scheme=made, category="System", name="Availability", weight=Decimal(70))
    over = SchemePart(scheme=made, category="System", name="Prepayment", weight=Decimal("30.001"))
    with pytest.raises(ValidationError, match=r"weigh 100\.001 % together"):
        over.full_clean()
