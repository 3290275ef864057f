"""How the hubs in the stock of a failed supplier go back, or on to the Supplier of Last Resort, as a table."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from secretariat.core.capacities import speaks_for
from secretariat.core.facts import a_line
from secretariat.core.people import Person
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.oversight.hubs.models import ACCEPTED, DECLINED, DONE, PROPOSED, Destination, HubTransfer, held
from secretariat.oversight.who import operator_or_team, technical_team
from secretariat.plain.dates import local_day


def who_receives(person: Person | None, record: Any, at: datetime) -> bool:
    """A contact of the Supplier of Last Resort where it receives them, else the DCC; or the technical team."""
    if technical_team(person, record, at):
        return True
    if record is None or record.goes_to == Destination.BACK:
        return operator_or_team(person, record, at)
    return record.appointment.appointed_id in speaks_for(person, at)


@rule("Section F8.7")
def the_appointment_has_begun(transfer: HubTransfer, at: datetime) -> bool:
    """Hubs leave a supplier's stock in this way once a Supplier of Last Resort is appointed, not before."""
    return transfer.appointment.appointed_on <= local_day(at)


@rule("Section F8.7")
def the_stock_holds_so_many(transfer: HubTransfer, at: datetime) -> bool:
    """The failed supplier's stock of this region and variant, as last told, still holds so many hubs."""
    there = held(transfer.appointment, transfer.region, transfer.variant, local_day(at))
    return there is not None and 0 < transfer.hubs <= there


def _propose(transfer: HubTransfer, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    transfer.proposed_on = local_day(at)


def _answer(transfer: HubTransfer, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    transfer.answered_on, transfer.reason = local_day(at), facts.get("reason", "")


def _transfer(transfer: HubTransfer, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    transfer.transferred_on = local_day(at)


HUB_TRANSFER = Procedure(
    "hub_transfer",
    HubTransfer,
    Step("propose", NEW, PROPOSED, who=operator_or_team, change=_propose,
         rules=(the_appointment_has_begun, the_stock_holds_so_many)),
    Step("accept", PROPOSED, ACCEPTED, who=who_receives, change=_answer, primary=True),
    Step("decline", PROPOSED, DECLINED, who=who_receives, facts={"reason": a_line(300, "Why it is declined")},
         change=_answer),
    Step("transfer", ACCEPTED, DONE, who=operator_or_team, change=_transfer, primary=True,
         says="Record the transfer"),
)  # fmt: skip
"""From the proposal to the transfer, or to the answer that the hubs are not wanted."""
