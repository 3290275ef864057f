"""How a device model comes onto the Central Products List and leaves it (PRD-12 to PRD-25), as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Q

from secretariat.core.capacities import committee_member, speaks_for, team, the_clock
from secretariat.core.classification import Class
from secretariat.core.facts import a_day, a_line, a_text
from secretariat.core.people import Person, Role, Team
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day
from secretariat.post.due import Due, register
from secretariat.products.entries.checks import shows_firmware
from secretariat.products.entries.history import close_version, keep_version
from secretariat.products.entries.known import IDENTITY, needed_of
from secretariat.products.models import (
    CHECKING,
    CURRENT,
    EXPIRING,
    LISTED,
    PENDING,
    QUERIED,
    REJECTED,
    REMOVED,
    SUBMITTED,
    UNDER_REMEDIATION,
    Certificate,
    DeviceModel,
    Origin,
    RemovalGround,
    SpecificationSpell,
)

Facts = Mapping[str, Any]
WARNING = "products.certificate_warning_days"
technical_team = team(Team.TECHNICAL)
security_team = team(Team.SECURITY)
ssc_member = committee_member("SSC")
OF_CERTIFICATES = (RemovalGround.EXPIRED, RemovalGround.WITHDRAWN)
"""Grounds on which an entry leaves only after its remediation was watched (PRD-21)."""


def the_submitter(person: Person | None, record: Any, at: datetime) -> bool:
    """Who submitted the entry, or another contact of the same party."""
    if person is None or record is None:
        return False
    return record.submitted_by_id == person.pk or record.party_id in speaks_for(person, at)


def who_submits(person: Person | None, record: Any, at: datetime) -> bool:
    """Anybody who is signed in, for what they submit themselves."""
    return person is not None and record is not None and record.submitted_by_id == person.pk


def the_submitter_or_technical(person: Person | None, record: Any, at: datetime) -> bool:
    """Who submitted the entry, or the secretariat's technical team."""
    return technical_team(person, record, at) or the_submitter(person, record, at)


def technical_or_the_clock(person: Person | None, record: Any, at: datetime) -> bool:
    """The secretariat's technical team; nobody when time alone causes it."""
    return the_clock(person, record, at) or technical_team(person, record, at)


def who_watches_remediation(person: Person | None, record: Any, at: datetime) -> bool:
    """The technical or security team, or a member of the SSC; nobody when a remediation causes it."""
    teams = technical_team(person, record, at) or security_team(person, record, at)
    return the_clock(person, record, at) or teams or ssc_member(person, record, at)


@rule("PRD-12")
def smets1_comes_from_the_dcc(entry: DeviceModel, at: datetime) -> bool:
    """SMETS1 entries are submitted by the DCC only: ask the DCC to submit it."""
    person = entry.submitted_by
    of_the_dcc = person is not None and (person.acts_as(Role.DCC, at) or technical_team(person, entry, at))
    return entry.origin != Origin.SMETS1 or of_the_dcc


@rule("PRD-11")
def not_listed_twice(entry: DeviceModel, at: datetime) -> bool:
    """The same device model is on the list already, or is being checked: leave this one out."""
    same = DeviceModel.objects.filter(**{name: getattr(entry, name) for name in IDENTITY})
    known = bool(entry.manufacturer_identifier and entry.model_identifier)
    return not (known and same.filter(state__in=(*LISTED, *PENDING)).exclude(pk=entry.pk).exists())


@rule("PRD-13")
def specifications_are_in_force(entry: DeviceModel, at: datetime) -> bool:
    """An entry is accepted only while its technical specification and its version of GBCS are in force."""
    labels = {label for label in (entry.technical_specification, entry.gbcs_version) if label}
    spells = SpecificationSpell.objects.on(local_day(at)).filter(specification__label__in=labels)
    in_force = set(spells.values_list("specification__label", flat=True))
    return in_force == labels and (bool(entry.gbcs_version) or entry.origin == Origin.SMETS1)


@rule("PRD-15")
def has_its_certificates(entry: DeviceModel, at: datetime) -> bool:
    """A certificate that its device type needs is not recorded for the entry, or does not hold today."""
    if entry.origin == Origin.SMETS1:
        return True
    day = local_day(at)
    held = {one.scheme for one in entry.certificates.all() if one.holds_on(day)}
    return set(needed_of(entry.device_type, day)) <= held


@rule("PRD-13")
def matches_its_certificates(entry: DeviceModel, at: datetime) -> bool:
    """A certificate shows other firmware than the entry: evidence that maps the one to the other is needed first."""
    shown = [one.firmware for one in entry.certificates.all()]
    return all(shows_firmware(text, entry.firmware) for text in shown) or entry.evidence.exists()


@rule("PRD-13")
def its_signer_is_valid(entry: DeviceModel, at: datetime) -> bool:
    """The image is signed, but the signer's certificate is not valid today."""
    day = local_day(at)
    first, last = entry.signer_valid_from, entry.signer_valid_until
    return not entry.signer or (last is not None and last >= day and (first is None or first <= day))


def ends_soon(entry: DeviceModel, day: date) -> bool:
    """Whether a certificate of the entry ends within the days of warning of the rulebook, or has ended (PRD-25)."""
    return entry.certificates.filter(_ending(day)).exists()


def _ending(day: date) -> Q:
    until = day + timedelta(days=RULEBOOK.number(WARNING, day))
    renewed = Q(expires_on__isnull=True, renewal_on__lte=until)
    return Q(withdrawn_on__lte=day) | Q(expires_on__lte=until) | renewed


