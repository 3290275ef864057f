"""How a budget of three Regulatory Years comes about (CHG-6, CHG-9), and how a month of it is closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django import forms

from secretariat.consultations import models as consulted
from secretariat.core import journal
from secretariat.core.calendar import calendar
from secretariat.core.classification import Class
from secretariat.core.facts import a_day, a_line, a_text
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.effort.budget.categories import categories_ever
from secretariat.effort.budget.models import BudgetCycle, BudgetMonth, State, VarianceExplanation
from secretariat.effort.budget.reckoning import OTHER, outlooks, to_be_explained
from secretariat.effort.who import finance_group, operations_team, team_or_clock, the_authority, the_panel
from secretariat.plain.dates import local_day
from secretariat.plain.months import Month
from secretariat.post.due import Due, register

Facts = Mapping[str, Any]
DRAFTED = (State.DRAFTING, State.FINANCE_GROUP, State.PANEL, State.CONSULTATION)
PRACTICE = "House rule: accounts of a month"


def consultation_of(cycle: BudgetCycle) -> consulted.Consultation | None:
    """The newest consultation on a budget."""
    found: consulted.Consultation | None = (
        consulted.about(cycle).filter(kind=consulted.Kind.BUDGET).order_by("-pk").first()
    )
    return found


def notice_end(published: date) -> date:
    """The day on which a published Draft Budget becomes the Approved Budget: 15 Working Days later (CHG-6)."""
    return calendar().add(published, RULEBOOK.number("budget.notice_wd", published))


@rule("CHG-6")
def it_has_lines(cycle: BudgetCycle, at: datetime) -> bool:
    """A budget is put forward once a version says what is to be spent in its three years."""
    newest = cycle.newest()
    return newest is not None and newest.lines.exists()


@rule("CHG-6")
def the_consultation_is_open(cycle: BudgetCycle, at: datetime) -> bool:
    """A budget is consulted on by a consultation of Parties on it: open that first."""
    found = consultation_of(cycle)
    return found is not None and found.has_opened(at) and _is_of_this_draft(cycle, found)


@rule("CHG-6")
def the_consultation_is_over(cycle: BudgetCycle, at: datetime) -> bool:
    """The Panel approves a budget once the consultation on it has closed."""
    found = consultation_of(cycle)
    over = found is not None and found.state in (consulted.CLOSED, consulted.CONCLUDED) and found.is_over(at)
    return over and found is not None and _is_of_this_draft(cycle, found)


def _is_of_this_draft(cycle: BudgetCycle, found: consulted.Consultation) -> bool:
    """Whether a consultation was opened after the budget was last taken or sent back to be drafted anew."""
    back = journal.history(cycle).filter(name__in=("budget.take_back", "budget.remit")).order_by("-id").first()
    return back is None or (found.opens_at is not None and found.opens_at >= back.at)


@rule("CHG-6")
def every_point_is_answered(cycle: BudgetCycle, at: datetime) -> bool:
    """What Parties said of a budget is considered first: each point has a disposition and an answer."""
    return not consulted.unanswered(cycle, at).exists()


@rule("CHG-7")
def the_version_is_a_whole_one(cycle: BudgetCycle, at: datetime) -> bool:
    """What the Panel approves is a version of a whole number, such as 1.0."""
    newest = cycle.newest()
    return newest is not None and newest.number.endswith(".0") and newest.number != "0.0"


@rule("CHG-6")
def published_when_or_after_it_was_approved(cycle: BudgetCycle, at: datetime, facts: Facts) -> bool:
    """The Panel approves once the consultation's last day has come, and publishes then or later, by today."""
    found = consultation_of(cycle)
    closed = local_day(found.closes_at) if found is not None and found.closes_at else facts["approved_on"]
    return bool(closed <= facts["approved_on"] <= facts["published_on"] <= local_day(at))


@rule("CHG-9")
def the_notice_runs(cycle: BudgetCycle, at: datetime) -> bool:
    """A budget can be appealed to the Authority until its 15 Working Days are over."""
    return cycle.notice_ends_on is not None and local_day(at) <= cycle.notice_ends_on


