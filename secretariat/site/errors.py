"""Error pages: what happened, what was kept, what to do next."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

TITLES = {
    400: "That request could not be read",
    403: "That page is for others",
    404: "There is nothing here that you may read",
    429: "Signing in is closed for a while",
    500: "Something broke on our side",
}


def _page(request: HttpRequest, status: int, detail: str) -> HttpResponse:
    return render(request, "site/error.html", {"title": TITLES[status], "detail": detail, "crumbs": ()}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return _page(request, 400, "The address or the form was not as this site writes them. Nothing was changed.")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _page(request, 403, str(exception) or "Nothing was changed.")


def untrusted_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without this site's token, as when it was left open while signing out and in again."""
    return _page(request, 403, "The form was too old or came from elsewhere. Nothing was changed: open it again.")


def locked_out(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """429 after too many wrong passwords."""
    told = "The password was wrong too often. Nothing is lost: wait half an hour, or ask the secretariat."
    return _page(request, 429, told)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the same page whether a thing is missing or not to be read."""
    told = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return _page(request, 404, told or "Check the address, or search for what you need.")


def broken(request: HttpRequest, *_: Any) -> HttpResponse:
    """500: plain, since the layout itself may be what broke."""
    text = "<!doctype html><html lang='en-GB'><title>Something broke</title><h1>Something broke on our side</h1>"
    return HttpResponse(
        f"{text}<p>Nothing of what you sent was half kept. Try again, or tell the secretariat.</p>", status=500
    )
