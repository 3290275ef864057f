"""A document beside the code is reviewed, redrafted for comment, approved by its body and published (DOC-8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from secretariat.committees.bodies.models import is_a_meeting
from secretariat.committees.seats.terms import add_months
from secretariat.core.calendar import calendar
from secretariat.core.capacities import anyone_signed_in, secretariat
from secretariat.core.facts import a_day, a_line
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.legaltext.drafting.procedure import DRAFTING, lacking
from secretariat.legaltext.governed.models import (
    APPROVED,
    CLOSED,
    DECLINED,
    DUE,
    MADE,
    NOT_TAKEN_UP,
    OPEN,
    PUBLISHED,
    STILL_TRUE,
    TAKEN_UP,
    TO_BE_CHANGED,
    Circulation,
    DraftComment,
    Review,
    governed,
)
from secretariat.legaltext.governed.who import its_body, secretariat_or_clock
from secretariat.legaltext.models import OF_THE_CODE, PENDING, Cause, CauseKind, Document
from secretariat.legaltext.numbers import is_a_version
from secretariat.legaltext.publishing.models import PlannedItem
from secretariat.legaltext.publishing.procedure import GATHERING
from secretariat.legaltext.publishing.writing import Told, write_draft
from secretariat.plain.dates import local_day
from secretariat.plain.references import parse_meeting
from secretariat.post.due import Due, register

Facts = Mapping[str, Any]


@rule("DOC-8")
def it_is_beside_the_code(record: Review | Circulation, at: datetime) -> bool:
    """The code's own text changes by a modification or a designation, not by the body that owns a document."""
    document = record.document if isinstance(record, Review) else record.draft.document
    return document.kind not in OF_THE_CODE


@rule("DOC-8")
def it_has_an_owner(record: Review | Circulation, at: datetime) -> bool:
    """Say first which body owns the document."""
    document = record.document if isinstance(record, Review) else record.draft.document
    return bool(document.owner)


@rule("DOC-8")
def its_draft_is_pending(circulation: Circulation, at: datetime) -> bool:
    """Only a pending draft goes out for comment."""
    return circulation.draft.state == PENDING and circulation.draft.steps.exists()


@rule("DOC-8")
def its_time_is_over(circulation: Circulation, at: datetime) -> bool:
    """Comments are open until the end of the day that was told."""
    return circulation.closes_on is not None and circulation.closes_on < local_day(at)


@rule("DOC-8")
def every_comment_is_answered(circulation: Circulation, at: datetime) -> bool:
    """Answer every comment first."""
    return not circulation.comments.filter(state=MADE).exists()


@rule("DOC-8")
def its_draft_is_ready(circulation: Circulation, at: datetime, facts: Facts) -> bool:
    """The draft changes something, its conflicts are settled, and the checks find no new error in it."""
    return not lacking(circulation.draft, at)


@rule("DOC-8")
def its_owner_met(circulation: Circulation, at: datetime, facts: Facts) -> bool:
    """A document is approved at a meeting of the body that owns it."""
    return parse_meeting(facts["meeting"]).body == circulation.draft.document.owner


@rule("DOC-8")
def comments_are_open(comment: DraftComment, at: datetime) -> bool:
    """Comments are taken while the draft is out for comment."""
    return comment.circulation.state == OPEN


