"""How Party Details change (Section M6), and how a supplier's premises are told and confirmed, as tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from secretariat.core.capacities import speaks_for
from secretariat.core.facts import a_text
from secretariat.core.people import Person
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.plain.dates import local_day
from secretariat.register.contacts.applying import apply, still_as_it_was
from secretariat.register.contacts.confirming import CONFIRMATIONS, ROUNDS
from secretariat.register.contacts.contact import Hearer, Purpose, partys_own
from secretariat.register.contacts.details import (
    ACCEPTED,
    ANSWERED,
    OF_THE_PARTY,
    QUERIED,
    REFUSED,
    SUBMITTED,
    UNDECIDED,
    WITHDRAWN,
    Check,
    DetailsChange,
)
from secretariat.register.contacts.licences import SUPPLIERS
from secretariat.register.contacts.supply import CONFIRMED, TOLD, SupplyMeasure, proposed_category
from secretariat.register.contacts.supply import REFUSED as NOT_TAKEN
from secretariat.register.models import Party
from secretariat.register.procedure import party_support

Facts = Mapping[str, Any]

__all__ = ["CONFIRMATIONS", "DETAILS", "ROUNDS", "SUPPLY"]


def own_or_party_support(person: Person | None, record: Any, at: datetime) -> bool:
    """The party's own contact, or the party support team."""
    return party_support(person, record, at) or partys_own(person, record, at)


def speaks_for_a_party(person: Person | None, record: Any, at: datetime) -> bool:
    """The contact of any party, or the party support team."""
    return party_support(person, record, at) or bool(speaks_for(person, at))


@rule("PTY-30, Section M6.2")
def details_are_a_partys(change: DetailsChange, at: datetime) -> bool:
    """Details are kept of an organisation while it is a party."""
    return bool(Party.objects.on(local_day(at)).filter(pk=change.party_id).exists())


@rule("PTY-30, Section M6.2")
def something_is_to_change(change: DetailsChange, at: datetime) -> bool:
    """A request asks for something to be otherwise than it is."""
    return bool(change.asked)


@rule("PTY-32")
def contact_is_its_own(change: DetailsChange, at: datetime) -> bool:
    """A party asks to change its own contacts, and only while they are its contacts."""
    contact = change.contact
    return contact is None or (contact.party_id == change.party_id and contact.ended_on is None)


@rule("PTY-32")
def a_new_contact_can_be_reached(change: DetailsChange, at: datetime) -> bool:
    """A new contact has a name, an e-mail address and at least one purpose."""
    told = {name: one["new"] for name, one in change.asked.items() if name.startswith("contact_")}
    if change.contact is not None or not told:
        return True
    return all(told.get(name) for name in ("contact_name", "contact_email", "contact_purposes"))


@rule("PTY-31")
def only_operational_contacts_are_shared(change: DetailsChange, at: datetime) -> bool:
    """Other suppliers are told of an operational contact only: leave out the consent, or add that purpose."""
    if Hearer.SUPPLIERS not in change.asked.get("contact_consents", {}).get("new", ()):
        return True
    now = change.contact.purpose_keys if change.contact else []
    return Purpose.OPERATIONAL in change.asked.get("contact_purposes", {}).get("new", now)


@rule("PTY-30, Section M6.2")
def the_change_has_taken_effect(change: DetailsChange, at: datetime) -> bool:
    """A change is accepted on the day from which it holds, or later."""
    return change.from_day <= local_day(at)


@rule("PTY-30, Section M6.2")
def nothing_was_changed_since(change: DetailsChange, at: datetime) -> bool:
    """What the request calls the present details is no longer so: the party asks again on what is there now."""
    return still_as_it_was(change, local_day(at))


@rule("PTY-33")
def a_companys_name_was_looked_up(change: DetailsChange, at: datetime, facts: Facts) -> bool:
    """A company's legal name or number is accepted when it was checked against the register of companies."""
    a_company = change.party.company_number or change.asked.get("company_number")
    return not (a_company and change.asked.keys() & OF_THE_PARTY.keys()) or facts["checked"] == Check.COMPANIES


