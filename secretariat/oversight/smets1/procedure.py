"""How a SMETS1 combination becomes eligible: rated, endorsed, approved by the Panel, live, watched (F2.10A)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from secretariat.core import kinds
from secretariat.core.capacities import committee_member
from secretariat.core.classification import Class
from secretariat.core.facts import a_line, a_text
from secretariat.core.journal import save_checked
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.oversight.incidents.who import dcc_or_team, technical_team
from secretariat.oversight.smets1.models import (
    APPROVED,
    BEING_RATED,
    ENDORSED,
    LIVE,
    REFUSED,
    SETTLED,
    SUBMITTED,
    Criterion,
    Light,
    LiveServiceAssessment,
    Rating,
    Watch,
)
from secretariat.oversight.smets1.ratings import current_ratings, in_force, lacking
from secretariat.plain.dates import local_day

Facts = Mapping[str, Any]


def the_recommending_body_or_the_team(person: Person | None, record: Any, at: datetime) -> bool:
    """A member of the Operations Group, as the rulebook has it, or the technical team from its headlines."""
    return committee_member(RULEBOOK.text("smets1.recommended_by", at))(person, record, at) or technical_team(
        person, record, at
    )


def the_deciding_body_or_the_team(person: Person | None, record: Any, at: datetime) -> bool:
    """A member of the Panel, as the rulebook has it, or the technical team from its minutes."""
    return committee_member(RULEBOOK.text("smets1.decided_by", at))(person, record, at) or technical_team(
        person, record, at
    )


def the_dcc_or_who_recommends(person: Person | None, record: Any, at: datetime) -> bool:
    """The DCC and, once it is submitted, those who endorse it; the technical team for either."""
    if record is None or record.state == BEING_RATED:
        return dcc_or_team(person, record, at)
    return the_recommending_body_or_the_team(person, record, at)


@rule("LSC")
def no_other_assessment_is_under_way(assessment: LiveServiceAssessment, at: datetime) -> bool:
    """This combination is being assessed already, or it is live."""
    others = LiveServiceAssessment.objects.filter(combination=assessment.combination_id)
    return not others.exclude(pk=assessment.pk).exclude(state__in=(REFUSED, SETTLED)).exists()


@rule("LSC")
def every_criterion_is_rated(assessment: LiveServiceAssessment, at: datetime) -> bool:
    """An assessment is submitted once every live-service criterion in force is rated."""
    return not lacking(assessment, at)


@rule("LSC")
def what_is_not_green_says_why(assessment: LiveServiceAssessment, at: datetime, facts: Facts) -> bool:
    """A rating that is not Green gives its reason."""
    return facts["light"] == Light.GREEN or bool(facts["reason"].strip())


@rule("LSC")
def the_criterion_is_in_force(assessment: LiveServiceAssessment, at: datetime, facts: Facts) -> bool:
    """Only criteria in force on the day are rated."""
    return facts["criterion"] in in_force(at)


@rule("LSC")
def no_criterion_is_red(assessment: LiveServiceAssessment, at: datetime) -> bool:
    """A combination of which a criterion is Red is not recommended; have it rated again, or refuse it."""
    return all(one.light != Light.RED for one in current_ratings(assessment).values())


@rule("LSC")
def it_was_watched_long_enough(assessment: LiveServiceAssessment, at: datetime) -> bool:
    """A combination is watched for some time after it went live, as the rulebook says, before its monitoring ends."""
    live = assessment.live_on
    return live is not None and (local_day(at) - live).days >= RULEBOOK.number("smets1.monitoring_days", at)


@rule("LSC")
def something_was_seen_of_it(assessment: LiveServiceAssessment, at: datetime) -> bool:
    """Monitoring ends once something was recorded of how the combination goes."""
    return assessment.watches.exists()


@rule("LSC")
def one_record_is_named_at_most(assessment: LiveServiceAssessment, at: datetime, facts: Facts) -> bool:
    """The reference of the meeting or paper names several records; write it in full."""
    return len(kinds.find(facts["decision"])) <= 1


def _opened(assessment: LiveServiceAssessment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    assessment.opened_on = local_day(at)


def _rated(assessment: LiveServiceAssessment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    save_checked(Rating(assessment=assessment, from_at=at, recorded=recorded, **facts))


def _where(assessment: LiveServiceAssessment, prefix: str, facts: dict[str, Any]) -> None:
    """Keeps where it was decided: in words, and as a link to the record where the words name one."""
    found = kinds.find(facts["decision"])
    setattr(assessment, f"{prefix}_in", facts["decision"])
    setattr(assessment, f"{prefix}_kind", kind_of(found[0]) if found else "")
    setattr(assessment, f"{prefix}_id", found[0].pk if found else None)


def _endorsed(assessment: LiveServiceAssessment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """A recommendation goes to another body, so from then on it is no longer for the first one alone."""
    _where(assessment, "endorsed", facts)
    assessment.recommendation = facts["recommendation"]
    assessment.classification = min(assessment.classification, Class.GREEN)


def _decided(assessment: LiveServiceAssessment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    _where(assessment, "decided", facts)


def _refused(assessment: LiveServiceAssessment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    _where(assessment, "decided", facts)
    assessment.refused_because = facts["why"]


def _live(assessment: LiveServiceAssessment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    assessment.live_on = local_day(at)


def _watched(assessment: LiveServiceAssessment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    save_checked(Watch(assessment=assessment, day=local_day(at), recorded=recorded, **facts))


def _settled(assessment: LiveServiceAssessment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    assessment.settled_on, assessment.outcome = local_day(at), facts["outcome"]


RATED = {
    "criterion": lambda: forms.ModelChoiceField(Criterion.objects.all()),
    "light": lambda: forms.ChoiceField(choices=Light.choices, label="Rating"),
    "reason": a_line(1000, required=False, help_text="Needed where it is not Green."),
    "evidence": a_line(500, required=False),
    "rated_by": a_line(80, "Rated by", help_text="Such as the DCC, or the Operations Group."),
}
DECIDED = {"decision": a_line(200, "Where", help_text="The meeting or paper, such as SECP_77_1402_04.")}

LIVE_SERVICE = Procedure(
    "live_service_assessment",
    LiveServiceAssessment,
    Step("open", NEW, BEING_RATED, dcc_or_team, (no_other_assessment_is_under_way,), change=_opened),
    Step("rate", (BEING_RATED, SUBMITTED), None, the_dcc_or_who_recommends,
         (what_is_not_green_says_why, the_criterion_is_in_force), RATED, _rated, "Rate a criterion"),
    Step("submit", BEING_RATED, SUBMITTED, dcc_or_team, (every_criterion_is_rated,), says="Submit it", primary=True),
    Step("endorse", SUBMITTED, ENDORSED, the_recommending_body_or_the_team,
         (every_criterion_is_rated, no_criterion_is_red, one_record_is_named_at_most),
         {**DECIDED, "recommendation": a_text(4000, "Recommendation to the Panel")}, _endorsed,
         "Recommend it to the Panel", primary=True),
    Step("approve", ENDORSED, APPROVED, the_deciding_body_or_the_team, (one_record_is_named_at_most,), DECIDED,
         _decided, primary=True),
    Step("refuse", (SUBMITTED, ENDORSED), REFUSED, the_deciding_body_or_the_team, (one_record_is_named_at_most,),
         {**DECIDED, "why": a_line(500)}, _refused),
    Step("go_live", APPROVED, LIVE, dcc_or_team, change=_live, says="It is live", primary=True),
    Step("watch", LIVE, None, dcc_or_team, (),
         {"light": lambda: forms.ChoiceField(choices=Light.choices, label="How it goes"),
          "words": a_line(1000, "What was seen")}, _watched, "Record what was seen"),
    Step("settle", LIVE, SETTLED, the_recommending_body_or_the_team,
         (it_was_watched_long_enough, something_was_seen_of_it),
         {"outcome": a_line(1000, "What monitoring found")}, _settled, "End the monitoring", primary=True),
)  # fmt: skip
