"""How something is procured (SEC-33): documents approved and issued, bids sealed until opened, scored, and awarded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import Sum

from secretariat.core.capacities import committee_member
from secretariat.core.facts import a_line
from secretariat.core.people import Person
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.effort.procurement.models import (
    APPROVED,
    AWARDED,
    CANCELLED,
    EVALUATED,
    ISSUED,
    OPENED,
    PREPARING,
    Bid,
    Procurement,
    Score,
)
from secretariat.effort.procurement.scoring import WHOLE, Given, best, totals
from secretariat.effort.who import operations_team, team_or_clock
from secretariat.plain.dates import local_day
from secretariat.post.due import Due, register

Facts = Mapping[str, Any]
PRACTICE = "House rule: procurement"


def has_a_conflict(person: Person | None, record: Any) -> bool:
    """Whether a person declared a conflict of interest in a procurement: in no other capacity do they decide on it."""
    if person is None or record is None or record.pk is None:
        return False
    return bool(record.evaluators.filter(person=person).exclude(conflict="").exists())


def the_approver(person: Person | None, record: Any, at: datetime) -> bool:
    """A member of the body that approves, or the operations team from its headlines; nobody who declared a conflict."""
    member = record is not None and committee_member(record.approver)(person, record, at)
    return (bool(member) or operations_team(person, record, at)) and not has_a_conflict(person, record)


def the_impartial_team(person: Person | None, record: Any, at: datetime) -> bool:
    """The operations team, and nobody who declared a conflict."""
    return operations_team(person, record, at) and not has_a_conflict(person, record)


def results(procurement: Procurement) -> dict[int, Fraction]:
    """Each bid's weighed total out of 100, by its id; points of somebody who declared a conflict since do not count."""
    weights = dict(procurement.criteria.values_list("pk", "weight"))
    rows = Score.objects.filter(bid__procurement=procurement, evaluator__conflict="")
    given = (Given(*row) for row in rows.values_list("bid", "criterion", "evaluator", "points"))
    return totals(given, weights)


@rule("SEC-33")
def it_has_documents(procurement: Procurement, at: datetime) -> bool:
    """Tender documents are approved before they are issued: add at least one."""
    return procurement.documents.exists()


@rule(PRACTICE)
def the_weights_make_a_whole(procurement: Procurement, at: datetime) -> bool:
    """The criteria by which bids are scored are fixed beforehand, and weigh 100 per cent together."""
    return bool(procurement.criteria.aggregate(found=Sum("weight"))["found"] == WHOLE)


@rule(PRACTICE)
def the_opening_is_to_come(procurement: Procurement, at: datetime) -> bool:
    """What is issued says when bids are opened, and that is to come."""
    return procurement.opens_at is not None and procurement.opens_at > at


@rule(PRACTICE)
def the_opening_time_has_come(procurement: Procurement, at: datetime) -> bool:
    """Bids stay sealed until their opening time."""
    return procurement.opens_at is not None and at >= procurement.opens_at


@rule(PRACTICE)
def there_are_evaluators_enough(procurement: Procurement, at: datetime) -> bool:
    """Bids are scored by as many evaluators as the rulebook asks for, each of whom declared to have no conflict."""
    needed = RULEBOOK.number("procurement.evaluators", at)
    return procurement.evaluators.filter(declared_on__isnull=False, conflict="").count() >= needed


@rule(PRACTICE)
def every_bid_is_scored(procurement: Procurement, at: datetime) -> bool:
    """Each evaluator without a conflict scores each bid under each criterion."""
    scoring = procurement.evaluators.filter(declared_on__isnull=False, conflict="").count()
    whole = scoring * procurement.criteria.count() * procurement.bids.count()
    kept = Score.objects.filter(bid__procurement=procurement, evaluator__conflict="").count()
    return whole > 0 and kept == whole


@rule(PRACTICE)
def the_bid_is_of_this_procurement(procurement: Procurement, at: datetime, facts: Facts) -> bool:
    """What is awarded goes to a bid of this procurement: name its bidder as the page does."""
    return _bid_of(procurement, facts) is not None


@rule(PRACTICE)
def the_best_bid_or_a_reason(procurement: Procurement, at: datetime, facts: Facts) -> bool:
    """The bid with the highest total wins, alone; where it does not, or several do, the award says why."""
    bid = _bid_of(procurement, facts)
    return bid is None or best(results(procurement)) == [bid.pk] or bool(facts["why"])


def _issue(procurement: Procurement, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    procurement.issued_on = local_day(at)


def _award(procurement: Procurement, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    procurement.awarded_to, procurement.award_why = _bid_of(procurement, facts), facts["why"]


def _bid_of(procurement: Procurement, facts: Facts) -> Bid | None:
    """The bid of the bidder who is named."""
    found: Bid | None = procurement.bids.filter(bidder__iexact=facts["bidder"].strip()).first()
    return found


PROCUREMENT = Procedure(
    "procurement",
    Procurement,
    Step("prepare", NEW, PREPARING, who=operations_team, says="Begin a procurement"),
    Step("approve_documents", PREPARING, APPROVED, who=the_approver, primary=True,
         rules=(it_has_documents, the_weights_make_a_whole), says="Approve the tender documents"),
    Step("issue", APPROVED, ISSUED, who=operations_team, primary=True, rules=(the_opening_is_to_come,),
         change=_issue),
    Step("open_bids", ISSUED, OPENED, who=team_or_clock, primary=True, rules=(the_opening_time_has_come,)),
    Step("conclude_scoring", OPENED, EVALUATED, who=the_impartial_team, primary=True,
         rules=(there_are_evaluators_enough, every_bid_is_scored)),
    Step("score_again", EVALUATED, OPENED, who=the_impartial_team, facts={"reason": a_line(300, "Why")},
         says="Open the scoring again"),
    Step("award", EVALUATED, AWARDED, who=the_approver, primary=True, change=_award,
         rules=(there_are_evaluators_enough, the_bid_is_of_this_procurement, the_best_bid_or_a_reason),
         facts={"bidder": a_line(160, "Bidder", help_text="As this procurement's page names the bid."),
                "why": a_line(300, "Why this bid", required=False)}),
    Step("cancel", (PREPARING, APPROVED, ISSUED, OPENED, EVALUATED), CANCELLED, who=operations_team,
         facts={"reason": a_line(300, "Why")}),
)  # fmt: skip


@register
def openings(at: datetime) -> Iterator[Due]:
    """The procurements whose bids are to be opened now."""
    for one in Procurement.objects.filter(state=ISSUED, opens_at__lte=at):
        yield Due(PROCUREMENT, "open_bids", one, at=one.opens_at)
