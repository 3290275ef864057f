"""What was found in one case, on one page, for those who are named to it; and who is named."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from secretariat.assurance.cases.page import table
from secretariat.assurance.models import Assessment
from secretariat.assurance.observations.evidence import hand_in
from secretariat.assurance.observations.exchange import given_out, take_in
from secretariat.assurance.observations.forms import EvidenceForm, ListForm, ObservationForm, ReaderForm
from secretariat.assurance.observations.models import Evidence, Observation, Purpose, Reader, State
from secretariat.assurance.observations.naming import (
    end_naming,
    is_finder,
    is_named,
    may_name,
    name_reader,
    part_in,
    readers_of,
)  # fmt: skip
from secretariat.assurance.observations.procedure import OBSERVATION
from secretariat.assurance.observations.views import FILE_HEADS, NO_FILE, SealedPage, file_rows, sealed_attachment
from secretariat.core.capacities import in_a_capacity
from secretariat.core.form_page import FormPage, found
from secretariat.core.pages import Crumb, Page, Related, reader
from secretariat.core.people import Person
from secretariat.core.procedure import Refused, Who
from secretariat.plain.dates import day_words, local_day, long_date

HEADS = ("Observation", "Obligation", "Severity", "State", "Due", "Who sees to it")
SEALED = ("text", "seen", "action")
"""What a table does not tell, and so does not open."""
NOTHING = "Nothing is shared with you yet."
MEDIA = {"csv": "text/csv; charset=utf-8",
         "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}  # fmt: skip


def of_named(page: Page, key: str) -> Assessment:
    """The case, for who is named to it. Raises Http404: for all others there is no such page."""
    case: Assessment = found(Assessment, key, page)
    if not is_named(reader(page.request), case):
        raise Http404("There is no such record that you may read.")
    return case


def observations_of(page: Page, case: Assessment) -> list[Observation]:
    """The observations of a case that the reader of a page may read."""
    rows: Any = Observation.objects.filter(assessment=case).select_related("owner", "assessment")
    return list(rows.visible_to(reader(page.request), page.request.at))


def _rows(found: list[Observation]) -> list[tuple[Any, ...]]:
    return [
        (
            one, one.obligation, one.get_severity_display(),
            one.get_state_display(), day_words(one.due), str(one.owner or ""),
        )
        for one in found
    ]  # fmt: skip


@table
def on_the_page_of_the_case(case: Assessment, person: Person | None, at: datetime) -> Related | None:
    """To who is named, what was found; to the security team's others, who is named; to everybody else nothing."""
    if person is not None and is_named(person, case):
        rows = Observation.objects.filter(assessment=case).visible_to(person, at).select_related("owner").defer(*SEALED)
        door = reverse("assessment-observations", args=[case.pk])
        return Related("Observations", HEADS, _rows(list(rows)), NOTHING, door)
    if person is None or part_in(person, case, at) != "secretariat":
        return None
    named: list[tuple[Any, ...]] = [(str(one.person), long_date(one.from_day)) for one in readers_of(case)]
    door = reverse("assessment-readers", args=[case.pk])
    return Related("Named to read what is found", ("Who", "Since"), named, "Nobody is named.", door)


def standing(found: list[Observation], day: date) -> str:
    """How far the observations that somebody reads have come, in a sentence; nothing where there are none."""
    shared = [one for one in found if one.number is not None and one.state != State.WITHDRAWN]
    if not shared:
        return ""
    answered = sum(one.answered_on is not None for one in shared)
    verified, late = sum(one.state == State.VERIFIED for one in shared), sum(one.is_overdue(day) for one in shared)
    return f"Of {len(shared)} shared, {answered} are answered, {verified} verified and {late} overdue."


class CaseObservations(SealedPage):
    """Everything that was found in a case, its files, and what can be done."""

    model = Assessment
    word, key = "assessment", "pk"
    template = "assurance/case_observations.html"
    who: ClassVar[Who] = staticmethod(in_a_capacity)

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The page, for who is named."""
        case = of_named(self, key)
        crumbs = (Crumb(str(case), case.get_absolute_url()), Crumb("Observations"))
        found = observations_of(self, case)
        told = {"case": case, "parts": self._parts(case, found), "doors": self._doors(case), "crumbs": crumbs}
        return self.shown({**told, "standing": standing(found, local_day(self.request.at))})

    def _parts(self, case: Assessment, found: list[Observation]) -> list[Related]:
        files = Evidence.objects.filter(assessment=case, observation__isnull=True)
        shown = file_rows(files.visible_to(reader(self.request), self.request.at))
        return [
            Related("Observations", HEADS, _rows(found), NOTHING),
            Related("Files of the whole case", FILE_HEADS, shown, NO_FILE),
        ]

    def _doors(self, case: Assessment) -> list[Crumb]:
        finds = is_finder(reader(self.request), case, self.request.at)
        own = [("Record an observation", "assessment-observation"), ("Take in a list", "assessment-list")]
        every = [("Hand in a file", "assessment-evidence"), ("Who is named", "assessment-readers")]
        doors = [Crumb(label, reverse(name, args=[case.pk])) for label, name in (*(own if finds else ()), *every)]
        files = [reverse("assessment-observations-file", args=[case.pk, ending]) for ending in MEDIA]
        return [*doors, *(Crumb(f"As {ending.upper()}", href) for ending, href in zip(MEDIA, files, strict=True))]


class ObservationsFile(SealedPage):
    """A case's observations as a file, for who is named; that it was given out is journalled with each."""

    model = Assessment
    who: ClassVar[Who] = staticmethod(in_a_capacity)

    def get(self, request: HttpRequest, key: str, ending: str) -> HttpResponse:
        """The file."""
        case = of_named(self, key)
        if ending not in MEDIA:
            raise Http404(f"Observations are not given as .{ending}.")
        content = given_out(observations_of(self, case), ending, **self.told())
        return sealed_attachment(content, MEDIA[ending], f"observations-{case.pk}.{ending}")


