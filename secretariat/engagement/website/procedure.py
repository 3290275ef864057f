"""How an account of the website is asked for and given, and how the operations contact list is kept: two tables."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from secretariat.core import journal
from secretariat.core.capacities import speaks_for, team
from secretariat.core.facts import a_line
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.engagement.website.models import (
    APPROVED,
    ASKED,
    DECLINED,
    LISTED,
    REMOVED,
    AccountRequest,
    OperationsContact,
    Sort,
)
from secretariat.plain.dates import local_day
from secretariat.post.drafts import Draft, queue
from secretariat.register.models import Party

party_support = team(Team.PARTY_SUPPORT)


def the_organisation_or_party_support(person: Person | None, record: Any, at: datetime) -> bool:
    """A contact of the organisation, or the secretariat's party support team."""
    if party_support(person, record, at):
        return True
    own = speaks_for(person, at)
    return bool(own) if record is None else record.party_id in own


@rule("HLP-12")
def nobody_asked_with_this_address(request: AccountRequest, at: datetime) -> bool:
    """An account was asked for with this address already: it is being looked at."""
    return not AccountRequest.objects.filter(email__iexact=request.email, state=ASKED).exclude(pk=request.pk).exists()


@rule("HLP-12")
def not_an_account_already(request: AccountRequest, at: datetime, facts: dict[str, Any]) -> bool:
    """Somebody with this address can sign in for this party already."""
    known = Person.objects.filter(email__iexact=request.email).first()
    return known is None or facts["party"].pk not in speaks_for(known, at)


@rule("HLP-12")
def the_account_is_open(request: AccountRequest, at: datetime) -> bool:
    """The account with this address was closed: open it again first."""
    return not Person.objects.filter(email__iexact=request.email, is_active=False).exists()


def _ask(request: AccountRequest, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    request.asked_on = local_day(at)


def _approve(request: AccountRequest, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    party: Party = facts["party"]
    told: journal.Told = {"by": None, "at": at, "recorded": recorded}
    person = Person.objects.filter(email__iexact=request.email).first()
    if person is None:
        person = Person(name=request.name, email=request.email.lower(), invented=request.invented)
        person.set_unusable_password()
        journal.enter(person, **told)
    row = Capacity(person=person, role=Role.PARTY_CONTACT, organisation_id=party.pk, from_day=local_day(at))
    row.recorded = recorded
    journal.enter(row, **told, person=person, party=party)
    request.party, request.person, request.decided_on = party, person, local_day(at)


def _decline(request: AccountRequest, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    request.decided_on, request.reason = local_day(at), facts["reason"]
    body = f"We cannot give you an account of the website.\n\n{request.reason}\n"
    draft = Draft(f"account-request-{request.pk}-declined", None, "Your account of the website", body,
                  "account_request.decline", address=request.email, name=request.name, about=request,
                  classification=request.classification, audience=request.audience)  # fmt: skip
    queue([draft], at, recorded)


def _party() -> forms.Field:
    return forms.ModelChoiceField(Party.objects.filter(state="party").order_by("name"), label="For which party")


def who_is_not_signed_in(person: Person | None, record: AccountRequest, at: datetime) -> bool:
    """Whoever is not signed in."""
    return person is None


ACCOUNT_REQUEST = Procedure(
    "account_request",
    AccountRequest,
    Step("ask", NEW, ASKED, who=who_is_not_signed_in, rules=(nobody_asked_with_this_address,), change=_ask),
    Step("approve", ASKED, APPROVED, who=party_support, primary=True, facts={"party": _party}, change=_approve,
         rules=(not_an_account_already, the_account_is_open)),
    Step("decline", ASKED, DECLINED, who=party_support,
         facts={"reason": a_line(300, "Why", help_text="It is mailed to who asked.")}, change=_decline),
)  # fmt: skip
"""An account is asked for by anybody, and given by hand (rule HLP-12)."""


@rule("HLP-11")
def a_supplier_or_network_is_a_party(contact: OperationsContact, at: datetime) -> bool:
    """Suppliers and network operators are on the list as parties; others are added by the party support team."""
    return contact.sort not in (Sort.SUPPLIER, Sort.NETWORK) or contact.party_id is not None


def _affirm(contact: OperationsContact, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    contact.affirmed_on = local_day(at)


OPERATIONS_CONTACT = Procedure(
    "operations_contact",
    OperationsContact,
    Step("list", NEW, LISTED, who=the_organisation_or_party_support, rules=(a_supplier_or_network_is_a_party,),
         change=_affirm),
    Step("affirm", LISTED, None, who=the_organisation_or_party_support, says="It is still right", change=_affirm),
    Step("remove", LISTED, REMOVED, who=the_organisation_or_party_support),
)  # fmt: skip
"""An organisation keeps its own contacts on the list (rule HLP-11)."""
