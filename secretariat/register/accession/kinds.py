"""The records of accession that pages and figures lead to; an application also by its reference."""

from __future__ import annotations

import re

from secretariat.core import kinds
from secretariat.register.accession.models import Application, Refusal, ShortenedBar
from secretariat.register.kinds import not_named

REFERENCE = re.compile(r"APP-([0-9]{4,9})")


def find_application(text: str) -> Application | None:
    """The application with a reference such as APP-0012."""
    named = REFERENCE.fullmatch(text)
    found: Application | None = Application.objects.filter(pk=int(named[1])).first() if named else None
    return found


kinds.register("application", Application, find_application)
kinds.register("refusal", Refusal, not_named)
kinds.register("shortened bar", ShortenedBar, not_named)
