"""The bases of every page: who may open it, and the record, entry, step and load pages that rooms declare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Unpack

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.views import View

from secretariat.core import journal
from secretariat.core.capacities import anyone_signed_in
from secretariat.core.classification import why_visible
from secretariat.core.kinds import kind_of, load
from secretariat.core.people import Person
from secretariat.core.procedure import PROCEDURES, OpenStep, Procedure, Refused, Step, Who

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    class Request(HttpRequest):
        """A request with the one instant that everything in it happens at."""

        at: datetime
        user: Person | AnonymousUser

else:
    Request = HttpRequest


def anyone(person: Person | None, record: Any, at: datetime) -> bool:
    """Anybody; what is shown is decided record by record."""
    return True


def reader(request: Request) -> Person | None:
    """The signed-in person, or nobody."""
    return request.user if isinstance(request.user, Person) else None


@dataclass(frozen=True)
class Crumb:
    """One step of "where you are"."""

    label: str
    href: str = ""


class Page(View):
    """A page with a guard: `who` is asked before anything else is done."""

    who: ClassVar[Who] = staticmethod(anyone)
    template: ClassVar[str] = ""
    crumbs: ClassVar[tuple[Crumb, ...]] = ()
    request: Request

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Lets in whom the guard admits; sends the signed-out to sign in and refuses the others."""
        if type(self).who(reader(self.request), None, self.request.at):
            return super().dispatch(request, *args, **kwargs)
        if reader(self.request) is None:
            return redirect_to_login(request.get_full_path())
        raise PermissionDenied("This page is for others.")

    def told(self) -> journal.Told:
        """Who acts, and when: here and now."""
        return {"by": reader(self.request), "at": self.request.at, "recorded": self.request.at}

    def shown(self, context: dict[str, Any], status: int = 200) -> HttpResponse:
        """The page's template with its context."""
        return render(self.request, self.template, {"crumbs": self.crumbs, **context}, status=status)


@dataclass(frozen=True)
class Fact:
    """One line of a record's summary."""

    label: str
    value: Any
    href: str = ""
    note: str = ""


def said(*pairs: tuple[str, Any]) -> list[Fact]:
    """A fact for each pair of a label and a value that says something."""
    return [Fact(label, value) for label, value in pairs if value]


@dataclass(frozen=True)
class Related:
    """A table on a record's page: dated history, meetings, versions."""

    title: str
    heads: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    empty: str
    href: str = ""


INVENTED = Fact("Invented for the sample administration", "yes")
"""Said last of every record that is made up, whatever else its page tells."""


class RecordPage(Page):
    """A record's page: where it stands, what can be done, the facts, what belongs to it, the story.

    Rooms give the model, the word and path, the list's name, and the functions `facts` and `related`.
    """

    template = "core/record.html"
    model: ClassVar[type[models.Model]]
    word: ClassVar[str]
    plural: ClassVar[str]
    key: ClassVar[str] = "pk"
    editors: ClassVar[Who | None] = None

    def facts(self, record: Any) -> list[Fact]:
        """The lines of the summary."""
        return []

    def related(self, record: Any) -> list[Related]:
        """The tables below the summary."""
        return []

    def context(self, record: Any) -> dict[str, Any]:
        """What a room's own template needs besides."""
        return {}

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """Shows the record to those who may read it; for all others it is not there."""
        record = self.readable(key)
        person, at = reader(self.request), self.request.at
        procedure = PROCEDURES.get(kind_of(self.model))
        may_edit = self.editors is not None and type(self).editors(person, record, at)  # type: ignore[misc]
        return self.shown(
            {
                "record": record,
                "word": self.word,
                "crumbs": (Crumb(capfirst(self.plural), reverse(self.plural)), Crumb(str(record))),
                "why_visible": why_visible(record, person, at) if hasattr(record, "classification") else "",
                "facts": [*self.facts(record), *([INVENTED] if getattr(record, "invented", False) else [])],
                "related": self.related(record),
                "steps": offered(procedure, record, person, at) if procedure and person else [],
                "procedure": procedure,
                "kind": kind_of(self.model),
                "timeline": timeline(record, person, at),
                "edit": reverse(f"{self.word}-edit", args=[key]) if may_edit else "",
                **self.context(record),
            }
        )

    def readable(self, key: str) -> Any:
        """The record, if the person may read it. Raises Http404 otherwise."""
        rows = keyed(self.model, self.key, key)
        if hasattr(rows, "visible_to"):
            rows = rows.visible_to(reader(self.request), self.request.at)
        record = rows.first()
        if record is None:
            raise Http404(f"There is no {self.word} {key} that you may read.")
        return record


