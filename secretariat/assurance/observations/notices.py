"""Who hears of an observation: those who are named, that there is something; what it says never leaves by mail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from secretariat.assurance.observations.models import Evidence, Observation, Reader
from secretariat.assurance.observations.naming import is_finder
from secretariat.core.capacities import speaks_for
from secretariat.core.journal import Event
from secretariat.core.people import Person
from secretariat.post.notices import Notice, notify

TEMPLATE = "assurance/notices/observation.txt"
SUBJECT = "{{ record }} of an assessment"


def _named(record: Observation | Evidence) -> list[Person]:
    rows = Reader.objects.standing().filter(assessment=record.assessment_id).select_related("person")
    return [one.person for one in rows]


def the_party(event: Event, record: Observation, at: datetime) -> Iterable[Person]:
    """The party's people who are named; of an action that has an owner, the owner."""
    if record.owner is not None:
        return [record.owner]
    return [one for one in _named(record) if record.assessment.party_id in speaks_for(one, at)]


def the_finders(event: Event, record: Observation, at: datetime) -> Iterable[Person]:
    """The assessor's and the security team's people who are named."""
    return [one for one in _named(record) if is_finder(one, record.assessment, at)]


def who_is_named(event: Event, record: Reader, at: datetime) -> Iterable[Person]:
    """The person who is named."""
    return [record.person]


NOTICES = notify(
    Notice("observation.share", to=the_party, subject=SUBJECT, template=TEMPLATE),
    Notice("observation.chase", to=the_party, subject=SUBJECT, template=TEMPLATE),
    Notice("observation.send_back", to=the_party, subject=SUBJECT, template=TEMPLATE),
    Notice("observation.grant", to=the_party, subject=SUBJECT, template=TEMPLATE),
    Notice("observation.decline", to=the_party, subject=SUBJECT, template=TEMPLATE),
    Notice("observation.respond", to=the_finders, subject=SUBJECT, template=TEMPLATE),
    Notice("observation.ask_for_time", to=the_finders, subject=SUBJECT, template=TEMPLATE),
    Notice("observation.complete", to=the_finders, subject=SUBJECT, template=TEMPLATE),
    Notice("reader.enter", to=who_is_named, subject="You are named to read what was found in an assessment",
           template="assurance/notices/named.txt"),
)  # fmt: skip
