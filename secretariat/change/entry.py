"""How a proposal begins: who may raise it, in which shape, and what the Panel makes of it first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from secretariat.change.models import OPEN_STAGES, Path, Proposal, Raiser, Stage, is_old_shape
from secretariat.change.standing.models import InitialReport
from secretariat.core.calendar import calendar
from secretariat.core.procedure import rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day
from secretariat.plain.months import Month
from secretariat.plain.workdays import Working
from secretariat.register.panel_action.models import Right, suspended_parties

Facts = Mapping[str, Any]


def panel_timing(panel_on: date) -> tuple[Working, Working]:
    """Paper day before a Panel meeting, and the day by which a form is in, each with its working (OLD-2)."""
    days = calendar()
    papers = days.working(panel_on, -RULEBOOK.number("change.paper_day_wd", panel_on))
    return papers, days.working(papers.result, -RULEBOOK.number("change.form_wd", panel_on))


def months_before(day: date, months: int) -> date:
    """The same day some months earlier, or the last of that month if it has no such day."""
    earlier = Month.of(day).plus(-months)
    return earlier.first.replace(day=min(day.day, earlier.last.day))


@rule("MOD-1")
def raised_in_the_new_shape(proposal: Proposal, at: datetime) -> bool:
    """Draft Proposals are raised from 1 November 2018 on."""
    return not is_old_shape(local_day(at))


@rule("MOD-1")
def raised_in_the_old_shape(proposal: Proposal, at: datetime) -> bool:
    """Proposals were submitted straight to the Panel until 31 October 2018."""
    return is_old_shape(local_day(at))


@rule("MOD-10")
def the_raiser_may_raise(proposal: Proposal, at: datetime) -> bool:
    """A party raises a proposal only while it is a party to the code."""
    if proposal.proposer is None:
        return proposal.raised_as != Raiser.PARTY
    left = proposal.proposer.left_on
    return proposal.proposer.acceded_on is not None and (left is None or local_day(at) < left)


@rule("DEF-4, Section M8.5")
def right_to_raise_is_not_suspended(proposal: Proposal, at: datetime) -> bool:
    """A party whose right to raise modifications is suspended raises none."""
    if proposal.proposer_id is None:
        return True
    return not suspended_parties(Right.RAISE, local_day(at)).filter(pk=proposal.proposer_id).exists()


@rule("OLD-4, MOD-10")
def fast_track_is_raised_by_the_panel(proposal: Proposal, at: datetime) -> bool:
    """Only the Panel raises a proposal on the Fast-Track."""
    return proposal.path != Path.FAST_TRACK or proposal.raised_as == Raiser.PANEL


@rule("NEW-2, MOD-10")
def is_the_authoritys(proposal: Proposal, at: datetime) -> bool:
    """An Authority-Led Variation is raised by the Authority, or by the DCC at its direction, on Path 1."""
    return proposal.path == Path.AUTHORITY_LED and proposal.raised_as in (Raiser.AUTHORITY, Raiser.DCC)


@rule("MOD-3")
def is_split_off(proposal: Proposal, at: datetime) -> bool:
    """A part that is split off begins in the stage in which the proposal stands that it comes from."""
    return proposal.split_from is not None and proposal.split_from.suffix != ""


@rule("OLD-3")
def is_of_the_old_shape(proposal: Proposal, at: datetime) -> bool:
    """Only a proposal raised before 1 November 2018 goes on without being converted."""
    return is_old_shape(proposal.raised_on) and RULEBOOK.switch("change.old_shape_kept", at)


@rule("OLD-2")
def form_was_in_before_paper_day(proposal: Proposal, at: datetime, facts: Facts) -> bool:
    """The form is in five Working Days before paper day, and paper day is five Working Days before the Panel."""
    return proposal.raised_on <= panel_timing(facts["panel_on"])[1].result


@rule("OLD-3")
def panel_has_the_initial_report(proposal: Proposal, at: datetime) -> bool:
    """The Panel first considers a proposal with its Initial Modification Report, on the day of the meeting or after."""
    return InitialReport.objects.filter(proposal=proposal, panel_on__lte=local_day(at)).exists()


@rule("OLD-7")
def same_effect_is_pending_or_lately_rejected(proposal: Proposal, at: datetime, facts: Facts) -> bool:
    """The Panel refuses a proposal with the same effect as one pending, or as one rejected in the last two months."""
    other: Proposal = facts["same_as"]
    if other.pk == proposal.pk:
        return False
    if other.state in (*OPEN_STAGES, Stage.APPROVED):
        return True
    since = months_before(local_day(at), RULEBOOK.number("change.same_effect_months", at))
    rejected = other.spells.filter(stage=Stage.REJECTED, from_day__range=(since, local_day(at)))
    return other.state == Stage.REJECTED and rejected.exists()
