"""An observation, from the assessor's draft to an action that was seen to be done: a part of Section G8, as a table.

What is written in a step is kept with the observation, sealed; the journal says only that it was written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django import forms

from secretariat.assurance.observations.models import WITH_THE_PARTY, Observation, Purpose, Reader, Remark, State
from secretariat.assurance.observations.naming import (
    is_finder,
    is_named,
    open_shared,
    open_to_its_readers,
    part_in,
)
from secretariat.core.calendar import calendar
from secretariat.core.capacities import speaks_for, the_clock
from secretariat.core.facts import a_day
from secretariat.core.people import Person
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.core.sealed import Withheld, WithheldField
from secretariat.plain.dates import local_day, long_date
from secretariat.post.due import Due, register

Facts = Mapping[str, Any]


def finder(person: Person | None, record: Any, at: datetime) -> bool:
    """The assessor's people and the secretariat's security team, as far as they are named to the case."""
    return record is not None and is_finder(person, record.assessment, at)


def answerer(person: Person | None, record: Any, at: datetime) -> bool:
    """The party's people who are named to the case; the secretariat's who are named, on its behalf."""
    if person is None or record is None or not is_named(person, record.assessment):
        return False
    return part_in(person, record.assessment, at) in ("party", "secretariat")


def the_partys(person: Person | None, record: Any, at: datetime) -> bool:
    """The party's people who are named to the case."""
    return record is not None and record.assessment.party_id in speaks_for(person, at)


@rule("SEC-12")
def the_party_is_named(observation: Observation, at: datetime) -> bool:
    """Somebody of the party is named to read it: otherwise nobody could answer."""
    readers = Reader.objects.standing().filter(assessment=observation.assessment_id).select_related("person")
    return any(observation.assessment.party_id in speaks_for(one.person, at) for one in readers)


@rule("SEC-7")
def the_owner_is_named(observation: Observation, at: datetime, facts: Facts) -> bool:
    """Who sees to the action is one of those named to read what was found; name the person first."""
    owner = _person(facts["owner"])
    return owner is not None and is_named(owner, observation.assessment)


@rule("SEC-7")
def the_day_is_to_come(observation: Observation, at: datetime, facts: Facts) -> bool:
    """The day by which the action is done has not passed."""
    return bool(facts["due"] >= local_day(at))


@rule("House rule: observations")
def the_day_is_later(observation: Observation, at: datetime, facts: Facts) -> bool:
    """The day asked for is later than the present one, and has not passed."""
    return bool(facts["day"] > max(observation.due or local_day(at), local_day(at)))


@rule("House rule: observations")
def a_later_day_is_asked_for(observation: Observation, at: datetime) -> bool:
    """The party has asked for a later day."""
    return observation.asked_for is not None


@rule("SEC-7")
def has_evidence(observation: Observation, at: datetime) -> bool:
    """Evidence that the action is done is handed in with it: add the file first."""
    return bool(observation.evidence.filter(purpose=Purpose.DONE).exists())


def _person(email: str) -> Person | None:
    return Person.objects.filter(email__iexact=email, is_active=True).first()


def _say(observation: Observation, step: str, text: Withheld, at: datetime, day: Any = None) -> None:
    """Keeps what was written in a step, for those who read the observation."""
    if not text.text:
        return
    told = {"assessment": observation.assessment, "observation": observation, "invented": observation.invented}
    remark = Remark(step=step, text=text.text, day=day, written_at=at, **told)
    remark.full_clean(validate_unique=False, validate_constraints=False)
    remark.save()
    open_to_its_readers(remark, at)


