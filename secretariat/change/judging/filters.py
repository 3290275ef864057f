"""What can be asked of the lists of judging."""

from __future__ import annotations

from typing import Any

import django_filters

from secretariat.change.judging.cross_code import (
    AGREED,
    APPEALED,
    DECIDED,
    OPEN,
    OVERTURNED,
    RESOLVED,
    UPHELD,
    CodeListing,
    CrossCode,
    ForumIssue,
    Steering,
)
from secretariat.change.judging.interest import Interest, SubCommittee, SubCommitteeView
from secretariat.change.judging.models import Cost, Impact, Judgement, Level, Priority, Summary, SystemImpact
from secretariat.change.judging.objectives import objectives
from secretariat.core.filters import MonthFilter, TextFilter


def _states(*states: str) -> tuple[tuple[str, str], ...]:
    return tuple((state, state.capitalize()) for state in states)


class OfProposalFilter(django_filters.FilterSet):
    """Rows of one proposal."""

    proposal = django_filters.CharFilter("proposal__reference", "iexact", label="Proposal")


class JudgementFilter(OfProposalFilter):
    """Judgements by words, proposal, source, objective, verdict and month."""

    text = TextFilter("by_whom", "reason", "proposal__title")
    source = django_filters.ChoiceFilter(choices=Judgement.Source.choices, label="Judged as")
    objective = django_filters.ChoiceFilter(choices=[(one.key, one.label) for one in objectives()], label="Objective")
    verdict = django_filters.ChoiceFilter(choices=Judgement.Verdict.choices, label="Verdict")
    judged_in = MonthFilter("judged_on", label="Judged in")

    class Meta:
        model = Judgement
        fields = ()


class ImpactFilter(OfProposalFilter):
    """Impacts by words, proposal, kind and level."""

    text = TextFilter("subject", "note", "proposal__title")
    kind = django_filters.ChoiceFilter(choices=Impact.Kind.choices, label="Of which kind")
    level = django_filters.ChoiceFilter(choices=Level.choices, label="Level")

    class Meta:
        model = Impact
        fields = ()


class SystemImpactFilter(OfProposalFilter):
    """Impacts on the DCC System by answer and month."""

    text = TextFilter("told_by", "note", "proposal__title")
    answer = django_filters.ChoiceFilter(choices=SystemImpact.Answer.choices, label="DCC System impact")
    told_in = MonthFilter("told_on", label="Told in")

    class Meta:
        model = SystemImpact
        fields = ()


class CostFilter(OfProposalFilter):
    """Costs by words, bearer, source, month, and whether they still count."""

    text = TextFilter("purpose", "note", "proposal__title")
    borne_by = django_filters.ChoiceFilter(choices=Cost.BORNE_BY, label="Borne by")
    source = django_filters.ChoiceFilter(choices=Cost.Source.choices, label="Source")
    dated_in = MonthFilter("dated_on", label="Dated in")
    current = django_filters.BooleanFilter(method="is_current", label="Not superseded")

    class Meta:
        model = Cost
        fields = ()

    def is_current(self, rows: Any, name: str, value: bool) -> Any:
        """The costs that still count, or those that a later one superseded."""
        current = rows.current().values("pk")
        return rows.filter(pk__in=current) if value else rows.exclude(pk__in=current)


class PriorityFilter(OfProposalFilter):
    """Priorities by words, level, month, and whether they are in force."""

    text = TextFilter("reason", "proposal__title")
    level = django_filters.ChoiceFilter(choices=Level.choices, label="Priority")
    since = MonthFilter("from_day", label="Since")
    in_force = django_filters.BooleanFilter("to_day", "isnull", label="In force")

    class Meta:
        model = Priority
        fields = ()


class SummaryFilter(OfProposalFilter):
    """Summaries by words."""

    text = TextFilter("problem", "change", "affected", "to_do", "proposal__title")

    class Meta:
        model = Summary
        fields = ()


class CrossCodeFilter(OfProposalFilter):
    """References to other codes by words, code, relation, state and month."""

    text = TextFilter("number", "title", "proposal__title", "proposal__reference")
    code = django_filters.CharFilter("code", "iexact", label="Other code")
    relation = django_filters.ChoiceFilter(choices=CrossCode.Relation.choices, label="Relation")
    state = django_filters.ChoiceFilter(choices=_states(OPEN, AGREED, RESOLVED), label="State")
    since = MonthFilter("since", label="Since")

    class Meta:
        model = CrossCode
        fields = ()


class CodeListingFilter(django_filters.FilterSet):
    """Lines of other codes' registers by words, code and month."""

    text = TextFilter("number", "title")
    code = django_filters.CharFilter("code", "iexact", label="Code")
    printed_in = MonthFilter("printed_on", label="Printed in")

    class Meta:
        model = CodeListing
        fields = ()


class SteeringFilter(OfProposalFilter):
    """Choices of the Steering Group by words, lead code, state and month."""

    text = TextFilter("reason", "consequential_codes", "proposal__title")
    lead_code = django_filters.CharFilter("lead_code", "iexact", label="Lead code")
    state = django_filters.ChoiceFilter(choices=_states(DECIDED, APPEALED, UPHELD, OVERTURNED), label="State")
    chosen_in = MonthFilter("decided_on", label="Chosen in")

    class Meta:
        model = Steering
        fields = ()


class ForumIssueFilter(django_filters.FilterSet):
    """Issues of the forum by words, month, and whether they are open."""

    text = TextFilter("number", "title")
    raised_in = MonthFilter("raised_on", label="Raised in")
    open = django_filters.BooleanFilter("closed_on", "isnull", label="Open")

    class Meta:
        model = ForumIssue
        fields = ()


class InterestFilter(OfProposalFilter):
    """Interests by words, Sub-Committee, month, and whether they last."""

    text = TextFilter("why", "proposal__title", "proposal__reference")
    body = django_filters.ChoiceFilter(choices=SubCommittee.choices, label="Sub-Committee")
    asked_in = MonthFilter("asked_on", label="Asked in")
    lasting = django_filters.BooleanFilter("until", "isnull", label="Until further notice")

    class Meta:
        model = Interest
        fields = ()


class ViewFilter(OfProposalFilter):
    """What Sub-Committees said, by words, Sub-Committee and month."""

    text = TextFilter("words", "meeting", "proposal__title", "proposal__reference")
    body = django_filters.ChoiceFilter(choices=SubCommittee.choices, label="Sub-Committee")
    said_in = MonthFilter("said_on", label="Said in")

    class Meta:
        model = SubCommitteeView
        fields = ()
