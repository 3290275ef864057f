"""What every page's layout needs besides its own context."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from secretariat.core.people import Person, Role
from secretariat.site.clock import fixed_at
from secretariat.site.navigation import navigation


def shell(request: HttpRequest) -> dict[str, Any]:
    """The administration's name, whether it is a sample, who is signed in, and the navigation."""
    user = getattr(request, "user", None)
    person = user if isinstance(user, Person) else None
    at = getattr(request, "at", None)
    staff = person is not None and at is not None and person.acts_as(Role.SECRETARIAT, at)
    return {
        "administration": settings.ADMINISTRATION,
        "code_name": settings.CODE_NAME,
        "demo": settings.DEMO,
        "stands_still": fixed_at() if settings.DEMO else None,
        "person": person,
        "staff": staff,
        "at": at,
        "navigation": navigation(person, at, request.path),
        "path": request.path,
    }
