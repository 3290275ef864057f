"""What happens around every request: the clock is read once, the second factor is asked for, headers are set."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from secretariat.core.people import Person
from secretariat.post.feed_keys import holder
from secretariat.site.clock import now

Get = Callable[[HttpRequest], HttpResponse]
FREE_OF_SECOND_FACTOR = ("/account/", "/static/", "/health")


def clock(get_response: Get) -> Get:
    """Sets `request.at`, the one instant at which everything in the request happens."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.at = now()  # type: ignore[attr-defined]
        return get_response(request)

    return handle


def program(get_response: Get) -> Get:
    """Lets a program read the API with its person's key: `Authorization: Bearer KEY`. A key reads and never writes."""

    def handle(request: HttpRequest) -> HttpResponse:
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not request.path.startswith("/api/"):
            return get_response(request)
        person = holder(key.strip())
        if person is None:
            return JsonResponse({"problems": ["This key is not in use. Make one under Subscriptions."]}, status=401)
        if request.method not in ("GET", "HEAD"):
            return JsonResponse({"problems": ["A key reads and never writes. Sign in to take a step."]}, status=403)
        request.user = person
        return get_response(request)

    return handle


def permissions_policy(get_response: Get) -> Get:
    """Switches off the browser features that no page uses."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        return response

    return handle


def second_factor(get_response: Get) -> Get:
    """Sends a person whose role needs a second factor to set one up before anything else."""

    def handle(request: HttpRequest) -> HttpResponse:
        person = getattr(request, "user", None)
        if (
            isinstance(person, Person)
            and not request.path.startswith(FREE_OF_SECOND_FACTOR)
            and _lacks(request, person)
        ):
            messages.info(request, "Your role needs a second factor. Set one up to go on.")
            return redirect("mfa_index")
        return get_response(request)

    return handle


def _lacks(request: HttpRequest, person: Person) -> bool:
    at = request.at  # type: ignore[attr-defined]
    if not any(person.acts_as(role, at) for role in settings.MFA_REQUIRED_ROLES):
        return False
    if request.session.get("has_second_factor"):
        return False
    has_one = person.authenticator_set.exists()  # type: ignore[attr-defined]
    if has_one:
        request.session["has_second_factor"] = True
    return not has_one
