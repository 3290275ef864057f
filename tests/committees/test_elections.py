"""The vote of an election: its ballot, its count, ties, and the result."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from secretariat.committees.ballots.count import Cast, Standing, most_votes
from secretariat.committees.ballots.models import Ballot, Paper
from secretariat.committees.ballots.procedure import BALLOTS, hashed
from secretariat.committees.ballots.recount import events_of
from secretariat.committees.elections.actions import (
    declare,
    follows,
    settle,
)
from secretariat.committees.elections.models import Nomination
from secretariat.committees.elections.procedure import CALLS, CONTESTS
from secretariat.committees.elections.results import result_of
from secretariat.committees.models import Committee
from secretariat.committees.seats.models import Appointment, Constituency
from secretariat.core.procedure import Refused
from secretariat.plain.dates import local_day
from secretariat.register.models import DefaultCase, Party, VotingGroup
from secretariat.register.panel_action.models import PanelAction, Suspension
from tests.committees.electing import (
    AFTER,
    DURING,
    PLANNING,
    TERMS,
    VOTING,
    accepted,
    cast,
    closed,
    contested,
    counted,
    opened,
    panel,
    told,
    vacant,
    vote_on,
)
from tests.committees.factories import groups
from tests.register.factories import party

pytestmark = pytest.mark.django_db
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "recount.md"


def counted_by_a_stranger(ballot: Ballot, folder: Path) -> str:
    """What the script of the documents prints, run by itself on the ballot's journal."""
    (script,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    (folder / "recount.py").write_text(script, encoding="utf-8")
    (folder / "journal.json").write_text(json.dumps(events_of(ballot)), encoding="utf-8")
    command = [sys.executable, "-I", str(folder / "recount.py"), str(folder / "journal.json")]
    run = subprocess.run(command, capture_output=True, check=False, text=True)
    return (run.stdout + run.stderr).strip()


def suspend_the_vote(of: Party, day: date) -> None:
    """Suspends the right of a party to vote in elections."""
    case = DefaultCase.objects.create(party=of, limb="c", entered_on=day)
    action = PanelAction.objects.create(
        case=case, power="suspend", right="vote", meeting="SECP_81_1206", state="in force"
    )  # fmt: skip
    Suspension.objects.create(action=action, party=of, from_day=day, recorded=PLANNING)


def test_an_election_of_110_voting_groups_from_the_call_to_the_recount(tmp_path: Path) -> None:
    large = groups(*(f"Large {one:02}" for one in range(1, 14)), category="large-supplier")
    small = groups(*(f"Small {one:02}" for one in range(1, 71)))
    gas = groups(*(f"Gas {one:02}" for one in range(1, 28)), category="gas-network")
    assert VotingGroup.objects.filter(category__in=("large-supplier", "small-supplier", "gas-network")).count() == 110
    call = opened(
        vacant("Large Supplier 1", Constituency.LARGE_SUPPLIERS),
        vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS),
        vacant("Gas Network", Constituency.GAS_NETWORK),
    )
    late = groups("Latecomer")[0][1]
    assert sum(len(contest.roll) for contest in call.contests.all()) == 110
    accepted(call, Constituency.LARGE_SUPPLIERS, "Ada Ash", large[0][1])
    accepted(call, Constituency.SMALL_SUPPLIERS, "Ben Birch", small[0][1])
    accepted(call, Constituency.SMALL_SUPPLIERS, "Cleo Cedar", small[1][1])
    assert len(gas) == 27
    settle(closed(call), **told(AFTER))
    states = {contest.constituency: contest.state for contest in call.contests.all()}
    assert states == {"large suppliers": "unopposed", "small suppliers": "voting", "gas network": "vacant"}
    assert Appointment.objects.get().person.name == "Ada Ash"

    contest = call.contests.get(constituency=Constituency.SMALL_SUPPLIERS)
    ballot = vote_on(contest)
    assert (ballot.secret, ballot.options, ballot.places) == (True, ["Ben Birch", "Cleo Cedar"], 1)
    assert local_day(ballot.closes_at) == date(2020, 7, 27)
    assert ballot.electors.count() == 70
    assert not ballot.electors.filter(name="Latecomer").exists()
    receipts = {group.name: cast(ballot, group.name, "Ben Birch" if number < 30 else "Cleo Cedar", contact)
                for number, (group, _, contact) in enumerate(small[:61])}  # fmt: skip
    CONTESTS.take("note_ineligible_vote", contest, sender=late.name, why="not on the roll", **told(VOTING))
    counted(ballot)
    assert ballot.outcome == "Cleo Cedar"
    assert {"receipt": hashed(receipts["Small 61"]), "choice": "Cleo Cedar"} in ballot.tally["papers"]
    assert counted_by_a_stranger(ballot, tmp_path) == "Cleo Cedar"

    at = ballot.closes_at + timedelta(hours=1)
    declare(contest, **told(at))
    CALLS.take("publish", call, **told(at))
    by_name = {one["constituency"]: one for one in call.result}
    assert by_name["Small Suppliers"]["sentences"] == [
        "Small Suppliers: 1 seat, 2 candidates.",
        "Cleo Cedar: elected.",
        "Small Supplier: 61 of 70 voted.",
        "Ineligible votes, not counted: 1 (1 not in the register on the day as at which it was frozen).",
    ]
    votes = [(one["name"], one["votes"], one["appointed"]) for one in by_name["Small Suppliers"]["candidates"]]
    assert votes == [("Cleo Cedar", 31, True), ("Ben Birch", 30, False)]
    assert by_name["Large Suppliers"]["sentences"][1] == "Ada Ash: appointed unopposed."
    assert by_name["Gas Network"]["sentences"] == ["Gas Network: 1 seat, 0 candidates.", "Vacant: 1 seat."]
    seated = Appointment.objects.order_by("seat__title")
    assert [(one.person.name, one.how, one.from_day) for one in seated] == [
        ("Ada Ash", "unopposed", TERMS), ("Cleo Cedar", "elected", TERMS),
    ]  # fmt: skip
    assert sorted(Nomination.objects.values_list("state", flat=True)) == ["appointed", "appointed", "not elected"]


