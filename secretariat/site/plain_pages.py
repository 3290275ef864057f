"""The shell's quiet pages: every list there is, the API for people, the accessibility statement, robots.txt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from secretariat.core.capacities import anyone_signed_in
from secretariat.core.lists import LISTS
from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.procedure import Who
from secretariat.site.api import api
from secretariat.site.words import capital

ROBOTS = """User-agent: *
Disallow: /account/
Disallow: /load/
Disallow: /search/
Disallow: /steps/
"""


@dataclass(frozen=True)
class Endpoint:
    """One address of the API, read off its OpenAPI description."""

    method: str
    path: str
    summary: str
    told: str
    parameters: tuple[str, ...]


class AllLists(Page):
    """Every list that this person may open."""

    template = "site/lists.html"
    crumbs = (Crumb("All lists"),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The lists by name, each with what it holds."""
        person, at = reader(self.request), self.request.at
        pages = [page for _, page in sorted(LISTS.items()) if page.who(person, None, at)]
        return self.shown({"lists": [(capital(page.plural), reverse(page.plural), page.about) for page in pages]})


class ApiPage(Page):
    """The API as a page: every endpoint with what it takes."""

    template = "site/api.html"
    crumbs = (Crumb("API"),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The endpoints in the order of their addresses."""
        return self.shown({"endpoints": endpoints(), "description": reverse(f"{api.urls_namespace}:openapi-json")})


def endpoints() -> list[Endpoint]:
    """Every endpoint that the API describes."""
    schema = api.get_openapi_schema()
    found = [
        _endpoint(method, address, told)
        for address, methods in schema["paths"].items()
        for method, told in methods.items()
    ]
    return sorted(found, key=lambda each: each.path)


def _endpoint(method: str, address: str, told: dict[str, Any]) -> Endpoint:
    names = tuple(each["name"] for each in told.get("parameters", ()))
    return Endpoint(method.upper(), address, told.get("summary", ""), told.get("description", ""), names)


class SignInAddress(Page):
    """The address that a person signs in with; the secretariat changes it, so that the change is recorded."""

    template = "site/sign_in_address.html"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)
    crumbs = (Crumb("Your sign-in address"),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The address."""
        return self.shown({})


class Accessibility(Page):
    """How accessible the site is, and what to do when it is not."""

    template = "site/accessibility.html"
    crumbs = (Crumb("Accessibility"),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The statement."""
        return self.shown({})


def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers are asked to leave alone."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")
