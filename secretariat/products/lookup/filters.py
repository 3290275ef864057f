"""How anybody finds a device model: words and hexadecimal values as they are typed, and the list on a day."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import django_filters
from django.db.models import Q

SEPARATORS = re.compile(r"[:.\-_]")
WORD_COLUMNS = ("entry_id", "manufacturer", "model", "device_type", "technical_specification", "certificates__number")
HEX_COLUMNS = (
    "manufacturer_identifier", "model_identifier", "hardware_version", "firmware", "image_hash",
)  # fmt: skip


def compact(word: str) -> str:
    """A value without prefix and separators, as the list keeps hexadecimal: "0x10:af" becomes "10AF"."""
    return SEPARATORS.sub("", word.upper().removeprefix("0X"))


class DeviceWords(django_filters.CharFilter):
    """Device models of which every word typed is found somewhere: in its names, or in its hexadecimal values."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label="Containing", help_text="Maker, model, entry, certificate, or hexadecimal.", **kwargs)

    def filter(self, rows: Any, value: str) -> Any:
        """The rows that contain every word."""
        for word in (value or "").split():
            anywhere = Q()
            for column in (*WORD_COLUMNS, "firmware"):
                anywhere |= Q(**{f"{column}__icontains": word})
            for column in HEX_COLUMNS:
                anywhere |= Q(**{f"{column}__icontains": compact(word)})
            rows = rows.filter(pk__in=rows.model._default_manager.filter(anywhere).values("pk"))
        return rows


class ListedOn(django_filters.DateFilter):
    """Device models that are on the Central Products List on a day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label="On the list on", **kwargs)

    def filter(self, rows: Any, value: date | None) -> Any:
        """The rows on the list on the day."""
        return rows if value is None else rows.filter(pk__in=rows.model._default_manager.listed_on(value).values("pk"))
