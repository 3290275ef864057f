"""Pages of procurements and of bids; a bid has no page before it is opened."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from secretariat.core.capacities import in_a_capacity
from secretariat.core.files import MEDIA_TYPES
from secretariat.core.filters import TextFilter
from secretariat.core.form_page import found
from secretariat.core.lists import Column, ListPage, attachment, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, Page, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.core.sealed import Unsealable
from secretariat.effort.money import pounds
from secretariat.effort.procurement.actions import opened
from secretariat.effort.procurement.forms import ProcurementForm
from secretariat.effort.procurement.models import (
    APPROVED,
    AWARDED,
    BIDS_ARE_OPEN,
    CANCELLED,
    EVALUATED,
    ISSUED,
    OPENED,
    PREPARING,
    SCORED,
    Bid,
    Procurement,
)
from secretariat.effort.procurement.procedure import results
from secretariat.effort.procurement.scoring import out_of_a_hundred
from secretariat.effort.projects.models import Project
from secretariat.effort.who import operations_team
from secretariat.plain.dates import day_words, instant, long_date

STATES = (PREPARING, APPROVED, ISSUED, OPENED, EVALUATED, AWARDED, CANCELLED)


class ProcurementFilter(django_filters.FilterSet):
    """Choices among procurements."""

    text = TextFilter("title")
    state = django_filters.ChoiceFilter(choices=[(one, one) for one in STATES])

    class Meta:
        model = Procurement
        fields = ()


class Procurements(ListPage):
    """The procurements."""

    model = Procurement
    word, plural = "procurement", "procurements"
    filters = ProcurementFilter
    about = "What is bought by tender: documents, questions, bids and awards. Bids are sealed until they are opened."
    empty = "No procurement that you may read is kept."
    columns = (
        Column("title", "Procurement", "title"),
        Column("state", "State", "state"),
        Column("issued_on", "Issued", "issued_on"),
        Column("opens_at", "Bids opened", "opens_at"),
        class_column(),
    )
    order = "-pk"
    day = "issued_on"
    enters: ClassVar[Who | None] = staticmethod(operations_team)
    who: ClassVar[Who] = staticmethod(in_a_capacity)


class ProcurementPage(RecordPage):
    """One procurement: when bids are opened, its documents, answers, evaluators and bids."""

    model = Procurement
    word, plural = "procurement", "procurements"
    template = "effort/procurement.html"
    who: ClassVar[Who] = staticmethod(in_a_capacity)

    def facts(self, record: Procurement) -> list[Fact]:
        """Who approves, when it was issued, when bids are opened, and the award."""
        facts = [
            Fact("Approved by", record.approver),
            Fact("Issued", long_date(record.issued_on) if record.issued_on else "not yet"),
            Fact("Bids are opened", instant(record.opens_at) if record.opens_at else "not fixed yet",
                 note="" if record.state in BIDS_ARE_OPEN else "Until then nobody reads them."),
        ]  # fmt: skip
        project = self._seen(Project, record.project_id)
        facts += [Fact("Project", project, project.get_absolute_url())] if project else []
        bid = self._seen(Bid, record.awarded_to_id)
        facts += [Fact("Awarded to", bid, bid.get_absolute_url(), record.award_why)] if bid else []
        return facts

    def _seen(self, model: Any, key: int | None) -> Any:
        """The record of a model with a key, if the reader may read it."""
        return model.objects.visible_to(reader(self.request), self.request.at).filter(pk=key).first() if key else None

    def related(self, record: Procurement) -> list[Related]:
        """Documents, criteria, answers without who asked, evaluators, and bids once they are opened."""
        documents: list[tuple[Any, ...]] = [
            (Crumb(one.title, one.file.get_absolute_url()), one.version)
            for one in record.documents.select_related("file")
        ]
        criteria: list[tuple[Any, ...]] = [(one.name, f"{one.weight} %") for one in record.criteria.all()]
        answers: list[tuple[Any, ...]] = [
            (one.question, one.answer, day_words(one.answered_on)) for one in record.questions.all()
        ]
        people: list[tuple[Any, ...]] = [
            (str(one), _declared(one)) for one in record.evaluators.select_related("person")
        ]
        return [
            Related("Tender documents", ("Document", "Version"), documents, "There is no document yet."),
            Related("Criteria", ("Criterion", "Weight"), criteria, "There is no criterion yet."),
            Related("Questions and answers", ("Question", "Answer", "Answered"), answers, "Nothing was asked."),
            Related("Evaluators", ("Evaluator", "Conflict of interest"), people, "Nobody is named yet."),
            Related("Bids", ("Bidder", "Price", "Total"), self._bids(record), _no_bids(record)),
        ]

    def _bids(self, record: Procurement) -> list[tuple[Any, ...]]:
        rows = Bid.objects.visible_to(reader(self.request), self.request.at).filter(procurement=record)
        found = results(record) if record.state in SCORED else {}
        ordered = sorted(rows, key=lambda one: (-found.get(one.pk, 0), one.bidder))
        return [
            (
                Crumb(one.bidder, one.get_absolute_url()), pounds(one.pence),
                out_of_a_hundred(found[one.pk]) if one.pk in found else "not concluded",
            )
            for one in ordered
        ]  # fmt: skip

    def context(self, record: Procurement) -> dict[str, Any]:
        """The forms that the reader may open now."""
        person, at = reader(self.request), self.request.at
        links = []
        if operations_team(person, record, at):
            now = [(label, name) for states, label, name in OFFERED if record.state in states]
            links = [(label, reverse(name, args=[record.pk])) for label, name in now]
        if person is None or not record.evaluators.filter(person=person).exists():
            return {"own_pages": links}
        links.append(("Declare a conflict, or none", reverse("procurement-declare", args=[record.pk])))
        return {"own_pages": links, "why_visible": "You read this as a named evaluator."}


BEFORE = (PREPARING, APPROVED, ISSUED, OPENED)
OFFERED = (
    ((PREPARING,), "Add a document", "procurement-document"),
    ((PREPARING,), "Add a criterion", "procurement-criterion"),
    ((ISSUED,), "Answer a question", "procurement-question"),
    ((ISSUED,), "Take in a bid", "procurement-bid"),
    (BEFORE, "Name an evaluator", "procurement-evaluator"),
)
"""The operations team's forms: in which states, how the button says it, and the address."""


