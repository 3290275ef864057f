"""How the models of a certificate that ends or was withdrawn are remedied or removed, as two tables (PRD-21)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django import forms

from secretariat.core.calendar import calendar
from secretariat.core.capacities import committee_member, speaks_for, team, the_clock
from secretariat.core.classification import Class
from secretariat.core.facts import a_day, a_line, a_text
from secretariat.core.people import Person, Team
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day
from secretariat.plain.workdays import Calendar
from secretariat.post.due import Due, register
from secretariat.products.certificates.carried import release, remedy, remove_on
from secretariat.products.certificates.life import Standing, standing
from secretariat.products.certificates.models import (
    ANSWERED,
    ASKED,
    CHASED,
    CLOSED,
    DECLINED,
    NOTIFIED,
    OPEN,
    OPENED,
    PLANS_ASKED,
    REMOVAL_SET,
    UNANSWERED,
    Cause,
    Outcome,
    PlanRequest,
    ProgressReport,
    Remediation,
)
from secretariat.products.models import LISTED
from secretariat.register.parties import Category, CategoryMembership

Facts = Mapping[str, Any]
SUPPLIERS = (Category.LARGE_SUPPLIER, Category.SMALL_SUPPLIER)
DECIDED_BY = "products.removal_decided_by"
CHASE_AGAIN = "products.plan_chase_wd"
security_team = team(Team.SECURITY)
technical_team = team(Team.TECHNICAL)


def suppliers_on(day: date) -> Any:
    """The categories of the parties that are Suppliers on a day."""
    return CategoryMembership.objects.on(day).filter(category__in=SUPPLIERS)


def security_or_technical(person: Person | None, record: Any, at: datetime) -> bool:
    """The secretariat's security or technical team."""
    return security_team(person, record, at) or technical_team(person, record, at)


def the_deciding_body(person: Person | None, record: Any, at: datetime) -> bool:
    """A member of the body that sets removal dates on the day, or the team that records what it decided."""
    body = RULEBOOK.text(DECIDED_BY, at)
    return security_or_technical(person, record, at) or committee_member(body)(person, record, at)


def the_team_or_the_clock(person: Person | None, record: Any, at: datetime) -> bool:
    """The security or technical team; nobody once time alone causes it."""
    return the_clock(person, record, at) or security_or_technical(person, record, at)


def the_supplier_or_the_team(person: Person | None, record: Any, at: datetime) -> bool:
    """A contact of the supplier asked, or the team that records what came by mail."""
    own = record is not None and record.party_id in speaks_for(person, at)
    return own or security_or_technical(person, record, at)


@rule("PRD-20")
def ends_or_was_withdrawn(remediation: Remediation, at: datetime) -> bool:
    """A remediation is opened for a certificate that was withdrawn, has ended, or ends within the days of warning."""
    how = standing(remediation.certificate, local_day(at))
    return how in (Standing.WITHDRAWN, Standing.ENDED, Standing.ENDING)


@rule("PRD-21")
def carries_listed_entries(remediation: Remediation, at: datetime) -> bool:
    """There is something to remedy only while the certificate carries entries of the Central Products List."""
    return bool(remediation.certificate.entries.filter(state__in=LISTED).exists())


@rule("PRD-21")
def no_other_is_open(remediation: Remediation, at: datetime) -> bool:
    """One remediation of a certificate is open at a time."""
    rows = Remediation.objects.filter(certificate_id=remediation.certificate_id, state__in=OPEN)
    return not rows.exclude(pk=remediation.pk).exists()


@rule("PRD-22")
def suppliers_may_read_the_certificate(request: PlanRequest, at: datetime) -> bool:
    """A supplier is asked about a certificate that it may read: give the certificate the class White or Green first."""
    return request.remediation.certificate.classification <= Class.GREEN


@rule("PRD-22")
def suppliers_are_asked(remediation: Remediation, at: datetime) -> bool:
    """Choose the suppliers affected first: plans are asked for from somebody."""
    return bool(remediation.requests.exists())


@rule("PRD-22")
def the_silent_were_chased(remediation: Remediation, at: datetime) -> bool:
    """A removal date is set when every supplier asked has answered, declined or been chased."""
    return not remediation.requests.filter(state=ASKED).exists()


@rule("PRD-21")
def the_day_is_to_come(remediation: Remediation, at: datetime, facts: Facts) -> bool:
    """Entries are never removed at once: the day of removal is still to come."""
    return bool(facts["removal_on"] > local_day(at))


