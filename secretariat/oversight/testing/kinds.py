"""The records of testing that pages and figures lead to; prose names programmes alone."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.oversight.testing.models import (
    ConcurrentTesting,
    Dependency,
    GovernancePlan,
    TestDocument,
    TestPhase,
    TestProgramme,
)
from secretariat.register.kinds import not_named


def programme(text: str) -> TestProgramme | None:
    """The programme with this name."""
    found: TestProgramme | None = TestProgramme.objects.filter(name__iexact=text.strip()).first()
    return found


register("test programme", TestProgramme, programme)
register("test phase", TestPhase, not_named)
register("test document", TestDocument, not_named)
register("governance plan", GovernancePlan, not_named)
register("test dependency", Dependency, not_named)
register("concurrent testing", ConcurrentTesting, not_named)
