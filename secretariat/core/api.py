"""The API, read off the lists and the procedures: what a page shows, a program may read, by the same rules.

Every list gives `GET /api/<plural>` with the page's own filters, sorting and paging; every procedure gives
`POST /api/steps/<kind>/<id>/<step>`.
"""

from __future__ import annotations

import json
from typing import Any

import django_filters
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.text import capfirst
from ninja import NinjaAPI, Query, Router, Schema, Status
from ninja.throttling import AnonRateThrottle, AuthRateThrottle
from ninja.utils import check_csrf
from pydantic import create_model

from secretariat.core.lists import LISTS, ListPage
from secretariat.core.pages import reader
from secretariat.core.procedure import PROCEDURES, Refused, Step, who_sentence

PAGE_LIMIT = 500


class Problem(Schema):
    """What went wrong, as sentences."""

    problems: list[str]


class Taken(Schema):
    """A step that was taken: the event it left and the state it led to."""

    event: int
    state: str


def add_lists(api: NinjaAPI) -> None:
    """Gives every known list an address in the API."""
    for page in LISTS.values():
        router = Router(tags=[capfirst(page.plural)])
        _add_list(router, page)
        api.add_router("", router)


def _add_list(router: Router, page: type[ListPage]) -> None:
    base = page.plural.replace(" ", "-")
    columns: dict[str, Any] = {column.name: (Any, None) for column in page.columns}
    item = create_model(f"{_camel(page.word)}Item", url=(str, ""), **columns)
    shape: dict[str, Any] = {"count": (int, 0), "page": (int, 1), "pages": (int, 1), "items": (list[item], [])}  # type: ignore[valid-type]
    answer = create_model(f"{_camel(page.word)}List", **shape)
    asked = create_model(f"{_camel(page.word)}Query", __base__=Schema, **_parameters(page))

    def give(request: HttpRequest, query: Any) -> HttpResponse:
        return _answer(page, request)

    give.__annotations__["query"] = Query[asked]  # type: ignore[misc,valid-type]
    give.__doc__ = page.about or f"The {page.plural} that you may read."
    router.get(
        f"/{base}",
        response={200: answer, 401: Problem, 422: Problem},
        operation_id=f"list_{base.replace('-', '_')}",
        throttle=[AnonRateThrottle(settings.API_RATES["anyone"]), AuthRateThrottle(settings.API_RATES["signed in"])],
        summary=capfirst(page.plural),
    )(give)


def _camel(word: str) -> str:
    return "".join(part.capitalize() for part in word.split())


def _parameters(page: type[ListPage]) -> dict[str, Any]:
    names: dict[str, django_filters.Filter] = page.filters.base_filters
    filters = dict.fromkeys(names, (str | None, None))
    return filters | {"sort": (str | None, None), "page": (int, 1), "size": (int, 50)}


def _answer(page: type[ListPage], request: HttpRequest) -> HttpResponse:
    view = page()
    view.request = request  # type: ignore[assignment]
    if not page.who(reader(view.request), None, view.request.at):
        status = 401 if reader(view.request) is None else 403
        return JsonResponse({"problems": ["Sign in with a role that may read this list."]}, status=status)
    chosen = view.found()
    if chosen.is_bound and not chosen.is_valid():
        return JsonResponse({"problems": _problems(chosen)}, status=422)
    return _listed(view, chosen.qs)


def _problems(chosen: django_filters.FilterSet) -> list[str]:
    return [f"{name}: {message}" for name, messages in chosen.form.errors.items() for message in messages]


def _facts(request: HttpRequest, step: Step) -> dict[str, Any]:
    """The facts of a step in a JSON body, as a form would bring them. Raises Refused: no object, an unknown name."""
    try:
        told = json.loads(request.body or b"{}")
    except json.JSONDecodeError as error:
        raise Refused(f"The body is no JSON: {error}.") from error
    if not isinstance(told, dict):
        raise Refused("The body must be a JSON object of the step's facts.")
    if unknown := sorted(told.keys() - step.facts.keys()):
        raise Refused(f"The step {step.name!r} does not take {', '.join(unknown)}.")
    return {name: one if one is None or isinstance(one, str | bool) else str(one) for name, one in told.items()}


def _listed(view: ListPage, rows: models.QuerySet[Any]) -> HttpResponse:
    paginator: Paginator[Any] = Paginator(view.values(view.ordered(rows)), _size(view.request))  # type: ignore[arg-type]
    page = paginator.get_page(view.request.GET.get("page"))
    names, base = [column.name for column in view.columns], reverse(view.plural)
    items = [dict(zip(names, row[1:], strict=True), url=view.address(row[0], base)) for row in page.object_list]
    return JsonResponse({"count": paginator.count, "page": page.number, "pages": paginator.num_pages, "items": items})


def _size(request: HttpRequest) -> int:
    text = request.GET.get("size", "50")
    return min(max(int(text), 1), PAGE_LIMIT) if text.isdigit() else 50


def add_steps(api: NinjaAPI) -> None:
    """Gives every procedure its steps in the API."""

    @api.post(
        "/steps/{kind}/{record_id}/{name}",
        response={200: Taken, 401: Problem, 403: Problem, 404: Problem, 409: Problem},
        tags=["Steps"],
        throttle=[AnonRateThrottle(settings.API_RATES["anyone"]), AuthRateThrottle(settings.API_RATES["signed in"])],
    )
    def take_step(request: HttpRequest, kind: str, record_id: int, name: str) -> Any:
        """Takes one step of a procedure on one record; the body holds the step's facts."""
        return _take(request, kind, record_id, name)


def _take(request: HttpRequest, kind: str, record_id: int, name: str) -> Any:
    procedure = PROCEDURES.get(kind)
    if procedure is None or name not in procedure.steps:
        return Status(404, {"problems": ["There is no such step."]})
    person, at = reader(request), request.at  # type: ignore[arg-type,attr-defined]
    if person is None:
        return Status(401, {"problems": ["Sign in: a step is taken by somebody."]})
    if check_csrf(request) is not None:
        return Status(403, {"problems": ["Send the token of the cookie csrftoken in the header X-CSRFToken."]})
    rows = procedure.model._default_manager.filter(pk=record_id)
    record = (rows.visible_to(person, at) if hasattr(rows, "visible_to") else rows).first()
    if record is None:
        return Status(404, {"problems": ["There is no such record that you may read."]})
    step = procedure.steps[name]
    if not step.who(person, record, at):
        return Status(403, {"problems": [f"{step.label} is for others: {who_sentence(step.who)}"]})
    try:
        event = procedure.take(name, record, by=person, at=at, recorded=at, **_facts(request, step))
    except (Refused, ValidationError) as refusal:
        return Status(409, {"problems": refusal.messages})
    return Status(200, {"event": event.pk, "state": getattr(record, "state", "")})
