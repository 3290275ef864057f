"""How a release comes about (REL-1 to REL-5): its scope, its baseline, its day, and what takes part in each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from secretariat.change.models import Body, Proposal, Release, Stage
from secretariat.change.procedure import CHANGE, change_team
from secretariat.change.releases.models import GoLiveMove, MoveRequest, ReleaseItem
from secretariat.change.releases.states import (
    ALLOWED,
    APPROVED,
    ASKED,
    BASELINED,
    BEFORE_LIVE,
    CANCELLED,
    CLOSED,
    IMPLEMENTED,
    IN_BASELINE,
    IN_SCOPE,
    LIVE,
    PLANNED,
    REFUSED,
    REMOVED,
    SCOPE_APPROVED,
    TAKEN_BACK,
    TARGETED,
)
from secretariat.core.facts import a_day, a_line
from secretariat.core.journal import Event, Told
from secretariat.core.people import Person, Role
from secretariat.core.procedure import NEW, Change, Procedure, Refused, Step, rule
from secretariat.plain.dates import local_day

Facts = Mapping[str, Any]
Along = Callable[[Any, Facts, Told], None]
DECIDED = (Stage.APPROVED, Stage.IMPLEMENTED)
ENDED = (Stage.IMPLEMENTED, Stage.REJECTED, Stage.WITHDRAWN)


class Joint(Procedure):
    """A procedure some of whose steps take other records along: all of it happens, or none.

    `along` names, by step, what is taken with it: (record, facts, who and when).
    """

    def __init__(self, name: str, model: type[models.Model], *steps: Step, along: Mapping[str, Along]) -> None:
        super().__init__(name, model, *steps)
        self.along = along

    def take(
        self, name: str, record_: Any, /, *, by: Person | None, at: datetime, recorded: datetime, **facts: Any
    ) -> Event:
        """Takes the step and what goes with it. Raises Refused, and then nothing has changed."""
        told: Told = {"by": by, "at": at, "recorded": recorded}
        try:
            with transaction.atomic():
                event = super().take(name, record_, **told, **facts)
                if name in self.along:
                    self.along[name](record_, self.steps[name].cleaned(facts), told)
                return event
        except Refused:
            if record_.pk:
                record_.refresh_from_db()
            raise


def change_team_or_the_authority(person: Person | None, record: Any, at: datetime) -> bool:
    """The secretariat's change team, or the Authority."""
    return change_team(person, record, at) or (person is not None and person.acts_as(Role.AUTHORITY, at))


def is_approved_in(release: Release) -> bool:
    """Whether a modification in the scope of a release has been approved, so that its day is fixed (REL-4)."""
    approved = Q(state__in=(APPROVED, IN_BASELINE)) | Q(proposal__state__in=DECIDED)
    return bool(release.pk) and ReleaseItem.objects.filter(approved, release=release, state__in=IN_SCOPE).exists()


def leave_for(release: Release, day: date, on: date) -> MoveRequest | None:
    """The Authority's leave under which a release may be moved to a day, given by the day `on`; the newest first."""
    given = MoveRequest.objects.filter(release=release, state=ALLOWED, answered_on__lte=on, window_until__gte=day)
    found: MoveRequest | None = given.order_by("-answered_on", "-pk").first()
    return found


@rule("REL-3")
def scope_is_told(release: Release, at: datetime) -> bool:
    """A scope is approved when at least one modification is targeted to the release."""
    return ReleaseItem.objects.filter(release=release, state__in=IN_SCOPE).exists()


@rule("REL-3")
def go_live_day_has_come(release: Release, at: datetime) -> bool:
    """A release goes live on its day, not before."""
    return release.go_live_on <= local_day(at)


@rule("REL-3")
def nothing_is_left_in_scope(release: Release, at: datetime) -> bool:
    """A release is closed or cancelled once nothing is left in its scope: implement, move or remove it first."""
    return not ReleaseItem.objects.filter(release=release, state__in=IN_SCOPE).exists()


@rule("REL-4")
def moves_to_another_day(release: Release, at: datetime, facts: Facts) -> bool:
    """A release moves to a day other than the one it has, and not into the past."""
    return bool(facts["day"] != release.go_live_on and facts["day"] >= local_day(at))


@rule("REL-4")
def moves_after_approval_with_leave(release: Release, at: datetime, facts: Facts) -> bool:
    """Once a modification of the release is approved, the Panel moves its day only by leave of the Authority, and
    within the window that the leave gives.
    """
    if facts["moved_by"] == Body.AUTHORITY or not is_approved_in(release):
        return True
    return leave_for(release, facts["day"], local_day(at)) is not None


@rule("REL-4")
def panel_or_authority_moves(release: Release, at: datetime, facts: Facts) -> bool:
    """The day of a release is moved by the Panel or by the Authority."""
    return facts["moved_by"] in (Body.PANEL, Body.AUTHORITY)


