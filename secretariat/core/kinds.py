"""The kinds of record there are: their labels, and how a reference in prose finds one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models


def kind_of(model: type[models.Model] | models.Model) -> str:
    """The stable label of a model, such as "register.party"."""
    return model._meta.label_lower


@dataclass(frozen=True)
class Kind:
    """A kind of record: its word ("party"), and how to find one by its key or reference."""

    word: str
    model: type[models.Model]
    find: Callable[[str], Any | None]
    title: Callable[[Any], str]


KINDS: dict[str, Kind] = {}
"""Every registered kind by its model's label; rooms fill it from their `kinds.py`."""


def register(
    word: str, model: type[models.Model], find: Callable[[str], Any | None], title: Callable[[Any], str] = str
) -> None:
    """Makes a kind known: live fields, search and "about" links find its records from here."""
    KINDS[kind_of(model)] = Kind(word, model, find, title)


def by_word(word: str) -> Kind | None:
    """The kind with this word ("party", "proposal", "meeting"), if there is one."""
    return next((kind for kind in KINDS.values() if kind.word == word), None)


def find(reference: str) -> list[Any]:
    """Every record that a typed reference or key names, of whatever kind."""
    found = (kind.find(reference) for kind in KINDS.values())
    return [record for record in found if record is not None]


def model_of(kind: str) -> type[models.Model]:
    """The model with a label that `kind_of` gave. Raises ValueError when this program has no such model."""
    room, _, name = kind.partition(".")
    model = ContentType.objects.get_by_natural_key(room, name).model_class()
    if model is None:
        raise ValueError(f"This program keeps no records of the kind {kind!r}.")
    return model


def load(kind: str, record_id: int) -> Any | None:
    """The record of a kind with an id; None when there is none. Raises ValueError for an unknown kind."""
    return model_of(kind)._default_manager.filter(pk=record_id).first()
