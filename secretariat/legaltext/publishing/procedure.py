"""A version of the code is planned, filled, checked as a whole and published (DOC-2, DOC-3, DOC-4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Unpack

from django.db import transaction

from secretariat.core.capacities import team, the_clock
from secretariat.core.classification import Class
from secretariat.core.journal import Told
from secretariat.core.people import Team
from secretariat.core.procedure import NEW, Procedure, Refused, Step, rule
from secretariat.legaltext.models import APPROVED, Draft
from secretariat.legaltext.numbers import order_of
from secretariat.legaltext.publishing.actions import (
    code_version,
    following_version,
    rehearsed,
    stand_in_the_way,
    written,
)
from secretariat.legaltext.publishing.edition import keep_edition
from secretariat.legaltext.publishing.models import (
    CANCELLED,
    CHECKED,
    GATHERED,
    OPEN,
    PLANNED,
    PUBLISHED,
    TAKEN_OUT,
    PlannedItem,
    PlannedVersion,
)
from secretariat.legaltext.publishing.numbering import fits, is_in_order

Facts = Mapping[str, Any]
publisher = team(Team.CHANGE)


@rule("DOC-2")
def the_number_is_of_the_days_scheme(planned: PlannedVersion, at: datetime) -> bool:
    """Its number is of the scheme of its day: major and minor, and from February 2020 a whole number with .0."""
    return fits(planned.number, planned.effective_from)


@rule("DOC-2")
def the_number_follows(planned: PlannedVersion, at: datetime) -> bool:
    """Its number follows those of all versions in effect by its day, and comes before those of all later ones."""
    return is_in_order(order_of(planned.number), planned.effective_from)


@rule("DOC-4")
def something_is_gathered(planned: PlannedVersion, at: datetime) -> bool:
    """A version brings a change of at least one document, and nothing is gathered yet."""
    return planned.gathered.exists()


@rule("DOC-3")
def every_draft_is_approved(planned: PlannedVersion, at: datetime) -> bool:
    """Only approved legal text is published: a draft of it is still pending, or dead."""
    return not planned.gathered.filter(draft__isnull=False).exclude(draft__state=APPROVED).exists()


@rule("DOC-3")
def the_plan_is_open(item: PlannedItem, at: datetime) -> bool:
    """A version is filled while it is planned: one that is checked is taken back to the plan first."""
    return item.planned is not None and item.planned.state == PLANNED


@rule("DOC-6")
def its_document_is_of_the_code(item: PlannedItem, at: datetime) -> bool:
    """A version of the code is of its own documents; another document is published by the body that owns it."""
    return item.document.of_the_code


@rule("DOC-8")
def it_stands_alone(item: PlannedItem, at: datetime) -> bool:
    """What is published by itself is a document beside the code, in no version of the code."""
    return item.planned is None and not item.document.of_the_code


@rule("DOC-3")
def its_draft_is_approved(item: PlannedItem, at: datetime) -> bool:
    """Only approved legal text goes into a version."""
    return item.draft is None or item.draft.state == APPROVED


@rule("DOC-3")
def nothing_changed_since_the_check(planned: PlannedVersion, at: datetime, facts: Facts) -> bool:
    """The code, or a draft, has changed since this version was checked. Take it back to the plan and check it again."""
    rehearsal = rehearsed(planned, at)
    if rehearsal.reasons:
        raise Refused(*rehearsal.reasons)
    return rehearsal.digest == planned.digest


def _gather(item: PlannedItem, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """It is read by nobody who may not read the plan, its draft and its document."""
    held = (item.planned, item.draft, item.document)
    above = max((one for one in held if one is not None), key=lambda one: one.classification)
    item.classification, item.audience = above.classification, above.audience
    facts["planned"] = item.planned


def _check(planned: PlannedVersion, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    rehearsal = rehearsed(planned, recorded)
    reasons = rehearsal.reasons or stand_in_the_way(rehearsal)
    if reasons:
        raise Refused(*reasons)
    planned.digest = rehearsal.digest


def _reopen(planned: PlannedVersion, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    planned.digest = ""


def _publish(planned: PlannedVersion, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    written(planned, by=None, at=at, recorded=recorded)
    planned.classification = Class.WHITE
    planned.published_as = code_version(planned, by=None, at=at, recorded=recorded)
    keep_edition(planned, recorded)


READY = (the_number_is_of_the_days_scheme, the_number_follows, something_is_gathered, every_draft_is_approved)

PUBLISHING = Procedure(
    "publishing",
    PlannedVersion,
    Step("plan", NEW, PLANNED, publisher, (the_number_is_of_the_days_scheme,)),
    Step("check", PLANNED, CHECKED, publisher, READY, change=_check, primary=True,
         says="Check it as a whole"),
    Step("reopen", CHECKED, PLANNED, publisher, change=_reopen, says="Take it back to the plan"),
    Step("publish", CHECKED, PUBLISHED, publisher, (*READY, nothing_changed_since_the_check), change=_publish,
         primary=True),
    Step("cancel", OPEN, CANCELLED, publisher, says="Cancel the plan"),
)  # fmt: skip

GATHERING = Procedure(
    "planned_change",
    PlannedItem,
    Step("gather", NEW, GATHERED, publisher, (the_plan_is_open, its_document_is_of_the_code, its_draft_is_approved),
         change=_gather),
    Step("publish_alone", NEW, GATHERED, the_clock, (it_stands_alone, its_draft_is_approved), change=_gather),
    Step("take_out", GATHERED, TAKEN_OUT, publisher, (the_plan_is_open,), says="Take it out of the plan"),
)  # fmt: skip


def gather_drafts(
    planned: PlannedVersion, drafts: Iterable[Draft], cause_kind: str, reference: str, **told: Unpack[Told]
) -> None:
    """Puts some approved drafts into a plan, each document with its next number. Raises Refused; then none is in it."""
    with transaction.atomic():
        numbers = {item.document_id: item.number for item in planned.gathered}
        for order, draft in enumerate(drafts, start=planned.gathered.count() + 1):
            number = numbers.setdefault(draft.document_id, following_version(draft.document))
            item = PlannedItem(
                planned=planned, order=order, draft=draft, document=draft.document, number=number,
                cause_kind=cause_kind, reference=reference, invented=planned.invented,
            )  # fmt: skip
            GATHERING.take("gather", item, **told)
