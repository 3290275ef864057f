"""Which of these devices are on the Central Products List: asked by anybody with a file, answered and not kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja.throttling import AnonRateThrottle

from secretariat.core.exports import csv_file
from secretariat.core.lists import attachment
from secretariat.core.pages import Crumb, Page
from secretariat.core.procedure import Refused
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day
from secretariat.products.entries.columns import LABELS
from secretariat.products.entries.known import Widths
from secretariat.products.lookup.answers import Answer, answers, counted
from secretariat.products.lookup.forms import CheckForm
from secretariat.products.lookup.known import known_entries
from secretariat.products.lookup.wanted import COLUMNS, Wanted, read

MOST_ROWS = "products.check_rows"
OFTEN = "That was many files in a short time. Wait a minute, then send the file again."
HEADS = ("row", *COLUMNS, "answer", "listed_entry", "added_on", "removed_on", "nearest_entry", "says")


class OftenFromOnePlace(AnonRateThrottle):
    """How often one place may ask about devices; counted apart from all else."""

    scope = "devices"

    @classmethod
    def is_too_often(cls, request: HttpRequest) -> bool:
        """Whether it was too often; asking counts."""
        return not cls(settings.API_RATES["devices"]).allow_request(request)


def answered(wanted: Iterable[Wanted], day: date) -> list[Answer]:
    """What the record answers to each row."""
    return answers(wanted, known_entries(), day)


def as_row(one: Answer) -> tuple[Any, ...]:
    """An answer as a line of a file, under `HEADS`."""
    typed = [one.wanted.typed.get(name, "") for name in COLUMNS]
    entry, nearest = one.entry, one.nearest
    dates = (entry.added_on, entry.leaves_on) if entry else (None, None)
    found = entry.entry_id if entry else ""
    return (one.wanted.row, *typed, one.verdict.value, found, *dates, nearest.entry_id if nearest else "", one.says)


class DeviceCheck(Page):
    """Answers which devices of a file are on the list on a day; nothing of the file is kept."""

    template = "products/lookup/check.html"
    crumbs: ClassVar[tuple[Crumb, ...]] = (Crumb("Device models", "/device-models/"), Crumb("Check your devices"))

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self._form(CheckForm(initial={"day": local_day(self.request.at)}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """The answer to each row, as a page or as a file."""
        form = CheckForm(request.POST, request.FILES)
        if OftenFromOnePlace.is_too_often(request):
            form.add_error(None, OFTEN)
            return self._form(form, 429)
        if not form.is_valid():
            return self._form(form, 422)
        file, day = form.cleaned_data["file"], form.cleaned_data["day"]
        today = local_day(self.request.at)
        try:
            wanted = read(file.name, file.read(), Widths.on(today), RULEBOOK.number(MOST_ROWS, today))
        except Refused as refusal:
            form.add_error("file", refusal.messages)
            return self._form(form, 422)
        found = answered(wanted, day)
        if form.cleaned_data["answer"] == "csv":
            content = csv_file(HEADS, map(as_row, found))
            return attachment(content, "text/csv; charset=utf-8", f"devices-on-{day.isoformat()}.csv")
        return self._form(CheckForm(initial={"day": day}), found=found, counts=counted(found), day=day)

    def _form(self, form: CheckForm, status: int = 200, **told: Any) -> HttpResponse:
        columns = [(name, LABELS[name]) for name in COLUMNS]
        most = RULEBOOK.number(MOST_ROWS, self.request.at)
        return self.shown({"form": form, "columns": columns, "most": most, "found": None, **told}, status)
