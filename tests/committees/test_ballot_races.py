"""Two at once: two votes from one seat, and a vote while the ballot is being closed."""

from __future__ import annotations

import pytest
from django.db import connection

from secretariat.committees.ballots.models import Ballot, Vote
from secretariat.committees.ballots.procedure import BALLOTS
from secretariat.committees.models import Committee
from secretariat.core import journal
from secretariat.core.journal import history
from secretariat.core.procedure import Refused
from tests.committees.factories import AFTER, CLOSES, a_board, cast, closed, elector, keeper, opened
from tests.racing import at_once


@pytest.fixture
def committed(transactional_db: None) -> None:
    """Transactions are really committed, on PostgreSQL; the body that an emptied database lacks is there."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    told = {"name": "Change Board", "short_name": "Change Board", "position": 4}
    Committee.objects.get_or_create(code="SECCB", defaults=told)


@pytest.mark.usefixtures("committed")
def test_of_two_votes_from_one_seat_at_once_the_last_recorded_counts_and_both_are_events() -> None:
    a_board(consumer=1)
    ballot = opened()
    refused = at_once(lambda: cast(ballot, "Consumer 1", "approve"), lambda: cast(ballot, "Consumer 1", "reject"))
    events = history(elector(ballot, "Consumer 1")).filter(name="elector.vote")
    assert (refused, len(events)) == ([], 2)
    assert Vote.objects.get().choice == events.last().facts["choice"]  # type: ignore[union-attr]
    assert list(journal.verify()) == []


@pytest.mark.usefixtures("committed")
def test_a_vote_at_the_closing_instant_is_in_the_count_or_refused_and_never_lost() -> None:
    a_board(consumer=1)
    ballot = opened()
    refused = at_once(lambda: cast(ballot, "Consumer 1", "approve", CLOSES), lambda: closed(Ballot.objects.get()))
    ballot.refresh_from_db()
    counted = sum(row[1] for row in ballot.tally["rows"])
    assert counted == Vote.objects.count() == 1 - len(refused)


@pytest.mark.django_db
def test_who_comes_after_the_close_meets_a_closed_ballot_though_the_vote_is_dated_in_time() -> None:
    a_board(consumer=1)
    ballot = opened()
    BALLOTS.take("close", ballot, by=keeper(), at=AFTER, recorded=AFTER)
    with pytest.raises(Refused, match="not open"):
        cast(ballot, "Consumer 1", "approve", CLOSES, recorded=CLOSES)
    assert not Vote.objects.exists()