def _recorded(observation: Observation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    open_to_its_readers(observation, at)


def _shared(observation: Observation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    rows = Observation.objects.filter(assessment=observation.assessment_id, number__isnull=False)
    observation.number = rows.count() + 1
    observation.shared_on = local_day(at)
    working = calendar().working(local_day(at), RULEBOOK.number("observation.response_wd", at))
    observation.due, observation.working = working.result, f"The response: {working.sentence()}"
    open_shared(observation, at)


def _answered(observation: Observation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    _say(observation, "respond", facts["action"], at, facts["due"])
    observation.action, observation.owner = facts["action"].text, _person(facts["owner"])
    observation.due, observation.chased_at, observation.asked_for = facts["due"], None, None
    observation.answered_on = local_day(at)
    observation.working = f"The party named {long_date(facts['due'])}."


def _asked(observation: Observation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    _say(observation, "ask_for_time", facts["why"], at, facts["day"])
    observation.asked_for = facts["day"]


def _granted(observation: Observation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    before = f" from {long_date(observation.due)}" if observation.due else ""
    observation.working = f"Extended on {long_date(local_day(at))}{before}."
    observation.due, observation.asked_for, observation.chased_at = observation.asked_for, None, None


def _declined(observation: Observation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    _say(observation, "decline", facts["why"], at)
    observation.asked_for = None


def _completed(observation: Observation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    _say(observation, "complete", facts["what"], at)
    observation.completed_on = local_day(at)


def _sent_back(observation: Observation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    _say(observation, "send_back", facts["why"], at, facts["due"])
    observation.due, observation.chased_at, observation.completed_on = facts["due"], None, None
    observation.working = f"Sent back on {long_date(local_day(at))}, to be done by {long_date(facts['due'])}."


def _verified(observation: Observation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    _say(observation, "verify", facts["how"], at)
    observation.ended_on = local_day(at)


def _withdrawn(observation: Observation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    _say(observation, "withdraw", facts["why"], at)
    observation.ended_on = local_day(at)


def _chased(observation: Observation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    observation.chased_at = at


def _words(label: str) -> Any:
    return lambda: WithheldField(max_length=4000, widget=forms.Textarea, label=label)


def _owner() -> forms.Field:
    return forms.EmailField(
        label="Who sees to it", help_text="The e-mail address of somebody who is named to read what was found."
    )


WHY = {"why": _words("Why")}
STANDING = (State.DRAFT, State.SHARED, State.ANSWERED, State.COMPLETED)

OBSERVATION = Procedure(
    "observation",
    Observation,
    Step("record", NEW, State.DRAFT, finder, change=_recorded),
    Step("share", State.DRAFT, State.SHARED, finder, (the_party_is_named,), change=_shared,
         says="Share with all who are named", primary=True),
    Step("respond", State.SHARED, State.ANSWERED, answerer, (the_owner_is_named, the_day_is_to_come),
         {"action": _words("What the party will do"), "owner": _owner, "due": a_day("To be done by")}, _answered,
         "Give the management response", primary=True, turn=the_partys),
    Step("ask_for_time", WITH_THE_PARTY, None, answerer, (the_day_is_later,), {"day": a_day("Later day"), **WHY},
         _asked,
         "Ask for a later day"),
    Step("grant", WITH_THE_PARTY, None, finder, (a_later_day_is_asked_for,), change=_granted,
         says="Grant the later day"),
    Step("decline", WITH_THE_PARTY, None, finder, (a_later_day_is_asked_for,), WHY, _declined,
         "Decline the later day"),
    Step("complete", State.ANSWERED, State.COMPLETED, answerer, (has_evidence,),
         {"what": _words("What was done")}, _completed, "Say that the action is done", primary=True, turn=the_partys),
    Step("send_back", State.COMPLETED, State.ANSWERED, finder, (the_day_is_to_come,),
         {"due": a_day("To be done by"), **WHY},
         _sent_back, "It is not done yet"),
    Step("verify", State.COMPLETED, State.VERIFIED, finder, facts={"how": _words("How it was verified")},
         change=_verified, primary=True),
    Step("withdraw", STANDING, State.WITHDRAWN, finder, facts=WHY, change=_withdrawn),
    Step("chase", WITH_THE_PARTY, None, the_clock, change=_chased),
)  # fmt: skip


@register
def chasers(at: datetime) -> Iterator[Due]:
    """The observations whose response or action is late, and whose party was not reminded of it lately."""
    today = local_day(at)
    again = calendar().add(today, -RULEBOOK.number("observation.chase_wd", at))
    for one in Observation.objects.filter(state__in=WITH_THE_PARTY, due__lt=today).order_by("pk"):
        if one.chased_at is None or local_day(one.chased_at) <= again:
            yield Due(OBSERVATION, "chase", one)
