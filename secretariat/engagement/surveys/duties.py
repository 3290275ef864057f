"""The surveys that ask a person, and those that the contacts of a party may opt in to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from secretariat.core.duties import Duty, Weight, duties
from secretariat.core.people import Person
from secretariat.engagement.surveys.models import OPEN, OPT_IN, Invitee, OptIn, Survey


@duties
def surveys(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """What asks the person for answers on the party's behalf, and what they may opt in to."""
    if person is None:
        return
    asked = Invitee.objects.filter(person=person, has_answered=False, survey__state=OPEN, survey__closes_at__gte=at)
    for one in asked.select_related("survey"):
        if one.party_id in (None, party_id):
            yield Duty(f"Answer {one.survey}", one.survey, one.survey.closes_at, why=one.why, citation="HLP-10",
                       does="Answer", weight=Weight.MAY, name="answer",
                       href=reverse("survey-answer", args=[one.survey_id]))  # fmt: skip
    taking = Survey.objects.filter(state=OPT_IN, closes_at__gte=at).visible_to(person, at)
    for survey in taking.exclude(opt_ins__in=_own(person)):
        yield Duty(f"Say whether you take part in {survey}", survey, why="Only who opts in is asked.",
                   citation="HLP-10", does="Take part", weight=Weight.MAY, name="opt-in",
                   href=reverse("survey-opt-in", args=[survey.pk]))  # fmt: skip


def _own(person: Person) -> list[int]:
    return list(OptIn.objects.filter(person=person, withdrawn_on__isnull=True).values_list("pk", flat=True))