def _declared(one: Any) -> str:
    if one.declared_on is None:
        return "not declared yet"
    return "declared: does not score" if one.conflict else f"none, declared {long_date(one.declared_on)}"


def _no_bids(record: Procurement) -> str:
    if record.state in BIDS_ARE_OPEN and record.bids.exists():
        return (
            "The bids are read by the evaluators without a conflict, the project's lead and the operations team; once "
            "they are scored, also by the body that approves the award."
        )
    if record.state in BIDS_ARE_OPEN:
        return "No bid came."
    return "Bids are sealed until they are opened; not even their number is told."


class ProcurementEntry(EntryPage):
    """Begins a procurement."""

    model = Procurement
    form_class = ProcurementForm
    word, plural = "procurement", "procurements"
    who: ClassVar[Who] = staticmethod(operations_team)
    begins = "prepare"


class BidPage(RecordPage):
    """One bid, once opened: its price, its file and its scores."""

    model = Bid
    word, plural = "bid", "procurements"
    template = "effort/bid.html"
    who: ClassVar[Who] = staticmethod(in_a_capacity)

    def facts(self, record: Bid) -> list[Fact]:
        """For what, how much, and when it came."""
        whole: Any = Procurement.objects.visible_to(reader(self.request), self.request.at)
        of = whole.filter(pk=record.procurement_id).first()
        return [
            Fact("Procurement", of or "not for you to read", of.get_absolute_url() if of else ""),
            Fact("Price", pounds(record.pence)),
            Fact("Received", instant(record.received_at)),
            Fact("File", record.file_name, reverse("file of a bid", args=[record.pk])),
        ]

    def related(self, record: Bid) -> list[Related]:
        """One's own scores; everybody's once the scoring is concluded."""
        rows: Any = record.scores.select_related("criterion", "evaluator__person")
        if record.procurement.state not in SCORED:
            rows = rows.filter(evaluator__person=reader(self.request))
        told: list[tuple[Any, ...]] = [(one.criterion.name, str(one.evaluator), one.points, one.why) for one in rows]
        return [Related("Scores", ("Criterion", "By", "Points", "Why"), told, "You have not scored it.")]

    def context(self, record: Bid) -> dict[str, Any]:
        """Whether the reader scores it."""
        mine = record.procurement.evaluators.filter(person=reader(self.request)).first()
        told = {"scores": mine is not None and mine.may_score and record.procurement.state == OPENED}
        return told | ({"why_visible": "You read this as an evaluator without a conflict."} if mine else {})


class BidFile(Page):
    """A bid's file; every opening is journalled."""

    model = Bid
    who: ClassVar[Who] = staticmethod(in_a_capacity)

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The file, once the bids are opened."""
        bid = found(Bid, key, self)
        try:
            content = opened(bid, **self.told())
        except Unsealable as error:
            raise Http404(f"The file cannot be opened. {error}") from error
        return attachment(content, MEDIA_TYPES[f".{bid.file_name.rpartition('.')[2].lower()}"], bid.file_name)
