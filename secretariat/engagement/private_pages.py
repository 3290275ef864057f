"""Pages for whoever holds a private link."""

from __future__ import annotations

from django.http import HttpResponse


def kept_by_nobody(answer: HttpResponse) -> HttpResponse:
    """The answer, marked so that neither caches nor search engines keep it."""
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer
