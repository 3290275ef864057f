"""Elections: nominations against a frozen roll, seats filled unopposed, by a vote or not at all, and the result."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from secretariat.committees.ballots.count import Cast, Standing, most_votes
from secretariat.committees.ballots.models import Ballot, Paper, electors_of
from secretariat.committees.ballots.procedure import BALLOTS, ELECTORS, hashed
from secretariat.committees.ballots.recount import events_of
from secretariat.committees.elections import windows
from secretariat.committees.elections.actions import (
    declare,
    follows,
    nominate,
    plan_call,
    put_to_vote,
    settle,
    write_in,
)
from secretariat.committees.elections.figures import seats_to_be_elected
from secretariat.committees.elections.models import Call, Contest, Interest, Nomination
from secretariat.committees.elections.nominating import INTERESTS, NOMINATIONS
from secretariat.committees.elections.procedure import CALLS, CONTESTS
from secretariat.committees.elections.results import result_of
from secretariat.committees.models import Committee
from secretariat.committees.seats.models import Appointment, Constituency, Filling, Seat
from secretariat.core.duties import duties_of
from secretariat.core.figures import Span
from secretariat.core.people import Person, Role
from secretariat.core.procedure import Refused
from secretariat.plain.dates import LONDON, local_day
from secretariat.post.due import take_due
from secretariat.post.notices import NOTICES
from secretariat.register.models import DefaultCase, Party, VotingGroup
from secretariat.register.panel_action.models import PanelAction, Suspension
from tests.committees.factories import groups, keeper, someone
from tests.register.factories import party

pytestmark = pytest.mark.django_db
OPENS = date(2020, 6, 15)
PLANNING = datetime(2020, 6, 8, 10, tzinfo=LONDON)
DURING = datetime(2020, 6, 17, 12, tzinfo=LONDON)
CLOSES = datetime(2020, 7, 6, 17, tzinfo=LONDON)
AFTER = CLOSES + timedelta(hours=1)
VOTING = datetime(2020, 7, 8, 11, tzinfo=LONDON)
TERMS = date(2020, 9, 1)
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "recount.md"
Members = list[tuple[VotingGroup, Party, Person]]


def told(at: datetime, by: Person | None = None) -> dict[str, Any]:
    """Who does it, and when; the secretary unless another is named."""
    return {"by": by or keeper(), "at": at, "recorded": at}


def panel() -> Committee:
    """The Panel."""
    found: Committee = Committee.objects.get(code="SECP")
    return found


def vacant(title: str, constituency: str, committee: Committee | None = None, **more: Any) -> Seat:
    """A seat since 2013 that nobody holds."""
    told_of = {"committee": committee or panel(), "from_day": date(2013, 9, 23), "recorded": PLANNING}
    made: Seat = Seat.objects.create(title=title, constituency=constituency, **{**told_of, **more})
    return made


def planned(*seats: Seat, **more: Any) -> Call:
    """A call that is not open yet."""
    body = seats[0].committee
    opens = more.pop("opens_on", OPENS)
    call = Call(
        **{"committee": body, "opens_on": opens, "frozen_on": opens, "term_from": TERMS,
           "closes_at": windows.nominations_close(body, opens), **more}
    )  # fmt: skip
    return plan_call(call, seats, **told(PLANNING))


def opened(*seats: Seat, **more: Any) -> Call:
    """A call in which nominations are open."""
    call = planned(*seats, **more)
    CALLS.take("open", call, **told(windows.begins(call.opens_on)))
    return call


def put_forward(call: Call, constituency: str, name: str, by: Party | None = None, **more: Any) -> Nomination:
    """A nomination that the secretary received."""
    contest = call.contests.get(constituency=constituency)
    email = f"{name.lower().replace(' ', '-')}@example.test"
    made = Nomination(**{"contest": contest, "party": by, "name": name, "email": email, "consents": True, **more})
    return nominate(made, **told(DURING))


def accepted(call: Call, constituency: str, name: str, by: Party | None = None, **more: Any) -> Nomination:
    """A nomination that was accepted."""
    made = put_forward(call, constituency, name, by, **more)
    NOMINATIONS.take("accept", made, **told(DURING))
    return made


def closed(call: Call) -> Call:
    """The call after its close."""
    CALLS.take("close", call, **told(call.closes_at + timedelta(minutes=1)))
    return call


def vote_on(contest: Contest) -> Ballot:
    """The ballot of a contest, opened."""
    contest.refresh_from_db()
    ballot = contest.ballot
    assert ballot is not None
    BALLOTS.take("open", ballot, **told(AFTER))
    return ballot


def cast(ballot: Ballot, name: str, choice: str, by: Person, at: datetime = VOTING) -> str:
    """A secret vote of an elector; returns its receipt."""
    receipt = f"receipt of {name}"
    elector = ballot.electors.get(name=name)
    ELECTORS.take("vote", elector, choice=choice, receipt_hash=hashed(receipt), **told(at, by))
    return receipt


def counted(ballot: Ballot) -> Ballot:
    """The ballot after its close."""
    BALLOTS.take("close", ballot, **told(ballot.closes_at + timedelta(minutes=1)))
    return ballot


def contested(number: int, seats: int, *names: str, committee: Committee | None = None) -> tuple[Contest, Members]:
    """Small Suppliers with more candidates than seats, after the close: the contest and the groups."""
    found = groups(*(f"Small {one:02}" for one in range(1, number + 1)))
    places = [vacant(f"Small Supplier {one}", Constituency.SMALL_SUPPLIERS, committee) for one in range(1, seats + 1)]
    call = opened(*places)
    for name in names:
        accepted(call, Constituency.SMALL_SUPPLIERS, name, found[0][1])
    settle(closed(call), **told(AFTER))
    return call.contests.get(), found


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


def test_who_accedes_after_the_freeze_neither_nominates_nor_votes() -> None:
    ((_, early, contact),) = groups("Alder")
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS), frozen_on=date(2018, 1, 10))
    late = party("Birch Energy Limited", "2018-01-11", "small-supplier", VotingGroup.objects.create(
        key="birch", name="Birch", category="small-supplier"))  # fmt: skip
    made = put_forward(call, Constituency.SMALL_SUPPLIERS, "Ben Birch", late)
    with pytest.raises(Refused, match="not on the roll"):
        NOMINATIONS.take("accept", made, **told(DURING))
    NOMINATIONS.take("find_ineligible", made, reason="Not on the roll.", **told(DURING))
    assert (made.state, made.reason) == ("ineligible", "Not on the roll.")
    for name in ("Ada Ash", "Cleo Cedar"):
        accepted(call, Constituency.SMALL_SUPPLIERS, name, early)
    settle(closed(call), **told(AFTER))
    ballot = vote_on(call.contests.get())
    assert [elector.name for elector in ballot.electors.all()] == ["Alder"]
    assert [elector.name for elector in electors_of(contact, VOTING)] == ["Alder"]


def test_nominations_count_until_five_on_the_last_day_that_instant_included() -> None:
    ((_, of, contact),) = groups("Alder")
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    assert call.closes_at == CLOSES
    contest = call.contests.get()
    at_five = Nomination(contest=contest, party=of, name="Ada Ash", email="ada@example.test")
    nominate(at_five, **told(CLOSES, contact))
    too_late = Nomination(contest=contest, party=of, name="Ben Birch", email="ben@example.test")
    with pytest.raises(Refused, match="that instant included"):
        nominate(too_late, **told(CLOSES + timedelta(microseconds=1), contact))
    with pytest.raises(Refused, match="at that very instant still counts"):
        CALLS.take("close", call, **told(CLOSES))


@pytest.mark.parametrize(
    ("code", "days", "votes_until"), [("SECP", 15, date(2020, 7, 27)), ("OPSG", 10, date(2020, 7, 20))]
)
def test_the_windows_are_those_of_the_body_in_working_days(code: str, days: int, votes_until: date) -> None:
    body = Committee.objects.get(code=code)
    assert windows.nominations(body, OPENS).n == days
    assert windows.voting(body, date(2020, 7, 6)).result == votes_until
    seat = vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS, body)
    short = windows.nominations_close(body, OPENS) - timedelta(days=1)
    with pytest.raises(Refused, match="as many Working Days as the rules"):
        planned(seat, closes_at=short)
    with pytest.raises(Refused, match="close at 17:00"):
        planned(seat, closes_at=CLOSES + timedelta(days=2, minutes=1))


def test_the_panel_invites_thirty_five_working_days_before_terms_begin() -> None:
    assert windows.invitation(panel(), TERMS).result == date(2020, 7, 13)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"filling": Filling.APPOINTED}, "Seats"),
        ({"constituency": Constituency.CHAIR}, "No Party Category elects these seats"),
        ({"to_day": date(2020, 8, 31)}, "no seat any more"),
    ],
    ids=["seats_to_be_elected", "somebody_elects", "vacant_when_terms_begin"],
)
def test_only_vacant_seats_that_are_elected_are_called_for(more: dict[str, Any], sentence: str) -> None:
    seat = vacant(**{"title": "A seat", "constituency": Constituency.SMALL_SUPPLIERS, **more})
    with pytest.raises(Refused, match=sentence):
        planned(seat)


def test_a_held_seat_and_one_in_another_call_are_not_called_for() -> None:
    seat = vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS)
    planned(seat)
    with pytest.raises(Refused, match="in another call that is not settled yet"):
        planned(seat, opens_on=OPENS + timedelta(days=1))
    other = vacant("Small Supplier 2", Constituency.SMALL_SUPPLIERS)
    Appointment.objects.create(seat=other, person=someone("A member"), from_day=OPENS, recorded=PLANNING)
    with pytest.raises(Refused, match="still held"):
        planned(other)


def test_a_nomination_is_read_by_its_writer_its_candidate_and_the_secretariat_until_it_is_accepted() -> None:
    (_, alder, contact), (_, _, rival) = groups("Alder", "Birch")
    candidate = someone("Ada Ash", Role.DCC)
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    made = Nomination(contest=call.contests.get(), party=alder, name="Ada Ash", email=candidate.email, consents=True)
    nominate(made, **told(DURING, contact))

    def readers() -> list[str]:
        people = {"contact": contact, "rival": rival, "candidate": candidate, "secretary": keeper(), "public": None}
        return [name for name, one in people.items() if Nomination.objects.visible_to(one, DURING).exists()]

    assert readers() == ["contact", "candidate", "secretary"]
    NOMINATIONS.take("accept", made, **told(DURING))
    assert readers() == ["contact", "rival", "candidate", "secretary"]
    NOMINATIONS.take("withdraw", made, **told(DURING, candidate))
    assert readers() == ["contact", "candidate", "secretary"]


def test_nobody_nominates_for_another_party_or_twice_or_without_consent() -> None:
    (_, alder, _), (_, _, other) = groups("Alder", "Birch")
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    contest = call.contests.get()
    made = Nomination(contest=contest, party=alder, name="Ada Ash", email="ada-ash@example.test")
    with pytest.raises(Refused, match="is for others"):
        nominate(made, **told(DURING, other))
    put_forward(call, Constituency.SMALL_SUPPLIERS, "Ada Ash", alder)
    with pytest.raises(Refused, match="nominated for these seats already"):
        put_forward(call, Constituency.SMALL_SUPPLIERS, "Ada Ash", alder)
    silent = Nomination(contest=contest, party=alder, name="Ben Birch", email="ben@example.test")
    nominate(silent, **told(DURING))
    with pytest.raises(Refused, match="did not agree to stand"):
        NOMINATIONS.take("accept", silent, **told(DURING))
    with pytest.raises(Refused, match="no semicolon"):
        put_forward(call, Constituency.SMALL_SUPPLIERS, "Ben; Birch", alder)


def test_two_candidates_of_one_name_are_told_apart() -> None:
    ((_, alder, _),) = groups("Alder")
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    accepted(call, Constituency.SMALL_SUPPLIERS, "Ada Ash", alder)
    contest = call.contests.get()
    same = nominate(Nomination(contest=contest, name="Ada Ash", email="other@example.test", consents=True),
                    **told(DURING))  # fmt: skip
    with pytest.raises(Refused, match="Another candidate for these seats has the same name"):
        NOMINATIONS.take("accept", same, **told(DURING))


def test_a_renomination_is_marked_and_keeps_its_seat() -> None:
    ((_, alder, _),) = groups("Alder")
    one, two = (vacant(f"Small Supplier {number}", Constituency.SMALL_SUPPLIERS) for number in (1, 2))
    member = someone("Ada Ash")
    Appointment.objects.create(
        seat=two, person=member, from_day=date(2018, 9, 1), to_day=date(2020, 8, 31), recorded=PLANNING
    )
    call = opened(one, two)
    accepted(call, Constituency.SMALL_SUPPLIERS, "Ada Ash", alder)
    accepted(call, Constituency.SMALL_SUPPLIERS, "Ben Birch", alder)
    settle(closed(call), **told(AFTER))
    stood = Nomination.objects.order_by("name").values_list("name", "renominated", "appointment__seat__title")
    assert list(stood) == [("Ada Ash", True, "Small Supplier 2"), ("Ben Birch", False, "Small Supplier 1")]
    (said,) = result_of(call)
    assert said["sentences"][1] == "Ada Ash (re-nominated) and Ben Birch: appointed unopposed."


def test_fewer_candidates_than_seats_leave_the_others_vacant_and_said() -> None:
    ((_, alder, _),) = groups("Alder")
    call = opened(*(vacant(f"Small Supplier {one}", Constituency.SMALL_SUPPLIERS) for one in (1, 2, 3)))
    accepted(call, Constituency.SMALL_SUPPLIERS, "Ada Ash", alder)
    settle(closed(call), **told(AFTER))
    (said,) = result_of(call)
    assert (said["outcome"], said["vacant"]) == ("unopposed", 2)
    assert said["sentences"][-1] == "Vacant: 2 seats."


def test_no_seat_is_settled_before_every_nomination_is_judged() -> None:
    ((_, alder, _),) = groups("Alder")
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    put_forward(call, Constituency.SMALL_SUPPLIERS, "Ada Ash", alder)
    closed(call)
    assert follows(call.contests.get()).does is None
    with pytest.raises(Refused, match="first accepted or found ineligible"):
        settle(call, **told(AFTER))


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


def test_time_opens_a_call_and_closes_it() -> None:
    groups("Alder")
    call = planned(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    take_due(windows.begins(OPENS) - timedelta(minutes=1), windows.begins(OPENS))
    call.refresh_from_db()
    assert call.state == "planned"
    take_due(DURING, DURING)
    call.refresh_from_db()
    assert call.state == "nominating"
    take_due(CLOSES, CLOSES)
    call.refresh_from_db()
    assert call.state == "nominating"
    take_due(AFTER, AFTER)
    call.refresh_from_db()
    assert call.state == "closed"


def test_a_party_on_the_roll_is_told_to_nominate_and_then_to_vote() -> None:
    (_, alder, contact), (_, birch, other) = groups("Alder", "Birch")
    group, oak, third = groups("Oak", category="large-supplier")[0]
    assert group.category == "large-supplier"
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    told_now = [duty for duty in duties_of(alder.pk, contact, DURING) if duty.about == call.contests.get()]
    assert [(duty.what, duty.due) for duty in told_now] == [("Nominate for Small Suppliers on the SEC Panel", CLOSES)]
    assert not [duty for duty in duties_of(oak.pk, third, DURING) if duty.what.startswith("Nominate")]
    for name in ("Ada Ash", "Ben Birch"):
        accepted(call, Constituency.SMALL_SUPPLIERS, name, alder)
    settle(closed(call), **told(AFTER))
    ballot = vote_on(call.contests.get())
    votes = [duty for duty in duties_of(birch.pk, other, VOTING) if duty.about == ballot]
    assert [duty.due for duty in votes] == [ballot.closes_at]


def notified(name: str, of: str, record: Any, at: datetime, **facts: Any) -> set[str]:
    """The addresses of whom a notice tells, after its words were written once."""
    (notice,) = [one for one in NOTICES[of] if one.name == name]
    event = type("Told", (), {"facts": facts})()
    people = set(notice.to(event, record, at))
    for person in people:
        assert all(notice.written(event, record, person, at))
    return {person.email for person in people}


def test_those_entitled_hear_when_nominations_open_and_when_a_vote_opens() -> None:
    groups("Oak", category="large-supplier")
    contest, found = contested(2, 1, "Ada Ash", "Ben Birch")
    ballot = vote_on(contest)
    contacts = {contact.email for _, _, contact in found}
    assert notified("call.open", "call.open", contest.call, DURING) == contacts
    assert notified("election.ballot.open", "ballot.open", ballot, VOTING) == contacts
    stood = {"ada-ash@example.test", "ben-birch@example.test"}
    assert notified("call.publish", "call.publish", contest.call, VOTING) == contacts | stood
    made = contest.nominations.get(name="Ada Ash")
    assert notified("nomination.accept", "nomination.accept", made, DURING) == {keeper().email, "ada-ash@example.test"}


def test_an_interest_between_elections_goes_to_the_chair_and_is_answered_with_a_form() -> None:
    chair_seat = vacant("Chair", Constituency.CHAIR, votes=False)
    chair = someone("The Chair", Role.DCC)
    Appointment.objects.create(seat=chair_seat, person=chair, from_day=date(2019, 1, 1), recorded=PLANNING)
    writer, stranger = someone("Dora Dale", Role.DCC), someone("Stranger", Role.DCC)
    made = Interest(committee=panel(), name="Dora Dale", email=writer.email, words="I know meters.")
    write_in(made, **told(DURING, writer))

    def read(person: Person) -> bool:
        return bool(Interest.objects.visible_to(person, DURING).exists())

    assert (read(writer), read(keeper()), read(chair), read(stranger)) == (True, True, False, False)
    INTERESTS.take("pass_on", made, **told(DURING))
    assert (read(chair), read(stranger)) == (True, False)
    about = "expression_of_interest.pass_on"
    assert notified(about, about, made, DURING) == {chair.email}
    other = opened(vacant("Networks 1", Constituency.NETWORKS, Committee.objects.get(code="OPSG")))
    with pytest.raises(Refused, match="of the same body"):
        INTERESTS.take("send_form", made, call=other.pk, **told(DURING))
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    INTERESTS.take("send_form", made, call=call.pk, **told(DURING))
    assert (made.state, made.call) == ("invited", call)


def test_an_interested_person_stands_without_a_party() -> None:
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    accepted(call, Constituency.SMALL_SUPPLIERS, "Dora Dale")
    settle(closed(call), **told(AFTER))
    assert Appointment.objects.get().person.name == "Dora Dale"


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


def test_terms_begin_after_nominations_have_closed() -> None:
    with pytest.raises(Refused, match="New terms begin after nominations have closed"):
        planned(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS), term_from=CLOSES.date())


def test_a_call_without_a_seat_is_not_opened() -> None:
    call = Call(committee=panel(), opens_on=OPENS, frozen_on=OPENS, term_from=TERMS, closes_at=CLOSES)
    with pytest.raises(Refused, match="Name the vacant seats"):
        plan_call(call, [], **told(PLANNING))
    CALLS.take("plan", call, **told(PLANNING))
    with pytest.raises(Refused, match="A call names at least one vacant seat"):
        CALLS.take("open", call, **told(DURING))


def test_no_seat_is_added_once_nominations_are_open() -> None:
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    late, contest = vacant("Gas Network", Constituency.GAS_NETWORK), Contest(call=call, constituency="gas network")
    with pytest.raises(Refused, match="Seats are called for before nominations open"):
        CONTESTS.take("call", contest, seats=[late.pk], **told(DURING))


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ("fill_unopposed", "Seats are settled once nominations have closed"),
        ("fill_unopposed", "Each of those who have a seat is first appointed"),
        ("leave_vacant", "Seats are left vacant where nobody stands"),
    ],
)
def test_a_contest_is_not_settled_otherwise_than_the_nominations_say(step: str, sentence: str) -> None:
    ((_, alder, _),) = groups("Alder")
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    accepted(call, Constituency.SMALL_SUPPLIERS, "Ada Ash", alder)
    if "once nominations" not in sentence:
        closed(call)
    with pytest.raises(Refused, match=sentence):
        CONTESTS.take(step, call.contests.get(), **told(AFTER))


def test_nobody_is_appointed_unopposed_where_nobody_stands() -> None:
    call = closed(opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS)))
    with pytest.raises(Refused, match="Only as many candidates as seats, and at least one"):
        CONTESTS.take("fill_unopposed", call.contests.get(), **told(AFTER))


def test_a_vote_is_held_with_the_ballot_of_these_seats_alone() -> None:
    found = groups("Alder", "Birch")
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    for name in ("Ada Ash", "Ben Birch"):
        accepted(call, Constituency.SMALL_SUPPLIERS, name, found[0][1])
    closed(call)
    other = Ballot(
        committee=panel(), question="Who?", electorate="voting groups", method="most votes", secret=True,
        options=["Ada Ash", "Ben Birch"], opens_at=AFTER, closes_at=AFTER + timedelta(days=1),
    )  # fmt: skip
    BALLOTS.take("prepare", other, **told(AFTER))
    with pytest.raises(Refused, match="The ballot is prepared for these seats"):
        CONTESTS.take("put_to_vote", call.contests.get(), ballot=other.pk, **told(AFTER))


def test_while_a_vote_is_on_nothing_is_declared_withdrawn_or_held_again() -> None:
    contest, _ = contested(2, 1, "Ada Ash", "Ben Birch")
    contest.refresh_from_db()
    with pytest.raises(Refused, match="A vote is told as ineligible once the ballot is open"):
        CONTESTS.take("note_ineligible_vote", contest, sender="Oak", why="late", **told(AFTER))
    vote_on(contest)
    nomination = contest.nominations.get(name="Ada Ash")
    with pytest.raises(Refused, match="The seats are put to the vote or filled"):
        NOMINATIONS.take("withdraw", nomination, **told(VOTING))
    with pytest.raises(Refused, match="Only a vote that is over tells who is not elected"):
        NOMINATIONS.take("miss", nomination, **told(VOTING))
    with pytest.raises(Refused, match="The ballot is closed and its outcome is neither a tie"):
        declare(contest, **told(VOTING))
    with pytest.raises(Refused, match="Seats stay vacant after a vote only where"):
        CONTESTS.take("declare_vacant", contest, **told(VOTING))
    with pytest.raises(Refused, match="A vote is held again after a tie that"):
        put_to_vote(contest, **told(VOTING))


def test_nobody_is_declared_elected_before_the_winners_are_appointed() -> None:
    contest, found = contested(2, 1, "Ada Ash", "Ben Birch")
    ballot = vote_on(contest)
    cast(ballot, "Small 01", "Ada Ash", found[0][2])
    counted(ballot)
    contest.refresh_from_db()
    after = told(ballot.closes_at + timedelta(hours=1))
    with pytest.raises(Refused, match="Those who were elected, and nobody else, are first appointed"):
        CONTESTS.take("declare", contest, **after)
    declare(contest, **after)
    assert contest.state == "elected"


def test_a_vote_whose_ballot_was_cancelled_is_held_again() -> None:
    contest, _ = contested(2, 1, "Ada Ash", "Ben Birch")
    BALLOTS.take("cancel", vote_on(contest), reason="A name was wrong.", **told(VOTING))
    contest.refresh_from_db()
    again = put_to_vote(contest, **told(VOTING))
    assert (contest.ballot, again.state) == (again, "prepared")


def test_the_seats_whose_terms_end_are_listed_with_the_day_by_which_to_invite() -> None:
    one, two = (vacant(f"Small Supplier {number}", Constituency.SMALL_SUPPLIERS) for number in (1, 2))
    for seat, last in ((one, date(2020, 8, 31)), (two, date(2022, 8, 31))):
        Appointment.objects.create(
            seat=seat, person=someone(seat.title), from_day=date(2018, 9, 1), to_day=last, recorded=PLANNING
        )
    listing = seats_to_be_elected(Span(date(2020, 3, 1), date(2020, 3, 31)))
    assert [row.values for row in listing.rows] == [
        ("SEC Panel", "Small Supplier 1", "Mon 31 Aug 2020", "Mon 13 Jul 2020")
    ]
