"""Whether the system is well: the database answers, the journal's length, and what waits to be sent."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse

from secretariat.core import journal
from secretariat.core.kinds import KINDS


def health(request: HttpRequest) -> HttpResponse:
    """Plain text, or JSON to those who ask for it; 503 when the database does not answer."""
    state = condition()
    status = 200 if state["database"] == "reachable" else 503
    if "json" in request.headers.get("Accept", "") or request.GET.get("format") == "json":
        return JsonResponse(state, status=status)
    text = "".join(f"{name.replace('_', ' ')}: {value}\n" for name, value in state.items())
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)


def condition() -> dict[str, Any]:
    """What a monitor asks: names only what is public about the installation."""
    try:
        events, _ = journal.head()
        waiting = _waiting_to_be_sent()
    except DatabaseError:
        return {"status": "not well", "database": "unreachable"}
    return {"status": "well", "database": "reachable", "journal_events": events, **waiting}


def _waiting_to_be_sent() -> dict[str, int]:
    message = KINDS.get("post.message")
    return {"messages_queued": message.model._default_manager.filter(state="queued").count()} if message else {}
