"""Files that judging takes: registers of other codes, impacts, and costs."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from django.core.exceptions import ValidationError

from secretariat.change.judging.actions import recheck
from secretariat.change.judging.amounts import read_amount
from secretariat.change.judging.codes import number_key, other_codes, title_key
from secretariat.change.judging.cross_code import CodeListing, CrossCode
from secretariat.change.judging.models import Cost, Impact, Level, read_subject
from secretariat.change.models import Proposal
from secretariat.core import journal
from secretariat.core.columns import INVENTED, day, one_of, words
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, takes
from secretariat.plain.dates import local_day, long_date
from secretariat.plain.references import ProposalReference, parse_proposal

Made = tuple[Hashable, Any, tuple[Any, ...]]
"""A record made from a line: its natural key, the record, and what of it must be the same when it is loaded again."""


Known = dict[Hashable, tuple[Any, ...]]
"""What of each record there is already must be the same, by natural key."""


class Wrong(Exception):
    """A line that is refused: the column, and a sentence."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


def _prepare(lines: list[Line], known: Known, make: Callable[[Line], Made]) -> Prepared:
    """Sorts lines: new ones, ones already there with the same content, and refused ones."""
    prepared, seen = Prepared(), dict[Hashable, int]()
    for line in lines:
        try:
            key, row, content = make(line)
        except Wrong as wrong:
            prepared.refused.append(line.refuse(wrong.column, wrong.reason))
            continue
        if key in seen:
            prepared.refused.append(line.refuse("", f"This is in row {seen[key]} too."))
        elif key not in known:
            prepared.accepted.append(row)
        elif known[key] == content:
            prepared.repeated.append(line.row)
        else:
            prepared.refused.append(line.refuse("", "This is already there with other content."))
        seen.setdefault(key, line.row)
    return prepared


def _proposals() -> dict[tuple[int, str], Proposal]:
    return {(one.number, one.suffix): one for one in Proposal.objects.all()}


def _proposal(line: Line, known: dict[tuple[int, str], Proposal]) -> Proposal:
    named: ProposalReference = line["proposal"]
    found = known.get((named.number, named.suffix))
    if found is None:
        raise Wrong("proposal", f"There is no proposal {named}.")
    return found


def _classed(record: Any, proposal: Proposal) -> Any:
    record.classification, record.audience = proposal.classification, proposal.audience
    return record


def _fits(record: Any, loading: Loading) -> None:
    record.recorded = loading.recorded
    try:
        record.clean_fields(exclude=["proposal"])
    except ValidationError as error:
        column, messages = next(iter(error.message_dict.items()))
        raise Wrong(
            column if column in ("subject", "note", "purpose", "title", "number") else "", messages[0]
        ) from error


def _not_to_come(line: Line, column: str, loading: Loading) -> None:
    if line[column] > local_day(loading.at):
        raise Wrong(column, f"{long_date(line[column])} is still to come.")


def prepare_listings(lines: list[Line], loading: Loading) -> Prepared:
    """Lines of other codes' registers: a number once in the register of a day."""
    rows = CodeListing.objects.filter(code__in={line["code"] for line in lines})
    known: Known = {(one.code, one.number_key, one.printed_on): (one.title,) for one in rows}

    def make(line: Line) -> Made:
        _not_to_come(line, "printed_on", loading)
        told = {name: line[name] for name in ("code", "number", "title", "printed_on", "invented")}
        row = CodeListing(**told, number_key=number_key(line["number"]), title_key=title_key(line["title"]))
        _fits(row, loading)
        return (row.code, row.number_key, row.printed_on), row, (row.title,)

    return _prepare(lines, known, make)


def write_listings(accepted: list[CodeListing], loading: Loading) -> None:
    """Saves the lines, then checks the references to those codes (XC-3)."""
    told = loading.told
    journal.enter_all(accepted, **told)
    recheck(CrossCode.objects.filter(code__in={row.code for row in accepted}), **told)


def prepare_impacts(lines: list[Line], loading: Loading) -> Prepared:
    """Impacts: a thing touched once by a proposal."""
    proposals, subjects = _proposals(), dict[tuple[str, str], str]()
    rows = Impact.objects.all()
    known: Known = {(one.proposal_id, one.kind, one.subject): (one.level, one.note) for one in rows}

    def subject(line: Line) -> str:
        asked = (line["kind"], line["subject"])
        try:
            return subjects.get(asked) or subjects.setdefault(asked, read_subject(*asked))
        except ValidationError as error:
            raise Wrong("subject", " ".join(error.messages)) from error

    def make(line: Line) -> Made:
        proposal = _proposal(line, proposals)
        told = {name: line[name] for name in ("kind", "level", "note", "invented")}
        row = _classed(Impact(proposal=proposal, subject=subject(line), **told), proposal)
        _fits(row, loading)
        return (proposal.pk, row.kind, row.subject), row, (row.level, row.note)

    return _prepare(lines, known, make)


def prepare_costs(lines: list[Line], loading: Loading) -> Prepared:
    """Costs: one of a source, for a bearer and purpose, on a day."""
    proposals = _proposals()
    known: Known = {
        (one.proposal_id, one.borne_by, one.purpose, one.source, one.dated_on): (one.amount, one.note)
        for one in Cost.objects.all()
    }

    def make(line: Line) -> Made:
        _not_to_come(line, "dated_on", loading)
        proposal, amount = _proposal(line, proposals), line["amount"]
        told = {name: line[name] for name in ("borne_by", "purpose", "source", "dated_on", "note", "invented")}
        row = _classed(Cost(proposal=proposal, low=amount.low, high=amount.high, about=amount.about, **told), proposal)
        _fits(row, loading)
        return (proposal.pk, row.borne_by, row.purpose, row.source, row.dated_on), row, (amount, row.note)

    return _prepare(lines, known, make)


def _named(choices: Any) -> dict[str, Any]:
    return {name: key for key, label in choices for name in (key, label)}


PROPOSAL = Column("proposal", parse_proposal, "the proposal's label, such as SECMP0046 or MP079")
NOTE = Column("note", words, "what else is told", required=False, default="")

LISTINGS = takes(
    LoadKind(
        "code-listings",
        "Registers of other codes' changes",
        (
            Column("code", one_of({code: code for code in other_codes()}), "the short name of the code, such as BSC"),
            Column("number", words, "the number as printed, such as P379"),
            Column("title", words, "the title as printed"),
            Column("printed_on", day, "the day as on which the register was printed"),
            INVENTED,
        ),
        prepare_listings,
        write_listings,
    )
)

IMPACTS = takes(
    LoadKind(
        "proposal-impacts",
        "What proposals touch",
        (
            PROPOSAL,
            Column("kind", one_of(_named(Impact.Kind.choices)), "category, role, device, system or document"),
            Column("subject", words, "what is touched, such as Large Supplier or Section K"),
            Column("level", one_of(_named(Level.choices)), "high, medium or low", required=False, default=""),
            NOTE,
            INVENTED,
        ),
        prepare_impacts,
    )
)

COSTS = takes(
    LoadKind(
        "proposal-costs",
        "What proposals cost",
        (
            PROPOSAL,
            Column("borne_by", one_of(_named(Cost.BORNE_BY)), "central, or a Party Category"),
            Column("purpose", words, "what for", required=False, default="implementation"),
            Column("amount", read_amount, "whole pounds, such as about £120,000 or £100,000 to £150,000"),
            Column("source", one_of(_named(Cost.Source.choices)), "who reckoned it, such as DCC IA"),
            Column("dated_on", day, "the day of the estimate"),
            NOTE,
            INVENTED,
        ),
        prepare_costs,
    )
)