def test_two_seats_give_each_group_two_votes_and_the_two_with_most_are_elected(tmp_path: Path) -> None:
    contest, found = contested(3, 2, "Ada Ash", "Ben Birch", "Cleo Cedar")
    ballot = vote_on(contest)
    with pytest.raises(Refused, match="as many different ones as there are places"):
        cast(ballot, "Small 01", "Ada Ash; Ben Birch; Cleo Cedar", found[0][2])
    with pytest.raises(Refused, match="as many different ones as there are places"):
        cast(ballot, "Small 01", "Ada Ash; Ada Ash", found[0][2])
    cast(ballot, "Small 01", "Ada Ash; Cleo Cedar", found[0][2])
    cast(ballot, "Small 02", "Cleo Cedar; Ben Birch", found[1][2])
    cast(ballot, "Small 03", "Ada Ash", found[2][2])
    counted(ballot)
    assert ballot.tally["rows"] == [["Ada Ash", 2], ["Ben Birch", 1], ["Cleo Cedar", 2], ["Abstentions", 0]]
    assert ballot.elected == ["Ada Ash", "Cleo Cedar"]
    assert counted_by_a_stranger(ballot, tmp_path) == "Ada Ash; Cleo Cedar"
    declare(contest, **told(ballot.closes_at + timedelta(hours=1)))
    seated = Appointment.objects.order_by("person__name").values_list("person__name", "seat__title")
    assert list(seated) == [("Ada Ash", "Small Supplier 1"), ("Cleo Cedar", "Small Supplier 2")]