def _asked(review: Review, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    review.classification, review.audience = review.document.classification, review.document.audience


def _answered(review: Review, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    review.answered_on = local_day(at)
    review.answer, review.meeting = facts["answer"], facts["meeting"]


def _opened(circulation: Circulation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    day = local_day(at)
    circulation.opened_on = day
    circulation.classification, circulation.audience = circulation.draft.classification, circulation.draft.audience
    if circulation.closes_on is None:
        circulation.closes_on = calendar().add(day, RULEBOOK.number("governed.comments_wd", day))


def _approved(circulation: Circulation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    circulation.decided_on, circulation.meeting = local_day(at), facts["meeting"]
    DRAFTING.take("approve_with", circulation.draft, by=None, at=at, recorded=recorded)


def _declined(circulation: Circulation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    circulation.decided_on, circulation.meeting = local_day(at), facts["meeting"]
    DRAFTING.take("drop_with", circulation.draft, by=None, at=at, recorded=recorded)


def _published(circulation: Circulation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Writes the version, and what it was made of: the draft is then in a version, in none of the whole code."""
    draft, number = circulation.draft, facts["number"]
    kind = CauseKind.AMENDMENT if draft.document.versions.exists() else CauseKind.FIRST
    about = Told(
        number=number,
        effective_from=facts["effective_from"],
        posted_on=local_day(at),
        causes=(Cause(kind=kind, reference=f"Approved at {circulation.meeting}"),),
        invented=circulation.invented,
    )
    circulation.version = write_draft(draft, about, by=None, at=at, recorded=recorded)
    circulation.classification = circulation.version.classification
    circulation.audience = circulation.version.audience
    item = PlannedItem(
        document=draft.document, draft=draft, number=number, cause_kind=kind, reference=circulation.meeting,
        version=circulation.version, invented=circulation.invented,
    )  # fmt: skip
    GATHERING.take("publish_alone", item, by=None, at=at, recorded=recorded)


def _comment(comment: DraftComment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    comment.classification = comment.circulation.classification
    comment.audience = comment.circulation.audience


def _reply(comment: DraftComment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    comment.answer = facts["answer"]


MEETING = {"meeting": a_line(40, validators=[is_a_meeting], help_text="Such as TABASC_46_1407.", required=False)}
REPLY = {"answer": a_line(1000)}

REVIEWS = Procedure(
    "review",
    Review,
    Step("ask", NEW, DUE, secretariat_or_clock, (it_is_beside_the_code, it_has_an_owner), change=_asked),
    Step("confirm", DUE, STILL_TRUE, its_body,
         facts={"answer": a_line(300, "In which words", required=False), **MEETING},
         change=_answered, says="It is still true", primary=True),
    Step("change", DUE, TO_BE_CHANGED, its_body, facts={"answer": a_line(300, "In which words"), **MEETING},
         change=_answered, says="It is to be changed"),
)  # fmt: skip

CIRCULATING = Procedure(
    "circulation",
    Circulation,
    Step("open", NEW, OPEN, secretariat, (it_is_beside_the_code, it_has_an_owner, its_draft_is_pending),
         change=_opened),
    Step("close", OPEN, CLOSED, secretariat_or_clock, (its_time_is_over,), says="Close for comments"),
    Step("approve", CLOSED, APPROVED, secretariat, (every_comment_is_answered, its_draft_is_ready, its_owner_met),
         {"meeting": a_line(40, validators=[is_a_meeting], help_text="Such as TABASC_46_1407.")}, _approved,
         "Record that its body approved it", primary=True),
    Step("decline", (OPEN, CLOSED), DECLINED, secretariat, (its_owner_met,),
         {"meeting": a_line(40, validators=[is_a_meeting], help_text="Such as TABASC_46_1407.")}, _declined,
         "Record that its body declined it"),
    Step("publish", APPROVED, PUBLISHED, secretariat,
         facts={"number": a_line(17, "Version", validators=[is_a_version], help_text="Such as 2.0."),
                "effective_from": a_day("In effect from", help_text="As 2020-02-17.")},
         change=_published, primary=True),
)  # fmt: skip

COMMENTING = Procedure(
    "draft_comment",
    DraftComment,
    Step("make", NEW, MADE, anyone_signed_in, (comments_are_open,), change=_comment),
    Step("take_up", MADE, TAKEN_UP, secretariat, facts=REPLY, change=_reply, primary=True),
    Step("decline", MADE, NOT_TAKEN_UP, secretariat, facts=REPLY, change=_reply, says="Do not take up"),
)  # fmt: skip


def next_review(document: Document, day: date) -> date | None:
    """When a document is to be looked at next: so many months after its last version, or its last review (DOC-8).

    None while it has no version, no owner, or a review that is not answered.
    """
    if not document.owner or document.reviews.filter(state=DUE).exists():
        return None
    versions = document.versions.filter(effective_from__lte=day).values_list("effective_from", flat=True)
    answers = document.reviews.filter(answered_on__isnull=False).values_list("answered_on", flat=True)
    last = max((*versions, *answers), default=None)
    if last is None or not versions:
        return None
    return add_months(last, RULEBOOK.number("governed.review_months", day))


@register
def reviews_to_ask(at: datetime) -> Iterator[Due]:
    """The documents beside the code of which it is time to ask their body whether they are still true."""
    day = local_day(at)
    for document in governed().exclude(owner="").order_by("pk"):
        due = next_review(document, day)
        if due is not None and due <= day:
            yield Due(REVIEWS, "ask", Review(document=document, due_on=due, invented=document.invented))


@register
def comments_to_close(at: datetime) -> Iterator[Due]:
    """The drafts whose time for comments is over."""
    for circulation in Circulation.objects.filter(state=OPEN, closes_on__lt=local_day(at)).order_by("pk"):
        yield Due(CIRCULATING, "close", circulation)
