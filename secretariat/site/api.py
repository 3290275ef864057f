"""The root of the API: OpenAPI at /api/openapi.json, its pages at /api/docs."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from secretariat.core.api import add_lists, add_steps
from secretariat.products.lookup.api import add_device_check


class Api(NinjaAPI):
    """The API; its description is made once for each place at which it is mounted, since nothing in it changes."""

    def __init__(self, **told: Any) -> None:
        super().__init__(**told)
        self.described: dict[str, OpenAPISchema] = {}

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The description of every operation."""
        prefix = path_prefix or self.get_root_path(path_params or {})
        if prefix not in self.described:
            self.described[prefix] = super().get_openapi_schema(path_prefix=prefix)
        return self.described[prefix]


api = Api(
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
