"""A notice of an incident or a vulnerability: reported, acknowledged, assessed, shared, closed (SEC-15)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django import forms

from secretariat.assurance.incidents import readers
from secretariat.assurance.incidents.clocks import has_run_out
from secretariat.assurance.incidents.models import (
    ACKNOWLEDGED,
    ASSESSED,
    CLOSED,
    REPORTED,
    SHARED,
    Advisory,
    SecurityNotice,
    Severity,
)
from secretariat.core import journal
from secretariat.core.calendar import calendar
from secretariat.core.capacities import speaks_for, team, the_clock
from secretariat.core.facts import a_line, a_text
from secretariat.core.people import Person, Team
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day
from secretariat.post.due import Due, register
from secretariat.register.models import Party

Facts = Mapping[str, Any]
SHORTEST_NAME = 4
"""Of a party's name, the letters below which it is not looked for in an advisory: it would be found in any text."""
COMMON = frozenset(
    ("limited", "ltd", "plc", "llp", "company", "energy", "power", "supply", "utilities", "networks", "electricity",
     "solutions", "services", "group", "smart", "metering", "with", "from")
)  # fmt: skip
"""Words of parties' names by which nobody is known."""

security_team = team(Team.SECURITY)


def its_contact_or_team(person: Person | None, record: SecurityNotice | None, at: datetime) -> bool:
    """A contact of the party, or the secretariat's security team for it."""
    parties = speaks_for(person, at)
    own = bool(parties) if record is None else record.party_id in parties
    return own or security_team(person, record, at)


def reader_of_the_team(person: Person | None, record: SecurityNotice, at: datetime) -> bool:
    """A person of the secretariat's security team whom the notice names."""
    return security_team(person, record, at) and (record is None or readers.is_named(person, record))


@rule("SEC-15")
def it_was_found_before(notice: SecurityNotice, at: datetime) -> bool:
    """What is notified was found before it was notified."""
    return notice.found_at is not None and notice.found_at <= at


@rule("SEC-15")
def it_is_notified_under_a_clause(notice: SecurityNotice, at: datetime) -> bool:
    """A notice says under which clause of Section G it is given, as the rulebook names them."""
    return notice.clause in RULEBOOK.text("incident.clauses", at).split("|")


@rule("SEC-15")
def no_key_was_known(notice: SecurityNotice, at: datetime) -> bool:
    """That a key is compromised was told already."""
    return not notice.keys_compromised


@rule("SEC-15")
def something_is_overdue(notice: SecurityNotice, at: datetime) -> bool:
    """A reminder follows once a clock has run out, and once a day at most."""
    return has_run_out(notice, at) and notice.reminded_on != local_day(at)


@rule("SEC-15")
def nobody_is_known_by_it(notice: SecurityNotice, at: datetime, facts: Facts) -> bool:
    """An advisory names no party and nobody who notified: take the names out."""
    return not names_in(notice, f"{facts['title']} {facts['text']}")


def names_in(notice: SecurityNotice, text: str) -> list[str]:
    """The names of parties, and of who notified, that stand in a text: whole, or the telling word of a name."""
    people = [notice.reported_by.name, notice.reported_by.email] if notice.reported_by is not None else []
    parties = [name for name in Party.objects.values_list("name", flat=True) if len(name) >= SHORTEST_NAME]
    folded = " ".join(text.casefold().split())
    own = [word for word in re.findall(r"[\w&'-]+", notice.party.name) if _tells(word)]
    return [name for name in (*people, *parties, *own) if name and _stands(name.casefold(), folded)]


def _tells(word: str) -> bool:
    return len(word) >= SHORTEST_NAME and word.casefold() not in COMMON and not word.isdigit()


def _stands(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _reported(notice: SecurityNotice, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    notice.reported_at = at
    readers.name(notice, readers.readers_of(notice, at))


def _acknowledged(notice: SecurityNotice, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    notice.acknowledged_at = at


def _key_found(notice: SecurityNotice, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    notice.keys_compromised = True
    readers.name(notice, readers.readers_of(notice, at))


def _assessed(notice: SecurityNotice, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    notice.assessed_on = local_day(at)
    notice.severity, notice.assessment = facts["severity"], facts["assessment"]


def _shared(notice: SecurityNotice, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    advisory = Advisory(
        title=facts["title"], text=facts["text"], severity=notice.severity, issued_on=local_day(at),
        invented=notice.invented,
    )  # fmt: skip
    journal.enter(advisory, by=None, at=at, recorded=recorded)
    notice.advisory = advisory


def _reminded(notice: SecurityNotice, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    notice.reminded_on = local_day(at)


def _closed(notice: SecurityNotice, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    notice.closed_on, notice.outcome = local_day(at), facts["outcome"]


ASSESSMENT = {
    "severity": lambda: forms.ChoiceField(choices=Severity.choices),
    "assessment": a_text(4000),
}
ADVISORY = {
    "title": a_line(200),
    "text": a_text(8000, help_text="All parties read this: name nobody, and nothing by which somebody is known."),
}

SECURITY_NOTICES = Procedure(
    "security_notice",
    SecurityNotice,
    Step("report", NEW, REPORTED, its_contact_or_team, (it_was_found_before, it_is_notified_under_a_clause),
         change=_reported),
    Step("acknowledge", REPORTED, ACKNOWLEDGED, reader_of_the_team, change=_acknowledged, primary=True),
    Step("find_key_compromised", (REPORTED, ACKNOWLEDGED, ASSESSED), None, reader_of_the_team, (no_key_was_known,),
         change=_key_found, says="A key is compromised: tell the SMKI PMA"),
    Step("assess", ACKNOWLEDGED, ASSESSED, reader_of_the_team, facts=ASSESSMENT, change=_assessed, primary=True),
    Step("share", ASSESSED, SHARED, reader_of_the_team, (nobody_is_known_by_it,), ADVISORY, _shared,
         "Share an advisory that names nobody"),
    Step("remind", (REPORTED, ACKNOWLEDGED), None, the_clock, (something_is_overdue,), change=_reminded),
    Step("close", (ACKNOWLEDGED, ASSESSED, SHARED), CLOSED, reader_of_the_team, facts={"outcome": a_text()},
         change=_closed),
)  # fmt: skip


@register
def overdue_notices(at: datetime) -> Iterator[Due]:
    """The notices about which something is overdue and nobody was reminded today."""
    known, today = calendar(), local_day(at)
    rows = SecurityNotice.objects.filter(state__in=(REPORTED, ACKNOWLEDGED)).order_by("pk")
    for notice in rows.exclude(reminded_on=today):
        if has_run_out(notice, at, known):
            yield Due(SECURITY_NOTICES, "remind", notice)
