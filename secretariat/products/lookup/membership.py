"""On which lists an entry is or was, from when until when: what its public page tells besides its versions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from secretariat.core.pages import Crumb, Related
from secretariat.plain.dates import long_date
from secretariat.products.models import DeviceModel, ListVersion
from secretariat.products.publishing.models import ListRow

Versions = dict[tuple[int, int], ListVersion]
HEADS = ("List", "From", "Until", "Listed as")


def membership_of(entry: DeviceModel) -> Related:
    """The lists that hold or held the entry, alone or in a combination, with the versions that begin and end it."""
    asked = Q(key=entry.entry_id) | Q(key__contains=entry.entry_id)
    found: Iterable[ListRow] = ListRow.objects.filter(asked).select_related("list").order_by("list__position")
    rows = [row for row in found if entry.entry_id in _ids(row.key)]
    days = _days({row.list_id for row in rows})
    told = [
        (
            row.list.name,
            _from(row, row.from_number, days),
            _until(row, days),
            "" if row.key == entry.entry_id else row.key,
        )
        for row in rows
    ]
    return Related("On which lists", HEADS, list(told), "No version of a list that is kept here holds it.")


def _ids(key: str) -> list[str]:
    return re.split(r"[;|\s]+", key)


def _days(lists: set[int]) -> Versions:
    versions: Any = ListVersion.objects.filter(list__in=lists).select_related("list")
    return {(one.list_id, one.number): one for one in versions}


def _from(row: ListRow, number: int, days: Versions) -> Any:
    version = days.get((row.list_id, number))
    if version is None:
        return f"version {number}"
    return Crumb(f"version {number} of {long_date(version.published_on)}", version.get_absolute_url())


def _until(row: ListRow, days: Versions) -> Any:
    return _from(row, row.to_number, days) if row.to_number else "further notice"


def followed(entry: DeviceModel) -> list[tuple[str, str]]:
    """What can be followed from an entry's page: the model and its maker, each as words and an address."""
    base = reverse("subscriptions")
    maker, model = {"manufacturer": entry.manufacturer}, {"model": entry.model}
    asked = (("this model", {**maker, **model}), (f"all of {entry.manufacturer}", maker))
    return [
        (words, f"{base}?{urlencode({'plural': 'device models', 'query': urlencode(sorted(query.items()))})}")
        for words, query in asked
    ]
