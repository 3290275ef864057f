"""The life of a paper, and of each paragraph in it.

A paper is drafted, reviewed, signed off, issued and, when what stood behind it is corrected later, restated as a
new version; it never changes by itself. A paragraph carried over from last month must be affirmed or rewritten.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django import forms

from secretariat.core.capacities import secretariat, team
from secretariat.core.classification import Class
from secretariat.core.facts import a_line
from secretariat.core.journal import Event, history
from secretariat.core.people import Person, Team
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.core.sealed import Withheld, WithheldField
from secretariat.papers.current import open_matters, resolver
from secretariat.papers.issuing import freeze
from secretariat.papers.models import Paper, Passage
from secretariat.papers.narrative import UnknownField, seen
from secretariat.papers.proofing import proofread
from secretariat.papers.readers import name, named, named_to_every, possible_readers, red_passages, unname

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


@rule("INF-5")
def the_red_edition_has_a_reader(paper: Paper, at: datetime) -> bool:
    """Nobody is named to every Red paragraph, so nobody could read the Red edition; name somebody to each of them."""
    red = red_passages(paper)
    return not red or bool(named_to_every(red))


def someone_other_than_the_reviewer(person: Person | None, paper: Paper, at: datetime) -> bool:
    """The operations team, but not the person who reviewed it."""
    if not team(Team.OPERATIONS)(person, paper, at):
        return False
    review = history(paper).filter(name="paper.review").last()
    return person is not None and (review is None or review.by_id != person.pk)


def section_owner(person: Person | None, passage: Passage, at: datetime) -> bool:
    """The team that owns the section, or the operations team; of a Red paragraph those of them who are named to it."""
    if not team(passage.paper.report.part(passage.part).owner)(person, passage, at):
        return False
    return (
        passage.classification < Class.RED or passage.pk is None or (person is not None and person.pk in named(passage))
    )


def someone_other_than_who_asked(person: Person | None, passage: Passage, at: datetime) -> bool:
    """Who may rewrite the paragraph, but not the person who asked to lower its class."""
    asked = _asked(passage)
    return section_owner(person, passage, at) and (asked is None or person is None or asked.by_id != person.pk)


def _asked(passage: Passage) -> Event | None:
    """The last time that somebody asked to lower the class of a paragraph as it now reads."""
    asked = history(passage).filter(name="passage.ask_to_lower").last()
    return asked if asked is not None and asked.facts["revision"] == passage.revision else None


def _issue(paper: Paper, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    paper.classification, paper.audience = paper.issue_class, paper.meeting.committee.code
    freeze(paper, at, recorded)


PAPER = Procedure(
    "paper",
    Paper,
    Step("start", NEW, DRAFT, who=team(Team.OPERATIONS), says="Start the month's paper"),
    Step("review", DRAFT, REVIEWED, who=team(Team.OPERATIONS), primary=True,
         rules=(every_paragraph_is_current, the_red_edition_has_a_reader)),
    Step("reopen", (REVIEWED, SIGNED_OFF), DRAFT, who=team(Team.OPERATIONS), says="Reopen for changes",
         facts={"reason": a_line()}),
    Step("sign_off", REVIEWED, SIGNED_OFF, who=someone_other_than_the_reviewer, says="Sign off", primary=True,
         rules=(every_paragraph_is_current, proofreading_is_clear)),
    Step("issue", SIGNED_OFF, ISSUED, who=team(Team.OPERATIONS), says="Issue", primary=True,
         rules=(every_paragraph_is_current, attachments_are_there, proofreading_is_clear), change=_issue),
    Step("restate", ISSUED, RESTATED, who=team(Team.OPERATIONS), says="Restate as a new version",
         facts={"reason": a_line()}),
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
        seen(_words(passage, facts), resolver(passage.paper, passage.classification))
    except UnknownField:
        return False
    return True


@rule("INF-3")
def the_paper_is_issued_in_its_class(passage: Passage, at: datetime) -> bool:
    """The paper is not issued in the class of this paragraph; what is Red stands in an appendix with named readers."""
    return passage.classification in (passage.paper.issue_class, *passage.paper.report.editions)


def _words(passage: Passage, facts: Mapping[str, Any]) -> str:
    """The words that a step is about: those that it is told, or those that stand."""
    told = facts.get("text")
    return told.text if isinstance(told, Withheld) else passage.text


@rule("INF-3")
def the_paper_is_issued_in_that_class(passage: Passage, at: datetime, facts: Mapping[str, Any]) -> bool:
    """The paper is not issued in the class asked for, so nobody would read the paragraph there."""
    return facts["classification"] in (passage.paper.issue_class, *passage.paper.report.editions)


@rule("House rule: two people lower a class")
def the_class_is_higher(passage: Passage, at: datetime, facts: Mapping[str, Any]) -> bool:
    """The class asked for is not above the one that the paragraph has; to lower it, ask somebody else to agree."""
    return bool(facts["classification"] > passage.classification)


@rule("House rule: two people lower a class")
def the_class_is_lower(passage: Passage, at: datetime, facts: Mapping[str, Any]) -> bool:
    """The class asked for is not below the one that the paragraph has."""
    return bool(facts["classification"] < passage.classification)


@rule("INF-5")
def what_is_red_has_named_readers(passage: Passage, at: datetime, facts: Mapping[str, Any]) -> bool:
    """What is Red is for named readers only: name members of the body that receives the paper, or who writes it."""
    if facts.get("classification", Class.RED) < Class.RED:
        return True
    owner = passage.paper.report.part(passage.part).owner
    possible = possible_readers(passage.paper.report.body, owner, at) | possible_readers("", Team.OPERATIONS, at)
    chosen = {person.pk for person in facts["readers"]}
    return bool(chosen) and chosen <= set(possible.values_list("pk", flat=True))


@rule("INF-5")
def the_paragraph_is_red(passage: Passage, at: datetime) -> bool:
    """Readers are named one by one only to what is Red."""
    return passage.classification == Class.RED


@rule("House rule: live fields")
def its_fields_may_stand_there(passage: Passage, at: datetime, facts: Mapping[str, Any]) -> bool:
    """A field of the paragraph names something above the class asked for; rewrite the paragraph first."""
    try:
        seen(passage.text, resolver(passage.paper, facts["classification"]))
    except UnknownField:
        return False
    return True


@rule("House rule: two people lower a class")
def lowering_was_asked_for(passage: Passage, at: datetime) -> bool:
    """Nobody asked to lower the class of this paragraph as it now reads."""
    return _asked(passage) is not None


def lower_class(passage: Passage) -> int | None:
    """The class to which somebody asked to lower a paragraph as it now reads; nothing where nobody did."""
    asked = _asked(passage)
    return int(asked.facts["classification"]) if asked is not None else None


def _affirm(passage: Passage, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    _write(passage, at, recorded, facts)
    passage.revision += 1


def _write(passage: Passage, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    passage.seen = seen(passage.text, resolver(passage.paper, passage.classification))


def _rewrite(passage: Passage, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    passage.earlier = [*passage.earlier, {"revision": passage.revision, "text": passage.text}]
    passage.text, passage.kind = facts["text"].text, facts["kind"]
    _affirm(passage, at, recorded, facts)


def _raise(passage: Passage, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    _reclassify(passage, facts["classification"], facts)
    if passage.classification == Class.RED:
        name(passage, [person.pk for person in facts["readers"]])
    passage.revision += 1


def _lower(passage: Passage, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    level = lower_class(passage)
    if level is not None:
        unname(passage)
        _reclassify(passage, level, facts)
        passage.revision += 1


def _reclassify(passage: Passage, level: int, facts: dict[str, Any]) -> None:
    facts["classification"] = {"old": passage.classification, "new": level}
    passage.classification = level
    passage.audience = passage.paper.report.body if level > Class.GREEN else ""


def _name(passage: Passage, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    name(passage, [person.pk for person in facts["readers"]])


def _text() -> forms.Field:
    return WithheldField(widget=forms.Textarea(attrs={"rows": 5}))


def _class() -> forms.Field:
    return forms.TypedChoiceField(choices=Class.choices, coerce=int, label="Class")


def _readers(required: bool = False) -> forms.Field:
    people = Person.objects.filter(is_active=True).order_by("name")
    return forms.ModelMultipleChoiceField(people, required=required, label="Who reads it, by name")


WHY = {"reason": a_line()}
"""Why a class is changed."""


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
    Step("raise_class", STANDING, None, who=section_owner, says="Raise its class",
         rules=(paper_is_being_written, is_latest_revision, the_class_is_higher, the_paper_is_issued_in_that_class,
                what_is_red_has_named_readers),
         facts={"classification": _class, "readers": _readers, **WHY, "revision": _revision}, change=_raise),
    Step("name_readers", STANDING, None, who=section_owner,
         rules=(paper_is_being_written, the_paragraph_is_red, what_is_red_has_named_readers),
         facts={"readers": partial(_readers, required=True)}, change=_name),
    Step("ask_to_lower", STANDING, None, who=section_owner, says="Ask to lower its class",
         rules=(paper_is_being_written, is_latest_revision, the_class_is_lower, the_paper_is_issued_in_that_class,
                its_fields_may_stand_there),
         facts={"classification": _class, **WHY, "revision": _revision}),
    Step("lower_class", STANDING, None, who=someone_other_than_who_asked, says="Agree to lower its class",
         rules=(paper_is_being_written, lowering_was_asked_for), change=_lower),
)  # fmt: skip
