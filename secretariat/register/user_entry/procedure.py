"""How a party becomes a User in a role (Section H1), and how each requirement on the way is confirmed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django import forms

from secretariat.core.capacities import committee_member, party_contact, speaks_for, team, the_clock
from secretariat.core.facts import a_day, a_line, a_text
from secretariat.core.people import Person, Role, Team
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.plain.dates import local_day
from secretariat.register.entry import CompletedRole
from secretariat.register.panel_action.models import Right, suspended_parties
from secretariat.register.parties import Party
from secretariat.register.user_entry.eligibility import ANY_PARTY, licence_for, may_hold, needs_privacy
from secretariat.register.user_entry.models import (
    COMPLETE,
    CONFIRMED,
    DISPENSABLE,
    ENDED,
    ENTERED,
    ENTERING,
    IN_PROGRESS,
    LIVE,
    NOT_NEEDED,
    NOT_STARTED,
    OPEN,
    QUERIED,
    SUBMITTED,
    SUSPENDED,
    WITHDRAWN,
    Confirmer,
    Dispute,
    Finding,
    Kind,
    Requirement,
    RoleEntry,
    RoleSpell,
    lacking,
)
from secretariat.register.user_entry.sources import on_record

Facts = Mapping[str, Any]
party_support = team(Team.PARTY_SUPPORT)
security_team = team(Team.SECURITY)


def own_contact(person: Person | None, record: Any, at: datetime) -> bool:
    """The party's own contact."""
    entry = record.entry if isinstance(record, Requirement) else record
    return party_contact(person, record, at) if entry is None else entry.party_id in speaks_for(person, at)


def the_party_or_party_support(person: Person | None, record: Any, at: datetime) -> bool:
    """The party's own contact, or the party support team."""
    return party_support(person, record, at) or own_contact(person, record, at)


def party_support_or_the_departure(person: Person | None, record: Any, at: datetime) -> bool:
    """The party support team; nobody when the party's leaving ends it."""
    return the_clock(person, record, at) or party_support(person, record, at)


def the_dcc(person: Person | None, record: Any, at: datetime) -> bool:
    """The DCC's own people."""
    return person is not None and person.acts_as(Role.DCC, at)


def whoever_records(person: Person | None, record: Any, at: datetime) -> bool:
    """Party support, the DCC's own people or the party's contact, from the record; nobody when that is made."""
    who = (the_clock, the_dcc, the_party_or_party_support)
    return any(may(person, record, at) for may in who)


CONFIRMING = {
    Confirmer.SECAS: (party_support,),
    Confirmer.DCC: (the_dcc,),
    Confirmer.SSC: (party_support, security_team, committee_member("SSC")),
    Confirmer.PANEL: (party_support, security_team, committee_member("SECP")),
}
"""Who speaks for each body that confirms."""


def the_confirming_body(person: Person | None, requirement: Any, at: datetime) -> bool:
    """The body that confirms it: the DCC's own people for theirs; of others, members or the secretariat record it."""
    if requirement is None:
        return False
    return any(may(person, requirement, at) for may in CONFIRMING[Confirmer(requirement.confirmer)])


def _day_of(facts: Facts, at: datetime) -> date:
    told: date = facts.get("day") or local_day(at)
    return told


@rule("UEP-5")
def in_order(entry: RoleEntry, at: datetime, facts: Facts) -> bool:
    """A step has a day that has come, and not one before the last step of the entry."""
    last = entry.spells.order_by("-from_day", "-pk").first() if entry.pk else None
    day = _day_of(facts, at)
    return day <= local_day(at) and (last is None or day >= last.from_day)


@rule("UEP-1, Section H1")
def only_a_party_enters(entry: RoleEntry, at: datetime, facts: Facts) -> bool:
    """Only a party becomes a User, while it is one; the DCC does not."""
    there = Party.objects.on(_day_of(facts, at)).filter(pk=entry.party_id).exists()
    return there and not entry.party.is_dcc


@rule("UEP-1")
def the_role_exists(entry: RoleEntry, at: datetime, facts: Facts) -> bool:
    """Entry into a role does not begin before the role exists, nor after it has ended."""
    return entry.role.exists_on(_day_of(facts, at))


@rule("UEP-2")
def may_hold_the_role(entry: RoleEntry, at: datetime, facts: Facts) -> bool:
    """A party enters only roles that its licence, by its Party Category, lets it hold."""
    return may_hold(entry.party, entry.role, _day_of(facts, at))


