"""How an organisation becomes a party and leaves (Section B), and how it comes to be in default (Section M8)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from secretariat.core.calendar import calendar
from secretariat.core.capacities import team
from secretariat.core.facts import a_day, a_line
from secretariat.core.people import Team
from secretariat.core.procedure import NEW, Procedure, Refused, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import LONDON, local_day
from secretariat.plain.months import Month
from secretariat.plain.workdays import Calendar
from secretariat.register import membership
from secretariat.register.access import end_access
from secretariat.register.models import (
    CURED,
    EXPELLED,
    IN_DEFAULT,
    LEFT,
    MUST_CITE,
    NOTICE_SERVED,
    PARTY,
    WITH_NOTICE,
    Category,
    DefaultCase,
    Departure,
    Limb,
    Party,
    VotingGroup,
)
from secretariat.register.user_entry.ending import end_all

Facts = Mapping[str, Any]
NOON = time(12)


@rule("PTY-20, Section B1")
def not_a_party_already(party: Party, at: datetime) -> bool:
    """An organisation that is a party already does not accede again: the register has its name or company number."""
    return not Party.objects.same_organisation(party).filter(left_on__isnull=True).exists()


@rule("PTY-20, Section B1")
def not_expelled_lately(party: Party, at: datetime, facts: Facts) -> bool:
    """An organisation does not accede within the 12 months after it was expelled."""
    months = RULEBOOK.number("party.expelled_bar_months", facts["day"])
    before = Party.objects.same_organisation(party).values("pk")
    expelled = Departure.objects.filter(how=Departure.How.EXPELLED, party__in=before).select_related("shortened_bar")
    return all(facts["day"] >= bar_ends(departure, months) for departure in expelled)


def bar_ends(departure: Departure, months: int) -> date:
    """The first day on which who was expelled may accede again: so many months later, or as the Panel shortened it."""
    shortened = getattr(departure, "shortened_bar", None)
    return shortened.ends_on if shortened else months_after(departure.day, months)


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or that month's last day when it has no such day."""
    month = Month.of(day).plus(months)
    return month.first.replace(day=min(day.day, month.last.day))


@rule("PTY-24")
def day_has_come(record: Any, at: datetime, facts: Facts) -> bool:
    """A day that has not come yet cannot be recorded as past."""
    return bool(facts["day"] <= local_day(at))


@rule("PTY-1")
def dcc_is_of_its_own_class(party: Party, at: datetime, facts: Facts) -> bool:
    """The class DCC is the DCC's alone; every other party has one of the five Party Categories."""
    return bool(party.is_dcc == (facts["category"] == Category.DCC))


@rule("PTY-10")
def group_is_of_the_category(party: Party, at: datetime, facts: Facts) -> bool:
    """A Voting Group joins parties of one Party Category: choose a group of the party's category."""
    return facts["voting_group"] is None or bool(facts["voting_group"].category == facts["category"])


@rule("PTY-6")
def something_changes_after_what_is_recorded(party: Party, at: datetime, facts: Facts) -> bool:
    """A category or group changes on a day after the last recorded change, and to another one."""
    later = Q(from_day__gte=facts["day"])
    if party.categories.filter(later).exists() or party.groups.filter(later).exists():
        return False
    group = party.group_on(facts["day"])
    return party.category_on(facts["day"]) != facts["category"] or facts["voting_group"] not in (None, group)


@rule("PTY-24")
def leaves_after_all_that_is_recorded(party: Party, at: datetime, facts: Facts) -> bool:
    """A party leaves after the day on which it acceded and after the last recorded change of its category or group."""
    later = Q(from_day__gte=facts["day"])
    begun = party.categories.filter(later).exists() or party.groups.filter(later).exists()
    return not begun and (party.acceded_on is None or facts["day"] > party.acceded_on)


@rule("EXIT-1")
def nothing_is_outstanding(party: Party, at: datetime) -> bool:
    """A party does not withdraw while a notice of default or a default of its runs."""
    return not party.defaults.filter(state__in=(NOTICE_SERVED, IN_DEFAULT)).exists()


