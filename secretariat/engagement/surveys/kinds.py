"""The kinds of record of surveys that a reference can name."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.engagement.surveys.models import Invitee, OptIn, Survey
from secretariat.register.kinds import not_named


def survey(text: str) -> Survey | None:
    """The survey with this title, in any case, where only one has it."""
    found = list(Survey.objects.filter(title__iexact=text.strip())[:2])
    return found[0] if len(found) == 1 else None


register("survey", Survey, survey)
register("opt-in", OptIn, not_named)
register("invitee", Invitee, not_named)