@rule("PRD-21")
def later_than_the_day_set(remediation: Remediation, at: datetime, facts: Facts) -> bool:
    """More time means a later day than the one that is set."""
    return remediation.removal_on is not None and facts["removal_on"] > remediation.removal_on


@rule("PRD-21")
def the_notice_is_written(remediation: Remediation, at: datetime) -> bool:
    """Write the notice to all parties first; it names the day of removal that is set."""
    return remediation.removal_on is not None and remediation.told_of(remediation.removal_on)


@rule("PRD-23")
def the_certificate_was_renewed(remediation: Remediation, at: datetime) -> bool:
    """The certificate holds again and for longer than when the remediation was opened: enter its new date first."""
    certificate, ended = remediation.certificate, remediation.ends_on
    end = certificate.effective_end
    longer = end is None or ended is None or end > ended
    return certificate.holds_on(local_day(at)) and (longer or remediation.cause == Cause.WITHDRAWAL)


@rule("PRD-21")
def no_entry_is_listed(remediation: Remediation, at: datetime) -> bool:
    """It is closed when none of its entries is on the list any more."""
    return not remediation.entries.filter(state__in=LISTED).exists()


def _open(remediation: Remediation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    day, certificate = local_day(at), remediation.certificate
    withdrawn = standing(certificate, day) is Standing.WITHDRAWN
    remediation.opened_on, remediation.ends_on = day, certificate.effective_end
    remediation.cause = Cause.WITHDRAWAL if withdrawn else Cause.END
    remediation.entries.set(certificate.entries.filter(state__in=LISTED))
    remedy(remediation, at, recorded)


def _decide(remediation: Remediation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    remediation.removal_on, remediation.decided_on = facts["removal_on"], local_day(at)
    remediation.decided_in, remediation.reasons = facts["decided_in"], facts["reasons"]
    remove_on(remediation, facts["removal_on"], at, recorded)


def _renewed(remediation: Remediation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    remediation.outcome, remediation.closed_on = Outcome.RENEWED, local_day(at)
    release(remediation, at, recorded)


def _removed(remediation: Remediation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    remediation.outcome, remediation.closed_on = Outcome.REMOVED, local_day(at)


DECISION = {
    "removal_on": a_day("To be removed on"),
    "decided_in": a_line(120, "Decided in", help_text="The meeting or paper."),
    "reasons": a_text(2000, "Reasons", required=False),
}

REMEDIATION = Procedure(
    "remediation",
    Remediation,
    Step("open", NEW, OPENED, who=security_or_technical,
         rules=(ends_or_was_withdrawn, carries_listed_entries, no_other_is_open), change=_open),
    Step("ask", OPENED, PLANS_ASKED, who=security_or_technical, says="Plans are asked for", primary=True,
         rules=(suppliers_are_asked,)),
    Step("decide", (OPENED, PLANS_ASKED), REMOVAL_SET, who=the_deciding_body, says="Set the day of removal",
         primary=True, rules=(the_silent_were_chased, the_day_is_to_come), facts=DECISION, change=_decide),
    Step("allow_longer", (REMOVAL_SET, NOTIFIED), REMOVAL_SET, who=the_deciding_body, says="Allow more time",
         rules=(the_day_is_to_come, later_than_the_day_set), facts=DECISION, change=_decide),
    Step("notify", REMOVAL_SET, NOTIFIED, who=security_or_technical, says="All parties are told", primary=True,
         rules=(the_notice_is_written,)),
    Step("renew", OPEN, CLOSED, who=security_or_technical, says="Close: the certificate was renewed",
         rules=(the_certificate_was_renewed,), change=_renewed),
    Step("close", (REMOVAL_SET, NOTIFIED), CLOSED, who=the_team_or_the_clock, says="Close: the entries are removed",
         rules=(no_entry_is_listed,), change=_removed),
)  # fmt: skip


@rule("PRD-22")
def its_remediation_is_open(request: PlanRequest, at: datetime) -> bool:
    """Plans are asked for, and suppliers chased, while the remediation is open."""
    return request.remediation.state in OPEN


@rule("PRD-22")
def asked_of_a_supplier(request: PlanRequest, at: datetime) -> bool:
    """A plan is asked of a party that is a Supplier on the day."""
    return bool(suppliers_on(local_day(at)).filter(party=request.party_id).exists())


@rule("PRD-22")
def there_is_time_to_reply(request: PlanRequest, at: datetime, facts: Facts) -> bool:
    """The day by which an answer is asked for is still to come."""
    return bool(facts["reply_by"] > local_day(at))


@rule("PRD-22")
def the_day_to_reply_has_passed(request: PlanRequest, at: datetime) -> bool:
    """A supplier is chased once the day by which it was to answer has passed."""
    return request.reply_by is not None and request.reply_by < local_day(at)


def _ask(request: PlanRequest, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    request.asked_on, request.reply_by = local_day(at), facts["reply_by"]


def _chase(request: PlanRequest, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    request.chased_on, request.chasers = local_day(at), request.chasers + 1


def _answer(request: PlanRequest, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    request.answered_on, request.refusal = local_day(at), ""
    request.plan, request.devices, request.completes_on = facts["plan"], facts["devices"], facts["completes_on"]


def _decline(request: PlanRequest, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    request.answered_on, request.refusal = local_day(at), facts["reason"]


def _send_back(request: PlanRequest, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    request.returned, request.reply_by, request.chased_on = facts["reason"], facts["reply_by"], None


def _report(request: PlanRequest, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    told = {"remaining": facts["remaining"], "note": facts["note"], "recorded": recorded}
    row = ProgressReport(request=request, reported_on=local_day(at), **told)
    row.full_clean()
    row.save()


BY = a_day("To be answered by")


PLAN: dict[str, Callable[[], forms.Field]] = {
    "plan": a_text(5000, "What you will do, and by when"),
    "devices": lambda: forms.IntegerField(min_value=0, required=False, label="Devices affected"),
    "completes_on": a_day("To be completed by", required=False),
}
PLAN_REQUEST = Procedure(
    "plan_request",
    PlanRequest,
    Step("ask", NEW, ASKED, who=security_or_technical, facts={"reply_by": BY}, change=_ask,
         rules=(its_remediation_is_open, asked_of_a_supplier, suppliers_may_read_the_certificate,
                there_is_time_to_reply)),
    Step("chase", UNANSWERED, CHASED, who=the_team_or_the_clock, change=_chase,
         rules=(its_remediation_is_open, the_day_to_reply_has_passed)),
    Step("answer", UNANSWERED, ANSWERED, who=the_supplier_or_the_team, says="Send the plan", primary=True,
         facts=PLAN, change=_answer),
    Step("decline", UNANSWERED, DECLINED, who=the_supplier_or_the_team, says="Say that there is no plan",
         facts={"reason": a_text(2000, "Why there is none")}, change=_decline),
    Step("send_back", ANSWERED, ASKED, who=security_or_technical, says="Send the plan back", change=_send_back,
         rules=(its_remediation_is_open, there_is_time_to_reply),
         facts={"reason": a_text(2000, "What is missing"), "reply_by": BY}),
    Step("report", ANSWERED, None, who=the_supplier_or_the_team, says="Report progress", change=_report,
         rules=(its_remediation_is_open,),
         facts={"remaining": lambda: forms.IntegerField(min_value=0, label="Devices still to be upgraded or replaced"),
                "note": a_line(500, required=False)}),
)  # fmt: skip


@register
def silent(at: datetime) -> Iterator[Due]:
    """A supplier that has not answered is chased when its day has passed, and again after so many Working Days."""
    day, days = local_day(at), calendar()
    rows = PlanRequest.objects.filter(state__in=UNANSWERED, remediation__state__in=OPEN, reply_by__lt=day)
    for request in rows.select_related("remediation__certificate", "party"):
        if is_to_be_chased(request, day, days):
            yield Due(PLAN_REQUEST, "chase", request)


def is_to_be_chased(request: PlanRequest, day: date, days: Calendar) -> bool:
    """Whether a request is to be chased on a day: first when its day has passed, then at the rulebook's distance."""
    if request.chased_on is None:
        return request.reply_by is not None and request.reply_by < day
    return days.add(request.chased_on, RULEBOOK.number(CHASE_AGAIN, day)) <= day


@register
def over(at: datetime) -> Iterator[Due]:
    """A remediation is over when the last of its entries has left the list on the day set."""
    rows = Remediation.objects.filter(state__in=(REMOVAL_SET, NOTIFIED), removal_on__lte=local_day(at))
    for remediation in rows.select_related("certificate"):
        if not remediation.entries.filter(state__in=LISTED).exists():
            yield Due(REMEDIATION, "close", remediation)