def keyed(model: type[models.Model], lookup: str, key: str) -> models.QuerySet[Any]:
    """The row with a key; none where the text of an address cannot be a key at all."""
    try:
        return model._default_manager.filter(**{lookup: key})
    except (ValueError, ValidationError):
        return model._default_manager.none()


def offered(procedure: Procedure, record: Any, person: Person, at: datetime) -> list[OpenStep]:
    """The steps that a record's page offers a person.

    What still lacks something and leads to no other state is left out: nothing would say why it cannot be taken.
    """
    return [one for one in procedure.open_steps(record, person, at) if one.step.target or not one.lacking]


def timeline(record: Any, person: Person | None, at: datetime) -> list[journal.Event]:
    """The events of a record, newest first, as far as the person may read them."""
    events = journal.history(record).order_by("-id")
    readable = journal.Event.objects.visible_of({kind_of(record)}, person, at)
    return list(events.filter(pk__in=readable.values("pk"))[:200])


class EntryPage(Page):
    """A form that enters a new record, or amends one; both leave an event.

    `begins` is the step with which a record of a procedure begins. A form with a `for_person` is told whose it is.
    """

    template = "core/entry.html"
    model: ClassVar[type[models.Model]]
    form_class: ClassVar[type[forms.ModelForm[Any]]]
    word: ClassVar[str]
    plural: ClassVar[str]
    key: ClassVar[str] = "pk"
    begins: ClassVar[str] = ""

    def get(self, request: HttpRequest, key: str = "") -> HttpResponse:
        """The form, empty or filled."""
        record = self._record(key)
        asked = self.request.GET.dict() if record is None else None
        return self._form(self.form_class(instance=record, initial=asked), record)

    def post(self, request: HttpRequest, key: str = "") -> HttpResponse:
        """Enters or amends; what was typed stays in the form when it is refused."""
        record = self._record(key)
        form = self.form_class(self.request.POST, self.request.FILES, instance=record)
        if not form.is_valid():
            return self._form(form, self._record(key), status=422)
        try:
            saved = self._save(form, key)
        except (ValidationError, Refused) as error:
            form.add_error(None, error.messages)
            return self._form(form, self._record(key), status=422)
        return redirect(saved.get_absolute_url())

    def _save(self, form: forms.ModelForm[Any], key: str) -> Any:
        told = self.told()
        record = self._record(key)
        if record is None:
            record = form.save(commit=False)
            self.enter(record, form, **told)
            return record
        journal.amend(record, {name: form.cleaned_data[name] for name in form.changed_data}, **told)
        return record

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Unpack[journal.Told]) -> None:
        """Saves a new record, or takes the step with which it begins."""
        if self.begins:
            PROCEDURES[kind_of(self.model)].take(self.begins, record, **told)
            return
        if hasattr(record, "recorded") and record.recorded is None:
            record.recorded = told["recorded"]
        journal.enter(record, **told)

    def _record(self, key: str) -> Any | None:
        if not key:
            return None
        rows = keyed(self.model, self.key, key)
        if hasattr(rows, "visible_to"):
            rows = rows.visible_to(reader(self.request), self.request.at)
        record = rows.first()
        if record is None:
            raise Http404(f"There is no {self.word} {key} that you may read.")
        return record

    def _form(self, form: forms.ModelForm[Any], record: Any | None, status: int = 200) -> HttpResponse:
        if hasattr(form, "for_person"):
            form.for_person(reader(self.request), self.request.at)
        title = f"Amend {record}" if record else f"Enter {_article(self.word)}"
        crumbs = (Crumb(capfirst(self.plural), reverse(self.plural)), Crumb(title))
        back = record.get_absolute_url() if record else reverse(self.plural)
        return self.shown({"form": form, "title": title, "crumbs": crumbs, "back": back, "word": self.word}, status)