@rule("UEP-4")
def not_completed_before(entry: RoleEntry, at: datetime) -> bool:
    """The party completed user entry in this role before: take that completion over instead."""
    return not CompletedRole.objects.filter(party_id=entry.party_id, role_id=entry.role_id).exists()


@rule("UEP-4")
def was_completed(entry: RoleEntry, at: datetime) -> bool:
    """Only a completion that the register holds is taken over."""
    return CompletedRole.objects.filter(party_id=entry.party_id, role_id=entry.role_id).exists()


@rule("UEP-3, UEP-4, Section H1.10")
def base_requirements_are_met(entry: RoleEntry, at: datetime) -> bool:
    """Evidence is sent in when every base requirement is confirmed or not needed; SMETS1 eligibility is not one."""
    return not lacking(entry)


@rule("UEP-3, UEP-6, Section H1.12")
def met_or_found_complete(entry: RoleEntry, at: datetime) -> bool:
    """Entry is complete when every base requirement is met, or when the Panel or the Authority found it complete."""
    return entry.finding == Finding.COMPLETE or not lacking(entry)


@rule("UEP-4")
def the_query_is_answered(entry: RoleEntry, at: datetime) -> bool:
    """A queried form is sent in again before entry is complete, unless the Panel or the Authority found it complete."""
    return entry.state != QUERIED or entry.finding == Finding.COMPLETE


@rule("UEP-6")
def no_dispute_is_open(entry: RoleEntry, at: datetime) -> bool:
    """Nothing is completed while the entry is in dispute before the Panel or the Authority."""
    return entry.dispute not in (Dispute.PANEL, Dispute.AUTHORITY)


@rule("UEP-4, Section H1.12")
def the_completion_is_written(entry: RoleEntry, at: datetime, facts: Facts) -> bool:
    """The register holds no completion of this role on that day: complete it on the party's completion form."""
    rows = CompletedRole.objects.filter(party_id=entry.party_id, role_id=entry.role_id)
    return rows.filter(entry__completed_on=facts["day"]).exists()


@rule("UEP-6")
def not_in_dispute_yet(entry: RoleEntry, at: datetime) -> bool:
    """A dispute goes to the Panel once; what the Panel decided goes to the Authority."""
    return entry.dispute == Dispute.NONE


@rule("UEP-6")
def before_the_panel(entry: RoleEntry, at: datetime) -> bool:
    """The Panel decides a dispute that was referred to it."""
    return entry.dispute == Dispute.PANEL


@rule("UEP-6")
def the_panel_has_decided(entry: RoleEntry, at: datetime) -> bool:
    """A dispute goes to the Authority after the Panel has decided it."""
    return entry.dispute == Dispute.PANEL_FOUND


@rule("UEP-6")
def before_the_authority(entry: RoleEntry, at: datetime) -> bool:
    """The Authority decides a dispute that was referred to it."""
    return entry.dispute == Dispute.AUTHORITY


@rule("DEF-5, Section M8.6")
def no_suspension_of_its_services_lasts(entry: RoleEntry, at: datetime, facts: Facts) -> bool:
    """The Panel has suspended the services in this role: lift that suspension first."""
    day = _day_of(facts, at)
    services = Right.AGENT_SERVICES if licence_for(entry.role, day) == ANY_PARTY else Right.LICENCE_SERVICES
    return not suspended_parties(services, day).filter(pk=entry.party_id).exists()


def _stand(entry: RoleEntry, day: date, recorded: datetime) -> None:
    """Writes where the entry stands from a day on."""
    entry.spells.filter(to_day__isnull=True).update(to_day=day - timedelta(days=1))
    spell = RoleSpell(entry=entry, standing=entry.state, from_day=day, recorded=recorded)
    spell.full_clean()
    spell.save()


Change = Callable[[RoleEntry, datetime, datetime, dict[str, Any]], None]


