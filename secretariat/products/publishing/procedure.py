"""How a version of a list is prepared, published and loaded (section 7.4), and a combination of devices is judged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from secretariat.core import journal, kinds
from secretariat.core.classification import Class
from secretariat.core.facts import a_line, a_text
from secretariat.core.kinds import kind_of
from secretariat.core.procedure import NEW, Procedure, Refused, Step, rule
from secretariat.plain.dates import local_day
from secretariat.products.publishing.actions import fill, held, published
from secretariat.products.publishing.content import digest
from secretariat.products.publishing.models import (
    APPROVED,
    ASKED,
    DETERMINED,
    ENDORSED,
    LOADED,
    PREPARED,
    PUBLISHED,
    RECEIVED,
    REFUSED,
    WITHDRAWN,
    CombinationReport,
    PreparedVersion,
    TestingRequest,
    is_central,
    newest,
    newest_kept,
)
from secretariat.products.publishing.shapes import SHAPES
from secretariat.products.publishing.who import (
    technical_team,
    the_asker,
    the_asker_or_the_technical_team,
    the_dcc_or_the_technical_team,
    the_operations_group_or_the_technical_team,
    the_panel_or_the_technical_team,
    who_makes_the_list,
)

Facts = Mapping[str, Any]
DCC = "DCC"
"""The body whose Amber a request to determine testing is."""


@rule("PRD-30")
def its_content_is_kept_here(prepared: PreparedVersion, at: datetime) -> bool:
    """Versions are made of the Central, Deployed, Eligible and Pending lists, and of no other."""
    return prepared.list.code in SHAPES


@rule("PRD-12")
def a_file_is_given(prepared: PreparedVersion, at: datetime) -> bool:
    """A version of a list that the DCC creates is made of its file, and one of the Central list of its entries."""
    return is_central(prepared.list) == (prepared.file_id is None)


@rule("PRD-30")
def something_changed(prepared: PreparedVersion, at: datetime) -> bool:
    """It holds what the newest version holds, and a version is published for a change only."""
    last = newest_kept(prepared.list)
    return last is None or last.sha256 != prepared.digest


@rule("PRD-30")
def nothing_changed_since_it_was_prepared(prepared: PreparedVersion, at: datetime, facts: Facts) -> bool:
    """The list would now hold other rows than those that were looked at. Withdraw this version and prepare it again."""
    return digest(held(prepared, at).rows) == prepared.digest


@rule("PRD-30")
def no_later_version_is_published(prepared: PreparedVersion, at: datetime, facts: Facts) -> bool:
    """Versions are numbered by their days, and a version of this list is published on a later day already."""
    last = newest(prepared.list)
    return last is None or last.published_on <= local_day(at)


@rule("PRD-31")
def it_is_the_central_list(prepared: PreparedVersion, at: datetime) -> bool:
    """Only the Central Products List is loaded by the DCC; the other lists are its own."""
    return is_central(prepared.list)


@rule("PRD-16")
def it_was_published_by_then(prepared: PreparedVersion, at: datetime) -> bool:
    """A version is loaded after it is published, not before."""
    version = prepared.published_as
    return version is not None and version.published_at is not None and version.published_at <= at


@rule("PRD-32")
def one_record_is_named(report: CombinationReport, at: datetime, facts: Facts) -> bool:
    """The reference names more than one record. Type it as its page has it, or say in words where it was decided."""
    return len(kinds.find(facts["decision"])) <= 1


def _prepare(prepared: PreparedVersion, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    fill(prepared, at)
    if not something_changed(prepared, at):
        raise Refused(f"{something_changed.sentence} ({something_changed.citation})")


def _publish(prepared: PreparedVersion, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    try:
        prepared.published_as = published(prepared, at, recorded)
    except ValidationError as error:
        raise Refused(*error.messages) from error
    prepared.classification = Class.WHITE


def _load(prepared: PreparedVersion, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    assert prepared.published_as is not None
    journal.amend(prepared.published_as, {"loaded_at": at}, by=None, at=at, recorded=recorded)


def _decided(report: CombinationReport, prefix: str, facts: dict[str, Any]) -> None:
    """Keeps where it was decided: in words, and as a link to the record where the words name one."""
    found = kinds.find(facts["decision"])
    setattr(report, f"{prefix}_in", facts["decision"])
    setattr(report, f"{prefix}_kind", kind_of(found[0]) if found else "")
    setattr(report, f"{prefix}_id", found[0].pk if found else None)


def _endorse(report: CombinationReport, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    _decided(report, "endorsed", facts)


def _approve(report: CombinationReport, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    _decided(report, "approved", facts)


def _refuse(report: CombinationReport, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    report.refused_because = facts["why"]


def _ask(request: TestingRequest, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    request.asked_on, request.classification, request.audience = local_day(at), Class.AMBER, DCC


def _determine(request: TestingRequest, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    request.needed = facts["needed"] == "yes"
    request.reasons = facts["reasons"]
    request.determined_on = local_day(at)


WHERE_DECIDED = a_line(200, help_text="The reference of the decision, or the body and the day of its meeting in words.")


def _needed() -> forms.Field:
    choices = (("yes", "Yes, testing is needed"), ("no", "No, none is needed"))
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, label="Is testing needed?")


PREPARING = Procedure(
    "list_version",
    PreparedVersion,
    Step("prepare", NEW, PREPARED, who_makes_the_list, (its_content_is_kept_here, a_file_is_given), change=_prepare),
    Step("publish", PREPARED, PUBLISHED, technical_team,
         (something_changed, nothing_changed_since_it_was_prepared, no_later_version_is_published),
         change=_publish, primary=True),
    Step("load", PUBLISHED, LOADED, the_dcc_or_the_technical_team, (it_is_the_central_list, it_was_published_by_then),
         change=_load, says="Record that the DCC loaded it"),
    Step("withdraw", PREPARED, WITHDRAWN, who_makes_the_list),
)  # fmt: skip

REPORTING = Procedure(
    "combination_report",
    CombinationReport,
    Step("receive", NEW, RECEIVED, the_dcc_or_the_technical_team),
    Step("endorse", RECEIVED, ENDORSED, the_operations_group_or_the_technical_team, (one_record_is_named,),
         facts={"decision": WHERE_DECIDED}, change=_endorse, primary=True, says="Record that OPSG endorses it"),
    Step("approve", ENDORSED, APPROVED, the_panel_or_the_technical_team, (one_record_is_named,),
         facts={"decision": WHERE_DECIDED}, change=_approve, primary=True, says="Record that the Panel approves it"),
    Step("refuse", (RECEIVED, ENDORSED), REFUSED, technical_team, facts={"why": a_line(500)}, change=_refuse,
         says="Record that it was refused"),
)  # fmt: skip

DETERMINING = Procedure(
    "testing_request",
    TestingRequest,
    Step("ask", NEW, ASKED, the_asker, change=_ask),
    Step("determine", ASKED, DETERMINED, the_dcc_or_the_technical_team, facts={"needed": _needed, "reasons": a_text()},
         change=_determine, primary=True),
    Step("withdraw", ASKED, WITHDRAWN, the_asker_or_the_technical_team),
)  # fmt: skip
