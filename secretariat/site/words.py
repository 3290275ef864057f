"""How values, cells and events read on a page: the filters of the templates, none of which count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import NoReverseMatch, get_script_prefix, reverse
from markupsafe import Markup, escape

from secretariat.core.figures import Cell, Printed, Records, Sum
from secretariat.core.journal import Event
from secretariat.core.kinds import KINDS
from secretariat.core.lists import shown
from secretariat.core.people import Person
from secretariat.core.procedure import PROCEDURES
from secretariat.plain.dates import instant, long_date

FEW_ROWS = 3
"""Longer lists of rows are counted, not told, where an event is one of many."""
FEW_WORDS = 12
"""The same of lists of words, such as the names on a roll."""
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
ISO_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(Z|[+-]\d{2}:\d{2})")
MONEY = re.compile(r"−?£[0-9,]+\.[0-9]{2}")
SHORT = 24
VERBS = {"enter": "Entered", "amend": "Amended", "load": "Loaded from a file", "end": "Ended"}


def address_of(value: Any) -> str:
    """Where a record's page is; nothing for what has none."""
    if not isinstance(value, models.Model) or not hasattr(value, "get_absolute_url"):
        return ""
    try:
        return str(value.get_absolute_url())
    except NoReverseMatch:
        return ""


def address(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page. Raises NoReverseMatch when there is none."""
    if args or kwargs:
        return reverse(name, args=args or None, kwargs=kwargs or None)
    return _fixed_address(settings.ROOT_URLCONF, get_script_prefix(), name)


@cache
def _fixed_address(urlconf: str, prefix: str, name: str) -> str:
    """Every page's layout asks for the same twenty addresses; they hold for one set of addresses below one prefix."""
    return reverse(name, urlconf)


def address_or_none(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page; nothing when there is no such page here."""
    try:
        return address(name, *args, **kwargs)
    except NoReverseMatch:
        return ""


def linked(value: Any) -> Markup:
    """A value as a table prints it: a record, or anything with a label and an href, as a link."""
    href = getattr(value, "href", "") or address_of(value)
    label = value.label if hasattr(value, "href") else shown(value)
    if href and label:
        return Markup('<a href="{}">{}</a>').format(href, label)
    return value if isinstance(value, Markup) else escape(label)


def is_numeric(value: Any) -> bool:
    """Whether a value is set to the right, as numbers and amounts of money are."""
    if isinstance(value, str):
        return MONEY.fullmatch(value) is not None
    return not isinstance(value, bool | models.Model) and value is not None and hasattr(value, "__round__")


def is_short(value: Any) -> bool:
    """Whether a value is kept on one line, as dates and references are."""
    return len(value if isinstance(value, str) else shown(value)) <= SHORT


def capital(text: str) -> str:
    """The text with its first letter large and the rest as it is."""
    return text[:1].upper() + text[1:]


def amount(value: Any) -> str:
    """A figure's number: thousands parted; hundredths as stored."""
    return "" if value is None else f"{value:,}"


def came_from(cell: Cell) -> str:
    """Where a number comes from, in one word: records, published, reckoned or unknown."""
    if isinstance(cell.counted, Records):
        return "records"
    if isinstance(cell.counted, Printed):
        return "published"
    return "reckoned" if isinstance(cell.counted, Sum) else "unknown"


def kind_word(kind: str) -> str:
    """The field's own word for a kind of record."""
    return KINDS[kind].word if kind in KINDS else kind.rpartition(".")[2]


@dataclass(frozen=True)
class Told:
    """One thing that an event changed or told: its label, what it was (if it was), and what it is."""

    label: str
    new: str
    old: str = ""
    changed: bool = False


def happened(event: Event) -> str:
    """What an event was, in a few plain words: the step's own label, or what every record undergoes."""
    verb = event.name.rpartition(".")[2]
    procedure = PROCEDURES.get(event.kind)
    if procedure is not None and verb in procedure.steps:
        return procedure.steps[verb].label
    return VERBS.get(verb, capital(verb.replace("_", " ")))


def caused_by(event: Event) -> Person | str:
    """Who caused an event: a person; else the clock, or somebody who was not signed in (an applicant by a link)."""
    if event.by is not None:
        return event.by
    procedure, verb = PROCEDURES.get(event.kind), event.name.rpartition(".")[2]
    step = procedure.steps.get(verb) if procedure is not None else None
    return "the clock" if step is None or step.who(None, None, event.at) else "somebody not signed in"


def told(event: Event, *, brief: bool = False) -> list[Told]:
    """The facts of an event as labels and words; a change of state comes first. `brief`: lists of rows as a count."""
    facts = {name: _counted(value) if brief else value for name, value in event.facts.items()}
    lines = [_line(name, _labelled(event.kind, name, value)) for name, value in facts.items()]
    return sorted((line for line in lines if line.new or line.old), key=lambda line: line.label != "State")


def _counted(value: Any) -> Any:
    """Long lists as a count; a record that the journal does not name is left out."""
    if isinstance(value, dict) and "kind" in value:
        return value if value.get("label") else ""
    if isinstance(value, dict):
        return {name: _counted(item) for name, item in value.items()}
    if not isinstance(value, list):
        return value
    rows = len(value) > FEW_ROWS and isinstance(value[0], dict | list)
    return f"{len(value)} rows, which the journal tells" if rows or len(value) > FEW_WORDS else value


def _labelled(kind: str, name: str, value: Any) -> Any:
    """A stored key as its field's own label; anything else as it is."""
    if kind not in KINDS or not isinstance(value, str):
        return value
    fields = {field.name: field for field in KINDS[kind].model._meta.concrete_fields}
    return dict(fields[name].flatchoices).get(value, value) if name in fields else value


def _line(name: str, value: Any) -> Told:
    label = capital(name.removesuffix("_id").replace("_", " "))
    if isinstance(value, dict) and value.keys() == {"old", "new"}:
        return Told(label, fact(value["new"]) or "nothing", fact(value["old"]) or "nothing", changed=True)
    return Told(label, fact(value))


def fact(value: Any) -> str:
    """A stored fact as words: ISO dates and instants printed in full, records by their label."""
    if isinstance(value, dict):
        return str(value.get("label") or kind_word(str(value.get("kind", "")))) if "kind" in value else _pairs(value)
    if isinstance(value, list):
        return ", ".join(fact(item) for item in value)
    if isinstance(value, str) and ISO_INSTANT.fullmatch(value):
        return instant(datetime.fromisoformat(value))
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        return long_date(date.fromisoformat(value))
    return shown(value)


def _pairs(value: dict[str, Any]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {fact(item)}" for name, item in value.items())
