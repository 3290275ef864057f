"""The result of an election by constituency and category: seen by the secretary first, and then published."""

from __future__ import annotations

from collections import Counter
from typing import Any

from secretariat.committees.ballots.closing import LATE
from secretariat.committees.ballots.models import VOTED, Ballot
from secretariat.committees.elections.models import (
    APPOINTED,
    ELECTED,
    STANDING,
    UNOPPOSED,
    VACANT,
    Call,
    Contest,
)
from secretariat.core.journal import history


def result_of(call: Call) -> list[dict[str, Any]]:
    """One entry for each constituency, in the order of its name."""
    return [_of(contest) for contest in call.contests.select_related("ballot").order_by("constituency")]


def _of(contest: Contest) -> dict[str, Any]:
    votes = dict((contest.ballot.tally or {}).get("rows", ())) if contest.ballot else {}
    candidates = [
        {"name": one.name, "renominated": one.renominated, "appointed": one.state == APPOINTED,
         "votes": votes.get(one.name)}
        for one in contest.nominations.filter(state__in=STANDING).order_by("name")
    ]  # fmt: skip
    candidates.sort(key=lambda one: (not one["appointed"], -(one["votes"] or 0), one["name"]))
    seats, taken = contest.seats.count(), sum(one["appointed"] for one in candidates)
    told: dict[str, Any] = {
        "constituency": contest.get_constituency_display(),
        "outcome": contest.state,
        "seats": seats,
        "vacant": seats - taken if contest.state in (UNOPPOSED, ELECTED, VACANT) else None,
        "candidates": candidates,
        "by_category": turnout(contest.ballot) if contest.ballot else [],
        "ineligible": ineligible(contest),
    }
    return told | {"sentences": _sentences(told, contest.ballot)}


def turnout(ballot: Ballot) -> list[dict[str, Any]]:
    """How many could vote and how many did, by the electors' category."""
    electors = ballot.electors.filter(has_vote=True)
    asked = Counter(electors.values_list("constituency", flat=True))
    voted = Counter(electors.filter(state=VOTED).values_list("constituency", flat=True))
    return [{"category": name, "electors": number, "voted": voted[name]} for name, number in sorted(asked.items())]


def ineligible(contest: Contest) -> dict[str, int]:
    """How many votes did not count, by the reason in words: those noted, and those that the count left out."""
    noted = Counter(row.get_why_display() for row in contest.ineligible_votes.all())
    tally = (contest.ballot.tally or {}) if contest.ballot else {}
    left_out = {why: number for why, number in tally.get("left_out", {}).items() if why.endswith("with a vote")}
    return dict(sorted((noted + Counter(left_out)).items()))


def _sentences(told: dict[str, Any], ballot: Ballot | None) -> list[str]:
    """The result of one constituency in words."""
    seats, vacant = _counted(told["seats"], "seat"), told["vacant"]
    found = [f"{told['constituency']}: {seats}, {_counted(len(told['candidates']), 'candidate')}."]
    names = " and ".join(_named(one) for one in told["candidates"] if one["appointed"])
    if names:
        how = "appointed unopposed" if told["outcome"] == UNOPPOSED else "elected"
        found.append(f"{names}: {how}.")
    found += [f"{line['category']}: {line['voted']:,} of {line['electors']:,} voted." for line in told["by_category"]]
    if ballot is not None:
        found += [_said_of_ineligible(told["ineligible"]), *_said_by_the_ballot(ballot)]
    if vacant:
        found.append(f"Vacant: {_counted(vacant, 'seat')}.")
    return found


def _said_of_ineligible(reasons: dict[str, int]) -> str:
    if not reasons:
        return "Ineligible votes: none."
    said = "; ".join(f"{number:,} {why}" for why, number in reasons.items())
    return f"Ineligible votes, not counted: {sum(reasons.values()):,} ({said})."


def _said_by_the_ballot(ballot: Ballot) -> list[str]:
    """What the count says of votes that it could not take out, and how a tie was settled."""
    found = [line for line in (ballot.tally or {}).get("sentences", ()) if line.startswith(LATE)]
    settled = history(ballot).filter(name="ballot.settle").last()
    if settled is not None:
        tied = " and ".join((ballot.tally or {})["tied"])
        found.append(f"Tie between {tied}: {settled.facts['how']}, so {settled.facts['chosen']}.")
    return found


def _named(candidate: dict[str, Any]) -> str:
    return f"{candidate['name']} (re-nominated)" if candidate["renominated"] else str(candidate["name"])


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