@rule("PRD-25")
def a_certificate_ends_soon(entry: DeviceModel, at: datetime) -> bool:
    """No certificate of the entry ends within the days of warning."""
    return ends_soon(entry, local_day(at))


@rule("PRD-25")
def no_certificate_ends_soon(entry: DeviceModel, at: datetime) -> bool:
    """A certificate of the entry still ends within the days of warning, or is withdrawn."""
    return not ends_soon(entry, local_day(at))


@rule("PRD-21")
def the_day_is_to_come(entry: DeviceModel, at: datetime, facts: Facts) -> bool:
    """A removal is announced before it happens: set a day that is still to come."""
    return bool(facts["day"] > local_day(at))


@rule("PRD-20, PRD-21")
def remediation_was_watched(entry: DeviceModel, at: datetime, facts: Facts) -> bool:
    """An entry whose certificate ended or was withdrawn leaves only after its remediation was watched: begin that."""
    return facts["ground"] not in OF_CERTIFICATES or entry.state == UNDER_REMEDIATION


@rule("PRD-20, PRD-21")
def has_a_ground_and_a_date(entry: DeviceModel, at: datetime) -> bool:
    """An entry is removed only on a ground, on the day that was set, and not before it."""
    return bool(entry.removal_ground) and entry.removal_on is not None and entry.removal_on <= local_day(at)


@rule("PRD-21")
def a_removal_is_set(entry: DeviceModel, at: datetime) -> bool:
    """No removal is set, so there is none to take back."""
    return entry.removal_on is not None


def _submit(entry: Any, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    entry.submitted_on = local_day(at)
    entry.classification = Class.AMBER


def _query(entry: Any, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    entry.query = facts["question"]


def _accept(entry: Any, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    entry.accepted_on = local_day(at)
    entry.classification = Class.WHITE
    keep_version(entry, entry.accepted_on, recorded, "Accepted.")


def _reject(entry: Any, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    entry.refusal = facts["reason"]


def _set_removal(entry: Any, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    entry.removal_ground, entry.removal_on = facts["ground"], facts["day"]
    entry.removal_reason = facts["reason"]


def _take_back(entry: Any, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    entry.removal_ground, entry.removal_reason, entry.removal_on = "", "", None


def _remove(entry: Any, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    entry.removed_on = entry.removal_on
    close_version(entry, entry.removal_on - timedelta(days=1))


def _ground() -> forms.Field:
    return forms.ChoiceField(choices=RemovalGround.choices, label="Ground")


ACCEPTANCE = (
    not_listed_twice, specifications_are_in_force, has_its_certificates, matches_its_certificates, its_signer_is_valid,
)  # fmt: skip

CPL_ENTRY = Procedure(
    "cpl_entry",
    DeviceModel,
    Step("submit", NEW, SUBMITTED, who_submits, (smets1_comes_from_the_dcc, not_listed_twice), change=_submit),
    Step("check", SUBMITTED, CHECKING, technical_team, says="Begin the checks", primary=True),
    Step("query", CHECKING, QUERIED, technical_team, facts={"question": a_text()}, change=_query,
         says="Ask the submitter"),
    Step(
        "answer", QUERIED, CHECKING, the_submitter_or_technical, facts={"answer": a_text()},
        says="Answer", primary=True, turn=the_submitter,
    ),
    Step("accept", CHECKING, CURRENT, technical_team, ACCEPTANCE, change=_accept, primary=True),
    Step("reject", PENDING, REJECTED, technical_team, facts={"reason": a_text()}, change=_reject),
    Step("warn", CURRENT, EXPIRING, technical_or_the_clock, (a_certificate_ends_soon,), says="Mark as expiring"),
    Step("renew", EXPIRING, CURRENT, technical_or_the_clock, (no_certificate_ends_soon,), says="Mark as renewed"),
    Step(
        "remediate", (CURRENT, EXPIRING), UNDER_REMEDIATION, who_watches_remediation, facts={"reason": a_line()},
        says="Begin remediation",
    ),
    Step("recover", UNDER_REMEDIATION, CURRENT, who_watches_remediation, facts={"reason": a_line()},
         says="End remediation"),
    Step(
        "set_removal", LISTED, None, who_watches_remediation, (the_day_is_to_come, remediation_was_watched),
        {"ground": _ground,
         "day": a_day("To be removed on", help_text="The first day on which it is no longer on the list."),
         "reason": a_line()}, _set_removal, says="Set or move its removal",
    ),
    Step("take_back", LISTED, None, who_watches_remediation, (a_removal_is_set,), {"reason": a_line()}, _take_back,
         says="Take its removal back"),
    Step("remove", LISTED, REMOVED, technical_or_the_clock, (has_a_ground_and_a_date,), change=_remove),
)  # fmt: skip


@register
def warnings(at: datetime) -> Iterator[Due]:
    """Entries with a certificate that ends within the days of warning, and those whose certificates no longer do."""
    ending = Certificate.objects.filter(_ending(local_day(at)))
    with_end = DeviceModel.objects.filter(certificates__in=ending)
    for entry in DeviceModel.objects.filter(state=CURRENT, pk__in=with_end.values("pk")):
        yield Due(CPL_ENTRY, "warn", entry)
    for entry in DeviceModel.objects.filter(state=EXPIRING).exclude(pk__in=with_end.values("pk")):
        yield Due(CPL_ENTRY, "renew", entry)


@register
def removals(at: datetime) -> Iterator[Due]:
    """Entries whose day of removal has come (PRD-21)."""
    rows = DeviceModel.objects.filter(state__in=LISTED, removal_on__lte=local_day(at))
    for entry in rows.exclude(removal_ground=""):
        yield Due(CPL_ENTRY, "remove", entry)
