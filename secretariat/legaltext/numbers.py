"""Version numbers, "5.14" or "61.0", and the order in which they follow each other."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

PARTS = 3
ROOM = 100_000


def order_of(number: str) -> int:
    """The rank of a version number among others: 5.4 before 5.14 before 61.0. Raises ValueError with a sentence."""
    if not re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,5}){0,2}", number):
        raise ValueError(f"“{number}” is no version number, such as 5.14, 61.0 or 1.2.1.")
    parts = [int(part) for part in number.split(".")]
    rank = 0
    for part in parts + [0] * (PARTS - len(parts)):
        rank = rank * ROOM + part
    return rank


def is_a_version(number: str) -> None:
    """Refuses what is no version number. Raises ValidationError."""
    try:
        order_of(number)
    except ValueError as error:
        raise ValidationError(str(error)) from error


def number_field() -> Any:
    """A version number, checked."""
    return models.CharField(max_length=17, validators=[is_a_version], help_text="Such as 5.14 or 61.0.")


class OrderField(models.BigIntegerField):  # type: ignore[type-arg]
    """The rank of the row's `number`, written whenever the row is saved, in bulk too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"editable": False, "default": 0, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> int:
        """The rank that the number gives."""
        rank = order_of(model_instance.number)  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, rank)
        return rank
