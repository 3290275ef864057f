"""The life of a paper, and of each paragraph in it.

A paper is drafted, reviewed, signed off, issued and, when what stood behind it is corrected later, restated as a
new version; it never changes by itself. A paragraph carried over from last month must be affirmed or rewritten.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from secretariat.core.capacities import secretariat, team
from secretariat.core.journal import history
from secretariat.core.people import Person, Team
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.papers.current import open_matters, resolver
from secretariat.papers.issuing import freeze
from secretariat.papers.models import Paper, Passage
from secretariat.papers.narrative import UnknownField, seen
from secretariat.papers.proofing import proofread

DRAFT, REVIEWED, SIGNED_OFF, ISSUED, RESTATED = "draft", "reviewed", "signed off", "issued", "restated"
WRITTEN, CARRIED, AFFIRMED, REMOVED = "written", "carried", "affirmed", "removed"
STANDING = (WRITTEN, CARRIED, AFFIRMED)


@rule("House rule: no stale paragraph")
def every_paragraph_is_current(paper: Paper, at: datetime) -> bool:
    """A paragraph is carried over, has a field that changed or names nothing; its owner must affirm or rewrite it."""
    return not open_matters(paper)


@rule("REF-4")
def attachments_are_there(paper: Paper, at: datetime) -> bool:
    """An appendix has no file; attach it, or say why it is not supplied this month."""
    return not paper.attachments.filter(file=None, not_supplied="").exists()


@rule("House rule: nothing is issued that does not add up")
def proofreading_is_clear(paper: Paper, at: datetime) -> bool:
    """The paper checker finds an error in the paper; mend it, or accept it with a reason."""
    return not proofread(paper).errors


def someone_other_than_the_reviewer(person: Person | None, paper: Paper, at: datetime) -> bool:
    """The operations team, but not the person who reviewed it."""
    if not team(Team.OPERATIONS)(person, paper, at):
        return False
    review = history(paper).filter(name="paper.review").last()
    return person is not None and (review is None or review.by_id != person.pk)


def section_owner(person: Person | None, passage: Passage, at: datetime) -> bool:
    """The team that owns the section, or the operations team."""
    return team(passage.paper.report.part(passage.part).owner)(person, passage, at)


def _issue(paper: Paper, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    paper.classification, paper.audience = paper.issue_class, paper.meeting.committee.code
    freeze(paper, at, recorded)


PAPER = Procedure(
    "paper",
    Paper,
    Step("start", NEW, DRAFT, who=team(Team.OPERATIONS), says="Start the month's paper"),
    Step("review", DRAFT, REVIEWED, who=team(Team.OPERATIONS), rules=(every_paragraph_is_current,), primary=True),
    Step("reopen", (REVIEWED, SIGNED_OFF), DRAFT, who=team(Team.OPERATIONS), says="Reopen for changes",
         facts={"reason": lambda: forms.CharField(max_length=300)}),
    Step("sign_off", REVIEWED, SIGNED_OFF, who=someone_other_than_the_reviewer, says="Sign off", primary=True,
         rules=(every_paragraph_is_current, proofreading_is_clear)),
    Step("issue", SIGNED_OFF, ISSUED, who=team(Team.OPERATIONS), says="Issue", primary=True,
         rules=(every_paragraph_is_current, attachments_are_there, proofreading_is_clear), change=_issue),
    Step("restate", ISSUED, RESTATED, who=team(Team.OPERATIONS), says="Restate as a new version",
         facts={"reason": lambda: forms.CharField(max_length=300)}),
)  # fmt: skip


@rule("House rule: an issued paper never changes by itself")
def paper_is_being_written(passage: Passage, at: datetime) -> bool:
    """The paper is no longer a draft; reopen it or restate it first."""
    return passage.paper.state == DRAFT


@rule("House rule: nobody's words are lost")
def is_latest_revision(passage: Passage, at: datetime, facts: Mapping[str, Any]) -> bool:
    """Somebody changed this paragraph since you opened it; both texts are shown so that nothing is lost."""
    return bool(facts["revision"] == passage.revision)


@rule("House rule: live fields")
def every_field_is_known(passage: Passage, at: datetime, facts: Mapping[str, Any]) -> bool:
    """A field in double square brackets names nothing in the record, or something above the paper's class."""
    try:
        seen(facts.get("text") or passage.text, resolver(passage.paper))
    except UnknownField:
        return False
    return True


@rule("INF-3")
def the_paper_is_issued_in_its_class(passage: Passage, at: datetime) -> bool:
    """The paper is not issued in the class of this paragraph; what is Red stands in an appendix with named readers."""
    return passage.classification in (passage.paper.issue_class, *passage.paper.report.editions)


def _affirm(passage: Passage, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    passage.seen = seen(passage.text, resolver(passage.paper))
    passage.revision += 1


def _write(passage: Passage, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    passage.seen = seen(passage.text, resolver(passage.paper))


def _rewrite(passage: Passage, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    facts["text"] = {"old": passage.text, "new": facts["text"]}
    passage.text, passage.kind = facts["text"]["new"], facts["kind"]
    _affirm(passage, at, recorded, facts)


def _text() -> forms.Field:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), strip=True)


def _revision() -> forms.Field:
    return forms.IntegerField(widget=forms.HiddenInput)


PASSAGE = Procedure(
    "passage",
    Passage,
    Step("write", NEW, WRITTEN, who=section_owner, change=_write,
         rules=(paper_is_being_written, the_paper_is_issued_in_its_class, every_field_is_known)),
    Step("carry", NEW, CARRIED, who=secretariat, rules=(paper_is_being_written,)),
    Step("affirm", STANDING, AFFIRMED, who=section_owner, says="Still true", primary=True,
         rules=(paper_is_being_written, is_latest_revision, every_field_is_known),
         facts={"revision": _revision}, change=_affirm),
    Step("rewrite", STANDING, WRITTEN, who=section_owner,
         rules=(paper_is_being_written, is_latest_revision, every_field_is_known),
         facts={"text": _text, "kind": lambda: forms.ChoiceField(choices=Passage.Kind.choices), "revision": _revision},
         change=_rewrite),
    Step("remove", STANDING, REMOVED, who=section_owner, rules=(paper_is_being_written, is_latest_revision),
         facts={"revision": _revision}),
)  # fmt: skip
