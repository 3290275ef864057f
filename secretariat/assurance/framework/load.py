"""The file of controls that the assurance room takes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from secretariat.assurance.framework.models import OF_CONTROLS, Control, FrameworkVersion
from secretariat.core import journal
from secretariat.core.columns import INVENTED, one_of, words
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, Refusal, takes


def prepare_controls(lines: list[Line], loading: Loading) -> Prepared:
    """Controls to add, each with the version that it began with; one that is there in other words is refused."""
    rows = FrameworkVersion.objects.filter(framework__in=OF_CONTROLS)
    versions = {(one.framework, one.number): one for one in rows}
    known = {(one.since_id, one.reference): one for one in Control.objects.all()}
    prepared, seen = Prepared(), set[tuple[int, str]]()
    for line in lines:
        version = versions.get((line["framework"], line["version"]))
        if version is None:
            prepared.refused.append(line.refuse("version", f"{line['framework']} has no version {line['version']}."))
            continue
        control = Control(since=version, classification=version.classification, **{name: line[name] for name in TOLD})
        key = (version.pk, control.reference)
        there = known.get(key)
        refused = _twice(line) if key in seen else _wrong(line, control, there)
        seen.add(key)
        prepared.refused += refused
        if not refused and there is not None:
            prepared.repeated.append(line.row)
        elif not refused:
            prepared.accepted.append(control)
    return prepared


TOLD = ("reference", "obligation", "title", "says", "invented")


def _twice(line: Line) -> list[Refusal]:
    return [line.refuse("reference", "This control is here twice.")]


def _wrong(line: Line, control: Control, there: Control | None) -> list[Refusal]:
    if there is not None and any(getattr(there, name) != getattr(control, name) for name in TOLD):
        return [line.refuse("reference", "This control is there already in other words.")]
    try:
        control.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        return [line.refuse("reference", " ".join(error.messages))]
    return []


def _write(records: list[Any], loading: Loading) -> None:
    journal.enter_all(records, **loading.told)


CONTROLS = takes(
    LoadKind(
        "controls",
        "Controls of a framework",
        (
            Column("framework", one_of({one.value: one.value for one in OF_CONTROLS}), "SCF 2 or PCF"),
            Column("version", words, "the version that it began with, such as V1.20"),
            Column("reference", words, "such as G3.8-1"),
            Column("obligation", words, "the clause of the code, such as G3.8"),
            Column("title", words, "a few words"),
            Column("says", words, "what it asks, in your own words"),
            INVENTED,
        ),
        prepare_controls,
        _write,
    )
)
