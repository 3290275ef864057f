"""Receiving a monthly return: read, checked and kept whole or not at all, with what it restates."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Unpack

from django.db import transaction

from secretariat.core import journal
from secretariat.core.classification import Class
from secretariat.core.files import StoredFile, check, keep
from secretariat.core.journal import Told
from secretariat.core.procedure import Refused
from secretariat.oversight.measures import reading
from secretariat.oversight.measures.composition import Composite, Rule
from secretariat.oversight.measures.levels import KEPT, rounded
from secretariat.oversight.measures.methods import MethodVersion
from secretariat.oversight.measures.models import PerformanceReturn, ServiceLevel, definitions_on
from secretariat.oversight.measures.procedure import RETURNING
from secretariat.oversight.measures.reading import Before, Key, Reading
from secretariat.oversight.measures.standing import by_key, composed, current_levels
from secretariat.plain.dates import local_day
from secretariat.plain.months import Month


def read_file(month: Month, name: str, content: bytes, restates: str = "") -> Reading:
    """What a file would bring, with everything that is wrong in it. Nothing is written.

    Raises Refused where the file cannot be read, or was received before.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    twice = PerformanceReturn.objects.filter(file__sha256=sha256).first()
    if twice is not None:
        raise Refused(f"This very file was received before: {twice}.")
    reported = frozenset(by_key(current_levels([month])))
    before = Before(definitions_on(month.last), reported, bool(restates))
    found = reading.read_return(name, content, month, before)
    found.notes += _restated(found, reported) + _methods(found)
    return found


def _restated(found: Reading, reported: frozenset[Key]) -> list[str]:
    again = sorted(" ".join(one.key).strip() for one in found.told if one.key in reported)
    return [f"It restates {', '.join(again)}."] if again else []


def _methods(found: Reading) -> list[str]:
    known = {(one.document, one.version) for one in MethodVersion.objects.all()}
    unknown = sorted(found.methods - known)
    return [f"{document} {version} is not recorded here." for document, version in unknown]


def receive(
    month: Month, name: str, content: bytes, restates: str = "", invented: bool = False, **told: Unpack[Told]
) -> PerformanceReturn:
    """Keeps a return with its file and levels; those it restates are marked as superseded, and stay.

    Raises Refused with a sentence for each cell that is wrong, ValidationError for a file of another kind.
    """
    check(name, content)
    if month.last >= local_day(told["at"]):
        raise Refused(f"{month.label} is not over: its levels are not known yet.")
    with transaction.atomic():
        found = read_file(month, name, content, restates)
        if found.refused:
            raise Refused(*(str(one) for one in found.refused))
        if not found.told:
            raise Refused(f"{name} tells no level.")
        kept = _return(month, restates, found, invented)
        kept.file = _file(name, content, told["recorded"])
        RETURNING.take("receive", kept, **told)
        _keep_levels(kept, found, told)
    return kept


def _return(month: Month, restates: str, found: Reading, invented: bool) -> PerformanceReturn:
    method, exceptions = _method("PMM", found, month), _method("PMEL", found, month)
    return PerformanceReturn(
        month=month.first, restates=restates, methodology=method, exceptions=exceptions, notes=found.notes,
        invented=invented,
    )  # fmt: skip


def _method(document: str, found: Reading, month: Month) -> MethodVersion | None:
    """The version that the file names, or else the one in force at the end of the month."""
    rows = MethodVersion.objects.filter(document=document)
    named = [version for told, version in found.methods if told == document]
    if named:
        return rows.filter(version=named[0]).first() if len(named) == 1 else None
    return rows.filter(from_day__lte=month.last).order_by("-from_day").first()


def _file(name: str, content: bytes, recorded: datetime) -> StoredFile:
    file = StoredFile(name=name, sha256=keep(name, content), size=len(content), recorded=recorded)
    file.classification = Class.GREEN
    file.save()
    return file


def _keep_levels(kept: PerformanceReturn, found: Reading, told: Told) -> None:
    month = Month.of(kept.month)
    before = by_key(current_levels([month]))
    for one in found.told:
        if (old := before.get(one.key)) is not None:
            journal.amend(old, {"superseded_in": kept}, **told)
    rows = [_row(kept, one) for one in found.told]
    now = {**before, **by_key(rows)}
    for row in rows:
        row.rule, row.derived = _derived(row, now)
        row.full_clean(validate_unique=False, validate_constraints=False)
    journal.enter_all(rows, **told)
    _derive_again([row for key, row in now.items() if key in before and row.pk == before[key].pk], now, told)


def _row(kept: PerformanceReturn, one: reading.Told) -> ServiceLevel:
    return ServiceLevel(
        performance_return=kept, measure=one.definition.measure, definition=one.definition, month=kept.month,
        period_start=one.period_start, period_end=one.period_end, region=one.region, provider=one.provider,
        numerator=one.numerator, denominator=one.denominator, exclusions=one.exclusions, stated=one.stated,
        level=rounded(one.level, KEPT), status=one.status, narrative=one.narrative, plan=one.plan,
        plan_date=one.plan_date, invented=kept.invented,
    )  # fmt: skip


def _derived(row: ServiceLevel, levels: Mapping[Key, ServiceLevel]) -> tuple[str, Decimal | None]:
    """What the components of a composed measure give, and the rule of its definition by which they give it."""
    if not row.definition.rule:
        return "", None
    made = composed(row.definition, Rule(row.definition.rule), levels)
    if not isinstance(made, Composite) or made.level is None:
        return "", None
    return made.rule, rounded(made.level, KEPT)


def _derive_again(rows: Iterable[ServiceLevel], levels: Mapping[Key, ServiceLevel], told: Told) -> None:
    """Reckons again what was composed of levels that are now restated."""
    for row in rows:
        rule, derived = _derived(row, levels)
        journal.amend(row, {"rule": rule, "derived": derived}, **told)