@pytest.mark.parametrize(
    ("votes", "places", "elected", "tied"),
    [
        ("aab", 1, ("a",), ()),
        ("ab", 1, (), ("a", "b")),
        ("aabc", 2, ("a",), ("b", "c")),
        ("aabbc", 2, ("a", "b"), ()),
        ("abc", 2, (), ("a", "b", "c")),
        ("aa", 2, ("a",), ()),
        ("", 2, (), ()),
    ],
)
def test_the_last_place_decides_whether_there_is_a_tie(
    votes: str, places: int, elected: tuple[str, ...], tied: tuple[str, ...]
) -> None:
    casts = [Cast("", choice, Standing.COUNTED) for choice in votes]
    count = most_votes(casts, ["a", "b", "c"], places=places)
    assert (count.elected, count.tied) == (elected, tied)
    assert count.outcome == ("tie" if tied else "; ".join(elected) or "no decision")


def test_a_tie_for_the_last_place_is_settled_and_said() -> None:
    contest, found = contested(4, 2, "Ada Ash", "Ben Birch", "Cleo Cedar")
    ballot = vote_on(contest)
    for (group, _, contact), choice in zip(
        found, ("Ada Ash; Ben Birch", "Ada Ash; Cleo Cedar", "Ada Ash", "Ada Ash"), strict=True
    ):
        cast(ballot, group.name, choice, contact)
    counted(ballot)
    assert "Tie between Ben Birch and Cleo Cedar for 1 of the 2 places." in ballot.tally["sentences"]
    after = told(ballot.closes_at + timedelta(hours=1))
    with pytest.raises(Refused, match="neither a tie"):
        declare(contest, **after)
    with pytest.raises(Refused, match="as many as there are places left"):
        BALLOTS.take("settle", ballot, chosen="Ben Birch; Cleo Cedar", how="Lots were drawn", **after)
    BALLOTS.take("settle", ballot, chosen="Cleo Cedar", how="Lots were drawn", **after)
    contest.refresh_from_db()
    declare(contest, **after)
    (said,) = result_of(contest.call)
    assert "Tie between Ben Birch and Cleo Cedar: Lots were drawn, so Cleo Cedar." in said["sentences"]
    assert "Ada Ash and Cleo Cedar: elected." in said["sentences"]


@pytest.mark.parametrize(("code", "rule"), [("SECP", "lots"), ("OPSG", "chair")])
def test_the_tie_rule_and_secrecy_are_those_of_the_body(code: str, rule: str) -> None:
    contest, _ = contested(2, 1, "Ada Ash", "Ben Birch", committee=Committee.objects.get(code=code))
    contest.refresh_from_db()
    assert contest.ballot is not None
    assert (contest.ballot.tie_rule, contest.ballot.secret) == (rule, True)


def test_where_a_tie_means_another_vote_a_new_ballot_is_prepared() -> None:
    contest, found = contested(2, 1, "Ada Ash", "Ben Birch")
    ballot = vote_on(contest)
    cast(ballot, "Small 01", "Ada Ash", found[0][2])
    cast(ballot, "Small 02", "Ben Birch", found[1][2])
    counted(ballot)
    assert follows(contest).does is None
    Ballot.objects.filter(pk=ballot.pk).update(tie_rule="again")
    contest.refresh_from_db()
    following = follows(contest)
    assert following.does is not None
    following.does(contest, **told(ballot.closes_at + timedelta(hours=1)))
    contest.refresh_from_db()
    assert contest.ballot is not None
    assert (contest.ballot.pk != ballot.pk, contest.ballot.state, contest.state) == (True, "prepared", "voting")


def test_seats_stay_vacant_where_no_vote_is_cast() -> None:
    contest, _ = contested(2, 1, "Ada Ash", "Ben Birch")
    ballot = counted(vote_on(contest))
    declare(contest, **told(ballot.closes_at + timedelta(hours=1)))
    (said,) = result_of(contest.call)
    assert (contest.state, said["vacant"]) == ("vacant", 1)
    assert set(contest.nominations.values_list("state", flat=True)) == {"not elected"}


