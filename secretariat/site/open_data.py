"""Open data: who is party to the code, as files at addresses that stay, without personal data.

Each file is the public's view of a list or figure, so it says what the pages say; every column is told.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response

from secretariat.core.exports import as_text, csv_file
from secretariat.core.figures import FIGURES, Grid, Span
from secretariat.core.lists import ListPage
from secretariat.core.pages import Crumb, Page
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day
from secretariat.plain.months import Month
from secretariat.register.models import CompletedRole, UserEntry
from secretariat.site.composed import opened_list
from secretariat.site.words import came_from

MEDIA = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
KEPT_SECONDS = 3600


@dataclass(frozen=True)
class Told:
    """One column of a file: its name in the file, and what it holds."""

    name: str
    meaning: str


Rows = Iterable[tuple[Any, ...]]


@dataclass(frozen=True)
class Dataset:
    """One file of the open data: its name in addresses, what it holds, its columns, and its rows at an instant."""

    name: str
    title: str
    about: str
    columns: tuple[Told, ...]
    rows: Callable[[datetime], Rows]


def the_public(at: datetime) -> HttpRequest:
    """A request of nobody in particular: what it may read anybody may."""
    request: Any = HttpRequest()
    request.method, request.user, request.at = "GET", AnonymousUser(), at
    return request  # type: ignore[no-any-return]


def _public_list(plural: str, at: datetime) -> ListPage:
    view = opened_list(plural, the_public(at))
    if view is None:
        raise Http404(f"The list of {plural} is not public.")
    return view


def _of_list(plural: str, *names: str) -> Callable[[datetime], Rows]:
    """The rows of a list as the public sees it: the record's key, then the columns with these names."""

    def rows(at: datetime) -> Iterator[tuple[Any, ...]]:
        view = _public_list(plural, at)
        places = [1 + [column.name for column in view.columns].index(name) for name in names]
        for row in view.values(view.ordered(view.rows())):
            yield row[0], *(_in_order(row[place]) for place in places)

    return rows


def _in_order(value: Any) -> Any:
    """A text that joins several names, with the names in order: a database joins them in any."""
    return ", ".join(sorted(value.split(", "))) if isinstance(value, str) and ", " in value else value


def _completed_roles(at: datetime) -> Iterator[tuple[Any, ...]]:
    public = UserEntry.objects.visible_to(None, at).values("pk")
    rows = CompletedRole.objects.filter(entry__in=public).order_by("party__key", "role__position", "pk")
    yield from rows.values_list("party__key", "party__name", "role__name", "entry__completed_on")


def _statistics(at: datetime) -> Iterator[tuple[Any, ...]]:
    """A row for each of the 13 months up to the last whole one."""
    grid: Grid = FIGURES["party_statistics"].grid(Span.of(Month.of(local_day(at)).plus(-1)))
    for column in grid.columns:
        cells = [grid.cells[row.key, column.key] for row in grid.rows]
        sources = sorted({came_from(cell) for cell in cells})
        yield column.key, *(cell.value for cell in cells), " and ".join(sources)


KEY = Told("key", "The key in the address of its page; it never changes.")
DATASETS = {
    dataset.name: dataset
    for dataset in (
        Dataset(
            "parties",
            "Parties",
            "Every organisation that is or was party to the code, those that left included. "
            "One that came back after leaving has two rows.",
            (
                KEY,
                Told("name", "Legal name."),
                Told("category", "Key of its Party Category on the day of the file; empty for one that left."),
                Told("voting_group", "Name of its Voting Group on the day of the file; empty for one that left."),
                Told("acceded", "Day of its accession."),
                Told("left", "Day on which it ceased to be a party; empty while it is one."),
                Told("roles", "The User Roles in which it completed user entry, in the order of the alphabet."),
            ),
            _of_list("parties", "name", "category", "voting_group", "acceded", "left", "roles"),
        ),
        Dataset(
            "voting-groups",
            "Voting Groups",
            "Every set of affiliates within one Party Category, with how many parties it has.",
            (
                KEY,
                Told("name", "Name."),
                Told("category", "Key of its Party Category."),
                Told("parties", "How many parties it has on the day of the file."),
            ),
            _of_list("voting groups", "name", "category", "parties"),
        ),
        Dataset(
            "user-roles",
            "User Roles completed",
            "Each User Role in which a party completed the User Entry Process, once.",
            (
                Told("party", "Key of the party, as in the file of parties."),
                Told("name", "Legal name of the party."),
                Told("role", "User Role."),
                Told("completed", "Day of completion."),
            ),
            _completed_roles,
        ),
        Dataset(
            "party-statistics",
            "Party statistics by month",
            "Thirteen months up to the last whole one, as the Operations Report prints them.",
            (
                Told("month", "Month, such as 2020-02."),
                Told("accessions", "Parties admitted in the month."),
                Told("in_default", "Parties in default at the end of the month."),
                Told("withdrawals", "Parties that withdrew in the month."),
                Told("expulsions", "Parties expelled in the month."),
                Told("source", "Where the numbers come from: records, published, or unknown where one is missing."),
            ),
            _statistics,
        ),
    )
}


class OpenData(Page):
    """What the files are, where they lie, what each column holds, and how they may be used."""

    template = "site/open_data.html"
    crumbs = (Crumb("Open data"),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        files = [
            (dataset, [(ending, reverse("open data file", args=[dataset.name, ending])) for ending in MEDIA])
            for dataset in DATASETS.values()
        ]
        return self.shown({"files": files, "licence": licence(self.request.at), "hours": KEPT_SECONDS // 3600})


def licence(at: datetime) -> dict[str, str]:
    """Under what the files may be used: this administration's setting."""
    return {
        "licence": RULEBOOK.text("open_data.licence", at),
        "licence_address": RULEBOOK.text("open_data.licence_address", at),
    }


class OpenDataFile(Page):
    """One file, the same for everybody; whoever asks again with its mark is told when nothing changed."""

    def get(self, request: HttpRequest, name: str, ending: str) -> HttpResponse:
        """The file. Raises Http404 for another name or form."""
        if name not in DATASETS or ending not in MEDIA:
            raise Http404("There is no such file. All files are listed under Open data.")
        content = written(DATASETS[name], ending, self.request.at)
        mark = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        response = HttpResponse(content, content_type=MEDIA[ending])
        response["Content-Disposition"] = f'inline; filename="{name}.{ending}"'
        response["ETag"] = mark
        response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
        response["Access-Control-Allow-Origin"] = "*"
        found = get_conditional_response(request, etag=mark, response=response)
        return found if isinstance(found, HttpResponse) else response


def written(dataset: Dataset, ending: str, at: datetime) -> bytes:
    """The bytes of a file at an instant: CSV with a head row, or JSON that tells its columns and licence."""
    names = [column.name for column in dataset.columns]
    rows = dataset.rows(at)
    if ending == "csv":
        return csv_file(names, rows)
    told = {
        "title": dataset.title,
        "about": dataset.about,
        "as_at": local_day(at).isoformat(),
        **licence(at),
        "columns": [{"name": column.name, "meaning": column.meaning} for column in dataset.columns],
        "rows": [dict(zip(names, map(_plain, row), strict=True)) for row in rows],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _plain(value: Any) -> Any:
    """A value as JSON holds it."""
    return as_text(value) if isinstance(value, date) else value