@rule("DEF-1, Section M8.1")
def is_not_the_dcc(record: Party | DefaultCase, at: datetime) -> bool:
    """The DCC is never in default and never leaves by withdrawal or expulsion."""
    party = record.party if isinstance(record, DefaultCase) else record
    return not party.is_dcc


def _accede(party: Party, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    party.acceded_on = facts["day"]
    membership.begin(party, facts["day"], facts["category"], facts["voting_group"], at, recorded)


def _recategorise(party: Party, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    membership.end(party, facts["day"])
    membership.begin(party, facts["day"], facts["category"], facts["voting_group"], at, recorded)


def _leave(how: Departure.How, party: Party, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    party.left_on = facts["day"]
    end_all(party, day=facts["day"], reason="The party left.", by=None, at=at, recorded=recorded)
    end_access(party, at=at, recorded=recorded)
    membership.end(party, facts["day"])
    departure = Departure(party=party, day=facts["day"], how=how, reason=facts["reason"], note=facts["note"])
    try:
        departure.full_clean()
    except ValidationError as error:
        raise Refused(*error.messages) from error
    departure.save()


def _withdraw(party: Party, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    _leave(Departure.How.WITHDRAWN, party, at, recorded, facts)


def _expel(party: Party, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    _leave(Departure.How.EXPELLED, party, at, recorded, facts)


def _group_field() -> forms.Field:
    return forms.ModelChoiceField(VotingGroup.objects.all(), to_field_name="key", required=False)


def _category_field() -> forms.Field:
    return forms.ChoiceField(choices=Category.choices)


MEMBERSHIP = {"day": a_day(), "category": _category_field, "voting_group": _group_field}
DEPARTURE = {
    "day": a_day(),
    "reason": a_line(200),
    "note": a_line(required=False),
}
party_support = team(Team.PARTY_SUPPORT)

PARTIES = Procedure(
    "party",
    Party,
    Step(
        "accede",
        NEW,
        PARTY,
        who=party_support,
        rules=(
            not_a_party_already,
            not_expelled_lately,
            day_has_come,
            dcc_is_of_its_own_class,
            group_is_of_the_category,
        ),
        facts=MEMBERSHIP,
        change=_accede,
        primary=True,
    ),
    Step(
        "recategorise",
        PARTY,
        None,
        who=party_support,
        rules=(
            day_has_come,
            dcc_is_of_its_own_class,
            group_is_of_the_category,
            something_changes_after_what_is_recorded,
        ),
        facts=MEMBERSHIP,
        change=_recategorise,
        says="Change category or group",
    ),
    Step(
        "withdraw",
        PARTY,
        LEFT,
        who=party_support,
        rules=(is_not_the_dcc, nothing_is_outstanding, day_has_come, leaves_after_all_that_is_recorded),
        facts=DEPARTURE,
        change=_withdraw,
    ),
    Step(
        "expel",
        PARTY,
        LEFT,
        who=party_support,
        rules=(is_not_the_dcc, day_has_come, leaves_after_all_that_is_recorded),
        facts=DEPARTURE,
        change=_expel,
    ),
)


@rule("DEF-1, Section M8.1")
def is_a_party_on_the_day(case: DefaultCase, at: datetime, facts: Facts) -> bool:
    """Only a party can be in default, and only while it is one."""
    return Party.objects.on(facts["day"]).filter(pk=case.party_id).exists()


@rule("DEF-1, Section M8.1")
def limb_takes_a_notice(case: DefaultCase, at: datetime) -> bool:
    """Under this limb the default begins without a notice: enter it directly."""
    return case.limb in WITH_NOTICE


@rule("DEF-1, Section M8.1")
def notice_cites_what_it_must(case: DefaultCase, at: datetime, facts: Facts) -> bool:
    """A notice says under what it is served: unpaid Charges J2.1, Credit Support J3.14, any other sum or breach M8."""
    return MUST_CITE.get(Limb(case.limb), "") in facts["cites"]


@rule("DEF-1, DEF-2, Section M8.1")
def time_to_cure_has_run(case: DefaultCase, at: datetime, facts: Facts) -> bool:
    """A default begins only when the Working Days to put things right have run from a notice: 17:00 on the last."""
    due = cure_due(case)
    if case.limb not in WITH_NOTICE:
        return True
    return due is not None and facts["day"] >= due and at > calendar().closing(due)


def cure_due(case: DefaultCase) -> date | None:
    """The last day, until 17:00, to put right what a notice named (DEF-1, CHG-3, CHG-4); none without a notice."""
    if case.notice_on is None or case.limb not in WITH_NOTICE:
        return None
    days = calendar()
    served = counts_from(case.notice_on, days)
    return days.add(served, RULEBOOK.number(f"default.limb_{case.limb}.cure_wd", case.notice_on))


def counts_from(notice: date, days: Calendar) -> date:
    """The day from which a notice counts: the next Working Day where it is none, if the rulebook says so (WD-4)."""
    if not RULEBOOK.switch("default.notice_counts_on_a_working_day", notice):
        return notice
    return days.effective_day(datetime.combine(notice, NOON, tzinfo=LONDON))


@rule("EXIT-3")
def not_in_default_already(case: DefaultCase, at: datetime) -> bool:
    """A party is counted in default once at a time: it is in default already, in another case."""
    others = DefaultCase.objects.filter(party_id=case.party_id, state=IN_DEFAULT)
    return not others.exclude(pk=case.pk).exists()


@rule("DEF-2")
def cured_after_it_began(case: DefaultCase, at: datetime, facts: Facts) -> bool:
    """A default is not cured before it began, nor before the notice of it was served."""
    begun = case.entered_on or case.notice_on
    return begun is not None and facts["day"] >= begun


@rule("DEF-6, Section M8.4")
def party_was_expelled(case: DefaultCase, at: datetime) -> bool:
    """A default ends by expulsion only when the party has been expelled: expel the party first."""
    return Departure.objects.filter(party_id=case.party_id, how=Departure.How.EXPELLED).exists()


def _serve(case: DefaultCase, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    case.notice_on, case.cites = facts["day"], facts["cites"]


def _enter(case: DefaultCase, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    case.entered_on = facts["day"]


def _cure(case: DefaultCase, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    case.ended_on = facts["day"]
    case.outcome = DefaultCase.Outcome.CURED if case.entered_on else DefaultCase.Outcome.IN_TIME


def _close(case: DefaultCase, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    case.ended_on = case.party.departure.day
    case.outcome = DefaultCase.Outcome.EXPELLED


DAY = {"day": a_day()}

DEFAULTS = Procedure(
    "default",
    DefaultCase,
    Step(
        "serve",
        NEW,
        NOTICE_SERVED,
        who=party_support,
        rules=(is_not_the_dcc, limb_takes_a_notice, day_has_come, is_a_party_on_the_day, notice_cites_what_it_must),
        facts={**DAY, "cites": a_line()},
        change=_serve,
        says="Serve notice",
    ),
    Step(
        "enter",
        (NEW, NOTICE_SERVED),
        IN_DEFAULT,
        who=party_support,
        rules=(
            is_not_the_dcc,
            day_has_come,
            is_a_party_on_the_day,
            time_to_cure_has_run,
            not_in_default_already,
        ),
        facts=DAY,
        change=_enter,
        says="Enter into default",
        primary=True,
    ),
    Step(
        "cure",
        (NOTICE_SERVED, IN_DEFAULT),
        CURED,
        who=party_support,
        rules=(day_has_come, cured_after_it_began),
        facts=DAY,
        change=_cure,
    ),
    Step(
        "expel",
        (NOTICE_SERVED, IN_DEFAULT),
        EXPELLED,
        who=party_support,
        rules=(party_was_expelled,),
        change=_close,
        says="Close by the expulsion",
    ),
)
