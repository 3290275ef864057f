"""The kinds of record of the products room that a reference can name."""

from __future__ import annotations

import re

from secretariat.core.kinds import register
from secretariat.products.models import DeviceModel, ListVersion, ProductList

_VERSION = re.compile(r"(?P<code>[A-Z]+) (?:version |v)(?P<number>[0-9]{1,6})", re.IGNORECASE)


def product_list(text: str) -> ProductList | None:
    """The list with this code: CPL, PPCL, EPCL or DPL."""
    return ProductList.objects.filter(code=text.strip().upper()).first()


def list_version(text: str) -> ListVersion | None:
    """The version that a text such as "CPL version 212" names."""
    match = _VERSION.fullmatch(text.strip())
    if match is None:
        return None
    named = ListVersion.objects.filter(list__code=match["code"].upper(), number=int(match["number"]))
    return named.select_related("list").first()


def device_model(text: str) -> DeviceModel | None:
    """The device model with this CPL Entry ID."""
    return DeviceModel.objects.filter(entry_id=text.strip()).first()


register("product list", ProductList, product_list, lambda record: record.name)
register("list version", ListVersion, list_version)
register("device model", DeviceModel, device_model)