def test_networks_are_pooled_and_their_votes_told_by_category() -> None:
    electricity = groups("Elm", "Fir", category="electricity-network")
    gas = groups("Gorse", category="gas-network")
    call = opened(vacant("Networks 1", Constituency.NETWORKS, Committee.objects.get(code="OPSG")))
    for name in ("Ada Ash", "Ben Birch"):
        accepted(call, Constituency.NETWORKS, name, gas[0][1])
    settle(closed(call), **told(AFTER))
    contest = call.contests.get()
    ballot = vote_on(contest)
    cast(ballot, "Elm", "Ada Ash", electricity[0][2])
    cast(ballot, "Gorse", "Ada Ash", gas[0][2])
    counted(ballot)
    (said,) = result_of(call)
    assert said["by_category"] == [
        {"category": "Electricity Network", "electors": 2, "voted": 1},
        {"category": "Gas Network", "electors": 1, "voted": 1},
    ]


def test_one_vote_for_each_party_where_the_call_says_so() -> None:
    group, first, _ = groups("Alder")[0]
    second = party("Alder Two Limited", "2018-01-10", "small-supplier", group)
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS), electorate="parties")
    assert call.contests.get().roll == sorted([first.pk, second.pk])


def test_a_voting_group_of_several_parties_stands_on_the_roll_once() -> None:
    group, _, _ = groups("Alder")[0]
    party("Alder Two Limited", "2018-01-10", "small-supplier", group)
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    assert call.contests.get().roll == [group.pk]


def test_manufacturers_are_elected_by_the_category_that_the_rulebook_lends_them() -> None:
    ((group, _, _),) = groups("Maker", category="other-sec-party")
    groups("Alder")
    call = opened(vacant("Manufacturer", Constituency.MANUFACTURER, Committee.objects.get(code="OPSG")))
    assert call.contests.get().roll == [group.pk]


def test_a_vote_suspended_after_it_was_cast_is_said_because_a_secret_one_cannot_be_found() -> None:
    contest, found = contested(2, 1, "Ada Ash", "Ben Birch")
    ballot = vote_on(contest)
    cast(ballot, "Small 01", "Ada Ash", found[0][2])
    suspend_the_vote(found[0][1], local_day(VOTING))
    suspend_the_vote(found[1][1], local_day(VOTING))
    with pytest.raises(Refused, match="suspended"):
        cast(ballot, "Small 02", "Ben Birch", found[1][2])
    CONTESTS.take("note_ineligible_vote", contest, sender="Small 02", why="suspended", **told(VOTING))
    counted(ballot)
    (said,) = result_of(contest.call)
    assert said["ineligible"] == {"the right to vote is suspended": 1}
    assert any(line.startswith("Suspended since they voted") and line.endswith(": 1.") for line in said["sentences"])


def test_who_sent_an_ineligible_vote_is_not_in_the_journal_of_the_seats() -> None:
    contest, _ = contested(2, 1, "Ada Ash", "Ben Birch")
    vote_on(contest)
    event = CONTESTS.take("note_ineligible_vote", contest, sender="Latecomer", why="late", **told(VOTING))
    assert "Latecomer" not in json.dumps(event.facts)
    assert contest.ineligible_votes.get().name == "Latecomer"


def test_the_result_is_published_once_every_seat_is_settled() -> None:
    contest, _ = contested(2, 1, "Ada Ash", "Ben Birch")
    with pytest.raises(Refused, match="filled, or known to stay vacant"):
        CALLS.take("publish", contest.call, **told(AFTER))
    with pytest.raises(Refused, match="A vote is prepared or open"):
        CALLS.take("cancel", contest.call, reason="A mistake.", **told(AFTER))


def test_a_ballot_by_constituency_fills_no_places() -> None:
    ballot = Ballot(committee=panel(), question="?", places=2, opens_at=DURING, closes_at=AFTER)
    with pytest.raises(ValidationError, match="fills no places"):
        ballot.full_clean()


def test_papers_of_a_secret_election_tell_nothing_of_who_cast_them() -> None:
    contest, found = contested(2, 1, "Ada Ash", "Ben Birch")
    ballot = vote_on(contest)
    cast(ballot, "Small 01", "Ada Ash", found[0][2])
    assert [paper.choice for paper in Paper.objects.all()] == ["Ada Ash"]
    assert {field.name for field in Paper._meta.fields} == {"id", "ballot", "choice", "receipt_hash"}
