"""Random walks over releases: a refusal changes nothing, and scope, days and proposals stay in step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from secretariat.change.models import Body, Proposal, Release, Stage, StageSpell
from secretariat.change.releases.models import GoLiveMove, MoveRequest, ReleaseItem
from secretariat.change.releases.procedure import ITEMS, MOVE_REQUESTS, RELEASES, is_approved_in
from secretariat.change.releases.states import BEFORE_LIVE, IMPLEMENTED, IN_SCOPE, REMOVED
from secretariat.core.journal import Event, verify
from secretariat.core.people import Role
from secretariat.core.procedure import Refused
from tests.change.factories import LATER, change_person, london, party, person, take
from tests.change.releasing import approved, planned

FIRST = date(2019, 9, 2)
RECORDS = (Release, ReleaseItem, MoveRequest, GoLiveMove, Proposal, StageSpell)
VERBS = (
    *("approve_scope", "baseline", "baseline", "go_live", "go_live", "close", "cancel", "move", "move", "move"),
    *("target", "target", "target", "approve", "item baseline", "implement", "retarget", "remove"),
    *("ask", "ask", "allow", "allow", "refuse", "take_back", "withdraw"),
)
moves = st.tuples(
    st.sampled_from(VERBS),
    st.integers(0, 1),
    st.integers(0, 1),
    st.integers(0, 25),
    st.sampled_from([True] * 5 + [False]),
)
"""What, to which release, with which proposal, how many days later, and whether the change team does it."""
WAY = ("target", "approve_scope", "baseline", "go_live")
"""A walk begins some way along this; the last falls after the day of the first release."""


def everything() -> list[Any]:
    return [Event.objects.count(), *(list(model.objects.order_by("pk").values()) for model in RECORDS)]


def one_move(verb: str, release: Release, proposal: Proposal, day: date, told: dict[str, Any]) -> None:
    """Makes one move. Raises Refused or ValidationError."""
    other = Release.objects.exclude(pk=release.pk).get()
    items = ReleaseItem.objects.filter(proposal=proposal)
    item = items.exclude(state=REMOVED).first() or items.last() or ReleaseItem(release=release, proposal=proposal)
    request = MoveRequest.objects.filter(release=release).order_by("-pk").first()
    if verb == "ask" or request is None:
        request = MoveRequest(release=release, reason="why")
    until = day + timedelta(days=40)
    why: dict[str, Any] = {"why": "why"}
    takes: dict[str, Callable[[], Any]] = {
        "move": lambda: RELEASES.take(
            "move", release, day=day + timedelta(days=30), moved_by=Body.PANEL, **why, **told
        ),
        "cancel": lambda: RELEASES.take("cancel", release, **why, **told),
        "target": lambda: ITEMS.take("target", ReleaseItem(release=release, proposal=proposal), **told),
        "approve": lambda: ITEMS.take("approve", item, **told),
        "item baseline": lambda: ITEMS.take("baseline", item, **told),
        "implement": lambda: ITEMS.take("implement", item, **told),
        "retarget": lambda: ITEMS.take("retarget", item, release=other.pk, moved_by=Body.AUTHORITY, **why, **told),
        "remove": lambda: ITEMS.take("remove", item, **why, **told),
        "ask": lambda: MOVE_REQUESTS.take("ask", request, **told),
        "allow": lambda: MOVE_REQUESTS.take("allow", request, window_until=until, **told),
        "refuse": lambda: MOVE_REQUESTS.take("refuse", request, **told),
        "take_back": lambda: MOVE_REQUESTS.take("take_back", request, **why, **told),
        "withdraw": lambda: take("withdraw", proposal, day.isoformat()),
    }
    takes.get(verb, lambda: RELEASES.take(verb, release, **told))()


class ReleaseWalk(TestCase):
    @settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.integers(0, len(WAY)), st.lists(moves, min_size=8, max_size=20))
    def test_a_refusal_changes_nothing_and_scope_days_and_proposals_stay_in_step(
        self, far: int, walk: list[Any]
    ) -> None:
        releases = [planned(), planned("February 2020 SEC Release", "2020-02-27")]
        proposals = [approved(62), approved(80)]
        team, stranger = change_person(), person(Role.PARTY_CONTACT, organisation_id=party("Birch Limited").pk)
        day = FIRST
        for verb, which, of, days, ours in [*((verb, 0, 0, 33, True) for verb in WAY[:far]), *walk]:
            day += timedelta(days=days)
            release, proposal = Release.objects.get(pk=releases[which].pk), Proposal.objects.get(pk=proposals[of].pk)
            fixed, was = is_approved_in(release), release.go_live_on
            told = {"by": team if ours else stranger, "at": london(day.isoformat()), "recorded": LATER}
            before = everything()
            try:
                one_move(verb, release, proposal, day, told)
            except (Refused, ValidationError):
                assert everything() == before
            else:
                assert ours or verb == "withdraw"
                assert Event.objects.count() > before[0]
                if verb == "move" and fixed:
                    self.moved_with_leave(release, was, day)
            self.holds_together()
        assert list(verify()) == []

    def moved_with_leave(self, release: Release, was: date, day: date) -> None:
        """A move after approval stands under a leave that was given by then and reaches so far."""
        last = release.moves.order_by("pk").last()
        assert last is not None
        assert last.request is not None
        assert (last.old, last.new) == (was, Release.objects.get(pk=release.pk).go_live_on)
        given, until = last.request.answered_on, last.request.window_until
        assert given is not None
        assert until is not None
        assert given <= day <= last.new <= until

    def holds_together(self) -> None:
        for release in Release.objects.all():
            chain = list(release.moves.order_by("pk"))
            assert [one.old for one in chain] == [None, *(one.new for one in chain[:-1])]
            assert chain[-1].new == release.go_live_on
            if release.state in ("closed", "cancelled"):
                assert not release.items.filter(state__in=IN_SCOPE).exists()
            if release.state in BEFORE_LIVE:
                assert not release.items.filter(state=IMPLEMENTED).exists()
        for proposal in Proposal.objects.all():
            assert proposal.release_items.exclude(state=REMOVED).count() <= 1
            implemented = proposal.release_items.filter(state=IMPLEMENTED).first()
            assert (proposal.state == Stage.IMPLEMENTED) == (implemented is not None)
            assert implemented is None or proposal.release_id == implemented.release_id
