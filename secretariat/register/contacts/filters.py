"""What can be asked of licences, contacts, requests, supply and rounds."""

from __future__ import annotations

from typing import Any

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.register.contacts import rounds, supply
from secretariat.register.contacts.contact import Contact, Hearer, OperationalContact, Purpose
from secretariat.register.contacts.details import (
    ACCEPTED,
    ANSWERED,
    QUERIED,
    REFUSED,
    SUBMITTED,
    TOLD_ABOUT_CHANGES,
    WITHDRAWN,
    DetailsChange,
    Disclosure,
)
from secretariat.register.contacts.licences import SUPPLIERS, Licence, LicenceKind
from secretariat.register.contacts.rounds import Confirmation, ConfirmationRound
from secretariat.register.contacts.supply import SupplyMeasure


def _states(*states: str) -> tuple[tuple[str, str], ...]:
    return tuple((state, state.capitalize()) for state in states)


class LicenceFilter(django_filters.FilterSet):
    """Licences by party or number, kind, and whether they are in force."""

    text = TextFilter("party__name", "number")
    kind = django_filters.ChoiceFilter(choices=LicenceKind.choices)
    ended = django_filters.BooleanFilter(field_name="to_day", lookup_expr="isnull", exclude=True, label="Has an end")
    begun_in = MonthFilter("from_day", label="Begun in")

    class Meta:
        model = Licence
        fields = ()


class ContactFilter(django_filters.FilterSet):
    """Contacts by words, purpose, consent and when they were confirmed."""

    text = TextFilter("party__name", "name", "email")
    purpose = django_filters.ChoiceFilter(choices=Purpose.choices, method="serving", label="For")
    consent = django_filters.ChoiceFilter(choices=Hearer.choices, method="consenting", label="May be told to")
    ended = django_filters.BooleanFilter(field_name="ended_on", lookup_expr="isnull", exclude=True, label="Ended")
    confirmed_in = MonthFilter("confirmed_on", label="Confirmed in")

    class Meta:
        model = Contact
        fields = ()

    def serving(self, rows: Any, name: str, value: str) -> Any:
        """Those that are there for a purpose."""
        return rows.serving(value)

    def consenting(self, rows: Any, name: str, value: str) -> Any:
        """Those with a consent that was not withdrawn."""
        return rows.filter(consents__hearer=value, consents__withdrawn_on__isnull=True)


class OperationalContactFilter(django_filters.FilterSet):
    """Shared contacts by words."""

    text = TextFilter("party__name", "name")

    class Meta:
        model = OperationalContact
        fields = ()


class DetailsChangeFilter(django_filters.FilterSet):
    """Requests by party, state and month."""

    text = TextFilter("party__name")
    state = django_filters.ChoiceFilter(
        choices=_states(SUBMITTED, QUERIED, ANSWERED, ACCEPTED, REFUSED, WITHDRAWN), label="State"
    )
    asked_in = MonthFilter("asked_on", label="Asked in")
    decided_in = MonthFilter("decided_on", label="Decided in")

    class Meta:
        model = DetailsChange
        fields = ()


class DisclosureFilter(django_filters.FilterSet):
    """What was told, by party, recipient and month."""

    text = TextFilter("change__party__name")
    hearer = django_filters.ChoiceFilter(choices=[(one.value, one.label) for one in TOLD_ABOUT_CHANGES], label="To")
    told_in = MonthFilter("told_on", label="Told in")

    class Meta:
        model = Disclosure
        fields = ()


class SupplyMeasureFilter(django_filters.FilterSet):
    """Measures by party, state, the category they propose, and month."""

    text = TextFilter("party__name")
    state = django_filters.ChoiceFilter(
        choices=_states(supply.TOLD, supply.CONFIRMED, supply.REFUSED), label="State"
    )  # fmt: skip
    proposes = django_filters.ChoiceFilter(choices=[(one.value, one.label) for one in SUPPLIERS], label="Proposes")
    measured_in = MonthFilter("measured_on", label="Measured in")

    class Meta:
        model = SupplyMeasure
        fields = ()


class ConfirmationRoundFilter(django_filters.FilterSet):
    """Rounds by state."""

    state = django_filters.ChoiceFilter(choices=_states(rounds.OPEN, rounds.CLOSED), label="State")

    class Meta:
        model = ConfirmationRound
        fields = ()


class ConfirmationFilter(django_filters.FilterSet):
    """Parties' parts in rounds by party, year, state and month of the last day."""

    text = TextFilter("party__name")
    year = django_filters.NumberFilter(field_name="round__year", label="Year")
    state = django_filters.ChoiceFilter(
        choices=_states(rounds.ASKED, rounds.CONFIRMED, rounds.LAPSED), label="State"
    )  # fmt: skip
    due_in = MonthFilter("due_on", label="Due in")

    class Meta:
        model = Confirmation
        fields = ()