@rule("CHG-6")
def the_notice_is_over(cycle: BudgetCycle, at: datetime) -> bool:
    """The Draft Budget becomes the Approved Budget 15 Working Days after it was published."""
    return cycle.notice_ends_on is not None and local_day(at) >= cycle.notice_ends_on


@rule("CHG-6")
def its_first_of_april_has_come(cycle: BudgetCycle, at: datetime) -> bool:
    """An Approved Budget takes effect on 1 April of its first year."""
    return local_day(at) >= cycle.begins_on


@rule("CHG-6")
def a_later_one_holds_or_its_years_are_over(cycle: BudgetCycle, at: datetime) -> bool:
    """A budget is closed when the next one has taken effect, or its three years are over."""
    later = BudgetCycle.objects.filter(first_year__gt=cycle.first_year, state=State.EFFECTIVE)
    return later.exists() or local_day(at) > cycle.years[-1].last


def _show(cycle: BudgetCycle, at: datetime, recorded: datetime, klass: Class) -> None:
    """Lets those who may read the budget from now on read its newest version too."""
    newest = cycle.newest()
    if newest is not None:
        journal.amend(newest, {"classification": klass}, by=None, at=at, recorded=recorded)
    cycle.classification = klass


def _consult(cycle: BudgetCycle, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    _show(cycle, at, recorded, Class.WHITE)


def _approve(cycle: BudgetCycle, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    _show(cycle, at, recorded, Class.WHITE)
    cycle.panel_approved_on, cycle.published_on = facts["approved_on"], facts["published_on"]
    cycle.notice_ends_on = notice_end(facts["published_on"])


def _remit(cycle: BudgetCycle, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    cycle.panel_approved_on = cycle.published_on = cycle.notice_ends_on = None


def _stand(cycle: BudgetCycle, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    cycle.approved_on = local_day(at)


def _effect(cycle: BudgetCycle, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    cycle.effective_on = max(cycle.begins_on, cycle.approved_on or cycle.begins_on)


BUDGET = Procedure(
    "budget",
    BudgetCycle,
    Step("draft", NEW, State.DRAFTING, who=operations_team, says="Begin a budget"),
    Step("put_to_finance_group", State.DRAFTING, State.FINANCE_GROUP, who=operations_team, rules=(it_has_lines,),
         primary=True, says="Put to the finance group"),
    Step("put_to_panel", State.FINANCE_GROUP, State.PANEL, who=finance_group, rules=(it_has_lines,), primary=True,
         says="Put to the Panel"),
    Step("consult", State.PANEL, State.CONSULTATION, who=the_panel, rules=(it_has_lines, the_consultation_is_open),
         change=_consult, primary=True, says="Consult on it"),
    Step("take_back", (State.FINANCE_GROUP, State.PANEL, State.CONSULTATION), State.DRAFTING, who=operations_team,
         facts={"reason": a_line(300, "Why")}, says="Take back to be drafted"),
    Step("approve", State.CONSULTATION, State.PANEL_APPROVED, who=the_panel, primary=True, change=_approve,
         rules=(the_consultation_is_over, every_point_is_answered, the_version_is_a_whole_one,
                published_when_or_after_it_was_approved),
         facts={"approved_on": a_day("Approved by the Panel on"),
                "published_on": a_day("Published as Draft Budget on")},
         says="Record the Panel's approval"),
    Step("appeal", State.PANEL_APPROVED, State.APPEALED, who=operations_team, rules=(the_notice_runs,),
         facts={"reason": a_line(300, "Who appeals, and why")},
         says="Record an appeal to the Authority"),
    Step("dismiss", State.APPEALED, State.PANEL_APPROVED, who=the_authority, facts={"reason": a_line(300, "Why")},
         says="Record that the appeal is dismissed"),
    Step("remit", State.APPEALED, State.DRAFTING, who=the_authority, facts={"reason": a_line(300, "Why")},
         change=_remit,
         says="Record that the Authority sends it back"),
    Step("stand", State.PANEL_APPROVED, State.APPROVED, who=team_or_clock, rules=(the_notice_is_over,), change=_stand,
         says="Record as the Approved Budget"),
    Step("take_effect", State.APPROVED, State.EFFECTIVE, who=team_or_clock, rules=(its_first_of_april_has_come,),
         change=_effect),
    Step("close", State.EFFECTIVE, State.CLOSED, who=team_or_clock, rules=(a_later_one_holds_or_its_years_are_over,)),
    Step("withdraw", DRAFTED, State.WITHDRAWN, who=operations_team, facts={"reason": a_line(300, "Why")}),
)  # fmt: skip


@register
def by_time(at: datetime) -> Iterator[Due]:
    """Budgets whose notice is over, whose 1 April has come, or that a later one has taken the place of."""
    for cycle in BudgetCycle.objects.filter(state=State.PANEL_APPROVED, notice_ends_on__lte=local_day(at)):
        yield Due(BUDGET, "stand", cycle)
    year = local_day(at).year
    for cycle in BudgetCycle.objects.filter(state=State.APPROVED, first_year__lte=year):
        if its_first_of_april_has_come(cycle, at):
            yield Due(BUDGET, "take_effect", cycle)
    for cycle in BudgetCycle.objects.filter(state=State.EFFECTIVE, first_year__lte=year):
        if a_later_one_holds_or_its_years_are_over(cycle, at):
            yield Due(BUDGET, "close", cycle)


@rule(PRACTICE)
def the_month_is_over(month: BudgetMonth, at: datetime) -> bool:
    """The accounts of a month are closed once it is over."""
    return local_day(at) > Month.of(month.month).last


@rule(PRACTICE)
def every_large_variance_is_explained(month: BudgetMonth, at: datetime) -> bool:
    """A category that differs from its plan by more than the rulebook's bounds is explained before its month closes."""
    return not unexplained(month)


@rule(PRACTICE)
def there_is_something_to_explain(month: BudgetMonth, at: datetime, facts: Facts) -> bool:
    """A variance is explained of a category that differs from its plan."""
    found = outlooks(Month.of(month.month).last).get(facts["category"])
    return found is not None and found.variance != 0


def unexplained(month: BudgetMonth) -> list[str]:
    """The categories whose variance by the month's end has still to be explained, as it now is."""
    needed = to_be_explained(Month.of(month.month).last)
    told = {one.category: one.variance for one in month.explanations.order_by("pk")}
    return [name for name, one in needed.items() if told.get(name) != one.variance]


def _explain(month: BudgetMonth, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    found = outlooks(Month.of(month.month).last)[facts["category"]]
    VarianceExplanation.objects.create(
        month=month, category=facts["category"], variance=found.variance, words=facts["why"], recorded=recorded
    )


def _close(month: BudgetMonth, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    month.closed_on = local_day(at)


def _reopen(month: BudgetMonth, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    month.closed_on = None


def _category() -> forms.Field:
    return forms.ChoiceField(choices=[*categories_ever(), (OTHER, OTHER)], label="Category")


MONTHS = Procedure(
    "budget_month",
    BudgetMonth,
    Step("open", NEW, BudgetMonth.OPEN, who=operations_team, says="Open the accounts of a month"),
    Step("explain", BudgetMonth.OPEN, None, who=operations_team, rules=(there_is_something_to_explain,),
         facts={"category": _category,
                "why": a_text(None, "Why")},
         change=_explain, says="Explain a variance"),
    Step("close", BudgetMonth.OPEN, BudgetMonth.CLOSED, who=operations_team, primary=True, change=_close,
         rules=(the_month_is_over, every_large_variance_is_explained), says="Close the month"),
    Step("reopen", BudgetMonth.CLOSED, BudgetMonth.OPEN, who=operations_team, facts={"reason": a_line(300, "Why")},
         change=_reopen),
)  # fmt: skip