class OfACase(FormPage):
    """A form about what was found in a case, for who is named to it."""

    model = Assessment
    word, key = "assessment", "pk"
    who: ClassVar[Who] = staticmethod(in_a_capacity)

    def record(self, key: str) -> Assessment:
        """The case. Raises Http404."""
        return of_named(self, key)

    @staticmethod
    def back(record: Assessment) -> str:
        """The page of what was found in it."""
        return reverse("assessment-observations", args=[record.pk])


class RecordObservation(OfACase):
    """Records what was found, as a draft."""

    title = "Record an observation"

    def form(self, record: Assessment, data: Any = None, files: Any = None) -> Any:
        """An empty draft."""
        return ObservationForm(data, instance=Observation(assessment=record, invented=record.invented))

    def save(self, record: Assessment, form: Any) -> str:
        """Takes the step that records it."""
        observation: Observation = form.save(commit=False)
        OBSERVATION.take("record", observation, **self.told())
        return observation.get_absolute_url()


class TakeInList(OfACase):
    """Takes in an assessor's list of observations."""

    title = "Take in a list of observations"

    def form(self, record: Assessment, data: Any = None, files: Any = None) -> ListForm:
        """The file."""
        return ListForm(data, files)

    def save(self, record: Assessment, form: forms.Form) -> str:
        """Records every row as a draft, or none."""
        file = form.cleaned_data["file"]
        take_in(record, file.name, file.read(), **self.told())
        return self.back(record)


class HandInOfCase(OfACase):
    """Hands in a file of the whole case: a report, a plan."""

    title = "Hand in a file"

    def form(self, record: Assessment, data: Any = None, files: Any = None) -> EvidenceForm:
        """The file, and what it is."""
        finds = is_finder(reader(self.request), record, self.request.at)
        return EvidenceForm(data, files, initial={"purpose": Purpose.REPORT if finds else Purpose.RESPONSE})

    def save(self, record: Assessment, form: forms.Form) -> str:
        """Seals it."""
        file = form.cleaned_data["file"]
        hand_in(record, file.name, file.read(), form.cleaned_data["purpose"], **self.told())
        return self.back(record)


class NameReaders(FormPage):
    """Who is named to read what was found in a case, and the form that names another."""

    model = Assessment
    word, key = "assessment", "pk"
    title = "Who is named to read what was found"
    template = "assurance/readers.html"
    who: ClassVar[Who] = staticmethod(in_a_capacity)

    def record(self, key: str) -> Assessment:
        """The case, for who is named to it or may begin to name. Raises Http404."""
        case: Assessment = super().record(key)
        person = reader(self.request)
        ours = person is not None and part_in(person, case, self.request.at) == "secretariat"
        if not (ours or is_named(person, case)):
            raise Http404("There is no such record that you may read.")
        return case

    def form(self, record: Assessment, data: Any = None, files: Any = None) -> ReaderForm:
        """The address of another."""
        return ReaderForm(data)

    def context(self, record: Assessment) -> dict[str, Any]:
        """Those who are named, each with the part that the person has in the case."""
        person, at = reader(self.request), self.request.at
        return {
            "may_name": may_name(person, record, at),
            "readers": [(one, part_in(one.person, record, at)) for one in readers_of(record)],
            "ends": is_finder(person, record, at),
        }

    def save(self, record: Assessment, form: forms.Form) -> str:
        """Names the person."""
        person = Person.objects.filter(email__iexact=form.cleaned_data["email"], is_active=True).first()
        if person is None:
            raise Refused("Nobody signs in with this address.")
        name_reader(record, person, **self.told())
        return reverse("assessment-readers", args=[record.pk])


class EndNaming(FormPage):
    """Ends a naming."""

    model = Reader
    word, key = "named reader", "pk"
    title = "End the naming"
    who: ClassVar[Who] = staticmethod(in_a_capacity)

    def form(self, record: Reader, data: Any = None, files: Any = None) -> forms.Form:
        """Nothing is asked."""
        return forms.Form(data)

    def save(self, record: Reader, form: forms.Form) -> str:
        """Ends it at once."""
        case = record.assessment
        end_naming(record, **self.told())
        stays = is_named(reader(self.request), case)
        return reverse("assessment-readers", args=[case.pk]) if stays else case.get_absolute_url()
