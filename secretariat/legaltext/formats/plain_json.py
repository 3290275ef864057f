"""A text as JSON: every field of every clause, for other programs; it comes back exactly."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import Any, Final

from secretariat.legaltext.formats.bounds import refusal
from secretariat.legaltext.formats.editions import Edition
from secretariat.legaltext.formats.lines import Incoming
from secretariat.legaltext.text import Clause, in_order

FORM: Final = "legal text, 1"
_FIELDS: Final = tuple(field.name for field in fields(Clause))


def plain_json(edition: Edition) -> bytes:
    """The edition as JSON in UTF-8, its clauses in reading order: the same edition gives the same bytes."""
    told = {
        "form": FORM,
        "document": edition.code,
        "title": edition.title,
        "version": edition.version,
        "day": edition.day.isoformat(),
        "statement": edition.statement,
        "clauses": [asdict(clause) for clause in edition.text.clauses],
    }
    return f"{json.dumps(told, ensure_ascii=False, indent=1)}\n".encode()


def read_json(content: bytes) -> Incoming:
    """The text that `plain_json` wrote. Raises ValueError, with what is wrong and where, for anything else."""
    try:
        told = json.loads(content)
    except json.JSONDecodeError as error:
        raise ValueError(f"It is not JSON: line {error.lineno}: {error.msg}.") from None
    except (UnicodeDecodeError, RecursionError):
        raise ValueError("It is not JSON in UTF-8.") from None
    if not isinstance(told, dict) or told.get("form") != FORM or not isinstance(told.get("clauses"), list):
        raise ValueError(f"It is JSON, but holds no legal text: no “form” of “{FORM}” with “clauses”.")
    clauses = [_clause(one, at) for at, one in enumerate(told["clauses"], start=1)]
    return Incoming(str(told.get("title", "")), in_order(clauses), frozenset(clause.uid for clause in clauses))


def _clause(told: Any, at: int) -> Clause:
    if not isinstance(told, dict) or any(not isinstance(told.get(name), str) for name in _FIELDS):
        raise ValueError(f"Clause {at}: it wants the fields {', '.join(_FIELDS)}, each a text.")
    made = Clause(**{name: told[name] for name in _FIELDS})
    wrong = refusal(made)
    if wrong:
        raise ValueError(f"Clause {at}: {wrong}.")
    return made
