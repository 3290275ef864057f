"""The paper checker as a public page: a file in, the paper with its findings beside the text out; nothing is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath
from threading import BoundedSemaphore
from typing import Any, ClassVar, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from ninja.throttling import AnonRateThrottle

from secretariat.core.pages import Crumb, Page
from secretariat.proof.apart import Told, checked_apart
from secretariat.proof.findings import RULES
from secretariat.proof.paper import UnreadableError
from secretariat.proof.reading import ENDINGS, Source

MOST_MEGABYTES: Final = 10
_BUSY: Final = "Two papers are being read at this moment. Your file was not kept; send it again in a minute."
_OFTEN: Final = "That was many papers in a short time. Wait a minute, then send the file again."
_TURN: Final = BoundedSemaphore(2)
_WAIT_SECONDS: Final = 20


class PaperForm(forms.Form):
    """A paper, and the one before it if there is one."""

    paper = forms.FileField(
        label="The paper", help_text=f"Word, PDF, HTML, Markdown or plain text, up to {MOST_MEGABYTES} MB."
    )
    previous = forms.FileField(
        label="The paper before it", required=False,
        help_text="Last month's, to find paragraphs carried over although their facts changed.",
    )  # fmt: skip

    def clean_paper(self) -> Source:
        """The file. Raises ValidationError with what to do."""
        return _source(self.cleaned_data["paper"])

    def clean_previous(self) -> Source | None:
        """The file, or nothing. Raises ValidationError with what to do."""
        given = self.cleaned_data["previous"]
        return _source(given) if given else None


def _source(given: UploadedFile[Any]) -> Source:
    name = PurePosixPath((given.name or "paper").replace("\\", "/")).name
    if PurePosixPath(name).suffix.lower() not in ENDINGS:
        raise ValidationError(f"“{name}” is not of a form that can be read: {', '.join(ENDINGS)}.")
    if (given.size or 0) > MOST_MEGABYTES * 1_000_000:
        raise ValidationError(f"“{name}” is larger than {MOST_MEGABYTES} MB. Split it, or remove its images.")
    return Source(name, given.read())


class ProofPage(Page):
    """Checks one paper for anybody."""

    template = "site/proof.html"
    crumbs: ClassVar[tuple[Crumb, ...]] = (Crumb("Check a paper"),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self._form(PaperForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """The paper with its findings, or the form with what is wrong with the file."""
        form = PaperForm(request.POST, request.FILES)
        if not AnonRateThrottle(settings.API_RATES["papers"]).allow_request(request):
            return self._form(PaperForm(), 429, _OFTEN)
        if not form.is_valid():
            return self._form(form, 422)
        if not _TURN.acquire(timeout=_WAIT_SECONDS):
            return self._form(PaperForm(), 503, _BUSY)
        try:
            told = checked_apart(form.cleaned_data["paper"], form.cleaned_data["previous"])
        except UnreadableError as error:
            form.add_error("paper", str(error))
            return self._form(form, 422)
        finally:
            _TURN.release()
        return self.shown({"form": PaperForm(), **_laid_out(told), "problem": "", "rules": RULES})

    def _form(self, form: PaperForm, status: int = 200, problem: str = "") -> HttpResponse:
        return self.shown({"form": form, "paper": None, "problem": problem, "rules": RULES}, status)


def _laid_out(told: Told) -> dict[str, Any]:
    """Each block with the findings that stand in it; what stands nowhere is about the whole paper."""
    waiting: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for number, finding in enumerate(told["findings"], 1):
        finding["number"] = number
        waiting[_at(finding)].append(finding)
    rows = [(block, [one for place in _places(block) for one in waiting.pop(place, [])]) for block in told["blocks"]]
    whole = [finding for findings in waiting.values() for finding in findings]
    errors = sum(finding["severity"] == "error" for finding in told["findings"])
    paper = {**told["paper"], **{name: _day(told["paper"][name]) for name in ("dated", "read_on")}}
    return {
        "paper": paper,
        "findings": told["findings"],
        "rows": rows,
        "whole": whole,
        "errors": errors,
        "count": len(told["findings"]),
    }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _places(block: dict[str, Any]) -> Iterator[tuple[int, int]]:
    yield _at(block)
    for name in ("head", "rows", "labels"):
        yield from (_at(part) for part in block.get(name, ()))


def _at(placed: dict[str, Any]) -> tuple[int, int]:
    return placed["place"]["page"], placed["place"]["line"]