def _submit(change: DetailsChange, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    change.asked_on = local_day(at)


# Words that people write to each other may name somebody, so a step moves them out of what its event will hold.
def _query(change: DetailsChange, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    asked = {"question": facts.pop("question"), "asked_on": local_day(at).isoformat(), "answer": "", "answered_on": ""}
    change.exchange = [*change.exchange, asked]


def _answer(change: DetailsChange, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    answered = {"answer": facts.pop("answer"), "answered_on": local_day(at).isoformat()}
    change.exchange = [*change.exchange[:-1], change.exchange[-1] | answered]


def _accept(change: DetailsChange, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    apply(change, at, recorded)
    change.checked, change.decided_on = facts["checked"], local_day(at)


def _refuse(change: DetailsChange, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    change.refusal, change.decided_on = facts.pop("reason"), local_day(at)


def _take_back(change: DetailsChange, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    change.decided_on = local_day(at)


DETAILS = Procedure(
    "details_change",
    DetailsChange,
    Step("submit", NEW, SUBMITTED, who=own_or_party_support, says="Ask for the change",
         rules=(details_are_a_partys, something_is_to_change, contact_is_its_own, a_new_contact_can_be_reached,
                only_operational_contacts_are_shared),
         change=_submit),
    Step("query", (SUBMITTED, ANSWERED), QUERIED, who=party_support, says="Ask the party a question",
         facts={"question": a_text(1000)}, change=_query),
    Step("answer", QUERIED, ANSWERED, who=partys_own, facts={"answer": a_text(1000)}, change=_answer, primary=True),
    Step("accept", (SUBMITTED, ANSWERED), ACCEPTED, who=party_support, primary=True,
         rules=(details_are_a_partys, contact_is_its_own, the_change_has_taken_effect, nothing_was_changed_since,
                a_companys_name_was_looked_up),
         facts={"checked": lambda: forms.ChoiceField(choices=Check.choices, label="Checked against")}, change=_accept),
    Step("refuse", UNDECIDED, REFUSED, who=party_support, facts={"reason": a_text(300)}, change=_refuse),
    Step("withdraw", UNDECIDED, WITHDRAWN, who=partys_own, says="Take it back", change=_take_back),
)  # fmt: skip


@rule("PTY-2")
def it_supplies(measure: SupplyMeasure, at: datetime) -> bool:
    """Premises are counted of a party that is a supplier on the day on which they are measured."""
    return measure.party.category_on(measure.measured_on) in SUPPLIERS


@rule("PTY-2")
def measured_by_now(measure: SupplyMeasure, at: datetime) -> bool:
    """A day that has not come yet cannot be one on which premises were measured."""
    return measure.measured_on <= local_day(at)


@rule("PTY-2")
def nothing_newer_is_confirmed(measure: SupplyMeasure, at: datetime) -> bool:
    """A measure is confirmed before a newer one of the same party is."""
    newer = SupplyMeasure.objects.filter(party=measure.party, state=CONFIRMED, measured_on__gt=measure.measured_on)
    return not newer.exists()


def _confirm_supply(measure: SupplyMeasure, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    measure.confirmed_on = local_day(at)
    proposed = proposed_category(measure.party, local_day(at), measure)
    measure.proposes = proposed or ""
    facts["proposes"] = str(measure.proposes)


def _refuse_supply(measure: SupplyMeasure, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    measure.refusal = facts.pop("reason")


SUPPLY = Procedure(
    "supply_measure",
    SupplyMeasure,
    Step("tell", NEW, TOLD, who=own_or_party_support, says="Tell the premises supplied",
         rules=(it_supplies, measured_by_now)),
    Step("confirm", TOLD, CONFIRMED, who=party_support, primary=True,
         rules=(nothing_newer_is_confirmed,), change=_confirm_supply),
    Step("refuse", TOLD, NOT_TAKEN, who=party_support, facts={"reason": a_text(300)},
         change=_refuse_supply),
)  # fmt: skip
