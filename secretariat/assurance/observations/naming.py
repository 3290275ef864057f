"""Who is named to read what was found in a case, and what each of them reads (SEC-12, INF-2).

The assessor and the secretariat's security people read drafts too; the party and the body that sets the status read
what was shared. Nobody reads by office: a member of the security team who is not named sees nothing, not even how much.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Unpack

from django.db import transaction

from secretariat.assurance.models import Assessment
from secretariat.assurance.observations.models import RED, Evidence, Observation, Purpose, Reader, Red, Remark
from secretariat.core import journal
from secretariat.core.capacities import speaks_for
from secretariat.core.classification import Recipient
from secretariat.core.journal import Told
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person, Role, Team
from secretariat.core.procedure import Refused
from secretariat.plain.dates import local_day

FOR_ALL = (Purpose.REPORT, Purpose.RESPONSE, Purpose.DONE)
"""What a file of the whole case is for that everybody named reads; the others are the assessor's own."""


def part_in(person: Person, assessment: Assessment, at: datetime) -> str:
    """The part that a person has in a case, as words; nothing for a person who has none."""
    for row in person.capacities_on(local_day(at)):
        if row.role == Role.ASSESSOR and row.audience == assessment.assessor:
            return "assessor"
        if row.role == Role.SECRETARIAT and row.team in (Team.SECURITY, Team.OPERATIONS):
            return "secretariat"
        if row.role == Role.COMMITTEE_MEMBER and row.audience == assessment.audience:
            return f"member of {assessment.audience}"
    return "party" if assessment.party_id in speaks_for(person, at) else ""


def is_named(person: Person | None, assessment: Assessment) -> bool:
    """Whether a person is named to read what was found in a case."""
    return person is not None and Reader.objects.standing().filter(assessment=assessment, person=person).exists()


def is_finder(person: Person | None, assessment: Assessment, at: datetime) -> bool:
    """Whether a person, being named, reads drafts too: the assessor's people and the security team's."""
    if person is None or part_in(person, assessment, at) not in ("assessor", "secretariat"):
        return False
    return is_named(person, assessment)


def may_name(person: Person | None, assessment: Assessment, at: datetime) -> bool:
    """Whether a person may name readers: a finder; and while nobody is named, anybody of the security team."""
    if person is None:
        return False
    begins = not Reader.objects.standing().filter(assessment=assessment).exists()
    return is_finder(person, assessment, at) or (begins and part_in(person, assessment, at) == "secretariat")


def name_reader(assessment: Assessment, person: Person, **told: Unpack[Told]) -> None:
    """Names a person to read what was found in a case; who names the first is named too.

    Raises Refused: it is not for this person to name, or the person named has no part in the case.
    """
    by, at = told["by"], told["at"]
    if by is None or not may_name(by, assessment, at):
        raise Refused("Readers are named by those who are named themselves, of the assessor or the security team.")
    if not person.is_active or not part_in(person, assessment, at):
        raise Refused(f"{person} has no part in this case: not the party's, the assessor's, the body's or ours.")
    if is_named(person, assessment):
        raise Refused(f"{person} is named already.")
    with transaction.atomic():
        for one in {by.pk: by, person.pk: person}.values():
            if not is_named(one, assessment):
                _name(assessment, one, told)


def _name(assessment: Assessment, person: Person, told: Told) -> None:
    reader = Reader(
        assessment=assessment, person=person, from_day=local_day(told["at"]), recorded=told["recorded"],
        audience=assessment.audience, invented=assessment.invented,
    )  # fmt: skip
    journal.enter(reader, **told, person=person)
    drafts = is_finder(person, assessment, told["at"])
    for model in RED:
        rows = model.objects.filter(assessment=assessment)
        open_to([row for row in rows if drafts or is_for_all(row)], [person.pk])


def end_naming(reader: Reader, **told: Unpack[Told]) -> None:
    """Ends a naming: from now on the person reads nothing of the case. Raises Refused."""
    if not is_finder(told["by"], reader.assessment, told["at"]):
        raise Refused("A naming is ended by those who are named themselves, of the assessor or the security team.")
    with transaction.atomic():
        journal.amend(reader, {"to_day": local_day(told["at"])}, **told)
        for model in RED:
            rows: Any = model._base_manager.filter(assessment=reader.assessment_id).values("pk")
            Recipient.objects.filter(kind=kind_of(model), record_id__in=rows, person=reader.person_id).delete()


def is_for_all(record: Red) -> bool:
    """Whether everybody named to the case reads a record, and not only those who read drafts."""
    if isinstance(record, Observation):
        return record.number is not None
    if isinstance(record, Remark | Evidence) and record.observation is not None:
        return is_for_all(record.observation)
    return isinstance(record, Evidence) and record.purpose in FOR_ALL


def open_to(records: Iterable[Red], people: Iterable[int]) -> None:
    """Lets people read records."""
    named = list(people)
    Recipient.objects.bulk_create(
        [Recipient(kind=kind_of(row), record_id=row.pk, person_id=pk) for row in records for pk in named],
        ignore_conflicts=True,
    )


def open_to_its_readers(record: Red, at: datetime) -> None:
    """Lets those read a record who are named to its case, as far as it is for all of them."""
    readers = Reader.objects.standing().filter(assessment=record.assessment_id).select_related("person")
    shared = is_for_all(record)
    open_to([record], [one.person_id for one in readers if shared or is_finder(one.person, record.assessment, at)])


def open_shared(observation: Observation, at: datetime) -> None:
    """Lets everybody named read an observation that is shared now, with what was said and handed in of it before."""
    for record in (observation, *observation.remarks.all(), *observation.evidence.all()):
        open_to_its_readers(record, at)


def readers_of(assessment: Assessment) -> list[Reader]:
    """Who is named to a case, in the order in which they were."""
    found: Any = Reader.objects.standing().filter(assessment=assessment).select_related("person")
    return list(found)