def _article(word: str) -> str:
    return f"{'an' if word[0] in 'aeio' else 'a'} {word}"


class StepPage(Page):
    """Takes one step on one record: the form asks for the step's facts, and for when it took effect."""

    template = "core/step.html"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)

    def get(self, request: HttpRequest, kind: str, pk: int, name: str) -> HttpResponse:
        """The step's form, with what it still needs."""
        procedure, step, record = self._found(kind, pk, name)
        return self._form(step_form(step)(), procedure, step, record)

    def post(self, request: HttpRequest, kind: str, pk: int, name: str) -> HttpResponse:
        """Takes the step; a refusal keeps what was typed and says why."""
        procedure, step, record = self._found(kind, pk, name)
        form = step_form(step)(self.request.POST)
        if not form.is_valid():
            return self._form(form, procedure, step, record, status=422)
        facts = dict(form.cleaned_data)
        took_effect = facts.pop("took_effect", None) or self.request.at
        try:
            procedure.take(
                name, record, by=reader(self.request), at=took_effect, recorded=self.request.at,
                **{fact: self.request.POST.get(fact) for fact in facts},
            )  # fmt: skip
        except Refused as refusal:
            form.add_error(None, refusal.messages)
            return self._form(form, procedure, step, record, status=422)
        return redirect(record.get_absolute_url())

    def _found(self, kind: str, pk: int, name: str) -> tuple[Procedure, Step, Any]:
        procedure = PROCEDURES.get(kind)
        if procedure is None or name not in procedure.steps:
            raise Http404("There is no such step.")
        rows = procedure.model._default_manager.filter(pk=pk)
        if hasattr(rows, "visible_to"):
            rows = rows.visible_to(reader(self.request), self.request.at)
        record = rows.first()
        if record is None:
            raise Http404("There is no such record that you may read.")
        step = procedure.steps[name]
        if not step.who(reader(self.request), record, self.request.at):
            raise PermissionDenied("This step is for others.")
        return procedure, step, record

    def _form(self, form: forms.Form, procedure: Procedure, step: Step, record: Any, status: int = 200) -> HttpResponse:
        lacking = next(
            (
                found.lacking
                for found in procedure.open_steps(record, reader(self.request), self.request.at)
                if found.step == step
            ),
            (),
        )
        crumbs = (Crumb(str(record), record.get_absolute_url()), Crumb(step.label))
        return self.shown({"form": form, "step": step, "record": record, "lacking": lacking, "crumbs": crumbs}, status)


def step_form(step: Step) -> type[forms.Form]:
    """The form of a step: its facts, and the instant it took effect (empty: now)."""
    fields: dict[str, Any] = {name: make() for name, make in step.facts.items()}
    fields["took_effect"] = forms.DateTimeField(
        required=False, help_text="Leave empty if it takes effect now. Otherwise as 2020-02-17 14:30."
    )
    return type("StepForm", (forms.Form,), fields)


def record_urls(page: type[RecordPage], entry: type[EntryPage] | None = None) -> list[URLPattern]:
    """The addresses of a record's page and of its forms: `/parties/new/`, `/parties/<key>/`, `/parties/<key>/edit/`."""
    base = page.plural.replace(" ", "-")
    urls = []
    if entry is not None:
        urls += [
            path(f"{base}/new/", entry.as_view(), name=f"{page.word}-new"),
            path(f"{base}/<str:key>/edit/", entry.as_view(), name=f"{page.word}-edit"),
        ]
    return [*urls, path(f"{base}/<str:key>/", page.as_view(), name=page.word)]


def about(kind: str, record_id: int) -> Any | None:
    """The record that an "about" link points at; None when it is gone or of no kind that this program keeps."""
    try:
        return load(kind, record_id)
    except (ContentType.DoesNotExist, ValueError):
        return None
