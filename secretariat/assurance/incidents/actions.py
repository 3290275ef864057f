"""Naming further readers of a notice, which is more than a step: each is journalled by number, and nothing is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Unpack

from django.db import transaction

from secretariat.assurance.incidents import readers
from secretariat.assurance.incidents.models import SecurityNotice
from secretariat.core import journal
from secretariat.core.journal import Told
from secretariat.core.people import Person
from secretariat.core.procedure import Refused


def name_readers(notice: SecurityNotice, people: Iterable[Person], **told: Unpack[Told]) -> None:
    """Names further readers of a notice (SEC-15). Raises Refused where nobody new is named, or somebody is gone."""
    chosen = list(people)
    gone = [str(one) for one in chosen if not one.is_active]
    if gone:
        raise Refused(f"{gone[0]} can no longer sign in; name somebody else.")
    with transaction.atomic():
        new = readers.name(notice, chosen)
        if not new:
            raise Refused("They read this already.")
        journal.record("security_notice.name_readers", notice, readers=new, **told)
