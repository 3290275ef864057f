"""Files of a case: sealed where they lie, opened by named people only, and every opening journalled."""

from __future__ import annotations

from typing import Any, Unpack

from django.db import models, transaction

from secretariat.assurance.models import Assessment
from secretariat.assurance.observations.models import Evidence, Observation, Purpose
from secretariat.assurance.observations.naming import is_finder, is_named, open_to_its_readers
from secretariat.core import files, journal
from secretariat.core.journal import Told
from secretariat.core.procedure import Refused
from secretariat.core.sealed import keep_sealed

OPENED = "evidence.open"
"""The event that every opening leaves: who, when and which file, and nothing of what it holds."""


def hand_in(
    assessment: Assessment,
    name: str,
    content: bytes,
    purpose: str,
    observation: Observation | None = None,
    **told: Unpack[Told],
) -> Evidence:
    """Seals a file and keeps it with a case, or with one of its observations.

    Raises Refused where the person is not named to the case or the file is not for them to hand in, and
    ValidationError for a file of a kind that is not taken.
    """
    _may_hand_in(assessment, purpose, told)
    files.check(name, content)
    with transaction.atomic():
        evidence = Evidence(
            assessment=assessment, observation=observation, purpose=purpose, name=name, size=len(content),
            kept_at=told["recorded"], place=keep_sealed(content), invented=assessment.invented,
        )  # fmt: skip
        journal.enter(evidence, **told)
        open_to_its_readers(evidence, told["at"])
    return evidence


def _may_hand_in(assessment: Assessment, purpose: str, told: Told) -> None:
    if not is_named(told["by"], assessment):
        raise Refused("A file is handed in by somebody who is named to the case.")
    if purpose not in (Purpose.DONE, Purpose.RESPONSE) and not is_finder(told["by"], assessment, told["at"]):
        raise Refused("Reports and evidence of what was found are the assessor's to hand in.")


def opened(evidence: Evidence, **told: Unpack[Told]) -> bytes:
    """The bytes of a file, its opening journalled. Raises Unsealable, and then it was not opened."""
    content = evidence.read()
    with transaction.atomic():
        journal.record(OPENED, evidence, **told)
    return content


def openings(evidence: Evidence) -> models.QuerySet[Any]:
    """Who opened a file and when, newest first."""
    return journal.history(evidence).filter(name=OPENED).order_by("-id")
