"""Writes about a procurement besides its steps: documents, criteria, questions, bids, evaluators, scores."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar, Unpack

from django.db import models, transaction

from secretariat.core import files, journal
from secretariat.core.classification import Class
from secretariat.core.files import StoredFile
from secretariat.core.journal import Told
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.core.sealed import keep_sealed
from secretariat.effort.procurement.models import (
    APPROVED,
    EVALUATED,
    ISSUED,
    OPENED,
    PREPARING,
    Bid,
    Criterion,
    Evaluator,
    Procurement,
    Score,
    TenderDocument,
    TenderQuestion,
)
from secretariat.plain.dates import local_day

OPENED_FILE = "bid.open_file"
Row = TypeVar("Row", bound=models.Model)


def add_document(
    procurement: Procurement, title: str, version: str, name: str, content: bytes, **told: Unpack[Told]
) -> TenderDocument:
    """Keeps a version of a tender document. Raises Refused once the documents are approved."""
    _in(procurement, (PREPARING,), "Tender documents stand once they are approved.")
    sha256 = files.keep(name, content)
    file = StoredFile(name=name, sha256=sha256, size=len(content), recorded=told["recorded"])
    file.classification, file.audience = Class.AMBER, procurement.audience
    with transaction.atomic():
        journal.enter(file, **told)
        document = TenderDocument(procurement=procurement, title=title, version=version, file=file)
        return _add(procurement, document, "add_document", {"title": title, "version": version}, told)


def add_criterion(procurement: Procurement, name: str, weight: int, **told: Unpack[Told]) -> Criterion:
    """Adds a criterion. Raises Refused once the documents are approved."""
    _in(procurement, (PREPARING,), "Criteria stand once the tender documents are approved.")
    one = Criterion(procurement=procurement, name=name, weight=weight)
    return _add(procurement, one, "add_criterion", {"name": name, "weight": weight}, told)


def answer(
    procurement: Procurement, asked_by: str, asked_on: date, question: str, reply: str, **told: Unpack[Told]
) -> TenderQuestion:
    """Keeps a bidder's question with the answer for all bidders. Raises Refused unless the tender is issued."""
    _in(procurement, (ISSUED,), "Questions are answered while the tender is issued and bids are not opened.")
    one = TenderQuestion(procurement=procurement, asked_by=asked_by, asked_on=asked_on, question=question)
    one.answer, one.answered_on, one.recorded = reply, local_day(told["at"]), told["recorded"]
    return _add(procurement, one, "answer", {}, told)


def receive(procurement: Procurement, bidder: str, pence: int, name: str, content: bytes, **told: Unpack[Told]) -> Bid:
    """Seals a bid. Raises Refused for one that comes before the tender is issued or at its opening time or later."""
    _in(procurement, (ISSUED,), "Bids are taken while the tender is issued.")
    if procurement.opens_at is None or told["at"] >= procurement.opens_at:
        raise Refused("The bids are being opened: one that comes now is late and is not taken.")
    files.check(name, content)
    bid = Bid(procurement=procurement, bidder=bidder, pence=pence, file_name=name, received_at=told["at"])
    bid.audience, bid.invented = procurement.audience, procurement.invented
    with transaction.atomic():
        bid.place = keep_sealed(content)
        journal.enter(bid, verb="receive", **told)
    return bid


def name_evaluator(procurement: Procurement, person: Person, **told: Unpack[Told]) -> Evaluator:
    """Names who scores bids. Raises Refused once the scoring is concluded."""
    _in(procurement, (PREPARING, APPROVED, ISSUED, OPENED), "The scoring is concluded.")
    one = Evaluator(procurement=procurement, person=person)
    return _add(procurement, one, "name_evaluator", {"person": person}, told)


def declare(procurement: Procurement, conflict: str, **told: Unpack[Told]) -> Evaluator:
    """An evaluator declares a conflict, or with no words that there is none. Raises Refused for others, once the award
    is made, and where a conflict was declared already: it does not go away.
    """
    _in(procurement, (PREPARING, APPROVED, ISSUED, OPENED, EVALUATED), "The procurement is over: tell the team.")
    one = _evaluator(procurement, told["by"])
    if one.conflict:
        raise Refused("You have declared a conflict: it stands, and somebody else scores.")
    one.declared_on, one.conflict = local_day(told["at"]), conflict
    with transaction.atomic():
        journal.save_checked(one)
        journal.record("procurement.declare", procurement, **told, conflict=bool(conflict))
    return one


def score(bid: Bid, given: dict[Criterion, tuple[int, str]], **told: Unpack[Told]) -> list[Score]:
    """Keeps an evaluator's points and reasons for a bid, in place of those given before.

    Raises Refused for who is no evaluator, has a conflict or has not declared, and before the bids are opened.
    """
    _in(bid.procurement, (OPENED,), "Bids are scored from their opening until the scoring is concluded.")
    evaluator = _evaluator(bid.procurement, told["by"])
    if not evaluator.may_score:
        raise Refused("Declare first that you have no conflict; who has one does not score.")
    rows = []
    with transaction.atomic():
        for criterion, (points, why) in given.items():
            there = Score.objects.filter(bid=bid, criterion=criterion, evaluator=evaluator).first()
            one = there or Score(bid=bid, criterion=criterion, evaluator=evaluator)
            one.points, one.why, one.recorded = points, why, told["recorded"]
            journal.save_checked(one)
            rows.append(one)
        journal.record("bid.score", bid, **told, criteria=len(rows))
    return rows


def opened(bid: Bid, **told: Unpack[Told]) -> bytes:
    """The bytes of a bid's file, its opening journalled. Raises Unsealable, and then it was not opened."""
    content = bid.read()
    with transaction.atomic():
        journal.record(OPENED_FILE, bid, **told)
    return content


def _evaluator(procurement: Procurement, person: Person | None) -> Evaluator:
    found: Evaluator | None = procurement.evaluators.filter(person=person).first() if person else None
    if found is None:
        raise Refused("This is for the evaluators who are named.")
    return found


def _in(procurement: Procurement, states: tuple[str, ...], otherwise: str) -> None:
    procurement.refresh_from_db()
    if procurement.state not in states:
        raise Refused(otherwise)


def _add(procurement: Procurement, row: Row, verb: str, facts: dict[str, Any], told: Told) -> Row:
    with transaction.atomic():
        journal.save_checked(row)
        journal.record(f"procurement.{verb}", procurement, **told, **facts)
    return row
