"""The days of releases: when they are, who moved them, and requests to the Authority."""

from __future__ import annotations

from datetime import date

import pytest

from secretariat.change.models import Body, Release
from secretariat.change.releases import page
from secretariat.change.releases.schedule import ad_hoc, is_scheduled, scheduled
from secretariat.change.releases.scope import day_note
from secretariat.core.calendar import calendar
from secretariat.core.procedure import Refused
from tests.change.factories import london, raised
from tests.change.releasing import DOCUMENTS, SYSTEM, answer, approved, live_release, move, planned, request, targeted

pytestmark = pytest.mark.django_db
PUBLISHED = (
    ("2018-11-01", DOCUMENTS, True), ("2019-02-28", DOCUMENTS, True), ("2019-11-29", SYSTEM, True),
    ("2020-02-27", DOCUMENTS, True), ("2020-11-29", SYSTEM, True), ("2021-06-24", SYSTEM, True),
    ("2021-11-04", SYSTEM, True), ("2022-02-24", DOCUMENTS, True), ("2022-06-30", SYSTEM, True),
    ("2022-08-01", DOCUMENTS, False), ("2022-11-03", SYSTEM, True),
)  # fmt: skip
"""The days of REL-2 and that of the ad-hoc release of MP209; kinds that no document tells are assumed."""


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