def planned(release: Release, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """The first day is kept, so that every later one shows as moved."""
    release.planned_for = release.go_live_on
    _keep(GoLiveMove(release=release, new=release.go_live_on, moved_on=local_day(at), recorded=recorded))
    facts |= {"name": release.name, "go_live_on": release.go_live_on}


def moved(release: Release, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Another day is set, under the Authority's leave where one was needed."""
    day, on, old = facts["day"], local_day(at), release.go_live_on
    leave = leave_for(release, day, on) if facts["moved_by"] == Body.PANEL and is_approved_in(release) else None
    _keep(
        GoLiveMove(
            release=release, old=old, new=day, moved_on=on, moved_by=facts["moved_by"], why=facts["why"],
            source=facts["source"], request=leave, recorded=recorded,
        )
    )  # fmt: skip
    release.planned_for = release.planned_for or old
    release.go_live_on = day
    facts["day"] = {"old": old, "new": day}


def _keep(row: GoLiveMove) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        raise Refused(*error.messages) from error
    row.save()


def with_baseline(release: Release, facts: Facts, told: Told) -> None:
    """Every approved modification of the scope enters the baseline; what is not approved stays targeted."""
    for item in ReleaseItem.objects.filter(release=release, state__in=(TARGETED, APPROVED)).select_related("proposal"):
        if item.state == TARGETED and item.proposal.state in DECIDED:
            ITEMS.take("approve", item, **told)
        if item.state == APPROVED:
            ITEMS.take("baseline", item, **told)


def with_go_live(release: Release, facts: Facts, told: Told) -> None:
    """What is in the baseline is implemented on the day."""
    for item in ReleaseItem.objects.filter(release=release, state=IN_BASELINE):
        ITEMS.take("implement", item, **told)


def _mover() -> forms.Field:
    return forms.ChoiceField(choices=Body.choices, label="Decided by", initial=Body.PANEL)


def _release() -> forms.Field:
    return forms.ModelChoiceField(Release.objects.filter(state__in=BEFORE_LIVE), label="To the release")


MEETING = {"meeting": a_line(120, "Panel meeting or paper", required=False)}
WHY = {"why": a_line(300, "Why")}

RELEASES = Joint(
    "release",
    Release,
    Step("plan", NEW, PLANNED, change_team, change=planned, says="Plan the release"),
    Step("approve_scope", PLANNED, SCOPE_APPROVED, change_team, (scope_is_told,), MEETING,
         says="Record that the Panel approved the scope", primary=True),
    Step("baseline", SCOPE_APPROVED, BASELINED, change_team, (scope_is_told,), MEETING,
         says="Record that the Panel baselined the scope", primary=True),
    Step("go_live", BASELINED, LIVE, change_team, (go_live_day_has_come,), says="Record that it went live",
         primary=True),
    Step("close", LIVE, CLOSED, change_team, (nothing_is_left_in_scope,), says="Close the release", primary=True),
    Step("move", BEFORE_LIVE, None, change_team,
         (panel_or_authority_moves, moves_to_another_day, moves_after_approval_with_leave),
         {"day": a_day("Goes live on"), "moved_by": _mover, **WHY,
          "source": a_line(120, "Letter or meeting", required=False)},
         moved, "Move the day"),
    Step("cancel", BEFORE_LIVE, CANCELLED, change_team, (nothing_is_left_in_scope,), WHY, says="Cancel the release"),
    along={"baseline": with_baseline, "go_live": with_go_live},
)  # fmt: skip


@rule("REL-3")
def release_takes_modifications(item: ReleaseItem, at: datetime) -> bool:
    """A modification is targeted to a release that is planned and neither live, closed nor cancelled."""
    return item.release.state in BEFORE_LIVE


@rule("REL-3")
def proposal_can_still_be_implemented(item: ReleaseItem, at: datetime) -> bool:
    """What is rejected, withdrawn or implemented already is not targeted to a release."""
    return item.proposal.state not in ENDED


@rule("REL-3")
def modification_is_approved(item: ReleaseItem, at: datetime) -> bool:
    """A modification is approved for a release once it is approved itself."""
    return item.proposal.state in DECIDED


@rule("REL-3")
def scope_is_baselined(item: ReleaseItem, at: datetime) -> bool:
    """A modification enters the baseline once the Panel has baselined the scope of the release."""
    return item.release.state == BASELINED


@rule("REL-3")
def its_release_is_live(item: ReleaseItem, at: datetime) -> bool:
    """A modification is implemented when its release has gone live."""
    return item.release.state == LIVE


@rule("REL-3")
def another_release_is_told(item: ReleaseItem, at: datetime, facts: Facts) -> bool:
    """A modification moves to a release other than the one it is in."""
    return bool(facts["release"].pk != item.release_id)


@rule("REL-4")
def approved_modification_moves_with_leave(item: ReleaseItem, at: datetime, facts: Facts) -> bool:
    """An approved modification moves to another release by decision of the Authority, or by leave of the Authority
    whose window holds the day of that release.
    """
    if facts["moved_by"] == Body.AUTHORITY or item.proposal.state != Stage.APPROVED:
        return True
    return leave_for(item.release, facts["release"].go_live_on, local_day(at)) is not None


def on_day(field: str) -> Change:
    """The change of a step that keeps its day in a field."""

    def change(item: ReleaseItem, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
        setattr(item, field, local_day(at))

    return change


def targeted(item: ReleaseItem, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """The day is kept, and the class is that of the proposal: a release never says more of it than its own page."""
    item.targeted_on = local_day(at)
    item.classification, item.audience = item.proposal.classification, item.proposal.audience
    facts |= {"release": item.release, "proposal": item.proposal, "part": item.part}


def removed(item: ReleaseItem, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """The item stays told, with the day and the reason."""
    item.removed_on, item.why_removed = local_day(at), facts["why"]


def with_new_target(item: ReleaseItem, facts: Facts, told: Told) -> None:
    """The modification is targeted to the other release, with its part and its points."""
    target = ReleaseItem(release=facts["release"], proposal=item.proposal, part=item.part, points=item.points,
                         invented=item.invented)  # fmt: skip
    ITEMS.take("target", target, **told)


def with_its_proposal(item: ReleaseItem, facts: Facts, told: Told) -> None:
    """The part is implemented, and the proposal with the last of its parts (REL-5)."""
    others = ReleaseItem.objects.filter(proposal=item.proposal_id, state__in=IN_SCOPE)
    proposal = Proposal.objects.get(pk=item.proposal_id)
    if proposal.state != Stage.APPROVED:
        return
    try:
        part = proposal.parts.filter(name=item.part, implemented_on__isnull=True).first()
        if not others.exists():
            CHANGE.take("implement", proposal, release=item.release_id, **told)
        elif part is not None:
            CHANGE.take("implement_part", proposal, part=part.pk, release=item.release_id, **told)
    except Refused as refusal:
        raise Refused(*(f"{item.what}: {reason}" for reason in refusal.messages)) from refusal


ITEMS = Joint(
    "release_item",
    ReleaseItem,
    Step("target", NEW, TARGETED, change_team, (release_takes_modifications, proposal_can_still_be_implemented),
         change=targeted, says="Target to a release"),
    Step("approve", TARGETED, APPROVED, change_team, (modification_is_approved,), change=on_day("approved_on"),
         says="Approved for the release", primary=True),
    Step("baseline", APPROVED, IN_BASELINE, change_team, (scope_is_baselined,), change=on_day("baselined_on"),
         says="Add to the baseline", primary=True),
    Step("implement", (APPROVED, IN_BASELINE), IMPLEMENTED, change_team,
         (its_release_is_live, modification_is_approved), change=on_day("implemented_on"),
         says="Implemented by the release", primary=True),
    Step("retarget", IN_SCOPE, REMOVED, change_team, (another_release_is_told, approved_modification_moves_with_leave),
         {"release": _release, "moved_by": _mover, **WHY}, removed, "Move to another release"),
    Step("remove", IN_SCOPE, REMOVED, change_team, (), WHY, removed, "Remove from the scope"),
    along={"retarget": with_new_target, "implement": with_its_proposal},
)  # fmt: skip


@rule("REL-4")
def release_is_fixed(request: MoveRequest, at: datetime) -> bool:
    """The Authority is asked once a modification of the release is approved; before, the Panel moves the day itself."""
    return is_approved_in(request.release)


@rule("REL-4")
def release_is_still_to_come(request: MoveRequest, at: datetime) -> bool:
    """Only a release that is not live yet is moved."""
    return request.release.state in BEFORE_LIVE


@rule("REL-4")
def window_is_ahead(request: MoveRequest, at: datetime, facts: Facts) -> bool:
    """The window in which the Panel sets the day ends on the day of the answer or later."""
    return bool(facts["window_until"] >= local_day(at))


@rule("REL-4")
def answered_after_it_was_asked(request: MoveRequest, at: datetime) -> bool:
    """A request is answered on the day on which it was asked or later."""
    return request.asked_on is not None and request.asked_on <= local_day(at)


def asked(request: MoveRequest, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """The day is kept, and the event tells what was asked."""
    request.asked_on = local_day(at)
    facts |= {"release": request.release, "wanted_for": request.wanted_for, "reason": request.reason}


def answered(request: MoveRequest, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """The day, the letter, and the window where leave is given."""
    request.answered_on, request.answer = local_day(at), facts["letter"]
    request.window_until = facts.get("window_until")


LETTER = {"letter": a_line(120, "Letter of the Authority", required=False)}

MOVE_REQUESTS = Procedure(
    "move_request",
    MoveRequest,
    Step("ask", NEW, ASKED, change_team, (release_is_still_to_come, release_is_fixed), change=asked,
         says="Ask the Authority to move the day"),
    Step("allow", ASKED, ALLOWED, change_team_or_the_authority, (answered_after_it_was_asked, window_is_ahead),
         {"window_until": a_day("Until"), **LETTER}, answered, "Record the Authority's leave", primary=True),
    Step("refuse", ASKED, REFUSED, change_team_or_the_authority, (answered_after_it_was_asked,), LETTER, answered,
         "Record that the Authority refused"),
    Step("take_back", ASKED, TAKEN_BACK, change_team, (), WHY, says="Take the request back"),
)  # fmt: skip
