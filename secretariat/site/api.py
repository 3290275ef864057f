"""The root of the API: OpenAPI at /api/openapi.json, its pages at /api/docs."""

from __future__ import annotations

from ninja import NinjaAPI

from secretariat.core.api import add_lists, add_steps
from secretariat.products.lookup.api import add_device_check

api = NinjaAPI(
    title="Secretariat",
    version="1",
    description="The record of an industry-code administration, as far as you may read it.",
    docs_url=None,
    openapi_url="/openapi.json",
)


def open_api() -> NinjaAPI:
    """The API with every list and step, and the check of devices; call once the rooms' lists are known."""
    add_lists(api)
    add_steps(api)
    add_device_check(api)
    return api