def _dated(name: str = "", **cleared: Any) -> Change:
    """A change that writes the step's day into a field and where the entry now stands."""

    def change(entry: RoleEntry, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
        day = _day_of(facts, at)
        for field, value in {**cleared, **({name: day} if name else {})}.items():
            setattr(entry, field, value)
        _stand(entry, day, recorded)

    return change


def _submit(entry: RoleEntry, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    entry.evidence, entry.note, entry.submitted_on = facts["reference"], facts["note"], _day_of(facts, at)
    _stand(entry, entry.submitted_on, recorded)


def _query(entry: RoleEntry, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    entry.query, entry.queried_on = facts["query"], facts["day"]
    _stand(entry, facts["day"], recorded)


def _complete(entry: RoleEntry, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    written = CompletedRole.objects.select_related("entry").get(party_id=entry.party_id, role_id=entry.role_id)
    entry.completion, entry.completed_on = written.entry, written.entry.completed_on
    _stand(entry, written.entry.completed_on, recorded)


def _disputed(how: Dispute) -> Change:
    def change(entry: RoleEntry, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
        entry.dispute, entry.finding = how, facts.get("finding", "")

    return change


FORM = {
    "reference": a_line(120, help_text="The form's own number, or where the DCC's and the SSC's words are."),
    "note": a_text(None, "Anything the secretariat should know", required=False),
}
DAY = {"day": a_day()}
WHY = {**DAY, "reason": a_line(200)}
FOUND = {
    **DAY,
    "finding": lambda: forms.ChoiceField(choices=Finding.choices),
    "meeting": a_line(40, "Meeting or letter", required=False),
}
UNDECIDED = (SUBMITTED, QUERIED)
STARTS = (in_order, only_a_party_enters, the_role_exists, may_hold_the_role, not_completed_before)

ROLE_ENTRIES = Procedure(
    "role_entry",
    RoleEntry,
    Step("plan", NEW, NOT_STARTED, who=the_party_or_party_support, says="Plan",
         rules=(in_order, only_a_party_enters, may_hold_the_role, not_completed_before), facts=DAY, change=_dated()),
    Step("begin", (NEW, NOT_STARTED), IN_PROGRESS, who=the_party_or_party_support, primary=True,
         rules=STARTS, facts=DAY, change=_dated("begun_on")),
    Step("query", SUBMITTED, QUERIED, who=party_support, rules=(in_order, no_dispute_is_open),
         facts={**DAY, "query": a_text(None)}, change=_query),
    Step("submit", (IN_PROGRESS, QUERIED), SUBMITTED, who=own_contact, says="Send the evidence form", primary=True,
         rules=(in_order, base_requirements_are_met, no_dispute_is_open),
         facts={**FORM, "declared": lambda: forms.BooleanField(label="What the form says is true and complete")},
         change=_submit),
    Step("receive", (IN_PROGRESS, QUERIED), SUBMITTED, who=party_support, says="Record a form that came by mail",
         rules=(in_order, base_requirements_are_met, no_dispute_is_open), facts={**DAY, **FORM}, change=_submit),
    Step("complete", UNDECIDED, COMPLETE, who=party_support, primary=True,
         rules=(in_order, met_or_found_complete, the_query_is_answered, no_dispute_is_open,
                the_completion_is_written),
         facts=DAY, change=_complete),
    Step("adopt", NEW, COMPLETE, who=party_support, says="Take over a completion",
         rules=(was_completed,), change=_complete),
    Step("refer", UNDECIDED, None, who=the_party_or_party_support, says="Refer a dispute to the Panel",
         rules=(in_order, not_in_dispute_yet), facts=WHY, change=_disputed(Dispute.PANEL)),
    Step("panel_finds", UNDECIDED, None, who=party_support, says="Record what the Panel found",
         rules=(in_order, before_the_panel), facts=FOUND, change=_disputed(Dispute.PANEL_FOUND)),
    Step("appeal", UNDECIDED, None, who=the_party_or_party_support, says="Take the dispute to the Authority",
         rules=(in_order, the_panel_has_decided), facts=WHY, change=_disputed(Dispute.AUTHORITY)),
    Step("authority_finds", UNDECIDED, None, who=party_support, says="Record what the Authority found",
         rules=(in_order, before_the_authority), facts=FOUND, change=_disputed(Dispute.AUTHORITY_FOUND)),
    Step("go_live", COMPLETE, LIVE, who=party_support, says="Live", primary=True,
         rules=(in_order, only_a_party_enters, no_suspension_of_its_services_lasts), facts=DAY,
         change=_dated("live_on")),
    Step("suspend", LIVE, SUSPENDED, who=party_support, rules=(in_order,), facts=WHY,
         change=_dated("suspended_on")),
    Step("resume", SUSPENDED, LIVE, who=party_support, primary=True,
         rules=(in_order, only_a_party_enters, no_suspension_of_its_services_lasts), facts=DAY,
         change=_dated(suspended_on=None)),
    Step("end", (*ENTERING, *ENTERED), ENDED, who=party_support_or_the_departure, rules=(in_order,), facts=WHY,
         change=_dated("ended_on")),
)  # fmt: skip


@rule("UEP-3")
def confirmed_on_a_day_that_has_come(requirement: Requirement, at: datetime, facts: Facts) -> bool:
    """A requirement is confirmed on a day that has come, and not before the party acceded."""
    acceded = requirement.entry.party.acceded_on
    return acceded is not None and bool(acceded <= facts["day"] <= local_day(at))


@rule("UEP-5")
def the_entry_has_not_ended(requirement: Requirement, at: datetime) -> bool:
    """The grid of an entry that has ended stays as it is."""
    return requirement.entry.state != ENDED


@rule("UEP-3")
def the_register_shows_it(requirement: Requirement, at: datetime) -> bool:
    """The register shows nothing that meets it: no notification of the DCC for the role, and no confirmation of it."""
    return on_record(requirement) is not None


@rule("UEP-3")
def may_be_not_needed(requirement: Requirement, at: datetime) -> bool:
    """Only Credit Support and SMETS1 eligibility can be not needed; every other requirement is met."""
    return requirement.kind in DISPENSABLE


@rule("UEP-3, Section I")
def no_privacy_is_assessed(requirement: Requirement, at: datetime) -> bool:
    """Left out from the start is only the privacy assessment of a role that is not that of an Other User."""
    return requirement.kind == Kind.PRIVACY and not needs_privacy(requirement.entry.role, local_day(at))


@rule("UEP-3")
def withdrawn_after_it_was_confirmed(requirement: Requirement, at: datetime, facts: Facts) -> bool:
    """A confirmation is withdrawn on a day that has come, and not before it was given."""
    return requirement.day is not None and bool(requirement.day <= facts["day"] <= local_day(at))


def _confirm(requirement: Requirement, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    requirement.day, requirement.evidence, requirement.reason = facts["day"], facts["evidence"], ""


def _match(requirement: Requirement, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    source = on_record(requirement)
    assert source is not None
    requirement.day, requirement.evidence, requirement.reason = source.day, source.evidence, ""


def _withdraw(requirement: Requirement, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    requirement.withdrawn_on, requirement.reason = facts["day"], facts["reason"]


def _because(requirement: Requirement, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    requirement.reason = facts["reason"]


def _exempt(requirement: Requirement, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    requirement.reason = "Only an Other User's privacy is assessed."


REQUIREMENTS = Procedure(
    "requirement",
    Requirement,
    Step("require", (NEW, NOT_NEEDED), OPEN, who=the_party_or_party_support, says="Require",
         rules=(the_entry_has_not_ended,)),
    Step("exempt", NEW, NOT_NEEDED, who=the_party_or_party_support, says="Leave out",
         rules=(no_privacy_is_assessed,), change=_exempt),
    Step("confirm", (OPEN, WITHDRAWN), CONFIRMED, who=the_confirming_body, primary=True,
         rules=(the_entry_has_not_ended, confirmed_on_a_day_that_has_come),
         facts={**DAY, "evidence": a_line(200, help_text="Where it can be found.")},
         change=_confirm),
    Step("match", (OPEN, WITHDRAWN), CONFIRMED, who=whoever_records, says="Confirm from the register",
         rules=(the_entry_has_not_ended, the_register_shows_it), change=_match),
    Step("dispense", OPEN, NOT_NEEDED, who=the_confirming_body, says="Not needed",
         rules=(the_entry_has_not_ended, may_be_not_needed), facts={"reason": a_line(200)}, change=_because),
    Step("withdraw", CONFIRMED, WITHDRAWN, who=the_confirming_body, says="Withdraw the confirmation",
         rules=(the_entry_has_not_ended, withdrawn_after_it_was_confirmed), facts=WHY, change=_withdraw),
    Step("lapse", CONFIRMED, WITHDRAWN, who=the_clock, says="What confirmed it no longer stands",
         rules=(the_entry_has_not_ended, withdrawn_after_it_was_confirmed), facts=WHY, change=_withdraw),
)  # fmt: skip
