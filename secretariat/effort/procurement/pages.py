"""The forms about one procurement, and the scoring of one bid."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied

from secretariat.core.capacities import in_a_capacity
from secretariat.core.form_page import FormPage
from secretariat.core.pages import reader
from secretariat.core.procedure import Who
from secretariat.effort.procurement import actions
from secretariat.effort.procurement import forms as shapes
from secretariat.effort.procurement.models import BIDS_ARE_OPEN, Bid, Procurement
from secretariat.effort.who import operations_team


class ProcurementForms(FormPage):
    """Base of the operations team's forms: what was typed is handed to an action, and the procurement comes next."""

    model = Procurement
    plural = "procurements"
    shape: ClassVar[type[forms.Form]]
    who: ClassVar[Who] = staticmethod(operations_team)

    def form(self, record: Procurement, data: Any = None, files: Any = None) -> forms.BaseForm:
        """The form."""
        return self.shape(data, files)

    def save(self, record: Procurement, form: Any) -> Any:
        """Does what the form asks."""
        self.write(record, form.cleaned_data)
        return record

    def write(self, record: Procurement, known: dict[str, Any]) -> None:
        """The action."""
        raise NotImplementedError


class AddDocument(ProcurementForms):
    """Adds a version of a tender document."""

    title = "Add a document"
    shape = shapes.DocumentForm

    def write(self, record: Procurement, known: dict[str, Any]) -> None:
        """Keeps the file."""
        file = known["file"]
        actions.add_document(record, known["title"], known["version"], file.name, file.read(), **self.told())


class AddCriterion(ProcurementForms):
    """Adds a criterion."""

    title = "Add a criterion"
    lead = "All criteria together weigh 100 per cent."
    shape = shapes.CriterionForm

    def write(self, record: Procurement, known: dict[str, Any]) -> None:
        """Keeps it."""
        actions.add_criterion(record, known["name"], known["weight"], **self.told())


class AnswerQuestion(ProcurementForms):
    """Answers a bidder's question for all bidders."""

    title = "Answer a question"
    shape = shapes.QuestionForm

    def write(self, record: Procurement, known: dict[str, Any]) -> None:
        """Keeps question and answer."""
        actions.answer(record, known["asked_by"], known["asked_on"], known["question"], known["answer"], **self.told())


class TakeInBid(ProcurementForms):
    """Takes in a bid and seals it."""

    title = "Take in a bid"
    button = "Seal it"
    shape = shapes.BidForm

    def write(self, record: Procurement, known: dict[str, Any]) -> None:
        """Seals the file."""
        file = known["file"]
        actions.receive(record, known["bidder"], known["pence"], file.name, file.read(), **self.told())


class NameEvaluator(ProcurementForms):
    """Names somebody who scores bids."""

    title = "Name an evaluator"
    shape = shapes.EvaluatorForm

    def write(self, record: Procurement, known: dict[str, Any]) -> None:
        """Keeps who."""
        actions.name_evaluator(record, known["person"], **self.told())


class Declare(ProcurementForms):
    """An evaluator's declaration of conflicts; once bids are opened, it says who bids."""

    title = "Declare a conflict, or none"
    lead = "A conflict stands once it is declared: you neither read nor score the bids then."
    shape = shapes.DeclarationForm
    who: ClassVar[Who] = staticmethod(in_a_capacity)

    def form(self, record: Procurement, data: Any = None, files: Any = None) -> forms.BaseForm:
        """The form, with the names of the bidders once their bids are opened."""
        form = shapes.DeclarationForm(data)
        if record.state in BIDS_ARE_OPEN and self._is_named(record):
            names = ", ".join(record.bids.order_by("bidder").values_list("bidder", flat=True))
            form.fields["none"].help_text = f"Bids came from {names}." if names else "No bid came."
        return form

    def _is_named(self, record: Procurement) -> bool:
        return bool(record.evaluators.filter(person=reader(self.request)).exists())

    def write(self, record: Procurement, known: dict[str, Any]) -> None:
        """Keeps it; a conflict stands."""
        actions.declare(record, known["conflict"], **self.told())


class ScoreBid(FormPage):
    """An evaluator's points for a bid; for nobody else, whoever may read it."""

    model = Bid
    plural = "procurements"
    title = "Score this bid"
    lead = "From 0 to 100 points under each criterion, with a reason. Others see them once the scoring is concluded."
    who: ClassVar[Who] = staticmethod(in_a_capacity)

    def record(self, key: str) -> Any:
        """The bid, for an evaluator without a conflict. Raises Http404 or PermissionDenied."""
        bid = super().record(key)
        mine = bid.procurement.evaluators.filter(person=reader(self.request)).first()
        if mine is None or not mine.may_score:
            raise PermissionDenied("Bids are scored by the evaluators who declared to have no conflict.")
        return bid

    def form(self, record: Bid, data: Any = None, files: Any = None) -> forms.BaseForm:
        """Points and reasons, beginning with what one gave before."""
        mine = record.procurement.evaluators.filter(person=reader(self.request)).first()
        return shapes.ScoreForm(record, mine, data)

    def save(self, record: Bid, form: Any) -> Any:
        """Back to the bid."""
        actions.score(record, form.given(), **self.told())
        return record
