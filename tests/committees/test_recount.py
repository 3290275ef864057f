"""The script of the documents counts a ballot again from its journal alone."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from secretariat.committees.ballots.models import Ballot
from secretariat.committees.ballots.procedure import ELECTORS
from secretariat.plain.dates import LONDON
from tests.committees.factories import (
    DURING,
    a_board,
    cast,
    closed,
    elector,
    groups,
    keeper,
    opened,
    secret_vote,
)

pytestmark = pytest.mark.django_db
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "recount.md"


@pytest.fixture(autouse=True)
def afterwards(settings: Any) -> None:
    """The journal is asked for after the ballot."""
    settings.CLOCK = DURING.isoformat()
    settings.MFA_REQUIRED_ROLES = []


def script() -> str:
    """The one block of Python in the document."""
    found = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert len(found) == 1
    return str(found[0])


def journal(ballot: Ballot) -> list[dict[str, Any]]:
    """What the ballot's page gives to a reader."""
    client = Client()
    client.force_login(keeper(), "django.contrib.auth.backends.ModelBackend")
    answer = client.get(f"/ballots/{ballot.pk}/journal.json")
    assert answer.status_code == 200
    told: list[dict[str, Any]] = answer.json()
    return told


def counted_by_a_stranger(events: list[dict[str, Any]], folder: Path) -> str:
    """What the script prints, run by itself on the file."""
    (folder / "recount.py").write_text(script(), encoding="utf-8")
    (folder / "journal.json").write_text(json.dumps(events), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-I", str(folder / "recount.py"), str(folder / "journal.json")],
        capture_output=True,
        check=False,
        text=True,
    )
    return (run.stdout + run.stderr).strip()


def test_the_script_has_thirty_lines_at_most() -> None:
    assert len(script().splitlines()) <= 30


def test_a_stranger_counts_a_named_ballot_with_changed_votes_and_a_conflict(tmp_path: Path) -> None:
    a_board(consumer=1, small_suppliers=3, networks=2)
    ballot = opened()
    cast(ballot, "Consumer 1", "approve")
    cast(ballot, "Consumer 1", "reject", DURING.replace(hour=13))
    for name in ("Small Suppliers 1", "Small Suppliers 2", "Networks 1"):
        cast(ballot, name, "approve")
    cast(ballot, "Networks 2", "reject")
    of = elector(ballot, "Networks 2")
    member = of.seat.appointments.get().person  # type: ignore[union-attr]
    ELECTORS.take("declare_conflict", of, by=member, at=DURING, recorded=DURING, conflict="An interest.")
    closed(ballot)
    assert ballot.outcome == "approve"
    assert counted_by_a_stranger(journal(ballot), tmp_path) == "approve"


def test_a_stranger_applies_the_strategy_of_the_day(tmp_path: Path) -> None:
    a_board(consumer=1, networks=1, small_suppliers=1)
    at = DURING.replace(year=2018, month=6, tzinfo=LONDON)
    ballot = opened(opens_at=at, closes_at=at.replace(hour=17))
    cast(ballot, "Consumer 1", "reject", at)
    cast(ballot, "Networks 1", "approve", at)
    cast(ballot, "Small Suppliers 1", "approve", at)
    closed(ballot)
    assert counted_by_a_stranger(journal(ballot), tmp_path) == ballot.outcome == "reject"


def test_a_stranger_counts_a_secret_ballot(tmp_path: Path) -> None:
    found = groups("Alder", "Birch", "Cedar")
    ballot = opened(
        electorate="voting groups", method="most votes", options=["Ash", "Oak", "abstain"], secret=True,
        reasons_required=False, quorum=False,
    )  # fmt: skip
    for (group, _, contact), choice in zip(found, ("Ash", "Oak", "Oak"), strict=True):
        secret_vote(ballot, group.name, choice, contact, f"token of {group.name}")
    closed(ballot)
    assert counted_by_a_stranger(journal(ballot), tmp_path) == "Oak"


def test_a_stranger_finds_a_changed_vote(tmp_path: Path) -> None:
    a_board(consumer=1)
    ballot = opened()
    cast(ballot, "Consumer 1", "approve")
    events = journal(closed(ballot))
    vote = next(event for event in events if event["name"] == "elector.vote")
    vote["facts"]["choice"] = "reject"
    assert counted_by_a_stranger(events, tmp_path) == f"Event {vote['id']} was changed."


def test_a_stranger_finds_an_outcome_that_the_votes_do_not_give(tmp_path: Path) -> None:
    a_board(consumer=1)
    ballot = opened()
    cast(ballot, "Consumer 1", "approve")
    events = journal(closed(ballot))
    kept = [event for event in events if event["name"] != "elector.vote"]
    first = next(event for event in events if event["name"] == "elector.vote")
    assert "KeyError" in counted_by_a_stranger(kept, tmp_path)
    assert counted_by_a_stranger([*kept, first], tmp_path) == "approve"
